//! Issuers of card numbers: the first digits, and the number of digits.
//!
//! By ISO/IEC 7812-1 the first six to eight digits are those of the issuer. The ranges are those that the
//! payment networks state in their merchant guides and brand pages, as of January 2026, restricted to lengths
//! from 13 to 19. If networks share a range (co-branded cards), or one lies in another's, one row stands for
//! all.
//!
//! The list is wider than today's ranges in two ways. Maestro has all ranges that its network routes, 50, 56
//! to 58, 63 and 67, and not only those that are known by name: the rest was given to banks. And brands that
//! no longer exist (enRoute, the 15 digits of JCB) are included, because their numbers are still in old data,
//! and services still list such brands. enRoute had no check digit, so that one number in ten is found. A
//! card number that is missed is a leak. A false alarm needs the right number of digits, the right first
//! digits and the right check digit; such ids are rare.

/// A range of first digits.
struct Range {
    /// The first six digits, from `low` to `high`.
    low: u32,
    high: u32,
    /// A bit for each number of digits.
    lengths: u32,
}

const fn range(low: u32, high: u32, lengths: u32) -> Range {
    Range { low, high, lengths }
}

const fn of(length: u32) -> u32 {
    1 << length
}

const FROM_13_TO_19: u32 = of(20) - of(13);
const FROM_14_TO_19: u32 = of(20) - of(14);
const FROM_16_TO_19: u32 = of(20) - of(16);

static RANGES: [Range; 26] = [
    // UATP, the air travel card; AirPlus among its issuers. JCB's 1800 lies within.
    range(100_000, 199_999, of(15)),
    // enRoute.
    range(201_400, 201_499, of(15)),
    range(214_900, 214_999, of(15)),
    // JCB, the older series.
    range(213_100, 213_199, of(15)),
    // Mir.
    range(220_000, 220_499, FROM_16_TO_19),
    // Mastercard, the newer series.
    range(222_100, 272_099, of(16)),
    // Diners Club.
    range(300_000, 305_999, FROM_14_TO_19),
    range(309_500, 309_599, FROM_14_TO_19),
    range(360_000, 369_999, FROM_14_TO_19),
    range(380_000, 399_999, FROM_14_TO_19),
    // American Express.
    range(340_000, 349_999, of(15)),
    range(370_000, 379_999, of(15)),
    // JCB.
    range(352_800, 358_999, FROM_16_TO_19),
    // Visa, Electron and V Pay among it.
    range(400_000, 499_999, of(13) | of(16) | of(19)),
    // Maestro, and within it Dankort, Elo, Verve and RuPay.
    range(500_000, 509_999, FROM_13_TO_19),
    // Mastercard.
    range(510_000, 559_999, of(16)),
    // Maestro.
    range(560_000, 589_999, FROM_13_TO_19),
    // Discover, and what it shares with RuPay, Troy and Elo.
    range(601_100, 601_199, FROM_16_TO_19),
    range(644_000, 659_999, FROM_16_TO_19),
    // Hipercard.
    range(606_282, 606_282, of(16)),
    // RuPay.
    range(606_985, 608_500, of(16)),
    // UnionPay, and what it shares with Discover.
    range(620_000, 629_999, FROM_16_TO_19),
    // Maestro, and within it Elo, InterPayment, InstaPayment, Laser and Solo.
    range(630_000, 639_999, FROM_13_TO_19),
    range(670_000, 679_999, FROM_13_TO_19),
    // UnionPay and RuPay.
    range(810_000, 820_199, FROM_16_TO_19),
    // Troy.
    range(979_200, 979_299, of(16)),
];

/// Returns whether a card number of this length may begin with these six digits.
pub(super) fn is_issued(first_six: u32, length: usize) -> bool {
    let Ok(length) = u32::try_from(length) else { return false };
    let known = |range: &Range| {
        (range.low..=range.high).contains(&first_six) && range.lengths >> length.min(31) & 1 == 1
    };
    RANGES.iter().any(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_valid() {
        for range in &RANGES {
            assert!((100_000..=range.high).contains(&range.low), "{}", range.low);
            assert!(range.high <= 999_999);
            assert!(range.lengths != 0 && range.lengths & !FROM_13_TO_19 == 0);
        }
    }

    #[test]
    fn the_length_is_part_of_the_range() {
        for (first_six, length, expected) in [
            (411_111, 16, true),
            (411_111, 13, true),
            (411_111, 15, false),
            (378_282, 15, true),
            (378_282, 16, false),
            (555_555, 16, true),
            (500_000, 13, true),
            (560_000, 16, true),
            (589_999, 19, true),
            (590_000, 16, false),
            (639_999, 18, true),
            (679_999, 17, true),
            (680_000, 16, false),
            (213_100, 15, true),
            (213_100, 16, false),
            (180_000, 15, true),
            (201_400, 15, true),
            (214_999, 15, true),
            (215_000, 15, false),
            (222_099, 16, false),
            (222_100, 16, true),
            (272_099, 16, true),
            (272_100, 16, false),
            (123_456, 15, true),
            (123_456, 16, false),
            (0, 16, false),
            (999_999, 16, false),
            (411_111, 0, false),
            (411_111, usize::MAX, false),
        ] {
            assert_eq!(is_issued(first_six, length), expected, "{first_six} {length}");
        }
    }
}
