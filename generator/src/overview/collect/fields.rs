//! The members of a schema as rows, those of inline schemas below them.

use crate::api::{Api, Composition, Schema, SchemaId, Shape};
use crate::pointer::Pointer;

use super::super::page::{FieldRow, ValueRow};
use super::rules;
use super::rust_names::RustNames;
use super::types;

/// How deep inline schemas are followed, and how many of them in one section: they may refer to each other.
const MAX_DEPTH: usize = 24;
const MAX_INLINE: usize = 20_000;

/// Makes the rows of one section.
pub(super) struct Fields<'a> {
    api: &'a Api,
    rust: &'a RustNames<'a>,
    /// The schema or operation that the section is about.
    section: &'a Pointer,
    rows: Vec<FieldRow>,
    /// Inline schemas so far.
    inline: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(api: &'a Api, rust: &'a RustNames<'a>, section: &'a Pointer) -> Self {
        Self { api, rust, section, rows: Vec::new(), inline: 0 }
    }

    pub(super) fn into_rows(self) -> Vec<FieldRow> {
        self.rows
    }

    /// Adds a row, and those of the schema's own members if it is inline.
    pub(super) fn add(&mut self, row: FieldRow, id: Option<SchemaId>) {
        let name = row.name.clone();
        self.rows.push(row);
        if let Some(id) = id {
            self.inline(id, &name, 0);
        }
    }

    /// Adds the members of a schema.
    pub(super) fn members(&mut self, id: SchemaId, path: &str, depth: usize) {
        let api = self.api;
        let schema = &api.schemas[id];
        for shape in std::iter::once(&schema.shape).chain(&schema.further) {
            self.of_shape(schema, shape, path, depth);
        }
        let unions = [(Composition::OneOf, &schema.one_of), (Composition::AnyOf, &schema.any_of)];
        let unions =
            unions.into_iter().filter_map(|(keyword, union)| Some((keyword, &union.as_ref()?.members)));
        for (keyword, members) in std::iter::once((Composition::AllOf, &schema.all_of)).chain(unions) {
            for (index, member) in members.iter().enumerate() {
                // What all of the parts say, the whole says.
                let path = match keyword {
                    Composition::AllOf => path.to_owned(),
                    _ => join(path, &types::member_name(keyword, index)),
                };
                self.inline(*member, &path, depth);
            }
        }
        for inner in schema.beyond.iter().flat_map(|beyond| beyond.schemas()) {
            let keyword = &api.schemas[inner].at.tokens()[schema.at.tokens().len()..];
            self.inline(inner, &join(path, &format!("({})", keyword.join(" "))), depth);
        }
    }

    fn of_shape(&mut self, schema: &Schema, shape: &Shape, path: &str, depth: usize) {
        match shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    let name = join(path, &property.name);
                    let rust = self.rust.field(&schema.at, self.section, &property.name);
                    let mut row = row(self.api, name.clone(), property.schema, property.required);
                    row.rust = rust;
                    row.description = property.description.clone().or(row.description);
                    self.rows.push(row);
                    self.inline(property.schema, &name, depth);
                }
                if let crate::api::Additional::Schema(values) = object.additional {
                    self.inline(values, &join(path, "*"), depth);
                }
            }
            Shape::Array(array) => {
                if let Some(items) = array.items {
                    self.inline(items, &format!("{path}[]"), depth);
                }
            }
            _ => {}
        }
    }

    /// Adds a schema that has no section of its own: a row if it has rules, and its members.
    fn inline(&mut self, id: SchemaId, path: &str, depth: usize) {
        let schema = &self.api.schemas[id];
        self.inline += 1;
        if types::has_section(schema) || depth > MAX_DEPTH || self.inline > MAX_INLINE {
            return;
        }
        let has_row = self.rows.last().is_some_and(|last| last.name == path);
        if !has_row && !rules::notes(self.api, schema).is_empty() {
            let name = if path.is_empty() { "(itself)" } else { path };
            self.rows.push(row(self.api, name.to_owned(), id, false));
        }
        self.members(id, path, depth + 1);
    }
}

/// Returns the row of a value of a schema.
pub(super) fn row(api: &Api, name: String, id: SchemaId, required: bool) -> FieldRow {
    let schema = &api.schemas[id];
    let is_inline = !types::has_section(schema);
    let mut rules = if is_inline { rules::notes(api, schema) } else { Vec::new() };
    if required {
        rules.insert(0, rules::required(api, schema));
    }
    FieldRow {
        name,
        type_text: types::link_or_type(api, id),
        rust: None,
        required,
        marks: marks(schema),
        rules,
        values: if is_inline { values(schema) } else { Vec::new() },
        description: schema.docs.description.clone().filter(|_| is_inline),
    }
}

fn marks(schema: &Schema) -> Vec<&'static str> {
    let marks = [
        (schema.read_only, "read-only"),
        (schema.write_only, "write-only"),
        (schema.docs.deprecated, "deprecated"),
        (schema.sensitive, "sensitive"),
    ];
    marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark).collect()
}

/// Returns the values of an `enum`, or those that are preferred.
pub(super) fn values(schema: &Schema) -> Vec<ValueRow> {
    let listed = schema.enumeration.iter().flat_map(|enumeration| &enumeration.values);
    let listed = listed.map(|value| {
        let text = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
        ValueRow { value: text, label: value.label.clone() }
    });
    let preferred = schema.preferred_values.iter();
    let preferred =
        preferred.map(|(value, label)| ValueRow { value: value.clone(), label: Some(label.clone()) });
    listed.chain(preferred).collect()
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
