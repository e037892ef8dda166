//! Chance from a seed: the same seed makes the same bodies.

/// A generator of numbers (xorshift).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below the given one; zero if that is zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from((self.number() >> 16) % limit.max(1) as u64).unwrap()
    }

    /// True so many times out of a hundred.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// How often to try: a number from the environment, or another.
pub(crate) fn rounds(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().map_or(usual, |rounds| {
        rounds.parse().unwrap_or_else(|_| panic!("{variable} is no number: {rounds}"))
    })
}
