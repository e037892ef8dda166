//! Bodies of requests, decoded and checked.

use std::pin::pin;

use axum::{
    body::Body,
    extract::{FromRequest as _, Multipart, Request},
    http::{StatusCode, header},
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

use super::{
    decode,
    failure::Failure,
    form_data::{FormData, FormPart},
    media_type, pairs,
    request::IncomingRequest,
    shape::Shape,
    text::{Encoding, NotUtf8, quoted},
};
use crate::{
    operation::Style,
    validate::{Schema, codes},
    violations::{Code, Violation},
};

/// The table of a body that the definition asks nothing of.
static ANYTHING: Schema = Schema::any();

/// A form has so many pairs at most: each is compared with the others, and a body may have millions.
const MAX_PAIRS: usize = 4096;

impl IncomingRequest {
    /// Reads the body, and returns the index of its media type among the declared ones. `None`: there is no
    /// body.
    ///
    /// # Errors
    ///
    /// The body is of another media type or of none, too large, or ends too early.
    pub async fn content(&mut self, media_types: &[&str]) -> Result<Option<usize>, Failure> {
        let stated = self.parts.headers.get(header::CONTENT_TYPE);
        let stated = stated.map(|value| value.to_str().unwrap_or_default().to_owned());
        if let Some(body) = self.body.take() {
            let length = self.parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
            let length = length.and_then(|length| length.parse::<u64>().ok());
            self.bytes = read(body, length, self.settings.body_limit).await?;
        }
        match stated {
            Some(stated) => {
                let index = media_type::declared(&stated, media_types);
                index.map(Some).ok_or_else(|| unsupported(media_types))
            }
            None if self.bytes.is_empty() => Ok(None),
            None => Err(unsupported(media_types)),
        }
    }

    /// Returns a JSON body. It is `None` after a violation.
    pub fn json<T: DeserializeOwned>(&mut self, schema: Option<&'static Schema>) -> Option<T> {
        let bytes = self.bytes.clone();
        self.decoded(&bytes, schema)
    }

    /// Returns the members of a form, some of which have a style of their own. It is `None` after a
    /// violation.
    pub fn form<T: DeserializeOwned>(
        &mut self,
        shape: &'static Shape,
        styles: &[(&'static str, Style)],
        schema: Option<&'static Schema>,
    ) -> Option<T> {
        if self.bytes.split(|byte| *byte == b'&').count() > MAX_PAIRS {
            return self.violation(&codes::INVALID_FORM);
        }
        let text = std::str::from_utf8(&self.bytes).map_err(|_| NotUtf8);
        match text.and_then(|text| members(text, shape, styles)) {
            Ok(json) => self.decoded(json.as_bytes(), schema),
            Err(NotUtf8) => self.violation(&codes::INVALID_UTF8),
        }
    }

    /// Returns a text. It is `None` after a violation.
    pub fn text_body(&mut self, schema: Option<&'static Schema>) -> Option<String> {
        let Ok(text) = String::from_utf8(self.bytes.to_vec()) else {
            return self.violation(&codes::INVALID_UTF8);
        };
        match schema {
            Some(_) => self.decoded(quoted(&text).as_bytes(), schema),
            None => Some(text),
        }
    }

    /// Returns the bytes as they are.
    pub fn bytes(&mut self) -> Option<Bytes> {
        Some(self.bytes.clone())
    }

    /// Returns the parts of a `multipart/form-data` body, of which some are required. It is `None` after a
    /// violation.
    pub async fn form_data(&mut self, required: &[&'static str]) -> Option<FormData> {
        let mut request = Request::new(Body::from(self.bytes.clone()));
        *request.headers_mut() = self.parts.headers.clone();
        let Some(form) = parts(request).await else { return self.violation(&codes::INVALID_FORM) };
        let missing = required.iter().filter(|name| form.part(name).is_none());
        let missing: Vec<Violation> =
            missing.map(|name| Violation::new(self.api.missing, "").of_parameter(name)).collect();
        let is_complete = missing.is_empty();
        self.violations.extend(missing);
        is_complete.then_some(form)
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

    fn decoded<T: DeserializeOwned>(&mut self, json: &[u8], schema: Option<&'static Schema>) -> Option<T> {
        let schema = schema.unwrap_or(&ANYTHING);
        match self.settings.validation.decode_by(schema, self.api.definition, json) {
            Ok((value, warnings)) => {
                self.violations.extend(warnings);
                Some(value)
            }
            Err(violations) => {
                self.violations.extend(violations);
                None
            }
        }
    }
}

/// Reads a body up to the limit.
async fn read(body: Body, length: Option<u64>, limit: usize) -> Result<Bytes, Failure> {
    let too_large = || {
        let detail = format!("The body may have {limit} bytes");
        Failure::new(StatusCode::PAYLOAD_TOO_LARGE).detail(detail)
    };
    if length.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut stream = pin!(body.into_data_stream());
    let mut bytes = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let broken = |_| Failure::new(StatusCode::BAD_REQUEST).detail("The body ends too early");
        let chunk = chunk.map_err(broken)?;
        if chunk.len() > limit - bytes.len() {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn unsupported(media_types: &[&str]) -> Failure {
    let failure = Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let failure = failure.detail(format!("The body must be of the type {}", media_types.join(" or ")));
    failure.header(header::ACCEPT, &media_types.join(", "))
}

/// Returns the members of a form as JSON. A member without a style of its own is in the style `form`, and an
/// object is JSON, as OpenAPI has it.
fn members(text: &str, shape: &'static Shape, styles: &[(&'static str, Style)]) -> Result<String, NotUtf8> {
    let pairs = pairs::of_query(text)?;
    let object = shape.object;
    let listed = object.map_or(&[][..], |object| object.members);
    let style = |name: &str, shape: &'static Shape| {
        let own = styles.iter().find(|(known, _)| *known == name).map(|(_, style)| *style);
        let is_object = shape.object.is_some() && shape.items.is_none() && shape.scalar.is_none();
        own.unwrap_or(if is_object { Style::json() } else { Style::form(true) })
    };
    // The members of an object that is spread over the form are not those of the form itself.
    let spread = listed.iter().filter(|(name, shape)| style(name, shape).is_spread());
    let spread: Vec<_> = spread.filter_map(|(_, shape)| shape.object).collect();
    let mut names: Vec<&str> = listed.iter().map(|(name, _)| *name).collect();
    for (name, _) in &pairs {
        let base = name.split('[').next().unwrap_or_default();
        let is_spread = spread.iter().any(|object| object.member(name).is_some());
        if !names.contains(&&**name) && !names.contains(&base) && !is_spread {
            names.push(name);
        }
    }
    let mut members = Vec::new();
    for name in &names {
        let shape = object.and_then(|object| object.member(name)).unwrap_or(Shape::ANY);
        let value = decode::query(name, &pairs, style(name, shape), shape, Encoding::Form, &names)?;
        members.extend(value.map(|value| format!("{}:{value}", quoted(name))));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

/// Reads the parts, unless they are malformed.
async fn parts(request: Request) -> Option<FormData> {
    let mut form = FormData::default();
    let mut fields = Multipart::from_request(request, &()).await.ok()?;
    while let Some(field) = fields.next_field().await.ok()? {
        form.parts.push(FormPart {
            name: field.name()?.to_owned(),
            file_name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(str::to_owned),
            headers: field.headers().clone(),
            bytes: field.bytes().await.ok()?,
        });
    }
    Some(form)
}
