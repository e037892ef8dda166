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
    /// An officially assigned ISO 3166-1 alpha-2 code, as of January 2026.
    CountryCode,
    /// An active ISO 4217 alpha-3 code, as of 1 January 2026.
    CurrencyCode,
    /// A decimal number that [`Decimal`](crate::Decimal) can hold.
    Decimal,
}
