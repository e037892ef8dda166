//! The items of `models.rs`: one for each component, then one for each inline schema that needs a name.

mod alias;
mod candidates;
mod describe;
mod enums;
mod prelude;
mod requested;
mod structs;
mod tags;
pub(super) mod unions;

use super::codes::BuilderCodes;
use super::plan::{self, Plan, Plans, Sensitive};
use super::types::Types;
use crate::api::{Api, SchemaId};
use crate::rust::{Item, Models};
use crate::settings::Settings;

/// Creates every item, and returns the names and types of schemas with them. Boxes and equality are decided
/// later, when all items are known.
pub(super) fn models<'a>(api: &'a Api, plans: &'a Plans, settings: &'a Settings) -> (Models, Types<'a>) {
    let mut types = Types::new(api, plans, settings);
    let (mut codes, mut items) = (BuilderCodes::default(), Vec::new());
    let sensitive = plan::sensitive(api, plans);
    let components = api.schemas.iter().filter(|(_, schema)| schema.origin.is_component()).map(|(id, _)| id);
    for id in components.chain(used_by_operations(api)) {
        types.of(id);
        // Creating an item may add to the schemas that need one.
        let mut next = 0;
        while let Some(id) = types.wanted.get(next).copied() {
            next += 1;
            items.push(item(&mut types, &mut codes, &sensitive, id));
        }
        types.wanted.clear();
    }
    let prelude = prelude::prelude(&types.names);
    requested::choose_builders(&mut types, &mut items, settings);
    let codes = requested::used_codes(codes.into_constants(), &items);
    (Models { codes, items, prelude }, types)
}

/// Returns every schema of an operation, in the order of the definition.
fn used_by_operations(api: &Api) -> Vec<SchemaId> {
    let mut found = Vec::new();
    let callbacks = api.operations.iter().flat_map(|operation| &operation.callbacks);
    for operation in api.operations.iter().chain(callbacks).chain(&api.webhooks) {
        found.extend(operation.parameters.iter().filter_map(|parameter| parameter.content.schema()));
        let requests = operation.request_body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        found.extend(requests.chain(responses).filter_map(|media| media.schema));
        let headers = operation.responses.iter().flat_map(|response| &response.headers);
        found.extend(headers.filter_map(|header| header.content.schema()));
    }
    found
}

fn item(types: &mut Types<'_>, codes: &mut BuilderCodes, sensitive: &Sensitive, id: SchemaId) -> Item {
    let ident = types.names.of(id);
    let (api, plans) = (types.api, types.plans);
    match &plans[id] {
        Plan::Struct(flat) => Item::Struct(structs::structure(types, codes, sensitive, id, ident, flat)),
        Plan::StringEnum(values) | Plan::IntegerEnum(values) => {
            Item::Enum(enums::open_enum(api, plans, sensitive, id, ident, values))
        }
        Plan::Union(union) => Item::Union(unions::union(types, sensitive, id, ident, union)),
        _ => Item::Alias(alias::alias(types, sensitive, id, ident)),
    }
}
