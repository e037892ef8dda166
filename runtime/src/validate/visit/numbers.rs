//! Numbers. Their text is made only for a limit or a rule that must see it.

use std::fmt::Write;

use super::{Visit, Visitor};
use crate::{
    Decimal,
    validate::{Number, engine::value::Value, table::Shape},
};

impl Visit for bool {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.boolean(*self);
    }
}

/// Integers that fit into 64 bits with a sign.
macro_rules! small_integers {
    ($($integer:ty),*) => {$(
        impl Visit for $integer {
            #[inline]
            fn visit(&self, visitor: &mut Visitor<'_>) {
                visitor.integer(i64::from(*self));
            }
        }
    )*};
}

small_integers!(i8, i16, i32, i64, u8, u16, u32);

impl Visit for u64 {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        match i64::try_from(*self) {
            Ok(small) => visitor.integer(small),
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
        let fits = |table: &Number| table.integer.is_none() && table.range.is_none() && unbounded(table);
        visitor.number(fits, |text| write!(text, "{self}").unwrap_or_default());
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
    #[inline]
    fn integer(&mut self, value: i64) {
        let fits = |table: &Number| {
            unbounded(table) && table.range.is_none_or(|(low, high, _)| (low..=high).contains(&value))
        };
        self.number(fits, |text| write!(text, "{value}").unwrap_or_default());
    }

    /// A number that `fits` a table without being looked at, or that `write` makes text of.
    #[inline]
    fn number(&mut self, fits: impl Fn(&Number) -> bool, write: impl FnOnce(&mut String)) {
        let key = self.key();
        match &self.schema.shape {
            Shape::Number(table) if self.watcher.is_none() && fits(table) => {}
            Shape::Number(table) => self.number_as_text(Some(table), write, key),
            _ if self.wrong_type(key) && self.watcher.is_some() => self.number_as_text(None, write, key),
            _ => {}
        }
    }

    fn number_as_text(&mut self, table: Option<&'static Number>, write: impl FnOnce(&mut String), key: u64) {
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

/// No limit but the room of a format.
#[inline]
fn unbounded(table: &Number) -> bool {
    table.minimum.is_none() && table.maximum.is_none() && table.multiple_of.is_none()
}

fn asks_nothing(table: &Number) -> bool {
    table.integer.is_none() && table.range.is_none() && table.decimal.is_none() && unbounded(table)
}
