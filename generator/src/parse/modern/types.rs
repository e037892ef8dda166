//! `type` as a list of types, and the type `null`.

use serde_json::map::Entry;
use serde_json::{Map, Value, json};

use super::rewriting::Rewriting;
use crate::parse::context::Mapping;
use crate::parse::grammar::{BOUND, TYPES};
use crate::parse::node_path::NodePath;

/// Formats of numbers; any other is one of strings.
const OF_NUMBERS: [&str; 12] = [
    "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float", "double",
    "decimal",
];

/// Writes a list of types as one type, as `nullable`, or as a choice of schemas with one type each.
pub(super) fn rewrite(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    match schema.get("type") {
        Some(Value::String(name)) if name == "null" => {
            let reading = "it is read as an `enum` of `null` alone";
            rewriting.newer(&at.key("type"), "type-null", "`null` is a type of OpenAPI 3.1", reading);
            only_null(schema);
        }
        Some(Value::Array(types)) => {
            let names: Vec<String> = types.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            list(rewriting, at, schema, names);
        }
        _ => {}
    }
}

fn list(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping, mut names: Vec<String>) {
    if names.iter().any(|name| name == "number") {
        names.retain(|name| name != "integer");
    }
    let mut known: Vec<String> = Vec::new();
    names.retain(|name| !known.contains(name) && (known.push(name.clone()), true).1);
    let (nulls, types): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name == "null");
    let what = "`type` must be one type, found a list (a form of OpenAPI 3.1)";
    let with_null = if nulls.is_empty() { "" } else { " that may be null" };
    let spot = at.key("type");
    match &types[..] {
        [] if nulls.is_empty() => {
            rewriting.newer(&spot, "type-list", what, "it is read as any type");
            schema.shift_remove("type");
        }
        [] => {
            rewriting.newer(&spot, "type-list", what, "it is read as `null` and nothing else");
            only_null(schema);
        }
        [one] => {
            rewriting.newer(&spot, "type-list", what, &format!("it is read as `{one}`{with_null}"));
            schema.insert("type".to_owned(), one.as_str().into());
        }
        all if all.len() + usize::from(all.iter().any(|name| name == "number")) == TYPES.len()
            && !speaks_of_one(schema) =>
        {
            rewriting.newer(&spot, "type-list", what, &format!("it is read as any type{with_null}"));
            schema.shift_remove("type");
            if nulls.is_empty() {
                forbid_null(rewriting, schema);
            }
        }
        several => {
            let names = format!("`{}`", several.join("`, `"));
            rewriting.newer(&spot, "type-list", what, &format!("it is read as one of {names}{with_null}"));
            let further = if sees_the_whole(rewriting, schema) { &nulls[..] } else { &[] };
            split(rewriting, at, schema, &[several, further].concat());
        }
    }
    let lists_null = |values: &Value| values.as_array().is_none_or(|values| values.contains(&Value::Null));
    if !nulls.is_empty() && !types.is_empty() && schema.get("enum").is_none_or(lists_null) {
        schema.insert("nullable".to_owned(), true.into());
    }
}

/// Makes it a schema of `null` and nothing else, as OpenAPI 3.0 can write it.
fn only_null(schema: &mut Mapping) {
    schema.shift_remove("type");
    schema.insert("nullable".to_owned(), true.into());
    schema.insert("enum".to_owned(), json!([null]));
}

/// Makes it a schema of all values but `null`, in the form that the document's version has for it.
fn forbid_null(rewriting: &Rewriting<'_>, schema: &mut Mapping) {
    let only_null = if rewriting.is_modern() {
        json!({"type": "null"})
    } else {
        json!({"nullable": true, "enum": [null]})
    };
    match schema.entry("not") {
        Entry::Vacant(not) => {
            not.insert(only_null);
        }
        Entry::Occupied(_) => {
            if let Value::Array(list) = schema.entry("allOf").or_insert_with(|| json!([])) {
                list.push(json!({"not": only_null}));
            }
        }
    }
}

/// Returns whether a keyword is about objects or about lists alone: without a type, it would stand for one.
fn speaks_of_one(schema: &Mapping) -> bool {
    let is_of_one = |types: &[&str]| matches!(types, ["object" | "array"]);
    let bound = BOUND.iter().filter(|(types, _)| is_of_one(types)).flat_map(|(_, keywords)| *keywords);
    bound.into_iter().any(|keyword| schema.contains_key(*keyword))
}

/// Keywords that see what all keywords beside them say, which they could not from a member of a choice.
const OF_THE_WHOLE: [&str; 2] = ["unevaluatedItems", "unevaluatedProperties"];

/// Returns whether a keyword stays beside the choice of types. In OpenAPI 3.0, it would state a type there.
fn sees_the_whole(rewriting: &Rewriting<'_>, schema: &Mapping) -> bool {
    rewriting.is_modern() && OF_THE_WHOLE.iter().any(|keyword| schema.contains_key(*keyword))
}

/// Makes it a choice of types, each with the keywords that are about its values.
fn split(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping, types: &[String]) {
    let is_taken = schema.contains_key("anyOf");
    let stays = |keyword: &str| rewriting.is_modern() && OF_THE_WHOLE.contains(&keyword);
    let members: Vec<Value> = types.iter().map(|name| of_type(schema, name, stays).into()).collect();
    schema.shift_remove("type");
    schema.shift_remove("format");
    for (_, keywords) in BOUND {
        schema.retain(|key, _| !keywords.contains(&key.as_str()) || stays(key));
    }
    let (whole, count) = (at.pointer(), members.len());
    let choice = json!(members);
    let choice_at = if is_taken {
        let list = schema.entry("allOf").or_insert_with(|| json!([]));
        let Value::Array(list) = list else { return };
        list.push(json!({"anyOf": choice}));
        whole.child("allOf").child(list.len() - 1).child("anyOf")
    } else {
        schema.insert("anyOf".to_owned(), choice);
        whole.child("anyOf")
    };
    for index in 0..count {
        rewriting.moved(&choice_at.child(index), &whole);
    }
}

/// Returns the keywords of a schema that are about values of one type, but for those that stay beside it.
fn of_type(schema: &Mapping, name: &str, stays: impl Fn(&str) -> bool) -> Mapping {
    let mut own = Map::from_iter([("type".to_owned(), Value::from(name))]);
    for (types, keywords) in BOUND {
        for keyword in keywords.iter().filter(|keyword| types.contains(&name) && !stays(keyword)) {
            if let Some(value) = schema.get(*keyword).filter(|_| *keyword != "format") {
                own.insert((*keyword).to_owned(), value.clone());
            }
        }
    }
    let is_number = matches!(name, "number" | "integer");
    if let Some(format) = schema.get("format").filter(|_| is_number || name == "string")
        && OF_NUMBERS.contains(&format.as_str().unwrap_or_default()) == is_number
    {
        own.insert("format".to_owned(), format.clone());
    }
    own
}
