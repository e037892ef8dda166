//! Values as JSON, without numbers that JSON cannot hold.
//!
//! `serde_json` writes NaN and infinity as `null`, which a service would read as the absence of a value.

use std::fmt;

use serde::{Serialize, ser};

use super::error::RequestError;

/// Returns a value as JSON. `name` is the parameter, or `body`.
///
/// # Errors
///
/// Returns an error for a value that can't be encoded, and for a number that is not finite.
pub(crate) fn to_json<T: Serialize + ?Sized>(name: &'static str, value: &T) -> Result<String, RequestError> {
    let json = serde_json::to_string(value).map_err(|_| RequestError::Unwritable(name))?;
    if is_finite(value, json.as_bytes()) { Ok(json) } else { Err(RequestError::NotFinite(name)) }
}

/// Returns whether each number of a value is finite. `json` is the value as `serde_json` wrote it.
pub(crate) fn is_finite<T: Serialize + ?Sized>(value: &T, json: &[u8]) -> bool {
    // Only such a number or an absent value is written as `null`: most values are looked at once.
    let may_be_missing = json.windows(4).any(|window| window == b"null");
    !may_be_missing || value.serialize(&mut Finite).is_ok()
}

/// Looks at every number of a value, and writes nothing.
struct Finite;

/// A number is not finite.
#[derive(Debug)]
struct NotFinite;

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number is not finite")
    }
}

impl std::error::Error for NotFinite {}

impl ser::Error for NotFinite {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Seen = Result<(), NotFinite>;

fn check(is_finite: bool) -> Seen {
    if is_finite { Ok(()) } else { Err(NotFinite) }
}

macro_rules! finite_scalars {
    ($($method:ident $ty:ty)*) => {$(
        fn $method(self, _: $ty) -> Seen {
            Ok(())
        }
    )*};
}

impl ser::Serializer for &mut Finite {
    type Ok = ();
    type Error = NotFinite;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    finite_scalars! {
        serialize_bool bool
        serialize_i8 i8
        serialize_i16 i16
        serialize_i32 i32
        serialize_i64 i64
        serialize_i128 i128
        serialize_u8 u8
        serialize_u16 u16
        serialize_u32 u32
        serialize_u64 u64
        serialize_u128 u128
        serialize_char char
        serialize_str &str
        serialize_bytes &[u8]
        serialize_unit_struct &'static str
    }

    fn serialize_f32(self, value: f32) -> Seen {
        check(value.is_finite())
    }

    fn serialize_f64(self, value: f64) -> Seen {
        check(value.is_finite())
    }

    fn serialize_none(self) -> Seen {
        Ok(())
    }

    fn serialize_unit(self) -> Seen {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Seen {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Seen {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Seen {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Seen {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, NotFinite> {
        Ok(self)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Seen {
        Ok(())
    }
}

macro_rules! finite_elements {
    ($($name:ident $method:ident)*) => {$(
        impl ser::$name for &mut Finite {
            type Ok = ();
            type Error = NotFinite;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Seen {
                value.serialize(&mut **self)
            }

            fn end(self) -> Seen {
                Ok(())
            }
        }
    )*};
}

finite_elements! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! finite_members {
    ($($name:ident)*) => {$(
        impl ser::$name for &mut Finite {
            type Ok = ();
            type Error = NotFinite;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Seen {
                value.serialize(&mut **self)
            }

            fn end(self) -> Seen {
                Ok(())
            }
        }
    )*};
}

finite_members! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for &mut Finite {
    type Ok = ();
    type Error = NotFinite;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Seen {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Seen {
        value.serialize(&mut **self)
    }

    fn end(self) -> Seen {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::values::Json;

    #[derive(Serialize)]
    struct Reading {
        value: f64,
        limit: Option<f32>,
        note: Option<&'static str>,
        kind: Kind,
    }

    #[derive(Serialize)]
    enum Kind {
        Plain,
        Pair(f64, u8),
        Named { at: f64 },
        One(f64),
    }

    fn reading(value: f64, kind: Kind) -> Reading {
        Reading { value, limit: None, note: None, kind }
    }

    #[test]
    fn only_finite_numbers_are_written() {
        assert!(to_json("body", &reading(1.5, Kind::Plain)).is_ok());
        assert_eq!(to_json("q", &Option::<f64>::None).as_deref(), Ok("null"));
        assert_eq!(to_json("q", "null").as_deref(), Ok("\"null\""));
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let wrong = Err(RequestError::NotFinite("body"));
            assert_eq!(to_json("body", &number), wrong);
            assert_eq!(to_json("body", &[1.0, number]), wrong);
            assert_eq!(to_json("body", &(1, number)), wrong);
            assert_eq!(to_json("body", &BTreeMap::from([("a", Some(number))])), wrong);
            for kind in [Kind::Pair(number, 1), Kind::Named { at: number }, Kind::One(number)] {
                assert_eq!(to_json("body", &reading(1.0, kind)), wrong);
            }
            assert_eq!(to_json("body", &reading(number, Kind::Plain)), wrong);
        }
        let limited = Reading { limit: Some(f32::NAN), ..reading(1.0, Kind::Plain) };
        assert_eq!(to_json("body", &limited), Err(RequestError::NotFinite("body")));
    }

    #[test]
    fn an_exact_number_or_text_is_no_float() {
        let json: Json = serde_json::from_str("[null, 1e999]").unwrap();
        assert_eq!(to_json("body", &json).as_deref(), Ok("[null, 1e999]"));
    }
}
