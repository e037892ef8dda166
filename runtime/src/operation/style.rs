//! OpenAPI's styles.

/// How a parameter is written: `style`, `explode` and `allowReserved` of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Style {
    const fn new(kind: StyleKind, explode: bool) -> Self {
        Self { kind, explode, reserved: false }
    }

    /// Creates the style `simple`: `a,b` in a path or header.
    #[must_use]
    pub const fn simple(explode: bool) -> Self {
        Self::new(StyleKind::Simple, explode)
    }

    /// Creates the style `label`: `.a.b` in a path.
    #[must_use]
    pub const fn label(explode: bool) -> Self {
        Self::new(StyleKind::Label, explode)
    }

    /// Creates the style `matrix`: `;name=a;name=b` in a path.
    #[must_use]
    pub const fn matrix(explode: bool) -> Self {
        Self::new(StyleKind::Matrix, explode)
    }

    /// Creates the style `form`: `name=a&name=b` or `name=a,b` in a query or cookie.
    #[must_use]
    pub const fn form(explode: bool) -> Self {
        Self::new(StyleKind::Form, explode)
    }

    /// Creates the style `spaceDelimited`: `name=a%20b` in a query.
    #[must_use]
    pub const fn space_delimited(explode: bool) -> Self {
        Self::new(StyleKind::SpaceDelimited, explode)
    }

    /// Creates the style `pipeDelimited`: `name=a%7Cb` in a query.
    #[must_use]
    pub const fn pipe_delimited(explode: bool) -> Self {
        Self::new(StyleKind::PipeDelimited, explode)
    }

    /// Creates the style `deepObject`: `name[key]=value` in a query.
    #[must_use]
    pub const fn deep_object(explode: bool) -> Self {
        Self::new(StyleKind::DeepObject, explode)
    }

    /// Creates the style of a parameter with `content`: the value as JSON.
    #[must_use]
    pub const fn json() -> Self {
        Self::new(StyleKind::Json, false)
    }

    /// Leaves reserved characters unencoded, except those that would end the value.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// Returns whether the members of an object stand beside other parameters.
    #[cfg(feature = "server")]
    pub(crate) fn is_spread(self) -> bool {
        self.explode && self.kind == StyleKind::Form
    }
}
