//! `multipart/form-data` (RFC 7578).

use std::fmt;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::PartRule;
use crate::{
    send::{
        client::{RequestError, correlation},
        retry::Random,
    },
    validate::Schema,
    wire::{PartValue, media_type, values},
};

/// The parts of a `multipart/form-data` body, in their order.
#[derive(Debug, Clone, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
}

/// One part.
#[derive(Clone)]
pub struct Part {
    bytes: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
    /// As the caller has set them: a wrong one is reported when the call is sent.
    headers: Vec<(String, String)>,
}

impl Multipart {
    /// Creates a body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text part.
    #[must_use]
    pub fn text(self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.part(name, Part::new(text.into()))
    }

    /// Adds a part.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: Part) -> Self {
        self.parts.push((name.into(), part));
        self
    }

    /// Returns the content type and the body. The boundary is random, so that no part holds it but on
    /// purpose; a part that does gets another one.
    ///
    /// # Errors
    ///
    /// Returns an error for a part or a header that the rules require and that is missing, for a part of a
    /// media type that they do not allow, and for a header that is not allowed in HTTP.
    pub(crate) fn encode(
        &self,
        rules: &[PartRule],
        random: &dyn Random,
    ) -> Result<(String, Bytes), RequestError> {
        let names = self.parts.iter().map(|(name, _)| name.as_str());
        if let Some(missing) =
            rules.iter().find(|rule| rule.required && !names.clone().any(|name| name == rule.name))
        {
            return Err(RequestError::Missing(missing.name));
        }
        let mut boundary = correlation::new_id(random);
        while self.parts.iter().any(|(_, part)| contains(&part.bytes, boundary.as_bytes())) {
            boundary = format!("{boundary}{:x}", random.next());
        }
        let mut body = Vec::new();
        for (name, part) in &self.parts {
            let rule = rules.iter().find(|rule| rule.name == name);
            body.extend_from_slice(part.head(&boundary, name, rule)?.as_bytes());
            body.extend_from_slice(&part.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok((format!("multipart/form-data; boundary={boundary}"), body.into()))
    }

    /// Returns the values that the rules have a check for, as JSON, each with the name of its part.
    pub(crate) fn checked(&self, rules: &[PartRule]) -> Vec<(&'static str, &'static Schema, String)> {
        let checks = rules.iter().filter_map(|rule| Some((rule, rule.check?)));
        let checked = checks.flat_map(|(rule, (schema, shape))| {
            let parts = self.parts.iter().filter(|(name, _)| name == rule.name);
            let parts: Vec<PartValue<'_>> = parts.map(|(_, part)| part.value(rule)).collect();
            values(&parts, shape).into_iter().map(move |json| (rule.name, schema, json))
        });
        checked.collect()
    }
}

impl Part {
    /// Creates a part of bytes or text.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), file_name: None, content_type: None, headers: Vec::new() }
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. The default is what the definition says of the part, which is `application/json`
    /// for an object; without that it is `application/octet-stream` for a part with a file name, and text for
    /// any other.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Sets a header of the part, beside its name and its media type.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn value(&self, rule: &PartRule) -> PartValue<'_> {
        let media_type = rule.media_type(self.content_type.as_deref()).ok().flatten();
        PartValue {
            bytes: &self.bytes,
            is_file: self.file_name.is_some(),
            states_json: media_type.is_some_and(media_type::is_json),
        }
    }

    fn head(&self, boundary: &str, name: &str, rule: Option<&PartRule>) -> Result<String, RequestError> {
        let mut disposition = format!("form-data; name=\"{}\"", quoted(name));
        if let Some(file) = &self.file_name {
            disposition = format!("{disposition}; filename=\"{}\"", quoted(file));
        }
        let stated = match (rule, &self.content_type) {
            (Some(rule), own) => rule.media_type(own.as_deref())?,
            (None, own) => own.as_deref(),
        };
        let octets = self.file_name.as_ref().map(|_| "application/octet-stream");
        let content_type = stated.or(octets).map(|media_type| ("Content-Type", media_type));
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        if HeaderValue::from_bytes(disposition.as_bytes()).is_err() {
            return Err(RequestError::Header("Content-Disposition".to_owned()));
        }
        let mut head = format!("--{boundary}\r\nContent-Disposition: {disposition}");
        for (name, value) in content_type.into_iter().chain(own) {
            if HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(value).is_err() {
                return Err(RequestError::Header(name.to_owned()));
            }
            head = format!("{head}\r\n{name}: {value}");
        }
        let given = |wanted: &str| self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        if let Some(missing) = rule.and_then(|rule| rule.headers.iter().find(|name| !given(name))) {
            return Err(RequestError::Missing(missing));
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }
}

/// As browsers write names: line ends and quotes are percent-encoded, everything else is UTF-8.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.bytes.len();
        f.debug_struct("Part")
            .field("length", &length)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::retry::Seeded;

    #[test]
    fn parts_are_told_apart() {
        let form = Multipart::new()
            .text("note", "a\r\nb")
            .part("fi\"le", Part::new(&b"\x00\xff"[..]).file_name("ü.bin"))
            .part("data", Part::new("{}").content_type("application/json"));
        let (content_type, body) = form.encode(&[], &Seeded::from_seed(1)).unwrap();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let expected = [
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na\r\nb\r\n")
                .into_bytes(),
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"fi%22le\"; filename=\"ü.bin\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .into_bytes(),
            b"\x00\xff\r\n".to_vec(),
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"data\"\r\n\
                 Content-Type: application/json\r\n\r\n{{}}\r\n--{boundary}--\r\n"
            )
            .into_bytes(),
        ]
        .concat();
        assert_eq!(body, expected);
    }

    const FILE: PartRule = PartRule::new("file").required().media_types(&["image/png"]).headers(&["X-Part"]);
    const DATA: PartRule = PartRule::new("data").media_types(&["application/json"]);

    fn body(form: &Multipart) -> Result<String, RequestError> {
        let encoded = form.encode(&[FILE, DATA], &Seeded::from_seed(1));
        encoded.map(|(_, body)| String::from_utf8(body.to_vec()).unwrap())
    }

    fn file() -> Part {
        Part::new("x").file_name("x.png")
    }

    #[test]
    fn the_definition_says_what_parts_are() {
        let form = Multipart::new().part("file", file().header("x-part", "7")).text("data", "{}");
        let text = body(&form).unwrap();
        assert!(
            text.contains("filename=\"x.png\"\r\nContent-Type: image/png\r\nx-part: 7\r\n\r\nx"),
            "{text}"
        );
        assert!(text.contains("name=\"data\"\r\nContent-Type: application/json\r\n\r\n{}"), "{text}");
    }

    #[test]
    fn an_object_is_json_unless_somebody_says_otherwise() {
        const OBJECT: PartRule = PartRule::new("data").object();
        let sent = |part: Part, rule: PartRule| {
            let form = Multipart::new().part("data", part);
            let (_, body) = form.encode(&[rule], &Seeded::from_seed(1)).unwrap();
            let text = String::from_utf8(body.to_vec()).unwrap();
            text.split("Content-Type: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned()
        };
        assert_eq!(sent(Part::new("{}"), OBJECT), "application/json");
        assert_eq!(sent(Part::new("{}").content_type("application/xml"), OBJECT), "application/xml");
        assert_eq!(sent(Part::new("{}"), OBJECT.media_types(&["application/yaml"])), "application/yaml");
    }

    #[test]
    fn what_the_definition_asks_of_parts_is_checked() {
        assert_eq!(body(&Multipart::new().text("data", "{}")), Err(RequestError::Missing("file")));
        assert_eq!(body(&Multipart::new().part("file", file())), Err(RequestError::Missing("X-Part")));
        let gif = file().header("X-Part", "7").content_type("image/gif");
        assert_eq!(body(&Multipart::new().part("file", gif)), Err(RequestError::PartType("file")));
        let split = file().header("X-Part", "7\r\nX-Other: 8");
        assert_eq!(
            body(&Multipart::new().part("file", split)),
            Err(RequestError::Header("X-Part".to_owned()))
        );
        let split = Part::new("{}").content_type("text/plain\r\nX-Other: 8");
        assert_eq!(
            Multipart::new().part("other", split).encode(&[], &Seeded::from_seed(1)),
            Err(RequestError::Header("Content-Type".to_owned()))
        );
        for named in
            [Multipart::new().text("a\0", "x"), Multipart::new().part("a", file().file_name("\u{7f}"))]
        {
            let disposition = RequestError::Header("Content-Disposition".to_owned());
            assert_eq!(named.encode(&[], &Seeded::from_seed(1)), Err(disposition));
        }
    }
}
