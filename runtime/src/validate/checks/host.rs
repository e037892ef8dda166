//! Hosts: names of RFC 1123, IPv4 addresses as four decimal numbers without leading zeros, and IPv6 addresses
//! in every form of RFC 4291, section 2.2.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::byte_set::ByteSet;

/// The longest name that fits the 255 bytes that the domain name system has for it (RFC 1035).
const MAX_HOSTNAME: usize = 253;
const MAX_LABEL: usize = 63;

/// The bytes between the dots of a domain.
static LABEL: ByteSet = ByteSet::alphanumeric_and(b"-");

/// Returns whether the text is the name of a host.
pub(super) fn is_hostname(text: &[u8]) -> bool {
    text.len() <= MAX_HOSTNAME && is_domain(text)
}

/// Returns whether the text is one or more labels with a dot between them.
pub(super) fn is_domain(mut text: &[u8]) -> bool {
    loop {
        let (label, rest) = LABEL.split(text);
        if matches!(label, [] | [b'-', ..] | [.., b'-']) || label.len() > MAX_LABEL {
            return false;
        }
        text = match rest {
            [] => return true,
            [b'.', rest @ ..] => rest,
            _ => return false,
        };
    }
}

/// Returns whether the text is an IPv4 address.
pub(super) fn is_ip_v4(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv4Addr>().is_ok())
}

/// Returns whether the text is an IPv6 address, without a zone.
pub(super) fn is_ip_v6(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_example() {
        let label = "d".repeat(MAX_LABEL);
        let longest = format!("{label}.{label}.{label}.{}", "d".repeat(61));
        for text in
            ["localhost", "www.example.com", "3com.com", "xn--4gbwdl.xn--wgbh1c", "a-b", "1", &longest]
        {
            assert!(is_hostname(text.as_bytes()), "{text}");
        }
        let (long_label, long) = ("d".repeat(64), format!("{longest}d"));
        for text in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "a-.b",
            "a.-b",
            "a_b",
            "a b",
            "a:80",
            "bücher.example",
            "example.com/",
            "a\n",
            &long_label,
            &long,
        ] {
            assert!(!is_hostname(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn addresses_by_example() {
        for text in ["0.0.0.0", "127.0.0.1", "255.255.255.255"] {
            assert!(is_ip_v4(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "1.2.3",
            "1.2.3.4.5",
            "256.0.0.1",
            "01.2.3.4",
            "1.2.3.00",
            "1.2.3.4 ",
            " 1.2.3.4",
            "1.2.3.4/8",
            "0x7f.0.0.1",
            "127.1",
            "2130706433",
            "1..2.3",
            "-1.2.3.4",
            "١.2.3.4",
            "::1",
        ] {
            assert!(!is_ip_v4(text.as_bytes()), "{text}");
        }
        for text in [
            "::",
            "::1",
            "1::",
            "2001:DB8:0:0:8:800:200C:417A",
            "2001:db8::8:800:200c:417a",
            "::ffff:129.144.52.38",
            "0:0:0:0:0:0:13.1.68.3",
            "1:2:3:4:5:6:7::",
        ] {
            assert!(is_ip_v6(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            ":",
            ":::",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1::2::3",
            "12345::",
            "g::",
            "::1%lo",
            "fe80::/64",
            "[::1]",
            "::1 ",
            "::ffff:1.2.3",
            "::ffff:01.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "127.0.0.1",
        ] {
            assert!(!is_ip_v6(text.as_bytes()), "{text}");
        }
    }
}
