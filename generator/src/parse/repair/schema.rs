//! Repairs of schemas: `type` in other spellings, and keywords of the wrong form.

use serde_json::{Value, json};

use super::defect::{Defect, Repair, text};
use crate::parse::context::Mapping;
use crate::parse::grammar::{ALIASES, BOUND, ObjectName, TYPES};
use crate::parse::version::Version;
use crate::report::Fix;

const SCHEMA: &[ObjectName] = &[ObjectName::Schema];

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "type-null", objects: SCHEMA, apply: any_type },
    Repair { code: "type-alias", objects: SCHEMA, apply: type_alias },
    Repair { code: "required-flag", objects: SCHEMA, apply: required_flag },
    Repair { code: "items-list", objects: SCHEMA, apply: items_list },
    Repair { code: "items-missing", objects: SCHEMA, apply: items_missing },
    Repair { code: "empty-composition", objects: SCHEMA, apply: empty_composition },
    Repair { code: "delimited-pattern", objects: SCHEMA, apply: delimited_pattern },
    Repair { code: "ineffective-keyword", objects: SCHEMA, apply: keyword_without_effect },
];

fn any_type(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if let Some(any @ ("any" | "mixed")) = text(schema, "type") {
        let what = format!("`{any}` is not a type");
        defect.read_as("type", what, "it is read as no `type`, which allows every value");
        schema.shift_remove("type");
    }
}

fn type_alias(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(name) = text(schema, "type").filter(|name| !TYPES.contains(name)) else { return };
    let own = TYPES.iter().find(|own| own.eq_ignore_ascii_case(name)).map(|own| (*own, None));
    let alias = ALIASES.iter().find(|(alias, ..)| alias.eq_ignore_ascii_case(name));
    let alias = alias.map(|(_, meant, format)| (*meant, *format));
    let Some((meant, format)) = own.or(alias) else { return };
    let what = format!("`{name}` is not a type");
    let format = format.filter(|_| !schema.contains_key("format"));
    let with_format = format.map_or_else(String::new, |format| format!(" with the format `{format}`"));
    // A format would be another line.
    let fix = format.is_none().then(|| Fix::Text(meant.to_owned()));
    defect.mended("type", what, format!("it is read as `{meant}`{with_format}"), fix);
    schema.insert("type".to_owned(), meant.into());
    if let Some(format) = format {
        schema.insert("format".to_owned(), format.into());
    }
}

/// `required: true` on a property is a habit from JSON Schema draft 3.
fn required_flag(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(flag) = schema.get("required") else { return };
    if flag.is_boolean() || matches!(flag.as_str(), Some("true" | "false")) {
        let what = "`required` of a schema must be a list of its properties, found a boolean";
        defect.ignored("required", what, Some("name the property in `required` of the object around it"));
        schema.shift_remove("required");
    }
}

/// A list of schemas, one for each position, is JSON Schema's; OpenAPI 3.0 has one schema for all items.
fn items_list(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(Value::Array(schemas)) = schema.get("items") else { return };
    let what = "`items` must be one schema, found a list";
    if let [one] = &schemas[..] {
        let one = one.clone();
        defect.read_as("items", what, "its only schema is read as the schema of every item");
        schema.insert("items".to_owned(), one);
    } else {
        defect.read_as("items", what, "the items are read as any values");
        schema.insert("items".to_owned(), json!({}));
    }
}

/// Source code has a pattern between slashes, and flags behind them. As a value of `pattern` the slashes are
/// signs that the text has to have, and none has one before its beginning or behind its end.
fn delimited_pattern(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(meant) = text(schema, "pattern").and_then(undelimited) else { return };
    let what = "`pattern` is between slashes, as in source code";
    defect.mended("pattern", what, format!("it is read as `{meant}`"), Some(Fix::Text(meant.clone())));
    schema.insert("pattern".to_owned(), meant.into());
}

/// Returns the pattern between slashes that begins with `^` or ends with `$`, with the flags that change what
/// it means to search for it once.
fn undelimited(pattern: &str) -> Option<String> {
    let (inner, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let is_anchored = inner.starts_with('^') || (inner.ends_with('$') && !inner.ends_with(r"\$"));
    // A text may fit another alternative than the one with a slash.
    if !is_anchored || has_alternatives(inner) || !flags.chars().all(|flag| "dgimsuvy".contains(flag)) {
        return None;
    }
    let flags: String = flags.chars().filter(|flag| "ims".contains(*flag)).collect();
    Some(if flags.is_empty() { inner.to_owned() } else { format!("(?{flags}){inner}") })
}

/// Returns whether a `|` stands outside of groups and classes.
fn has_alternatives(pattern: &str) -> bool {
    let (mut depth, mut in_class, mut letters) = (0_usize, false, pattern.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

fn items_missing(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let may_lack = defect.context.version >= Version::V31 || schema.contains_key("prefixItems");
    if text(schema, "type") == Some("array") && !schema.contains_key("items") && !may_lack {
        defect.read_as("type", "an array needs `items`", "the items are read as any values");
        schema.insert("items".to_owned(), json!({}));
    }
}

/// JSON Schema forbids an empty list of members, which could as well mean that nothing fits.
fn empty_composition(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            defect.ignored(keyword, format!("`{keyword}` lists no schema"), None);
            schema.shift_remove(keyword);
        }
    }
}

/// A keyword for other types holds of every value of this one, so that leaving it out changes nothing.
fn keyword_without_effect(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(own) = text(schema, "type").filter(|name| TYPES.contains(name)).map(str::to_owned) else {
        return;
    };
    for (types, keywords) in BOUND {
        if types.contains(&own.as_str()) {
            continue;
        }
        for keyword in *keywords {
            if schema.contains_key(*keyword) {
                let what = format!("`{keyword}` has no effect on values of type `{own}`");
                defect.ignored(keyword, what, instead(keyword, &own));
                schema.shift_remove(*keyword);
            }
        }
    }
}

/// Returns the keyword that was probably meant.
fn instead(keyword: &str, own: &str) -> Option<&'static str> {
    Some(match (own, keyword) {
        ("string", "maximum" | "maxItems") => "did you mean `maxLength`?",
        ("string", "minimum" | "minItems") => "did you mean `minLength`?",
        ("integer" | "number", "maxLength" | "maxItems") => "did you mean `maximum`?",
        ("integer" | "number", "minLength" | "minItems") => "did you mean `minimum`?",
        ("array", "maximum" | "maxLength") => "did you mean `maxItems`?",
        ("array", "minimum" | "minLength") => "did you mean `minItems`?",
        (_, "properties") => "did you mean `type: object`?",
        (_, "items") => "did you mean `type: array`?",
        _ => return None,
    })
}
