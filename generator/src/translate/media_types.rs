//! What media types mean: which of them are JSON, and which of several is preferred.

use crate::api::MediaType;

/// Returns whether the media type is `application/json` or one that is based on it.
pub(super) fn is_json(media_type: &str) -> bool {
    let name = essence(media_type);
    name == "application/json" || name.ends_with("+json")
}

pub(super) fn is_text(media_type: &str) -> bool {
    essence(media_type).starts_with("text/")
}

/// Returns whether the media type is open, such as `image/*`: whoever sends a body states its own.
pub(super) fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// Returns the media type without parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the index of the JSON among several media types: `application/json` before those based on it.
pub(super) fn json(content: &[MediaType]) -> Option<usize> {
    let plain = content.iter().position(|media| essence(&media.name) == "application/json");
    plain.or_else(|| content.iter().position(|media| is_json(&media.name)))
}

/// Returns the part of a media type that differs from others of its format.
pub(super) fn subtype(media_type: &str) -> String {
    let name = essence(media_type);
    match name.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((family, "*")) => family.to_owned(),
        Some((_, subtype)) => subtype.to_owned(),
        None => name,
    }
}
