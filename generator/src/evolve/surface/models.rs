//! The types of the schemas with their builders.

use super::item::{CrateSurface, SurfaceItem, SurfaceKind};
use super::types;
use crate::pointer::Pointer;
use crate::rust::{EnumVariants, Field, Item, Rest, Struct, Type, UnionEnum};

pub(super) fn item<'a>(item: &'a Item, surface: &mut CrateSurface<'a>) {
    let path = format!("models::{}", item.ident().as_str());
    let (at, docs, deprecated, signature) = match item {
        Item::Struct(item) => (&item.at, &item.docs, item.deprecated, "struct".to_owned()),
        Item::Enum(item) => (&item.at, &item.docs, item.deprecated, values(&item.variants).to_owned()),
        Item::Union(item) => (&item.at, &item.docs, item.deprecated, "enum".to_owned()),
        Item::Alias(item) if item.newtype => (&item.at, &item.docs, false, "struct".to_owned()),
        Item::Alias(item) => (&item.at, &item.docs, false, item.target.to_string()),
    };
    let own = SurfaceItem::new(SurfaceKind::Type, Some("models"), signature);
    surface.add(path.clone(), SurfaceItem { at: Some(at), docs, deprecated, ..own });
    match item {
        Item::Struct(item) => structure(item, &path, surface),
        Item::Union(item) => union(item, &path, surface),
        Item::Enum(item) => {
            let mut variant = |ident: &str, docs: &'a [String]| {
                let own = SurfaceItem::new(SurfaceKind::Variant, Some(&path), String::new());
                surface.add(format!("{path}::{ident}"), SurfaceItem { at: Some(&item.at), docs, ..own });
            };
            match &item.variants {
                EnumVariants::Strings(all) => {
                    for one in all {
                        variant(one.ident.as_str(), &one.docs);
                    }
                }
                EnumVariants::Integers(all) => {
                    for one in all {
                        variant(one.ident.as_str(), &one.docs);
                    }
                }
            }
            variant(item.unknown.as_str(), &[]);
        }
        Item::Alias(item) if item.newtype => {
            let own = SurfaceItem::new(SurfaceKind::Field, Some(&path), item.target.to_string());
            surface.add(format!("{path}::0"), SurfaceItem { at: Some(&item.at), ..own });
            if item.eq {
                implemented(&path, "Eq", &item.at, surface);
            }
        }
        Item::Alias(_) => {}
    }
}

fn values(variants: &EnumVariants) -> &'static str {
    match variants {
        EnumVariants::Strings(_) => "enum of strings",
        EnumVariants::Integers(_) => "enum of integers",
    }
}

/// Adds the implementation of a trait for a type of the models.
pub(super) fn implements<'a>(item: &'a Item, name: &str, surface: &mut CrateSurface<'a>) {
    let at = match item {
        Item::Struct(item) => &item.at,
        Item::Enum(item) => &item.at,
        Item::Union(item) => &item.at,
        Item::Alias(item) => &item.at,
    };
    implemented(&format!("models::{}", item.ident().as_str()), name, at, surface);
}

fn implemented<'a>(path: &str, name: &str, at: &'a Pointer, surface: &mut CrateSurface<'a>) {
    let own = SurfaceItem::new(SurfaceKind::Trait, Some(path), String::new());
    surface.add(format!("{path}: {name}"), SurfaceItem { at: Some(at), ..own });
}

fn structure<'a>(item: &'a Struct, path: &str, surface: &mut CrateSurface<'a>) {
    for field in &item.fields {
        let own = SurfaceItem::new(SurfaceKind::Field, Some(path), field.written_type());
        let (at, docs, deprecated) = (Some(&field.at), &*field.docs, field.deprecated);
        surface.add(format!("{path}::{}", field.ident.as_str()), SurfaceItem { at, docs, deprecated, ..own });
    }
    if let Some(rest) = &item.rest {
        let own = SurfaceItem::new(SurfaceKind::Field, Some(path), others(rest));
        surface.add(format!("{path}::{}", rest.ident.as_str()), SurfaceItem { at: Some(&item.at), ..own });
    }
    if item.eq {
        implemented(path, "Eq", &item.at, surface);
    }
    if item.default {
        implemented(path, "Default", &item.at, surface);
    }
    let Some(ident) = &item.builder else { return };
    let builder = format!("models::builders::{}", ident.as_str());
    let mut add = |path: String, kind: SurfaceKind, parent: &str, signature: String, at: &'a Pointer| {
        let own = SurfaceItem::new(kind, Some(parent), signature);
        surface.add(path, SurfaceItem { at: Some(at), ..own });
    };
    add(builder.clone(), SurfaceKind::Type, "models", "struct".to_owned(), &item.at);
    add(format!("{path}::builder"), SurfaceKind::Method, path, String::new(), &item.at);
    for field in item.fields.iter().filter(|field| !field.is_set_by_service) {
        let Field { at, ident, set, preset, .. } = field;
        let taken = types::of_setter(field);
        add(format!("{builder}::{}", ident.as_str()), SurfaceKind::Method, &builder, taken.clone(), at);
        add(
            format!("{builder}::{}", set.as_str()),
            SurfaceKind::Method,
            &builder,
            format!("Option<{taken}>"),
            at,
        );
        if preset.is_some() {
            let path = format!("{path}::{} (preset)", ident.as_str());
            add(path, SurfaceKind::Preset, &builder, String::new(), at);
        }
    }
    if let Some(rest) = &item.rest {
        let path = format!("{builder}::{}", rest.ident.as_str());
        add(path, SurfaceKind::Method, &builder, others(rest), &item.at);
    }
}

fn others(rest: &Rest) -> String {
    Type::Map(Box::new(rest.ty.clone())).to_string()
}

fn union<'a>(item: &'a UnionEnum, path: &str, surface: &mut CrateSurface<'a>) {
    for variant in &item.variants {
        let signature = variant.ty.to_string();
        if variant.converts {
            implemented(path, &format!("From<{}>", variant.ty.unboxed()), &variant.at, surface);
        }
        let own = SurfaceItem::new(SurfaceKind::Variant, Some(path), signature);
        let (at, docs) = (Some(&variant.at), &*variant.docs);
        surface.add(format!("{path}::{}", variant.ident.as_str()), SurfaceItem { at, docs, ..own });
    }
    let unknown = SurfaceItem::new(SurfaceKind::Variant, Some(path), "Json".to_owned());
    surface.add(format!("{path}::{}", item.unknown.as_str()), SurfaceItem { at: Some(&item.at), ..unknown });
    if item.eq {
        implemented(path, "Eq", &item.at, surface);
    }
}
