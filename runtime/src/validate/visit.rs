//! How a typed value shows itself to the engine.

use std::collections::BTreeMap;

use serde::Serialize;

/// A value that can show its parts to the engine, as they would stand in JSON.
///
/// Generated structs call [`Visitor::object`] and then one method of [`Fields`] for each field; what has no tables of its
/// own shape (unions, foreign types) calls [`Visitor::serialized`].
pub trait Visit {
    /// Shows the value.
    fn visit(&self, visitor: &mut Visitor<'_>);
}

/// Takes the parts of a typed value, and knows which table each is held to.
#[derive(Debug)]
pub struct Visitor<'a> {
    place: std::marker::PhantomData<&'a mut ()>,
}

impl Visitor<'_> {
    /// Begins an object. Call [`Fields::end`] when all fields are shown.
    pub fn object(&mut self) -> Fields<'_> {
        Fields { place: std::marker::PhantomData }
    }

    /// A string.
    pub fn text(&mut self, value: &str) {
        let _ = (self, value);
    }

    /// A value that is written as JSON and then held to the table, for what can't show its parts.
    pub fn serialized<T: Serialize + ?Sized>(&mut self, value: &T) {
        let _ = (self, value);
    }
}

/// The fields of an object.
#[derive(Debug)]
pub struct Fields<'a> {
    place: std::marker::PhantomData<&'a mut ()>,
}

impl Fields<'_> {
    /// A field that is always written. `place` is its place in the table.
    pub fn required<T: Visit + ?Sized>(&mut self, place: u16, value: &T) {
        let _ = (self, place, value);
    }

    /// A field that is left out when it is `None`.
    pub fn optional<T: Visit>(&mut self, place: u16, value: &Option<T>) {
        let _ = (self, place, value);
    }

    /// As [`Fields::required`], for a type of another crate, which is written as JSON first.
    pub fn serialized<T: Serialize + ?Sized>(&mut self, place: u16, value: &T) {
        let _ = (self, place, value);
    }

    /// As [`Fields::optional`], for a type of another crate, which is written as JSON first.
    pub fn optional_serialized<T: Serialize>(&mut self, place: u16, value: &Option<T>) {
        let _ = (self, place, value);
    }

    /// The members that the table does not name.
    pub fn rest<T: Visit>(&mut self, members: &BTreeMap<String, T>) {
        let _ = (self, members);
    }

    /// As [`Fields::rest`], for values of another crate's type.
    pub fn rest_serialized<T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        let _ = (self, members);
    }

    /// All fields are shown.
    pub fn end(self) {}
}

impl<T: Visit + ?Sized> Visit for Box<T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        (**self).visit(visitor);
    }
}

impl<T: Visit> Visit for Option<T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        if let Some(value) = self {
            value.visit(visitor);
        }
    }
}

impl<T: Visit> Visit for Vec<T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.iter().for_each(|value| value.visit(visitor));
    }
}

impl<T: Visit> Visit for BTreeMap<String, T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.values().for_each(|value| value.visit(visitor));
    }
}

macro_rules! visit_serialized {
    ($($name:ty),*) => {$(
        impl Visit for $name {
            fn visit(&self, visitor: &mut Visitor<'_>) {
                visitor.serialized(self);
            }
        }
    )*};
}

visit_serialized!(
    bool,
    f64,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    String,
    crate::Date,
    crate::Decimal,
    crate::Json,
    crate::LocalTimestamp,
    crate::Timestamp
);
