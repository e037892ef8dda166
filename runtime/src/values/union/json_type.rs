//! The types of JSON values.

/// A type of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without decimal point and exponent.
    Integer,
    /// Any number, an integer included.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}
