//! Which groups use each type and each table: what their operations name, and all that this is made of.

use std::collections::BTreeMap;

use crate::ident::{ConstIdent, TypeIdent};
use crate::rust::validators::{EvaluatedTable, TableId, Validators};
use crate::rust::{
    Client, ContentCheck, ContentDef, ContentFormat, ErrorEnum, Groups, Models, OperationDef, Operations,
    Type, UsedBy, WebhookDef, WebhookRules,
};

/// Finds out who uses what, if there are groups.
///
/// All members of an item that several groups use are used by several, too: no member depends on a feature.
pub(in super::super) fn add_usage(
    groups: &mut Groups,
    models: &Models,
    validators: &Validators,
    operations: &Operations,
    client: &Client,
    webhooks: &[WebhookDef],
) {
    if groups.is_empty() {
        return;
    }
    let indexes: BTreeMap<&TypeIdent, usize> =
        models.items.iter().enumerate().map(|(index, item)| (item.ident(), index)).collect();
    let items = Graph::of_items(models, &indexes);
    let tables = Graph::of_tables(validators);
    let table_of_item: BTreeMap<usize, TableId> = validators
        .types
        .iter()
        .filter_map(|validated| Some((*indexes.get(&validated.ident)?, validated.table)))
        .collect();
    let named: BTreeMap<&ConstIdent, usize> = validators
        .tables
        .iter()
        .enumerate()
        .filter_map(|(index, table)| Some((table.ident.as_ref()?, index)))
        .collect();
    groups.items = vec![UsedBy::None; models.items.len()];
    groups.tables = vec![UsedBy::None; validators.tables.len()];
    groups.errors = vec![UsedBy::None; client.errors.len()];
    for group in 0..groups.all.len() {
        let own = operations.operations.iter().zip(&groups.operations).filter(|(_, of)| **of == group);
        let own: Vec<&OperationDef> = own.map(|(operation, _)| operation).collect();
        let methods = client.methods.iter().filter(|method| groups.operations[method.operation] == group);
        let errors = methods.flat_map(|method| error_types(&client.errors[method.error], operations));
        let types = own.iter().flat_map(|operation| types(operation)).chain(errors);
        let types = types.flat_map(|ty| items_of(ty, &indexes));
        let reached = items.reached(types.collect());
        let checks = own.iter().flat_map(|operation| checks(operation));
        let checks = checks.filter_map(|ident| named.get(ident).copied());
        let of_types = reached.iter().filter_map(|index| Some(table_of_item.get(index)?.0));
        let checked = tables.reached(checks.chain(of_types).collect());
        use_all(&mut groups.items, &reached, group);
        use_all(&mut groups.tables, &checked, group);
    }
    // Webhooks belong to no group, and tables of what is evaluated to all.
    let bodies = || webhooks.iter().filter_map(|webhook| webhook.body.as_ref());
    let received = items.reached(bodies().flat_map(|body| items_of(&body.ty, &indexes)).collect());
    let of_bodies = bodies().filter_map(|body| match &body.rules {
        WebhookRules::Table(ident) => named.get(ident).copied(),
        _ => None,
    });
    let of_types = received.iter().filter_map(|index| Some(table_of_item.get(index)?.0));
    let evaluated = validators.evaluated.iter().flat_map(EvaluatedTable::references).map(|id| id.0);
    let always = tables.reached(of_bodies.chain(of_types).chain(evaluated).collect());
    for index in received {
        groups.items[index] = UsedBy::Several;
    }
    for index in always {
        groups.tables[index] = UsedBy::Several;
    }
    for method in &client.methods {
        use_all(&mut groups.errors, &[method.error], groups.operations[method.operation]);
    }
    let used_by = |ident| indexes.get(ident).map_or(UsedBy::None, |index| groups.items[*index]);
    groups.validated = validators.types.iter().map(|validated| used_by(&validated.ident)).collect();
}

fn use_all(used_by: &mut [UsedBy], indexes: &[usize], group: usize) {
    for index in indexes {
        used_by[*index] = used_by[*index].and(group);
    }
}

/// For each item or table, the indexes of those that it refers to.
struct Graph(Vec<Vec<usize>>);

impl Graph {
    fn of_items(models: &Models, indexes: &BTreeMap<&TypeIdent, usize>) -> Self {
        let parts = models.items.iter().map(|known| known.types());
        Self(parts.map(|types| types.into_iter().flat_map(|ty| items_of(ty, indexes)).collect()).collect())
    }

    fn of_tables(validators: &Validators) -> Self {
        let tables = validators.tables.iter().map(|table| table.schema.references());
        Self(tables.map(|references| references.into_iter().map(|id| id.0).collect()).collect())
    }

    /// Returns the roots and all that is referred to from them, each once.
    fn reached(&self, roots: Vec<usize>) -> Vec<usize> {
        let (mut is_found, mut found, mut open) = (vec![false; self.0.len()], Vec::new(), roots);
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut is_found[next], true) {
                found.push(next);
                open.extend(&self.0[next]);
            }
        }
        found
    }
}

fn items_of(ty: &Type, indexes: &BTreeMap<&TypeIdent, usize>) -> impl Iterator<Item = usize> {
    ty.named().filter_map(|ident| indexes.get(ident).copied())
}

/// Returns the types of parameters and bodies.
fn types(operation: &OperationDef) -> Vec<&Type> {
    let items = operation.bulk.iter().filter_map(|bulk| Some(&bulk.split.as_ref()?.item));
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let responses = operation.responses.iter().flat_map(|response| &response.content);
    let bodies = sent(operation).chain(responses).map(|content| &content.ty);
    parameters.chain(bodies).chain(items).collect()
}

/// Returns the types of an enum of unsuccessful responses, which may be those of other operations, too.
fn error_types<'a>(error: &'a ErrorEnum, operations: &'a Operations) -> impl Iterator<Item = &'a Type> {
    let variants = error.variants.iter().chain([&error.other]);
    variants.filter_map(|failure| {
        let responses = &operations.operations[failure.operation].responses;
        Some(&responses.get(failure.variant.read.response?)?.read_content()?.ty)
    })
}

/// Returns the names of tables that validate parameters and bodies.
fn checks(operation: &OperationDef) -> Vec<&ConstIdent> {
    let parameters = operation.parameters.iter().filter_map(|parameter| parameter.check.as_ref());
    let bodies = sent(operation).filter_map(|content| match &content.check {
        Some(ContentCheck::Table(ident)) => Some(ident),
        _ => None,
    });
    let parts = sent(operation).filter_map(|content| match &content.format {
        ContentFormat::Multipart(parts) => Some(parts),
        _ => None,
    });
    let parts = parts.flatten().filter_map(|part| Some(&part.check.as_ref()?.table));
    parameters.chain(bodies).chain(parts).collect()
}

fn sent(operation: &OperationDef) -> impl Iterator<Item = &ContentDef> {
    operation.request.iter().flat_map(|request| &request.content)
}
