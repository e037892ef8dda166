//! Webhooks: one variant for each, with the type of its body.

use std::collections::BTreeMap;

use super::resolve::Resolver;
use super::types::Types;
use super::{docs, media_types, operations};
use crate::api::{Operation, SchemaId};
use crate::ident::{ConstIdent, Scope, TypeIdent};
use crate::rust::{WebhookBody, WebhookDef, WebhookRules};

/// Returns every webhook of the definition, in its order. `tables` validate bodies that have no type or ask
/// for more than it does.
pub(super) fn webhooks(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
) -> Vec<WebhookDef> {
    let mut scope = Scope::default();
    let webhooks = &types.api.webhooks;
    let is_single = |path: &str| webhooks.iter().filter(|other| other.path == path).count() == 1;
    let named = webhooks.iter().map(|stated| {
        let method = operations::method(stated.method);
        let name =
            if is_single(&stated.path) { stated.path.clone() } else { format!("{method} {}", stated.path) };
        (name, stated)
    });
    let named: Vec<(String, &Operation)> = named.collect();
    let webhook = |(name, stated): (String, &Operation)| {
        let body = json(stated).map(|schema| body(types, resolver, tables, schema));
        WebhookDef {
            at: stated.at.clone(),
            ident: scope.type_ident(TypeIdent::new(&name, "Webhook")),
            docs: docs::item(&stated.docs, &format!("The webhook {}.", docs::code(&name))),
            name,
            body,
        }
    };
    named.into_iter().map(webhook).collect()
}

/// Returns the schema of the body, if it is JSON.
fn json(operation: &Operation) -> Option<SchemaId> {
    let mut contents = operation.request_body.iter().flat_map(|body| &body.content);
    contents.find(|media| media_types::is_json(&media_types::essence(&media.name)))?.schema
}

fn body(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    schema: SchemaId,
) -> WebhookBody {
    let ty = types.entry(Some(schema));
    let rules = match tables.get(&schema) {
        Some(table) => WebhookRules::Table(table.clone()),
        None if resolver.is_validated(&ty) => WebhookRules::OfType,
        None => WebhookRules::Nothing,
    };
    WebhookBody { ty, exact: types.reads_exactly(schema), rules }
}
