//! The forms that values of a configuration must have. Pure functions.

use crate::ident::{FieldIdent, TypeIdent, is_taken_library};
use crate::report::nearest;

/// Formats that a type may be given for. The last line has other names in use that are similar to one of
/// these.
const FORMATS: &[&str] = &[
    "date",
    "date-time",
    "local-date-time",
    "time",
    "duration",
    "decimal",
    "double",
    "float",
    "integer",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uuid",
    "email",
    "uri",
    "byte",
    "binary",
    "password",
    "country-code",
    "currency-code",
    "iri",
    "ulid",
    "url",
];

/// Returns the known format that the name misspells. Any other name is accepted.
pub(super) fn misspelt(format: &str) -> Option<&'static str> {
    if FORMATS.contains(&format) { None } else { nearest(format, FORMATS.iter().copied()) }
}

/// Crates and modules that need no dependency, and those that every package depends on.
const ROOTS: [&str; 8] = ["std", "core", "alloc", "crate", "super", "self", "serde", "specwright_runtime"];

const PRIMITIVES: [&str; 17] = [
    "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// Returns the crate that a type path begins with, if it must be a dependency.
pub(super) fn crate_of(path: &str) -> Option<&str> {
    let (first, _) = path.strip_prefix("::").unwrap_or(path).split_once("::")?;
    let is_crate = first.starts_with(|c: char| c.is_ascii_lowercase());
    (is_crate && !ROOTS.contains(&first)).then_some(first)
}

/// Returns whether a text is a path to a type, such as `String`, `f64`, `chrono::NaiveDate` or
/// `::uuid::Uuid`.
pub(super) fn is_type(path: &str) -> bool {
    let is_single = !path.contains("::");
    let is_lower = path.starts_with(|c: char| c.is_ascii_lowercase());
    is_type_path(path) && (!is_single || !is_lower || PRIMITIVES.contains(&path))
}

/// Returns whether a text is identifiers joined by `::`.
pub(crate) fn is_type_path(text: &str) -> bool {
    let is_ident = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
            && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
            && word != "_"
    };
    text.strip_prefix("::").unwrap_or(text).split("::").all(is_ident)
}

pub(crate) fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Returns whether a text is a keyword in every context: cargo refuses it as the name of a package.
pub(crate) fn is_keyword(name: &str) -> bool {
    let is_raw = || FieldIdent::new(name).as_str() == format!("r#{name}");
    match name {
        "self" | "super" | "crate" | "Self" => true,
        "union" | "safe" => false,
        _ => is_raw(),
    }
}

/// Returns whether everybody who uses a package has another library of that name.
pub(crate) fn is_taken(package: &str) -> bool {
    is_taken_library(package)
}

/// Returns whether a text is a version for cargo, such as `1.2.3`, `1.2.3-beta.1` or `1.2.3+20240131`.
pub(crate) fn is_version(text: &str) -> bool {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (numbers, pre) = text.split_once('-').map_or((text, None), |(numbers, pre)| (numbers, Some(pre)));
    let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_padded = |word: &str| word.len() > 1 && word.starts_with('0') && is_digits(word);
    let is_number = |word: &str| is_digits(word) && !is_padded(word) && word.parse::<u64>().is_ok();
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && pre.is_none_or(|pre| pre.split('.').all(|word| is_word(word) && !is_padded(word)))
        && build.is_none_or(|build| build.split('.').all(is_word))
}

/// Returns whether a text looks like a quoted string or an inline table of TOML: one complete value on one
/// line.
pub(crate) fn is_toml_value(text: &str) -> bool {
    let text = text.trim_matches(' ');
    let is_table = text.starts_with('{') && text.contains('=');
    if !(is_table || text.starts_with(['"', '\''])) || text.chars().any(char::is_control) {
        return false;
    }
    let (mut open, mut quote, mut chars) = (Vec::new(), None, text.chars());
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some('"'), '\\') => _ = chars.next(),
            (Some(mark), _) if mark == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => open.push('}'),
            (None, '[') => open.push(']'),
            (None, '}' | ']') if open.pop() != Some(c) => return false,
            (None, '#') => return false,
            _ => {}
        }
        let is_closed = open.is_empty() && quote.is_none();
        if is_closed && !chars.as_str().is_empty() {
            return false;
        }
    }
    open.is_empty() && quote.is_none()
}

/// Returns whether a text is a type name.
pub(crate) fn is_type_name(text: &str) -> bool {
    type_name(text).as_deref() == Some(text)
}

/// Returns the type name nearest to a text; `None` if there is none.
pub(super) fn type_name(text: &str) -> Option<String> {
    let ident = TypeIdent::new(text, "");
    let name = ident.as_str();
    name.starts_with(|c: char| c.is_ascii_uppercase()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{crate_of, is_keyword, is_toml_value, is_version, misspelt};

    #[test]
    fn versions() {
        let table = [
            ("1.2.3", true),
            ("0.1.0-beta.1", true),
            ("1.2.3-x-y+001.a", true),
            ("1.2", false),
            ("1.2.3.4", false),
            ("01.2.3", false),
            ("1..3", false),
            ("v1.2.3", false),
            ("1.2.3-", false),
            ("1.2.3-01", false),
            ("1.2.3+", false),
            ("1.2.99999999999999999999", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(is_version(text), expected, "{text}");
        }
    }

    #[test]
    fn toml_values() {
        let table = [
            ("\"1.0\"", true),
            ("'1.0'", true),
            ("{ version = \"1\", features = [\"serde\"] }", true),
            ("{ path = '../a}b' }", true),
            ("\"a\\\"b\"", true),
            ("1.0", false),
            ("\"1.0", false),
            ("\"1.0\\\"", false),
            ("\"1.0\" # no", false),
            ("\"\"\"1.0\"\"\"", false),
            ("{ version = \"1\"", false),
            ("{ version = [\"1\"} ]", false),
            ("{ version = \"1\" } }", false),
            ("{ version = \"1\" # }", false),
            ("{ version = \"1\",\n path = \"a\" }", false),
            ("{}", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(is_toml_value(text), expected, "{text}");
        }
    }

    #[test]
    fn formats() {
        let table = [
            ("date", None),
            ("money", None),
            ("url", None),
            ("x-my-own", None),
            ("datetime", Some("date-time")),
            ("Date", Some("date")),
            ("uiid", Some("uuid")),
            ("currencycode", Some("currency-code")),
        ];
        for (format, near) in table {
            assert_eq!(misspelt(format), near, "{format}");
        }
    }

    #[test]
    fn crates_and_keywords() {
        let table = [
            ("chrono::NaiveDate", Some("chrono")),
            ("::uuid::Uuid", Some("uuid")),
            ("std::string::String", None),
            ("crate::Own", None),
            ("Own::Inner", None),
            ("f64", None),
        ];
        for (path, expected) in table {
            assert_eq!(crate_of(path), expected, "{path}");
        }
        for (name, expected) in [("type", true), ("crate", true), ("union", false), ("types", false)] {
            assert_eq!(is_keyword(name), expected, "{name}");
        }
    }
}
