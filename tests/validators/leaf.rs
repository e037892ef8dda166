//! What the definition asks of a value that is no object and no list, worked out without the code under test.

use serde_yaml::Value;
use specwright_runtime::{Severity, validate::codes};

use super::{
    formats::{is_of_form, is_of_format, of_format},
    spec::{SPEC, Said, string, strings},
};

/// A card number, and what differs from one by its last digit alone.
pub(crate) const CARD_NUMBER: &str = "4111111111111111";
pub(crate) const NO_CARD_NUMBER: &str = "4111111111111112";

#[derive(Clone, Debug)]
pub(crate) enum Leaf {
    Text(Text),
    Integer,
    Decimal,
    Boolean,
}

#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) node: &'static Value,
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
    pub(crate) values: Vec<String>,
    pub(crate) pattern: Option<&'static str>,
    /// A schema in `allOf` whose pattern is a narrower one.
    pub(crate) narrower: Option<&'static Value>,
    pub(crate) format: Option<&'static str>,
    /// What a card number means here.
    pub(crate) card_number: Option<Said>,
}

impl Leaf {
    /// Reads a schema; `around` is what a card number means unless the schema says otherwise.
    pub(crate) fn read(node: &'static Value, around: Option<&Said>) -> Self {
        match (string(&node["type"]).as_str(), node["format"].as_str()) {
            ("integer", Some("int32")) => Self::Integer,
            ("number", Some("decimal")) => Self::Decimal,
            ("boolean", None) => Self::Boolean,
            ("string", format) => {
                let length =
                    |keyword: &str| node[keyword].as_u64().map(|length| usize::try_from(length).unwrap());
                let own = &node["x-no-card-number"];
                Self::Text(Text {
                    node,
                    min: length("minLength").unwrap_or(0),
                    max: length("maxLength"),
                    values: strings(&node["enum"]),
                    pattern: node["pattern"].as_str(),
                    narrower: Some(&node["allOf"][0]).filter(|node| !node.is_null()),
                    format,
                    card_number: if own.is_null() { around.cloned() } else { Some(Said::of_rule(own)) },
                })
            }
            other => panic!("{other:?} is for `unproved` to find: {node:?}"),
        }
    }
}

impl Text {
    /// What is to be said of a text, in order.
    pub(crate) fn findings(&self, text: &str) -> Vec<Said> {
        let length = text.chars().count();
        let mut found = Vec::new();
        if length < self.min {
            found.push(SPEC.keyword(self.node, "minLength", &codes::INVALID_SIZE));
            if length == 0 {
                return found;
            }
        } else if self.max.is_some_and(|max| length > max) {
            found.push(SPEC.keyword(self.node, "maxLength", &codes::INVALID_SIZE));
        }
        if !self.values.is_empty() && !self.values.iter().any(|value| value == text) {
            found.push(SPEC.keyword(self.node, "enum", &codes::INVALID_ENUM));
        }
        let format = self.format.filter(|format| !is_of_format(format, text));
        // What breaks the wider pattern breaks the narrower one too, and is told once.
        let broken = self.patterns().find(|(_, pattern)| format.is_none() && !fits(pattern, text));
        if let Some((node, pattern)) = broken {
            assert!(!pattern.is_empty());
            found.push(SPEC.keyword(node, "pattern", &codes::INVALID_PATTERN));
        }
        found.extend(format.map(|format| SPEC.format(format)));
        found.extend(self.card_number.clone().filter(|_| text.contains(CARD_NUMBER)));
        found
    }

    /// Each pattern with the schema that states it, the widest first.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&'static Value, &'static str)> {
        let own = self.pattern.map(|pattern| (self.node, pattern));
        own.into_iter().chain(self.narrower.map(|node| (node, node["pattern"].as_str().unwrap())))
    }

    /// A text of so many characters that keeps pattern and format as far as that length allows.
    pub(crate) fn of_length(&self, length: usize) -> String {
        let character = match (self.pattern, self.format) {
            (None, None) => 'ä',
            (Some(pattern), None) => {
                if fits(pattern, "x") {
                    'x'
                } else {
                    '5'
                }
            }
            (_, Some("email")) => {
                let domain = "abcdefghijklmnopqrstuvwxyz.".repeat(length);
                return format!("a@{}", &domain[..length - 2]);
            }
            (_, Some(_)) => 'Z',
        };
        character.to_string().repeat(length)
    }

    /// A text that keeps every rule.
    pub(crate) fn valid(&self) -> String {
        match (self.values.first(), self.format) {
            (Some(value), _) => value.clone(),
            (None, Some(format)) => of_format(format)[0].to_owned(),
            (None, None) => self.of_length(self.min.max(1)),
        }
    }
}

/// The patterns that [`fits`] knows.
pub(crate) const PATTERNS: [&str; 4] = [
    "^[A-Za-z0-9_-]+$",
    "^[0-9]+$",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}$",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z?$",
];

/// Whether a text fits one of [`PATTERNS`], as a whole.
fn fits(pattern: &str, text: &str) -> bool {
    let of = |is_one: fn(char) -> bool| !text.is_empty() && text.chars().all(is_one);
    match pattern {
        "^[A-Za-z0-9_-]+$" => of(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-'),
        "^[0-9]+$" => of(|one| one.is_ascii_digit()),
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}$" => {
            is_of_form(text, "0000-00-00T00:00:00.000")
        }
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z?$" => {
            is_of_form(text.strip_suffix('Z').unwrap_or(text), "0000-00-00T00:00:00.000")
        }
        other => panic!("{other} is not in PATTERNS"),
    }
}

/// A text that breaks the pattern and, if it can be, nothing else.
pub(crate) fn breaking(pattern: &str) -> &'static str {
    match pattern {
        "^[A-Za-z0-9_-]+$" => "k\u{e4}rte",
        "^[0-9]+$" => "12a4",
        narrow if narrow.ends_with("{3}$") => "2024-02-29T12:30:00.250Z",
        _ => "2024-02-29T12:30:00",
    }
}
