//! What the definition says of one part of a multipart body.

use crate::{
    send::client::RequestError,
    validate::Schema,
    wire::{
        Shape,
        media_type::{is_in_range, is_range},
    },
};

/// What the definition says of the parts of one name.
#[derive(Debug, Clone, Copy)]
pub struct PartRule {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// Empty: any. The first one that is no range is the default.
    media_types: &'static [&'static str],
    /// The part is an object, which is JSON unless the caller or the definition says otherwise.
    is_object: bool,
    /// Those that each part must have.
    pub(super) headers: &'static [&'static str],
    /// What the value is validated by, and the forms that it may have.
    pub(super) check: Option<(&'static Schema, &'static Shape)>,
}

impl PartRule {
    /// Creates a rule of a part that may be missing, of any media type.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, required: false, media_types: &[], is_object: false, headers: &[], check: None }
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

    /// Sets the table that the value is validated by before it is sent, and the forms that it may have. That
    /// of a list is made of all parts of the name.
    #[must_use]
    pub const fn check(mut self, schema: &'static Schema, shape: &'static Shape) -> Self {
        self.check = Some((schema, shape));
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
                let stated = self.media_types.iter().copied().find(|media_type| !is_range(media_type));
                let of_object = self.is_object && self.media_types.is_empty();
                Ok(stated.or(of_object.then_some("application/json")))
            }
        }
    }
}
