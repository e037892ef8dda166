//! Formats of strings.

/// A format that validators check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `YYYY-MM-DD`, a day of the calendar.
    Date,
    /// RFC 3339, with an offset.
    DateTime,
    /// A date and a time, with an offset or without. The exact form is left to a pattern.
    LocalDateTime,
    /// The hyphenated form, in either case.
    Uuid,
    /// An e-mail address (RFC 5321 mailbox, ASCII).
    Email,
    /// The name of a host (RFC 1123), at most 253 characters.
    Hostname,
    /// An IPv4 address: four decimal numbers without leading zeros.
    Ipv4,
    /// An IPv6 address (RFC 4291), without a zone.
    Ipv6,
    /// A URI (RFC 3986), with a scheme.
    Uri,
    /// A URI or a reference that is relative to one (RFC 3986).
    UriReference,
    /// Base64 with padding (RFC 4648).
    Base64,
    /// An officially assigned ISO 3166-1 alpha-2 code, as of January 2026.
    CountryCode,
    /// An active ISO 4217 alpha-3 code, as of 1 January 2026.
    CurrencyCode,
    /// A decimal number that [`Decimal`](crate::Decimal) can hold.
    Decimal,
}

impl Format {
    /// Returns whether a text of the format may have so many digits in a row that they are a card number.
    pub(super) const fn may_have_card_number(self) -> bool {
        matches!(
            self,
            Self::Email | Self::Hostname | Self::Uri | Self::UriReference | Self::Base64 | Self::Decimal
        )
    }
}
