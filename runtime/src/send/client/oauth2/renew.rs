//! How a new token is obtained: from the store, for the refresh token, or for the grant, by one caller at a
//! time.

use std::{sync::Arc, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};
use tracing::{debug, warn};

use super::{
    super::{Ask, Token, TokenProblem},
    OAuth2, StoreError, StoredToken,
    answer::NewRefreshToken,
    background::Renewal,
    base_url,
    exchange::Given,
    failure::Failure,
    form::{Asked, Grant},
    state::{Held, Saving},
};
use crate::send::retry::Kind;

impl OAuth2 {
    /// Gets a new token into the state: from the store, or else from the token service. In the latter case,
    /// the renewal holds the lock of the store until it ends.
    pub(super) async fn renew(
        &self,
        ask: &Ask<'_>,
        renewal: &mut Renewal<'_>,
        patience: Duration,
    ) -> Result<(), Failure> {
        // Most of the time another process, or an earlier one, has left a good token. Then no lock is needed.
        if self.reread(ask).await? {
            return Ok(());
        }
        let is_locked = self.lock(renewal, patience).await?;
        // Whoever held the lock may have stored a new token meanwhile.
        if is_locked && self.reread(ask).await? {
            return Ok(());
        }
        self.obtain(ask).await
    }

    /// Finishes what a call that has gone away has begun: the lock is still held.
    pub(super) async fn finish(&self, ask: &Ask<'_>) {
        let is_asked = self.state().left.is_some();
        if !is_asked {
            return self.save(ask).await;
        }
        debug!(scheme = self.scheme.name, "a thread waits for the answer to a call that has gone away");
        if let Err(failure) = self.obtain(ask).await {
            // The next call of this process is told.
            let _ = self.failed(ask, failure);
        }
    }

    /// Whether there is something that [`Self::finish`] has to do.
    pub(super) fn has_unfinished(&self) -> bool {
        let state = self.state();
        state.left.is_some() || state.saving == Saving::Due
    }

    /// Locks the store against other processes. False: it can't be locked, or need not be.
    async fn lock(&self, renewal: &mut Renewal<'_>, patience: Duration) -> Result<bool, Failure> {
        let Some(store) = &self.store else { return Ok(false) };
        match store.lock(patience).await {
            Ok(lock) => {
                let is_held = lock.is_held();
                renewal.hold(lock);
                self.state().was_locked = true;
                Ok(is_held)
            }
            // Going on would send a refresh token that another process is sending at this moment.
            Err(error @ StoreError::Busy { .. }) => {
                Err(Failure::new(TokenProblem::NotStored).retryable(Kind::Transient).because(error))
            }
            // What the service would give now could not be kept.
            Err(error) if !self.state().was_locked => {
                Err(Failure::new(TokenProblem::NotStored).because(self.note(error)))
            }
            Err(error) => {
                self.note(error);
                Ok(false)
            }
        }
    }

    /// Asks the token service, and saves what it gives.
    async fn obtain(&self, ask: &Ask<'_>) -> Result<(), Failure> {
        let obtained = self.refresh_or_grant(ask).await;
        // After a failure there may be the refresh token of an answer that was of no other use.
        let is_due = self.state().saving == Saving::Due;
        if is_due {
            self.save(ask).await;
        }
        obtained
    }

    /// The refresh token comes first. If the service finds it bad, the store is read once more, because
    /// somebody may have put another one there without a lock.
    async fn refresh_or_grant(&self, ask: &Ask<'_>) -> Result<(), Failure> {
        if self.refresh(ask).await? {
            return Ok(());
        }
        if self.state().dead.is_some() {
            // What the service does not want need not be saved any more.
            self.state().saving = Saving::Done;
            if self.reread(ask).await? || self.refresh(ask).await? {
                return Ok(());
            }
        }
        self.grant(ask).await
    }

    /// Takes over what another process has put into the store. True: there is a token among it that will do.
    async fn reread(&self, ask: &Ask<'_>) -> Result<bool, Failure> {
        let Some(store) = &self.store else { return Ok(false) };
        match store.load().await {
            Ok(found) => Ok(self.take_over(ask, found.unwrap_or_default())),
            // What would be got now could not be kept, and what the store has may be all that there is.
            Err(error) if !self.state().is_read => {
                Err(Failure::new(TokenProblem::NotStored).because(self.note(error)))
            }
            Err(error) => {
                self.note(error);
                Ok(false)
            }
        }
    }

    fn take_over(&self, ask: &Ask<'_>, found: StoredToken) -> bool {
        let now = ask.clock.wall();
        let hosts = base_url::allowed(ask.hosts, self.scheme);
        let mut state = self.state();
        state.is_read = true;
        let is_empty = found.refresh_token.is_none() && found.access_token.is_none();
        if state.saving != Saving::Done || is_empty {
            return false;
        }
        state.kept = found;
        let (Some(secret), base) = (&state.kept.access_token, &state.kept.base_url) else { return false };
        let mut token = Token::new(secret.expose_secret());
        if let Some(base) = base {
            let Ok(origin) = base_url::origin(base, &hosts, &[]) else { return false };
            token = token.at(origin);
        }
        let expired_at = state.kept.expires_at.filter(|end| *end < now);
        let since = state.kept.issued_at.or(expired_at).unwrap_or(now);
        let lifetime = state.kept.expires_at.map(|end| end.duration_since(since).unwrap_or_default());
        let held = Held::new(token, since, lifetime, self.early);
        let is_known = state.current.as_ref().is_some_and(|current| current.token.is_same(&held.token));
        if is_known || held.is_due(now) || ask.refused.is_some_and(|refused| refused.is_same(&held.token)) {
            return false;
        }
        debug!(scheme = self.scheme.name, "takes the token that is in the store");
        state.succeeded(held);
        true
    }

    /// Sends the refresh token, if there is one that may be good. False: there is none.
    async fn refresh(&self, ask: &Ask<'_>) -> Result<bool, Failure> {
        let Some((token, base)) = self.refresh_token() else { return Ok(false) };
        let asked = Asked::Refresh(&token);
        match self.exchange(ask, asked, base.as_deref()).await {
            Ok(given) => {
                self.accept(ask, asked, &given);
                Ok(true)
            }
            Err(failure) if failure.bad_refresh_token => {
                warn!(scheme = self.scheme.name, error = %failure.error(), "the refresh token is refused");
                self.state().dead = Some((token, failure));
                Ok(false)
            }
            Err(failure) => Err(failure),
        }
    }

    fn refresh_token(&self) -> Option<(SecretString, Option<String>)> {
        let state = self.state();
        let token = state.kept.refresh_token.as_ref()?;
        let is_dead =
            state.dead.as_ref().is_some_and(|(dead, _)| dead.expose_secret() == token.expose_secret());
        (!is_dead && self.keeps_refresh_tokens()).then(|| (token.clone(), state.kept.base_url.clone()))
    }

    /// What rests on the client's own credentials needs no refresh token; who gives one all the same is not asked with it.
    fn keeps_refresh_tokens(&self) -> bool {
        !matches!(self.credentials.grant, Grant::ClientCredentials)
    }

    async fn grant(&self, ask: &Ask<'_>) -> Result<(), Failure> {
        let dead = self.state().dead.as_ref().map(|(_, failure)| failure.clone());
        if let Grant::RefreshOnly = self.credentials.grant {
            let none =
                || Failure::new(TokenProblem::NewGrantNeeded).detail("the store holds no refresh token");
            return Err(dead.unwrap_or_else(none));
        }
        match (self.exchange(ask, Asked::Grant, None).await, dead) {
            (Ok(given), _) => {
                self.accept(ask, Asked::Grant, &given);
                Ok(())
            }
            (Err(grant), Some(refresh)) if grant.problem == TokenProblem::Refused => {
                Err(grant.needs_new_grant(&refresh))
            }
            (Err(grant), _) => Err(grant),
        }
    }

    /// Puts a new token to use at once. It is saved later: whoever stops waiting for that loses nothing.
    fn accept(&self, ask: &Ask<'_>, asked: Asked<'_>, given: &Given) {
        let mut state = self.state();
        let kept = self.kept(&state.kept, asked, given);
        let secret = given.granted.access_token.expose_secret();
        let token = match &kept.base_url {
            Some(base) => Token::new(secret).at(base),
            None => Token::new(secret),
        };
        debug!(
            scheme = self.scheme.name,
            grant = asked.name(&self.credentials),
            host = kept.base_url,
            seconds = given.granted.lifetime.map(|lifetime| lifetime.as_secs()),
            "has a new token"
        );
        state.succeeded(Held::new(token, given.asked_at, given.granted.lifetime, self.early));
        state.keep(kept, self.store.is_some());
        if ask.refused.is_some() {
            state.replaced_at = Some(ask.clock.wall());
        }
    }

    /// Keeps the refresh token of an answer that is of no other use: the one before may be dead by now. It is
    /// for the host that gave it, whatever the answer says of hosts.
    pub(super) fn rescue(&self, asked: Asked<'_>, new: NewRefreshToken, asked_at_host: Option<String>) {
        if !self.keeps_refresh_tokens() {
            return;
        }
        warn!(scheme = self.scheme.name, "keeps the new refresh token of an answer that is of no other use");
        let mut state = self.state();
        let old = match asked {
            Asked::Refresh(_) => state.kept.clone(),
            Asked::Grant => StoredToken::default(),
        };
        let kept = StoredToken {
            refresh_token: Some(new.secret),
            refresh_expires_at: new.expires_at,
            base_url: asked_at_host.or_else(|| old.base_url.clone()),
            ..old
        };
        state.keep(kept, self.store.is_some());
    }

    /// What is to be stored now. An answer to a refresh may leave out what has not changed.
    fn kept(&self, old: &StoredToken, asked: Asked<'_>, given: &Given) -> StoredToken {
        let granted = &given.granted;
        let is_refresh = matches!(asked, Asked::Refresh(_));
        let new = granted.refresh_token.clone().filter(|_| self.keeps_refresh_tokens());
        let is_new = new.is_some();
        StoredToken {
            refresh_token: new.or_else(|| old.refresh_token.clone().filter(|_| is_refresh)),
            base_url: given.origin.clone().or_else(|| old.base_url.clone().filter(|_| is_refresh)),
            refresh_expires_at: granted
                .refresh_expires_at
                .or(old.refresh_expires_at.filter(|_| is_refresh && !is_new)),
            access_token: Some(granted.access_token.clone()),
            issued_at: Some(given.asked_at),
            expires_at: granted.lifetime.and_then(|lifetime| given.asked_at.checked_add(lifetime)),
        }
    }

    /// Saves what is not saved. Where that fails, the token is used all the same and a later call tries again.
    pub(super) async fn save(&self, ask: &Ask<'_>) {
        let Some(store) = &self.store else { return };
        let kept = self.state().kept.clone();
        match store.save(&kept).await {
            Ok(()) => {
                let mut state = self.state();
                (state.saving, state.store_error) = (Saving::Done, None);
            }
            Err(error) => {
                self.note(error);
                self.state().saving = Saving::Failed(ask.clock.wall());
            }
        }
    }

    fn note(&self, error: StoreError) -> Arc<StoreError> {
        let error = Arc::new(error);
        let cause = std::error::Error::source(&*error).map(ToString::to_string);
        warn!(scheme = self.scheme.name, %error, cause, "the token store fails; the tokens are in memory alone");
        self.state().store_error = Some(Arc::clone(&error));
        error
    }
}
