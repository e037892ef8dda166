//! Parameters of a request, decoded and checked.

use serde::de::DeserializeOwned;

use super::{
    decode,
    request::IncomingRequest,
    shape::Shape,
    text::{Encoding, NotUtf8},
};
use crate::{
    operation::{Location, Style},
    validate::{Schema, codes},
    violations::{Violation, Violations},
};

/// A parameter: where it is, how it is written, and what its value may be.
#[derive(Debug, Clone, Copy)]
pub struct ServedParameter {
    location: Location,
    name: &'static str,
    style: Style,
    shape: &'static Shape,
    schema: Option<&'static Schema>,
}

impl ServedParameter {
    /// Creates a parameter whose value no table checks.
    #[must_use]
    pub const fn new(location: Location, name: &'static str, style: Style, shape: &'static Shape) -> Self {
        Self { location, name, style, shape, schema: None }
    }

    /// Sets the table that its value is checked by.
    #[must_use]
    pub const fn check(mut self, schema: &'static Schema) -> Self {
        self.schema = Some(schema);
        self
    }
}

impl IncomingRequest {
    /// Returns the value of a required parameter. It is `None` after a violation.
    pub fn required<T: DeserializeOwned>(&mut self, parameter: ServedParameter) -> Option<T> {
        let value = self.optional(parameter)?;
        if value.is_none() {
            let missing = Violation::new(self.api.missing, "");
            self.violations.push(missing.of_parameter(parameter.name));
        }
        value
    }

    /// Returns the value of a parameter that may be absent. It is `None` after a violation.
    pub fn optional<T: DeserializeOwned>(&mut self, parameter: ServedParameter) -> Option<Option<T>> {
        match self.text(&parameter) {
            Ok(None) => Some(None),
            Ok(Some(json)) => self.parameter(&parameter, &json).map(Some),
            Err(NotUtf8) => {
                let violation = Violation::new(&codes::INVALID_UTF8, "");
                self.violations.push(violation.of_parameter(parameter.name));
                None
            }
        }
    }

    /// Returns the JSON of a parameter.
    fn text(&self, parameter: &ServedParameter) -> Result<Option<String>, NotUtf8> {
        let ServedParameter { location, name, style, shape, .. } = *parameter;
        match location {
            Location::Path => {
                let found = self.path.iter().find(|(known, _)| *known == name);
                found.map(|(_, text)| decode::path(name, text, style, shape)).transpose()
            }
            Location::Query => {
                let pairs = self.query.as_deref().map_err(|error| *error)?;
                let declared = self.operation.parameters.iter();
                let others = declared.filter(|other| other.location == location && other.name != name);
                let others: Vec<&str> = others.map(|other| other.name).collect();
                decode::query(name, pairs, style, shape, Encoding::Form, &others)
            }
            Location::Cookie => {
                let pairs = self.cookies.as_deref().map_err(|error| *error)?;
                decode::query(name, pairs, style, shape, Encoding::Percent, &[])
            }
            Location::Header => {
                let values = self.parts.headers.get_all(name).iter();
                let values = values.map(|value| std::str::from_utf8(value.as_bytes()).map_err(|_| NotUtf8));
                // Several headers of one name are one list (RFC 9110, section 5.3).
                let values = values.collect::<Result<Vec<&str>, _>>()?;
                let text = (!values.is_empty()).then(|| values.join(","));
                text.map(|text| decode::header(&text, style, shape)).transpose()
            }
        }
    }

    fn parameter<T: DeserializeOwned>(&mut self, parameter: &ServedParameter, json: &str) -> Option<T> {
        let validation = &self.settings.validation;
        let check = |schema| validation.body(schema, self.api.definition, json.as_bytes());
        let mut found = parameter.schema.map(check).unwrap_or_default();
        let mut value = None;
        if found.errors().next().is_none() {
            value = serde_json::from_str(json).ok();
            if value.is_none() {
                found.push(Violation::new(&codes::INVALID_TYPE, ""));
            }
        }
        let found: Violations =
            found.into_iter().map(|violation| violation.of_parameter(parameter.name)).collect();
        self.violations.extend(found);
        value
    }
}
