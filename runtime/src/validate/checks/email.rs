//! E-mail addresses: the mailbox of RFC 5321, section 4.1.2, in ASCII.
//!
//! That is what a mail server takes, and no more: no display name, no comments, no spaces unless quoted.
//! `a@b` passes; a dot at an end or two in a row do not. The part before the `@` has at most 64 bytes and the
//! part after it 255 (section 4.5.3.1), each label of a domain 63 (RFC 1035).

use super::{
    byte_set::ByteSet,
    host::{is_domain, is_ip_v6},
};

const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 255;

/// The bytes between the dots of a local part (`atext`).
static ATOM: ByteSet = ByteSet::alphanumeric_and(b"!#$%&'*+-/=?^_`{|}~");

/// Returns whether the text is a mailbox.
pub(super) fn is_email(text: &[u8]) -> bool {
    if text.len() > MAX_LOCAL + 1 + MAX_DOMAIN {
        return false;
    }
    if text.first() == Some(&b'"') {
        return is_quoted_email(text);
    }
    let mut rest = text;
    loop {
        rest = match ATOM.split(rest) {
            ([], _) => return false,
            (_, [b'.', rest @ ..]) => rest,
            (_, [b'@', host @ ..]) => return text.len() - host.len() - 1 <= MAX_LOCAL && is_host(host),
            _ => return false,
        };
    }
}

fn is_quoted_email(text: &[u8]) -> bool {
    let length = quoted_length(text).filter(|length| *length <= MAX_LOCAL);
    match length.and_then(|length| text.get(length..)) {
        Some([b'@', host @ ..]) => is_host(host),
        _ => false,
    }
}

/// Returns the length of the quoted string at the front.
fn quoted_length(text: &[u8]) -> Option<usize> {
    let mut is_escaped = false;
    for (index, byte) in text.iter().enumerate().skip(1) {
        match byte {
            b' '..=b'~' if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(index + 1),
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

/// Returns whether the text is an IP address. Other kinds of address would have to be registered, and none
/// are.
fn is_address(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    match text.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => is_ip_v6(address.as_bytes()),
        _ => is_padded_ip_v4(text),
    }
}

/// Returns whether the text is four numbers of one to three digits, with or without leading zeros.
fn is_padded_ip_v4(text: &str) -> bool {
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
        let longest_label = "d".repeat(63);
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
        fn agrees_with_the_grammar(text in "([a-z0-9+_.-]{5,24}@[a-z0-9._-]{8,27}|[a-z0-9.!-]{12,20}[@a-z0-9.]{1,3}([a-z0-9]{1,7}[.-]){1,3}[a-z]{0,4})|[a-c.]{0,4}[a!.-]{0,3}@{0,2}[a-c0.-]{0,6}[.a_-]{0,2}") {
            let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
            let label = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
            let source = format!(r"\A{atom}(\.{atom})*@{label}(\.{label})*\z");
            let judge = regex_lite::Regex::new(&source).unwrap();
            prop_assert_eq!(is_email(text.as_bytes()), judge.is_match(&text));
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[a\"\\\\@.\\[\\]:0-9-]{0,30}") {
            if is_email(text.as_bytes()) {
                prop_assert!(text.is_ascii() && text.contains('@'));
            }
        }
    }
}
