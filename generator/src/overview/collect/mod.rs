//! Reads both models into the page.

mod cases;
mod codes;
mod diagram;
mod documented;
mod fields;
mod operations;
mod rules;
mod rust_names;
mod types;
mod untyped;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, SchemaId};
use crate::counts::Counts;
use crate::pointer::{NodePart, Pointer};
use crate::rust::Crate;
use crate::source::SourceFiles;

use super::page::{OverviewPage, OverviewSection, Target, TypePiece};
use fields::Fields;
use rust_names::RustNames;

pub(super) use cases::add as add_cases;
pub(super) use documented::table as documented_table;

/// Returns the page of a definition and of the crate that is made of it.
pub(super) fn page(api: &Api, krate: &Crate, files: &SourceFiles) -> OverviewPage {
    let rust = RustNames::new(krate);
    let mut schemas: Vec<OverviewSection> = api
        .schemas
        .iter()
        .filter(|(_, schema)| types::has_section(schema))
        .map(|(id, _)| schema(api, &rust, id))
        .collect();
    let mut operations = operations::sections(api, krate, &rust);
    let mut untyped = untyped::rows(api, krate);
    let places = schemas.iter_mut().chain(&mut operations).map(|section| &mut section.place);
    name_places(files, places.chain(untyped.iter_mut().map(|row| &mut row.place)));
    add_users(&mut schemas, &operations);
    let codes = codes::table(api, &schemas, &operations);
    let counts = Counts::of(api);
    OverviewPage {
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        package: format!("{} {}", krate.package.name, krate.package.version),
        description: api.info.description.clone(),
        counts: vec![
            ("Operations", operations.len()),
            ("schemas", schemas.len()),
            ("rules", counts.rules),
            ("error codes", codes.codes.len()),
            ("untyped", untyped.len()),
        ],
        diagram: diagram::diagram(&schemas),
        operations,
        schemas,
        codes,
        untyped,
        documented: None,
    }
}

fn schema(api: &Api, rust: &RustNames<'_>, id: SchemaId) -> OverviewSection {
    let schema = &api.schemas[id];
    let mut fields = Fields::new(api, rust, &schema.at);
    fields.members(id, "", 0);
    OverviewSection {
        target: Target::Schema(id.0),
        name: types::name(schema),
        rust: rust.item(&schema.at),
        place: schema.at.to_string(),
        kind: types::own_type(api, id),
        description: schema.docs.description.clone(),
        is_deprecated: schema.docs.deprecated,
        rules: rules::notes(api, schema),
        values: fields::values(schema),
        fields: fields.into_rows(),
        responses: Vec::new(),
        used_by: Vec::new(),
    }
}

/// Writes file and line before each pointer.
fn name_places<'p>(files: &SourceFiles, places: impl Iterator<Item = &'p mut String>) {
    let places: Vec<&mut String> = places.collect();
    let pointers = places.iter().map(|place| Pointer::parse(place).unwrap_or_default());
    let nodes: Vec<_> = pointers.map(|pointer| (files.origin(&pointer), NodePart::Key)).collect();
    for ((place, (node, _)), location) in places.into_iter().zip(&nodes).zip(files.locate(&nodes)) {
        let file = files.get(node.file).path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        *place = format!("{file}:{} {place}", location.start.line);
    }
}

/// Tells every schema which sections refer to it.
fn add_users(schemas: &mut [OverviewSection], operations: &[OverviewSection]) {
    let mut users: BTreeMap<Target, BTreeSet<TypePiece>> = BTreeMap::new();
    for section in schemas.iter().chain(operations) {
        for target in diagram::references(section).filter(|target| *target != section.target) {
            users.entry(target).or_default().insert(TypePiece::Link(section.name.clone(), section.target));
        }
    }
    for section in schemas {
        section.used_by = users.remove(&section.target).into_iter().flatten().collect();
    }
}
