//! The forms that values have as text.

use std::collections::BTreeSet;

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
    pub(crate) scalars: BTreeSet<WireScalar>,
    pub(crate) items: Option<Box<WireShape>>,
    pub(crate) object: Option<WireObject>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WireScalar {
    Text,
    Integer,
    Number,
    Boolean,
}

impl WireScalar {
    /// What every scalar is one of.
    pub(crate) const ALL: [Self; 3] = [Self::Text, Self::Number, Self::Boolean];
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WireObject {
    pub(crate) members: Vec<(String, WireShape)>,
    /// That of members that are not listed.
    pub(crate) rest: Option<Box<WireShape>>,
}
