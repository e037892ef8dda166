//! What a source remembers, and what follows from it for a caller. Nothing here waits or asks.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use secrecy::SecretString;

use super::{
    super::{Token, TokenError, TokenProblem},
    StoreError, StoredToken,
    failure::Failure,
    question::Question,
};

/// How long a refusal answers all callers before the service is asked again; how long a failed early renewal, or a failed save,
/// is left alone; and how long a token that was got for a refused one counts as the best that there is.
pub(super) const QUIET: Duration = Duration::from_secs(10);
/// A service that asks to be left alone for longer is asked again after this time by callers that come later.
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// A token is used for at least so long, whatever lifetime the service states, unless the service refuses it.
/// So a lifetime of zero or less costs one question in this time and not one for every call.
const SHORTEST_USE: Duration = Duration::from_secs(10);
/// How far the time of day may go back before what was remembered by it is forgotten.
const SLACK: Duration = Duration::from_secs(60);

/// What a source remembers. Times are those of the day: a source may be shared by clients, each with a clock that began when it
/// was made, and tokens go on expiring while the machine sleeps.
#[derive(Default)]
pub(super) struct State {
    pub(super) current: Option<Held>,
    /// What is in the store, or should be.
    pub(super) kept: StoredToken,
    /// Whether the store has been read, so that `kept` stands in for it.
    pub(super) is_read: bool,
    /// Whether the store has been locked once, which says that it could be written then.
    pub(super) was_locked: bool,
    /// A refresh token that the service found bad, and how it said so.
    pub(super) dead: Option<(SecretString, Failure)>,
    /// How many renewals have come to an end.
    pub(super) rounds: u64,
    pub(super) failure: Option<Standing>,
    /// When the service last gave a token in place of a refused one.
    pub(super) replaced_at: Option<SystemTime>,
    pub(super) saving: Saving,
    /// The question of a call that went away before the answer came.
    pub(super) left: Option<Question>,
    pub(super) store_error: Option<Arc<StoreError>>,
}

/// The access token in use.
pub(super) struct Held {
    pub(super) token: Token,
    pub(super) since: SystemTime,
    pub(super) lifetime: Option<Duration>,
    /// How long before its end it is renewed.
    pub(super) early: Duration,
}

/// The end of the last renewal, if it was not a good one.
pub(super) struct Standing {
    pub(super) failure: Failure,
    pub(super) at: SystemTime,
}

/// Whether `kept` is in the store.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Saving {
    /// It is, or it need not be.
    #[default]
    Done,
    /// It is not, and somebody is about to save it, or was dropped in the middle.
    Due,
    /// It is not: the store failed at this moment.
    Failed(SystemTime),
}

/// What a caller has to do.
#[derive(Debug)]
pub(super) enum Step {
    Give(Token),
    /// The same, and what could not be saved before should be saved now.
    GiveAndSave(Token),
    Fail(TokenError),
    /// If somebody else does so already, `spare` will do.
    Renew {
        spare: Option<Token>,
    },
}

/// The time since a moment. `None`: the time of day has jumped back, so nobody knows.
fn passed(since: SystemTime, now: SystemTime) -> Option<Duration> {
    match now.duration_since(since) {
        Ok(passed) => Some(passed),
        Err(back) => (back.duration() <= SLACK).then_some(Duration::ZERO),
    }
}

impl Held {
    /// `early` is what the user asked for; it is never more than a tenth of the lifetime.
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

impl Standing {
    /// Whether it still answers callers that have no other token, or those that have one (`spare`).
    fn holds(&self, now: SystemTime, spare: bool) -> bool {
        let asked_for = self.failure.wait.unwrap_or_default().min(LONGEST_WAIT);
        let quiet = if spare || !self.failure.is_transient() { asked_for.max(QUIET) } else { asked_for };
        passed(self.at, now).is_some_and(|passed| passed < quiet)
    }

    /// The error for a caller who asks now: of the wait that the service asked for, the rest is left.
    fn error(&self, now: SystemTime) -> TokenError {
        let passed = passed(self.at, now).unwrap_or_default();
        let left = self.failure.wait.and_then(|wait| wait.checked_sub(passed));
        self.failure.error().after(left.filter(|left| !left.is_zero()))
    }
}

impl State {
    /// What to do for a caller whose token was refused, or who has none. `waited_since` is the number of rounds at which it began
    /// to wait for somebody else's renewal: the end of that one is then its own.
    pub(super) fn step(&self, now: SystemTime, refused: Option<&Token>, waited_since: Option<u64>) -> Step {
        let news = waited_since.is_some_and(|rounds| rounds != self.rounds);
        let Some(held) = self.usable(refused) else {
            // A short-lived token that is refused at its end is no sign that another one would be refused
            // too.
            let is_current =
                refused.is_some() && self.current.as_ref().is_some_and(|current| !current.has_outlived(now));
            if is_current
                && self.replaced_at.and_then(|at| passed(at, now)).is_some_and(|passed| passed < QUIET)
            {
                return Step::Fail(TokenError::new(TokenProblem::NoOther));
            }
            return self.standing(now, news).unwrap_or(Step::Renew { spare: None });
        };
        let token = || held.token.clone();
        if !held.is_due(now) || (news && self.failure.is_none()) {
            return if self.should_save(now) { Step::GiveAndSave(token()) } else { Step::Give(token()) };
        }
        if held.is_valid(now) {
            let is_quiet = self.failure.as_ref().is_some_and(|standing| news || standing.holds(now, true));
            return if is_quiet { Step::Give(token()) } else { Step::Renew { spare: Some(token()) } };
        }
        self.standing(now, news).unwrap_or(Step::Renew { spare: None })
    }

    /// The current token, if it is not the one that was refused.
    pub(super) fn usable(&self, refused: Option<&Token>) -> Option<&Held> {
        self.current.as_ref().filter(|held| !refused.is_some_and(|refused| refused.is_same(&held.token)))
    }

    fn standing(&self, now: SystemTime, news: bool) -> Option<Step> {
        let standing = self.failure.as_ref().filter(|standing| news || standing.holds(now, false))?;
        Some(Step::Fail(standing.error(now)))
    }

    pub(super) fn should_save(&self, now: SystemTime) -> bool {
        match self.saving {
            Saving::Done => false,
            Saving::Due => true,
            Saving::Failed(at) => passed(at, now).is_none_or(|passed| passed >= QUIET),
        }
    }

    /// There is a token.
    pub(super) fn succeeded(&mut self, held: Held) {
        self.current = Some(held);
        self.failure = None;
        self.left = None;
        self.rounds += 1;
    }

    /// There is something new to keep, and to save if there is a store.
    pub(super) fn keep(&mut self, token: StoredToken, has_store: bool) {
        self.kept = token;
        self.dead = None;
        self.saving = if has_store { Saving::Due } else { Saving::Done };
    }

    /// There is none.
    pub(super) fn failed(&mut self, failure: Failure, at: SystemTime) {
        self.failure = Some(Standing { failure, at });
        self.rounds += 1;
    }
}
