//! References between the items of an array.

use super::scalar::Scalar;
use crate::violations::Code;

/// A rule of an array: no item refers to a barred item of the same array, be it earlier, later or itself.
///
/// The fields that bar an item, that are its item key and that refer to one are [captures](super::Capture) of
/// the same slot in the tables of the items.
#[derive(Debug, Clone, Copy)]
pub struct NoReference {
    /// The slot of the captures.
    pub(crate) slot: u16,
    /// The name of the field of the items' object at which the violation is reported.
    pub(crate) field: &'static str,
    pub(crate) code: &'static Code,
}

impl NoReference {
    /// Creates the rule. `slot` is that of the captures. `field` is the name of the field of the items'
    /// object that is the reference or contains it; the violation is reported there.
    #[must_use]
    pub const fn new(slot: u16, field: &'static str, code: &'static Code) -> Self {
        Self { slot, field, code }
    }
}

/// What a captured value means for its rule.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CaptureRole {
    /// The value that the followers must agree with.
    Reference,
    Follower,
    /// The item key, by which other items refer to the item.
    ItemKey,
    /// With one of these values, the item is barred.
    Barred(&'static [Scalar]),
    /// The item key of an item that is referred to.
    Link,
}

impl CaptureRole {
    /// Returns whether the value is compared with others within an object.
    pub(crate) const fn is_compared(self) -> bool {
        matches!(self, Self::Reference | Self::Follower)
    }

    pub(crate) const fn is_item_key(self) -> bool {
        matches!(self, Self::ItemKey)
    }
}
