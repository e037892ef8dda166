//! The part of a stream that is at hand: text that is known to be UTF-8, and where in the stream it begins.

use std::io::{self, ErrorKind, Read};

use crate::validate::cursor::{Fault, Reason, space};
use crate::violations::Place;

/// As much is read at a time.
const CHUNK: usize = 64 * 1024;

/// A fault this close to the end of the text at hand may be none once more is known: an escape has twelve
/// bytes at most.
const UNSETTLED: usize = 12;

/// Why reading stopped before the end.
#[derive(Debug)]
pub(super) enum Stop {
    Io(io::Error),
    /// The stream is no JSON, for this reason, at this place.
    Fault(Reason, Place),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The text from the place at hand on.
#[derive(Debug)]
pub(super) struct Window<R> {
    source: R,
    /// Room, in part filled.
    bytes: Vec<u8>,
    /// What is before has been read.
    filled: usize,
    /// What is before has been passed.
    start: usize,
    /// What is before is UTF-8.
    checked: usize,
    /// Nothing more comes.
    ended: bool,
    /// What stands at `checked` is no UTF-8.
    broken: bool,
    place: Place,
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
            place: Place::new(0, 1, 1),
        }
    }

    /// The text from the place at hand on, as far as it was read.
    pub(super) fn text(&self) -> &[u8] {
        &self.bytes[self.start..self.checked]
    }

    /// Where the text at hand begins.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// What a reader of JSON makes of the text, once more of it would change nothing: the result with the
    /// number of bytes that it is about.
    pub(super) fn settle<T>(
        &mut self,
        read: impl Fn(&[u8]) -> Result<(T, usize), Fault>,
    ) -> Result<(T, usize), Stop> {
        loop {
            let text = self.text();
            let outcome = read(text);
            let end = match &outcome {
                Ok((_, end)) => *end,
                Err(fault) => fault.at + UNSETTLED,
            };
            if end < text.len() || !self.more()? {
                return outcome.map_err(|fault| self.stop(fault));
            }
        }
    }

    /// Passes white space; the byte behind it, if there is one.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            self.pass(space(self.text(), 0));
            let first = self.text().first().copied();
            if first.is_some() || !self.more()? {
                return Ok(first);
            }
        }
    }

    /// The stream is no JSON at the place at hand, where something else was expected.
    pub(super) fn expected(&self, reason: Reason) -> Stop {
        let reason = if self.text().is_empty() { Reason::End } else { reason };
        self.stop(Fault { at: 0, reason })
    }

    /// Nothing is left. That is the end of the body, unless the text was cut off by bytes that are none.
    pub(super) fn end(&self) -> Result<(), Stop> {
        if self.broken { Err(self.expected(Reason::End)) } else { Ok(()) }
    }

    /// Goes on behind the next `count` bytes.
    pub(super) fn pass(&mut self, count: usize) {
        self.place = moved(self.place, &self.bytes[self.start..self.start + count]);
        self.start += count;
    }

    fn stop(&self, fault: Fault) -> Stop {
        let cut_off = self.broken && fault.reason == Reason::End;
        let text = self.text();
        let fault = if self.place.offset == 0 { fault.at_the_beginning_of(text) } else { fault };
        let reason = if cut_off { Reason::Utf8 } else { fault.reason };
        Stop::Fault(reason, moved(self.place, &text[..fault.at.min(text.len())]))
    }

    /// Reads more; `false` if there is no more.
    ///
    /// Text at hand that is long is doubled, so that what reads it from the start again does not do so too
    /// often.
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
                // A character may go on in what is not read yet.
                self.broken = self.ended || error.error_len().is_some();
            }
        }
        Ok(())
    }
}

/// The place behind a text that begins at a place.
pub(super) fn moved(from: Place, text: &[u8]) -> Place {
    let Place { offset, mut line, mut column } = from;
    for byte in text {
        match byte {
            b'\n' => (line, column) = (line + 1, 1),
            // The later bytes of a character are no column of their own.
            0x80..0xC0 => {}
            _ => column += 1,
        }
    }
    Place::new(offset + text.len(), line, column)
}

/// A place within a text that begins at a place, seen from where that one is seen.
pub(super) fn within(from: Place, place: Place) -> Place {
    let column = if place.line == 1 { from.column + place.column - 1 } else { place.column };
    Place::new(from.offset + place.offset, from.line + place.line - 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::cursor::skip;

    /// Gives out a few bytes at a time.
    struct Few<'a>(&'a [u8], usize);

    impl Read for Few<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(to.len());
            to[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn values_are_settled_however_the_stream_is_cut() {
        let text = "  [\"gr\\u00f6\u{df}e\", 12.5e3,\n {\"ü\": null}] 1234 \"x\"";
        for few in 1..text.len() {
            let mut window = Window::new(Few(text.as_bytes(), few));
            let mut found = Vec::new();
            while window.peek().unwrap().is_some() {
                let ((), end) = window.settle(|text| skip(text, 0, 0).map(|end| ((), end))).unwrap();
                let place = window.place();
                let value = String::from_utf8(window.text()[..end].to_vec()).unwrap();
                found.push((value, place.line, place.column));
                window.pass(end);
            }
            let texts: Vec<&str> = found.iter().map(|(text, ..)| text.as_str()).collect();
            assert_eq!(
                texts,
                [text[2..].split("] ").next().unwrap().to_owned() + "]", "1234".into(), "\"x\"".into()]
            );
            let places: Vec<_> = found.iter().map(|(_, line, column)| (*line, *column)).collect();
            assert_eq!(places, [(1, 3), (2, 15), (2, 20)]);
        }
    }

    #[test]
    fn what_is_no_text_stops() {
        for (bytes, offset) in [(&b"\"ab\xff\""[..], 3), (b"[1, \"\xc3", 5), (b"\xf0\x9f", 0)] {
            for few in 1..=bytes.len() {
                let mut window = Window::new(Few(bytes, few));
                let stop = match window.peek() {
                    Ok(Some(_)) => window.settle(|text| skip(text, 0, 0).map(|end| ((), end))).unwrap_err(),
                    Ok(None) => window.expected(Reason::Value),
                    Err(stop) => stop,
                };
                let Stop::Fault(reason, place) = stop else { panic!("{stop:?}") };
                assert_eq!((reason, place.offset), (Reason::Utf8, offset));
            }
        }
    }

    #[test]
    fn places_move() {
        let start = Place::new(10, 2, 5);
        assert_eq!(moved(start, "é,".as_bytes()), Place::new(13, 2, 7));
        assert_eq!(moved(start, b"a\n\nbc"), Place::new(15, 4, 3));
        assert_eq!(within(start, Place::new(3, 1, 4)), Place::new(13, 2, 8));
        assert_eq!(within(start, Place::new(3, 2, 1)), Place::new(13, 3, 1));
    }
}
