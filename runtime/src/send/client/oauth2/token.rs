//! The token of a call: the current one, or a new one.

use std::{sync::Arc, time::Duration};

use tracing::{debug, warn};

use super::{
    super::{BoxFuture, Token, TokenContext, TokenError, TokenProblem, TokenSource},
    OAuth2,
    background::RefreshTask,
    failure::TokenFailure,
    state::TokenAction,
};

impl OAuth2 {
    async fn get(&self, context: TokenContext<'_>) -> Result<Token, TokenError> {
        let (step, refreshes) = self.step(&context, None);
        let fallback = match step {
            TokenAction::Use(token) => return Ok(token),
            TokenAction::Fail(error) => return Err(error),
            TokenAction::UseAndSave(token) => {
                self.save_if_nobody_does(&context).await;
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
        let fallback = match self.step(&context, Some(refreshes)).0 {
            TokenAction::Use(token) | TokenAction::UseAndSave(token) => return Ok(token),
            TokenAction::Fail(error) => return Err(error),
            TokenAction::Refresh { fallback } => fallback,
        };
        // With a token that is still valid, no call waits until another process has refreshed it.
        let patience = if fallback.is_some() { Duration::ZERO } else { context.timeout };
        let mut refresh_task = RefreshTask::new(self, context, gate);
        let response = match self.reload_or_request(&context, &mut refresh_task, patience).await {
            Ok(()) => self.refreshed(&context),
            Err(failure) => self.failed(&context, failure),
        };
        refresh_task.end();
        response
    }

    fn step(&self, context: &TokenContext<'_>, waited_since: Option<u64>) -> (TokenAction, u64) {
        let state = self.state();
        (state.step(context.clock.system_time(), context.refused, waited_since), state.refreshes)
    }

    async fn save_if_nobody_does(&self, context: &TokenContext<'_>) {
        let Ok(_gate) = self.gate.try_lock() else { return };
        let is_still_due = self.state().should_save(context.clock.system_time());
        if is_still_due {
            self.save(context).await;
        }
    }

    fn refreshed(&self, context: &TokenContext<'_>) -> Result<Token, TokenError> {
        // A service may give the same token again.
        let state = self.state();
        let held = state.usable(context.refused).ok_or_else(|| TokenError::new(TokenProblem::NoOther))?;
        Ok(held.token.clone())
    }

    /// Returns the old token instead of the error, as long as it is valid and was not refused.
    pub(super) fn failed(
        &self,
        context: &TokenContext<'_>,
        failure: TokenFailure,
    ) -> Result<Token, TokenError> {
        let error = failure.error();
        let now = context.clock.system_time();
        let is_busy = failure.is_busy_store();
        let mut state = self.state();
        state.failed(failure, now);
        let fallback = state.usable(context.refused).filter(|held| held.is_valid(now));
        if is_busy && fallback.is_some() {
            debug!(scheme = self.scheme.name, "another process is refreshing the token");
        } else {
            warn!(scheme = self.scheme.name, %error, goes_on = fallback.is_some(), "there is no new token");
        }
        fallback.map(|held| held.token.clone()).ok_or(error)
    }
}

impl TokenSource for OAuth2 {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(self.get(context))
    }
}
