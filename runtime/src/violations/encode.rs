//! Violations written as a service's error body.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::{
    error_body::{ErrorBody, ErrorEnvelope},
    list::Violations,
    violation::Violation,
};

static PLAIN: ErrorBody = ErrorBody::new();

/// Writes the errors as the service does: see [`ErrorBody`]. Warnings are left out.
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OfRequest { violations: self, path: None }.serialize(serializer)
    }
}

impl Violations {
    /// Returns the errors as the service writes them about a request with this path.
    #[cfg(feature = "server")]
    pub(crate) fn of_request<'a>(&'a self, path: &'a str) -> impl Serialize + use<'a> {
        OfRequest { violations: self, path: Some(path) }
    }
}

/// The violations of a request whose path may be known.
struct OfRequest<'a> {
    violations: &'a Violations,
    path: Option<&'a str>,
}

impl Serialize for OfRequest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = self.violations.error_body.unwrap_or(&PLAIN);
        let errors: Vec<&Violation> = self.violations.errors().collect();
        let Some(envelope) = &body.envelope else {
            return List { body, errors: &errors }.serialize(serializer);
        };
        let path = self.path.zip(envelope.path_from);
        let path = path.map(|(path, start)| path.find(start).map_or(path, |at| &path[at..]));
        let envelopes = envelopes(body, envelope, path, &errors);
        match envelopes.as_slice() {
            [one] if !envelope.array => one.serialize(serializer),
            _ => envelopes.serialize(serializer),
        }
    }
}

/// Returns the outer objects: one for each violation of the request, and one around all others. If there can
/// be only one, it contains all violations.
fn envelopes<'a>(
    body: &'a ErrorBody,
    envelope: &'a ErrorEnvelope,
    path: Option<&'a str>,
    errors: &[&'a Violation],
) -> Vec<Outer<'a>> {
    let (of_request, of_values): (Vec<&Violation>, Vec<&Violation>) =
        errors.iter().partition(|violation| violation.is_about_request());
    let around = |errors: Vec<&'a Violation>| Outer {
        body,
        path,
        code: envelope.code.name,
        message: envelope.code.message,
        errors: Some((envelope.errors, errors)),
    };
    let alone = |violation: &'a Violation| Outer {
        body,
        path,
        code: violation.code(),
        message: violation.message(),
        errors: None,
    };
    match (of_request.as_slice(), of_values.is_empty()) {
        ([violation], true) => vec![alone(violation)],
        _ if !envelope.array => vec![around(errors.to_vec())],
        (requests, is_complete) => {
            let others = (!is_complete).then(|| around(of_values));
            requests.iter().map(|violation| alone(violation)).chain(others).collect()
        }
    }
}

/// An outer object: the code of the request, and the violations of its values.
struct Outer<'a> {
    body: &'a ErrorBody,
    /// That of the request.
    path: Option<&'a str>,
    code: &'a str,
    message: &'a str,
    errors: Option<(&'static str, Vec<&'a Violation>)>,
}

impl Serialize for Outer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.body.code, self.code)?;
        map.serialize_entry(self.body.message, self.message)?;
        if let Some(path) = self.path {
            map.serialize_entry(self.body.data_path, path)?;
        }
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::violations::Code;

    const INVALID: Code = Code::error("invalidRequest", "The request is wrong");
    const JSON: Code = Code::error("invalidJson", "The body is not JSON");
    const MISSING: Code = Code::error("missing", "Something is missing");
    const ODD: Code = Code::warning("odd", "Strange");

    static LIST: ErrorBody = ErrorBody::new().envelope("errors", &INVALID, true);
    static ONE: ErrorBody =
        ErrorBody::new().members("errorCode", "text", "path").envelope("problems", &INVALID, false);

    fn written(body: &'static ErrorBody, list: &[Violation]) -> Value {
        serde_json::to_value(Violations::from_iter(list.to_vec()).with_error_body(body)).unwrap()
    }

    #[test]
    fn errors_are_written_as_the_service_does() {
        let list = [Violation::new(&MISSING, "a[0].b"), Violation::new(&ODD, "a[0].c")];
        let nested = json!({ "code": "missing", "message": "Something is missing", "dataPath": "a[0].b" });
        assert_eq!(written(&PLAIN, &list), json!([nested]));
        assert_eq!(
            written(&LIST, &list),
            json!([{ "code": "invalidRequest", "message": "The request is wrong", "errors": [nested] }])
        );
        assert_eq!(
            written(&ONE, &list),
            json!({
                "errorCode": "invalidRequest",
                "text": "The request is wrong",
                "problems": [{ "errorCode": "missing", "text": "Something is missing", "path": "a[0].b" }]
            })
        );
        let collected: Violations = list.into_iter().collect();
        assert_eq!(serde_json::to_value(collected).unwrap(), json!([nested]));
    }

    #[test]
    fn violations_of_the_request_are_outer_objects() {
        let list = [Violation::new(&JSON, "").about_request()];
        let outer = json!({ "code": "invalidJson", "message": "The body is not JSON" });
        assert_eq!(written(&LIST, &list), json!([outer]));
        assert_eq!(
            written(&ONE, &list),
            json!({ "errorCode": "invalidJson", "text": "The body is not JSON" })
        );
        let both = [list[0].clone(), Violation::new(&MISSING, "a")];
        assert_eq!(written(&LIST, &both).as_array().map(Vec::len), Some(2));
        assert_eq!(written(&ONE, &both)["problems"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn no_error_is_an_empty_list() {
        for list in [&[][..], &[Violation::new(&ODD, "a")]] {
            assert_eq!(written(&PLAIN, list), json!([]));
            assert_eq!(written(&LIST, list), json!([]));
            assert_eq!(written(&ONE, list)["problems"], json!([]));
        }
    }
}
