//! A body with its own media type.

use bytes::Bytes;

use super::media_type::is_in_range;

/// A body whose media type the definition leaves open, such as `image/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaBody {
    /// The media type.
    pub media_type: String,
    /// The contents.
    pub bytes: Bytes,
}

impl MediaBody {
    /// Creates a body of a media type, such as `image/png`.
    #[must_use]
    pub fn new(media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { media_type: media_type.into(), bytes: bytes.into() }
    }

    /// Creates a body as it was received, with the media type that is stated, if one is.
    pub(crate) fn received(stated: Option<&str>, bytes: Bytes) -> Self {
        // Without a statement it may be anything (RFC 9110, section 8.3).
        Self::new(stated.unwrap_or("application/octet-stream"), bytes)
    }

    /// Returns whether the media type is in the range.
    pub(crate) fn is_in(&self, range: &str) -> bool {
        is_in_range(&self.media_type, range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_in_a_range_by_its_own_media_type() {
        for (media_type, range, expected) in [
            ("image/png", "image/*", true),
            ("image/svg+xml; charset=utf-8", "image/*", true),
            ("application/pdf", "*/*", true),
            ("application/pdf", "image/*", false),
            ("image/*", "image/*", false),
            ("image/png, text/html", "image/*", false),
            ("png", "*/*", false),
        ] {
            assert_eq!(MediaBody::new(media_type, "").is_in(range), expected, "{media_type} {range}");
        }
    }
}
