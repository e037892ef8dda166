//! Days and times: whether the types of this crate read them, told from the bytes alone.

use crate::Timestamp;

/// Whether [`Date`](crate::Date) reads the text.
#[inline]
pub(super) fn is_date(text: &[u8]) -> bool {
    <&[u8; 10]>::try_from(text).is_ok_and(is_day)
}

/// Whether [`Timestamp`] reads the text.
pub(super) fn is_date_time(text: &[u8]) -> bool {
    match read(text) {
        Some(Read { second: 60, has_offset: true }) => is_leap_second(text),
        Some(Read { has_offset: true, .. }) => true,
        _ => false,
    }
}

/// Whether [`LocalTimestamp`](crate::LocalTimestamp) reads the text, or [`Timestamp`] does.
pub(super) fn is_local_date_time(text: &[u8]) -> bool {
    match read(text) {
        // Without an offset nobody can tell a leap second from a mistake.
        Some(Read { second: 60, has_offset }) => has_offset && is_leap_second(text),
        Some(_) => true,
        None => false,
    }
}

/// A second 60 is rare enough to ask the type itself whether it falls on the end of a month in UTC.
fn is_leap_second(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<Timestamp>().is_ok())
}

/// What more than the syntax counts of a date and time.
struct Read {
    second: u8,
    has_offset: bool,
}

/// Reads a day, a `T`, a time, perhaps a fraction of one to nine digits and perhaps an offset.
fn read(text: &[u8]) -> Option<Read> {
    let (day, rest) = text.split_first_chunk::<10>()?;
    let ([t, clock @ ..], rest) = rest.split_first_chunk::<9>()?;
    let second = second(*clock)?;
    if !is_day(day) || t | 0x20 != b't' {
        return None;
    }
    let rest = after_fraction(rest)?;
    let has_offset = !rest.is_empty();
    (!has_offset || is_offset(rest)).then_some(Read { second, has_offset })
}

/// The number that two digits make; 255 if they are none, which is more than any part of a date or time can be.
fn pair(tens: u8, ones: u8) -> u8 {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens < 10 && ones < 10 { tens * 10 + ones } else { u8::MAX }
}

/// `YYYY-MM-DD`, a day of the calendar.
///
/// All digits and hyphens are looked at together, and up to the 28th day the month is none too short.
#[inline]
fn is_day(text: &[u8; 10]) -> bool {
    let [begin @ .., d1, d2] = *text;
    let begin = u64::from_le_bytes(begin) ^ u64::from_le_bytes(*b"0000-00-");
    let day = u16::from_le_bytes([d1, d2]) ^ u16::from_le_bytes(*b"00");
    // More than nine shows in the upper half of a byte when six are added; a hyphen is 0 by now.
    let odd = (begin | begin.wrapping_add(0x0006_0600_0606_0606)) & 0xFFF0_F0FF_F0F0_F0F0;
    if odd != 0 || (day | day.wrapping_add(0x0606)) & 0xF0F0 != 0 {
        return false;
    }
    let [.., m1, m2, _] = begin.to_le_bytes();
    let [d1, d2] = day.to_le_bytes();
    let (month, day) = (m1 * 10 + m2, d1 * 10 + d2);
    (1..=12).contains(&month) && day >= 1 && (day <= 28 || day <= days(text, month))
}

/// How many days a month of the text's year has.
fn days(&[y1, y2, y3, y4, ..]: &[u8; 10], month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(pair(y1, y2), pair(y3, y4)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A century leaps only with the fourth one.
fn is_leap_year(century: u8, year: u8) -> bool {
    if year == 0 { century.is_multiple_of(4) } else { year.is_multiple_of(4) }
}

/// The second of `hh:mm:ss`, which may be 60.
fn second(text: [u8; 8]) -> Option<u8> {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = text else { return None };
    let second = pair(s1, s2);
    (pair(h1, h2) < 24 && pair(m1, m2) < 60 && second <= 60).then_some(second)
}

/// What follows the fraction of the second, or what there is if there is none.
fn after_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', fraction @ ..] = text else { return Some(text) };
    let digits = fraction.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    (1..=9).contains(&digits).then(|| &fraction[digits..])
}

/// `Z` or `±hh:mm`, less than a day.
fn is_offset(text: &[u8]) -> bool {
    match *text {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => pair(h1, h2) < 24 && pair(m1, m2) < 60,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Date, LocalTimestamp};

    #[test]
    fn every_day_of_the_calendar() {
        for year in [0, 1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 9999] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let text = format!("{year:04}-{month:02}-{day:02}");
                assert_eq!(is_date(text.as_bytes()), text.parse::<Date>().is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn times_by_example() {
        for (text, date_time, local) in [
            ("2024-02-29T09:30:00", false, true),
            ("2024-02-29T09:30:00.000", false, true),
            ("2024-02-29t09:30:00.000000001", false, true),
            ("2024-02-29T09:30:00Z", true, true),
            ("2024-02-29T09:30:00.5z", true, true),
            ("2024-02-29T09:30:00-00:00", true, true),
            ("2024-02-29T09:30:00.123456789+23:59", true, true),
            ("2024-02-29T09:30:00.1234567891Z", false, false),
            ("2024-02-29T09:30:00.Z", false, false),
            ("2024-02-29T09:30:00.", false, false),
            ("2024-02-29T09:30:00+24:00", false, false),
            ("2024-02-29T09:30:00+0100", false, false),
            ("2024-02-29T09:30:00+01", false, false),
            ("2024-02-29T09:30:00 Z", false, false),
            ("2024-02-29T09:30:00ZZ", false, false),
            ("2024-02-29 09:30:00Z", false, false),
            ("2024-02-30T09:30:00Z", false, false),
            ("2024-02-29T24:00:00Z", false, false),
            ("2024-02-29T09:60:00Z", false, false),
            ("2024-02-29T09:30:61Z", false, false),
            ("2024-02-29T09:30Z", false, false),
            ("2024-02-29T09:30", false, false),
            ("2024-02-29", false, false),
            ("2016-12-31T23:59:60", false, false),
            ("2016-12-31T23:59:60Z", true, true),
            ("2016-12-31T23:58:60Z", false, false),
            ("2017-01-01T00:59:60.5+01:00", true, true),
            ("", false, false),
        ] {
            assert_eq!(
                (is_date_time(text.as_bytes()), is_local_date_time(text.as_bytes())),
                (date_time, local),
                "{text}"
            );
        }
    }

    fn nearly_a_time() -> impl Strategy<Value = String> {
        let right = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt ]([01][0-9]|2[0-4]):[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,11})?(Z|z|[+-][0-2][0-9]:[0-6][0-9]|x)?";
        (right, any::<prop::sample::Index>(), prop::option::weighted(0.3, "[0-9TZ:. +-]{0,2}")).prop_map(
            |(mut text, place, other)| {
                if let Some(other) = other {
                    let place = place.index(text.len());
                    text.replace_range(place..=place, &other);
                }
                text
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn agrees_with_the_types(text in nearly_a_time()) {
            let instant = text.parse::<Timestamp>().is_ok();
            prop_assert_eq!(is_date_time(text.as_bytes()), instant);
            prop_assert_eq!(is_local_date_time(text.as_bytes()), instant || text.parse::<LocalTimestamp>().is_ok());
        }

        #[test]
        fn days_agree_with_the_type(text in "[0-9]{3,4}-[0-9]{2}-[0-9]{1,2}|\\PC{0,12}") {
            prop_assert_eq!(is_date(text.as_bytes()), text.parse::<Date>().is_ok());
        }
    }
}
