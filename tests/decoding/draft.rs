//! Components of a document of OpenAPI 3.1 as the `jsonschema` crate reads them, draft 2020-12.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

/// How a schema is read that does not state its type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Untyped {
    /// It says nothing of values of other types, as in JSON Schema.
    Open,
    /// It is of the type that its keywords imply, which is what its model can hold.
    Implied,
}

/// Formats of the draft that generated validators do not check, which `lint` tells.
const UNCHECKED: [&str; 11] = [
    "duration",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri-template",
    "url",
];

/// Returns the validator of a component. What a generated validator is documented to read otherwise is put
/// into the words of the draft.
pub(crate) fn validator(tree: &Value, component: &str, untyped: Untyped) -> Validator {
    let mut tree = tree.clone();
    for schema in tree["components"]["schemas"].as_object_mut().unwrap().values_mut() {
        state(schema, untyped);
    }
    let root = json!({
        "$ref": format!("#/$defs/{component}"),
        // The document's references are pointers into it; anchors and ids are found in definitions alone.
        "components": tree["components"],
        "$defs": tree["components"]["schemas"],
    });
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    let options = options.with_format("byte", is_base64);
    let options =
        UNCHECKED.iter().fold(options, |options, format| options.with_format(*format, |_: &str| true));
    options.build(&root).unwrap_or_else(|error| panic!("{component}: {error}"))
}

/// States that `contentEncoding` and formats of integers are asserted, that `nullable` is read as it is
/// meant, and types that are implied.
fn state(schema: &mut Value, untyped: Untyped) {
    match schema {
        Value::Object(keywords) => {
            let is_nullable = keywords.get("nullable") == Some(&json!(true));
            let range = range(keywords);
            let implied = if untyped == Untyped::Implied { implied(keywords) } else { Vec::new() };
            for (keyword, value) in keywords.iter_mut() {
                match (keyword.as_str(), value) {
                    (
                        "properties" | "patternProperties" | "dependentSchemas" | "$defs",
                        Value::Object(named),
                    ) => named.values_mut().for_each(|one| state(one, untyped)),
                    ("const" | "default" | "enum" | "example" | "examples", _) => {}
                    (_, value) => state(value, untyped),
                }
            }
            if keywords.get("contentEncoding").is_some_and(|encoding| encoding == "base64") {
                keywords.insert("format".to_owned(), json!("byte"));
            }
            for part in range.into_iter().chain(implied) {
                *schema = json!({"allOf": [schema.take(), part]});
            }
            if is_nullable {
                *schema = json!({"anyOf": [{"type": "null"}, schema.take()]});
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| state(item, untyped)),
        _ => {}
    }
}

/// Returns what the model of an object or array without a type holds: a value of that type, and in members
/// that one branch of a condition states, what this branch says of them.
fn implied(keywords: &Map<String, Value>) -> Vec<Value> {
    let has = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
    let mut parts = Vec::new();
    if !keywords.contains_key("type") {
        if has(&["properties", "additionalProperties", "patternProperties", "required"]) {
            parts.push(json!({"type": "object"}));
        } else if has(&["items", "prefixItems", "contains"]) {
            parts.push(json!({"type": "array"}));
        }
    }
    let branches = ["then", "else"].into_iter().filter_map(|branch| keywords.get(branch));
    let dependent = keywords.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten();
    let properties =
        branches.chain(dependent.map(|(_, part)| part)).filter_map(|part| part.get("properties"));
    parts.extend(properties.map(|properties| json!({"properties": properties})));
    parts
}

/// Returns the limits that the format of an integer sets.
fn range(schema: &Map<String, Value>) -> Option<Value> {
    let format =
        schema.get("format")?.as_str().filter(|_| schema.get("type").is_some_and(|ty| ty == "integer"))?;
    let (digits, is_signed) = match format.strip_prefix("uint") {
        Some(digits) => (digits, false),
        None => (format.strip_prefix("int")?, true),
    };
    let bits: u32 = digits.parse().ok()?;
    let values = 1_i128 << bits;
    let (least, most) = if is_signed { (-values / 2, values / 2 - 1) } else { (0, values - 1) };
    Some(serde_json::from_str(&format!("{{\"minimum\": {least}, \"maximum\": {most}}}")).unwrap())
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - data.len() < 3 && data.bytes().all(is_digit)
}

/// Compares violations, by their JSON pointers, with what a validator says of the value, and returns what
/// differs: the verdict, a violation at a place where nothing is wrong, or an error at whose place there is
/// no violation.
pub(crate) fn difference(validator: &Validator, value: &Value, violations: &[String]) -> Option<String> {
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(value).collect();
    let all: BTreeSet<String> = errors.iter().flat_map(places).collect();
    if violations.is_empty() != errors.is_empty() {
        return Some(format!("the verdict: violations at {violations:?}, and {all:?} of the draft"));
    }
    if let Some(stray) = violations.iter().find(|pointer| !all.contains(*pointer)) {
        return Some(format!("a violation at {stray:?}: {all:?} of the draft"));
    }
    let is_told = |error: &&ValidationError<'_>| match error.kind() {
        // Members of a part that is wrong count as unevaluated, which is told beside what is wrong with it.
        Kind::UnevaluatedProperties { .. } | Kind::UnevaluatedItems { .. } => errors.len() == 1,
        _ => !errors.iter().any(|other| is_surplus(other, error.instance_path().as_str())),
    };
    let places = errors.iter().filter(is_told).map(places);
    let missed = places.into_iter().find(|places| !violations.iter().any(|pointer| places.contains(pointer)));
    missed.map(|missed| format!("no violation at {missed:?}: {violations:?}"))
}

/// Returns whether the place is in an item behind the last one that is allowed, which is not looked at.
fn is_surplus(error: &ValidationError<'_>, place: &str) -> bool {
    let Kind::MaxItems { limit } = error.kind() else { return false };
    let inside = place.strip_prefix(error.instance_path().as_str()).and_then(|rest| rest.strip_prefix('/'));
    let index = inside.and_then(|inside| inside.split('/').next()?.parse::<u64>().ok());
    index.is_some_and(|index| index >= *limit)
}

/// Returns the places that an error may be told at: of a choice, also what is wrong within its members.
fn places(error: &ValidationError<'_>) -> BTreeSet<String> {
    let place = error.instance_path().as_str().to_owned();
    let member = |name: &str| format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut places = BTreeSet::new();
    match error.kind() {
        Kind::Required { property } => {
            places.insert(member(property.as_str().unwrap()));
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            places.extend(unexpected.iter().map(|name| member(name)));
        }
        Kind::UniqueItems | Kind::UnevaluatedItems { .. } => {
            let count = error.instance().as_array().map_or(0, Vec::len);
            places.extend((0..count).map(|index| format!("{place}/{index}")));
        }
        Kind::PropertyNames { error } => {
            places.insert(member(error.instance().as_str().unwrap()));
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } | Kind::OneOfMultipleValid { context } => {
            places.extend(context.iter().flatten().flat_map(self::places));
            places.insert(place);
        }
        _ => {
            places.insert(place);
        }
    }
    places
}
