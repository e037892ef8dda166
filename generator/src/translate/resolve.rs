//! Items of the models by name, and types behind their aliases.

use std::collections::BTreeMap;

use crate::ident::TypeIdent;
use crate::rust::{Item, Models, Passing, Struct, Type};

/// Finds items of finished models.
pub(super) struct Resolver<'m> {
    items: BTreeMap<&'m TypeIdent, &'m Item>,
}

impl<'m> Resolver<'m> {
    pub(super) fn new(models: &'m Models) -> Self {
        Self { items: models.items.iter().map(|item| (item.ident(), item)).collect() }
    }

    /// Returns the type behind aliases.
    pub(super) fn resolved<'r>(&'r self, ty: &'r Type) -> &'r Type {
        let mut target = ty;
        while let Type::Named(ident) = target
            && let Some(Item::Alias(alias)) = self.items.get(ident)
            && !alias.newtype
        {
            target = &alias.target;
        }
        target
    }

    /// Returns the item that the type is, if it is one.
    pub(super) fn item(&self, ty: &Type) -> Option<&'m Item> {
        let Type::Named(ident) = self.resolved(ty) else { return None };
        self.items.get(ident).copied()
    }

    /// Returns the struct that the type is, if it is one.
    pub(super) fn structure(&self, ty: &Type) -> Option<&'m Struct> {
        match self.item(ty) {
            Some(Item::Struct(item)) => Some(item),
            _ => None,
        }
    }

    /// Returns whether a value is an object, or a list of such.
    pub(super) fn is_object(&self, ty: &Type) -> bool {
        match self.resolved(ty.unboxed()) {
            Type::Map(_) => true,
            Type::Vec(item) => self.is_object(item),
            resolved => self.structure(resolved).is_some(),
        }
    }

    /// Returns whether `validators.rs` has a table for the type.
    pub(super) fn is_validated(&self, ty: &Type) -> bool {
        self.item(ty).is_some_and(Item::is_type)
    }

    /// Returns how a method takes a value of the type.
    pub(super) fn passing(&self, ty: &Type) -> Passing {
        match self.resolved(ty) {
            Type::String => Passing::Text,
            Type::Vec(item) => Passing::Slice((**item).clone()),
            resolved if resolved.is_copy() => Passing::Copied,
            _ => Passing::Borrowed,
        }
    }
}
