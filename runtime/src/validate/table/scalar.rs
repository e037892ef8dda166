//! Values that a definition names.

/// A value that an `enum` or a condition names.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Scalar {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as the definition writes it; compared by value.
    Number(&'static str),
    /// A string.
    Text(&'static str),
    /// An array or object as compact JSON; compared by value.
    Json(&'static str),
}
