//! What inline members of a choice are called: after what tells each from the others.

use super::names::joined;
use super::plan::{self, Flat, Plan, Plans};
use crate::api::{Additional, Api, EnumValue, Origin, SchemaId};
use crate::ident::TypeIdent;

/// Titles that are longer than this are sentences.
const LONGEST_TITLE: usize = 40;

/// Returns the name of a member of a choice, without that of the choice; `None` if nothing tells it apart.
pub(super) fn name(api: &Api, plans: &Plans, members: &[SchemaId], member: SchemaId) -> Option<String> {
    let others: Vec<SchemaId> = members.iter().copied().filter(|other| *other != member).collect();
    title(api, &others, member)
        .or_else(|| constant(plans, &others, member))
        .or_else(|| value(plans, &others, member))
        .or_else(|| property(plans, &others, member, |property| property.required))
        .or_else(|| kind(plans, &others, member))
        .or_else(|| property(plans, &others, member, |_| true))
        .or_else(|| empty(plans, &others, member))
}

/// Returns a name for a member whose plain type another member has too: after its only value, its format, or
/// what is in the list or map; `None` if it has none of these.
pub(super) fn plain_name(api: &Api, plans: &Plans, member: SchemaId) -> Option<String> {
    let entries = |of: &Option<SchemaId>, word: &str| Some(joined(&entry_name(api, plans, (*of)?)?, word));
    match &plans[plans.resolve(member)] {
        Plan::Boolean => only_value(api, member),
        Plan::Integer(format) | Plan::Number(format) => only_value(api, member).or_else(|| format.clone()),
        Plan::String(format) => format.clone(),
        Plan::Vec(items) => entries(items, "List"),
        Plan::Map(values) => entries(values, "Map"),
        _ => None,
    }
}

fn only_value(api: &Api, member: SchemaId) -> Option<String> {
    let mut listed =
        plan::parts_of(api, member).into_iter().filter_map(|part| api.schemas[part].enumeration.as_ref());
    let [only] = &listed.next()?.values[..] else { return None };
    Some(value_name(only))
}

/// Returns the name of a component, or the format or a word for a plain value.
fn entry_name(api: &Api, plans: &Plans, entry: SchemaId) -> Option<String> {
    let id = plans.resolve(entry);
    let (format, word) = match (&api.schemas[id].origin, &plans[id]) {
        (Origin::Component(name), _) => return Some(name.clone()),
        (_, Plan::String(format)) => (format, "String"),
        (_, Plan::Integer(format)) => (format, "Integer"),
        (_, Plan::Number(format)) => (format, "Number"),
        (_, Plan::Boolean) => (&None, "Boolean"),
        _ => return None,
    };
    Some(format.clone().unwrap_or_else(|| word.to_owned()))
}

/// Returns the title, if no other member has the same one.
fn title(api: &Api, others: &[SchemaId], member: SchemaId) -> Option<String> {
    let title = |id: SchemaId| {
        let title = api.schemas[id].docs.title.as_deref()?;
        Some(TypeIdent::new(title, "Variant").as_str().to_owned())
    };
    let own = title(member).filter(|title| (1..=LONGEST_TITLE).contains(&title.len()))?;
    others.iter().all(|other| title(*other).as_ref() != Some(&own)).then_some(own)
}

/// Returns the value of a property that has one value, if no other member that names it lists that value.
fn constant(plans: &Plans, others: &[SchemaId], member: SchemaId) -> Option<String> {
    let flat = flat(plans, member)?;
    let rivals: Vec<&Flat> = others.iter().filter_map(|other| self::flat(plans, *other)).collect();
    flat.properties.iter().filter(|property| property.required).find_map(|property| {
        let [only] = values(plans, property.schema)? else { return None };
        let namesakes = rivals.iter().filter_map(|rival| {
            rival.properties.iter().find(|other| other.name == property.name).map(|other| other.schema)
        });
        let namesakes: Vec<Option<&[EnumValue]>> = namesakes.map(|schema| values(plans, schema)).collect();
        let mut others = namesakes.iter().flatten().flat_map(|values| values.iter());
        let differs = others.all(|other| other.value != only.value);
        (!namesakes.is_empty() && differs).then(|| value_name(only))
    })
}

/// Returns the only value of an `enum`, if no other member lists it.
fn value(plans: &Plans, others: &[SchemaId], member: SchemaId) -> Option<String> {
    let [only] = values(plans, member)? else { return None };
    let mut listed = others.iter().filter_map(|other| values(plans, *other)).flatten();
    listed.all(|other| other.value != only.value).then(|| value_name(only))
}

/// Returns the first property that no other member names.
fn property(
    plans: &Plans,
    others: &[SchemaId],
    member: SchemaId,
    counts: fn(&crate::api::Property) -> bool,
) -> Option<String> {
    let rivals: Vec<&Flat> = others.iter().filter_map(|other| flat(plans, *other)).collect();
    let is_named =
        |name: &str| rivals.iter().any(|rival| rival.properties.iter().any(|property| property.name == name));
    let mut own = flat(plans, member)?.properties.iter().filter(|property| counts(property));
    own.find(|property| !is_named(&property.name)).map(|property| property.name.clone())
}

/// Returns a word for the kind of type, if no other member is of that kind.
fn kind(plans: &Plans, others: &[SchemaId], member: SchemaId) -> Option<String> {
    let word = |id: SchemaId| match &plans[plans.resolve(id)] {
        Plan::Struct(_) => Some("Object"),
        Plan::StringEnum(_) => Some("String"),
        Plan::IntegerEnum(_) => Some("Integer"),
        Plan::Union(_) => Some("Choice"),
        Plan::Vec(_) => Some("List"),
        Plan::Map(_) => Some("Map"),
        Plan::Tuple(_) => Some("Tuple"),
        _ => None,
    };
    let own = word(member).filter(|own| others.iter().all(|other| word(*other) != Some(own)))?;
    Some(own.to_owned())
}

/// Returns a word for an object that has no members, if no other member is one.
fn empty(plans: &Plans, others: &[SchemaId], member: SchemaId) -> Option<String> {
    let is_empty = |id: SchemaId| {
        let flat = flat(plans, id);
        flat.is_some_and(|flat| flat.properties.is_empty() && flat.additional == Additional::Forbidden)
    };
    let is_only = is_empty(member) && !others.iter().any(|other| is_empty(*other));
    is_only.then(|| "Empty".to_owned())
}

fn flat(plans: &Plans, id: SchemaId) -> Option<&Flat> {
    if let Plan::Struct(flat) = &plans[plans.resolve(id)] { Some(flat) } else { None }
}

fn values(plans: &Plans, id: SchemaId) -> Option<&[EnumValue]> {
    match &plans[plans.resolve(id)] {
        Plan::StringEnum(values) | Plan::IntegerEnum(values) => Some(values),
        _ => None,
    }
}

/// Returns the name of a value of an `enum`.
pub(super) fn value_name(value: &EnumValue) -> String {
    let text = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
    value.name.clone().unwrap_or_else(|| if text.is_empty() { "Empty".to_owned() } else { text })
}
