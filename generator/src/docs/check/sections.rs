//! Which section of the pages each component is documented in.

use std::collections::BTreeSet;

use crate::api::{Api, DocumentedAs, Schema, SchemaId, Shape};
use crate::pointer::NodePart;

use super::super::draft::{DraftFinding, Spot};
use super::super::facts::{DocumentedSchema, Facts};
use super::super::finding::DocsClass;
use super::super::lock::LockChanges;
use super::super::read::same_name;
use super::super::rewrite::TextChange;
use super::super::surface;
use super::binding::Binding;
use super::drafts::{lacks, undocumented};
use super::{changes, removals};

/// Finds the section of each component: the one that `x-documented-as` names, the one with its name, or the
/// only one that has its fields.
pub(super) fn bind(
    facts: &Facts,
    api: &Api,
    since: &LockChanges,
    drafts: &mut Vec<DraftFinding>,
) -> Vec<Binding> {
    let (mut bindings, mut unbound) = (Vec::new(), Vec::new());
    for (id, schema) in api.schemas.iter().filter(|(_, schema)| schema.origin.is_component()) {
        let stated = schema.documented_as.as_ref();
        let wanted = stated.map_or(surface::name(schema), |stated| &stated.section);
        let section = facts.schemas.iter().position(|section| same_name(&section.name, wanted));
        match section {
            Some(section) => {
                let form = stated.and_then(|stated| stated.form.clone());
                bindings.push(Binding { section, schema: id, form });
            }
            None if stated.is_some() || matches!(schema.shape, Shape::Object(_)) => unbound.push(id),
            None => {}
        }
    }
    let under_other_headings = under_other_headings(facts, api, &bindings, &unbound);
    for id in unbound {
        let schema = &api.schemas[id];
        let name = surface::name(schema);
        let stated = schema.documented_as.as_ref();
        let found = under_other_headings.iter().find(|(schema, _)| *schema == id);
        let draft = match (found, stated) {
            (Some((_, section)), _) => {
                let form = stated.and_then(|stated| stated.form.clone());
                bindings.push(Binding { section: *section, schema: id, form });
                other_heading(schema, &facts.schemas[*section])
            }
            (None, Some(stated)) => unknown_section(name, stated),
            (None, None) => {
                let message = "no page has a table for this schema".to_owned();
                let draft = undocumented("schema", name, message, &schema.at);
                let draft = draft.changes(removals::schema(since, schema));
                draft.help("remove it, or name its section with `x-documented-as`")
            }
        };
        drafts.push(draft);
    }
    for (index, section) in facts.schemas.iter().enumerate() {
        if bindings.iter().all(|binding| binding.section != index) {
            let message = format!("no schema for this table of {} fields", section.fields.len());
            let draft = lacks("schema", &section.name, message, section.at);
            let draft = draft.changes(changes::schema(facts, api, &bindings, section));
            drafts.push(draft.help("add the schema, or bind one to it with `x-documented-as`"));
        }
    }
    bindings
}

pub(super) fn unknown_section(subject: &str, stated: &DocumentedAs) -> DraftFinding {
    let message = format!("no page has a section `{}`", stated.section);
    DraftFinding::new(DocsClass::Contract, "binding", subject, message)
        .at(Spot::Definition(stated.at.clone(), NodePart::Value))
        .help("name the heading as the page spells it")
}

/// Another heading means nothing on the wire.
fn other_heading(schema: &Schema, section: &DocumentedSchema) -> DraftFinding {
    let name = surface::name(schema);
    let wanted = schema.documented_as.as_ref().map_or(name, |stated| &stated.section);
    let message = format!("no page has a section `{wanted}`, and `{}` has its fields", section.name);
    let in_mapping = schema.documented_as.as_ref().filter(|stated| stated.form.is_some());
    let (at, key) = match in_mapping {
        Some(_) => (schema.at.child("x-documented-as"), "section"),
        None => (schema.at.clone(), "x-documented-as"),
    };
    let value = section.name.clone().into();
    DraftFinding::new(DocsClass::Note, "binding", name, message)
        .at(Spot::Page(section.at))
        .at(Spot::Definition(schema.at.clone(), NodePart::Key))
        .changes(vec![TextChange::Set { at, key: key.to_owned(), value }])
        .help(format!("add `x-documented-as: {}`", section.name))
}

/// Finds the components whose fields stand in the table below another heading, where no doubt is left.
fn under_other_headings(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    unbound: &[SchemaId],
) -> Vec<(SchemaId, usize)> {
    let free = (0..facts.schemas.len()).filter(|index| bindings.iter().all(|known| known.section != *index));
    let pairs = free.flat_map(|section| {
        let alike = unbound.iter().filter(move |id| is_table_of(facts, api, bindings, section, **id));
        alike.map(move |id| (*id, section))
    });
    let pairs: Vec<(SchemaId, usize)> = pairs.collect();
    // Only schemas that name their section share one.
    let shares = |id: SchemaId| api.schemas[id].documented_as.is_some();
    let is_only = |pair: &&(SchemaId, usize)| {
        let mut others = pairs.iter().filter(|other| *other != *pair);
        others.all(|other| other.0 != pair.0 && (other.1 != pair.1 || shares(other.0) && shares(pair.0)))
    };
    pairs.iter().filter(is_only).copied().collect()
}

/// Returns true where a table and a component have two thirds of their fields in common. One or two fields
/// are no evidence of their own: there a bound schema has to refer to both.
fn is_table_of(facts: &Facts, api: &Api, bindings: &[Binding], section: usize, id: SchemaId) -> bool {
    let fields: BTreeSet<&str> = facts.schemas[section].fields.iter().map(|field| &*field.name).collect();
    let properties = surface::properties(api, id);
    let properties: BTreeSet<&str> = properties.iter().map(|property| &*property.name).collect();
    let common = fields.intersection(&properties).count();
    let is_alike = common * 3 >= fields.union(&properties).count() * 2;
    is_alike && (common >= 3 || is_referred_to_as(facts, api, bindings, section, id))
}

/// Returns true where a field refers to a section and its property to the component.
fn is_referred_to_as(facts: &Facts, api: &Api, bindings: &[Binding], section: usize, id: SchemaId) -> bool {
    let name = &facts.schemas[section].name;
    bindings.iter().any(|binding| {
        let fields = &facts.schemas[binding.section].fields;
        let mut referring =
            fields.iter().filter(|field| field.reference.as_ref().is_some_and(|to| same_name(to, name)));
        let properties = surface::properties(api, binding.schema);
        referring.any(|field| {
            let property = properties.iter().find(|property| property.name == field.name);
            property.is_some_and(|found| surface::surface(api, found.schema).reference == Some(id))
        })
    })
}
