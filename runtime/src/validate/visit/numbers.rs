//! Numbers. Their text is made only for a limit or a rule that must see it.

use std::fmt::Write;

use super::{Visit, Visitor};
use crate::{
    Decimal,
    validate::{Number, Schema, engine::value::Value, table::Shape},
};

impl Visit for bool {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.boolean(*self);
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        schema.plain && matches!(schema.shape, Shape::Boolean)
    }
}

/// Integers that fit into 64 bits with a sign.
macro_rules! small_integers {
    ($($integer:ty),*) => {$(
        impl Visit for $integer {
            #[inline]
            fn visit(&self, visitor: &mut Visitor<'_>) {
                let value = i64::from(*self);
                visitor.number(|table| has(table, value), |text| write!(text, "{value}").unwrap_or_default());
            }

            #[inline]
            fn keeps(&self, schema: &'static Schema) -> bool {
                number(schema, |table| has(table, i64::from(*self)))
            }
        }
    )*};
}

small_integers!(i8, i16, i32, i64, u8, u16, u32);

impl Visit for u64 {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        match i64::try_from(*self) {
            Ok(small) => small.visit(visitor),
            Err(_) => visitor.number(
                |table| table.range.is_none() && unbounded(table),
                |text| {
                    write!(text, "{self}").unwrap_or_default();
                },
            ),
        }
    }
}

impl Visit for Decimal {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.number(any_decimal, |text| write!(text, "{self}").unwrap_or_default());
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        number(schema, any_decimal)
    }
}

/// Floats are written as `serde_json` writes them: with a point, and `null` for what is no number.
macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Visit for $float {
            fn visit(&self, visitor: &mut Visitor<'_>) {
                if !self.is_finite() {
                    return visitor.null();
                }
                visitor.number(asks_nothing, |text| {
                    text.push_str(&serde_json::to_string(self).unwrap_or_default());
                });
            }
        }
    )*};
}

floats!(f32, f64);

impl Visitor<'_> {
    /// A number that `fits` a table without being looked at, or that `write` makes text of.
    #[inline]
    fn number(&mut self, fits: impl Fn(&Number) -> bool, write: impl FnOnce(&mut String)) {
        match &self.schema.shape {
            Shape::Number(table) if !self.watched && fits(table) => {}
            Shape::Number(table) => self.number_as_text(Some(table), write),
            _ => self.number_as_text(None, write),
        }
    }

    fn number_as_text(&mut self, table: Option<&'static Number>, write: impl FnOnce(&mut String)) {
        let key = self.key();
        if table.is_none() && !(self.wrong_type("a number", key) && self.watched) {
            return;
        }
        let mut text = std::mem::take(&mut self.state.text);
        text.clear();
        write(&mut text);
        if let Some(table) = table {
            self.go();
            self.state.core.number(table, &text, key);
        }
        self.note(Value::Number(&text), key);
        self.state.text = text;
    }
}

/// Whether the schema asks for a number that `fits`.
#[inline]
fn number(schema: &Schema, fits: impl FnOnce(&Number) -> bool) -> bool {
    schema.plain && matches!(&schema.shape, Shape::Number(table) if fits(table))
}

/// Whether a table allows a whole number, as far as that is seen without its text.
#[inline]
fn has(table: &Number, value: i64) -> bool {
    unbounded(table) && table.range.is_none_or(|(low, high, _)| (low..=high).contains(&value))
}

/// Whether a table allows every exact decimal.
#[inline]
fn any_decimal(table: &Number) -> bool {
    table.integer.is_none() && table.range.is_none() && unbounded(table)
}

/// No limit but the room of a format.
#[inline]
fn unbounded(table: &Number) -> bool {
    table.minimum.is_none() && table.maximum.is_none() && table.multiple_of.is_none()
}

fn asks_nothing(table: &Number) -> bool {
    table.integer.is_none() && table.range.is_none() && table.decimal.is_none() && unbounded(table)
}
