//! Values at random, mostly of the shape that a schema asks for.

use serde_json::{Map, Value, json};

use super::chance::Chance;

/// A member that no schema names.
pub(crate) const UNNAMED: &str = "x-unnamed";

/// Texts that formats and patterns ask for, and some that none does.
const TEXTS: [&str; 14] = [
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
];

/// Numbers at the limits of types, and some between them.
const NUMBERS: [&str; 10] =
    ["0", "1", "-1", "7", "12", "2.5", "-0.25", "2147483648", "9007199254740993", "100"];

pub(crate) struct Samples<'d> {
    tree: &'d Value,
}

impl<'d> Samples<'d> {
    pub(crate) fn new(tree: &'d Value) -> Self {
        Self { tree }
    }

    pub(crate) fn component(&self, chance: &mut Chance, name: &str) -> Value {
        self.value(chance, &self.tree["components"]["schemas"][name], 6)
    }

    fn value(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.tree.pointer(reference.trim_start_matches('#'));
            return target.map_or(Value::Null, |target| self.value(chance, target, depth.saturating_sub(1)));
        }
        if depth == 0 || chance.percent(3) {
            return any(chance);
        }
        if schema["nullable"] == true && chance.percent(15) {
            return Value::Null;
        }
        if let Some(values) = schema["enum"].as_array().filter(|values| !values.is_empty()) {
            return values[chance.below(values.len())].clone();
        }
        if schema["example"].is_string() && chance.percent(40) {
            return schema["example"].clone();
        }
        self.composed(chance, schema, depth)
    }

    /// Objects of all parts are one object; of `anyOf`, sometimes those of two members.
    fn composed(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        let mut parts: Vec<Value> = Vec::new();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            parts.push(self.value(chance, part, depth - 1));
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(members) = schema[keyword].as_array().filter(|members| !members.is_empty()) else {
                continue;
            };
            for _ in 0..=usize::from(keyword == "anyOf" && chance.percent(15)) {
                let member = &members[chance.below(members.len())];
                parts.push(self.value(chance, member, depth - 1));
            }
        }
        let says_type = ["type", "properties", "items", "additionalProperties"];
        if parts.is_empty() || says_type.iter().any(|keyword| schema.get(keyword).is_some()) {
            parts.push(self.plain(chance, schema, depth));
        }
        let mut merged = Map::new();
        for part in &parts {
            let Value::Object(members) = part else { return part.clone() };
            merged.extend(members.clone());
        }
        Value::Object(merged)
    }

    fn plain(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        let is_object = schema.get("properties").is_some() || schema.get("additionalProperties").is_some();
        match schema["type"].as_str() {
            Some("boolean") => json!(chance.percent(50)),
            Some("string") => json!(text(chance, schema)),
            Some("integer") => number(chance, |text| !text.contains('.')),
            Some("number") => number(chance, |_| true),
            Some("array") => {
                (0..chance.below(3)).map(|_| self.value(chance, &schema["items"], depth - 1)).collect()
            }
            Some("object") => self.object(chance, schema, depth),
            _ if is_object => self.object(chance, schema, depth),
            _ => any(chance),
        }
    }

    fn object(&self, chance: &mut Chance, schema: &Value, depth: usize) -> Value {
        let mut members = Map::new();
        let required = schema["required"].as_array();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.is_some_and(|names| names.iter().any(|required| required == name));
            if chance.percent(if is_required { 99 } else { 40 }) {
                members.insert(name.clone(), self.value(chance, property, depth - 1));
            }
        }
        if chance.percent(15) {
            let value = match &schema["additionalProperties"] {
                additional @ Value::Object(_) => self.value(chance, additional, depth - 1),
                _ => any(chance),
            };
            members.insert(UNNAMED.to_owned(), value);
        }
        Value::Object(members)
    }
}

fn text(chance: &mut Chance, schema: &Value) -> String {
    let of_format = match schema["format"].as_str() {
        Some("uuid") => Some(TEXTS[9]),
        Some("ipv4") => Some(TEXTS[7]),
        Some("ipv6") => Some(TEXTS[8]),
        Some("date") => Some(TEXTS[10]),
        Some("date-time") => Some(TEXTS[11]),
        Some("email") => Some(TEXTS[12]),
        _ => None,
    };
    of_format.filter(|_| chance.percent(80)).unwrap_or_else(|| chance.pick(&TEXTS)).to_owned()
}

fn number(chance: &mut Chance, fits: fn(&str) -> bool) -> Value {
    let fitting: Vec<&str> = NUMBERS.into_iter().filter(|text| fits(text)).collect();
    serde_json::from_str(chance.pick(&fitting)).unwrap()
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
