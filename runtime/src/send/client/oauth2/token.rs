//! The token of a call: the current one, or a new one.

use std::{sync::Arc, time::Duration};

use tracing::{debug, warn};

use super::{
    super::{BoxFuture, Token, TokenError, TokenProblem, TokenRequest, TokenSource},
    OAuth2,
    background::RefreshTask,
    failure::TokenFailure,
    state::TokenAction,
};

impl OAuth2 {
    async fn get(&self, ask: TokenRequest<'_>) -> Result<Token, TokenError> {
        let (step, refreshes) = self.step(&ask, None);
        let fallback = match step {
            TokenAction::Use(token) => return Ok(token),
            TokenAction::Fail(error) => return Err(error),
            TokenAction::UseAndSave(token) => {
                self.save_if_nobody_does(&ask).await;
                return Ok(token);
            }
            TokenAction::Refresh { fallback } => fallback,
        };
        let gate = Arc::clone(&self.gate);
        let gate = match fallback {
            None => gate.lock_owned().await,
            Some(fallback) => match gate.try_lock_owned() {
                Ok(gate) => gate,
                Err(_) => return Ok(fallback),
            },
        };
        let fallback = match self.step(&ask, Some(refreshes)).0 {
            TokenAction::Use(token) | TokenAction::UseAndSave(token) => return Ok(token),
            TokenAction::Fail(error) => return Err(error),
            TokenAction::Refresh { fallback } => fallback,
        };
        // With a token that is still valid, no call waits until another process has refreshed it.
        let patience = if fallback.is_some() { Duration::ZERO } else { ask.timeout };
        let mut refresh_task = RefreshTask::new(self, ask, gate);
        let response = match self.reload_or_request(&ask, &mut refresh_task, patience).await {
            Ok(()) => self.refreshed(&ask),
            Err(failure) => self.failed(&ask, failure),
        };
        refresh_task.end();
        response
    }

    fn step(&self, ask: &TokenRequest<'_>, waited_since: Option<u64>) -> (TokenAction, u64) {
        let state = self.state();
        (state.step(ask.clock.system_time(), ask.refused, waited_since), state.refreshes)
    }

    async fn save_if_nobody_does(&self, ask: &TokenRequest<'_>) {
        let Ok(_gate) = self.gate.try_lock() else { return };
        let is_still_due = self.state().should_save(ask.clock.system_time());
        if is_still_due {
            self.save(ask).await;
        }
    }

    fn refreshed(&self, ask: &TokenRequest<'_>) -> Result<Token, TokenError> {
        // A service may give the same token again.
        let state = self.state();
        let held = state.usable(ask.refused).ok_or_else(|| TokenError::new(TokenProblem::NoOther))?;
        Ok(held.token.clone())
    }

    /// Returns the old token instead of the error, as long as it is valid and was not refused.
    pub(super) fn failed(&self, ask: &TokenRequest<'_>, failure: TokenFailure) -> Result<Token, TokenError> {
        let error = failure.error();
        let now = ask.clock.system_time();
        let is_busy = failure.is_busy_store();
        let mut state = self.state();
        state.failed(failure, now);
        let fallback = state.usable(ask.refused).filter(|held| held.is_valid(now));
        if is_busy && fallback.is_some() {
            debug!(scheme = self.scheme.name, "another process is refreshing the token");
        } else {
            warn!(scheme = self.scheme.name, %error, goes_on = fallback.is_some(), "there is no new token");
        }
        fallback.map(|held| held.token.clone()).ok_or(error)
    }
}

impl TokenSource for OAuth2 {
    fn token<'a>(&'a self, ask: TokenRequest<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(self.get(ask))
    }
}
