//! Obtains a new token from the store, with the refresh token, or with the grant, by one caller at a time.

use std::{sync::Arc, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};
use tracing::{debug, warn};

use super::{
    super::{Token, TokenContext, TokenProblem},
    OAuth2, StoreError, StoredToken,
    background::RefreshTask,
    base_url,
    exchange::IssuedToken,
    failure::TokenFailure,
    form::{Grant, GrantRequest},
    response::NewRefreshToken,
    state::{CurrentToken, SaveState},
};
use crate::send::retry::RetryKind;

impl OAuth2 {
    /// Gets a new token into the state: from the store, or else from the token service. In the latter case,
    /// `refresh_task` holds the lock of the store until it ends.
    pub(super) async fn reload_or_request(
        &self,
        context: &TokenContext<'_>,
        refresh_task: &mut RefreshTask<'_>,
        patience: Duration,
    ) -> Result<(), TokenFailure> {
        // Most of the time another process, or an earlier one, has left a good token. Then no lock is needed.
        if self.reload(context).await? {
            return Ok(());
        }
        let is_locked = self.lock(refresh_task, patience).await?;
        // Whoever held the lock may have stored a new token meanwhile.
        if is_locked && self.reload(context).await? {
            return Ok(());
        }
        self.request_and_save(context).await
    }

    /// Finishes what a call that has gone away has begun: the lock is still held.
    pub(super) async fn finish(&self, context: &TokenContext<'_>) {
        let is_asked = self.state().pending.is_some();
        if !is_asked {
            return self.save(context).await;
        }
        debug!(scheme = self.scheme.name, "a thread waits for the response to a call that has gone away");
        if let Err(failure) = self.request_and_save(context).await {
            // The next call of this process gets the failure.
            let _ = self.failed(context, failure);
        }
    }

    /// Returns true if [`Self::finish`] has something to do.
    pub(super) fn has_unfinished(&self) -> bool {
        let state = self.state();
        state.pending.is_some() || state.save_state == SaveState::Due
    }

    /// Locks the store against other processes. False: it can't be locked, or need not be.
    async fn lock(
        &self,
        refresh_task: &mut RefreshTask<'_>,
        patience: Duration,
    ) -> Result<bool, TokenFailure> {
        let Some(store) = &self.store else { return Ok(false) };
        match store.lock(patience).await {
            Ok(lock) => {
                let is_held = lock.is_held();
                refresh_task.hold(lock);
                self.state().was_locked = true;
                Ok(is_held)
            }
            // Going on would send a refresh token that another process is sending at this moment.
            Err(error @ StoreError::Busy { .. }) => {
                Err(TokenFailure::new(TokenProblem::NotStored).retryable(RetryKind::Transient).because(error))
            }
            // What the service would give now could not be stored.
            Err(error) if !self.state().was_locked => {
                Err(TokenFailure::new(TokenProblem::NotStored).because(self.record_store_error(error)))
            }
            Err(error) => {
                self.record_store_error(error);
                Ok(false)
            }
        }
    }

    /// Asks the token service, and saves what it gives.
    async fn request_and_save(&self, context: &TokenContext<'_>) -> Result<(), TokenFailure> {
        let obtained = self.refresh_or_grant(context).await;
        // After a failure there may be the refresh token of a response that was of no other use.
        let is_due = self.state().save_state == SaveState::Due;
        if is_due {
            self.save(context).await;
        }
        obtained
    }

    /// Uses the refresh token first. If the service finds it invalid, the store is read once more, because
    /// another process may have stored another one without a lock.
    async fn refresh_or_grant(&self, context: &TokenContext<'_>) -> Result<(), TokenFailure> {
        if self.refresh(context).await? {
            return Ok(());
        }
        if self.state().rejected.is_some() {
            // What the service does not want need not be saved any more.
            self.state().save_state = SaveState::Done;
            if self.reload(context).await? || self.refresh(context).await? {
                return Ok(());
            }
        }
        self.grant(context).await
    }

    /// Loads what another process has stored. Returns true if that includes a usable token.
    async fn reload(&self, context: &TokenContext<'_>) -> Result<bool, TokenFailure> {
        let Some(store) = &self.store else { return Ok(false) };
        match store.load().await {
            Ok(found) => Ok(self.take_over(context, found.unwrap_or_default())),
            // What would be got now could not be stored, and what the store has may be all that there is.
            Err(error) if !self.state().is_read => {
                Err(TokenFailure::new(TokenProblem::NotStored).because(self.record_store_error(error)))
            }
            Err(error) => {
                self.record_store_error(error);
                Ok(false)
            }
        }
    }

    fn take_over(&self, context: &TokenContext<'_>, found: StoredToken) -> bool {
        let now = context.clock.system_time();
        let hosts = base_url::allowed(context.hosts, self.scheme);
        let mut state = self.state();
        state.is_read = true;
        let is_empty = found.refresh_token.is_none() && found.access_token.is_none();
        if state.save_state != SaveState::Done || is_empty {
            return false;
        }
        state.stored = found;
        let (Some(secret), base) = (&state.stored.access_token, &state.stored.base_url) else { return false };
        let mut token = Token::new(secret.expose_secret());
        if let Some(base) = base {
            let Ok(origin) = base_url::origin(base, &hosts, &[]) else { return false };
            token = token.at(origin);
        }
        let expired_at = state.stored.expires_at.filter(|end| *end < now);
        let since = state.stored.issued_at.or(expired_at).unwrap_or(now);
        let lifetime = state.stored.expires_at.map(|end| end.duration_since(since).unwrap_or_default());
        let held = CurrentToken::new(token, since, lifetime, self.early);
        let is_known = state.current.as_ref().is_some_and(|current| current.token.is_same(&held.token));
        if is_known || held.is_due(now) || context.refused.is_some_and(|refused| refused.is_same(&held.token))
        {
            return false;
        }
        debug!(scheme = self.scheme.name, "takes the token that is in the store");
        state.succeeded(held);
        true
    }

    /// Sends the refresh token, if there is one that may be valid. Returns false if there is none.
    async fn refresh(&self, context: &TokenContext<'_>) -> Result<bool, TokenFailure> {
        let Some((token, base)) = self.known_refresh_token() else { return Ok(false) };
        let asked = GrantRequest::Refresh(&token);
        match self.exchange(context, asked, base.as_deref()).await {
            Ok(given) => {
                self.accept(context, asked, &given);
                Ok(true)
            }
            Err(failure) if failure.bad_refresh_token => {
                warn!(scheme = self.scheme.name, error = %failure.error(), "the refresh token is refused");
                self.state().rejected = Some((token, failure));
                Ok(false)
            }
            Err(failure) => Err(failure),
        }
    }

    fn known_refresh_token(&self) -> Option<(SecretString, Option<String>)> {
        let state = self.state();
        let token = state.stored.refresh_token.as_ref()?;
        let is_dead =
            state.rejected.as_ref().is_some_and(|(dead, _)| dead.expose_secret() == token.expose_secret());
        (!is_dead && self.uses_refresh_tokens()).then(|| (token.clone(), state.stored.base_url.clone()))
    }

    /// Returns false for the client credentials grant, which needs no refresh token even if the service
    /// issues one.
    fn uses_refresh_tokens(&self) -> bool {
        !matches!(self.credentials.grant, Grant::ClientCredentials)
    }

    async fn grant(&self, context: &TokenContext<'_>) -> Result<(), TokenFailure> {
        let dead = self.state().rejected.as_ref().map(|(_, failure)| failure.clone());
        if let Grant::RefreshOnly = self.credentials.grant {
            let none =
                || TokenFailure::new(TokenProblem::NewGrantNeeded).detail("the store holds no refresh token");
            return Err(dead.unwrap_or_else(none));
        }
        match (self.exchange(context, GrantRequest::Grant, None).await, dead) {
            (Ok(given), _) => {
                self.accept(context, GrantRequest::Grant, &given);
                Ok(())
            }
            (Err(grant), Some(refresh)) if grant.problem == TokenProblem::Refused => {
                Err(grant.needs_new_grant(&refresh))
            }
            (Err(grant), _) => Err(grant),
        }
    }

    /// Uses a new token at once. It is saved later, so that a dropped call loses nothing.
    fn accept(&self, context: &TokenContext<'_>, asked: GrantRequest<'_>, given: &IssuedToken) {
        let mut state = self.state();
        let stored = self.stored_token(&state.stored, asked, given);
        let secret = given.granted.access_token.expose_secret();
        let token = match &stored.base_url {
            Some(base) => Token::new(secret).at(base),
            None => Token::new(secret),
        };
        debug!(
            scheme = self.scheme.name,
            grant = asked.name(&self.credentials),
            host = stored.base_url,
            seconds = given.granted.lifetime.map(|lifetime| lifetime.as_secs()),
            "has a new token"
        );
        state.succeeded(CurrentToken::new(token, given.asked_at, given.granted.lifetime, self.early));
        state.keep(stored, self.store.is_some());
        if context.refused.is_some() {
            state.replaced_at = Some(context.clock.system_time());
        }
    }

    /// Keeps the refresh token of a response that can't be used otherwise: the previous one may be invalid by
    /// now. It is for the host that issued it, whatever the response says about hosts.
    pub(super) fn keep_refresh_token(
        &self,
        asked: GrantRequest<'_>,
        new: NewRefreshToken,
        asked_at_host: Option<String>,
    ) {
        if !self.uses_refresh_tokens() {
            return;
        }
        warn!(scheme = self.scheme.name, "keeps the new refresh token of a response that is of no other use");
        let mut state = self.state();
        let old = match asked {
            GrantRequest::Refresh(_) => state.stored.clone(),
            GrantRequest::Grant => StoredToken::default(),
        };
        let stored = StoredToken {
            refresh_token: Some(new.secret),
            refresh_expires_at: new.expires_at,
            base_url: asked_at_host.or_else(|| old.base_url.clone()),
            ..old
        };
        state.keep(stored, self.store.is_some());
    }

    /// Returns what is to be stored now. A response to a refresh may leave out what has not changed.
    fn stored_token(&self, old: &StoredToken, asked: GrantRequest<'_>, given: &IssuedToken) -> StoredToken {
        let granted = &given.granted;
        let is_refresh = matches!(asked, GrantRequest::Refresh(_));
        let new = granted.refresh_token.clone().filter(|_| self.uses_refresh_tokens());
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

    /// Saves the stored token. If that fails, the token is used all the same, and a later call tries again.
    pub(super) async fn save(&self, context: &TokenContext<'_>) {
        let Some(store) = &self.store else { return };
        let stored = self.state().stored.clone();
        match store.save(&stored).await {
            Ok(()) => {
                let mut state = self.state();
                (state.save_state, state.store_error) = (SaveState::Done, None);
            }
            Err(error) => {
                self.record_store_error(error);
                self.state().save_state = SaveState::Failed(context.clock.system_time());
            }
        }
    }

    fn record_store_error(&self, error: StoreError) -> Arc<StoreError> {
        let error = Arc::new(error);
        let cause = std::error::Error::source(&*error).map(ToString::to_string);
        warn!(scheme = self.scheme.name, %error, cause, "the token store failed; the tokens are in memory alone");
        self.state().store_error = Some(Arc::clone(&error));
        error
    }
}
