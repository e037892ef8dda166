//! Who issues card numbers: which first digits, and how many digits in all.
//!
//! ISO/IEC 7812-1 makes the first six to eight digits the issuer's. The ranges are those that the payment networks state
//! in their merchant guides and brand pages, as of January 2026, restricted to lengths from 13 to 19. Where networks share a range
//! (co-branded cards), one row stands for all.

/// A range of first digits.
struct Range {
    /// The first six digits, from and to.
    low: u32,
    high: u32,
    /// How many digits a number has: a bit for each length.
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

static RANGES: [Range; 40] = [
    // UATP, the air travel card; AirPlus among its issuers.
    range(100_000, 199_999, of(15)),
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
    // Maestro.
    range(501_800, 501_899, FROM_13_TO_19),
    range(502_000, 502_099, FROM_13_TO_19),
    range(503_800, 503_899, FROM_13_TO_19),
    range(589_300, 589_399, FROM_13_TO_19),
    range(630_400, 630_499, FROM_13_TO_19),
    range(675_900, 675_999, FROM_13_TO_19),
    range(676_100, 676_399, FROM_13_TO_19),
    range(676_770, 676_774, FROM_13_TO_19),
    // Dankort.
    range(501_900, 501_999, of(16)),
    // Elo.
    range(504_175, 504_175, of(16)),
    range(506_699, 506_778, of(16)),
    range(509_000, 509_999, of(16)),
    range(636_297, 636_297, of(16)),
    range(636_368, 636_368, of(16)),
    // Verve.
    range(506_099, 506_198, of(16) | of(18) | of(19)),
    range(507_865, 507_964, of(16) | of(18) | of(19)),
    // RuPay.
    range(508_500, 508_999, of(16)),
    range(606_985, 607_984, of(16)),
    range(608_001, 608_500, of(16)),
    range(817_200, 820_199, of(16)),
    // Mastercard.
    range(510_000, 559_999, of(16)),
    // Discover, and what it shares with RuPay, Troy and Elo.
    range(601_100, 601_199, FROM_16_TO_19),
    range(644_000, 649_999, FROM_16_TO_19),
    range(650_000, 659_999, FROM_16_TO_19),
    // Hipercard.
    range(606_282, 606_282, of(16)),
    // UnionPay, and what it shares with Discover.
    range(620_000, 629_999, FROM_16_TO_19),
    range(810_000, 817_199, FROM_16_TO_19),
    // InterPayment.
    range(636_000, 636_296, FROM_16_TO_19),
    // Troy.
    range(979_200, 979_299, of(16)),
];

/// Whether a number of so many digits may begin with these six.
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
    fn ranges_are_written_right() {
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
            (560_000, 16, false),
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
