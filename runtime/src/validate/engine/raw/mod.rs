//! A schema's tables run over a JSON text.

#![expect(clippy::inline_always, reason = "measured: see spec/performance.md")]

mod again;
mod agreement;
mod array;
pub(crate) mod body;
mod object;
mod quick;
mod scalar;
mod secrets;

use super::{
    core::{Core, Snapshot},
    kind,
    memo::Memo,
    object::{Again, Frame},
};
use crate::validate::{
    Schema,
    cursor::{self, Fault, Reason},
    table::Shape,
};

/// The text can't be read on; why is noted in [`Raw`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop;

/// What a reading found in the way.
#[derive(Debug, Clone, Copy)]
enum Halt {
    Fault(Fault),
    Again(Again),
}

/// A place, or why there is none.
type Place = Result<usize, Stop>;

/// One reading of a text.
#[derive(Debug)]
pub(crate) struct Raw<'a, 'c> {
    text: &'a str,
    bytes: &'a [u8],
    core: &'c mut Core,
    /// The order key of the text's first byte.
    base: u64,
    /// How many containers are open around the value at hand.
    depth: u8,
    /// Why the text can't be read on.
    halt: Option<Halt>,
    /// What is remembered of the open objects of which more is asked than that fields are there.
    frames: Vec<Frame>,
    /// The text of a string with escapes.
    buffer: String,
    /// Short strings that passed.
    memo: Memo,
    /// How much may be read again.
    work: again::Work,
}

/// Holds a whole JSON text to a schema.
///
/// What is found goes into the core, at its path; `base` is the order key of the text's first byte.
pub(crate) fn run(core: &mut Core, schema: &'static Schema, text: &str, base: u64) -> Result<(), Fault> {
    let snapshot = core.snapshot();
    match Raw::new(core, text, base).whole(schema) {
        Ok(()) => Ok(()),
        Err(Halt::Fault(fault)) => Err(fault),
        Err(Halt::Again(_)) => run_carefully(core, snapshot, schema, text, base),
    }
}

#[cold]
fn run_carefully(
    core: &mut Core,
    snapshot: Snapshot,
    schema: &'static Schema,
    text: &str,
    base: u64,
) -> Result<(), Fault> {
    core.back_to(snapshot);
    core.forget_links();
    let (careful, quick) = (core.be_careful(true), core.be_quick(false));
    let halted = Raw::new(core, text, base).whole(schema);
    core.be_careful(careful);
    core.be_quick(quick);
    match halted {
        Err(Halt::Fault(fault)) => Err(fault),
        Err(Halt::Again(_)) | Ok(()) => Ok(()),
    }
}

impl<'a, 'c> Raw<'a, 'c> {
    fn new(core: &'c mut Core, text: &'a str, base: u64) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            core,
            base,
            depth: 0,
            halt: None,
            frames: Vec::new(),
            buffer: String::new(),
            memo: Memo::new(),
            work: again::Work::new(text.len()),
        }
    }

    fn whole(mut self, schema: &'static Schema) -> Result<(), Halt> {
        let start = cursor::space(self.bytes, 0);
        let Ok(end) = self.item(schema, start) else {
            return Err(self.halt.unwrap_or(Halt::Again(Again::Repeated)));
        };
        self.tell_work();
        let end = cursor::space(self.bytes, end);
        if end < self.bytes.len() {
            return Err(Halt::Fault(cursor::fault(self.bytes, end, Reason::Trailing)));
        }
        Ok(())
    }

    /// A value that stands for itself: the body, or an item.
    #[inline]
    fn item(&mut self, schema: &'static Schema, at: usize) -> Place {
        if self.bytes.get(at) != Some(&b'n') {
            return self.value(schema, at);
        }
        let end = self.null(at)?;
        if !schema.nullable {
            if matches!(schema.shape, Shape::Any) {
                return self.beyond(schema, at, end);
            }
            self.core.report_type(schema, "null", self.key(at));
        }
        Ok(end)
    }

    /// A value that is not `null`.
    #[inline]
    fn value(&mut self, schema: &'static Schema, at: usize) -> Place {
        let first = self.bytes.get(at).copied().unwrap_or_default();
        let end = match (&schema.shape, first) {
            (Shape::Text(table), b'"') => self.string(table, at)?,
            (Shape::Object(object), b'{') => self.object(object, at)?,
            (Shape::Number(table), b'-' | b'0'..=b'9') => self.number(table, at)?,
            (Shape::Array(array), b'[') => self.array(array, at)?,
            (Shape::Boolean, b't' | b'f') | (Shape::Any, _) => self.skip(at)?,
            _ => return self.wrong_type(schema, at),
        };
        if schema.plain { Ok(end) } else { self.beyond(schema, at, end) }
    }

    #[cold]
    fn wrong_type(&mut self, schema: &'static Schema, at: usize) -> Place {
        let end = self.skip(at)?;
        let first = self.bytes.get(at).copied().unwrap_or_default();
        self.core.report_type(schema, kind::of_first_byte(first), self.key(at));
        Ok(end)
    }

    fn skip(&mut self, at: usize) -> Place {
        cursor::skip(self.bytes, at, self.depth).map_err(|fault| self.stop(fault))
    }

    fn null(&mut self, at: usize) -> Place {
        cursor::literal(self.bytes, at, b"null").map_err(|fault| self.stop(fault))
    }

    /// The order key of a place.
    #[inline]
    fn key(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// Opens a container.
    #[inline]
    fn enter(&mut self, at: usize) -> Result<(), Stop> {
        if self.depth >= cursor::MAX_DEPTH {
            return Err(self.fault(at, Reason::TooDeep));
        }
        self.depth += 1;
        Ok(())
    }

    #[cold]
    fn stop(&mut self, fault: Fault) -> Stop {
        self.halt = Some(Halt::Fault(fault));
        Stop
    }

    #[cold]
    fn again(&mut self, again: Again) -> Stop {
        self.halt = Some(Halt::Again(again));
        Stop
    }

    #[cold]
    fn fault(&mut self, at: usize, reason: Reason) -> Stop {
        self.stop(cursor::fault(self.bytes, at, reason))
    }
}
