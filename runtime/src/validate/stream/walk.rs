//! The way through a body: its bytes go in, items and the outline come out.

use std::io::{self, Read};

use super::Tally;
use super::outline::Outline;
use super::plan::{self, List, Plan};
use super::report::Report;
use super::window::{Stop, Window};
use crate::validate::cursor::{Fault, Reason, skip, string, unescape};
use crate::validate::{Object, Schema};
use crate::violations::Violation;

/// Reads one body.
pub(super) struct Walk<'a, R, F> {
    window: Window<R>,
    outline: Outline,
    report: Report<'a, F>,
}

impl<'a, R: Read, F: FnMut(Violation)> Walk<'a, R, F> {
    pub(super) fn new(source: R, report: Report<'a, F>) -> Self {
        Self { window: Window::new(source), outline: Outline::default(), report }
    }

    /// Reads the body to its end, or to where it stops being JSON.
    pub(super) fn run(mut self, schema: &'static Schema) -> io::Result<Tally> {
        match self.body(schema) {
            Ok(()) => self.report.outline(schema, &self.outline),
            Err(Stop::Fault(reason, place)) => self.report.fault(reason, place),
            Err(Stop::Io(error)) => return Err(error),
        }
        self.report.tally.bytes = self.window.place().offset as u64;
        Ok(self.report.tally)
    }

    fn body(&mut self, schema: &'static Schema) -> Result<(), Stop> {
        match (self.window.peek()?, plan::object(schema), plan::root(schema)) {
            (Some(b'{'), Some(object), _) => self.object(object)?,
            (Some(b'['), _, Plan::Items(list)) => self.list(Some(list), 0)?,
            (Some(b'['), _, Plan::Pass) => self.list(None, 0)?,
            _ => self.whole(0)?,
        }
        match self.window.peek()? {
            None => self.window.end(),
            Some(_) => Err(self.window.expected(Reason::Trailing)),
        }
    }

    /// The object at the root.
    fn object(&mut self, object: &'static Object) -> Result<(), Stop> {
        self.keep(1);
        if self.window.peek()? == Some(b'}') {
            self.keep(1);
            return Ok(());
        }
        loop {
            let name = self.name()?;
            self.keep_if(b':', Reason::Colon)?;
            match (self.window.peek()?, plan::member(object, &name)) {
                (Some(b'['), Plan::Items(list)) => self.list(Some(list), 1)?,
                (Some(b'['), Plan::Pass) => self.list(None, 1)?,
                _ => self.whole(1)?,
            }
            if self.window.peek()? == Some(b'}') {
                self.keep(1);
                return Ok(());
            }
            self.keep_if(b',', Reason::CommaOrBrace)?;
        }
    }

    /// The name of a member.
    fn name(&mut self) -> Result<String, Stop> {
        if self.window.peek()? != Some(b'"') {
            return Err(self.window.expected(Reason::Key));
        }
        let (escaped, end) = self.window.settle(|text| {
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

    /// A list, item by item, in so many containers. The outline gets its brackets.
    fn list(&mut self, list: Option<List>, depth: u8) -> Result<(), Stop> {
        let mut open = list.map(|list| Report::<F>::begin(list, self.window.place()));
        self.keep(1);
        if self.window.peek()? != Some(b']') {
            loop {
                self.window.peek()?;
                let ((), end) = self.window.settle(|text| value(text, depth + 1))?;
                if let Some(open) = &mut open {
                    let item = utf8(self.window.text().get(..end));
                    self.report.item(open, item, self.window.place());
                }
                self.window.pass(end);
                match self.window.peek()? {
                    Some(b',') => self.window.pass(1),
                    Some(b']') => break,
                    _ => return Err(self.window.expected(Reason::CommaOrBracket)),
                }
            }
        }
        if let Some(open) = open {
            self.report.end(open);
        }
        self.keep(1);
        Ok(())
    }

    /// A value that goes into the outline as it is.
    fn whole(&mut self, depth: u8) -> Result<(), Stop> {
        self.window.peek()?;
        let ((), end) = self.window.settle(|text| value(text, depth))?;
        self.keep(end);
        Ok(())
    }

    fn keep_if(&mut self, byte: u8, otherwise: Reason) -> Result<(), Stop> {
        if self.window.peek()? != Some(byte) {
            return Err(self.window.expected(otherwise));
        }
        self.keep(1);
        Ok(())
    }

    /// Puts the next `count` bytes into the outline.
    fn keep(&mut self, count: usize) {
        let text = self.window.text().get(..count).unwrap_or_default();
        self.outline.keep(text, self.window.place());
        self.window.pass(count);
    }
}

fn value(text: &[u8], depth: u8) -> Result<((), usize), Fault> {
    skip(text, 0, depth).map(|end| ((), end))
}

/// The window holds text that was found to be UTF-8, and tokens end where characters do.
fn utf8(bytes: Option<&[u8]>) -> &str {
    std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
}
