//! References between the items of an array.

use super::Scalar;
use crate::violations::Code;

/// No item refers to one of the same array that is barred, be it before it, behind it, or itself.
///
/// What makes an item barred, its key and what refers to one are [captures](super::Capture) of this number in
/// the tables of the items.
#[derive(Debug, Clone, Copy)]
pub struct NoReference {
    /// The number that the captures have.
    pub(crate) slot: u16,
    /// The name of the field of the items' object with which the reference begins: there it is reported.
    pub(crate) field: &'static str,
    pub(crate) code: &'static Code,
}

impl NoReference {
    /// `slot` is the number of the captures; `field` is the name of the field of the items' object that the
    /// reference is, or lies in.
    #[must_use]
    pub const fn new(slot: u16, field: &'static str, code: &'static Code) -> Self {
        Self { slot, field, code }
    }
}

/// What a captured value means for its rule.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// The one that the followers must agree with.
    Reference,
    Follower,
    /// That by which others refer to the item.
    Key,
    /// With one of these values the item is barred.
    Barred(&'static [Scalar]),
    /// The key of an item that is referred to.
    Link,
}

impl Role {
    /// Whether the value is compared with others within an object.
    pub(crate) const fn is_compared(self) -> bool {
        matches!(self, Self::Reference | Self::Follower)
    }
}
