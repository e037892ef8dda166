//! Extensions of schemas: the members of a schema go in, codes, labels and rules go to its entry.

use serde_json::Value as Json;

use crate::api::{EnumValue, SchemaId, Shape};
use crate::lower::{Lowering, Raw};
use crate::pointer::Pointer;
use crate::report::nearest;

use super::{ExtensionFinding, Kind, On, named};

impl<'d> Lowering<'d> {
    /// Reads every extension of the schema at `at`, which is filled in otherwise.
    pub(in crate::lower) fn schema_extensions(&mut self, id: SchemaId, at: &Pointer, raw: Raw<'d>) {
        self.schemas.0[id.0].documented_as = self.documented_as(at, raw);
        for (key, value) in raw.members().filter(|(key, _)| key.starts_with("x-")) {
            let Some(extension) = named(key).filter(|known| known.kind == Kind::Schema) else { continue };
            let at = at.child(key);
            if let Some(found) = self.unfit(id, extension.on) {
                self.say(&at, &ExtensionFinding::misplaced(extension, found));
                continue;
            }
            match key {
                "x-sensitive" => self.schemas.0[id.0].sensitive = self.flag(&at, value).unwrap_or(false),
                "x-error-code" => self.keyword_codes(id, &at, value),
                "x-severity" => self.keyword_severities(id, &at, value),
                "x-enum-labels" => self.enum_labels(id, &at, value),
                "x-enum-varnames" => self.enum_names(id, &at, value, raw),
                "x-preferred-values" => self.preferred_values(id, &at, value),
                _ => {
                    let rules = self.rules(key, &at, value);
                    self.schemas.0[id.0].rules.extend(rules);
                }
            }
        }
    }

    /// What the schema is, if that is not what the extension needs.
    fn unfit(&self, id: SchemaId, on: On) -> Option<String> {
        let schema = &self.schemas[id];
        let composed = !schema.all_of.is_empty() || schema.one_of.is_some() || schema.any_of.is_some();
        let (word, open) = match &schema.shape {
            Shape::Any | Shape::Alias(_) => ("a schema without a type", composed),
            Shape::Boolean => ("a boolean", false),
            Shape::Integer(_) => ("an integer", false),
            Shape::Number(_) => ("a number", false),
            Shape::String(_) => ("a string", false),
            Shape::Array(_) => ("an array", false),
            Shape::Object(_) => ("an object", false),
        };
        let fits = match on {
            On::Anything => true,
            On::Enum => schema.enumeration.is_some(),
            On::OpenString => word == "a string" && schema.enumeration.is_none(),
            On::Array => word == "an array",
            On::Object => open || word == "an object",
            On::Strings => open || matches!(word, "a string" | "an array" | "an object"),
        };
        match on {
            _ if fits => None,
            On::Enum => Some("a schema without `enum`".to_owned()),
            On::OpenString if word == "a string" => Some("a string with `enum`".to_owned()),
            _ => Some(word.to_owned()),
        }
    }

    fn keyword_codes(&mut self, id: SchemaId, at: &Pointer, value: &Json) {
        for (keyword, at, value) in self.by_keyword(at, value, true) {
            if let Some(code) = self.text(&at, value) {
                self.schemas.0[id.0].codes.insert(keyword, code);
            }
        }
    }

    fn keyword_severities(&mut self, id: SchemaId, at: &Pointer, value: &Json) {
        for (keyword, at, value) in self.by_keyword(at, value, true) {
            if let Some(severity) = self.severity(&at, value) {
                self.schemas.0[id.0].severities.insert(keyword, severity);
            }
        }
    }

    fn enum_values(&mut self, id: SchemaId) -> &mut [EnumValue] {
        self.schemas.0[id.0].enumeration.as_mut().map_or(&mut [], |enumeration| &mut enumeration.values)
    }

    /// Labels for exactly the values of the enum.
    fn enum_labels(&mut self, id: SchemaId, at: &Pointer, value: &Json) {
        let Some(labels) = self.open_mapping(at, value) else { return };
        let values: Vec<String> = self.enum_values(id).iter().map(|value| plain(&value.value)).collect();
        for (key, label) in labels {
            let label = self.text(&at.child(key), label);
            if let Some(index) = values.iter().position(|value| value == key) {
                self.enum_values(id)[index].label = label;
            } else {
                let near = nearest(key, values.iter().map(String::as_str)).map(str::to_owned);
                let expected = "value of the enum".to_owned();
                let finding = ExtensionFinding::UnknownWord {
                    word: key.clone(),
                    expected,
                    known: values.clone(),
                    near,
                };
                self.say(&at.child(key), &finding);
            }
        }
        for value in values.iter().filter(|value| !labels.contains_key(*value)) {
            let message = format!("the enum value `{value}` has no label");
            self.say(at, &ExtensionFinding::Invalid { message, help: Some("label every value".to_owned()) });
        }
    }

    /// Names for code, parallel to `enum` as the document writes it.
    fn enum_names(&mut self, id: SchemaId, at: &Pointer, value: &Json, raw: Raw<'d>) {
        let Some(names) = self.texts(at, value) else { return };
        let listed = raw.get("enum").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        if names.len() != listed.len() {
            let message = format!("there are {} names for {} enum values", names.len(), listed.len());
            self.say(at, &ExtensionFinding::Varnames { message });
            return;
        }
        for (index, name) in names.iter().enumerate() {
            let at = at.child(index);
            if !is_upper_camel(name) {
                let message = format!("`{name}` is not in UpperCamelCase");
                self.say(&at, &ExtensionFinding::Varnames { message });
            } else if names[..index].contains(name) {
                let message = format!("`{name}` names two enum values");
                self.say(&at, &ExtensionFinding::Varnames { message });
            } else if let Some(value) =
                self.enum_values(id).iter_mut().find(|value| plain(&value.value) == plain(&listed[index]))
            {
                value.name = Some(name.clone());
            }
        }
    }

    fn preferred_values(&mut self, id: SchemaId, at: &Pointer, value: &Json) {
        for (value, meaning) in self.open_mapping(at, value).into_iter().flatten() {
            if let Some(meaning) = self.text(&at.child(value), meaning) {
                self.schemas.0[id.0].preferred_values.push((value.clone(), meaning));
            }
        }
    }
}

/// A value as the key of a mapping would spell it.
fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn is_upper_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}
