//! Chance, decided by a seed: with the same seed and the same calls everything happens again.

/// What the state of the generator grows by: 2^64 divided by the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Returns whether the event of this number happens, which it does with this probability.
pub(crate) fn is_hit(seed: u64, number: u64, probability: f64) -> bool {
    // The upper 32 bits are a fraction of 2^32, without rounding.
    let upper = u32::try_from(mixed(seed, number) >> 32).unwrap_or(u32::MAX);
    f64::from(upper) < probability * f64::from(u32::MAX) + probability
}

/// A step of `SplitMix64`, whose states are spread evenly.
fn mixed(seed: u64, number: u64) -> u64 {
    let state = seed.wrapping_add(STEP.wrapping_mul(number.wrapping_add(1)));
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_happen_as_often_as_they_should_and_again_with_the_same_seed() {
        for (probability, expected) in [(0.0, 0..=0), (0.25, 2350..=2650), (1.0, 10_000..=10_000)] {
            let hits = |seed| (0..10_000).filter(|number| is_hit(seed, *number, probability)).count();
            assert!(expected.contains(&hits(7)), "{probability}: {}", hits(7));
            assert_eq!(hits(7), hits(7));
        }
        assert!((0..64).any(|number| is_hit(1, number, 0.5) != is_hit(2, number, 0.5)));
    }
}
