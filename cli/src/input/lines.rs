//! Reads JSON lines: an item on each, and blank lines between them.

use super::item::RawItem;
use super::list::MAX_ITEM;
use super::problem::Cause;
use super::source::MARK;
use super::{Position, Source, Undecodable, json};

/// Returns the next item, or `None` at the end.
pub(super) fn next(source: &mut Source) -> Result<Option<RawItem>, Cause> {
    while let Some(Line { position, text }) = line(source)? {
        let item = match text {
            Some(text) => {
                let (position, text) = trimmed(position, &text);
                if text.is_empty() {
                    continue;
                }
                let text = json::check(text, position).map(|()| text.to_owned());
                RawItem { position, text }
            }
            None => RawItem { position, text: Err(Undecodable::too_long(position)) },
        };
        return Ok(Some(item));
    }
    Ok(None)
}

struct Line {
    position: Position,
    /// Nothing if it is too long to be kept.
    text: Option<Vec<u8>>,
}

/// Returns the next line, without what ends it.
fn line(source: &mut Source) -> Result<Option<Line>, Cause> {
    let position = source.position();
    let mut text = Some(Vec::new());
    loop {
        let at = source.position();
        let bytes = source.fill().map_err(|error| Cause::Read(error, at))?;
        if bytes.is_empty() {
            return Ok((at != position).then_some(Line { position, text }));
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let part = &bytes[..end.unwrap_or(bytes.len())];
        text = text.filter(|text| text.len() + part.len() <= MAX_ITEM);
        if let Some(text) = &mut text {
            text.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        source.consume(used);
        if end.is_some() {
            return Ok(Some(Line { position, text }));
        }
    }
}

/// Returns a line without the white space around its item, and without the byte order mark of a file that was
/// appended to another.
fn trimmed(position: Position, line: &[u8]) -> (Position, &[u8]) {
    let text = line.trim_ascii_start();
    let text = text.strip_prefix(MARK).unwrap_or(text).trim_ascii_start();
    let before = &line[..line.len() - text.len()];
    (position.behind(before), text.trim_ascii_end())
}
