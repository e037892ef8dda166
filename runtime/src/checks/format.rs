//! Which check belongs to which format.

use super::{country, currency, date, email, uuid};
use crate::{Decimal, validate::Format};

/// Whether a string, which is UTF-8, has the format.
#[inline]
pub(crate) fn holds(format: Format, text: &[u8]) -> bool {
    match format {
        Format::Date => date::is_date(text),
        Format::DateTime => date::is_date_time(text),
        Format::LocalDateTime => date::is_local_date_time(text),
        Format::Uuid => uuid::is_uuid(text),
        Format::Email => email::is_email(text),
        Format::CountryCode => country::is_country(text),
        Format::CurrencyCode => currency::is_currency(text),
        Format::Decimal => std::str::from_utf8(text).is_ok_and(|text| text.parse::<Decimal>().is_ok()),
    }
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
                // A timestamp with an offset can be read as one without, too: its exact form is a pattern's matter.
                let readable = format == Format::DateTime && other == Format::LocalDateTime;
                assert_eq!(holds(other, text.as_bytes()), other == format || readable, "{other:?} {text}");
            }
        }
    }

    #[test]
    fn nothing_is_none_of_them() {
        for format in ALL {
            for text in ["", " ", "\0", "\u{fffd}", "-", "--", ".", "@", "T", "Ｅ"] {
                assert!(!holds(format, text.as_bytes()), "{format:?} {text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,50}|[0-9a-fA-F.:@TZ+-]{0,50}") {
            for format in ALL {
                let _ = holds(format, text.as_bytes());
            }
        }
    }
}
