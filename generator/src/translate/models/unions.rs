//! A choice of schemas as an enum, and how its variants differ on the wire.

use std::collections::BTreeSet;

use super::super::docs;
use super::super::plan::{self, Beyond, Plan, Plans, Sensitive, UnionPlan};
use super::super::types::Types;
use super::super::variants;
use super::candidates;
use super::describe::{describe, is_true_of_all};
use super::tags;
use crate::api::{Api, Discriminator, Origin, SchemaId};
use crate::ident::{Scope, TypeIdent};
use crate::rust::{RuntimeType, Type, UnionEnum, UnionTag, UnionVariant};

pub(super) fn union(
    types: &mut Types<'_>,
    sensitive: &Sensitive,
    id: SchemaId,
    ident: TypeIdent,
    plan: &UnionPlan,
) -> UnionEnum {
    let (api, plans) = (types.api, types.plans);
    let mut scope = Scope::default();
    let mut variants = Vec::new();
    let stated = plan.discriminated_by.and_then(|by| api.schemas[by].discriminator.as_ref());
    let property = stated.map(|stated| &*stated.property);
    let candidates = candidates::candidates(api, plans, &plan.members, property);
    let names = variant_names(types, &ident, &plan.members);
    for ((member, candidate), name) in plan.members.iter().zip(candidates).zip(names) {
        variants.push(UnionVariant {
            at: api.schemas[*member].at.clone(),
            ident: scope.type_ident(name),
            docs: variant_docs(api, plans, *member),
            ty: types.of(*member),
            exact: types.reads_exactly(*member),
            candidate,
            converts: converts(plans, id, plan, *member),
            sensitive: sensitive.is_stated(id) || sensitive.is_within(*member),
        });
    }
    let tag = stated.map(|stated| {
        let mapping = mapping(api, plans, plan, stated);
        let shared = stated.shared.clone();
        let mut found = UnionTag { property: stated.property.clone(), mapping, shared };
        tags::split(&mut variants, &mut found, &mut scope);
        found
    });
    let (catch_all, kept) = catch_all(plan.beyond);
    let unknown = scope.catch_all(catch_all);
    let mut docs = describe(api, plans, id, "A value of one of several forms.");
    if plan::choices_of(api, id, &plan::parts_of(api, id)).is_empty() {
        docs::append(
            &mut docs,
            "Validators hold it against what is true of every form; `validate` of the form says the rest.",
        );
    }
    let (at, deprecated) = (api.schemas[id].at.clone(), api.schemas[id].docs.deprecated);
    let any = plan.beyond != Beyond::Nothing;
    let asking = plan.asked.iter().map(candidates::asking).collect();
    UnionEnum { at, ident, docs, deprecated, variants, asking, unknown, kept, any, tag, eq: false }
}

/// Returns the name and the documentation of the variant for every other value.
fn catch_all(beyond: Beyond) -> (&'static str, &'static str) {
    match beyond {
        Beyond::Nothing => ("Unknown", "A value that is none of the above, kept as it came."),
        Beyond::Several => {
            ("Unknown", "A value that is none of the above, or several of them at once, kept as it came.")
        }
        Beyond::Anything => ("Any", "Any other value, kept as it came."),
    }
}

/// Returns the names of the variants. Members of one name are called after what tells their types apart.
fn variant_names(types: &mut Types<'_>, union: &TypeIdent, members: &[SchemaId]) -> Vec<TypeIdent> {
    let names = members.iter().enumerate().map(|(index, member)| {
        let ty = types.of(*member);
        member_name(types, union, *member, &ty, index)
    });
    let names: Vec<TypeIdent> = names.collect();
    let is_taken = |name: &TypeIdent| names.iter().filter(|other| *other == name).count() > 1;
    let told_apart = names.iter().zip(members).map(|(name, member)| {
        let plain = is_taken(name).then(|| variants::plain_name(types.api, types.plans, *member)).flatten();
        let plain = plain.map(|plain| TypeIdent::new(&plain, "Variant"));
        plain.filter(|plain| !names.contains(plain)).unwrap_or_else(|| name.clone())
    });
    told_apart.collect()
}

/// Returns the name of a variant, as far as the member alone says it.
fn member_name(types: &Types<'_>, union: &TypeIdent, member: SchemaId, ty: &Type, index: usize) -> TypeIdent {
    let resolved = types.plans.resolve(member);
    let is_own = match ty {
        Type::Named(_) => resolved == member,
        _ => types.api.schemas[member].docs.title.is_some(),
    };
    let own = types.names.variant(member).filter(|_| is_own);
    match (own, ty) {
        (Some(own), _) => TypeIdent::new(&own, "Variant"),
        // A variant is called as if the type were its own: other unions are no reason for a name.
        (None, Type::Named(_)) if !types.plans.sharing(resolved).is_empty() => {
            variant_name(union, &Type::Named(types.names.unshared(resolved)), index)
        }
        (None, ty) => variant_name(union, ty, index),
    }
}

/// Returns what the definition says of the member; the first paragraph of it, if the type says the rest.
fn variant_docs(api: &Api, plans: &Plans, member: SchemaId) -> Vec<String> {
    let (stated, fallback) = (&api.schemas[member], "One of the forms that the value may have.");
    if stated.origin.is_component() && is_true_of_all(api, plans, member) {
        docs::brief(&stated.docs, fallback)
    } else {
        docs::item(&stated.docs, fallback)
    }
}

/// Returns whether the type of the member is an item and not the type of another member.
fn converts(plans: &Plans, union: SchemaId, plan: &UnionPlan, member: SchemaId) -> bool {
    let deciding = plans.resolve(member);
    let is_item = matches!(
        plans[deciding],
        Plan::Struct(_) | Plan::Union(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_)
    );
    let type_of = |id: SchemaId| plans.type_of(plans.resolve(id));
    let alone = plan.members.iter().filter(|other| type_of(**other) == type_of(member)).count() == 1;
    is_item && alone && type_of(member) != plans.type_of(union)
}

/// Returns the name of the type that the variant holds, without the name of the union in front.
fn variant_name(union: &TypeIdent, ty: &Type, index: usize) -> TypeIdent {
    let name = match ty {
        Type::Named(ident) => {
            let rest = ident.as_str().strip_prefix(union.as_str());
            let rest = rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
            rest.unwrap_or(ident.as_str()).to_owned()
        }
        Type::String => "String".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Float => "Number".to_owned(),
        Type::Integer(_) => "Integer".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Media => "Media".to_owned(),
        Type::Runtime(RuntimeType::Json) => "Any".to_owned(),
        Type::Runtime(ty) => ty.name().to_owned(),
        Type::External { path, .. } => path.rsplit("::").next().unwrap_or(path).to_owned(),
        Type::Vec(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Option(_) | Type::Boxed(_) => format!("Variant{}", index + 1),
    };
    TypeIdent::new(&name, "Variant")
}

/// Returns each value of the discriminator with the index of its member: first those of the mapping, then the
/// names of components that it does not mention, then those of members that are such unions themselves.
pub(in crate::translate) fn mapping(
    api: &Api,
    plans: &Plans,
    union: &UnionPlan,
    discriminator: &Discriminator,
) -> Vec<(String, usize)> {
    let mut found = own_mapping(api, union, discriminator);
    for (index, member) in union.members.iter().enumerate() {
        for value in tags(api, plans, *member, &discriminator.property, &mut BTreeSet::new()) {
            if !discriminator.shared.contains(&value) && found.iter().all(|(known, _)| *known != value) {
                found.push((value, index));
            }
        }
    }
    found
}

/// Returns the discriminator values of a union and of the unions among its members.
fn tags(
    api: &Api,
    plans: &Plans,
    member: SchemaId,
    property: &str,
    seen: &mut BTreeSet<SchemaId>,
) -> Vec<String> {
    let id = plans.resolve(member);
    let Plan::Union(union) = &plans[id] else { return Vec::new() };
    let stated = union.discriminated_by.and_then(|by| api.schemas[by].discriminator.as_ref());
    let Some(stated) = stated.filter(|stated| stated.property == property && seen.insert(id)) else {
        return Vec::new();
    };
    let own = own_mapping(api, union, stated).into_iter().map(|(value, _)| value);
    let mut found: Vec<String> = own.chain(stated.shared.iter().cloned()).collect();
    for member in &union.members {
        found.extend(tags(api, plans, *member, property, seen));
    }
    found
}

fn own_mapping(api: &Api, union: &UnionPlan, discriminator: &Discriminator) -> Vec<(String, usize)> {
    let index_of = |id: SchemaId| {
        union.members.iter().position(|member| api.schemas.resolve(*member) == api.schemas.resolve(id))
    };
    let mut found: Vec<(String, usize)> = Vec::new();
    for (value, id) in &discriminator.mapping {
        if let Some(index) = index_of(*id)
            && found.iter().all(|(known, _)| known != value)
        {
            found.push((value.clone(), index));
        }
    }
    for (index, member) in union.members.iter().enumerate() {
        if let Origin::Component(name) = &api.schemas[*member].origin
            && found.iter().all(|(known, mapped)| known != name && *mapped != index)
        {
            found.push((name.clone(), index));
        }
    }
    found
}
