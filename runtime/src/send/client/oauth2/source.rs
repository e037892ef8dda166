//! The source of tokens.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use secrecy::SecretString;

use super::{
    OAuth2Scheme, StoreError, StoredToken, TokenStore,
    form::{Grant, GrantRequest, OAuth2Credentials},
    state::TokenState,
};

/// The default time before its expiry at which a token is refreshed.
const EARLY: Duration = Duration::from_secs(300);

/// Tokens by OAuth 2.0 (RFC 6749): obtained with a grant, refreshed with a refresh token, and stored in a
/// [`TokenStore`].
///
/// The [module documentation](super) says when it sends requests to the token service and what it does with
/// each response. Share one among the clients of a process (`Arc<OAuth2>` is a
/// [`TokenSource`](super::super::TokenSource) too), so that they share its tokens.
pub struct OAuth2 {
    pub(super) scheme: &'static OAuth2Scheme,
    pub(super) credentials: OAuth2Credentials,
    pub(super) store: Option<Arc<dyn TokenStore>>,
    pub(super) early: Duration,
    token_url: Option<String>,
    state: Arc<Mutex<TokenState>>,
    /// Held by the one caller that refreshes or saves.
    pub(super) gate: Arc<tokio::sync::Mutex<()>>,
}

impl OAuth2 {
    /// Creates a source with the password grant. Where the form of the scheme says so, the user is a company
    /// and the password is a request token.
    #[must_use]
    pub fn password(
        scheme: &'static OAuth2Scheme,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let password = SecretString::from(password.into());
        let grant = Grant::Password { username: username.into(), password };
        Self::new(scheme, client_id.into(), client_secret.into(), grant)
    }

    /// Creates a source with the client credentials grant: the token is the application's own. No refresh
    /// token is used.
    #[must_use]
    pub fn client_credentials(
        scheme: &'static OAuth2Scheme,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self::new(scheme, client_id.into(), client_secret.into(), Grant::ClientCredentials)
    }

    /// Creates a source with a refresh token, such as the one that the authorization code grant ends with
    /// after a user at a browser has agreed.
    ///
    /// What a store already has comes first: it may be what the service gave in place of this token. So a
    /// program may pass the same one at each start.
    #[must_use]
    pub fn refresh_token(
        scheme: &'static OAuth2Scheme,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        refresh_token: impl Into<String>,
    ) -> Self {
        let source = Self::refresh_only(scheme, client_id, client_secret);
        source.state().stored = StoredToken::new(refresh_token);
        source
    }

    /// Creates a source without a grant, for a store that already has a refresh token.
    #[must_use]
    pub fn refresh_only(
        scheme: &'static OAuth2Scheme,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self::new(scheme, client_id.into(), client_secret.into(), Grant::RefreshOnly)
    }

    fn new(scheme: &'static OAuth2Scheme, client_id: String, client_secret: String, grant: Grant) -> Self {
        let client_secret = SecretString::from(client_secret);
        Self {
            scheme,
            credentials: OAuth2Credentials { client_id, client_secret, scope: None, grant },
            store: None,
            early: EARLY,
            token_url: None,
            state: Arc::default(),
            gate: Arc::default(),
        }
    }

    /// Returns the same source for work that outlives a call.
    pub(super) fn share(&self) -> Self {
        Self {
            scheme: self.scheme,
            credentials: self.credentials.clone(),
            store: self.store.clone(),
            early: self.early,
            token_url: self.token_url.clone(),
            state: Arc::clone(&self.state),
            gate: Arc::clone(&self.gate),
        }
    }

    /// Sets the store, in which tokens outlive the process. Without one, a refresh token is lost with the
    /// process.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Sets the scope to request. By default, the service decides.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.credentials.scope = Some(scope.into());
        self
    }

    /// Sets how long before its expiry a token is refreshed. The default is 5 minutes, and it is never more
    /// than a tenth of the lifetime.
    #[must_use]
    pub fn early(mut self, early: Duration) -> Self {
        self.early = early;
        self
    }

    /// Sets another URL for tokens and refreshes, such as that of a sandbox. Its host must be among those of
    /// the client or the scheme.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Returns why the store failed when it was last used, if it did: what it should hold may be in this
    /// process alone. `None` after the next save that goes well.
    #[must_use]
    pub fn last_store_error(&self) -> Option<Arc<StoreError>> {
        self.state().store_error.clone()
    }

    /// Returns when the refresh token expires, if the service says so. A token must be requested before then.
    #[must_use]
    pub fn refresh_expiry(&self) -> Option<SystemTime> {
        self.state().stored.refresh_expires_at
    }

    pub(super) fn url(&self, asked: GrantRequest<'_>) -> &str {
        self.token_url.as_deref().unwrap_or(match asked {
            GrantRequest::Grant => self.scheme.token_url,
            GrantRequest::Refresh(_) => self.scheme.refresh_url,
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, TokenState> {
        // No line that holds the lock can leave the state half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("scheme", &self.scheme.name)
            .field("grant", &self.credentials.grant.name())
            .finish_non_exhaustive()
    }
}
