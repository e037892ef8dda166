//! The Rust surface of a crate: every path that users can name, with what they rely on.

mod client;
mod compare;
mod models;
mod types;

use std::collections::BTreeMap;

pub(super) use compare::compare;

use super::draft::UsedIn;
use super::kind::Kind;
use crate::pointer::Pointer;
use crate::rust::{Crate, Item};
use crate::settings::{Part, Settings};

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SurfaceKind {
    Module,
    Type,
    Field,
    Variant,
    Trait,
    Method,
    /// A field of a struct of arguments, which every call lists.
    Argument,
    Constant,
    /// The builder sets the member by itself.
    Preset,
}

impl SurfaceKind {
    /// Returns the kinds of change when such a thing is new, gone, or another.
    fn changes(self) -> [Kind; 3] {
        match self {
            Self::Module => [Kind::ModuleAdded, Kind::ModuleRemoved, Kind::TypeChanged],
            Self::Type => [Kind::TypeAdded, Kind::TypeRemoved, Kind::TypeChanged],
            Self::Field => [Kind::FieldAdded, Kind::FieldRemoved, Kind::FieldChanged],
            Self::Variant => [Kind::VariantAdded, Kind::VariantRemoved, Kind::VariantChanged],
            Self::Trait => [Kind::TraitAdded, Kind::TraitRemoved, Kind::TraitRemoved],
            Self::Method => [Kind::MethodAdded, Kind::MethodRemoved, Kind::MethodChanged],
            Self::Argument => [Kind::ArgumentAdded, Kind::ArgumentRemoved, Kind::ArgumentChanged],
            Self::Constant => [Kind::ConstantAdded, Kind::ConstantRemoved, Kind::ConstantRemoved],
            Self::Preset => [Kind::PresetAdded, Kind::PresetRemoved, Kind::PresetRemoved],
        }
    }
}

/// What users can name, or rely on.
#[derive(Debug, Clone)]
pub(super) struct SurfaceItem<'a> {
    kind: SurfaceKind,
    /// The item that this one is a part of; a part comes and goes with it.
    parent: Option<String>,
    /// Users compile against it: types of fields, of arguments and of results.
    signature: String,
    at: Option<&'a Pointer>,
    docs: &'a [String],
    deprecated: bool,
    /// Who meets it, if its pointer does not say.
    directions: UsedIn,
}

/// Every path of a crate. Features that hide one from some builds are left out of account.
#[derive(Debug, Default)]
pub(super) struct CrateSurface<'a> {
    items: BTreeMap<String, SurfaceItem<'a>>,
}

impl<'a> CrateSurface<'a> {
    /// Returns the surface of the parts that are written.
    pub(super) fn of(krate: &'a Crate, settings: &Settings) -> Self {
        let mut surface = Self::default();
        for (part, name) in Part::ALL {
            if settings.wants(part) {
                surface.add(name.to_owned(), SurfaceItem::new(SurfaceKind::Module, None, String::new()));
            }
        }
        if settings.wants(Part::Models) {
            krate.models.items.iter().for_each(|item| models::item(item, &mut surface));
        }
        if settings.wants(Part::Operations) {
            for operation in &krate.operations.operations {
                let mut item = SurfaceItem::constant(Part::Operations);
                (item.at, item.docs) = (Some(&operation.at), &operation.docs);
                item.deprecated = operation.deprecated;
                surface.add(format!("operations::{}", operation.ident.as_str()), item);
            }
        }
        if settings.wants(Part::Validators) {
            surface.validators(krate, settings.wants(Part::Models));
        }
        if settings.wants(Part::Client) {
            client::client(krate, &mut surface);
        }
        surface
    }

    fn validators(&mut self, krate: &'a Crate, with_models: bool) {
        for code in &krate.validators.codes {
            let item = SurfaceItem { docs: &code.docs, ..SurfaceItem::constant(Part::Validators) };
            self.add(format!("validators::{}", code.ident.as_str()), item);
        }
        for table in krate.validators.tables.iter().filter(|table| table.public) {
            let Some(ident) = &table.ident else { continue };
            let item = SurfaceItem { docs: &table.docs, ..SurfaceItem::constant(Part::Validators) };
            self.add(format!("validators::{}", ident.as_str()), item);
        }
        let by_ident: BTreeMap<&str, &Item> =
            krate.models.items.iter().map(|item| (item.ident().as_str(), item)).collect();
        for validated in krate.validators.types.iter().filter(|_| with_models) {
            let Some(item) = by_ident.get(validated.ident.as_str()) else { continue };
            models::implements(item, "Validate", self);
        }
    }

    fn add(&mut self, path: String, item: SurfaceItem<'a>) {
        self.items.insert(path, item);
    }
}

impl SurfaceItem<'_> {
    fn constant(part: Part) -> Self {
        Self::new(SurfaceKind::Constant, Some(part.name()), String::new())
    }

    fn new(kind: SurfaceKind, parent: Option<&str>, signature: String) -> Self {
        Self {
            kind,
            parent: parent.map(str::to_owned),
            signature,
            at: None,
            docs: &[],
            deprecated: false,
            directions: UsedIn::NONE,
        }
    }
}
