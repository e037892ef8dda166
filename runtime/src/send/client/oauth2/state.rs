//! The state of a source, and what it means for a caller. Nothing here waits or sends.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use secrecy::SecretString;

use super::{
    super::{Token, TokenError, TokenProblem},
    StoreError, StoredToken,
    failure::TokenFailure,
    pending::PendingRequest,
};

/// How long a refusal is returned to all callers before the next request; how long after a failed early
/// refresh, or a failed save, the next one is made; and how long a token that replaced a refused one counts
/// as the best there is.
pub(super) const QUIET: Duration = Duration::from_secs(10);
/// The maximum wait that a service can ask for. Callers after it send a request.
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// The minimum time that a token is used, whatever lifetime the service states, unless the service refuses
/// it. So a lifetime of zero or less costs one request in this time, and not one for every call.
const SHORTEST_USE: Duration = Duration::from_secs(10);
/// How far the system time may go back before times that were stored are ignored.
const SLACK: Duration = Duration::from_secs(60);

/// The state of a source. Times are system times: a source may be shared by clients with different clocks,
/// and tokens go on expiring while the machine sleeps.
#[derive(Default)]
pub(super) struct TokenState {
    pub(super) current: Option<CurrentToken>,
    /// What is in the store, or should be.
    pub(super) stored: StoredToken,
    /// Whether the store has been read, so that `stored` stands in for it.
    pub(super) is_read: bool,
    /// Whether the store has been locked once, so that it could be written then.
    pub(super) was_locked: bool,
    /// A refresh token that the service found invalid, and its failure.
    pub(super) rejected: Option<(SecretString, TokenFailure)>,
    /// The number of refreshes that have ended.
    pub(super) refreshes: u64,
    pub(super) failure: Option<RecentFailure>,
    /// When the service last replaced a refused token.
    pub(super) replaced_at: Option<SystemTime>,
    pub(super) save_state: SaveState,
    /// The request of a call that was dropped before the response came.
    pub(super) pending: Option<PendingRequest>,
    pub(super) store_error: Option<Arc<StoreError>>,
}

/// The access token in use.
pub(super) struct CurrentToken {
    pub(super) token: Token,
    pub(super) since: SystemTime,
    pub(super) lifetime: Option<Duration>,
    /// How long before its expiry it is refreshed.
    pub(super) early: Duration,
}

/// The failure of the last refresh.
pub(super) struct RecentFailure {
    pub(super) failure: TokenFailure,
    pub(super) at: SystemTime,
}

/// Whether `stored` is in the store.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SaveState {
    /// It is, or it need not be.
    #[default]
    Done,
    /// It is not: it is about to be saved, or the save was dropped.
    Due,
    /// It is not: the store failed at this time.
    Failed(SystemTime),
}

/// What a caller has to do.
#[derive(Debug)]
pub(super) enum TokenAction {
    Use(Token),
    /// The same, and to save what could not be saved before.
    UseAndSave(Token),
    Fail(TokenError),
    /// To refresh the token, or to use `fallback` if another caller already does.
    Refresh {
        fallback: Option<Token>,
    },
}

/// Returns the time since `since`, or `None` if the system time has gone back.
fn passed(since: SystemTime, now: SystemTime) -> Option<Duration> {
    match now.duration_since(since) {
        Ok(passed) => Some(passed),
        Err(back) => (back.duration() <= SLACK).then_some(Duration::ZERO),
    }
}

impl CurrentToken {
    /// Creates a token. `early` is the setting of the user; it is limited to a tenth of the lifetime.
    pub(super) fn new(token: Token, since: SystemTime, lifetime: Option<Duration>, early: Duration) -> Self {
        let early = lifetime.map_or(early, |lifetime| early.min(lifetime / 10));
        Self { token, since, lifetime, early }
    }

    pub(super) fn is_valid(&self, now: SystemTime) -> bool {
        self.lives_for(Duration::ZERO, now)
    }

    pub(super) fn is_due(&self, now: SystemTime) -> bool {
        !self.lives_for(self.early, now)
    }

    fn lives_for(&self, margin: Duration, now: SystemTime) -> bool {
        passed(self.since, now).is_some_and(|passed| {
            self.lifetime.is_none_or(|lifetime| passed < lifetime.saturating_sub(margin).max(SHORTEST_USE))
        })
    }

    /// Whether the lifetime that the service stated is over, though the token may still be in use.
    fn has_outlived(&self, now: SystemTime) -> bool {
        let stated = self.lifetime.filter(|lifetime| !lifetime.is_zero());
        stated.zip(passed(self.since, now)).is_some_and(|(lifetime, passed)| passed >= lifetime)
    }
}

impl RecentFailure {
    /// Returns true if it is still returned to callers, with or without a `fallback` token.
    fn holds(&self, now: SystemTime, fallback: bool) -> bool {
        let asked_for = self.failure.wait.unwrap_or_default().min(LONGEST_WAIT);
        let quiet = if fallback || !self.failure.is_transient() { asked_for.max(QUIET) } else { asked_for };
        passed(self.at, now).is_some_and(|passed| passed < quiet)
    }

    /// Returns the error for a caller now, with the rest of the wait that the service asked for.
    fn error(&self, now: SystemTime) -> TokenError {
        let passed = passed(self.at, now).unwrap_or_default();
        let left = self.failure.wait.and_then(|wait| wait.checked_sub(passed));
        self.failure.error().after(left.filter(|left| !left.is_zero()))
    }
}

impl TokenState {
    /// Returns what a caller has to do. `waited_since` is the number of refreshes at which it began to wait
    /// for that of another caller, whose result is then its own.
    pub(super) fn step(
        &self,
        now: SystemTime,
        refused: Option<&Token>,
        waited_since: Option<u64>,
    ) -> TokenAction {
        let news = waited_since.is_some_and(|refreshes| refreshes != self.refreshes);
        let Some(held) = self.usable(refused) else {
            // That a short-lived token is refused at its expiry does not mean that another one would be
            // refused too.
            let is_current =
                refused.is_some() && self.current.as_ref().is_some_and(|current| !current.has_outlived(now));
            if is_current
                && self.replaced_at.and_then(|at| passed(at, now)).is_some_and(|passed| passed < QUIET)
            {
                return TokenAction::Fail(TokenError::new(TokenProblem::NoOther));
            }
            return self.standing(now, news).unwrap_or(TokenAction::Refresh { fallback: None });
        };
        let token = || held.token.clone();
        if !held.is_due(now) || (news && self.failure.is_none()) {
            return if self.should_save(now) {
                TokenAction::UseAndSave(token())
            } else {
                TokenAction::Use(token())
            };
        }
        if held.is_valid(now) {
            let is_quiet = self.failure.as_ref().is_some_and(|standing| news || standing.holds(now, true));
            return if is_quiet {
                TokenAction::Use(token())
            } else {
                TokenAction::Refresh { fallback: Some(token()) }
            };
        }
        self.standing(now, news).unwrap_or(TokenAction::Refresh { fallback: None })
    }

    /// The current token, if it is not the one that was refused.
    pub(super) fn usable(&self, refused: Option<&Token>) -> Option<&CurrentToken> {
        self.current.as_ref().filter(|held| !refused.is_some_and(|refused| refused.is_same(&held.token)))
    }

    fn standing(&self, now: SystemTime, news: bool) -> Option<TokenAction> {
        let standing = self.failure.as_ref().filter(|standing| news || standing.holds(now, false))?;
        Some(TokenAction::Fail(standing.error(now)))
    }

    pub(super) fn should_save(&self, now: SystemTime) -> bool {
        match self.save_state {
            SaveState::Done => false,
            SaveState::Due => true,
            SaveState::Failed(at) => passed(at, now).is_none_or(|passed| passed >= QUIET),
        }
    }

    /// Sets the new token.
    pub(super) fn succeeded(&mut self, held: CurrentToken) {
        self.current = Some(held);
        self.failure = None;
        self.pending = None;
        self.refreshes += 1;
    }

    /// Sets what is to be stored, and saved if there is a store.
    pub(super) fn keep(&mut self, token: StoredToken, has_store: bool) {
        self.stored = token;
        self.rejected = None;
        self.save_state = if has_store { SaveState::Due } else { SaveState::Done };
    }

    /// Sets the failure of a refresh.
    pub(super) fn failed(&mut self, failure: TokenFailure, at: SystemTime) {
        self.failure = Some(RecentFailure { failure, at });
        self.refreshes += 1;
    }
}
