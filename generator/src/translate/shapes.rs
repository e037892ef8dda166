//! The forms that values of a type have on the wire.

use std::collections::BTreeSet;

use super::resolve::Resolver;
use crate::ident::{ConstIdent, Scope, TypeIdent};
use crate::rust::{
    EnumVariants, Item, RuntimeType, Struct, Type, UnionEnum, WireForms, WireObject, WireScalar, WireShape,
};

/// Choices in choices that go deeper may have any form.
const DEEPEST: usize = 8;

/// The shapes of structs, unions and newtypes. Each has a static, because types may contain themselves.
pub(super) struct Shapes<'r, 'm> {
    resolver: &'r Resolver<'m>,
    scope: Scope,
    found: Vec<Found>,
}

struct Found {
    ty: TypeIdent,
    ident: ConstIdent,
    /// `None` while they are looked at.
    forms: Option<WireForms>,
}

impl<'r, 'm> Shapes<'r, 'm> {
    pub(super) fn new(resolver: &'r Resolver<'m>) -> Self {
        Self { resolver, scope: Scope::with(&["DEFINITION"]), found: Vec::new() }
    }

    /// Returns the forms of the values of a type.
    pub(super) fn of(&mut self, ty: &Type) -> WireShape {
        let resolver = self.resolver;
        match resolver.resolved(ty) {
            Type::Option(inner) | Type::Boxed(inner) => self.of(inner),
            named @ Type::Named(ident) => match resolver.item(named) {
                Some(Item::Struct(_) | Item::Union(_) | Item::Alias(_)) => {
                    WireShape::Named(self.named(ident, named))
                }
                _ => WireShape::Inline(self.forms(named, 0)),
            },
            other => WireShape::Inline(self.forms(other, 0)),
        }
    }

    /// Returns the forms of the values of a type and of its items, without the members of objects.
    pub(super) fn outline(resolver: &Resolver<'_>, ty: &Type) -> WireForms {
        let mut shapes = Shapes::new(resolver);
        let shape = shapes.of(ty);
        shapes.outlined(&shape, 2)
    }

    /// `levels` is how many lists of lists are told apart.
    fn outlined(&self, shape: &WireShape, levels: usize) -> WireForms {
        let forms = match shape {
            WireShape::Inline(forms) => Some(forms),
            WireShape::Named(ident) => {
                self.found.iter().find(|found| found.ident == *ident).and_then(|found| found.forms.as_ref())
            }
        };
        let Some(forms) = forms else { return any_scalar() };
        let items = |items: &WireShape| {
            let items = levels.checked_sub(1).map(|levels| self.outlined(items, levels));
            Box::new(WireShape::Inline(items.unwrap_or_else(any_scalar)))
        };
        WireForms {
            scalars: forms.scalars.clone(),
            items: forms.items.as_deref().map(items),
            object: forms.object.is_some().then(WireObject::default),
        }
    }

    pub(super) fn into_statics(self) -> Vec<(ConstIdent, WireForms)> {
        self.found.into_iter().filter_map(|found| Some((found.ident, found.forms?))).collect()
    }

    fn named(&mut self, ident: &TypeIdent, ty: &Type) -> ConstIdent {
        if let Some(known) = self.found.iter().find(|found| found.ty == *ident) {
            return known.ident.clone();
        }
        let constant = self.scope.const_ident(ConstIdent::new(&format!("{ident} shape"), "SHAPE"));
        let index = self.found.len();
        self.found.push(Found { ty: ident.clone(), ident: constant.clone(), forms: None });
        let forms = self.forms(ty, 0);
        self.found[index].forms = Some(forms);
        constant
    }

    fn forms(&mut self, ty: &Type, depth: usize) -> WireForms {
        let resolver = self.resolver;
        match resolver.resolved(ty) {
            _ if depth > DEEPEST => any_scalar(),
            Type::Bool => scalar(WireScalar::Boolean),
            Type::Integer(_) => scalar(WireScalar::Integer),
            Type::Float | Type::Runtime(RuntimeType::Decimal) | Type::External { is_text: false, .. } => {
                scalar(WireScalar::Number)
            }
            Type::Runtime(RuntimeType::Json) => any_scalar(),
            Type::String
            | Type::Bytes
            | Type::Media
            | Type::Runtime(_)
            | Type::External { is_text: true, .. } => scalar(WireScalar::Text),
            Type::Option(inner) | Type::Boxed(inner) => self.forms(inner, depth),
            Type::Vec(item) => WireForms { items: Some(Box::new(self.of(item))), ..WireForms::default() },
            Type::Tuple(_) => {
                WireForms { items: Some(Box::new(WireShape::Inline(any_scalar()))), ..WireForms::default() }
            }
            Type::Map(value) => {
                object(WireObject { members: Vec::new(), rest: Some(Box::new(self.of(value))) })
            }
            named @ Type::Named(_) => match resolver.item(named) {
                Some(Item::Struct(item)) => self.of_struct(item),
                Some(Item::Union(item)) => self.of_union(item, depth),
                Some(Item::Alias(item)) => self.forms(&item.target, depth + 1),
                Some(Item::Enum(item)) => match item.variants {
                    EnumVariants::Strings(_) => scalar(WireScalar::Text),
                    EnumVariants::Integers(_) => scalar(WireScalar::Integer),
                },
                None => any_scalar(),
            },
        }
    }

    fn of_struct(&mut self, item: &Struct) -> WireForms {
        let members = item.fields.iter().map(|field| (field.wire.clone(), self.of(field.ty.unboxed())));
        let members = members.collect();
        object(WireObject { members, rest: item.rest.as_ref().map(|rest| Box::new(self.of(&rest.ty))) })
    }

    fn of_union(&mut self, item: &UnionEnum, depth: usize) -> WireForms {
        let variants = item.variants.iter().map(|variant| self.forms(&variant.ty, depth + 1));
        variants.reduce(merged).unwrap_or_else(any_scalar)
    }
}

fn scalar(kind: WireScalar) -> WireForms {
    WireForms { scalars: BTreeSet::from([kind]), ..WireForms::default() }
}

fn any_scalar() -> WireForms {
    WireForms { scalars: BTreeSet::from(WireScalar::ALL), ..WireForms::default() }
}

fn object(object: WireObject) -> WireForms {
    WireForms { object: Some(object), ..WireForms::default() }
}

/// Returns the forms of both.
fn merged(one: WireForms, other: WireForms) -> WireForms {
    WireForms {
        scalars: one.scalars.union(&other.scalars).copied().collect(),
        items: both(one.items, other.items, |one, other| Box::new(merged_shapes(*one, *other))),
        object: both(one.object, other.object, merged_objects),
    }
}

/// Of two types, the first one has the say.
fn merged_shapes(one: WireShape, other: WireShape) -> WireShape {
    match (one, other) {
        (WireShape::Inline(one), WireShape::Inline(other)) => WireShape::Inline(merged(one, other)),
        (one, _) => one,
    }
}

fn merged_objects(mut one: WireObject, other: WireObject) -> WireObject {
    for (name, shape) in other.members {
        match one.members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = merged_shapes(known.clone(), shape),
            None => one.members.push((name, shape)),
        }
    }
    one.rest = both(one.rest, other.rest, |one, other| Box::new(merged_shapes(*one, *other)));
    one
}

fn both<T>(one: Option<T>, other: Option<T>, join: impl FnOnce(T, T) -> T) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(join(one, other)),
        (one, other) => one.or(other),
    }
}
