//! Values as JSON, for their validation.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::scanner::MAX_DEPTH;

/// Writes a value as compact JSON.
///
/// A value that is nested deeper than [`MAX_DEPTH`] is written only to that depth: the rest would use up the
/// stack. The validator refuses such a text for its depth.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::with_capacity(1024);
    let mut depth = 0;
    let formatter = BoundedFormatter { inner: CompactFormatter, depth: &mut depth };
    let written = value.serialize(&mut Serializer::with_formatter(&mut json, formatter));
    if depth <= MAX_DEPTH {
        written?;
    }
    Ok(json)
}

/// Writes compact JSON and stops at the first array or object that is nested too deep.
struct BoundedFormatter<'a> {
    inner: CompactFormatter,
    depth: &'a mut u8,
}

impl BoundedFormatter<'_> {
    fn enter(&mut self) -> io::Result<()> {
        *self.depth = self.depth.saturating_add(1);
        if *self.depth > MAX_DEPTH { Err(io::Error::other("nested too deep")) } else { Ok(()) }
    }
}

impl Formatter for BoundedFormatter<'_> {
    fn begin_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.begin_array(writer)?;
        self.enter()
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        *self.depth = self.depth.saturating_sub(1);
        self.inner.end_array(writer)
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.inner.begin_object(writer)?;
        self.enter()
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        *self.depth = self.depth.saturating_sub(1);
        self.inner.end_object(writer)
    }
}
