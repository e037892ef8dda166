//! The source of tokens itself: what a user sets up, and what a call asks.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use secrecy::SecretString;
use tracing::{debug, warn};

use super::{
    super::{Ask, BoxFuture, Token, TokenError, TokenProblem, TokenSource},
    OAuth2Scheme, StoreError, TokenStore,
    background::Renewal,
    failure::Failure,
    form::{Asked, Credentials, Grant},
    state::{State, Step},
};

/// How long before its end a token is renewed, unless the user says otherwise.
const EARLY: Duration = Duration::from_secs(300);

/// Tokens by OAuth 2.0 (RFC 6749): obtained with a grant, refreshed with a refresh token, and kept in a
/// [`TokenStore`].
///
/// The [module's page](super) says when it asks the token service and what it does with each answer. Share
/// one among the clients of a process (`Arc<OAuth2>` is a [`TokenSource`] too): they then share its tokens,
/// too.
pub struct OAuth2 {
    pub(super) scheme: &'static OAuth2Scheme,
    pub(super) credentials: Credentials,
    pub(super) store: Option<Arc<dyn TokenStore>>,
    pub(super) early: Duration,
    token_url: Option<String>,
    state: Arc<Mutex<State>>,
    /// Held by the one caller that renews or saves.
    gate: Arc<tokio::sync::Mutex<()>>,
}

impl OAuth2 {
    /// The password grant. Where the scheme's form says so, the user is a company and the password a request token.
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

    /// The grant of client credentials: the token is the application's own. No refresh token is used.
    #[must_use]
    pub fn client_credentials(
        scheme: &'static OAuth2Scheme,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self::new(scheme, client_id.into(), client_secret.into(), Grant::ClientCredentials)
    }

    /// No grant: the store has a refresh token already.
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
            credentials: Credentials { client_id, client_secret, scope: None, grant },
            store: None,
            early: EARLY,
            token_url: None,
            state: Arc::default(),
            gate: Arc::default(),
        }
    }

    /// The same source once more, for work that outlives a call.
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

    /// The same with a place where tokens outlive the process. Without one, a refresh token is lost with it.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// The same with a scope to ask for; without it, the service decides.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.credentials.scope = Some(scope.into());
        self
    }

    /// The same, renewing a token so long before its end; without it, 5 minutes. It is never more than a tenth of the token's
    /// lifetime.
    #[must_use]
    pub fn early(mut self, early: Duration) -> Self {
        self.early = early;
        self
    }

    /// The same with another URL for tokens and refreshes, such as a sandbox's. Its host must be among the client's or the
    /// scheme's.
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

    /// When the refresh token expires, as far as the service says: by then somebody must have asked for a token.
    #[must_use]
    pub fn refresh_expiry(&self) -> Option<SystemTime> {
        self.state().kept.refresh_expires_at
    }

    pub(super) fn url(&self, asked: Asked<'_>) -> &str {
        self.token_url.as_deref().unwrap_or(match asked {
            Asked::Grant => self.scheme.token_url,
            Asked::Refresh(_) => self.scheme.refresh_url,
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // No line that holds the lock can leave the state half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn get(&self, ask: Ask<'_>) -> Result<Token, TokenError> {
        let (step, rounds) = self.step(&ask, None);
        let spare = match step {
            Step::Give(token) => return Ok(token),
            Step::Fail(error) => return Err(error),
            Step::GiveAndSave(token) => {
                self.save_if_nobody_does(&ask).await;
                return Ok(token);
            }
            Step::Renew { spare } => spare,
        };
        let gate = Arc::clone(&self.gate);
        let gate = match spare {
            None => gate.lock_owned().await,
            Some(spare) => match gate.try_lock_owned() {
                Ok(gate) => gate,
                Err(_) => return Ok(spare),
            },
        };
        let spare = match self.step(&ask, Some(rounds)).0 {
            Step::Give(token) | Step::GiveAndSave(token) => return Ok(token),
            Step::Fail(error) => return Err(error),
            Step::Renew { spare } => spare,
        };
        // With a token that is still good, nobody has to wait until another process has renewed it.
        let patience = if spare.is_some() { Duration::ZERO } else { ask.timeout };
        let mut renewal = Renewal::new(self, ask, gate);
        let answer = match self.renew(&ask, &mut renewal, patience).await {
            Ok(()) => self.renewed(&ask),
            Err(failure) => self.failed(&ask, failure),
        };
        renewal.end();
        answer
    }

    fn step(&self, ask: &Ask<'_>, waited_since: Option<u64>) -> (Step, u64) {
        let state = self.state();
        (state.step(ask.clock.wall(), ask.refused, waited_since), state.rounds)
    }

    async fn save_if_nobody_does(&self, ask: &Ask<'_>) {
        let Ok(_gate) = self.gate.try_lock() else { return };
        let is_still_due = self.state().should_save(ask.clock.wall());
        if is_still_due {
            self.save(ask).await;
        }
    }

    fn renewed(&self, ask: &Ask<'_>) -> Result<Token, TokenError> {
        // A service may give the same token again.
        let state = self.state();
        let held = state.usable(ask.refused).ok_or_else(|| TokenError::new(TokenProblem::NoOther))?;
        Ok(held.token.clone())
    }

    /// As long as the old token is valid and nobody refused it, it is given instead of the error.
    pub(super) fn failed(&self, ask: &Ask<'_>, failure: Failure) -> Result<Token, TokenError> {
        let error = failure.error();
        let now = ask.clock.wall();
        let is_busy = failure.is_busy_store();
        let mut state = self.state();
        state.failed(failure, now);
        let spare = state.usable(ask.refused).filter(|held| held.is_valid(now));
        if is_busy && spare.is_some() {
            debug!(scheme = self.scheme.name, "another process renews the token at the moment");
        } else {
            warn!(scheme = self.scheme.name, %error, goes_on = spare.is_some(), "there is no new token");
        }
        spare.map(|held| held.token.clone()).ok_or(error)
    }
}

impl TokenSource for OAuth2 {
    fn token<'a>(&'a self, ask: Ask<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(self.get(ask))
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
