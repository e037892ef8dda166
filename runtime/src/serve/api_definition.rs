//! What the routes of one definition share.

use crate::{
    operation::SecurityScheme,
    validate::{Definition, codes},
    violations::Code,
};

/// What the routes of one definition share. Generated code has one as a constant.
#[derive(Debug, Clone, Copy)]
pub struct ApiDefinition {
    pub(super) definition: &'static Definition,
    pub(super) schemes: &'static [SecurityScheme],
    /// Schemes whose credentials are not read, and what each is called in HTTP.
    pub(super) http_schemes: &'static [(&'static str, &'static str)],
    pub(super) missing: &'static Code,
}

impl ApiDefinition {
    /// Creates a definition without security schemes.
    #[must_use]
    pub const fn new(definition: &'static Definition) -> Self {
        Self { definition, schemes: &[], http_schemes: &[], missing: &codes::MISSING_REQUIRED_FIELD }
    }

    /// Sets the security schemes whose credentials are read from requests.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets the names of HTTP, such as `Digest`, of the security schemes whose credentials are not read.
    #[must_use]
    pub const fn http_schemes(mut self, names: &'static [(&'static str, &'static str)]) -> Self {
        self.http_schemes = names;
        self
    }

    /// Sets the code of a required parameter or body that is absent.
    #[must_use]
    pub const fn missing(mut self, code: &'static Code) -> Self {
        self.missing = code;
        self
    }
}
