//! Violations as the service itself would answer them.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::Violations;
use crate::{
    Violation,
    validate::{ErrorBody, ErrorEnvelope},
};

static PLAIN: ErrorBody = ErrorBody::new();

/// The errors as the service writes them: see [`ErrorBody`]. Warnings are left out.
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = self.error_body.unwrap_or(&PLAIN);
        let errors: Vec<&Violation> = self.errors().collect();
        let Some(envelope) = &body.envelope else {
            return List { body, errors: &errors }.serialize(serializer);
        };
        let envelopes = envelopes(body, envelope, &errors);
        match envelopes.as_slice() {
            [one] if !envelope.array => one.serialize(serializer),
            _ => envelopes.serialize(serializer),
        }
    }
}

/// The outer objects: one for each violation that is about the request, and one around all others. Where there can be
/// only one, all violations stand in it.
fn envelopes<'a>(
    body: &'a ErrorBody,
    envelope: &'a ErrorEnvelope,
    errors: &[&'a Violation],
) -> Vec<Outer<'a>> {
    let (of_request, of_values): (Vec<&Violation>, Vec<&Violation>) =
        errors.iter().partition(|violation| violation.is_of_request());
    let around = |errors: Vec<&'a Violation>| Outer {
        body,
        code: envelope.code.name,
        message: envelope.code.message,
        errors: Some((envelope.errors, errors)),
    };
    let alone = |violation: &'a Violation| Outer {
        body,
        code: violation.code(),
        message: violation.message(),
        errors: None,
    };
    match (of_request.as_slice(), of_values.is_empty()) {
        ([violation], true) => vec![alone(violation)],
        _ if !envelope.array => vec![around(errors.to_vec())],
        (requests, is_last) => {
            let others = (!is_last).then(|| around(of_values));
            requests.iter().map(|violation| alone(violation)).chain(others).collect()
        }
    }
}

/// An outer object: the code of the request, and the list of what is wrong with its values.
struct Outer<'a> {
    body: &'a ErrorBody,
    code: &'a str,
    message: &'a str,
    errors: Option<(&'static str, Vec<&'a Violation>)>,
}

impl Serialize for Outer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.body.code, self.code)?;
        map.serialize_entry(self.body.message, self.message)?;
        if let Some((name, errors)) = &self.errors {
            map.serialize_entry(name, &List { body: self.body, errors })?;
        }
        map.end()
    }
}

struct List<'a> {
    body: &'a ErrorBody,
    errors: &'a [&'a Violation],
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.errors.len()))?;
        for violation in self.errors {
            list.serialize_element(&Nested { body: self.body, violation })?;
        }
        list.end()
    }
}

struct Nested<'a> {
    body: &'a ErrorBody,
    violation: &'a Violation,
}

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry(self.body.code, self.violation.code())?;
        map.serialize_entry(self.body.message, self.violation.message())?;
        map.serialize_entry(self.body.data_path, self.violation.data_path())?;
        map.end()
    }
}
