//! The validators of a definition: codes, patterns, a table for each schema, and the table of each type.
//!
//! Imports run in this order, and no file imports a later one:
//!
//! | file | |
//! |---|---|
//! | `codes`, `patterns`, `values`, `limits` | error codes, patterns, values and limits of keywords |
//! | `scalars`, `draft` | the keywords of schema objects, and how they are joined |
//! | `captures`, `specs`, `arena`, `requests` | which tables there are, and how one requests another |
//! | `numbers`, `rules`, `arrays`, `objects`, `choices` | the parts of a table |
//! | `beyond`, `evaluated` | keywords that look at parts of a value again |
//! | `build` | tables, until no requested one is left |
//! | `finish`, `slots`, `shared`, `named`, `sent` | what needs all tables |

mod arena;
mod arrays;
mod beyond;
mod build;
mod captures;
mod choices;
mod codes;
mod draft;
mod evaluated;
mod finish;
mod limits;
mod named;
mod numbers;
mod objects;
mod patterns;
mod requests;
mod rules;
mod scalars;
mod sent;
mod shared;
mod slots;
mod specs;
mod strings;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use self::arena::TableArena;
use self::build::Build;
use self::captures::{CapturePaths, Inherited};
use self::codes::TableCodes;
use self::named::TableNames;
use self::patterns::Patterns;
use self::sent::SentKind;
use self::specs::Specs;
use super::names::Names;
use super::plan::Plans;
use crate::api::{Api, SchemaId};
use crate::ident::{ConstIdent, TypeIdent};
use crate::rust::Models;
use crate::rust::validators::{Definition, SchemaTable, TableId, TableShape, ValidatedType, Validators};
use crate::settings::{AdditionalProperties, Settings};

/// Makes every table, and returns the names of those of parameters, and of bodies that have no type or ask
/// for more than its table does. `models` are the finished ones: their types are what is validated.
pub(super) fn validators(
    api: &Api,
    plans: &Plans,
    models: &Models,
    names: &Names<'_>,
    settings: &Settings,
) -> (Validators, BTreeMap<SchemaId, ConstIdent>) {
    let mut build = build(api, plans, names, settings);
    let types = types(&mut build, models);
    let (of_sent, of_types) = sent(&mut build, &types);
    let (validators, tables_of_sent) = finished(build, types, of_sent, &of_types);
    let ident =
        |(schema, table): (SchemaId, TableId)| Some((schema, validators.tables[table.0].ident.clone()?));
    let idents_of_sent = tables_of_sent.into_iter().filter_map(ident).collect();
    (validators, idents_of_sent)
}

/// Makes the tables of these schemas alone, and returns which is whose.
#[cfg(feature = "examples")]
pub(super) fn of_schemas(
    api: &Api,
    plans: &Plans,
    names: &Names<'_>,
    settings: &Settings,
    schemas: &BTreeSet<SchemaId>,
) -> (Validators, BTreeMap<SchemaId, TableId>) {
    let mut build = build(api, plans, names, settings);
    let roots = schemas.iter().map(|schema| (*schema, build.root(*schema))).collect();
    let (validators, tables) = finished(build, Vec::new(), roots, &BTreeMap::new());
    (validators, tables.into_iter().collect())
}

fn build<'a>(api: &'a Api, plans: &'a Plans, names: &'a Names<'a>, settings: &Settings) -> Build<'a> {
    Build {
        names,
        specs: Specs { api, plans, captures: CapturePaths::new(api) },
        codes: TableCodes::new(api, settings.formats),
        merges_properties: settings.additional_properties == AdditionalProperties::Merged,
        patterns: Patterns::default(),
        arena: TableArena::default(),
    }
}

/// Does what needs all tables, and returns the tables of the types and roots as they are then. Roots whose
/// table is the one in `of_types` are left out.
fn finished(
    build: Build<'_>,
    types: Vec<ValidatedType>,
    roots: Vec<(SchemaId, TableId)>,
    of_types: &BTreeMap<SchemaId, TableId>,
) -> (Validators, Vec<(SchemaId, TableId)>) {
    let (api, names) = (build.specs.api, build.names);
    let Build { mut specs, mut codes, patterns, mut arena, .. } = build;
    let default_spec = |id| specs.of_schemas(&mut codes, &[id], &Inherited::default(), false);
    finish::mark_components(api, &mut arena, default_spec);
    finish::add_item_rules(&mut arena.nodes);
    finish::break_cycles(&mut arena.nodes);
    finish::decide_unnamed_members(&mut arena);
    finish::favour_unchecked(&mut arena);
    slots::assign(&mut arena.nodes);
    let (mut schemas, mut roots): (Vec<SchemaId>, Vec<TableId>) = roots.into_iter().unzip();
    let type_tables: BTreeSet<TableId> = types.iter().map(|validated| validated.table).collect();
    let mut evaluated = std::mem::take(&mut arena.evaluated);
    shared::share(&mut arena.nodes, &mut roots, &mut evaluated, &type_tables);
    let is_of_type = |(schema, table): &(SchemaId, TableId)| {
        let only = only_choice(&arena.nodes[table.0].schema).unwrap_or(*table);
        of_types.get(schema).is_some_and(|of_type| [*table, only].contains(of_type))
    };
    let others = schemas.into_iter().zip(roots).filter(|root| !is_of_type(root));
    (schemas, roots) = others.unzip();
    let table_names = TableNames {
        api,
        names,
        arena: &mut arena,
        types: &type_tables,
        sent: &roots.iter().copied().collect(),
        evaluated: &mut evaluated,
    };
    let tables = table_names.tables(&mut codes.scope);
    let definition = Definition {
        invalid_json: codes.json(),
        error_body: codes.error_body(),
        null_is_absent: api.null_is_absent,
    };
    let validators = Validators {
        codes: codes.declared,
        reweighed: codes.reweighed,
        patterns: patterns.named,
        tables,
        evaluated,
        definition,
        types,
    };
    (validators, schemas.into_iter().zip(roots).collect())
}

/// Returns the table that a value has to fit if it is the only member of a choice, and nothing else is asked.
fn only_choice(schema: &SchemaTable) -> Option<TableId> {
    let [choice] = &schema.choices[..] else { return None };
    let [only] = choice.members[..] else { return None };
    let alone = SchemaTable { choices: vec![choice.clone()], ..SchemaTable::new(TableShape::Any) };
    (*schema == alone).then_some(only)
}

/// Makes the tables of what a call sends, each schema once. Returns the tables of the types of bodies as
/// well: these validate the bodies, unless a schema that has the type of another one asks for more than that.
fn sent(
    build: &mut Build<'_>,
    types: &[ValidatedType],
) -> (Vec<(SchemaId, TableId)>, BTreeMap<SchemaId, TableId>) {
    let mut found: Vec<(SchemaId, TableId)> = Vec::new();
    let mut of_types: BTreeMap<SchemaId, TableId> = BTreeMap::new();
    let (api, plans, given) = (build.specs.api, build.specs.plans, build.names.given());
    let of_type = |schema: SchemaId| {
        let shown = plans.type_of(plans.resolve(schema));
        let ident = given.get(&shown).filter(|_| !plans.is_nullable(schema))?;
        types.iter().find(|validated| validated.ident == *ident).map(|validated| validated.table)
    };
    for sent in sent::schemas(api, plans) {
        let is_body = matches!(sent.kind, SentKind::Json | SentKind::Form);
        if !is_body {
            of_types.remove(&sent.schema);
        }
        if found.iter().any(|(schema, _)| *schema == sent.schema) {
            continue;
        }
        let table = build.root(sent.schema);
        if sent::is_checked(&build.arena, sent, &build.arena.nodes[table.0].schema) {
            found.push((sent.schema, table));
            of_types.extend(of_type(sent.schema).filter(|_| is_body).map(|of_type| (sent.schema, of_type)));
        }
    }
    (found, of_types)
}

/// Makes the tables of the models' items, and returns those of types.
fn types(build: &mut Build<'_>, models: &Models) -> Vec<ValidatedType> {
    let given = build.names.given();
    let schemas: BTreeMap<&TypeIdent, SchemaId> = given.iter().map(|(id, ident)| (ident, *id)).collect();
    let mut types: Vec<ValidatedType> = Vec::new();
    for item in &models.items {
        if let Some(schema) = schemas.get(item.ident()) {
            let table = build.root(*schema);
            if item.is_type() {
                types.push(ValidatedType { ident: item.ident().clone(), table });
            }
        }
    }
    types
}
