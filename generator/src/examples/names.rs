//! Items of the runtime by the names that tables of the Rust model have for them.

use specwright_runtime::Code;
use specwright_runtime::validate::{self as runtime, codes};

/// Looks a name up in a list of items.
macro_rules! named {
    ($name:expr, $of:path: $($known:ident)*) => {
        match $name {
            $(stringify!($known) => Some({ use $of as items; items::$known }),)*
            _ => None,
        }
    };
}

pub(super) fn format(name: &str) -> Option<runtime::Format> {
    named!(name, runtime::Format:
        Date DateTime LocalDateTime Uuid Email Hostname Ipv4 Ipv6 Uri UriReference Base64 CountryCode
        CurrencyCode Decimal)
}

pub(super) fn code(name: &str) -> Code {
    let code = named!(name, codes:
        INVALID_JSON TOO_DEEP INVALID_TYPE MISSING_REQUIRED_FIELD INVALID_ENUM INVALID_SIZE INVALID_PATTERN
        INVALID_DATE INVALID_DATE_TIME INVALID_LOCAL_DATE_TIME INVALID_UUID INVALID_EMAIL INVALID_HOSTNAME
        INVALID_IPV4 INVALID_IPV6 INVALID_URI INVALID_URI_REFERENCE INVALID_BASE64 INVALID_COUNTRY_CODE
        INVALID_CURRENCY_CODE INVALID_DECIMAL INVALID_INTEGER UNUSUAL_INTEGER OUT_OF_RANGE TOO_MANY_DIGITS
        TOO_SMALL TOO_LARGE NOT_A_MULTIPLE TOO_FEW_ITEMS TOO_MANY_ITEMS DUPLICATE_ITEM TOO_FEW_PROPERTIES
        TOO_MANY_PROPERTIES UNKNOWN_PROPERTY FORBIDDEN_PROPERTY NO_MATCH AMBIGUOUS_MATCH FORBIDDEN_FORM
        AMBIGUOUS_FIELDS REQUIRED_HERE FORBIDDEN_HERE INCONSISTENT_VALUE FORBIDDEN_REFERENCE CARD_NUMBER);
    code.unwrap_or(codes::INVALID_TYPE)
}
