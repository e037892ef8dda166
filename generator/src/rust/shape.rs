//! The forms that values have as text.

use crate::ident::ConstIdent;

/// The forms that a value may have, as far as its text does not show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WireShape {
    /// The static of a type.
    Named(ConstIdent),
    Inline(WireForms),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WireForms {
    pub(crate) scalar: Option<WireScalar>,
    pub(crate) items: Option<Box<WireShape>>,
    pub(crate) object: Option<WireObject>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WireScalar {
    Text,
    Number,
    Boolean,
    Any,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WireObject {
    pub(crate) members: Vec<(String, WireShape)>,
    /// That of members that are not listed.
    pub(crate) rest: Option<Box<WireShape>>,
}
