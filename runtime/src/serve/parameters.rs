//! Parameters of a request, decoded and checked.

use serde::de::DeserializeOwned;

use super::{
    decode::{self, OtherName},
    request::IncomingRequest,
    text::{Encoding, NotUtf8, Readable},
};
use crate::{
    operation::{Location, SecurityKind, Style},
    validate::{Schema, codes},
    values::exact::{Exact, ExactNumbers},
    violations::{Violation, Violations},
    wire::Shape,
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

    /// Makes a violation of its value one of the request.
    fn violation(&self, violation: Violation) -> Violation {
        violation.of_parameter(self.name).located(self.location.as_str())
    }
}

impl IncomingRequest {
    /// Returns the value of a required parameter. It is `None` after a violation.
    pub fn required<T: DeserializeOwned>(&mut self, parameter: ServedParameter) -> Option<T> {
        let value = self.optional(parameter)?;
        if value.is_none() {
            let missing = Violation::new(self.api.missing, "");
            self.violations.push(parameter.violation(missing));
        }
        value
    }

    /// Returns the value of a parameter that may be absent. It is `None` after a violation.
    pub fn optional<T: DeserializeOwned>(&mut self, parameter: ServedParameter) -> Option<Option<T>> {
        match self.text(&parameter) {
            Ok(None) => Some(None),
            Ok(Some(json)) => self.parameter(&parameter, &json).map(Some),
            Err(unreadable) => {
                self.violations.push(parameter.violation(unreadable.violation()));
                None
            }
        }
    }

    /// Returns the value of a required parameter of numbers alone, each as it is. It is `None` after a
    /// violation.
    pub fn exact_required<T>(&mut self, parameter: ServedParameter) -> Option<T>
    where
        T: for<'de> ExactNumbers<'de>,
    {
        self.required(parameter).map(|Exact(value)| value)
    }

    /// Returns the value of a parameter of numbers alone that may be absent, each as it is. It is `None`
    /// after a violation.
    pub fn exact_optional<T>(&mut self, parameter: ServedParameter) -> Option<Option<T>>
    where
        T: for<'de> ExactNumbers<'de>,
    {
        self.optional(parameter).map(|given| given.map(|Exact(value)| value))
    }

    /// Returns the JSON of a parameter.
    fn text(&self, parameter: &ServedParameter) -> Readable<Option<String>> {
        let ServedParameter { location, name, style, shape, .. } = *parameter;
        match location {
            Location::Path => {
                let found = self.path.iter().find(|(known, _)| *known == name);
                found.map_or(Ok(None), |(_, text)| decode::path(name, text, style, shape))
            }
            Location::Query => {
                let pairs = self.query.as_deref().map_err(|error| *error)?;
                decode::query(name, pairs, style, shape, Encoding::Form, &self.others(parameter))
            }
            Location::Cookie => {
                let pairs = self.cookies.as_deref().map_err(|error| *error)?;
                decode::cookie(name, pairs, style, shape, &self.others(parameter))
            }
            Location::Header => {
                let values = self.parts.headers.get_all(name).iter();
                let values = values.map(|value| std::str::from_utf8(value.as_bytes()).map_err(|_| NotUtf8));
                let lines = values.collect::<Result<Vec<&str>, _>>()?;
                (!lines.is_empty()).then(|| decode::header(name, &lines, style, shape)).transpose()
            }
        }
    }

    /// Returns what else is read where the parameter is: other parameters, and keys.
    fn others(&self, parameter: &ServedParameter) -> Vec<OtherName<'static>> {
        let declared = self.operation.parameters.iter();
        let declared = declared.map(|other| (other.location, other.name, other.is_deep));
        let schemes = self.operation.security.iter().flat_map(|schemes| schemes.iter());
        let keys = schemes.filter_map(|scheme| match self.scheme(scheme.name)?.kind {
            SecurityKind::ApiKey(location, name) => Some((location, name, false)),
            _ => None,
        });
        let others = declared.chain(keys);
        let others = others.filter(|(at, name, _)| *at == parameter.location && *name != parameter.name);
        others.map(|(_, name, is_deep)| OtherName { name, is_deep }).collect()
    }

    fn parameter<T: DeserializeOwned>(&mut self, parameter: &ServedParameter, json: &str) -> Option<T> {
        let validation = &self.settings.validation;
        let check = |schema| validation.body(schema, self.api.definition, json.as_bytes());
        let mut found = parameter.schema.map(check).unwrap_or_default();
        let mut value = None;
        if found.errors().next().is_none() {
            value = serde_json::from_str(json).ok();
            if value.is_none() {
                found = found.into_iter().map(Violation::error_if_undecodable).collect();
                if found.errors().next().is_none() {
                    found.push(unread(parameter.shape, json));
                }
            }
        }
        let found: Violations = found.into_iter().map(|violation| parameter.violation(violation)).collect();
        self.violations.extend(found);
        value
    }
}

/// Returns the violation of a value that its type does not hold, and of which no table has said why.
fn unread(shape: &Shape, json: &str) -> Violation {
    let may_be = shape.scalars;
    let is_number = may_be.number || may_be.integer;
    let detail =
        match (may_be.text || shape.items.is_some() || shape.object.is_some(), is_number, may_be.boolean) {
            (false, false, true) => "true or false is expected",
            (false, true, false) if json.starts_with('"') => "a number is expected",
            (false, true, false) => "the number has a fraction, or is out of range",
            _ => return Violation::new(&codes::INVALID_TYPE, ""),
        };
    Violation::new(&codes::INVALID_TYPE, "").with_detail(detail)
}
