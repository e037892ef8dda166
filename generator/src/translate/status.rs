//! Names and documentation of responses by their statuses.

use super::docs;
use crate::api::Response;
use crate::ident::{Scope, TypeIdent};
use crate::rust::ResponseStatus;

/// Takes a name for the variant of a response.
pub(super) fn variant(scope: &mut Scope, status: ResponseStatus) -> TypeIdent {
    let name = match status {
        ResponseStatus::Code(code) => name(code),
        ResponseStatus::Range(digit) => name_of_range(digit).to_owned(),
        ResponseStatus::Default => "Other".to_owned(),
    };
    scope.type_ident(TypeIdent::new(&name, "Status"))
}

/// Returns the documentation of the variant of a response.
pub(super) fn variant_docs(response: &Response, status: ResponseStatus) -> Vec<String> {
    let label = match status {
        ResponseStatus::Code(code) => code.to_string(),
        ResponseStatus::Range(digit) => format!("{digit}XX"),
        ResponseStatus::Default => "Every other status".to_owned(),
    };
    let mut lines = docs::item(&response.docs, "");
    match lines.first() {
        Some(first) if first.starts_with(|c: char| c.is_alphanumeric()) => {
            lines[0] = format!("{label}: {first}");
        }
        // What is no running text, such as a list, stays a paragraph of its own.
        Some(_) => drop(lines.splice(0..0, [format!("{label}."), String::new()])),
        None => lines.push(format!("{label}.")),
    }
    docs::sourced(lines, &response.docs)
}

/// Returns the reason phrase in camel case, or `Status499`.
fn name(code: u16) -> String {
    let known = REASONS.iter().find(|(known, _)| *known == code);
    known.map_or_else(|| format!("Status{code}"), |(_, reason)| (*reason).to_owned())
}

/// Returns the name of all statuses that begin with the digit.
fn name_of_range(digit: u8) -> &'static str {
    match digit {
        1 => "Informational",
        2 => "Success",
        3 => "Redirection",
        4 => "ClientError",
        _ => "ServerError",
    }
}

/// RFC 9110 and the registry of statuses, in the spelling that most libraries of HTTP use.
const REASONS: [(u16, &str); 61] = [
    (100, "Continue"),
    (101, "SwitchingProtocols"),
    (102, "Processing"),
    (103, "EarlyHints"),
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (208, "AlreadyReported"),
    (226, "ImUsed"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (305, "UseProxy"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "PayloadTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (418, "ImATeapot"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableEntity"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (506, "VariantAlsoNegotiates"),
    (507, "InsufficientStorage"),
    (508, "LoopDetected"),
    (511, "NetworkAuthenticationRequired"),
];
