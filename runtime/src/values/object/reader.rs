//! Reading objects, member by member.

use std::collections::BTreeMap;
use std::{fmt, marker::PhantomData};

use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::values::redacted;

/// A struct that is read from the members of an object. [`object!`](crate::object!) implements it.
pub trait FromMembers<'de>: Sized {
    /// The name of the struct, for errors.
    const NAME: &'static str;
    /// The names of the members that have a field.
    const MEMBERS: &'static [&'static str];

    /// Reads all members.
    ///
    /// # Errors
    ///
    /// A required member is absent, or one is not of its type.
    fn from_members<A: MapAccess<'de>>(members: MemberReader<A>) -> Result<Self, A::Error>;
}

/// Deserializes a struct from an object.
///
/// # Errors
///
/// The value is no object, or [`FromMembers::from_members`] fails.
pub fn deserialize<'de, T: FromMembers<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::MEMBERS, ObjectVisitor(PhantomData))
}

/// Returns the value of a required member.
///
/// # Errors
///
/// The member was absent.
pub fn required<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: FromMembers<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::from_members(MemberReader { members, expected: 0, other: String::new() })
    }
}

/// Reads the members of an object in their order. Of a name that is given twice, the last value counts.
pub struct MemberReader<A> {
    members: A,
    /// The index of the name that comes next if the members have the order of the definition.
    expected: usize,
    /// The last name that is none of the known ones.
    other: String,
}

impl<'de, A: MapAccess<'de>> MemberReader<A> {
    /// Reads the next name, and returns its index in `names`, or their number if it is not one of them.
    /// Returns `None` at the end of the object.
    ///
    /// # Errors
    ///
    /// The name can't be read.
    pub fn next_name(&mut self, names: &'static [&'static str]) -> Result<Option<usize>, A::Error> {
        let name = NameSeed { names, expected: self.expected, other: &mut self.other };
        let found = self.members.next_key_seed(name)?;
        if let Some(index) = found.filter(|index| *index < names.len()) {
            self.expected = index + 1;
        }
        Ok(found)
    }

    /// Reads the value of the last name.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn read<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        *field = Some(self.members.next_value()?);
        Ok(())
    }

    /// Reads the value of the last name, which errors do not show.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn read_sensitive<T: DeserializeOwned>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        *field = Some(self.members.next_value_seed(SensitiveSeed(PhantomData))?);
        Ok(())
    }

    /// Reads a value whose name is not known.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn rest<T: Deserialize<'de>>(
        &mut self,
        rest: &mut Option<BTreeMap<String, T>>,
    ) -> Result<(), A::Error> {
        let value = self.members.next_value()?;
        rest.get_or_insert_default().insert(std::mem::take(&mut self.other), value);
        Ok(())
    }

    /// Reads a value whose name is not known, and which errors do not show.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn sensitive_rest<T: DeserializeOwned>(
        &mut self,
        rest: &mut Option<BTreeMap<String, T>>,
    ) -> Result<(), A::Error> {
        let value = self.members.next_value_seed(SensitiveSeed(PhantomData))?;
        rest.get_or_insert_default().insert(std::mem::take(&mut self.other), value);
        Ok(())
    }

    /// Passes over the value of the last name.
    ///
    /// # Errors
    ///
    /// It can't be read.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.members.next_value::<IgnoredAny>().map(|_| ())
    }
}

struct NameSeed<'a> {
    names: &'static [&'static str],
    expected: usize,
    other: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        // Most writers keep the order of the definition, so that the first comparison finds the name.
        let (before, after) = self.names.split_at(self.expected.min(self.names.len()));
        let position = |names: &[&str]| names.iter().position(|known| *known == name);
        let found = position(after).map(|index| index + before.len()).or_else(|| position(before));
        Ok(found.unwrap_or_else(|| {
            name.clone_into(self.other);
            self.names.len()
        }))
    }
}

struct SensitiveSeed<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for SensitiveSeed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        redacted::deserialize(deserializer)
    }
}
