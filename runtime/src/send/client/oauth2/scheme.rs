//! How a service issues tokens: static data, generated from its definition.

/// How a service issues tokens, as its definition says.
///
/// ```
/// # use specwright_runtime::client::oauth2::OAuth2Scheme;
/// static SHOP: OAuth2Scheme = OAuth2Scheme::new("shopToken", "https://login.example.com/oauth2/token")
///     .hosts(&["example.com"])
///     .base_url_member("region_url")
///     .moved(&["16"]);
/// assert_eq!(SHOP.name(), "shopToken");
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
#[non_exhaustive]
pub struct OAuth2Scheme {
    pub(super) name: &'static str,
    pub(super) token_url: &'static str,
    pub(super) refresh_url: &'static str,
    pub(super) form: &'static [(&'static str, &'static str)],
    pub(super) base_url_member: Option<&'static str>,
    pub(super) hosts: &'static [&'static str],
    pub(super) error_code_member: &'static str,
    pub(super) moved: &'static [&'static str],
    pub(super) new_grant_needed: &'static [&'static str],
    pub(super) later: &'static [&'static str],
}

impl OAuth2Scheme {
    /// Creates a scheme of this name, whose tokens come from this URL.
    pub const fn new(name: &'static str, token_url: &'static str) -> Self {
        Self {
            name,
            token_url,
            refresh_url: token_url,
            form: &[],
            base_url_member: None,
            hosts: &[],
            error_code_member: "code",
            moved: &[],
            new_grant_needed: &[],
            later: &[],
        }
    }

    /// Sets the URL that a refresh token is sent to. The default is the token URL. Once the service has named
    /// a host ([`Self::base_url_member`]), the path of this URL at that host is used.
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = url;
        self
    }

    /// Sets further members of the form of a grant. A refresh does not have them.
    pub const fn form(mut self, members: &'static [(&'static str, &'static str)]) -> Self {
        self.form = members;
        self
    }

    /// Sets the member of a response, and of an error, that names the host for all later calls and refreshes.
    /// Only the scheme and the host of its value are used.
    pub const fn base_url_member(mut self, name: &'static str) -> Self {
        self.base_url_member = Some(name);
        self
    }

    /// Sets the hosts that may receive credentials and tokens, each with every name below it. The hosts of
    /// the token URL, of the refresh URL and of the client are always among them.
    pub const fn hosts(mut self, suffixes: &'static [&'static str]) -> Self {
        self.hosts = suffixes;
        self
    }

    /// Sets the member of an error that holds its code, a number or a text. The default is `code`.
    pub const fn error_code_member(mut self, name: &'static str) -> Self {
        self.error_code_member = name;
        self
    }

    /// Sets the error codes that say that the same request belongs at the host that the error names. This is
    /// followed once.
    pub const fn moved(mut self, codes: &'static [&'static str]) -> Self {
        self.moved = codes;
        self
    }

    /// Sets the error codes that say that a refresh token is invalid or has expired. If an error has no code,
    /// or the scheme names no codes, `invalid_grant` says the same.
    pub const fn new_grant_needed(mut self, codes: &'static [&'static str]) -> Self {
        self.new_grant_needed = codes;
        self
    }

    /// Sets the error codes that say that the service may be able to respond later, whatever the status.
    pub const fn later(mut self, codes: &'static [&'static str]) -> Self {
        self.later = codes;
        self
    }

    /// Returns the name of the scheme in the definition.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
