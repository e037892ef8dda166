//! What a token file holds: one object that says what it is.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::StoredToken;

const FORMAT: &str = "specwright-tokens";
const VERSION: u64 = 1;
/// How every file begins, so that a torn one is known from one that was never ours.
const BEGINNING: &str = r#"{"format":"specwright-tokens""#;

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u64,
    token: &'a StoredToken,
}

#[derive(Deserialize)]
struct Read {
    token: StoredToken,
}

/// Why a file can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FormatError {
    Foreign,
    Damaged,
    LaterVersion(u64),
}

pub(super) fn write(token: &StoredToken) -> serde_json::Result<Vec<u8>> {
    let mut text = serde_json::to_vec(&Written { format: FORMAT, version: VERSION, token })?;
    text.push(b'\n');
    Ok(text)
}

/// The errors of the JSON reader are left out: they may repeat what they could not read.
pub(super) fn read(bytes: &[u8]) -> Result<StoredToken, FormatError> {
    let is_torn = bytes.starts_with(BEGINNING.as_bytes()) || BEGINNING.as_bytes().starts_with(bytes);
    let unreadable = if is_torn { FormatError::Damaged } else { FormatError::Foreign };
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return Err(unreadable) };
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(FormatError::Foreign);
    }
    match value.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(FormatError::LaterVersion(version)),
        _ => return Err(FormatError::Damaged),
    }
    serde_json::from_slice::<Read>(bytes).map(|read| read.token).map_err(|_| FormatError::Damaged)
}
