//! What the token service answers, read with distrust.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use secrecy::SecretString;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::OAuth2Scheme;

/// Longer times than ten years are not believed, and no sum of times overflows.
const LONGEST: u64 = 10 * 366 * 86_400;
/// Numbers from here on are moments, seconds since 1970, and no spans of time.
const FIRST_MOMENT: u64 = 1_000_000_000;

/// A token and what came with it. Nothing of it is checked but its form.
pub(super) struct TokenResponse {
    pub(super) access_token: SecretString,
    pub(super) lifetime: Option<Duration>,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) refresh_expires_at: Option<SystemTime>,
    pub(super) base_url: Option<String>,
}

/// What an error says of itself.
#[derive(Default)]
pub(super) struct ErrorResponse {
    pub(super) code: Option<String>,
    pub(super) error: Option<String>,
    pub(super) base_url: Option<String>,
}

/// A refresh token, and when it expires.
pub(super) struct NewRefreshToken {
    pub(super) secret: SecretString,
    pub(super) expires_at: Option<SystemTime>,
}

/// Reads the response of a success; `None`: there is no token in it that could stand in a header.
pub(super) fn granted(body: &[u8], scheme: &OAuth2Scheme, now: SystemTime) -> Option<TokenResponse> {
    let members = object(body)?;
    let access_token = text(&members, "access_token")?;
    if !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    Some(TokenResponse {
        access_token: SecretString::from(access_token),
        lifetime: seconds(members.get("expires_in")).map(|seconds| Duration::from_secs(seconds.min(LONGEST))),
        refresh_token: text(&members, "refresh_token").map(SecretString::from),
        refresh_expires_at: refresh_expiry(&members, now),
        base_url: scheme.base_url_member.and_then(|name| text(&members, name)),
    })
}

/// Reads the refresh token of a success, even if the response breaks off behind it.
pub(super) fn refresh_token(body: &[u8], now: SystemTime) -> Option<NewRefreshToken> {
    let mut members = Map::new();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    // An error ends the reading; the members before it have been read whole.
    let _ = deserializer.deserialize_map(Members(&mut members));
    let secret = SecretString::from(text(&members, "refresh_token")?);
    Some(NewRefreshToken { secret, expires_at: refresh_expiry(&members, now) })
}

fn refresh_expiry(members: &Map<String, Value>, now: SystemTime) -> Option<SystemTime> {
    seconds(members.get("refresh_expires_in")).and_then(|seconds| moment(seconds, now))
}

/// Collects the members of an object one by one.
struct Members<'a>(&'a mut Map<String, Value>);

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry()? {
            self.0.insert(name, value);
        }
        Ok(())
    }
}

/// Reads an error, of which any part may be missing.
pub(super) fn error_response(body: &[u8], scheme: &OAuth2Scheme) -> ErrorResponse {
    let Some(members) = object(body) else { return ErrorResponse::default() };
    ErrorResponse {
        code: members.get(scheme.error_code_member).and_then(code),
        error: text(&members, "error"),
        base_url: scheme.base_url_member.and_then(|name| text(&members, name)),
    }
}

fn object(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(body).ok()
}

/// A text that is not empty; services write null and "" for what they do not have.
fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A code as schemes name it: `16` for `16`, `"16"` and `"016"`.
fn code(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => {
            Some(number.as_u64().map_or_else(|| number.to_string(), |code| code.to_string()))
        }
        Value::String(text) => {
            let text = text.trim();
            Some(text.parse::<u64>().map_or_else(|_| text.to_owned(), |number| number.to_string()))
        }
        _ => None,
    }
}

/// A number of seconds, written as a number or as a text. What is below zero is over, so it is zero; what is
/// no number is unknown.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float saturates as an integer")]
fn seconds(value: Option<&Value>) -> Option<u64> {
    let whole = |number: f64| number.is_finite().then_some(number as u64);
    match value? {
        Value::Number(number) => number.as_u64().or_else(|| number.as_f64().and_then(whole)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
        }
        _ => None,
    }
}

/// When a refresh token expires: services write a span of time, or the moment itself.
fn moment(seconds: u64, now: SystemTime) -> Option<SystemTime> {
    let from = if seconds < FIRST_MOMENT { now } else { UNIX_EPOCH };
    from.checked_add(Duration::from_secs(seconds))
}
