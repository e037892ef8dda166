//! The check of each format.

use std::str::FromStr;

use super::{base64, country, currency, email, host, uri};
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
        Format::LocalDateTime => parses_as::<LocalTimestamp>(text),
        Format::Uuid => uuid::is_uuid(text),
        Format::Email => email::is_email(text),
        Format::Hostname => host::is_hostname(text),
        Format::Ipv4 => host::is_ip_v4(text),
        Format::Ipv6 => host::is_ip_v6(text),
        Format::Uri => uri::is_uri(text),
        Format::UriReference => uri::is_uri_reference(text),
        Format::Base64 => base64::is_base64(text),
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

    const ALL: [Format; 14] = [
        Format::Date,
        Format::DateTime,
        Format::LocalDateTime,
        Format::Uuid,
        Format::Email,
        Format::Hostname,
        Format::Ipv4,
        Format::Ipv6,
        Format::Uri,
        Format::UriReference,
        Format::Base64,
        Format::CountryCode,
        Format::CurrencyCode,
        Format::Decimal,
    ];

    /// Formats that many texts of other formats have too.
    const MANY: [Format; 4] = [Format::Hostname, Format::Ipv4, Format::UriReference, Format::Base64];

    #[test]
    fn each_format_has_its_check() {
        for (format, text) in [
            (Format::Date, "2024-02-29"),
            (Format::DateTime, "2024-02-29T09:30:00Z"),
            (Format::LocalDateTime, "2024-02-29T09:30:00.000"),
            (Format::Uuid, "59edf00e-6e0a-46c4-bf59-c233000c5b98"),
            (Format::Email, "john.doe@example.com"),
            (Format::Ipv6, "2001:db8::1"),
            (Format::Uri, "https://example.com/"),
            (Format::CountryCode, "DE"),
            (Format::CurrencyCode, "EUR"),
            (Format::Decimal, "-405.10"),
        ] {
            for other in ALL.into_iter().filter(|other| !MANY.contains(other)) {
                // A local date and time may have an offset: its exact form is left to a pattern.
                let readable = format == Format::DateTime && other == Format::LocalDateTime;
                assert_eq!(matches(other, text.as_bytes()), other == format || readable, "{other:?} {text}");
            }
        }
        for (format, text, wrong) in [
            (Format::Hostname, "example.com", "example..com"),
            (Format::Ipv4, "127.0.0.1", "127.0.0.01"),
            (Format::UriReference, "../a", "1:a"),
            (Format::Base64, "Zm8=", "Zm8"),
        ] {
            assert!(matches(format, text.as_bytes()) && !matches(format, wrong.as_bytes()), "{format:?}");
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
            ("2024-02-29T09:30:00.12345678901234567890Z", true, true),
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
            ("2016-12-31T23:59:60", false, true),
            ("2016-12-31T23:58:60", false, false),
            ("2016-12-30T23:59:60", false, false),
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
        for format in ALL.into_iter().filter(|format| !MANY.contains(format)) {
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
