//! A window on a stream: text that is known to be UTF-8, and its position.

use std::io::{self, ErrorKind, Read};

use crate::validate::engine::position_after;
use crate::validate::scanner::{SyntaxError, SyntaxErrorKind, space};
use crate::violations::Position;

/// So many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// An error so close to the end of the window may be none once more is read: an escape has up to twelve
/// bytes.
const UNSETTLED: usize = 12;

/// The reader is faster where so many bytes follow.
const LOOKAHEAD: usize = 128;

/// Why reading stopped before the end.
#[derive(Debug)]
pub(super) enum StreamError {
    Io(io::Error),
    /// The stream is not JSON, for this reason, at this position.
    Syntax(SyntaxErrorKind, Position),
}

impl From<io::Error> for StreamError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The window: the text from the current position on, as far as it was read.
#[derive(Debug)]
pub(super) struct Window<R> {
    source: R,
    /// The buffer. It is read up to `filled`, passed up to `start`, and UTF-8 up to `checked`.
    bytes: Vec<u8>,
    filled: usize,
    start: usize,
    checked: usize,
    /// The stream has ended.
    ended: bool,
    /// The bytes at `checked` are not UTF-8.
    broken: bool,
    position: Position,
}

impl<R: Read> Window<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            bytes: Vec::new(),
            filled: 0,
            start: 0,
            checked: 0,
            ended: false,
            broken: false,
            position: Position::new(0, 1, 1),
        }
    }

    /// Returns the text from the current position on, as far as it was read.
    pub(super) fn text(&self) -> &[u8] {
        &self.bytes[self.start..self.checked]
    }

    /// Returns the next `count` bytes, which end where a character does, and some of what follows them.
    pub(super) fn text_and_more(&self, count: usize) -> &str {
        let text = self.text();
        let some = text.get(..count + LOOKAHEAD).unwrap_or(text);
        match std::str::from_utf8(some) {
            Ok(text) => text,
            // The cut went through a character.
            Err(error) => std::str::from_utf8(&some[..error.valid_up_to()]).unwrap_or_default(),
        }
    }

    /// Returns the current position.
    pub(super) fn position(&self) -> Position {
        self.position
    }

    /// Scans the text, again with more of it until more would not change the result. `scan` returns its
    /// result with the number of bytes that it read.
    pub(super) fn scan<T>(
        &mut self,
        scan: impl Fn(&[u8]) -> Result<(T, usize), SyntaxError>,
    ) -> Result<(T, usize), StreamError> {
        loop {
            let text = self.text();
            let scanned = scan(text);
            let end = match &scanned {
                Ok((_, end)) => *end,
                Err(error) => error.offset + UNSETTLED,
            };
            if end < text.len() || !self.more()? {
                return scanned.map_err(|error| self.error(error));
            }
        }
    }

    /// Passes white space, and returns the byte after it, if there is one.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, StreamError> {
        loop {
            self.pass(space(self.text(), 0));
            let first = self.text().first().copied();
            if first.is_some() || !self.more()? {
                return Ok(first);
            }
        }
    }

    /// Returns the error that something else was expected at the current position.
    pub(super) fn expected(&self, kind: SyntaxErrorKind) -> StreamError {
        let kind = if self.text().is_empty() { SyntaxErrorKind::End } else { kind };
        self.error(SyntaxError { offset: 0, kind })
    }

    /// Ends the body. It is an error if the text ended because of bytes that are not UTF-8.
    pub(super) fn end(&self) -> Result<(), StreamError> {
        if self.broken { Err(self.expected(SyntaxErrorKind::End)) } else { Ok(()) }
    }

    /// Passes the next `count` bytes.
    pub(super) fn pass(&mut self, count: usize) {
        self.position = position_after(self.position, &self.bytes[self.start..self.start + count]);
        self.start += count;
    }

    fn error(&self, error: SyntaxError) -> StreamError {
        let is_cut_off = self.broken && error.kind == SyntaxErrorKind::End;
        let text = self.text();
        let error = if self.position.offset == 0 { error.in_body(text) } else { error };
        let kind = if is_cut_off { SyntaxErrorKind::Utf8 } else { error.kind };
        StreamError::Syntax(kind, position_after(self.position, &text[..error.offset.min(text.len())]))
    }

    /// Reads more, and returns `false` if there is no more.
    ///
    /// A long window is doubled, so that it is not scanned from its start too often.
    fn more(&mut self) -> io::Result<bool> {
        self.bytes.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.checked -= self.start;
        self.start = 0;
        let (before, long) = (self.checked, 16 * CHUNK);
        while !self.ended && !self.broken {
            self.read()?;
            let enough = if before < long { 1 } else { before };
            if self.checked - before >= enough {
                break;
            }
        }
        Ok(self.checked > before)
    }

    fn read(&mut self) -> io::Result<()> {
        if self.bytes.len() < self.filled + CHUNK / 2 {
            self.bytes.resize(self.filled + CHUNK, 0);
        }
        let count = loop {
            match self.source.read(&mut self.bytes[self.filled..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.filled += count;
        self.ended = count == 0;
        match std::str::from_utf8(&self.bytes[self.checked..self.filled]) {
            Ok(text) => self.checked += text.len(),
            Err(error) => {
                self.checked += error.valid_up_to();
                // A character may continue in bytes that are not read yet.
                self.broken = self.ended || error.error_len().is_some();
            }
        }
        Ok(())
    }
}

/// Returns a position within a text that begins at `start` as a position in the body.
pub(super) fn within(start: Position, inner: Position) -> Position {
    let column = if inner.line == 1 { start.column + inner.column - 1 } else { inner.column };
    Position::new(start.offset + inner.offset, start.line + inner.line - 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::{scanner::skip, stream::tests::Few};

    #[test]
    fn values_are_the_same_however_the_stream_is_cut() {
        let text = "  [\"gr\\u00f6\u{df}e\", 12.5e3,\n {\"ü\": null}] 1234 \"x\"";
        for few in 1..text.len() {
            let mut window = Window::new(Few(text.as_bytes(), few));
            let mut found = Vec::new();
            while window.peek().unwrap().is_some() {
                let ((), end) = window.scan(|text| skip(text, 0, 0).map(|end| ((), end))).unwrap();
                let position = window.position();
                let value = String::from_utf8(window.text()[..end].to_vec()).unwrap();
                found.push((value, position.line, position.column));
                window.pass(end);
            }
            let texts: Vec<&str> = found.iter().map(|(text, ..)| text.as_str()).collect();
            assert_eq!(
                texts,
                [text[2..].split("] ").next().unwrap().to_owned() + "]", "1234".into(), "\"x\"".into()]
            );
            let positions: Vec<_> = found.iter().map(|(_, line, column)| (*line, *column)).collect();
            assert_eq!(positions, [(1, 3), (2, 15), (2, 20)]);
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_stop() {
        for (bytes, offset) in [(&b"\"ab\xff\""[..], 3), (b"[1, \"\xc3", 5), (b"\xf0\x9f", 0)] {
            for few in 1..=bytes.len() {
                let mut window = Window::new(Few(bytes, few));
                let error = match window.peek() {
                    Ok(Some(_)) => window.scan(|text| skip(text, 0, 0).map(|end| ((), end))).unwrap_err(),
                    Ok(None) => window.expected(SyntaxErrorKind::Value),
                    Err(error) => error,
                };
                let StreamError::Syntax(kind, position) = error else { panic!("{error:?}") };
                assert_eq!((kind, position.offset), (SyntaxErrorKind::Utf8, offset));
            }
        }
    }

    #[test]
    fn what_follows_is_cut_between_characters() {
        for before in ["1", "12"] {
            for follows in [0, 1, 63, 64, 65, 200] {
                let text = format!("{before}{}", "\u{e9}".repeat(follows));
                let mut window = Window::new(text.as_bytes());
                window.peek().unwrap();
                let seen = window.text_and_more(before.len());
                assert!(text.starts_with(seen), "{before} {follows}");
                assert_eq!(seen.len(), text.len().min(before.len() + LOOKAHEAD), "{before} {follows}");
            }
        }
        // The last byte that is shown is the first of a character.
        let text = format!("1,{}", "\u{e9}".repeat(100));
        let mut window = Window::new(text.as_bytes());
        window.peek().unwrap();
        assert_eq!(window.text_and_more(1).len(), LOOKAHEAD);
    }

    #[test]
    fn positions_advance() {
        let start = Position::new(10, 2, 5);
        assert_eq!(position_after(start, "é,".as_bytes()), Position::new(13, 2, 7));
        assert_eq!(position_after(start, b"a\n\nbc"), Position::new(15, 4, 3));
        assert_eq!(within(start, Position::new(3, 1, 4)), Position::new(13, 2, 8));
        assert_eq!(within(start, Position::new(3, 2, 1)), Position::new(13, 3, 1));
    }
}
