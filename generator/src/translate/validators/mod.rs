//! The validators of a definition: codes, patterns, a table for each schema, and how the types show themselves.

mod choices;
mod codes;
mod context;
mod draft;
mod finish;
mod keys;
mod parameters;
mod rules;
mod scalars;
mod schemas;
mod shared;
mod tables;
mod visits;

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use super::plan::Plans;
use crate::api::{Api, SchemaId};
use crate::ident::{ConstIdent, TypeIdent};
use crate::rust::validators::{Definition, TableId, Validators};
use crate::rust::{Item, Models};
use tables::Builder;

/// Makes every table, and says which are those of parameters. `models` are the finished ones: their types are what is validated.
pub(super) fn validators(
    api: &Api,
    plans: &Plans,
    models: &Models,
    names: Names<'_>,
) -> (Validators, BTreeMap<SchemaId, ConstIdent>) {
    let schemas: BTreeMap<TypeIdent, SchemaId> =
        names.given().iter().map(|(id, ident)| (ident.clone(), *id)).collect();
    let mut builder = Builder::new(api, plans, names);
    let mut roots: Vec<(&Item, TableId)> = Vec::new();
    for item in &models.items {
        if let Some(schema) = schemas.get(item.ident()) {
            roots.push((item, builder.root(*schema)));
        }
    }
    let parameters = parameters::roots(&mut builder);
    let wanted: BTreeSet<TableId> =
        roots.iter().filter(|(item, _)| item.is_type()).map(|(_, table)| *table).collect();
    let (tables, fields) = builder.finished(&wanted);
    let definition = Definition {
        fields,
        slots: builder.captured.same_values(),
        invalid_json: builder.codes.json(),
        error_body: builder.codes.error_body(),
    };
    let parameters = parameters::named(&builder, &parameters, &tables);
    let visits = visits::visits(models, &tables, &roots);
    let validators = Validators {
        codes: builder.codes.declared,
        reweighed: builder.codes.reweighed,
        patterns: builder.patterns,
        tables,
        definition,
        visits,
    };
    (validators, parameters)
}
