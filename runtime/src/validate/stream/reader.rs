//! The reader of a stream: bytes in, items and the outline out.

use std::io::{self, Read};

use super::list_mode::{self, ListMode, ListTables};
use super::outline::Outline;
use super::reporter::Reporter;
use super::tally::Tally;
use super::window::{StreamError, Window};
use crate::validate::scanner::{SyntaxError, SyntaxErrorKind, skip, string, unescape};
use crate::validate::table::{Object, Schema};
use crate::violations::Violation;

/// The reader of one body.
pub(super) struct StreamReader<'a, R, F> {
    window: Window<R>,
    outline: Outline,
    reporter: Reporter<'a, F>,
}

impl<'a, R: Read, F: FnMut(Violation)> StreamReader<'a, R, F> {
    pub(super) fn new(source: R, reporter: Reporter<'a, F>) -> Self {
        Self { window: Window::new(source), outline: Outline::default(), reporter }
    }

    /// Reads the body to its end, or to where it is not JSON.
    pub(super) fn read(mut self, schema: &'static Schema) -> io::Result<Tally> {
        match self.body(schema) {
            Ok(()) => self.reporter.outline(schema, &self.outline),
            Err(StreamError::Syntax(kind, position)) => self.reporter.syntax_error(kind, position),
            Err(StreamError::Io(error)) => return Err(error),
        }
        self.reporter.tally.bytes = self.window.position().offset as u64;
        Ok(self.reporter.tally)
    }

    fn body(&mut self, schema: &'static Schema) -> Result<(), StreamError> {
        match (self.window.peek()?, list_mode::object(schema), list_mode::of_root(schema)) {
            (Some(b'{'), Some(object), _) => self.object(object)?,
            (Some(b'['), _, ListMode::Items(list)) => self.list(Some(list), 0)?,
            (Some(b'['), _, ListMode::Skip) => self.list(None, 0)?,
            _ => self.whole(0)?,
        }
        match self.window.peek()? {
            None => self.window.end(),
            Some(_) => Err(self.window.expected(SyntaxErrorKind::Trailing)),
        }
    }

    /// Reads the object at the root.
    fn object(&mut self, object: &'static Object) -> Result<(), StreamError> {
        self.keep(1);
        if self.window.peek()? == Some(b'}') {
            self.keep(1);
            return Ok(());
        }
        loop {
            let name = self.name()?;
            self.keep_if(b':', SyntaxErrorKind::Colon)?;
            match (self.window.peek()?, list_mode::of_member(object, &name)) {
                (Some(b'['), ListMode::Items(list)) => self.list(Some(list), 1)?,
                (Some(b'['), ListMode::Skip) => self.list(None, 1)?,
                _ => self.whole(1)?,
            }
            if self.window.peek()? == Some(b'}') {
                self.keep(1);
                return Ok(());
            }
            self.keep_if(b',', SyntaxErrorKind::CommaOrBrace)?;
        }
    }

    /// Reads the name of a member.
    fn name(&mut self) -> Result<String, StreamError> {
        if self.window.peek()? != Some(b'"') {
            return Err(self.window.expected(SyntaxErrorKind::Name));
        }
        let (escaped, end) = self.window.scan(|text| {
            let scanned = string(text, 1)?;
            Ok((scanned.escaped, scanned.end + 1))
        })?;
        let raw = utf8(self.window.text().get(1..end - 1));
        let mut name = String::new();
        if escaped {
            unescape(raw, &mut name);
        } else {
            name.push_str(raw);
        }
        self.keep(end);
        Ok(name)
    }

    /// Reads a list item by item, with `depth` containers around it. The outline gets its brackets.
    fn list(&mut self, list: Option<ListTables>, depth: u8) -> Result<(), StreamError> {
        let mut open = list.map(|list| self.reporter.begin(list, self.window.position()));
        self.keep(1);
        if self.window.peek()? != Some(b']') {
            loop {
                self.window.peek()?;
                let ((), end) = self.window.scan(|text| value(text, depth + 1))?;
                if let Some(open) = &mut open {
                    let text = self.window.text_and_more(end);
                    self.reporter.item(open, text, end, self.window.position());
                }
                self.window.pass(end);
                match self.window.peek()? {
                    Some(b',') => self.window.pass(1),
                    Some(b']') => break,
                    _ => return Err(self.window.expected(SyntaxErrorKind::CommaOrBracket)),
                }
            }
        }
        if let Some(open) = open {
            self.reporter.end(open);
        }
        self.keep(1);
        Ok(())
    }

    /// Reads a value that goes into the outline as it is.
    fn whole(&mut self, depth: u8) -> Result<(), StreamError> {
        self.window.peek()?;
        let ((), end) = self.window.scan(|text| value(text, depth))?;
        self.keep(end);
        Ok(())
    }

    fn keep_if(&mut self, byte: u8, otherwise: SyntaxErrorKind) -> Result<(), StreamError> {
        if self.window.peek()? != Some(byte) {
            return Err(self.window.expected(otherwise));
        }
        self.keep(1);
        Ok(())
    }

    /// Adds the next `count` bytes to the outline.
    fn keep(&mut self, count: usize) {
        let text = self.window.text().get(..count).unwrap_or_default();
        self.outline.push(text, self.window.position());
        self.window.pass(count);
    }
}

fn value(text: &[u8], depth: u8) -> Result<((), usize), SyntaxError> {
    skip(text, 0, depth).map(|end| ((), end))
}

/// Returns bytes of the window as text. They are UTF-8, and tokens end where characters do.
fn utf8(bytes: Option<&[u8]>) -> &str {
    std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
}
