//! The validators of a definition: codes, patterns, a table for each schema, and which of them each type is
//! held to.

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

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use super::plan::Plans;
use crate::api::{Api, SchemaId};
use crate::ident::{ConstIdent, TypeIdent};
use crate::rust::Models;
use crate::rust::validators::{Definition, TableId, ValidatedType, Validators};
use tables::Builder;

/// Makes every table, and says which are those of parameters. `models` are the finished ones: their types are
/// what is validated.
pub(super) fn validators(
    api: &Api,
    plans: &Plans,
    models: &Models,
    names: &Names<'_>,
) -> (Validators, BTreeMap<SchemaId, ConstIdent>) {
    let schemas: BTreeMap<TypeIdent, SchemaId> =
        names.given().iter().map(|(id, ident)| (ident.clone(), *id)).collect();
    let mut builder = Builder::new(api, plans, names);
    let mut types: Vec<ValidatedType> = Vec::new();
    for item in &models.items {
        if let Some(schema) = schemas.get(item.ident()) {
            let table = builder.root(*schema);
            if item.is_type() {
                types.push(ValidatedType { ident: item.ident().clone(), table });
            }
        }
    }
    let parameters = parameters::roots(&mut builder);
    let wanted: BTreeSet<TableId> = types.iter().map(|validated| validated.table).collect();
    let tables = builder.finished(&wanted);
    let definition =
        Definition { invalid_json: builder.codes.json(), error_body: builder.codes.error_body() };
    let parameters = parameters::named(&builder, &parameters, &tables);
    let validators = Validators {
        codes: builder.codes.declared,
        reweighed: builder.codes.reweighed,
        patterns: builder.patterns,
        tables,
        definition,
        types,
    };
    (validators, parameters)
}
