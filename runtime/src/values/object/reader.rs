//! Reading objects: all members are buffered, then returned by name.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::values::Json;
use crate::values::raw;
use crate::values::redacted::error_message;

/// The members of a JSON object that have not been taken yet, each as its text.
///
/// If a name is given twice, the last value counts. Errors name the member.
#[derive(Debug, Default)]
pub struct RawObject {
    members: BTreeMap<String, Json>,
    sensitive: &'static [&'static str],
}

impl RawObject {
    /// Reads the members of an object. With other formats than JSON, numbers have
    /// the digits that the format keeps.
    ///
    /// # Errors
    ///
    /// The value is not an object.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(|members| Self { members, sensitive: &[] })
    }

    /// Sets the names of members whose values errors must not show.
    #[must_use]
    pub fn sensitive(mut self, names: &'static [&'static str]) -> Self {
        self.sensitive = names;
        self
    }

    /// Takes a required member.
    ///
    /// # Errors
    ///
    /// It is absent, or is not of the type.
    pub fn required<T: DeserializeOwned, E: de::Error>(&mut self, name: &'static str) -> Result<T, E> {
        match self.members.remove(name) {
            Some(value) => self.decode(name, value.raw()),
            None => Err(E::missing_field(name)),
        }
    }

    /// Takes an optional member. A null counts as absent.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn optional<T: DeserializeOwned, E: de::Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, E> {
        match self.members.remove(name) {
            Some(value) => self.decode(name, value.raw()),
            None => Ok(None),
        }
    }

    /// Takes an optional member that may be null: absent is `None`, null is `Some(None)`.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn nullable<T: DeserializeOwned, E: de::Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, E> {
        match self.members.remove(name) {
            Some(value) => self.decode(name, value.raw()).map(Some),
            None => Ok(None),
        }
    }

    /// Takes an optional member of a type that has a value for null itself: absent is `None`.
    ///
    /// # Errors
    ///
    /// It is not of the type.
    pub fn present<T: DeserializeOwned, E: de::Error>(&mut self, name: &'static str) -> Result<Option<T>, E> {
        self.members.remove(name).map(|value| self.decode(name, value.raw())).transpose()
    }

    /// Takes a required member that may be null.
    ///
    /// # Errors
    ///
    /// It is absent, or is neither null nor of the type.
    pub fn required_nullable<T: DeserializeOwned, E: de::Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, E> {
        self.required(name)
    }

    /// Takes all remaining members.
    ///
    /// # Errors
    ///
    /// One of them is not of the type.
    pub fn rest<T: DeserializeOwned, E: de::Error>(self) -> Result<BTreeMap<String, T>, E> {
        self.members
            .into_iter()
            .map(|(name, value)| {
                let value = decode(&name, value.raw())?;
                Ok((name, value))
            })
            .collect()
    }

    /// Takes all remaining members, whose values errors must not show.
    ///
    /// # Errors
    ///
    /// One of them is not of the type.
    pub fn sensitive_rest<T: DeserializeOwned, E: de::Error>(self) -> Result<BTreeMap<String, T>, E> {
        let decode = |(name, value): (String, Json)| {
            let value = decode_sensitive(&name, value.raw())?;
            Ok((name, value))
        };
        self.members.into_iter().map(decode).collect()
    }
}

impl RawObject {
    fn decode<T: DeserializeOwned, E: de::Error>(&self, name: &str, value: &RawValue) -> Result<T, E> {
        if self.sensitive.contains(&name) {
            return decode_sensitive(name, value);
        }
        decode(name, value)
    }
}

fn decode<T: DeserializeOwned, E: de::Error>(name: &str, value: &RawValue) -> Result<T, E> {
    raw::decode(value).map_err(|error| {
        let message = raw::message_of(&error);
        E::custom(format_args!("in `{name}`: {message}"))
    })
}

fn decode_sensitive<T: DeserializeOwned, E: de::Error>(name: &str, value: &RawValue) -> Result<T, E> {
    raw::decode(value)
        .map_err(|error| E::custom(format_args!("in `{name}`: {}", error_message(value, &error))))
}

#[cfg(test)]
mod tests {
    use serde_json::Error;

    use super::*;

    #[test]
    fn a_sensitive_rest_shows_no_value() {
        let object = || {
            let mut json = serde_json::Deserializer::from_str(r#"{"pin":"4111"}"#);
            RawObject::deserialize(&mut json).unwrap()
        };
        let shown = object().rest::<i64, Error>().unwrap_err().to_string();
        assert!(shown.contains("4111"), "{shown}");
        let hidden = object().sensitive_rest::<i64, Error>().unwrap_err().to_string();
        assert_eq!(hidden, "in `pin`: a sensitive value is not of the right type");
        assert_eq!(object().sensitive_rest::<String, Error>().unwrap()["pin"], "4111");
    }
}
