//! Names in Rust: case, keywords, illegal characters, collisions. The only room that uses heck.
//!
//! Comes in: names as a document writes them. Goes out: identifiers that compile. Pure functions and one
//! [`Scope`] that keeps identifiers apart.

use std::collections::BTreeSet;
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// The name of a type or of an enum variant, in `UpperCamelCase`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeIdent(String);

/// The name of a field, a setter or a function, in `snake_case`; may be raw (`r#type`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FieldIdent(String);

/// The name of a constant, in `SCREAMING_SNAKE_CASE`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConstIdent(String);

impl TypeIdent {
    /// Makes an identifier of a name; `fallback` stands before a digit and for a name without any letter.
    pub(crate) fn new(name: &str, fallback: &str) -> Self {
        let camel = spelled(name).to_upper_camel_case();
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
    /// Makes an identifier of a name; a keyword becomes raw where Rust allows it.
    pub(crate) fn new(name: &str) -> Self {
        let snake = spelled(name).to_snake_case();
        Self(match snake.as_str() {
            "" => "field".to_owned(),
            "self" | "super" | "crate" | "_" => format!("{snake}_"),
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
        let shouty = spelled(name).to_shouty_snake_case();
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

/// A place where every identifier may be used once: a module, a struct, an enum.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(crate) fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Takes the name for a type, or the name with the lowest number from 2 on that is still free.
    pub(crate) fn type_ident(&mut self, wanted: TypeIdent) -> TypeIdent {
        TypeIdent(self.take(wanted.0, ""))
    }

    pub(crate) fn field_ident(&mut self, wanted: FieldIdent) -> FieldIdent {
        FieldIdent(self.take(wanted.0, "_"))
    }

    pub(crate) fn const_ident(&mut self, wanted: ConstIdent) -> ConstIdent {
        ConstIdent(self.take(wanted.0, "_"))
    }

    fn take(&mut self, wanted: String, separator: &str) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        // A raw keyword or a trailing underscore is not needed once a number follows.
        let stem = wanted.strip_prefix("r#").unwrap_or(&wanted).trim_end_matches('_');
        let separator = if stem.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { separator };
        let mut number = 2_usize;
        loop {
            let candidate = format!("{stem}{separator}{number}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
            number += 1;
        }
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

/// The text with everything that no identifier may hold put into words or turned into a separator.
fn spelled(name: &str) -> String {
    let has_letters = name.chars().any(|c| c.is_ascii_alphanumeric());
    let mut out = String::with_capacity(name.len());
    let mut before: Option<char> = None;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            _ if c.is_ascii_alphanumeric() => out.push(c),
            '-' if before.is_none() && digit_follows => out.push_str("minus "),
            '+' if before.is_none() && digit_follows => out.push_str("plus "),
            _ if !c.is_ascii() && c.is_alphanumeric() => {
                out.push_str(
                    &transliterated(c).map_or_else(|| format!(" u{:x} ", u32::from(c)), str::to_owned),
                );
            }
            _ if has_letters => out.push(' '),
            _ => {
                out.push(' ');
                out.push_str(symbol(c));
                out.push(' ');
            }
        }
        before = Some(c);
    }
    out
}

/// The usual ASCII spelling of a few letters of European languages.
fn transliterated(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'Ä' | 'Æ' => "Ae",
        'ö' | 'ø' | 'œ' => "oe",
        'Ö' | 'Ø' => "Oe",
        'ü' => "ue",
        'Ü' => "Ue",
        'ß' => "ss",
        'á' | 'à' | 'â' | 'ã' | 'å' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'É' | 'È' | 'Ê' => "E",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' => "o",
        'ú' | 'ù' | 'û' => "u",
        'ç' => "c",
        'ñ' => "n",
        _ => return None,
    })
}

/// The name of a symbol, for names that hold nothing else.
fn symbol(c: char) -> &'static str {
    match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        '(' | ')' | '[' | ']' | '{' | '}' => "bracket",
        '"' | '\'' | '`' => "quote",
        ' ' => "blank",
        _ => "symbol",
    }
}

#[cfg(test)]
mod tests {
    use super::{ConstIdent, FieldIdent, Scope, TypeIdent};

    #[test]
    fn types() {
        let table = [
            ("CreateAccount", "CreateAccount"),
            ("create_account", "CreateAccount"),
            ("carRental", "CarRental"),
            ("VAT_OR_GST", "VatOrGst"),
            ("2fa", "Value2fa"),
            ("+1", "Plus1"),
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
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
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

    #[test]
    fn collisions_get_numbers() {
        let mut scope = Scope::default();
        let mut take = |name| scope.type_ident(TypeIdent::new(name, "Value")).as_str().to_owned();
        assert_eq!(take("asc"), "Asc");
        assert_eq!(take("ASC"), "Asc2");
        assert_eq!(take("Asc2"), "Asc2_2");
        let mut fields = Scope::default();
        assert_eq!(fields.field_ident(FieldIdent::new("type")).as_str(), "r#type");
        assert_eq!(fields.field_ident(FieldIdent::new("Type")).as_str(), "type_2");
    }
}
