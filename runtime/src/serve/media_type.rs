//! Media types: those that a request has, and those that its sender reads.

use axum::http::{HeaderMap, header};

use crate::{
    operation::{Operation, Status},
    wire::media_type::{essence, is_in_family, is_range, is_single},
};

/// Returns the index of the declared media type that a `Content-Type` is of. One that is named with its
/// parameters goes first, then one that is named, then a range, which only single media types are in.
pub(super) fn declared(content_type: &str, declared: &[&str]) -> Option<usize> {
    let received = essence(content_type);
    let by = |fits: &dyn Fn(&str) -> bool| declared.iter().position(|name| fits(name));
    let is_single = is_single(content_type);
    by(&|name| normal(name) == normal(content_type) && !is_range(name))
        .or_else(|| by(&|name| essence(name).eq_ignore_ascii_case(received) && !is_range(name)))
        .or_else(|| by(&|name| is_single && is_in_family(received, essence(name))))
        .or_else(|| by(&|name| is_single && essence(name) == "*/*"))
}

/// Returns whether the sender of a request reads a success of the operation.
pub(super) fn is_acceptable(operation: &Operation, headers: &HeaderMap) -> bool {
    let is_success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let successes = operation.responses.iter().filter(|response| is_success(response.status));
    let media_types: Vec<&str> = successes.flat_map(|response| response.media_types).copied().collect();
    media_types.is_empty() || media_types.iter().any(|name| accepts(headers, name))
}

/// Returns whether an `Accept` header names the media type, as such or by a range. Without the header,
/// everything is accepted.
pub(super) fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    quality(headers, media_type) > 0.0
}

/// Returns the media type that an `Accept` header asks for first, and of several that are as good the first
/// one.
pub(super) fn preferred<'m>(headers: &HeaderMap, media_types: &[&'m str]) -> Option<&'m str> {
    let rated = media_types.iter().rev().map(|name| (*name, quality(headers, name)));
    let accepted = rated.filter(|(_, quality)| *quality > 0.0);
    accepted.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(name, _)| name)
}

/// Returns how much an `Accept` header asks for the media type: from 0, not at all, to 1.
fn quality(headers: &HeaderMap, media_type: &str) -> f32 {
    let values: Vec<&str> =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<&str> = values.iter().flat_map(|value| value.split(',')).map(str::trim).collect();
    let ranges = || ranges.iter().filter(|range| !range.is_empty());
    if ranges().next().is_none() {
        return 1.0;
    }
    let wanted = essence(media_type);
    let rated = || ranges().filter_map(|range| Some((closeness(essence(range), wanted)?, weight(range))));
    let (is_part, around) = (|rated: &(Closeness, f32)| rated.0 == Closeness::Part, rated());
    // The closest range has the say: `text/*;q=0` does not matter to `text/csv`.
    let order = |one: &(Closeness, f32), other: &(Closeness, f32)| {
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    };
    let closest = around.filter(|rated| !is_part(rated)).max_by(order);
    // Of a declared range, what is asked for most may be sent.
    let parts = rated().filter(is_part).map(|(_, weight)| weight);
    parts.fold(closest.map_or(0.0, |(_, weight)| weight), f32::max)
}

/// How closely a range of an `Accept` header describes a declared media type, or a declared range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    Anything,
    Family,
    Itself,
    /// It is in the declared range.
    Part,
}

fn closeness(range: &str, wanted: &str) -> Option<Closeness> {
    if range.eq_ignore_ascii_case(wanted) {
        Some(Closeness::Itself)
    } else if range == "*/*" {
        Some(Closeness::Anything)
    } else if wanted == "*/*" || is_in_family(range, wanted) {
        Some(Closeness::Part)
    } else {
        is_in_family(wanted, range).then_some(Closeness::Family)
    }
}

/// Returns the parameter `q` of a range, which is 1 where there is none.
fn weight(range: &str) -> f32 {
    let mut parameters = range.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let weight = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    weight
        .and_then(|(_, value)| value.trim().parse::<f32>().ok())
        .map_or(1.0, |weight| weight.clamp(0.0, 1.0))
}

fn normal(media_type: &str) -> String {
    media_type.to_ascii_lowercase().replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_media_type_is_meant() {
        const DECLARED: &[&str] =
            &["application/json", "application/json; v=2", "text/*", "image/png", "image/*", "*/*"];
        for (content_type, index) in [
            ("application/json", 0),
            ("Application/JSON;charset=utf-8", 0),
            ("application/json;v=2", 1),
            ("text/csv", 2),
            ("image/png", 3),
            ("image/webp", 4),
            ("application/xml", 5),
        ] {
            assert_eq!(declared(content_type, DECLARED), Some(index), "{content_type}");
        }
        assert_eq!(declared("text/plain", &["application/json"]), None);
        assert_eq!(declared("", &["application/json"]), None);
        for list_or_range in ["image/*", "image/png, text/html", "image/", "*/*"] {
            assert_eq!(declared(list_or_range, DECLARED), None, "{list_or_range}");
        }
    }

    #[test]
    fn what_a_request_accepts() {
        for (accept, media_type, expected) in [
            ("", "text/csv", true),
            ("text/csv", "text/csv; charset=utf-8", true),
            ("text/*", "text/csv", true),
            ("text/html, */*;q=0.1", "text/csv", true),
            ("text/html", "text/csv", false),
            ("text/csv;q=0, text/*", "text/csv", false),
            ("text/csv, text/*;q=0", "text/csv", true),
            ("*/*;q=0", "text/csv", false),
            ("image/png", "image/*", true),
            ("image/png", "*/*", true),
            ("image/*;q=0, text/plain", "*/*", true),
            ("text/plain, image/*;q=0", "*/*", true),
            ("image/png;q=0, image/webp", "image/*", true),
            ("image/png;q=0", "image/*", false),
            ("image/png;q=0.1, image/*;q=0.9, text/html;q=0.5", "image/*", true),
            ("image/*;q=0, */*", "image/*", false),
            ("text/csv, text/csv;header=absent;q=0", "text/csv", true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(accepts(&headers, media_type), expected, "{accept}, {media_type}");
        }
        assert!(accepts(&HeaderMap::new(), "text/csv"));
    }

    #[test]
    fn what_a_request_asks_for_first() {
        const OFFERED: &[&str] = &["application/json", "text/csv", "text/html"];
        for (accept, expected) in [
            ("", Some("application/json")),
            ("*/*", Some("application/json")),
            ("text/html, application/json;q=0.1", Some("text/html")),
            ("text/*;q=0.5, */*;q=0.1", Some("text/csv")),
            ("text/csv;q=0, text/*", Some("text/html")),
            ("application/json;q=x, text/csv;q=2", Some("application/json")),
            ("image/png", None),
            ("*/*;q=nan", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(preferred(&headers, OFFERED), expected, "{accept}");
        }
    }
}
