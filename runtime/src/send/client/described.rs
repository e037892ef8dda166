//! Whether a response is one that the definition describes as a success.

use std::fmt;

use http::header::CONTENT_TYPE;

use super::{RawResponse, read::ReadError};
use crate::{
    send::operation::{DeclaredResponse, Operation, Status},
    values::contains_card_number,
    wire::media_type::{essence, is_in_range, is_json, is_token},
};

/// Checks that the definition describes `response` as a success of `operation`: its status, and what can be
/// said of its body without decoding it.
///
/// The status must be one of 2xx that the definition declares, as such, as `2XX`, or as `default` where
/// neither a status of 2xx nor `2XX` is declared. An operation that declares none of them may succeed with
/// any status of 2xx.
///
/// The body must not be of a media type that contradicts the declared ones, such as the HTML page of a proxy
/// where JSON, or nothing, is declared. Where the media type is missing or says little (`text/plain`,
/// `application/octet-stream`), and wherever JSON is declared, the decoding decides. An empty body is an
/// error where JSON is declared.
///
/// # Errors
///
/// The response is not described. The error says why, without status and media type: see [`ResponseSummary`].
pub(crate) fn check_described(operation: &Operation, response: &RawResponse) -> Result<(), ReadError> {
    let described = success(operation.responses, response.status().as_u16())?;
    let declared = described.map_or(&[][..], |described| described.media_types);
    if response.body().is_empty() {
        let has_no_body = operation.method == "HEAD"
            || described.is_some_and(|described| matches!(described.status, Status::Code(204 | 205)));
        let is_complete = has_no_body || !declared.iter().any(|media_type| is_json(media_type));
        return if is_complete { Ok(()) } else { Err(EMPTY) };
    }
    match media_type(response) {
        Some(received) if fits(received, declared) => Ok(()),
        Some(_) => Err(FOREIGN),
        None if is_html_page(response.body()) && !fits("text/html", declared) => Err(HTML),
        None => Ok(()),
    }
}

/// The status and the media type of a response for an error message: `200 with text/html`.
///
/// A header may hold anything, so that a media type which is none, or repeats a card number, is not shown.
pub(crate) struct ResponseSummary<'a>(pub(crate) &'a RawResponse);

impl fmt::Display for ResponseSummary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(response) = self;
        write!(f, "{} with ", response.status().as_u16())?;
        match media_type(response) {
            _ if response.body().is_empty() => f.write_str("an empty body"),
            Some(name) if name.len() <= LONGEST_SHOWN && !contains_card_number(name.as_bytes()) => {
                f.write_str(name)
            }
            Some(_) => f.write_str("an unusual media type"),
            None => f.write_str("a body of no media type"),
        }
    }
}

/// Returns the declared response that a success of this status is described by, if the definition describes
/// successes.
fn success(
    responses: &'static [DeclaredResponse],
    status: u16,
) -> Result<Option<&'static DeclaredResponse>, ReadError> {
    if !(200..300).contains(&status) {
        return Err(ReadError::UNDECLARED);
    }
    let of = |wanted: Status| responses.iter().find(|declared| declared.status == wanted);
    if let Some(declared) = of(Status::Code(status)).or_else(|| of(Status::Range(2))) {
        return Ok(Some(declared));
    }
    let has_success = responses.iter().any(|declared| matches!(declared.status, Status::Code(200..300)));
    if has_success { Err(ReadError::UNDECLARED) } else { Ok(of(Status::Default)) }
}

/// Whether a body of the received media type may be one of the declared ones.
fn fits(received: &str, declared: &[&str]) -> bool {
    if declared.iter().any(|pattern| is_in_range(received, pattern)) {
        return true;
    }
    if is_html(received) {
        return false;
    }
    let says_little = ["text/plain", "application/octet-stream", "binary/octet-stream"];
    declared.is_empty()
        || says_little.iter().any(|name| received.eq_ignore_ascii_case(name))
        || declared.iter().any(|media_type| is_json(media_type))
}

fn is_html(media_type: &str) -> bool {
    ["text/html", "application/xhtml+xml"].iter().any(|name| media_type.eq_ignore_ascii_case(name))
}

/// Whether a body that says nothing of its media type begins as a page of HTML.
fn is_html_page(body: &[u8]) -> bool {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body).trim_ascii_start();
    ["<!doctype html", "<html"].iter().any(|start| {
        body.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start.as_bytes()))
    })
}

/// Returns the media type of a response without its parameters, if it has one that is well-formed.
fn media_type(response: &RawResponse) -> Option<&str> {
    let value = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    // A proxy may have appended another one.
    let name = essence(value.split(',').next()?);
    let (kind, subtype) = name.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(name)
}

/// The longest media type that is shown; registered ones are shorter (RFC 6838, section 4.2).
const LONGEST_SHOWN: usize = 127;

const EMPTY: ReadError = ReadError::new("the definition describes JSON");
const FOREIGN: ReadError = ReadError::new("the definition describes no body of this media type");
const HTML: ReadError = ReadError::new("the body is a page of HTML, which the definition does not describe");

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &[&str] = &["application/json"];
    const PLAIN: Operation = Operation::new("getPet", "GET", "/pets");

    fn response(status: u16, media_type: Option<&str>, body: &'static str) -> RawResponse {
        let mut response = RawResponse::new(bytes::Bytes::from_static(body.as_bytes()));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        let value = media_type.map(|name| http::HeaderValue::from_bytes(name.as_bytes()).unwrap());
        response.headers_mut().extend(value.map(|value| (CONTENT_TYPE, value)));
        response
    }

    /// The statuses among some of 2xx that are described, with a body that says little of itself.
    fn described(responses: &'static [DeclaredResponse]) -> Vec<u16> {
        let operation = PLAIN.responses(responses);
        let all = [200, 201, 202, 204, 299, 199, 302, 400];
        let is_described = |status: &u16| check_described(&operation, &response(*status, None, "1")).is_ok();
        all.into_iter().filter(is_described).collect()
    }

    #[test]
    fn only_declared_statuses_of_2xx_are_successes() {
        const fn of(status: Status) -> DeclaredResponse {
            DeclaredResponse::new(status, JSON)
        }
        const ANY: [u16; 5] = [200, 201, 202, 204, 299];
        assert_eq!(described(const { &[of(Status::Code(202)), of(Status::Default)] }), [202]);
        assert_eq!(described(const { &[of(Status::Code(200)), of(Status::Code(204))] }), [200, 204]);
        assert_eq!(described(const { &[of(Status::Range(2)), of(Status::Code(400))] }), ANY);
        assert_eq!(described(const { &[of(Status::Code(404)), of(Status::Default)] }), ANY);
        // Failures alone say nothing of what a success is, and neither does nothing at all.
        assert_eq!(described(const { &[of(Status::Code(404)), of(Status::Range(3))] }), ANY);
        assert_eq!(described(&[]), ANY);
    }

    #[test]
    fn a_body_may_not_contradict_the_declared_media_types() {
        let page = "<!DOCTYPE html><title>Sign in</title>";
        for (declared, received, body, expected) in [
            (JSON, Some("application/json; charset=utf-8"), "{}", true),
            (JSON, Some("Application/JSON"), "{}", true),
            // Whatever the header says, the decoding decides.
            (JSON, Some("text/plain"), "{}", true),
            (JSON, Some("text/json"), "{}", true),
            (JSON, Some("application/problem+json"), "{}", true),
            (JSON, Some("junk"), "{}", true),
            (JSON, Some("\u{ff}"), "{}", true),
            (JSON, None, "{}", true),
            (JSON, None, "", false),
            (JSON, Some("text/html"), page, false),
            (JSON, Some("text/html"), "{}", false),
            (JSON, Some("text/html,text/html; charset=utf-8"), page, false),
            (JSON, Some("application/xhtml+xml"), page, false),
            (JSON, None, page, false),
            (&[], Some("text/html; charset=utf-8"), page, false),
            (&[], None, "\u{feff} <HTML lang=en>", false),
            (&[], Some("application/json"), "{}", true),
            (&[], Some("text/plain"), "OK", true),
            (&[], None, "OK", true),
            (&[], None, "", true),
            (&["text/html"], Some("TEXT/HTML;charset=utf-8"), page, true),
            (&["text/html; charset=utf-8"], None, page, true),
            (&["text/*"], Some("text/html"), page, true),
            (&["*/*"], Some("text/html"), page, true),
            (&["text/csv"], Some("text/html"), page, false),
            (&["text/csv"], Some("application/json"), r#"{"error":1}"#, false),
            (&["text/csv"], Some("text/plain"), "a,b", true),
            (&["text/csv"], None, "", true),
            (&["image/png"], Some("application/octet-stream"), "png", true),
            (&["image/*"], Some("image/webp"), "webp", true),
            (&["image/*"], Some("application/pdf"), "pdf", false),
            (&["application/vnd.pet+json"], Some("application/json"), "{}", true),
            (&["text/csv", "application/json"], Some("application/xml"), "<x/>", true),
            (&["text/csv", "application/json"], Some("text/csv"), "a,b", true),
        ] {
            let responses: &'static [DeclaredResponse] =
                vec![DeclaredResponse::new(Status::Code(200), declared)].leak();
            let operation = PLAIN.responses(responses);
            let found = check_described(&operation, &response(200, received, body));
            assert_eq!(found.is_ok(), expected, "{declared:?}, {received:?}, {body:?}: {found:?}");
        }
    }

    #[test]
    fn what_has_no_body_by_its_nature_needs_none() {
        let no_content = const {
            &[DeclaredResponse::new(Status::Code(204), JSON), DeclaredResponse::new(Status::Code(205), JSON)]
        };
        for status in [204, 205] {
            assert!(check_described(&PLAIN.responses(no_content), &response(status, None, "")).is_ok());
        }
        let ok = const { &[DeclaredResponse::new(Status::Code(200), JSON)] };
        let head = Operation::new("headPet", "HEAD", "/pets").responses(ok);
        assert!(check_described(&head, &response(200, Some("application/json"), "")).is_ok());
        // JSON for every status of 2xx is JSON for 204 too.
        let range = const { &[DeclaredResponse::new(Status::Range(2), JSON)] };
        assert!(check_described(&PLAIN.responses(range), &response(204, None, "")).is_err());
    }

    #[test]
    fn an_answer_is_told_without_its_body() {
        for (media_type, body, expected) in [
            (Some("text/html; charset=utf-8"), "x", "200 with text/html"),
            (Some("application/json"), "", "200 with an empty body"),
            (Some("text html"), "x", "200 with a body of no media type"),
            (Some("a/4111111111111111"), "x", "200 with an unusual media type"),
            (Some(&*format!("a/{}", "b".repeat(200))), "x", "200 with an unusual media type"),
            (None, "x", "200 with a body of no media type"),
        ] {
            assert_eq!(ResponseSummary(&response(200, media_type, body)).to_string(), expected);
        }
    }
}
