//! Words of names: how they are joined, shortened and taken from media types, statuses and titles.

use crate::api::{Operation, Status};
use crate::ident::{FieldIdent, TypeIdent, is_taken_library};

/// The longest name of a schema that the document does not name.
pub(super) const LONGEST: usize = 60;

/// The longest name that is cut off, so that a word or a number can tell it from others.
pub(super) const ROOMY: usize = 52;

/// Returns the name without as many of its last words as it takes to be no longer than `longest`.
pub(super) fn shortened(name: &str, longest: usize) -> &str {
    if name.len() <= longest {
        return name;
    }
    let mut words = name.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(index, _)| index);
    let word = words.rfind(|index| (1..=longest).contains(index));
    // A word that is too long is cut, between two characters.
    let end = word.or_else(|| (0..=longest).rev().find(|end| name.is_char_boundary(*end)));
    &name[..end.unwrap_or_default()]
}

/// Returns a word for a media type, such as `Xml`.
pub(super) fn media_type_word(media_type: &str) -> String {
    camel(media_type.split(';').next().unwrap_or_default().rsplit('/').next().unwrap_or_default())
}

/// Returns the name of an operation: its `operationId`, or its method and path.
pub(in crate::translate) fn operation(operation: &Operation) -> String {
    match &operation.id {
        Some(id) if !id.trim().is_empty() => id.clone(),
        _ => format!("{} {}", operation.method.key(), operation.path),
    }
}

/// Returns the package name for a title: lower case, with hyphens. One that could not be used as the name of
/// a crate, or that another crate has, gets the suffix `api`.
pub(in crate::translate) fn package(title: &str) -> String {
    let parts: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = parts.join("-");
    let library = name.replace('-', "_");
    let is_keyword = !name.is_empty()
        && FieldIdent::new(&library).as_str() != library
        && !library.starts_with(|c: char| c.is_ascii_digit());
    if is_keyword || is_taken_library(&library) {
        // Such a crate could not be named beside the other one.
        return format!("{name}-api");
    }
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("api-{name}"),
        None => "api".to_owned(),
    }
}

pub(super) fn response_suffix(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Response{code}"),
        Status::Range(digit) => format!("Response{digit}xx"),
        Status::Default => "ResponseDefault".to_owned(),
    }
}

/// Appends a name to that of its owner. A word that ends one and begins the other is written once:
/// `CreateAccount` and `accountType` make `CreateAccountType`.
pub(in crate::translate) fn joined(owner: &str, name: &str) -> String {
    let (owner, name) = (camel(owner), camel(name));
    let overlap = last_word(&owner);
    let rest = name.strip_prefix(overlap).filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    match rest {
        Some(rest) if !overlap.is_empty() => format!("{owner}{rest}"),
        _ => format!("{owner}{name}"),
    }
}

pub(super) fn camel(name: &str) -> String {
    TypeIdent::new(name, "").as_str().to_owned()
}

fn last_word(camel: &str) -> &str {
    camel.rfind(|c: char| c.is_ascii_uppercase()).map_or("", |start| &camel[start..])
}

/// Returns what a schema in a keyword of JSON Schema 2020-12 adds to the name of the schema around it.
pub(super) fn keyword_part(keyword: &str, detail: &str) -> String {
    match keyword {
        "prefixItems" => format!("Item{detail}"),
        "patternProperties" => "Value".to_owned(),
        "dependentSchemas" => format!("With {detail}"),
        _ => keyword.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, package, shortened};

    #[test]
    fn shared_words_are_written_once() {
        let table = [
            ("CreateAccount", "accountType", "CreateAccountType"),
            ("CreateAccount", "account", "CreateAccountAccount"),
            ("Fleet", "fuelType", "FleetFuelType"),
            ("Car", "carbon", "CarCarbon"),
        ];
        for (owner, name, expected) in table {
            assert_eq!(joined(owner, name), expected);
        }
    }

    #[test]
    fn packages() {
        assert_eq!(package("Cards v4"), "cards-v4");
        assert_eq!(package("3D Secure"), "api-3d-secure");
        assert_eq!(package("名"), "api");
        for (title, expected) in [
            ("async", "async-api"),
            ("Crate", "crate-api"),
            ("std", "std-api"),
            ("serde", "serde-api"),
            ("Serde JSON", "serde-json-api"),
            ("Tokio", "tokio-api"),
            ("Specwright Runtime", "specwright-runtime-api"),
            ("Stdlib v2", "stdlib-v2"),
        ] {
            assert_eq!(package(title), expected);
        }
    }

    #[test]
    fn names_are_cut_between_words_or_characters() {
        for (name, longest, short) in [
            ("OrderLine", 9, "OrderLine"),
            ("OrderLines", 9, "Order"),
            ("OrderLine", 5, "Order"),
            ("Orderlines", 7, "Orderli"),
            ("\u{e4}\u{e4}\u{e4}", 3, "\u{e4}"),
            ("\u{e4}", 0, ""),
        ] {
            assert_eq!(shortened(name, longest), short, "{name}");
        }
    }
}
