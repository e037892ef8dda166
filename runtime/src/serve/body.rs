//! Bodies of requests, decoded and checked.

use std::{error::Error, io, pin::pin};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, Request},
    http::{StatusCode, header},
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

use super::{
    failure::Failure,
    form,
    form_data::{FormData, ServedPart},
    media_type,
    request::IncomingRequest,
    text::{NotUtf8, Unreadable},
};
use crate::{
    operation::{Location, Style},
    validate::{Schema, codes},
    values::exact::{Exact, ExactNumbers},
    violations::{Code, Violation, Violations},
    wire::{
        MediaBody, Shape,
        media_type::{essence, is_json},
        quoted,
    },
};

/// The table of a body that the definition asks nothing of.
static ANYTHING: Schema = Schema::any();

impl IncomingRequest {
    /// Reads the body, and returns the index of its media type among the declared ones. `None`: there is no
    /// body.
    ///
    /// # Errors
    ///
    /// The body is of another media type or of none, compressed, too large, or ends too early. Where a layer
    /// breaks a slow one off with an [`io::Error`] of the kind [`io::ErrorKind::TimedOut`], it is a 408.
    pub async fn content(&mut self, media_types: &[&str]) -> Result<Option<usize>, Failure> {
        let mut stated = self.parts.headers.get_all(header::CONTENT_TYPE).iter();
        let (first, second) = (stated.next(), stated.next());
        if second.is_some() {
            let detail = "There is more than one Content-Type";
            return Err(Failure::new(StatusCode::BAD_REQUEST).detail(detail));
        }
        let stated = first.map(|value| value.to_str().unwrap_or_default().to_owned());
        if let Some(body) = self.body.take() {
            let length = self.parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
            let length = length.and_then(|length| length.parse::<u64>().ok());
            self.bytes = read(body, length, self.settings.body_limit).await?;
        }
        if !self.bytes.is_empty() && self.has_other_encoding() {
            let failure = Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE);
            let failure = failure.detail("The body must come without Content-Encoding");
            return Err(failure.header(header::ACCEPT_ENCODING, "identity"));
        }
        let declared = stated.as_deref().and_then(|stated| media_type::declared(stated, media_types));
        let is_optional = self.operation.request.is_none_or(|body| !body.required);
        match (declared, stated) {
            (_, None) if self.bytes.is_empty() => Ok(None),
            // Many clients state a media type whether they send a body or not.
            (None, _) if self.bytes.is_empty() && is_optional => Ok(None),
            (_, Some(stated)) if self.bytes.is_empty() && is_optional && is_never_empty(&stated) => Ok(None),
            (Some(index), _) => Ok(Some(index)),
            (None, _) => Err(unsupported(media_types)),
        }
    }

    /// Returns whether the body is encoded in a way that is not undone here. A layer that undoes it takes the
    /// header away; an operation that has the header as a parameter does it itself.
    fn has_other_encoding(&self) -> bool {
        let name = header::CONTENT_ENCODING;
        let mut parameters = self.operation.parameters.iter();
        let is_declared = parameters
            .any(|one| one.location == Location::Header && one.name.eq_ignore_ascii_case(name.as_str()));
        let mut stated = self.parts.headers.get_all(name).iter();
        !is_declared && stated.any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"))
    }

    /// Returns a JSON body. It is `None` after a violation.
    pub fn json<T: DeserializeOwned>(&mut self, schema: Option<&'static Schema>) -> Option<T> {
        let decoded = self.decoded(&self.bytes, schema);
        self.take(decoded)
    }

    /// Returns a JSON body of numbers alone, each as it is. It is `None` after a violation.
    pub fn exact_json<T>(&mut self, schema: Option<&'static Schema>) -> Option<T>
    where
        T: for<'de> ExactNumbers<'de>,
    {
        self.json(schema).map(|Exact(body)| body)
    }

    /// Returns the members of a form, some of which have a style of their own. It is `None` after a
    /// violation.
    pub fn form<T: DeserializeOwned>(
        &mut self,
        shape: &'static Shape,
        styles: &[(&'static str, Style)],
        schema: Option<&'static Schema>,
    ) -> Option<T> {
        if self.bytes.split(|byte| *byte == b'&').count() > form::MAX_PAIRS {
            return self.violation(&codes::INVALID_FORM);
        }
        let text = std::str::from_utf8(&self.bytes).map_err(|_| NotUtf8);
        match text.map_err(Unreadable::from).and_then(|text| form::members(text, shape, styles)) {
            Ok(json) => self.decoded_text(&json, schema),
            Err(Unreadable::NotUtf8) => self.violation(&codes::INVALID_UTF8),
            Err(repeated) => {
                self.violations.push(repeated.violation());
                None
            }
        }
    }

    /// Returns the members of a form of numbers alone, each as it is. It is `None` after a violation.
    pub fn exact_form<T>(
        &mut self,
        shape: &'static Shape,
        styles: &[(&'static str, Style)],
        schema: Option<&'static Schema>,
    ) -> Option<T>
    where
        T: for<'de> ExactNumbers<'de>,
    {
        self.form(shape, styles, schema).map(|Exact(body)| body)
    }

    /// Returns a text. It is `None` after a violation.
    pub fn text_body(&mut self, schema: Option<&'static Schema>) -> Option<String> {
        let Ok(text) = String::from_utf8(self.bytes.to_vec()) else {
            return self.violation(&codes::INVALID_UTF8);
        };
        match schema {
            Some(_) => self.decoded_text(&quoted(&text), schema),
            None => Some(text),
        }
    }

    /// Returns the bytes as they are.
    pub fn bytes(&mut self) -> Option<Bytes> {
        Some(self.bytes.clone())
    }

    /// Returns the bytes with the media type that the request states.
    pub fn media(&mut self) -> Option<MediaBody> {
        let stated = self.parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Some(MediaBody::received(stated, self.bytes.clone()))
    }

    /// Returns the parts of a `multipart/form-data` body. It is `None` after a violation.
    pub async fn form_data(&mut self, asked: &[ServedPart]) -> Option<FormData> {
        let mut request = Request::new(Body::from(self.bytes.clone()));
        *request.headers_mut() = self.parts.headers.clone();
        // The body has been read, up to the limit of the settings.
        DefaultBodyLimit::disable().apply(&mut request);
        let Some(form) = FormData::read(request).await else { return self.violation(&codes::INVALID_FORM) };
        let mut found = Violations::default();
        for part in asked {
            if part.required && form.part(part.name).is_none() {
                found.push(Violation::new(self.api.missing, "").of_parameter(part.name));
            }
            let Some((schema, shape)) = part.check else { continue };
            for json in form.values(part.name, shape) {
                let broken = self.settings.validation.body(schema, self.api.definition, json.as_bytes());
                let of_part = |broken: Violation| broken.of_parameter(part.name);
                found.extend(broken.into_iter().map(of_part));
            }
        }
        let is_valid = found.errors().next().is_none();
        self.violations.extend(found);
        is_valid.then_some(form)
    }

    /// Adds the violation of a body that is required and absent.
    pub fn missing_body<T>(&mut self) -> Option<T> {
        self.violation(self.api.missing)
    }

    /// Adds a violation of the body as a whole.
    fn violation<T>(&mut self, code: &Code) -> Option<T> {
        self.violations.push(Violation::new(code, "").about_request());
        None
    }

    fn decoded<T: DeserializeOwned>(&self, json: &[u8], schema: Option<&'static Schema>) -> Checked<T> {
        self.settings.validation.decode_by(schema.unwrap_or(&ANYTHING), self.api.definition, json)
    }

    /// Decodes JSON that was made of a body in another format: its positions are not those of the body.
    fn decoded_text<T: DeserializeOwned>(
        &mut self,
        json: &str,
        schema: Option<&'static Schema>,
    ) -> Option<T> {
        let decoded = self.decoded(json.as_bytes(), schema);
        let plain = |found: Violations| found.into_iter().map(Violation::without_position).collect();
        self.take(decoded.map(|(value, warnings)| (value, plain(warnings))).map_err(plain))
    }

    /// Keeps what was found, and returns the value.
    fn take<T>(&mut self, decoded: Checked<T>) -> Option<T> {
        match decoded {
            Ok((value, warnings)) => {
                self.violations.extend(warnings);
                Some(value)
            }
            Err(violations) => {
                self.violations.extend(violations.into_iter().map(Violation::error_if_undecodable));
                None
            }
        }
    }
}

/// A value and the warnings about it, or all that is wrong with it.
type Checked<T> = Result<(T, Violations), Violations>;

/// Reads a body up to the limit.
async fn read(body: Body, length: Option<u64>, limit: usize) -> Result<Bytes, Failure> {
    let too_large = || {
        let detail = format!("The body may have at most {limit} bytes");
        Failure::new(StatusCode::PAYLOAD_TOO_LARGE).detail(detail)
    };
    if length.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut stream = pin!(body.into_data_stream());
    let mut bytes = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| broken_off(&error))?;
        if chunk.len() > limit - bytes.len() {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// Returns the failure of a body that can't be read to its end.
fn broken_off(error: &(dyn Error + 'static)) -> Failure {
    if has_timed_out(error) {
        let failure = Failure::new(StatusCode::REQUEST_TIMEOUT).detail("The rest of the body did not come");
        return failure.header(header::CONNECTION, "close");
    }
    Failure::new(StatusCode::BAD_REQUEST).detail("The body ends too early")
}

fn has_timed_out(error: &(dyn Error + 'static)) -> bool {
    let own = error.downcast_ref::<io::Error>().map(io::Error::kind);
    own == Some(io::ErrorKind::TimedOut) || error.source().is_some_and(has_timed_out)
}

/// Returns whether no bytes are no value of a media type.
fn is_never_empty(media_type: &str) -> bool {
    is_json(media_type) || essence(media_type).eq_ignore_ascii_case("multipart/form-data")
}

fn unsupported(media_types: &[&str]) -> Failure {
    let failure = Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let failure = failure.detail(format!("The body must be of the type {}", media_types.join(" or ")));
    failure.header(header::ACCEPT, &media_types.join(", "))
}
