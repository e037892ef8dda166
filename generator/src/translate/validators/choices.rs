//! `oneOf`, `anyOf` and `not`: the tables that apply beside a shape.

use super::super::models::unions;
use super::super::plan::{self, Beyond, Plan, Plans, UnionPlan};
use super::captures::Inherited;
use super::requests::Requests;
use super::specs::{SchemaSource, TableSpec};
use crate::api::{Api, SchemaId, Shape};
use crate::rust::validators::{
    AdditionalMembers, ChoiceTable, ObjectTable, SchemaTable, TableId, TableShape,
};

/// `oneOf` or `anyOf` as a schema states it; without members nothing but `null` fits. `null` is left out,
/// unless the table is asked about it like about values of other types.
pub(super) struct ChoiceSpec {
    any: bool,
    members: Vec<SchemaId>,
    tag: Option<(String, Vec<(String, usize)>)>,
}

impl ChoiceSpec {
    /// Returns true when the member that a discriminator names has all keywords of the schema object.
    pub(super) fn covers(&self, api: &Api, part: SchemaId) -> bool {
        let mut objects = self.members.iter().filter(|member| !is_null(api, **member));
        self.tag.is_some() && objects.all(|member| plan::parts_of(api, *member).contains(&part))
    }
}

fn is_null(api: &Api, member: SchemaId) -> bool {
    plan::is_null(&api.schemas[api.schemas.resolve(member)])
}

/// Returns the choices that the sources state, each with its discriminator if that distinguishes all members.
pub(super) fn stated(api: &Api, plans: &Plans, spec: &TableSpec, parts: &[SchemaId]) -> Vec<ChoiceSpec> {
    let mut found = Vec::new();
    let asks_null = asks_null(api, parts);
    for source in spec.sources.iter().filter(|source| parts.contains(&source.id())) {
        let SchemaSource::Whole(root) = *source else { continue };
        for choice in plan::choices_of(api, root, &plan::parts_of(api, root)) {
            let (nulls, mut members): (Vec<SchemaId>, Vec<SchemaId>) =
                choice.members.iter().copied().partition(|member| is_null(api, *member));
            if choice.members.is_empty() {
                continue;
            }
            let discriminates = |part: &SchemaId| api.schemas[*part].discriminator.is_some();
            let by = Some(choice.part).filter(discriminates);
            let by = by.or_else(|| parts.iter().copied().find(discriminates));
            let tag = by.and_then(|by| tag(api, plans, &members, by));
            if asks_null {
                // Behind the others, so that the tag still names these.
                members.extend(nulls);
            }
            found.push(ChoiceSpec { any: choice.any, members, tag });
        }
    }
    found
}

/// Returns whether the schema objects speak of a type without stating it, so that values of other types are
/// held against their choices.
fn asks_null(api: &Api, parts: &[SchemaId]) -> bool {
    let mut shaped = parts
        .iter()
        .map(|part| &api.schemas[*part])
        .filter(|part| !matches!(part.shape, Shape::Any | Shape::Alias(_)));
    let is_shaped = shaped.clone().next().is_some();
    is_shaped && shaped.all(|part| part.is_implied)
}

/// Returns a table of any value with the choices, and `not` of the schema objects `parts`. `is_shared`: other
/// tables have fields for members of the object too.
pub(super) fn composed(
    requests: &mut Requests<'_, '_>,
    parts: &[SchemaId],
    choices: Vec<ChoiceSpec>,
    inherited: &Inherited,
    is_shared: bool,
) -> SchemaTable {
    let (api, plans) = (requests.specs.api, requests.specs.plans);
    let mut table = SchemaTable::new(TableShape::Any);
    let is_shared = is_shared || choices.len() > 1;
    for ChoiceSpec { any, members, tag } in choices {
        let property = tag.as_ref().map(|(property, _)| property.as_str());
        let members = members.into_iter().map(|member| {
            let open =
                property.is_some_and(|property| is_shared || !names_property(api, plans, member, property));
            requests.of_schemas(&[member], inherited, open)
        });
        table.choices.push(ChoiceTable { members: members.collect(), any, tag });
    }
    for not in parts.iter().filter_map(|part| api.schemas[*part].not) {
        let not = requests.of_schemas(&[not], &Inherited::default(), false);
        match table.not {
            None => table.not = Some(not),
            // A table has one `not`; each further one gets a table that says nothing else.
            Some(_) => table.all.push(requests.arena.add_negation(not, requests.parent)),
        }
    }
    table
}

/// Returns the table of a parent whose choice lists its heirs, which include the parent's keywords. A
/// discriminator may name the parent itself: then its own keywords count.
pub(super) fn union_of_heirs(
    requests: &mut Requests<'_, '_>,
    inherited: &Inherited,
    parent: SchemaId,
    union: &UnionPlan,
) -> SchemaTable {
    let (api, plans) = (requests.specs.api, requests.specs.plans);
    let mut tag = union.discriminated_by.and_then(|by| tag(api, plans, &union.members, by));
    let property = tag.as_ref().map(|(property, _)| property.clone());
    let mut members: Vec<TableId> = Vec::new();
    for member in &union.members {
        let open = property.as_ref().is_some_and(|property| !names_property(api, plans, *member, property));
        members.push(requests.of_schemas(&[*member], inherited, open));
    }
    let own_values = tag.as_ref().map(|(_, mapping)| own_values(api, parent, mapping)).unwrap_or_default();
    let own = members.len();
    if !own_values.is_empty() {
        let sources = plan::parts_of(api, parent).into_iter().map(SchemaSource::Own).collect();
        members.push(requests.of_sources(sources, inherited));
    }
    if let Some((_, mapping)) = &mut tag {
        mapping.extend(own_values.into_iter().map(|value| (value, own)));
    }
    let is_object =
        plan::parts_of(api, parent).iter().any(|part| matches!(api.schemas[*part].shape, Shape::Object(_)));
    let shape = if is_object {
        TableShape::Object(ObjectTable { additional: AdditionalMembers::Any, ..ObjectTable::default() })
    } else {
        TableShape::Any
    };
    let any = api.schemas[parent].one_of.is_none();
    SchemaTable { choices: vec![ChoiceTable { members, any, tag }], ..SchemaTable::new(shape) }
}

/// Returns the values of the discriminator that name the parent itself.
fn own_values(api: &Api, parent: SchemaId, mapping: &[(String, usize)]) -> Vec<String> {
    let stated = api.schemas[parent].discriminator.iter().flat_map(|stated| &stated.mapping);
    let own = stated.filter(|(_, id)| api.schemas.resolve(*id) == parent);
    let own = own.filter(|(value, _)| mapping.iter().all(|(known, _)| known != value));
    own.map(|(value, _)| value.clone()).collect()
}

/// Returns the discriminator's property and the member that each value names, when every member has a value
/// and all values are strings.
fn tag(
    api: &Api,
    plans: &Plans,
    members: &[SchemaId],
    by: SchemaId,
) -> Option<(String, Vec<(String, usize)>)> {
    let stated = api.schemas[by].discriminator.as_ref()?;
    let union = UnionPlan {
        members: members.to_vec(),
        discriminated_by: Some(by),
        beyond: Beyond::Nothing,
        asked: Vec::new(),
    };
    let mapping = unions::mapping(api, plans, &union, stated);
    let is_named = |index| mapping.iter().any(|(_, named)| *named == index);
    let is_complete = (0..members.len()).all(is_named)
        && members.iter().all(|member| has_text_tag(api, plans, *member, &stated.property));
    is_complete.then(|| (stated.property.clone(), mapping))
}

/// Returns false when the member's discriminator is known not to be a string.
fn has_text_tag(api: &Api, plans: &Plans, member: SchemaId, name: &str) -> bool {
    property(api, member, name).is_none_or(|id| {
        matches!(plans[plans.resolve(id)], Plan::StringEnum(_) | Plan::String(_) | Plan::Any)
    })
}

fn names_property(api: &Api, plans: &Plans, member: SchemaId, name: &str) -> bool {
    property(api, member, name).is_some() || matches!(plans[plans.resolve(member)], Plan::Union(_))
}

fn property(api: &Api, member: SchemaId, name: &str) -> Option<SchemaId> {
    let parts = plan::parts_of(api, member);
    let objects = parts.iter().rev().filter_map(|part| match &api.schemas[*part].shape {
        Shape::Object(object) => Some(object),
        _ => None,
    });
    let mut properties = objects.flat_map(|object| &object.properties);
    properties.find(|found| found.name == name).map(|found| found.schema)
}
