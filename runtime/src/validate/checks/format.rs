//! The check of each format.

use std::str::FromStr;

use super::{country, currency, email};
use crate::{
    validate::table::Format,
    values::{Date, Decimal, LocalTimestamp, Timestamp, uuid},
};

/// Returns whether a string, which is UTF-8, has the format.
#[inline]
pub(crate) fn matches(format: Format, text: &[u8]) -> bool {
    match format {
        Format::Date => parses_as::<Date>(text),
        Format::DateTime => parses_as::<Timestamp>(text),
        Format::LocalDateTime => parses_as::<LocalTimestamp>(text) || parses_as::<Timestamp>(text),
        Format::Uuid => uuid::is_uuid(text),
        Format::Email => email::is_email(text),
        Format::CountryCode => country::is_country(text),
        Format::CurrencyCode => currency::is_currency(text),
        Format::Decimal => parses_as::<Decimal>(text),
    }
}

/// Returns whether a type of the models can be read from the text.
fn parses_as<T: FromStr>(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<T>().is_ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Format; 8] = [
        Format::Date,
        Format::DateTime,
        Format::LocalDateTime,
        Format::Uuid,
        Format::Email,
        Format::CountryCode,
        Format::CurrencyCode,
        Format::Decimal,
    ];

    #[test]
    fn each_format_has_its_check() {
        for (format, text) in [
            (Format::Date, "2024-02-29"),
            (Format::DateTime, "2024-02-29T09:30:00Z"),
            (Format::LocalDateTime, "2024-02-29T09:30:00.000"),
            (Format::Uuid, "59edf00e-6e0a-46c4-bf59-c233000c5b98"),
            (Format::Email, "john.doe@example.com"),
            (Format::CountryCode, "DE"),
            (Format::CurrencyCode, "EUR"),
            (Format::Decimal, "405.10"),
        ] {
            for other in ALL {
                // A local date and time may have an offset: its exact form is left to a pattern.
                let readable = format == Format::DateTime && other == Format::LocalDateTime;
                assert_eq!(matches(other, text.as_bytes()), other == format || readable, "{other:?} {text}");
            }
        }
    }

    #[test]
    fn days_by_example() {
        for (text, expected) in [
            ("2024-02-29", true),
            ("0000-01-01", true),
            ("9999-12-31", true),
            ("2000-02-29", true),
            ("1900-02-29", false),
            ("2023-02-29", false),
            ("2024-04-31", false),
            ("2024-13-01", false),
            ("2024-00-01", false),
            ("2024-01-00", false),
            ("2024-1-01", false),
            ("2024-01-1", false),
            ("2024-01-01 ", false),
            ("+2024-01-01", false),
            ("2024/01/01", false),
        ] {
            assert_eq!(matches(Format::Date, text.as_bytes()), expected, "{text}");
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
            let found =
                [Format::DateTime, Format::LocalDateTime].map(|format| matches(format, text.as_bytes()));
            assert_eq!(found, [date_time, local], "{text}");
        }
    }

    #[test]
    fn nothing_is_none_of_them() {
        for format in ALL {
            for text in ["", " ", "\0", "\u{fffd}", "-", "--", ".", "@", "T", "Ｅ"] {
                assert!(!matches(format, text.as_bytes()), "{format:?} {text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,50}|[0-9a-fA-F.:@TZ+-]{0,50}") {
            for format in ALL {
                let _ = matches(format, text.as_bytes());
            }
        }
    }
}
