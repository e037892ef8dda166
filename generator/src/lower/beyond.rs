//! The keywords of JSON Schema 2020-12 that openapiv3 does not have.

use serde_json::Value as Json;

use crate::api::{Applicators, Contains, Origin, SchemaId, When};
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::Arena;
use super::input::Input;
use super::refs::schema_id;

/// Reads the keywords of the schema `id`; `None` if it has none of them.
pub(super) fn beyond<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
) -> Option<Box<Applicators>> {
    let at = arena.schemas[id].at.clone();
    let raw = input.raw(&at);
    if !KEYWORDS.iter().any(|keyword| raw.has(keyword)) {
        return None;
    }
    let mut reader = Reader { input, arena, report, of: id, at };
    let contains = reader.one("contains").map(|schema| Contains {
        schema,
        min: raw.count("minContains").unwrap_or(1),
        max: raw.count("maxContains"),
    });
    let when =
        reader.one("if").map(|fits| When { fits, then: reader.one("then"), otherwise: reader.one("else") });
    Some(Box::new(Applicators {
        prefix_items: reader.list("prefixItems"),
        contains,
        unevaluated_items: reader.one("unevaluatedItems"),
        pattern_properties: reader.named("patternProperties"),
        property_names: reader.one("propertyNames"),
        dependent_required: dependent_required(raw.get("dependentRequired")),
        dependent_schemas: reader.named("dependentSchemas"),
        unevaluated_properties: reader.one("unevaluatedProperties"),
        when,
    }))
}

/// The keywords that are read here. `then` and `else` mean nothing without `if`, nor do the limits without
/// `contains`.
const KEYWORDS: [&str; 9] = [
    "prefixItems",
    "contains",
    "unevaluatedItems",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "if",
];

/// Declares the schemas of keywords.
struct Reader<'r, 'd> {
    input: Input<'d>,
    arena: &'r mut Arena<'d>,
    report: &'r mut Report,
    of: SchemaId,
    at: Pointer,
}

impl Reader<'_, '_> {
    fn one(&mut self, keyword: &'static str) -> Option<SchemaId> {
        self.schema(&self.at.child(keyword), keyword, String::new())
    }

    fn list(&mut self, keyword: &'static str) -> Vec<SchemaId> {
        let list = self.at.child(keyword);
        let count = self.input.raw(&self.at).get(keyword).and_then(Json::as_array).map_or(0, Vec::len);
        let entries = (0..count).map(|index| (list.child(index), (index + 1).to_string()));
        entries.filter_map(|(at, detail)| self.schema(&at, keyword, detail)).collect()
    }

    fn named(&mut self, keyword: &'static str) -> Vec<(String, SchemaId)> {
        let group = self.at.child(keyword);
        let names = self.input.document.names_at(&group);
        let schemas = names.into_iter().map(|name| (name.to_owned(), group.child(name)));
        schemas.filter_map(|(name, at)| Some((name.clone(), self.schema(&at, keyword, name)?))).collect()
    }

    fn schema(&mut self, at: &Pointer, keyword: &'static str, detail: String) -> Option<SchemaId> {
        let node = self.input.targets.subschema(self.input.document, at)?;
        let origin = Origin::Keyword { of: self.of, keyword, detail };
        Some(schema_id(self.input, self.arena, self.report, at, origin, node))
    }
}

fn dependent_required(stated: Option<&Json>) -> Vec<(String, Vec<String>)> {
    let members = stated.and_then(Json::as_object).into_iter().flatten();
    let names = |list: &Json| {
        let names = list.as_array().into_iter().flatten().filter_map(Json::as_str);
        names.map(str::to_owned).collect()
    };
    members.map(|(member, list)| (member.clone(), names(list))).collect()
}
