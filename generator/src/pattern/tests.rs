//! Which patterns become runs, and which do not.

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
        (r"^[^\s]*$", "0+"),
        (r"^\/x$", "1-1 1-1"),
        ("^.*$", "0+"),
        ("^$", ""),
    ];
    for (source, expected) in table {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn what_would_go_back_stays_an_expression() {
    let greedy =
        ["^a*[ab]c$", "^[a-z]+[a-c]$", "^a?b?a$", "^.*x$", "^a|b$|cd", "^(ab)?$", "^(?i)a$", "^[ä-ö]$"];
    for source in greedy {
        assert_eq!(shown(source), "regex", "{source}");
    }
    for source in ["[0-9]{3}", "^[0-9]{3}", "[0-9]{3}$", "^https?://", "a+", ""] {
        assert_eq!(shown(source), "regex", "{source}");
    }
    for source in ["(", "[z-a]", "[a-z&&[^b]]"] {
        assert_eq!(shown(source), "nothing", "{source}");
    }
}

#[test]
fn look_around_and_the_like_have_ascii_classes() {
    for (source, expected) in [
        ("(?=a)b", "(?=a)b"),
        (r"(a)\1", r"(a)\1"),
        (r"^\p{L}+$", r"^\p{L}+$"),
        (r"^(?!\d)[\w.-]+\S$", r"^(?![0-9])[A-Za-z0-9_.-]+[^\t-\r ]$"),
        (r"(?<!a)\[\d[\W]", r"(?<!a)\[[0-9][[^A-Za-z0-9_]]"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}
