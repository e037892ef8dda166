//! A case as a person writes it: a body, and what is to be said of it.
//!
//! | key | what |
//! |---|---|
//! | `type` | `accounts` or `transactions` |
//! | `body` | the body as JSON |
//! | `raw` | the body as it travels; `\xff` is a byte, everything else is itself |
//! | `base` | a file of `validators/base` without its ending, to be changed by the next three |
//! | `set` | data paths with the JSON to put there; what is no JSON is put there all the same |
//! | `remove` | data paths |
//! | `repeat` | the path of a list with a number: so many copies of its first item, each with its own `externalId` |
//! | `undecodable` | `true` if no error is found and the type still can't hold the body |
//! | `expect` | the findings in order: `error invalidEnum accounts[0].accountType`, or with `at` and `message` beside it |
//!
//! In `body`, `raw` and `set`, `<<text*3>>` is `text` three times.

use std::{fs, path::Path};

use serde_yaml::Value;

use super::{check::Kind, json::Json, path};

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) body: Vec<u8>,
    pub(crate) undecodable: bool,
    pub(crate) expect: Vec<Expected>,
}

/// A finding as a case names it: what it does not name may be anything.
pub(crate) struct Expected {
    pub(crate) line: String,
    /// Line and column.
    pub(crate) at: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) detail: Option<String>,
}

impl Expected {
    fn read(node: &Value) -> Self {
        let optional = |key: &str| node.get(key).map(string);
        if let Some(line) = node.as_str() {
            return Self { line: line.to_owned(), at: None, message: None, detail: None };
        }
        let keys = node.as_mapping().unwrap().keys().map(string);
        let unknown: Vec<String> =
            keys.filter(|key| !["finding", "at", "message", "detail"].contains(&key.as_str())).collect();
        assert!(unknown.is_empty(), "unknown: {unknown:?}");
        Self {
            line: string(&node["finding"]),
            at: optional("at"),
            message: optional("message"),
            detail: optional("detail"),
        }
    }

    pub(crate) fn code(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }
}

/// A folder of this test.
pub(crate) fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators").join(name)
}

/// The cases in the order of their names.
pub(crate) fn cases() -> Vec<Case> {
    let entries = fs::read_dir(folder("bodies")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            read(name, &fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn read(name: &str, text: &str) -> Case {
    assert!(text.starts_with("# "), "{name}: the first line is a comment that says what the case is about");
    let node: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let known = ["type", "body", "raw", "base", "set", "remove", "repeat", "undecodable", "expect"];
    for key in node.as_mapping().unwrap().keys() {
        assert!(known.contains(&string(key).as_str()), "{name}: unknown key {key:?}");
    }
    let kind = match node["type"].as_str() {
        Some("accounts") => Kind::Accounts,
        Some("transactions") => Kind::Transactions,
        other => panic!("{name}: no type: {other:?}"),
    };
    let expect = node["expect"].as_sequence().unwrap_or_else(|| panic!("{name}: `expect` is no list"));
    Case {
        name: name.to_owned(),
        kind,
        body: body(name, &node),
        undecodable: node["undecodable"].as_bool().unwrap_or(false),
        expect: expect.iter().map(Expected::read).collect(),
    }
}

fn body(name: &str, node: &Value) -> Vec<u8> {
    match (node["body"].as_str(), node["raw"].as_str(), node["base"].as_str()) {
        (Some(body), None, None) => repeated(body).into_bytes(),
        (None, Some(raw), None) => bytes(&repeated(raw)),
        (None, None, Some(base)) => edited(base, node).to_string().into_bytes(),
        _ => panic!("{name}: one of `body`, `raw` and `base`"),
    }
}

/// A valid body to begin with.
pub(crate) fn base(name: &str) -> Json {
    let text = fs::read_to_string(folder("base").join(format!("{name}.json"))).unwrap();
    Json::parse(&text).unwrap()
}

fn edited(name: &str, node: &Value) -> Json {
    let mut body = base(name);
    for (list, times) in node["repeat"].as_mapping().into_iter().flatten() {
        repeat(path::at(&mut body, &string(list)), times.as_u64().unwrap());
    }
    for (place, value) in node["set"].as_mapping().into_iter().flatten() {
        path::set(&mut body, &string(place), Json::Fragment(repeated(&string(value))));
    }
    for place in node["remove"].as_sequence().into_iter().flatten() {
        path::remove(&mut body, &string(place));
    }
    body
}

fn repeat(list: &mut Json, times: u64) {
    let Json::Array(items) = list else { panic!("nothing to repeat: {list}") };
    let first = items[0].clone();
    *items = (0..times)
        .map(|number| {
            let mut item = first.clone();
            item.set("externalId", Json::Text(format!("item-{number}")));
            item
        })
        .collect();
}

/// `<<text*3>>` written out.
fn repeated(text: &str) -> String {
    let Some((before, rest)) = text.split_once("<<") else { return text.to_owned() };
    let (inside, after) = rest.split_once(">>").unwrap_or_else(|| panic!("no >> in {text}"));
    let (piece, times) = inside.rsplit_once('*').unwrap_or_else(|| panic!("no number in {inside}"));
    format!("{before}{}{}", piece.repeat(times.parse().unwrap()), repeated(after))
}

/// `\xff` as a byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    bytes
}

fn string(node: &Value) -> String {
    node.as_str().unwrap_or_else(|| panic!("no string: {node:?}")).to_owned()
}
