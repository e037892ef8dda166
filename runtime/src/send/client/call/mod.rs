//! A call before it is sent: generated builders fill one.

mod attempt;
mod checked;
mod options;
mod send;
mod setters;

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;

pub(crate) use attempt::Prepared;
use options::CheckedValue;
pub(crate) use options::{CallOptions, Checks};

use super::{
    Client, Multipart, PartRule, Style,
    body::{Check, EncodedBody},
    error::RequestError,
    finite, parameter,
};
use crate::{
    send::operation::Operation,
    validate::{Schema, Validate},
    wire::{MediaBody, media_type::is_range},
};

/// What is sent for a range of media types, by the format of the body.
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// One call of an operation: its target, its contents and its options. Generated builders contain one.
///
/// A value that can't be encoded is reported when the call is sent, so that setters need no `Result`.
#[derive(Clone)]
pub struct Call {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    /// As they stand in the path.
    path: Vec<(&'static str, String)>,
    /// Each parameter as its pairs, which may be several or none.
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    cookies: Vec<(&'static str, String)>,
    body: Option<EncodedBody>,
    /// What parameters and parts of the body are checked by, each with its value as JSON.
    checked: Vec<CheckedValue>,
    accept: Option<&'static str>,
    problem: Option<RequestError>,
    pub(crate) options: CallOptions,
}

impl Call {
    /// Creates a call without parameters and body.
    #[must_use]
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: None,
            checked: Vec::new(),
            accept: None,
            problem: None,
            options: CallOptions::default(),
        }
    }

    /// A call of another operation with the path values and options of this one.
    pub(crate) fn sibling(&self, operation: &'static Operation) -> Self {
        Self { path: self.path.clone(), options: self.options.clone(), ..Self::new(&self.client, operation) }
    }

    /// The values of the path, as they stand in it: where a request goes, apart from the operation.
    pub(crate) fn target(&self) -> String {
        let values: Vec<&str> = self.path.iter().map(|(_, value)| value.as_str()).collect();
        values.join("/")
    }

    /// Sets a path parameter.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T, style: Style) {
        self.path.retain(|(known, _)| *known != name);
        match parameter::path(name, value, style) {
            Ok(text) => self.path.push((name, text)),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a query parameter.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T, style: Style) {
        self.query.retain(|(known, _)| *known != name);
        match parameter::query(name, value, style) {
            Ok(pairs) => self.query.push((name, pairs)),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a header parameter.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T, style: Style) {
        match parameter::header(name, value, style) {
            Ok(Some(text)) => self.set_header(name, &text),
            Ok(None) => {
                self.headers.remove(name);
            }
            Err(error) => self.fail(error),
        }
    }

    /// Sets a cookie parameter.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T, style: Style) {
        self.cookies.retain(|(known, _)| *known != name);
        match parameter::query(name, value, style) {
            Ok(pairs) => self.cookies.push((name, pairs.replace('&', "; "))),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a JSON body, without validation.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        match finite::to_json("body", body) {
            Ok(json) => self.json_text(media_type, json),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a JSON body that is already encoded, without validation.
    pub fn json_text(&mut self, media_type: &'static str, body: impl Into<Bytes>) {
        self.set_body(concrete(media_type, JSON), body.into());
    }

    /// Sets a JSON body that is validated before it is sent.
    pub fn json_checked<T: Serialize + Validate + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        match finite::to_json("body", body) {
            Ok(json) => self.json_text_checked::<T>(media_type, json),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a JSON body that is already encoded. It is validated before it is sent.
    pub fn json_text_checked<T: Validate + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: impl Into<Bytes>,
    ) {
        self.json_text(media_type, body);
        self.check_with(Check { schema: T::SCHEMA, definition: T::DEFINITION });
    }

    /// Validates the body that was set, JSON or a form, by this schema before it is sent.
    pub fn check_body(&mut self, schema: &'static Schema) {
        self.check_with(self.check_by(schema));
    }

    /// Validates the body that was set, a text, by this schema before it is sent.
    pub fn check_text(&mut self, schema: &'static Schema) {
        if let Some(body) = &mut self.body {
            let text = String::from_utf8_lossy(&body.bytes);
            body.json = serde_json::to_vec(&text).ok().map(Bytes::from);
        }
        self.check_body(schema);
    }

    /// Sets a form as the body: the members of an object, some of them in a style of their own.
    pub fn form<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: &T,
        styles: &[(&'static str, Style)],
    ) {
        let json = finite::to_json("body", body);
        match json.and_then(|json| Ok((parameter::form(&json, styles)?, json))) {
            Ok((text, json)) => {
                self.set_body(media_type, text.into());
                if let Some(body) = &mut self.body {
                    body.json = Some(json.into());
                }
            }
            Err(error) => self.fail(error),
        }
    }

    /// Sets a multipart form as the body, with what the definition says of its parts.
    pub fn multipart(&mut self, body: &Multipart, rules: &[PartRule]) {
        match body.encode(rules, self.client.shared.random.as_ref()) {
            Ok((media_type, bytes)) => self.set_body(&media_type, bytes),
            Err(error) => self.fail(error),
        }
        for (name, schema, json) in body.checked(rules) {
            let check = self.check_by(schema);
            self.checked.push(CheckedValue { location: None, name, json: json.into_bytes(), check });
        }
    }

    /// Sets a text as the body.
    pub fn text(&mut self, media_type: &'static str, body: impl Into<String>) {
        self.set_body(concrete(media_type, TEXT), body.into().into());
    }

    /// Sets bytes as the body.
    pub fn bytes(&mut self, media_type: &'static str, body: impl Into<Bytes>) {
        self.set_body(media_type, body.into());
    }

    /// Sets bytes as the body, of a media type that has to be in the range.
    pub fn media(&mut self, range: &'static str, body: MediaBody) {
        if body.is_in(range) {
            self.set_body(&body.media_type, body.bytes);
        } else {
            self.fail(RequestError::MediaType(range));
        }
    }

    /// Sets the media type that the response should have.
    pub fn accept(&mut self, media_type: &'static str) {
        self.accept = Some(media_type);
    }

    /// Sets a header that is not a parameter. It replaces one of the same name.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        match header.zip(HeaderValue::from_bytes(value.as_bytes()).ok()) {
            Some((name, mut value)) => {
                // It may be a secret, whatever its name: no log of a transport shows it.
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            None => self.fail(RequestError::Header(name.to_owned())),
        }
    }

    fn set_body(&mut self, media_type: &str, bytes: Bytes) {
        self.checked.retain(|known| known.location.is_some());
        match HeaderValue::from_str(media_type) {
            Ok(content_type) => {
                self.body = Some(EncodedBody { bytes, content_type, json: None, check: None });
            }
            Err(_) => self.fail(RequestError::Header(header::CONTENT_TYPE.to_string())),
        }
    }

    fn check_with(&mut self, check: Check) {
        if let Some(body) = &mut self.body {
            body.check = Some(check);
        }
    }

    /// Keeps the first problem.
    fn fail(&mut self, error: RequestError) {
        self.problem.get_or_insert(error);
    }
}

/// Returns what is sent for the media type of the definition: where that is a range, the usual one.
fn concrete(media_type: &'static str, usual: &'static str) -> &'static str {
    if is_range(media_type) { usual } else { media_type }
}

/// Neither values nor body: both may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.body.as_ref().map(|body| body.bytes.len());
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("body_bytes", &bytes)
            .finish_non_exhaustive()
    }
}
