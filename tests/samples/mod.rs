//! Values of any schema of a document, OpenAPI 3.0 or 3.1: at random, mostly valid, and at the limits that the
//! schema states. [`mistake`] puts a mistake into one.
//!
//! A document is read as it stands, without the generator: keywords of both versions are known by their form.
#![allow(dead_code, reason = "each of those who include the module uses a part of it")]

pub(crate) mod mistake;
mod scalars;

use serde_json::{Map, Value, json};

use super::chance::Chance;

/// A member that no schema names.
pub(crate) const UNNAMED: &str = "x-unnamed";

/// How deep a value is at most; the members that may be absent are left out before.
const DEPTH: usize = 9;

/// At this depth from the end, and below, a value has what it must have and no more.
const SPARSE: usize = 4;

pub(crate) struct Samples<'d> {
    tree: &'d Value,
}

impl<'d> Samples<'d> {
    pub(crate) fn new(tree: &'d Value) -> Self {
        Self { tree }
    }

    /// Returns a value of a component.
    pub(crate) fn component(&self, chance: &mut Chance, name: &str) -> Value {
        self.of(chance, &self.tree["components"]["schemas"][name])
    }

    /// Returns a value of a schema.
    pub(crate) fn of(&self, chance: &mut Chance, schema: &Value) -> Value {
        self.value(chance, schema, DEPTH)
    }

    fn value(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        if depth == 0 || !schema.is_object() || chance.percent(1) {
            return any(chance);
        }
        if schema["nullable"] == true && chance.percent(15) {
            return Value::Null;
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array().filter(|values| !values.is_empty()) {
            return values[chance.below(values.len())].clone();
        }
        let example = schema.get("example").or_else(|| schema["examples"].get(0));
        if let Some(example) = example.filter(|example| example.is_string() && chance.percent(40)) {
            return example.clone();
        }
        self.composed(chance, schema, depth)
    }

    /// Objects of all parts are one object; of `anyOf`, sometimes those of two members. Of other values one is
    /// taken.
    fn composed(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        let mut parts: Vec<Value> = Vec::new();
        if let Some(reference) = schema["$ref"].as_str().or_else(|| schema["$dynamicRef"].as_str()) {
            parts.push(self.value(chance, self.target(reference), depth - 1));
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            parts.push(self.value(chance, part, depth - 1));
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(members) = schema[keyword].as_array().filter(|members| !members.is_empty()) else {
                continue;
            };
            for _ in 0..=usize::from(keyword == "anyOf" && chance.percent(15)) {
                let member = chosen(chance, members, depth);
                parts.push(self.value(chance, member, depth - 1));
            }
        }
        if schema.get("if").is_some() {
            let branch = if chance.percent(50) { ["if", "then"].as_slice() } else { &["else"] };
            parts.extend(branch.iter().map(|name| self.value(chance, &schema[*name], depth - 1)));
            parts.retain(Value::is_object);
        }
        if parts.is_empty() || TYPED.iter().any(|keyword| schema.get(keyword).is_some()) {
            parts.push(self.plain(chance, schema, depth));
        }
        let mut merged = Map::new();
        for part in &parts {
            let Value::Object(members) = part else { return parts[chance.below(parts.len())].clone() };
            merged.extend(members.clone());
        }
        self.dependent(chance, schema, depth, &mut merged);
        Value::Object(merged)
    }

    /// Adds what members of an object ask for.
    fn dependent(&self, chance: &mut Chance, schema: &Value, depth: usize, members: &mut Map<String, Value>) {
        for (name, required) in schema["dependentRequired"].as_object().into_iter().flatten() {
            let missing = required.as_array().into_iter().flatten().filter_map(Value::as_str);
            for missing in missing.filter(|_| members.contains_key(name)).collect::<Vec<_>>() {
                if !members.contains_key(missing) && chance.percent(90) {
                    let value = self.value(chance, &schema["properties"][missing], depth - 1);
                    members.insert(missing.to_owned(), value);
                }
            }
        }
        for (name, part) in schema["dependentSchemas"].as_object().into_iter().flatten() {
            if members.contains_key(name)
                && let Value::Object(further) = self.value(chance, part, depth - 1)
            {
                members.extend(further);
            }
        }
    }

    fn plain(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        match ty(chance, schema) {
            "null" => Value::Null,
            "boolean" => json!(chance.percent(50)),
            "string" => json!(scalars::text(chance, schema)),
            "integer" => scalars::number(chance, schema, true),
            "number" => scalars::number(chance, schema, false),
            "array" => self.array(chance, schema, depth),
            "object" => self.object(chance, schema, depth),
            _ => any(chance),
        }
    }

    fn array(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        let first = schema["prefixItems"].as_array().map_or(&[][..], Vec::as_slice);
        let usual = if depth > SPARSE { first.len() + chance.below(3) } else { 0 };
        let is_closed = schema["items"] == false || schema["unevaluatedItems"] == false;
        let usual = if is_closed && chance.percent(95) { usual.min(first.len()) } else { usual };
        let length = length(chance, schema, "minItems", "maxItems", usual);
        let mut items: Vec<Value> = Vec::new();
        for index in 0..length {
            let further = schema.get("items").or_else(|| schema.get("unevaluatedItems"));
            let item = first.get(index).or(further).unwrap_or(&Value::Null);
            let mut value = self.value(chance, item, depth - 1);
            for _ in 0..8 {
                if schema["uniqueItems"] != true || !items.contains(&value) {
                    break;
                }
                value = self.value(chance, item, depth - 1);
            }
            items.push(value);
        }
        if let Some(contained) = schema.get("contains") {
            let wanted = schema["minContains"].as_u64().unwrap_or(1);
            for _ in 0..wanted.min(5) {
                if items.len() > first.len() && chance.percent(50) {
                    items.pop();
                }
                items.push(self.value(chance, contained, depth - 1));
            }
        }
        Value::Array(items)
    }

    fn object(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        let mut members = Map::new();
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        let optional = if depth > SPARSE { 40 } else { 0 };
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|required| required == name);
            if chance.percent(if is_required { 99 } else { optional }) {
                members.insert(name.clone(), self.value(chance, property, depth - 1));
            }
        }
        let further = schema.get("additionalProperties").or_else(|| schema.get("unevaluatedProperties"));
        let further = further.unwrap_or(&Value::Null);
        for name in required.iter().filter_map(Value::as_str) {
            if !members.contains_key(name) && chance.percent(95) {
                members.insert(name.to_owned(), self.value(chance, further, depth - 1));
            }
        }
        for (pattern, property) in schema["patternProperties"].as_object().into_iter().flatten() {
            if chance.percent(optional) {
                let name = scalars::text(chance, &json!({"pattern": pattern}));
                members.insert(name, self.value(chance, property, depth - 1));
            }
        }
        let unnamed = if *further == false { 1 } else { 15 };
        let usual = members.len() + usize::from(chance.percent(unnamed));
        let length = length(chance, schema, "minProperties", "maxProperties", usual);
        for number in members.len()..length {
            let name = match schema.get("propertyNames") {
                Some(names) => scalars::text(chance, names),
                None if number == members.len() => UNNAMED.to_owned(),
                None => format!("{UNNAMED}-{number}"),
            };
            members.insert(name, self.value(chance, further, depth - 1));
        }
        Value::Object(members)
    }

    /// Returns what a reference names: a pointer, an `$anchor` or an `$id`.
    fn target(&self, reference: &str) -> &'d Value {
        let pointed = reference.strip_prefix('#').and_then(|pointer| self.tree.pointer(pointer));
        pointed.or_else(|| named(self.tree, reference)).unwrap_or(&Value::Null)
    }
}

/// Keywords that say something of a value by themselves.
const TYPED: [&str; 12] = [
    "additionalProperties",
    "contains",
    "items",
    "maximum",
    "minLength",
    "minimum",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "type",
];

fn ty<'s>(chance: &mut Chance, schema: &'s Value) -> &'s str {
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.get(keyword).is_some());
    match &schema["type"] {
        Value::String(ty) => ty,
        Value::Array(types) if !types.is_empty() => {
            types[chance.below(types.len())].as_str().unwrap_or_default()
        }
        _ if has(&["properties", "additionalProperties", "patternProperties", "required"]) => "object",
        _ if has(&["items", "prefixItems", "contains"]) => "array",
        _ if has(&["pattern", "minLength"]) => "string",
        _ if has(&["minimum", "maximum"]) => "number",
        _ => "",
    }
}

/// Returns one of the members of a choice; near the end of the depth the first one that ends there.
fn chosen<'s>(chance: &mut Chance, members: &'s [Value], depth: usize) -> &'s Value {
    let ends = |member: &&Value| {
        let ty = member["type"].as_str();
        ty.is_some_and(|ty| !matches!(ty, "object" | "array")) || member.get("const").is_some()
    };
    let end = members.iter().find(ends).filter(|_| depth <= SPARSE);
    end.unwrap_or_else(|| &members[chance.below(members.len())])
}

/// Returns a number between two limits, the usual one if it fits, and now and then one beyond.
fn length(chance: &mut Chance, schema: &Value, least: &str, most: &str, usual: usize) -> usize {
    let limit = |keyword: &str| schema[keyword].as_u64().and_then(|limit| usize::try_from(limit).ok());
    let (least, most) = (limit(least), limit(most));
    let fitting = usual.max(least.unwrap_or(0)).min(most.unwrap_or(usize::MAX));
    match (least, most) {
        (Some(least), _) if chance.percent(2) => least.saturating_sub(1),
        (_, Some(most)) if most < 200 && chance.percent(3) => most + 1,
        (_, Some(most)) if most < 200 && chance.percent(5) => most,
        // More than this of anything proves nothing more.
        _ => fitting.min(500),
    }
}

/// Returns the schema with an `$anchor`, `#name`, or with an `$id`.
fn named<'d>(tree: &'d Value, reference: &str) -> Option<&'d Value> {
    let is_it = |keyword: &str, name: &str| tree[keyword].as_str() == Some(name);
    let anchor = reference.strip_prefix('#').unwrap_or_default();
    if is_it("$id", reference) || is_it("$anchor", anchor) || is_it("$dynamicAnchor", anchor) {
        return Some(tree);
    }
    match tree {
        Value::Object(members) => members.values().find_map(|member| named(member, reference)),
        Value::Array(items) => items.iter().find_map(|item| named(item, reference)),
        _ => None,
    }
}

fn any(chance: &mut Chance) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!("a"),
        json!(7),
        json!(2.5),
        json!([]),
        json!({}),
        json!({UNNAMED: 1}),
    ];
    values[chance.below(values.len())].clone()
}
