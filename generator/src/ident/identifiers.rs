//! Identifiers in the case that Rust uses for them.

use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::spelling::spelled;
use super::words::separated;

/// The name of a type or of an enum variant, in `UpperCamelCase`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeIdent(pub(super) String);

/// The name of a field, a setter or a function, in `snake_case`; may be raw (`r#type`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FieldIdent(pub(super) String);

/// The name of a constant, in `SCREAMING_SNAKE_CASE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConstIdent(pub(super) String);

impl TypeIdent {
    /// Creates an identifier for a name. `fallback` is a prefix before a digit, and replaces a name without
    /// letters.
    pub(crate) fn new(name: &str, fallback: &str) -> Self {
        let camel = camel(&separated(&spelled(name)));
        Self(match camel.as_str() {
            "" => fallback.to_owned(),
            "Self" => "Self_".to_owned(),
            text if text.starts_with(|c: char| c.is_ascii_digit()) => format!("{fallback}{text}"),
            _ => camel,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FieldIdent {
    /// Creates an identifier for a name; a keyword becomes raw where Rust allows it.
    pub(crate) fn new(name: &str) -> Self {
        let snake = separated(&spelled(name)).to_snake_case();
        Self(match snake.as_str() {
            "" => "field".to_owned(),
            // The last is the method of every builder.
            "self" | "super" | "crate" | "_" | "build" => format!("{snake}_"),
            text if text.starts_with(|c: char| c.is_ascii_digit()) => format!("_{text}"),
            text if KEYWORDS.contains(&text) => format!("r#{text}"),
            _ => snake,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl ConstIdent {
    pub(crate) fn new(name: &str, fallback: &str) -> Self {
        let shouty = separated(&spelled(name)).to_shouty_snake_case();
        Self(match shouty.as_str() {
            "" => fallback.to_owned(),
            text if text.starts_with(|c: char| c.is_ascii_digit()) => format!("{fallback}_{text}"),
            _ => shouty,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the words in upper camel case, with `_` between digits: `1.5` is not `15`.
fn camel(words: &str) -> String {
    let mut out = String::new();
    for word in words.split_whitespace() {
        let word = word.to_upper_camel_case();
        let is_digit = |c: char| c.is_ascii_digit();
        if out.ends_with(is_digit) && word.starts_with(is_digit) {
            out.push('_');
        }
        out.push_str(&word);
    }
    out
}

impl fmt::Display for TypeIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for FieldIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Every keyword of edition 2024 that may be written raw.
const KEYWORDS: [&str; 50] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield", "safe",
];

#[cfg(test)]
mod tests {
    use super::{ConstIdent, FieldIdent, TypeIdent};

    #[test]
    fn types() {
        let table = [
            ("CreateAccount", "CreateAccount"),
            ("create_account", "CreateAccount"),
            ("carRental", "CarRental"),
            ("api.CreateOpenAIAPIKey", "ApiCreateOpenAiApiKey"),
            ("VAT_OR_GST", "VatOrGst"),
            ("2fa", "Value2fa"),
            ("+1", "Plus1"),
            ("1.5", "Value1_5"),
            ("v1_2b", "V1_2b"),
            ("-1", "Minus1"),
            ("a-b.c/d", "ABCD"),
            (">=", "GreaterEqual"),
            ("", "Value"),
            ("Self", "Self_"),
            ("größe", "Groesse"),
            ("名", "U540d"),
        ];
        for (name, expected) in table {
            assert_eq!(TypeIdent::new(name, "Value").as_str(), expected, "{name}");
        }
    }

    #[test]
    fn fields_and_constants() {
        let table = [
            ("accountType", "account_type"),
            ("reservedIPs_delete", "reserved_ips_delete"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("build", "build_"),
            ("2nd", "_2nd"),
            ("$ref", "r#ref"),
            ("x-rate", "x_rate"),
            ("@", "at"),
            ("", "field"),
        ];
        for (name, expected) in table {
            assert_eq!(FieldIdent::new(name).as_str(), expected, "{name}");
        }
        assert_eq!(ConstIdent::new("getBulkRequest", "OPERATION").as_str(), "GET_BULK_REQUEST");
    }
}
