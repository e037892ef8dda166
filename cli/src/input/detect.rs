//! How the items of an input are written down, and which kind a body lists: told by the beginning.

use super::problem::{Cause, MAX_HEAD};
use super::{Event, Format, Kind, Position, Role, Scanner, Source, json};

/// Looks at as much of the beginning as it takes, and consumes nothing.
///
/// The kind is the one that was asked for, or else that of a body's first list that is not empty. Where a
/// body has no such list, it is that of its first list.
pub(super) fn detect(source: &mut Source, asked: Option<Kind>) -> Result<(Format, Option<Kind>), Cause> {
    match first_byte(source)? {
        b'[' => Ok((Format::Array, asked)),
        b'{' => Object::default().read(source, asked),
        _ => Ok((Format::Lines, asked)),
    }
}

/// Returns the first byte that is not white space.
fn first_byte(source: &mut Source) -> Result<u8, Cause> {
    loop {
        if let Some(byte) = source.at_hand().iter().find(|byte| !byte.is_ascii_whitespace()) {
            return Ok(*byte);
        }
        if !more(source)? {
            return Err(Cause::Empty);
        }
    }
}

/// Reads more behind what is at hand, up to a limit.
fn more(source: &mut Source) -> Result<bool, Cause> {
    if source.at_hand().len() > MAX_HEAD {
        return Err(Cause::LongBeginning);
    }
    source.more().map_err(|error| Cause::Read(error, Position::START))
}

/// What is known of the object that a text begins with.
#[derive(Default)]
struct Object {
    /// What the body lists: the list that has an item, or else the first one, or what stands in its place.
    kind: Option<Kind>,
    /// The list that is open.
    list: Option<Kind>,
}

impl Object {
    fn read(mut self, source: &mut Source, asked: Option<Kind>) -> Result<(Format, Option<Kind>), Cause> {
        let (mut scanner, mut passed) = (Scanner::new(), 0);
        loop {
            let (used, event) = scanner.scan(&source.at_hand()[passed..]);
            passed += used;
            let is_settled = match event {
                Some(event) => self.event(event),
                None => match more(source) {
                    Ok(is_more) => !is_more,
                    // With so much before the first item of a body, its kind alone is unknown.
                    Err(Cause::LongBeginning) if self.kind.is_some() => return Err(Cause::UnknownKind),
                    Err(cause) => return Err(cause),
                },
            };
            if self.kind.is_some() && (is_settled || asked.is_some()) {
                return Ok((Format::Body, asked.or(self.kind)));
            }
            if is_settled {
                let format = match event {
                    Some(Event::TextEnds) => without_list(&source.at_hand()[..passed]),
                    _ => broken(source),
                };
                return format.map(|format| (format, asked));
            }
        }
    }

    /// Returns whether nothing that follows can change what is known.
    fn event(&mut self, event: Event) -> bool {
        match event {
            Event::ListBegins(list) => {
                self.list = list;
                self.kind = self.kind.or(list);
            }
            Event::ValueBegins(Role::Item) => self.kind = self.list,
            Event::ValueBegins(Role::InsteadOfList(kind)) => self.kind = self.kind.or(Some(kind)),
            Event::ValueBegins(Role::Other)
            | Event::ValueEnds(_)
            | Event::ListEnds
            | Event::TextEnds
            | Event::Broken(_) => {}
        }
        // Behind the end of the text nothing need be read: a line may be all that is to be had for now.
        matches!(event, Event::ValueBegins(Role::Item) | Event::TextEnds | Event::Broken(_))
    }
}

/// The text begins with a whole object that has no list: it is an item.
fn without_list(text: &[u8]) -> Result<Format, Cause> {
    if !text.trim_ascii_start().contains(&b'\n') {
        return Ok(Format::Lines);
    }
    Err(if Kind::of_item(text).is_some() { Cause::ItemOverLines } else { Cause::NoList(None) })
}

/// The text begins with an object that breaks off before it has a list: the first of many lines, or a body
/// that goes over several. Where at least half of the lines behind the first are objects, those are the
/// items.
fn broken(source: &mut Source) -> Result<Format, Cause> {
    let is_end = |byte: &u8| *byte == b'\n';
    while source.at_hand().len() < ENOUGH && more(source)? {}
    let text = source.at_hand();
    let text = match text.get(..ENOUGH).and_then(|text| text.iter().rposition(is_end)) {
        Some(end) => &text[..end],
        None => text,
    };
    let is_object = |line: &[u8]| line.starts_with(b"{") && json::check(line, Position::START).is_ok();
    let lines = text.trim_ascii().split(is_end).skip(1).map(<[u8]>::trim_ascii);
    let (objects, others): (Vec<_>, Vec<_>) =
        lines.filter(|line| !line.is_empty()).partition(|line| is_object(line));
    Ok(if objects.len() >= others.len() { Format::Lines } else { Format::Body })
}

/// So many bytes tell whether lines are items.
const ENOUGH: usize = 64 * 1024;
