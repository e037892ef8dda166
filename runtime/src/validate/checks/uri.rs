//! URIs and references to them (RFC 3986, appendix A). What is not ASCII has to be percent-encoded.

use super::{byte_set::ByteSet, host::is_ip_v6};

static SCHEME: ByteSet = ByteSet::alphanumeric_and(b"+-.");
/// `unreserved` and `sub-delims`: the bytes of a host's name.
static NAME: ByteSet = ByteSet::alphanumeric_and(b"-._~!$&'()*+,;=");
static USER: ByteSet = ByteSet::alphanumeric_and(b"-._~!$&'()*+,;=:");
static PATH: ByteSet = ByteSet::alphanumeric_and(b"-._~!$&'()*+,;=:@/");
/// The bytes of a query and of a fragment.
static QUERY: ByteSet = ByteSet::alphanumeric_and(b"-._~!$&'()*+,;=:@/?");

/// Returns whether the text is a URI: it begins with a scheme.
pub(super) fn is_uri(text: &[u8]) -> bool {
    match SCHEME.split(text) {
        ([b'a'..=b'z' | b'A'..=b'Z', ..], [b':', rest @ ..]) => is_behind_scheme(rest),
        _ => false,
    }
}

/// Returns whether the text is a URI or a reference that is relative to one.
pub(super) fn is_uri_reference(text: &[u8]) -> bool {
    let first_segment = split_at_any(text, b"/?#").0;
    is_uri(text) || (!first_segment.contains(&b':') && is_behind_scheme(text))
}

fn is_behind_scheme(text: &[u8]) -> bool {
    let (text, fragment) = split_at_any(text, b"#");
    let (text, query) = split_at_any(text, b"?");
    let path = match text {
        [b'/', b'/', rest @ ..] => {
            let (authority, path) = split_at_any(rest, b"/");
            if !is_authority(authority) {
                return false;
            }
            path
        }
        _ => text,
    };
    // The first byte of a query and of a fragment is the one that they were split at.
    is_encoded(path, &PATH)
        && is_encoded(query.get(1..).unwrap_or_default(), &QUERY)
        && is_encoded(fragment.get(1..).unwrap_or_default(), &QUERY)
}

fn is_authority(text: &[u8]) -> bool {
    let host = match text.iter().position(|byte| *byte == b'@') {
        Some(at) if is_encoded(&text[..at], &USER) => &text[at + 1..],
        Some(_) => return false,
        None => text,
    };
    if let [b'[', rest @ ..] = host {
        let (address, port) = split_at_any(rest, b"]");
        return (is_ip_v6(address) || is_future_address(address))
            && matches!(port, [b']', port @ ..] if is_port(port));
    }
    let (name, port) = split_at_any(host, b":");
    is_encoded(name, &NAME) && is_port(port)
}

/// Returns whether the text is empty, or a colon and any number of digits.
fn is_port(text: &[u8]) -> bool {
    match text {
        [] => true,
        [b':', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Returns whether the text is an address of a later version of IP, `v7.x`.
fn is_future_address(text: &[u8]) -> bool {
    let [b'v' | b'V', rest @ ..] = text else { return false };
    let (version, address) = split_at_any(rest, b".");
    let (Some(_), Some((_, address))) = (version.first(), address.split_first()) else { return false };
    version.iter().all(u8::is_ascii_hexdigit)
        && !address.is_empty()
        && address.iter().all(|byte| USER.contains(*byte))
}

/// Returns whether all bytes are of the set or percent-encoded.
fn is_encoded(mut text: &[u8], allowed: &ByteSet) -> bool {
    loop {
        text = match allowed.split(text).1 {
            [] => return true,
            [b'%', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest,
            _ => return false,
        };
    }
}

/// Splits a text before the first of these bytes, or at its end.
fn split_at_any<'t>(text: &'t [u8], bytes: &[u8]) -> (&'t [u8], &'t [u8]) {
    let at = text.iter().position(|byte| bytes.contains(byte));
    text.split_at(at.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn by_example() {
        for text in [
            "https://example.com",
            "http://a/b/c/d;p?q",
            "ftp://ftp.example.org/rfc/rfc1808.txt",
            "ldap://[2001:db8::7]/c=GB?objectClass?one",
            "mailto:jo@example.com",
            "tel:+1-816-555-1212",
            "urn:isbn:0451450523",
            "http://user:pass@example.com:8042/over/there?name=ferret#nose",
            "file:///etc/hosts",
            "a:",
            "a:/",
            "a://",
            "http://example.com:",
            "http://%C3%A9.example/%20",
            "http://[v1F.a:b]/",
            "x+y-z.1:a//b",
            "http://a/?b?/c#d?/e",
            "data:,a%2Cb",
        ] {
            assert!(is_uri(text.as_bytes()) && is_uri_reference(text.as_bytes()), "{text}");
        }
        for text in ["", "/", "//host/path", "a/b:c", "./a:b", "../b", "?q", "#f", "a", "%41", "//", "a?b:c"]
        {
            assert!(!is_uri(text.as_bytes()) && is_uri_reference(text.as_bytes()), "{text}");
        }
        for text in [
            ":",
            "1a:b",
            "://a",
            "http://a b",
            "http://a/b c",
            "a:é",
            "http://[::1",
            "http://[1]/",
            "http://[::1]x",
            "http://a:b/",
            "http://a@b@c/",
            "http://a/%",
            "http://a/%4",
            "http://a/%zz",
            "a:#b#c",
            "\\a",
            "a:\"",
            "a:{b}",
            "a:[b]",
            "a:|",
            "a:^",
            "a:`",
            "a:<b>",
            " a:b",
            "a:b\n",
            "http://[v.a]",
            "http://[v1.]",
            "http://[vg.a]",
            "1:2",
        ] {
            assert!(!is_uri(text.as_bytes()) && !is_uri_reference(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_grammar(text in "[a:/?#@%4\\[\\].é]{0,12}|a://[a@:1%4\\[\\].v/]{0,10}") {
            let encoded = "%[0-9A-Fa-f]{2}";
            let pchar = format!("([A-Za-z0-9._~!$&'()*+,;=:@-]|{encoded})");
            let name = format!("([A-Za-z0-9._~!$&'()*+,;=-]|{encoded})*");
            let user = format!("(([A-Za-z0-9._~!$&'()*+,;=:-]|{encoded})*@)?");
            let literal = "\\[(v[0-9A-Fa-f]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+|[0-9A-Fa-f:.]*)\\]";
            let authority = format!("//{user}({literal}|{name})(:[0-9]*)?(/{pchar}*)*");
            let absolute = format!("/({pchar}+(/{pchar}*)*)?");
            let query = format!("(\\?({pchar}|[/?])*)?(#({pchar}|[/?])*)?");
            let rootless = format!("{pchar}+(/{pchar}*)*");
            let source = format!("\\A[A-Za-z][A-Za-z0-9+.-]*:({authority}|{absolute}|{rootless}|){query}\\z");
            let judge = regex_lite::Regex::new(&source).unwrap();
            // The judge knows no addresses: what it says of brackets counts without them alone.
            if !text.contains('[') {
                prop_assert_eq!(is_uri(text.as_bytes()), judge.is_match(&text), "{}", text);
            } else if is_uri(text.as_bytes()) {
                prop_assert!(judge.is_match(&text), "{}", text);
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            if is_uri(text.as_bytes()) {
                prop_assert!(is_uri_reference(text.as_bytes()));
            }
        }
    }
}
