//! The items of `models.rs`: one for each component, then one for each inline schema that needs a name.

mod enums;
mod module;
mod structs;
mod tags;
pub(super) mod unions;

use super::codes::Codes;
use super::docs;
use super::plan::{self, Plan, Plans, Sensitive};
use super::types::Types;
use crate::api::{Api, Operation, ParameterContent, SchemaId};
use crate::ident::TypeIdent;
use crate::rust::{Alias, Item, Models};
use crate::settings::Settings;

/// Makes every item, and says which schema got which name and type. Boxes and equality are settled later, when all
/// items are known.
pub(super) fn models<'a>(api: &'a Api, plans: &'a Plans, settings: &'a Settings) -> (Models, Types<'a>) {
    let mut maker = Maker {
        types: Types::new(api, plans, settings),
        codes: Codes::default(),
        sensitive: plan::sensitive(api, plans),
        items: Vec::new(),
    };
    for (id, schema) in api.schemas.iter() {
        if schema.origin.is_component() {
            maker.types.of(id);
            maker.make_wanted();
        }
    }
    for id in used_by_operations(api) {
        maker.types.of(id);
        maker.make_wanted();
    }
    let prelude = module::prelude(&maker.types);
    let codes = maker.codes.into_constants();
    let code_type = maker.types.runtime("Code").path().to_owned();
    let imports = module::imports(&maker.items, &prelude, (!codes.is_empty()).then_some(&code_type));
    (Models { imports, codes, code_type, items: maker.items, prelude }, maker.types)
}

/// Every schema that stands in an operation, in the order of the definition.
fn used_by_operations(api: &Api) -> Vec<SchemaId> {
    let mut found = Vec::new();
    let mut content = |content: &ParameterContent| match content {
        ParameterContent::Schema(id) => found.push(*id),
        ParameterContent::Media(media) => found.extend(media.schema),
        ParameterContent::Nothing => {}
    };
    let mut operations: Vec<&Operation> = api.operations.iter().collect();
    operations.extend(api.operations.iter().flat_map(|operation| &operation.callbacks));
    for operation in operations {
        operation.parameters.iter().for_each(|parameter| content(&parameter.content));
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(answers) {
            content(&ParameterContent::Media(media.clone()));
        }
        for header in operation.responses.iter().flat_map(|response| &response.headers) {
            content(&header.content);
        }
    }
    found
}

struct Maker<'a> {
    types: Types<'a>,
    codes: Codes,
    sensitive: Sensitive,
    items: Vec<Item>,
}

impl Maker<'_> {
    /// Makes the items asked for so far, and those that they ask for in turn.
    fn make_wanted(&mut self) {
        let mut next = 0;
        while let Some(id) = self.types.wanted.get(next).copied() {
            next += 1;
            let item = self.item(id);
            self.items.push(item);
        }
        self.types.wanted.clear();
    }

    fn item(&mut self, id: SchemaId) -> Item {
        let ident = self.types.names.of(id);
        let plans = self.types.plans;
        match &plans[id] {
            Plan::Struct(flat) => self.structure(id, ident, flat),
            Plan::StringEnum(values) | Plan::IntegerEnum(values) => {
                Item::Enum(self.open_enum(id, ident, values))
            }
            Plan::Union(union) => self.union(id, ident, union),
            _ => self.alias(id, ident),
        }
    }

    fn item_docs(&self, id: SchemaId, fallback: &str) -> Vec<String> {
        let schema = &self.types.api.schemas[id];
        let mut lines = docs::item(&schema.docs, fallback);
        let facts = docs::facts(schema, !self.is_enum(id));
        if !facts.is_empty() {
            docs::append(&mut lines, &facts.join(" "));
        }
        docs::sourced(lines, &schema.docs)
    }

    /// True when the type lists the values of the schema's `enum`.
    fn is_enum(&self, id: SchemaId) -> bool {
        let deciding = self.types.plans.resolve(id);
        matches!(self.types.plans[deciding], Plan::StringEnum(_) | Plan::IntegerEnum(_))
    }

    fn alias(&mut self, id: SchemaId, ident: TypeIdent) -> Item {
        // Where `null` is a value too, the places of use say so; the alias is the type of a value that is there.
        let target = self.types.expression(id);
        let docs = self.item_docs(id, "A value that the definition does not describe.");
        Item::Alias(Alias {
            ident,
            docs,
            target,
            newtype: false,
            eq: false,
            sensitive: self.sensitive.is_within(id),
        })
    }
}
