//! What the definition says of one part of a multipart body.

use crate::send::client::RequestError;

/// What the definition says of the parts of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartRule {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// Empty: any. The first one that is no range is the default.
    media_types: &'static [&'static str],
    /// The part is an object, which is JSON unless the caller or the definition says otherwise.
    is_object: bool,
    /// Those that each part must have.
    pub(super) headers: &'static [&'static str],
}

impl PartRule {
    /// Creates a rule of a part that may be missing, of any media type.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, required: false, media_types: &[], is_object: false, headers: &[] }
    }

    /// Requires the part.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the media types that the part may have: `image/png`, or a range such as `image/*`.
    #[must_use]
    pub const fn media_types(mut self, media_types: &'static [&'static str]) -> Self {
        self.media_types = media_types;
        self
    }

    /// States that the part is an object, which is sent as `application/json` by default.
    #[must_use]
    pub const fn object(mut self) -> Self {
        self.is_object = true;
        self
    }

    /// Sets the headers that the part must have.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        self
    }

    /// Returns the media type of a part: the caller's own, or else the first one that is no range, or else
    /// the one of objects.
    pub(super) fn media_type<'a>(&self, own: Option<&'a str>) -> Result<Option<&'a str>, RequestError> {
        match own {
            Some(own) if self.media_types.is_empty() => Ok(Some(own)),
            Some(own) if self.media_types.iter().any(|range| is_in_range(own, range)) => Ok(Some(own)),
            Some(_) => Err(RequestError::PartType(self.name)),
            None => {
                let stated = self.media_types.iter().copied().find(|media_type| !media_type.contains('*'));
                let of_object = self.is_object && self.media_types.is_empty();
                Ok(stated.or(of_object.then_some("application/json")))
            }
        }
    }
}

/// Returns whether a media type is one of a range, without regard to parameters.
fn is_in_range(media_type: &str, range: &str) -> bool {
    let (media_type, range) = (essence(media_type), essence(range));
    if range == "*/*" {
        return true;
    }
    let same = media_type.eq_ignore_ascii_case(range);
    let family = range.strip_suffix('*').and_then(|family| media_type.get(..family.len()).zip(Some(family)));
    same || family.is_some_and(|(own, family)| family.ends_with('/') && own.eq_ignore_ascii_case(family))
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::is_in_range;

    #[test]
    fn ranges_of_media_types() {
        for (media_type, range, expected) in [
            ("image/png", "image/png", true),
            ("Image/PNG; q=1", "image/png", true),
            ("image/png", "image/*", true),
            ("image/png", "*/*", true),
            ("image/png", "image/gif", false),
            ("imagery/png", "image/*", false),
            ("i", "image/*", false),
        ] {
            assert_eq!(is_in_range(media_type, range), expected, "{media_type} {range}");
        }
    }
}
