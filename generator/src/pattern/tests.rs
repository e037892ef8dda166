//! Which patterns become runs, which do not, and what they match.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::{Pattern, read};

fn shown(source: &str) -> String {
    match read(source) {
        Err(_) => "nothing".to_owned(),
        Ok(Pattern::Regex(_)) => "regex".to_owned(),
        Ok(Pattern::Lookaround(expression)) => expression,
        Ok(Pattern::Runs(runs)) => {
            let counts = runs.iter().map(|run| match run.max {
                u32::MAX => format!("{}+", run.min),
                max => format!("{}-{max}", run.min),
            });
            counts.collect::<Vec<_>>().join(" ")
        }
    }
}

#[test]
fn rows_of_classes_become_runs() {
    let table = [
        ("^[A-Za-z0-9_-]+$", "1+"),
        ("^[0-9]{3}$", "3-3"),
        (r"^\d{4}-\d{2}-\d{2}$", "4-4 1-1 2-2 1-1 2-2"),
        ("^(ab){2}$", "1-1 1-1 1-1 1-1"),
        ("^(a|b|[c-e]){2,3}$", "2-3"),
        ("^[0-9][0-9]*$", "1+"),
        ("^a?b?c$", "0-1 0-1 1-1"),
        (r"^\/x$", "1-1 1-1"),
        ("^$", ""),
    ];
    for (source, expected) in table {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn what_would_go_back_stays_an_expression() {
    let greedy = [
        "^a*[ab]c$",
        "^[a-z]+[a-c]$",
        "^a?b?a$",
        "^.*x$",
        "^a|b$|cd",
        "^(ab)?$",
        "^(?i)a$",
        "^(?i:a)$",
        "^(?i:ab)$",
        "^[ä-ö]$",
        r"^[^\s]*$",
        "^.*$",
    ];
    for source in greedy {
        assert_eq!(shown(source), "regex", "{source}");
    }
    for source in ["[0-9]{3}", "^[0-9]{3}", "[0-9]{3}$", "^https?://", "a+", ""] {
        assert_eq!(shown(source), "regex", "{source}");
    }
    for source in
        ["(", "[z-a]", "[a-z&&[^b]]", "[a-z[A-Z]]", "[]a.]", "[^].]", "[+--]", "(?s:a).", "[a", "^[]a]$"]
    {
        assert_eq!(shown(source), "nothing", "{source}");
    }
}

#[test]
fn look_around_and_the_like_have_ascii_classes() {
    for (source, expected) in [
        ("(?=a)b", "(?=a)b"),
        (r"(a)\1", r"(a)\1"),
        (r"^\p{L}+$", r"^\p{L}+$"),
        (r"^(?!\d)[\w.-]+[^\<]$", r"^(?![0-9])[A-Za-z0-9_.-]+[^<]$"),
        (r"(?<!a)\[\d[\W]", r"(?<!a)\[[0-9][[^A-Za-z0-9_]]"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

/// Which texts a pattern matches, whichever engine runs it.
#[test]
fn patterns_mean_what_ecma_262_says() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (r"^\s$", &[" ", "\u{a0}", "\u{feff}", "\u{2028}", "\u{3000}"], &["a", "\u{200b}"]),
        (r"^\S$", &["a", "ä", "\u{200b}", "😀"], &[" ", "\u{a0}", "\n"]),
        (r"^[\s\S]$", &["a", "\u{a0}", "\n"], &[""]),
        (r"^[^\s,]+$", &["aä"], &["a\u{a0}", "a,"]),
        ("^.$", &["a", "😀"], &["\n", "\r", "\u{2028}", "\u{2029}"]),
        ("(?s)^.$", &["\n", "\r"], &[""]),
        ("^(?i:ab)c$", &["abc", "ABc"], &["ABC"]),
        (r"^[.]", &["."], &["a"]),
        ("^a[^]$", &["a\n", "a😀", "a]"], &["a", "b]"]),
        ("^(?=a)[^]*$", &["a\n"], &["\n"]),
        (r"^\ud83d\ude00[\uD83D\uDE00-\uD83D\uDE4F]$", &["😀😃"], &["😀", "😀a"]),
        (r"^\u00e9\u00e8x$", &["éèx"], &["éx"]),
        (r"^\d\w", &["1a"], &["٣a", "1ä"]),
        (r"^(?!x)\d\w$", &["1a"], &["٣a", "1ä"]),
        (r"\bcat\b", &["a cat", "äcat"], &["concat"]),
        (r"(?=c)\bcat\b", &["a cat", "äcat"], &["concat"]),
        (r"(?=c)cat\B", &["cats"], &["cat", "catä"]),
        (r"^[\b]$", &["\u{8}"], &["b"]),
        (r"^\<a\>$", &["<a>"], &["a"]),
        (r"^\cA\0$", &["\u{1}\0"], &["A0"]),
        (r"^[^[\]]+$", &["a"], &["[", "]"]),
        ("^[[a]$", &["[", "a"], &["b"]),
        ("^(?=.)[[a]$", &["[", "a"], &["b"]),
        (r"^[\w-.]{3}$", &["a-.", "_-9"], &["a`b", "a/b"]),
        (r"^[\\-\w]$", &["\\", "-", "a"], &["b-", ","]),
        (r"^(?=.)[\w-.]{3}$", &["a-.", "_-9"], &["a`b", "a/b"]),
        (r"^(?=.)[+-\d]$", &["+", "-", "7"], &[",", "."]),
        (r"^(?=.)[\s-_]\S$", &[" a", "-a", "_ä"], &["^a", "_ "]),
        (r"^\(?sales\)? .$", &["(sales) a", "sales ä"], &["sales \n"]),
        // What ECMA-262 does not have means what it means elsewhere.
        ("^[[:digit:]]$", &["1"], &["d"]),
        ("^[[:alnum:]_.-]+$", &["a_1.-"], &["ä", "a,"]),
        ("^(?=.)[^[:space:].]$", &["a", ","], &[" ", "."]),
    ];
    for (source, matching, others) in table {
        let matches = |text: &str| match read(source).unwrap() {
            Pattern::Regex(expression) => regex_lite::Regex::new(&expression).unwrap().is_match(text),
            Pattern::Lookaround(expression) => {
                fancy_regex::Regex::new(&expression).unwrap().is_match(text).unwrap()
            }
            Pattern::Runs(_) => panic!("{source} is no sequence of classes"),
        };
        assert!(matching.iter().all(|text| matches(text)), "{source} matches all of {matching:?}");
        assert!(!others.iter().any(|text| matches(text)), "{source} matches none of {others:?}");
    }
}
