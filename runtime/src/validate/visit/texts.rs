//! Strings. Days and times are right by construction: their text is made only for a length or a pattern.

use std::fmt::Write;

use super::{Visit, Visitor};
use crate::{
    Date, LocalTimestamp, Timestamp,
    validate::{Format, Schema, Text, table::Shape},
};

impl Visit for str {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.text(self);
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        text(schema, |table| table.surely_allows(self.len()) || table.allows(self.as_bytes()))
    }

    #[inline(always)]
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Visit for String {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        str::visit(self, visitor);
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        str::keeps(self, schema)
    }

    #[inline(always)]
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Visit for Date {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.written(|text| self.write_to(text), Self::keeps(self, visitor.schema));
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        text(schema, |table| suits(table, &[Format::Date], 10, 10))
    }
}

impl Visit for Timestamp {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.written(|text| write!(text, "{self}").unwrap_or_default(), Self::keeps(self, visitor.schema));
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        text(schema, |table| suits(table, &[Format::DateTime, Format::LocalDateTime], 20, 35))
    }
}

impl Visit for LocalTimestamp {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.written(|text| self.write_to(text), Self::keeps(self, visitor.schema));
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        text(schema, |table| suits(table, &[Format::LocalDateTime], 19, 29))
    }
}

/// Whether a table asks nothing that a text of one of the formats, of a length in this range, could break. There is no
/// card number in one: no run of its digits is that long.
#[inline]
fn suits(table: &Text, formats: &[Format], shortest: u32, longest: u32) -> bool {
    table.format.is_none_or(|(format, _)| formats.contains(&format))
        && table.patterns.is_empty()
        && table.values.is_none()
        && table.min <= shortest
        && table.max >= longest
}

/// Whether the schema asks for a string of a table that `suits`.
#[inline]
fn text(schema: &Schema, suits: impl FnOnce(&Text) -> bool) -> bool {
    schema.plain && matches!(&schema.shape, Shape::Text(table) if suits(table))
}

impl Visitor<'_> {
    /// A string that is written only if the table could have something against it.
    #[inline]
    fn written(&mut self, write: impl FnOnce(&mut String), keeps: bool) {
        if keeps && !self.watched {
            return;
        }
        let mut text = std::mem::take(&mut self.state.text);
        text.clear();
        write(&mut text);
        self.text(&text);
        self.state.text = text;
    }
}
