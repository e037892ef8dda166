//! Which type a value has outside of `models.rs`, and how it is handed over.

use std::collections::BTreeMap;

use super::super::types::{self, Types};
use crate::api::{Api, ParameterContent, SchemaId};
use crate::ident::TypeIdent;
use crate::rust::{Handed, Item, Models, Struct, Type};

/// Types that are copied rather than borrowed.
const COPIED: [&str; 14] = [
    "bool",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "u8",
    "u16",
    "u32",
    "u64",
    "Date",
    "Decimal",
    "LocalTimestamp",
    "Timestamp",
];

pub(super) struct Values<'t, 'a> {
    types: &'t mut Types<'a>,
    items: BTreeMap<&'t TypeIdent, &'t Item>,
}

impl<'t, 'a> Values<'t, 'a> {
    pub(super) fn new(types: &'t mut Types<'a>, models: &'t Models) -> Self {
        Self { types, items: models.items.iter().map(|item| (item.ident(), item)).collect() }
    }

    pub(super) fn api(&self) -> &'a Api {
        self.types.api
    }

    /// The type of a body, as the module of the models would write it.
    pub(super) fn body(&mut self, schema: Option<SchemaId>) -> Type {
        self.types.entry(schema)
    }

    /// How a parameter is handed over. `null` has no place in one.
    pub(super) fn parameter(&mut self, content: &ParameterContent) -> Handed {
        let ty = match (content.schema(), content) {
            (Some(id), _) => self.types.of(id),
            (None, ParameterContent::Nothing) => return Handed::Text,
            (None, _) => self.types.entry(None),
        };
        self.handed(&ty)
    }

    pub(super) fn handed(&self, ty: &Type) -> Handed {
        match self.resolved(ty) {
            Type::String => Handed::Text,
            Type::Vec(item) => Handed::Slice(outward(item)),
            Type::Path(path) if is_copied(path) => Handed::Copied(outward(ty)),
            _ => Handed::Borrowed(outward(ty)),
        }
    }

    /// The type whose rules a value of the type is checked by, if it has rules of its own.
    pub(super) fn checked(&self, ty: &Type) -> Option<Type> {
        let Type::Named(ident) = self.resolved(ty) else { return None };
        self.items.get(ident).is_some_and(|item| item.is_type()).then(|| outward(ty))
    }

    /// The struct that the type is, if it is one.
    pub(super) fn structure(&self, ty: &Type) -> Option<&'t Struct> {
        let Type::Named(ident) = self.resolved(ty) else { return None };
        match self.items.get(ident) {
            Some(Item::Struct(item)) => Some(item),
            _ => None,
        }
    }

    /// The type behind other names for it.
    pub(super) fn resolved<'r>(&'r self, ty: &'r Type) -> &'r Type {
        let mut at = ty;
        while let Type::Named(ident) = at
            && let Some(Item::Alias(alias)) = self.items.get(ident)
            && !alias.newtype
        {
            at = &alias.target;
        }
        at
    }
}

/// The same type as the client's module writes it.
pub(super) fn outward(ty: &Type) -> Type {
    let inner = |inner: &Type| Box::new(outward(inner));
    match ty {
        Type::Named(ident) => Type::Path(format!("models::{ident}")),
        Type::Path(path) if types::RUNTIME.contains(&&**path) => {
            Type::Path(format!("specwright_runtime::{path}"))
        }
        Type::Path(_) | Type::String => ty.clone(),
        Type::Option(of) => Type::Option(inner(of)),
        Type::Vec(of) => Type::Vec(inner(of)),
        Type::Map(of) => Type::Map(inner(of)),
        Type::Boxed(of) => Type::Boxed(inner(of)),
    }
}

fn is_copied(path: &str) -> bool {
    COPIED.contains(&path.strip_prefix("specwright_runtime::").unwrap_or(path))
}
