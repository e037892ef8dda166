//! Texts and numbers.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::super::chance::Chance;

/// Texts that formats and patterns ask for, and some that none does.
const TEXTS: [&str; 16] = [
    "",
    "a",
    "web-1",
    "small",
    "Zürich",
    "10.0.0.0/8",
    "fd12:3456::/64",
    "10.0.0.1",
    "::1",
    "59edf00e-6e0a-46c4-bf59-c233000c5b98",
    "2024-02-29",
    "2024-02-29T09:30:00.250Z",
    "jo@example.com",
    "https://example.com/",
    "YWJj",
    "2024-02-29T09:30:00.250",
];

/// Numbers at the limits of types, and some between them.
const NUMBERS: [&str; 10] =
    ["0", "1", "-1", "7", "12", "2.5", "-0.25", "2147483648", "9007199254740993", "100"];

pub(super) fn text(chance: &mut Chance, schema: &Value) -> String {
    let of_format = match schema["format"].as_str() {
        // Its exact form is left to a pattern: a text with an offset is valid, too.
        Some("local-date-time") => Some(15),
        Some("ipv4") => Some(7),
        Some("ipv6") => Some(8),
        Some("uuid") => Some(9),
        Some("date") => Some(10),
        Some("date-time") => Some(11),
        Some("email") => Some(12),
        Some("uri" | "url" | "uri-reference") => Some(13),
        Some("byte") => Some(14),
        _ if schema["contentEncoding"] == "base64" => Some(14),
        _ => None,
    };
    if let Some(index) = of_format.filter(|_| chance.percent(90)) {
        return TEXTS[index].to_owned();
    }
    let pattern = schema["pattern"].as_str().and_then(|pattern| matching(chance, pattern));
    let text = pattern.unwrap_or_else(|| chance.pick(&TEXTS).to_owned());
    let count = text.chars().count();
    let length = super::length(chance, schema, "minLength", "maxLength", count);
    text.chars().chain(std::iter::repeat('a')).take(length).collect()
}

/// Returns a text that a pattern matches, as far as it is one that can be read backwards.
fn matching(chance: &mut Chance, pattern: &str) -> Option<String> {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    // In ECMAScript these are ASCII.
    let inner = inner.replace(r"\d", "[0-9]").replace(r"\w", "[0-9A-Za-z_]");
    let texts = proptest::string::string_regex(&inner).ok()?;
    let seed: Vec<u8> = (0..4).flat_map(|_| chance.number().to_le_bytes()).collect();
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    texts.new_tree(&mut TestRunner::new_with_rng(Config::default(), random)).ok().map(|tree| tree.current())
}

/// Returns a number within the limits, at one of them, or now and then just beyond.
pub(super) fn number(chance: &mut Chance, schema: &Value, is_integer: bool) -> Value {
    let fits_format = |text: &&str| match schema["format"].as_str() {
        Some("int32" | "int8" | "int16") => text.len() < 4,
        Some(format) if format.starts_with("uint") => !text.starts_with('-') && text.len() < 4,
        _ => true,
    };
    let mut limits: Vec<(&str, f64)> = Vec::new();
    for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        limits.extend(schema[keyword].as_f64().map(|limit| (keyword, limit)));
    }
    let is_within = |number: f64| {
        limits.iter().all(|(keyword, limit)| match *keyword {
            "minimum" if schema["exclusiveMinimum"] == true => number > *limit,
            "maximum" if schema["exclusiveMaximum"] == true => number < *limit,
            "minimum" => number >= *limit,
            "maximum" => number <= *limit,
            "exclusiveMinimum" => number > *limit,
            _ => number < *limit,
        })
    };
    let unit = schema["multipleOf"].as_f64();
    let mut candidates: Vec<Value> = NUMBERS
        .iter()
        .filter(|text| fits_format(text) && (!is_integer || !text.contains('.')))
        .map(|text| serde_json::from_str(text).unwrap())
        .collect();
    let near = limits.iter().flat_map(|(_, limit)| [-1.0, 0.0, 1.0].map(|step| written(limit + step)));
    candidates.extend(near.collect::<Vec<_>>());
    candidates
        .extend(unit.into_iter().flat_map(|unit| [0.0, 1.0, 7.0, 120.0].map(|count| written(unit * count))));
    candidates.retain(|value| !is_integer || value.as_f64().unwrap().fract() == 0.0);
    let is_multiple = |value: f64| unit.is_none_or(|unit| (value / unit).fract() == 0.0);
    if chance.percent(95) {
        let fits =
            |value: &Value| value.as_f64().is_some_and(|number| is_within(number) && is_multiple(number));
        let fitting: Vec<Value> = candidates.iter().filter(|value| fits(value)).cloned().collect();
        candidates = if fitting.is_empty() { candidates } else { fitting };
    }
    candidates[chance.below(candidates.len())].clone()
}

/// A number without a fraction where it has none, as people write it.
#[allow(clippy::cast_possible_truncation, reason = "it is checked to fit")]
fn written(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}
