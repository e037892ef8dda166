//! Media types, by their names.

/// Returns the media type without its parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns whether a media type is JSON or based on it.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// Returns whether a media type of a definition is open, such as `image/*`.
pub(crate) fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// Returns whether a text is a single media type and no range. Some readers take the last one of a list, so
/// that `image/png, text/html` would be a page for them.
pub(crate) fn is_single(media_type: &str) -> bool {
    let is_token = |text: &str| !text.contains('*') && is_token(text);
    let mut unquoted = media_type.split('"').step_by(2);
    unquoted.all(|text| !text.contains(','))
        && essence(media_type).split_once('/').is_some_and(|(kind, name)| is_token(kind) && is_token(name))
}

/// Returns whether a text is a token of HTTP (RFC 9110, section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// Returns whether a media type is another one, or in a range such as `image/*` or `*/*`, without regard to
/// parameters. Only a single one is in a range.
pub(crate) fn is_in_range(media_type: &str, range: &str) -> bool {
    let (own, range) = (essence(media_type), essence(range));
    if is_range(range) {
        return is_single(media_type) && (range == "*/*" || is_in_family(own, range));
    }
    own.eq_ignore_ascii_case(range)
}

/// Returns whether a media type is in a range of one kind, such as `image/*`, `application/vnd.*` or
/// `application/*+json`, which plain JSON is in too. Both are without parameters.
pub(crate) fn is_in_family(media_type: &str, range: &str) -> bool {
    let Some((start, end)) = range.split_once('*') else { return false };
    let Some((own_start, rest)) = media_type.split_at_checked(start.len()) else { return false };
    let own_end = rest.len().checked_sub(end.len()).and_then(|from| rest.get(from..));
    let has_end = own_end.is_some_and(|own| own.eq_ignore_ascii_case(end));
    own_start.eq_ignore_ascii_case(start) && (has_end || end == "+json" && is_json(media_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_media_types() {
        for (media_type, range, expected) in [
            ("image/png", "image/png", true),
            ("Image/PNG; q=1", "image/png", true),
            ("image/png", "image/*", true),
            ("image/png", "*/*", true),
            ("image/png", "image/gif", false),
            ("imagery/png", "image/*", false),
            ("i", "image/*", false),
            ("image/", "image/*", false),
            ("image/*", "image/*", false),
            ("image/png, text/html", "image/*", false),
            ("application/vnd.shop", "application/vnd.*", true),
            ("application/pdf", "application/vnd.*", false),
            ("größe", "image/*", false),
            ("application/geo+JSON", "application/*+json", true),
            ("application/json", "application/*+json", true),
            ("application/xml", "application/*+json", false),
            ("application/a+b", "application/*+json", false),
        ] {
            assert_eq!(is_in_range(media_type, range), expected, "{media_type} {range}");
        }
    }

    #[test]
    fn single_media_types() {
        for single in [
            "image/png",
            "multipart/related; boundary=\"a,b\"",
            "image/svg+xml; charset=utf-8",
            "application/vnd.shop-1",
        ] {
            assert!(is_single(single), "{single}");
        }
        for other in [
            "",
            "png",
            "image/",
            "/png",
            "image/*",
            "image/png, text/html",
            "image/png;a=1,text/html",
            "a b/c",
        ] {
            assert!(!is_single(other), "{other}");
        }
    }
}
