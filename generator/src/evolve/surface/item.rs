//! What is at the paths of a crate.

use std::collections::BTreeMap;

use crate::evolve::draft::UsedIn;
use crate::evolve::kind::Kind;
use crate::pointer::Pointer;
use crate::settings::Part;

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evolve) enum SurfaceKind {
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
    pub(super) fn changes(self) -> [Kind; 3] {
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
pub(in crate::evolve) struct SurfaceItem<'a> {
    pub(super) kind: SurfaceKind,
    /// The item that this one is a part of; a part comes and goes with it.
    pub(super) parent: Option<String>,
    /// Users compile against it: types of fields, of arguments and of results.
    pub(super) signature: String,
    pub(super) at: Option<&'a Pointer>,
    pub(super) docs: &'a [String],
    pub(super) deprecated: bool,
    /// Who meets it, if its pointer does not say.
    pub(super) directions: UsedIn,
}

/// Every path of a crate, whatever feature it needs: that is compared by itself.
#[derive(Debug, Default)]
pub(in crate::evolve) struct CrateSurface<'a> {
    pub(super) items: BTreeMap<String, SurfaceItem<'a>>,
}

impl<'a> CrateSurface<'a> {
    pub(super) fn add(&mut self, path: String, item: SurfaceItem<'a>) {
        self.items.insert(path, item);
    }
}

impl SurfaceItem<'_> {
    pub(super) fn constant(part: Part) -> Self {
        Self::new(SurfaceKind::Constant, Some(part.name()), String::new())
    }

    pub(super) fn new(kind: SurfaceKind, parent: Option<&str>, signature: String) -> Self {
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
