//! The parts of an operation: parameters, body, responses and security.

/// One parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire; that of a header is not case-sensitive.
    pub name: &'static str,
    /// Where it is sent.
    pub location: Location,
    /// True when a call without it is refused.
    pub required: bool,
    /// Its style is `deepObject`: each member has a pair of its own, `name[member]`.
    pub is_deep: bool,
}

impl Parameter {
    /// Creates a parameter.
    #[must_use]
    pub const fn new(name: &'static str, location: Location, required: bool) -> Self {
        Self { name, location, required, is_deep: false }
    }

    /// Sets that its style is `deepObject`.
    #[must_use]
    pub const fn deep_object(self) -> Self {
        Self { is_deep: true, ..self }
    }
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path template.
    Path,
    /// Behind the `?`.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl Location {
    /// Returns OpenAPI's word for it, such as `query`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestBody {
    /// True when a call without it is refused.
    pub required: bool,
    /// The media types that the service reads.
    pub media_types: &'static [&'static str],
}

impl RequestBody {
    /// Creates a request body.
    #[must_use]
    pub const fn new(required: bool, media_types: &'static [&'static str]) -> Self {
        Self { required, media_types }
    }
}

/// One response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeclaredResponse {
    /// Which statuses it stands for.
    pub status: Status,
    /// The media types of its body; empty: the definition gives it none.
    pub media_types: &'static [&'static str],
}

impl DeclaredResponse {
    /// Creates a response.
    #[must_use]
    pub const fn new(status: Status, media_types: &'static [&'static str]) -> Self {
        Self { status, media_types }
    }
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Exactly this one.
    Code(u16),
    /// All that begin with this digit and are not listed.
    Range(u8),
    /// All others.
    Default,
}

/// A security scheme with the scopes that a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// Its key in the definition.
    pub name: &'static str,
    /// All of them are needed.
    pub scopes: &'static [&'static str],
}

impl Scheme {
    /// Creates a scheme with its scopes.
    #[must_use]
    pub const fn new(name: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { name, scopes }
    }
}
