//! The Rust surface of a crate: every path that users can name, with what they rely on.

mod client;
mod compare;
mod features;
mod item;
mod models;
mod types;

use std::collections::BTreeMap;

pub(super) use compare::compare;
pub(super) use features::{compare_features, features};

use crate::rust::{Crate, Item};
use crate::settings::{Part, Settings};
use item::{CrateSurface, SurfaceItem, SurfaceKind};

/// Returns the surface of the parts that are written.
pub(super) fn of<'a>(krate: &'a Crate, settings: &Settings) -> CrateSurface<'a> {
    let mut surface = CrateSurface::default();
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
        validators(krate, settings.wants(Part::Models), &mut surface);
    }
    if settings.wants(Part::Client) {
        client::client(krate, &mut surface);
    }
    surface
}

fn validators<'a>(krate: &'a Crate, with_models: bool, surface: &mut CrateSurface<'a>) {
    for code in &krate.validators.codes {
        let item = SurfaceItem { docs: &code.docs, ..SurfaceItem::constant(Part::Validators) };
        surface.add(format!("validators::{}", code.ident.as_str()), item);
    }
    for table in krate.validators.tables.iter().filter(|table| table.public) {
        let Some(ident) = &table.ident else { continue };
        let item = SurfaceItem { docs: &table.docs, ..SurfaceItem::constant(Part::Validators) };
        surface.add(format!("validators::{}", ident.as_str()), item);
    }
    let by_ident: BTreeMap<&str, &Item> =
        krate.models.items.iter().map(|item| (item.ident().as_str(), item)).collect();
    for validated in krate.validators.types.iter().filter(|_| with_models) {
        let Some(item) = by_ident.get(validated.ident.as_str()) else { continue };
        models::implements(item, "Validate", surface);
    }
}
