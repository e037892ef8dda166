//! `multipart/form-data` (RFC 7578).

use std::fmt;

use bytes::Bytes;

use crate::send::client::correlation;
use crate::send::retry::Random;

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

    /// The content type and the body. The boundary is random, so that no part holds it but on purpose; a part
    /// that does gets another one.
    pub(crate) fn encode(&self, random: &dyn Random) -> (String, Bytes) {
        let mut boundary = correlation::new_id(random);
        while self.parts.iter().any(|(_, part)| contains(&part.bytes, boundary.as_bytes())) {
            boundary = format!("{boundary}{:x}", random.next());
        }
        let mut body = Vec::new();
        for (name, part) in &self.parts {
            body.extend_from_slice(part.head(&boundary, name).as_bytes());
            body.extend_from_slice(&part.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body.into())
    }
}

impl Part {
    /// Creates a part of bytes or text.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), file_name: None, content_type: None }
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. The default is `application/octet-stream` for a part with a file name, and text
    /// for any other.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    fn head(&self, boundary: &str, name: &str) -> String {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file) = &self.file_name {
            head = format!("{head}; filename=\"{}\"", quoted(file));
        }
        let octets = self.file_name.as_ref().map(|_| "application/octet-stream");
        if let Some(media_type) = self.content_type.as_deref().or(octets) {
            head = format!("{head}\r\nContent-Type: {}", media_type.replace(['\r', '\n'], " "));
        }
        head.push_str("\r\n\r\n");
        head
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
        let (content_type, body) = form.encode(&Seeded::from_seed(1));
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
}
