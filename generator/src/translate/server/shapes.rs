//! The forms that values of a type have on the wire.

use super::super::resolve::Resolver;
use crate::rust::{
    EnumVariants, Item, RuntimeType, Struct, Type, UnionEnum, WireObject, WireScalar, WireShape,
};

/// Styles write lists and objects one level deep; only `deepObject` goes further, and types may be infinite.
const DEEPEST: usize = 4;

/// Returns the forms of the values of a type.
pub(super) fn shape(resolver: &Resolver<'_>, ty: &Type) -> WireShape {
    of_type(resolver, ty, 0)
}

fn of_type(resolver: &Resolver<'_>, ty: &Type, depth: usize) -> WireShape {
    if depth > DEEPEST {
        return scalar(WireScalar::Any);
    }
    let below = |ty: &Type| Box::new(of_type(resolver, ty, depth + 1));
    match resolver.resolved(ty) {
        Type::Bool => scalar(WireScalar::Boolean),
        Type::Integer(_) | Type::Float | Type::Runtime(RuntimeType::Decimal) => scalar(WireScalar::Number),
        Type::Runtime(RuntimeType::Json) | Type::External(_) => scalar(WireScalar::Any),
        Type::String | Type::Bytes | Type::Runtime(_) => scalar(WireScalar::Text),
        Type::Option(inner) | Type::Boxed(inner) => of_type(resolver, inner, depth),
        Type::Vec(item) => WireShape { items: Some(below(item)), ..WireShape::default() },
        Type::Map(value) => object(WireObject { members: Vec::new(), rest: Some(below(value)) }),
        named @ Type::Named(_) => match resolver.item(named) {
            Some(Item::Struct(item)) => of_struct(resolver, item, depth),
            Some(Item::Enum(item)) => match item.variants {
                EnumVariants::Strings(_) => scalar(WireScalar::Text),
                EnumVariants::Integers(_) => scalar(WireScalar::Number),
            },
            Some(Item::Union(item)) => of_union(resolver, item, depth),
            Some(Item::Alias(item)) => of_type(resolver, &item.target, depth + 1),
            None => scalar(WireScalar::Any),
        },
    }
}

fn scalar(kind: WireScalar) -> WireShape {
    WireShape { scalar: Some(kind), ..WireShape::default() }
}

fn object(object: WireObject) -> WireShape {
    WireShape { object: Some(object), ..WireShape::default() }
}

fn of_struct(resolver: &Resolver<'_>, item: &Struct, depth: usize) -> WireShape {
    let members = item.fields.iter();
    let members = members.map(|field| (field.wire.clone(), of_type(resolver, &field.ty, depth + 1)));
    let rest = item.rest.as_ref().map(|rest| Box::new(of_type(resolver, &rest.ty, depth + 1)));
    object(WireObject { members: members.collect(), rest })
}

fn of_union(resolver: &Resolver<'_>, item: &UnionEnum, depth: usize) -> WireShape {
    let variants = item.variants.iter().map(|variant| of_type(resolver, &variant.ty, depth + 1));
    variants.reduce(merged).unwrap_or_else(|| scalar(WireScalar::Any))
}

/// Returns the forms of both.
fn merged(one: WireShape, other: WireShape) -> WireShape {
    WireShape {
        scalar: both(one.scalar, other.scalar, |one, other| if one == other { one } else { WireScalar::Any }),
        items: both(one.items, other.items, |one, other| Box::new(merged(*one, *other))),
        object: both(one.object, other.object, merged_objects),
    }
}

fn merged_objects(mut one: WireObject, other: WireObject) -> WireObject {
    for (name, shape) in other.members {
        match one.members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = merged(std::mem::take(known), shape),
            None => one.members.push((name, shape)),
        }
    }
    one.rest = both(one.rest, other.rest, |one, other| Box::new(merged(*one, *other)));
    one
}

fn both<T>(one: Option<T>, other: Option<T>, join: impl FnOnce(T, T) -> T) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(join(one, other)),
        (one, other) => one.or(other),
    }
}
