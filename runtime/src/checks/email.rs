//! E-mail addresses: the mailbox of RFC 5321, section 4.1.2, in ASCII.
//!
//! That is what a mail server takes, and no more: no display name, no comments, no blanks unless quoted. `a@b` passes; a
//! dot at an end or two in a row do not. The part before the `@` has at most 64 bytes and the part after it 255 (section
//! 4.5.3.1), each label of a domain 63 (RFC 1035).

use std::net::Ipv6Addr;

const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 255;
const MAX_LABEL: usize = 63;

/// May stand in a local part that is not quoted: `atext` and the dot.
const LOCAL: u8 = 1;
/// May stand in a domain: letters, digits, the hyphen and the dot.
const DOMAIN: u8 = 2;
/// The dot.
const DOT: u8 = 4;
/// The dot and the hyphen, which neither begin nor end a label. Twice the value of `DOT`: see [`look`].
const JOINT: u8 = 8;

/// What each byte may be.
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let (mut classes, mut byte) = ([0; 256], 0_u8);
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            classes[byte as usize] = LOCAL | DOMAIN;
        }
        byte += 1;
    }
    let specials = b"!#$%&'*+-/=?^_`{|}~";
    let mut place = 0;
    while place < specials.len() {
        classes[specials[place] as usize] = LOCAL;
        place += 1;
    }
    classes[b'-' as usize] |= DOMAIN | JOINT;
    classes[b'.' as usize] = LOCAL | DOMAIN | DOT | JOINT;
    classes
}

/// Whether the text is a mailbox.
pub(super) fn is_email(text: &[u8]) -> bool {
    if text.len() > MAX_LOCAL + 1 + MAX_DOMAIN {
        return false;
    }
    if text.first() == Some(&b'"') {
        return is_quoted_email(text);
    }
    text.iter()
        .position(|byte| *byte == b'@')
        .is_some_and(|at| is_dotted(&text[..at]) && is_host(&text[at + 1..]))
}

fn is_quoted_email(text: &[u8]) -> bool {
    let length = quoted_length(text).filter(|length| *length <= MAX_LOCAL);
    match length.and_then(|length| text.get(length..)) {
        Some([b'@', host @ ..]) => is_host(host),
        _ => false,
    }
}

/// Which classes a text has, looked up without a branch.
struct Look {
    /// The classes that all bytes have.
    all: u8,
    /// `DOT` if two dots stand side by side; `JOINT` if a dot and another dot or a hyphen do.
    beside: u8,
}

fn look(text: &[u8]) -> Look {
    let (mut all, mut beside, mut last) = (u8::MAX, 0, 0);
    for byte in text {
        let class = CLASSES[usize::from(*byte)];
        all &= class;
        // A dot then a joint, a joint then a dot; two dots.
        beside |= ((last & DOT) << 1 & class) | (last & (class & DOT) << 1) | (last & class & DOT);
        last = class;
    }
    Look { all, beside }
}

/// Atoms with single dots between them.
fn is_dotted(local: &[u8]) -> bool {
    let (Some(first), Some(last)) = (local.first(), local.last()) else { return false };
    let look = look(local);
    look.all & LOCAL != 0
        && look.beside & DOT == 0
        && *first != b'.'
        && *last != b'.'
        && local.len() <= MAX_LOCAL
}

/// The length of the quoted string at the front.
fn quoted_length(text: &[u8]) -> Option<usize> {
    let mut is_escaped = false;
    for (place, byte) in text.iter().enumerate().skip(1) {
        match byte {
            b' '..=b'~' if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(place + 1),
            b' '..=b'~' => {}
            _ => return None,
        }
    }
    None
}

fn is_host(text: &[u8]) -> bool {
    match text {
        _ if text.len() > MAX_DOMAIN => false,
        [b'[', address @ .., b']'] => is_address(address),
        _ => is_domain(text),
    }
}

fn is_domain(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return false };
    let look = look(text);
    look.all & DOMAIN != 0
        && look.beside & JOINT == 0
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
        && (text.len() <= MAX_LABEL || text.split(|byte| *byte == b'.').all(|label| label.len() <= MAX_LABEL))
}

/// An IP address. Other kinds of address would have to be registered, and none are.
fn is_address(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    match text.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => address.parse::<Ipv6Addr>().is_ok(),
        _ => is_ip_v4(text),
    }
}

/// Four numbers of one to three digits, with leading zeros or without.
fn is_ip_v4(text: &str) -> bool {
    let is_part = |part: &str| {
        matches!(part.len(), 1..=3)
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u8>().is_ok()
    };
    text.split('.').count() == 4 && text.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mailboxes_pass() {
        let longest_label = "d".repeat(MAX_LABEL);
        let longest =
            format!("{}@{longest_label}.{longest_label}.{longest_label}.{longest_label}", "l".repeat(64));
        for text in [
            "a@b",
            "john.doe@mycorp.com",
            "JOHN+cards@MyCorp.co.uk",
            "!#$%&'*+-/=?^_`{|}~@x",
            "a.b.c@1.2.3.4",
            "1@2",
            "a@b-c.d--e.f",
            "a@xn--bcher-kva.example",
            r#""john doe"@b"#,
            r#""a@b\"\\."@b"#,
            r#"""@b"#,
            "a@[127.0.0.1]",
            "a@[255.001.0.0]",
            "a@[IPv6:::1]",
            "a@[ipv6:2001:db8::1.2.3.4]",
            &longest,
        ] {
            assert!(is_email(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn all_else_fails() {
        let long = |local: usize, label: usize| format!("{}@{}.com", "l".repeat(local), "d".repeat(label));
        let domain = format!("a@{}", "d.".repeat(128) + "d");
        for text in [
            "",
            "@",
            "a",
            "a@",
            "@b",
            "a@b@c",
            ".a@b",
            "a.@b",
            "a..b@c",
            "a@.b",
            "a@b.",
            "a@b..c",
            "a@-b",
            "a@b-",
            "a@b-.c",
            "a@b.-c",
            "a b@c",
            "a@b c",
            " a@b",
            "a@b ",
            "a@b\n",
            "a\0@b",
            "ä@b",
            "a@bücher.example",
            "a@b_c",
            "a@b,c",
            "a(b)@c",
            "<a@b>",
            "John <a@b>",
            "mailto:a@b@c",
            "a\\b@c",
            r#""a@b"#,
            r#""a"b@c"#,
            r#""a\"@b"#,
            "\"a\n\"@b",
            "\"ä\"@b",
            r#"a"b"@c"#,
            "a@[]",
            "a@[1.2.3]",
            "a@[1.2.3.256]",
            "a@[1.2.3.4",
            "a@1.2.3.4]",
            "a@[1.2.3.4.5]",
            "a@[+1.2.3.4]",
            "a@[IPv6:1]",
            "a@[x:y]",
            "a@[IPv6:::1%lo]",
            "a@[",
            &long(65, 3),
            &long(3, 64),
            &domain,
        ] {
            assert!(!is_email(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn simple_ones_pass(text in "[a-z0-9+_-]{1,20}(\\.[a-z0-9]{1,20}){0,2}@[a-z0-9]{1,20}(\\.[a-z0-9]([a-z0-9-]{0,9}[a-z0-9])?){0,3}") {
            prop_assert!(is_email(text.as_bytes()));
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[a\"\\\\@.\\[\\]:0-9-]{0,30}") {
            if is_email(text.as_bytes()) {
                prop_assert!(text.is_ascii() && text.contains('@'));
            }
        }
    }
}
