//! How many retries the calls of a client share.

use std::sync::atomic::{AtomicU32, Ordering};

use super::RetryKind;

const CAPACITY: u32 = 500;
const TRANSIENT_COST: u32 = 10;
const THROTTLED_COST: u32 = 20;
const EARNED: u32 = 1;

/// A bucket of tokens. Retries take some out, successes put some back; when it is empty, calls fail at their
/// first attempt.
///
/// A client has one for its calls and another one for its pollers, so that an outage is not made worse by
/// everybody's retries, and those who ask for states use up nothing that sending needs:
///
/// | | tokens |
/// |---|---|
/// | the bucket holds, and starts with | 500 |
/// | a retry after a transient failure takes | 10 |
/// | a retry after throttling takes | 20 |
/// | a call that succeeds at its first attempt gives | 1 |
/// | a call that succeeds at a later one gives | what its last retry took |
///
/// So a total outage sees at most 50 retries, or 25 where it answers 429 or 503, whatever the number of
/// calls. Where one attempt in five fails, the successes pay for the retries; where more fail, the bucket
/// runs dry. It does not fill up with time: that would keep on sending into an outage. The first successes
/// after it do.
///
/// It is a single atomic number, and a success that finds it full does not write.
#[derive(Debug)]
pub struct Budget {
    tokens: AtomicU32,
    capacity: u32,
    transient_cost: u32,
    throttled_cost: u32,
    earned: u32,
}

impl Budget {
    /// Creates a full bucket of the default size.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    /// Creates a full bucket of another size; 0 forbids all retries but those after a token refresh.
    #[must_use]
    pub const fn with_capacity(capacity: u32) -> Self {
        Self {
            tokens: AtomicU32::new(capacity),
            capacity,
            transient_cost: TRANSIENT_COST,
            throttled_cost: THROTTLED_COST,
            earned: EARNED,
        }
    }

    /// Creates a bucket that never runs dry. In an outage, nothing but the policy then limits the retries.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self::with_capacity(0).costs(0, 0)
    }

    /// Sets what a retry costs after a transient failure and after throttling.
    #[must_use]
    pub const fn costs(mut self, transient: u32, throttled: u32) -> Self {
        self.transient_cost = transient;
        self.throttled_cost = throttled;
        self
    }

    /// Sets what a call gives that succeeds at its first attempt.
    #[must_use]
    pub const fn earned(mut self, earned: u32) -> Self {
        self.earned = earned;
        self
    }

    /// Returns the number of tokens that are left.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Takes what a retry costs, or nothing if there is too little.
    pub(super) fn withdraw(&self, kind: RetryKind) -> Option<Withdrawal<'_>> {
        let cost = match kind {
            RetryKind::Transient => self.transient_cost,
            RetryKind::Throttled => self.throttled_cost,
        };
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(cost))
            .ok()
            .map(|_| Withdrawal { budget: self, cost })
    }

    /// Puts back what a success gives; `spent` is what its last retry took.
    pub(super) fn succeeded(&self, spent: Option<u32>) {
        self.put_back(spent.unwrap_or(self.earned));
    }

    fn put_back(&self, tokens: u32) {
        // A closure that gives `None` leaves the number unwritten; that is no failure.
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |now| {
            (now < self.capacity).then(|| now.saturating_add(tokens).min(self.capacity))
        });
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new()
    }
}

/// The tokens for a retry that is still to be sent. A call that is dropped while it waits puts them back.
#[derive(Debug)]
#[must_use]
pub(super) struct Withdrawal<'a> {
    budget: &'a Budget,
    cost: u32,
}

impl Withdrawal<'_> {
    /// The retry is sent: the tokens are gone. Gives their number.
    pub(super) fn spend(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        self.budget.put_back(self.cost);
    }
}
