use std::collections::HashMap;
use std::io::{self, Read};

use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;

/// Gives out so many bytes at a time, and an error at the end if it has one.
struct Pieces(io::Cursor<Vec<u8>>, usize, Option<io::Error>);

impl Pieces {
    fn new(text: &str, piece: usize) -> Self {
        Self(io::Cursor::new(text.as_bytes().to_vec()), piece, None)
    }
}

impl Read for Pieces {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let piece = self.1.min(to.len());
        match (self.0.read(&mut to[..piece])?, self.2.take()) {
            (0, Some(error)) => Err(error),
            (count, error) => {
                self.2 = error;
                Ok(count)
            }
        }
    }
}

fn open(pieces: Pieces, asked: Option<Kind>) -> Result<Items, Problem> {
    Input::of_reader(Box::new(pieces), asked)?.items()
}

/// The kind, the line and the text of each item, and the number of other items or the problem.
type Reading = (Option<Kind>, Vec<(u64, String)>, Result<u64, String>);

/// What a text is read as, however it comes in pieces.
fn read(text: &str, asked: Option<Kind>) -> Reading {
    let all = [1, 2, 7, 1000].map(|piece| {
        let mut items = match open(Pieces::new(text, piece), asked) {
            Ok(items) => items,
            Err(problem) => return (None, Vec::new(), Err(problem.to_string())),
        };
        let mut found = Vec::new();
        for item in &mut items {
            let text = match item.text {
                Ok(text) => String::from_utf8(text).unwrap(),
                Err(error) => format!("{}:{}: {}", error.code, error.position.column, error.reason),
            };
            found.push((item.position.line, text));
        }
        let kind = items.kind();
        let ended = items.finish().map(|ending| ending.others).map_err(|problem| problem.to_string());
        (kind, found, ended)
    });
    let [first, others @ ..] = all;
    for other in others {
        assert_eq!(other, first, "{text}");
    }
    first
}

fn owned(items: &[(u64, &str)]) -> Vec<(u64, String)> {
    items.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
}

const ACCOUNT: &str = r#"{"nameOnCard" : "É"}"#;
const TRANSACTION: &str = r#"{"postedDate":"2024-07-24"}"#;

#[test]
fn formats_are_told_apart_by_their_content() {
    let (accounts, transactions) = (Some(Kind::Accounts), Some(Kind::Transactions));
    for (text, kind, items) in [
        (format!("{{\"accounts\": [\n {ACCOUNT},\n\n {{}}]}}"), accounts, vec![(2, ACCOUNT), (4, "{}")]),
        (
            format!("{{\"x\": 1,\n\"tr\\u0061nsactions\":[{TRANSACTION}]}}\n\n"),
            transactions,
            vec![(2, TRANSACTION)],
        ),
        (format!("\u{feff}\n[\n{{}},{ACCOUNT}]"), accounts, vec![(3, "{}"), (3, ACCOUNT)]),
        (
            format!("\u{feff}{TRANSACTION}\r\n\r\n\t {{\"x\":1}} \r\n"),
            transactions,
            vec![(1, TRANSACTION), (3, "{\"x\":1}")],
        ),
        (
            format!("{{}}\n{TRANSACTION}\n\u{feff}{TRANSACTION}"),
            transactions,
            vec![(1, "{}"), (2, TRANSACTION), (3, TRANSACTION)],
        ),
        (format!("null\n{ACCOUNT}"), accounts, vec![(1, "null"), (2, ACCOUNT)]),
        // A list that is there and empty.
        ("{\"accounts\":[]}".into(), accounts, vec![]),
        ("[ ]".into(), None, vec![]),
        // The list that is not empty counts, wherever it stands.
        ("{\"accounts\":[],\"transactions\":[{}]}".into(), transactions, vec![(1, "{}")]),
        ("{\"accounts\":[{}],\"transactions\":[]}".into(), accounts, vec![(1, "{}")]),
        ("{\"transactions\":null,\"accounts\":[{}]}".into(), accounts, vec![(1, "{}")]),
        ("{\"accounts\":[],\"transactions\":[]}".into(), accounts, vec![]),
    ] {
        assert_eq!(read(&text, None), (kind, owned(&items), Ok(0)), "{text}");
    }
}

#[test]
fn what_is_asked_for_counts() {
    let accounts = Some(Kind::Accounts);
    let both = format!("{{\"accounts\":[{ACCOUNT}],\"transactions\":[{{}},\n{{}}]}}");
    assert_eq!(read(&both, accounts), (accounts, owned(&[(1, ACCOUNT)]), Ok(2)));
    assert_eq!(read(&both, Some(Kind::Transactions)).1, owned(&[(1, "{}"), (2, "{}")]));
    let told = "`x` has both accounts and transactions: give `--type` to say which are meant";
    assert_eq!(read(&both, None).2, Err(told.to_owned()));
    assert_eq!(read("{\"a\": 1}\n{}", accounts), (accounts, owned(&[(1, "{\"a\": 1}"), (2, "{}")]), Ok(0)));
    let told = "`x` has no list `accounts`";
    assert_eq!(read("{\"transactions\":[{}]}", accounts).2, Err(told.to_owned()));
}

#[test]
fn lines_that_are_no_json_are_items_and_the_reading_goes_on() {
    let text = format!("{{\"externalId\": \"a\n{TRANSACTION}\n[1}}\n\n{TRANSACTION} {{}}\n{TRANSACTION}");
    let expected = [
        (1, "invalidJson:18: the text ends too early"),
        (2, TRANSACTION),
        (3, "invalidJson:3: a comma or a closing bracket is expected here"),
        (5, "invalidJson:29: nothing may follow the value"),
        (6, TRANSACTION),
    ];
    assert_eq!(read(&text, None), (Some(Kind::Transactions), owned(&expected), Ok(0)));
    // What all of them are no one can tell, and need not.
    let (kind, items, ended) = read("x\n{other: 1}", None);
    assert_eq!((kind, items.len(), ended), (None, 2, Ok(0)));
}

#[test]
fn a_text_that_is_too_long_for_an_item_is_not_kept() {
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(MAX_ITEM));
    for text in [format!("{ACCOUNT}\n{long}\n{ACCOUNT}"), format!("[{ACCOUNT},\n{long},\n{ACCOUNT}]")] {
        let items: Vec<Item> = open(Pieces::new(&text, 1 << 20), None).unwrap().collect();
        let told: Vec<_> =
            items.iter().map(|item| (item.ordinal, item.position.line, item.text.is_ok())).collect();
        assert_eq!(told, [(0, 1, true), (1, 2, false), (2, 3, true)]);
        assert_eq!(items[1].text.as_ref().unwrap_err().reason, "it is longer than 16 MiB");
    }
}

#[test]
fn members_may_be_nested_as_deep_as_the_validators_read() {
    let body =
        |depth: usize| format!("{{\"note\": {}{}, \"accounts\": [1]}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(&body(126), None), (Some(Kind::Accounts), owned(&[(1, "1")]), Ok(0)));
    let (_, found, ended) = read(&body(127), None);
    assert!(found.is_empty() && ended.unwrap_err().contains("nested more than 126 deep"));
}

#[test]
fn what_can_not_be_read_to_its_end_is_told_behind_the_items() {
    let no_json = |place: &str, reason: &str| {
        format!("cannot read `x` to its end: it is not valid JSON at line {place} ({reason})")
    };
    let brace = "a comma or a closing brace is expected here";
    let bare = "only true, false and null are written without quotes";
    let unknown = "cannot tell whether `x` has accounts or transactions: give `--type`";
    let second = "`x` has a second list `accounts` at line 1, column 30: which one counts is unclear";
    let over_lines = "the first item in `x` goes over several lines; write each on one line, with `jq -c .` \
                      say, or all into a list `accounts` or `transactions`";
    for (text, count, told) in [
        ("{\"accounts\": [{},\n {}", 2, no_json("2, column 4", "the text ends too early")),
        ("{\"accounts\": [{}, {\"a\": tru}, {}]}", 1, no_json("1, column 28", bare)),
        ("{\"accounts\": [{}], \"x\": [1,]}", 1, no_json("1, column 28", "a value is expected here")),
        ("{\"accounts\": [{}]} {}", 1, no_json("1, column 20", "nothing may follow the value")),
        ("{\n \"note\": 1\n accounts: [\n{},\n{}\n]}", 0, no_json("3, column 2", brace)),
        ("[{\"status\":1},{]", 1, no_json("1, column 16", brace)),
        ("{\"accounts\":[{}],\"accounts\":[]}", 1, second.into()),
        ("{\"accounts\":{}}", 0, "`accounts` in `x` is not a list, at line 1, column 13".into()),
        ("{}", 0, unknown.into()),
        ("[1]", 0, unknown.into()),
        ("{\n\"externalId\": 1}", 0, "`x` has neither `accounts` nor `transactions`".into()),
        ("{\n\"nameOnCard\": 1}\n{\n}", 0, over_lines.into()),
        ("", 0, "there is nothing to read in `x`: it is empty".into()),
        ("\u{feff} \n\n", 0, "there is nothing to read in `x`: it is empty".into()),
    ] {
        let (_, items, ended) = read(text, None);
        assert_eq!((items.len(), ended), (count, Err(told)), "{text}");
    }
}

#[test]
fn a_read_error_is_told_behind_the_items() {
    for (text, told) in [
        (format!("{ACCOUNT}\n{ACCOUNT}\n{{"), "cannot read `x` to its end: gone, in line 3"),
        (format!("{{\"accounts\":[{ACCOUNT},\n{ACCOUNT}"), "cannot read `x` to its end: gone, in line 2"),
        (String::new(), "cannot read `x`: gone"),
    ] {
        let pieces = Pieces { 2: Some(io::Error::other("gone")), ..Pieces::new(&text, 1) };
        let (count, problem) = match open(pieces, None) {
            Ok(mut items) => ((&mut items).count(), items.finish().unwrap_err()),
            Err(problem) => (0, problem),
        };
        assert_eq!((count, problem.to_string().as_str()), (if text.is_empty() { 0 } else { 2 }, told));
    }
}

/// What texts are made of, so that many are JSON or nearly so.
const PARTS: [&str; 18] = [
    "{\"accounts\":[",
    "{\"transactions\":[",
    "],\"transactions\":[",
    "]}",
    "{\"status\":\"\\\"é]\"}",
    "{\"type\" : [1,{}]}",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"x\":",
    "\"",
    "null",
    "\n",
    " \r\n",
    "\u{feff}",
    "\\",
];

proptest! {
    #[test]
    fn items_are_the_text_at_their_position(parts in prop::collection::vec(prop::sample::select(&PARTS), 0..16)) {
        let text = parts.concat();
        // However it comes in pieces, it is read the same.
        let _ = read(&text, None);
        let (Ok(items), begin) = (open(Pieces::new(&text, 5), None), text.strip_prefix('\u{feff}').unwrap_or(&text))
        else {
            return Ok(());
        };
        for item in items {
            let offset = usize::try_from(item.position.offset).unwrap();
            let line = begin[..offset].matches('\n').count() as u64 + 1;
            prop_assert_eq!(item.position.line, line);
            if let Ok(found) = item.text {
                prop_assert!(begin.as_bytes()[offset..].starts_with(&found));
                prop_assert!(serde_json::from_slice::<serde_json::Value>(&found).is_ok());
            }
        }
    }

    #[test]
    fn a_body_has_the_items_that_its_list_has(parts in prop::collection::vec(prop::sample::select(&PARTS), 0..16)) {
        let text = format!("{{\"accounts\":[{}]}}", parts.join(""));
        let parsed = serde_json::from_str::<HashMap<String, Vec<&RawValue>>>(&text);
        let (_, items, ended) = read(&text, Some(Kind::Accounts));
        let texts: Vec<&str> = items.iter().map(|(_, text)| text.as_str()).collect();
        match parsed {
            // Of a list that stands there twice, one may count or the other.
            Ok(_) if text.matches("\"accounts\"").count() > 1 || text.matches("\"transactions\"").count() > 1 => {}
            Ok(lists) => {
                let expected: Vec<&str> = lists["accounts"].iter().map(|item| item.get()).collect();
                prop_assert_eq!(texts, expected);
                prop_assert!(ended.is_ok());
            }
            Err(_) => prop_assert!(ended.is_err() || text.contains("\"x\"")),
        }
    }
}
