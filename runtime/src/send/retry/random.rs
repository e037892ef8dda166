//! Random numbers, for the part of a wait that keeps callers from coming back all at once.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// What a step of the generator adds: 2^64 divided by the golden ratio, so that all states are visited.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A source of numbers that are evenly spread; they need not be secret.
pub trait Random: Send + Sync {
    /// Returns the next number, from the whole range.
    fn next(&self) -> u64;
}

impl<R: Random + ?Sized> Random for Arc<R> {
    fn next(&self) -> u64 {
        self.as_ref().next()
    }
}

/// The generator `SplitMix64`: one atomic addition for each number, so all calls of a client share it without
/// a lock.
#[derive(Debug)]
pub struct Seeded(AtomicU64);

impl Seeded {
    /// Creates a generator whose numbers differ from process to process, and from generator to generator.
    ///
    /// Where the standard library has no source of random numbers, as in the browser
    /// (`wasm32-unknown-unknown`), they may be the same in every process, and so are the ids of calls that
    /// are made of them: take [`Seeded::from_seed`] there.
    #[must_use]
    pub fn new() -> Self {
        Self::from_seed(RandomState::new().hash_one(STEP))
    }

    /// Creates a generator from a seed. The same seed gives the same numbers.
    #[must_use]
    pub const fn from_seed(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Default for Seeded {
    fn default() -> Self {
        Self::new()
    }
}

impl Random for Seeded {
    fn next(&self) -> u64 {
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A duration from zero to `longest`, both included, to the nanosecond. Beyond 584 years it stays at those.
pub(crate) fn up_to(longest: Duration, random: &dyn Random) -> Duration {
    let nanos = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
    let share = u128::from(nanos) * (u128::from(random.next()) + 1);
    // The share is below 2^128, so what is left of it fits.
    Duration::from_nanos(u64::try_from(share >> 64).unwrap_or(nanos))
}
