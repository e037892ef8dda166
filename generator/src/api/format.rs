//! The formats of strings that validators check.

/// A format of strings that validators check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckedFormat {
    Date,
    DateTime,
    LocalDateTime,
    Uuid,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    Base64,
    CountryCode,
    CurrencyCode,
    Decimal,
}

impl CheckedFormat {
    /// Returns the format of that name, if validators check it.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "date" => Self::Date,
            "date-time" => Self::DateTime,
            "local-date-time" => Self::LocalDateTime,
            "uuid" => Self::Uuid,
            "email" => Self::Email,
            "hostname" => Self::Hostname,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "uri" => Self::Uri,
            "uri-reference" => Self::UriReference,
            "byte" => Self::Base64,
            "country-code" => Self::CountryCode,
            "currency-code" => Self::CurrencyCode,
            "decimal" => Self::Decimal,
            _ => return None,
        })
    }
}
