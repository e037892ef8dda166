//! Writing objects: the named members in the order of the calls, then the others.

use std::collections::BTreeMap;

use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap},
};

/// Writes an object member by member. [`end`](Self::end) closes it.
pub struct ObjectWriter<S: Serializer>(S::SerializeMap);

impl<S: Serializer> ObjectWriter<S> {
    /// Begins an object.
    ///
    /// # Errors
    ///
    /// The serializer fails. This holds for all methods.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a member.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        self.0.serialize_entry(name, value)
    }

    /// Writes a member, or nothing for `None`. A `Some(None)` is written as null.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.0.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes additional members, after those that have a field: `named`.
    ///
    /// # Errors
    ///
    /// One of them has the name of a member that has a field: the object would have the name twice, or would
    /// be read as a different value.
    pub fn rest<T: Serialize>(
        &mut self,
        members: &BTreeMap<String, T>,
        named: &[&str],
    ) -> Result<(), S::Error> {
        for (name, value) in members {
            if named.contains(&name.as_str()) {
                return Err(S::Error::custom(format_args!(
                    "the additional member `{name}` has the name of a member that the definition names"
                )));
            }
            self.0.serialize_entry(name, value)?;
        }
        Ok(())
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
