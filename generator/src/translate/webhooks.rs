//! Webhooks: one variant for each, with the type of its body.

use std::collections::{BTreeMap, BTreeSet};

use super::types::Types;
use super::{docs, media_types, operations};
use crate::api::{Operation, SchemaId};
use crate::ident::{ConstIdent, Scope, TypeIdent};
use crate::rust::validators::Validators;
use crate::rust::{Type, WebhookBody, WebhookDef, WebhookRules};

/// Returns every webhook of the definition, in its order. `tables` validate bodies without a type of their
/// own.
pub(super) fn webhooks(
    types: &mut Types<'_>,
    validators: &Validators,
    tables: &BTreeMap<SchemaId, ConstIdent>,
) -> Vec<WebhookDef> {
    let validated: BTreeSet<&TypeIdent> = validators.types.iter().map(|validated| &validated.ident).collect();
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
        let body = json(stated).map(|schema| body(types, &validated, tables, schema));
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
    validated: &BTreeSet<&TypeIdent>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    schema: SchemaId,
) -> WebhookBody {
    let ty = types.entry(Some(schema));
    let rules = match (&ty, tables.get(&schema)) {
        (Type::Named(ident), _) if validated.contains(ident) => WebhookRules::OfType,
        (_, Some(table)) => WebhookRules::Table(table.clone()),
        _ => WebhookRules::Nothing,
    };
    WebhookBody { ty, exact: types.reads_exactly(schema), rules }
}
