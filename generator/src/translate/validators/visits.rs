//! How each type of the models shows itself: field by field where its fields are those of the table, else as JSON.

use std::collections::{BTreeMap, BTreeSet};

use super::super::types::RUNTIME;
use crate::ident::TypeIdent;
use crate::rust::validators::{Additional, FieldVisit, RestVisit, Shape, Table, TableId, Visit, Way};
use crate::rust::{EnumVariants, Item, Models, Presence, Struct, Type};

/// A visit for each type, in the order of the models.
pub(super) fn visits(models: &Models, tables: &[Table], roots: &[(&Item, TableId)]) -> Vec<Visit> {
    let items = models.items.iter().map(|item| (item.ident(), item)).collect();
    let homes = roots.iter().map(|(item, table)| (item.ident(), *table)).collect();
    let mut shower = Shower { items, homes, tables, bad: BTreeSet::new() };
    shower.find_bad();
    let types = roots.iter().filter(|(item, _)| item.is_type());
    types
        .map(|(item, table)| Visit {
            ident: item.ident().clone(),
            table: *table,
            way: shower.way(item, *table),
        })
        .collect()
}

/// Knows which types can show their parts to which tables.
struct Shower<'a> {
    items: BTreeMap<&'a TypeIdent, &'a Item>,
    /// The table of each type itself.
    homes: BTreeMap<&'a TypeIdent, TableId>,
    tables: &'a [Table],
    /// Structs and the tables that do not fit them.
    bad: BTreeSet<(&'a TypeIdent, TableId)>,
}

impl<'a> Shower<'a> {
    /// Starts from every struct at home, follows what it shows, and passes on what does not fit.
    fn find_bad(&mut self) {
        let mut pairs: BTreeSet<(&'a TypeIdent, TableId)> = BTreeSet::new();
        let mut open: Vec<(&'a TypeIdent, TableId)> =
            self.homes.iter().map(|(ident, table)| (*ident, *table)).collect();
        while let Some(pair) = open.pop() {
            if pairs.insert(pair)
                && let Some(Item::Struct(item)) = self.items.get(pair.0)
            {
                for (ty, table) in self.parts(item, pair.1) {
                    self.structs(ty, table, &mut open);
                }
            }
        }
        let mut changed = true;
        while changed {
            changed = false;
            for (ident, table) in &pairs {
                let Some(Item::Struct(item)) = self.items.get(ident) else { continue };
                if !self.bad.contains(&(*ident, *table)) && !self.fits(item, *table) {
                    self.bad.insert((*ident, *table));
                    changed = true;
                }
            }
        }
    }

    /// The types of the fields, each with its table there.
    fn parts(&self, item: &'a Struct, table: TableId) -> Vec<(&'a Type, TableId)> {
        let Shape::Object(object) = &self.tables[table.0].schema.shape else { return Vec::new() };
        let fields = item.fields.iter().zip(&object.fields).map(|(field, place)| (&field.ty, place.table));
        let others = match (&item.rest, &object.additional) {
            (Some(rest), Additional::Schema(table)) => Some((&rest.ty, *table)),
            _ => None,
        };
        fields.chain(others).collect()
    }

    /// The structs that a value of the type shows, each with its table.
    fn structs(&self, ty: &'a Type, table: TableId, found: &mut Vec<(&'a TypeIdent, TableId)>) {
        match (ty, &self.tables[table.0].schema.shape) {
            (Type::Named(ident), _) => match self.items.get(ident) {
                Some(Item::Struct(_)) => found.push((ident, table)),
                Some(Item::Alias(alias)) if !alias.newtype => self.structs(&alias.target, table, found),
                _ => {}
            },
            (Type::Option(inner) | Type::Boxed(inner), _) => self.structs(inner, table, found),
            (Type::Vec(inner), Shape::Array(array)) => {
                array.items.into_iter().for_each(|items| self.structs(inner, items, found));
            }
            (Type::Map(inner), Shape::Object(object)) => {
                if let Additional::Schema(values) = object.additional {
                    self.structs(inner, values, found);
                }
            }
            _ => {}
        }
    }

    /// True when the struct's fields stand at their places in the table, as they do in its own, and show themselves.
    fn fits(&self, item: &'a Struct, table: TableId) -> bool {
        let home = self.homes.get(&item.ident).copied();
        if !self.is_aligned(item, table) {
            // A struct that is JSON even at home is so everywhere.
            return home != Some(table) && home.is_some_and(|home| !self.is_aligned(item, home));
        }
        let Some(home) = home else { return false };
        let (here, there) = (self.parts(item, table), self.parts(item, home));
        home == table
            || here
                .iter()
                .zip(&there)
                .all(|((ty, here), (_, there))| self.agrees(ty, *here) || !self.agrees(ty, *there))
    }

    fn is_aligned(&self, item: &Struct, table: TableId) -> bool {
        let schema = &self.tables[table.0].schema;
        let Shape::Object(object) = &schema.shape else { return false };
        let names = object.fields.iter().map(|field| &field.name);
        !schema.is_composed()
            && item.fields.iter().map(|field| &field.wire).eq(names.take(item.fields.len()))
            && (item.rest.is_none() || item.fields.len() == object.fields.len())
    }

    /// True when a value of the type can show its parts to the table.
    fn agrees(&self, ty: &Type, table: TableId) -> bool {
        let schema = &self.tables[table.0].schema;
        match ty {
            Type::Path(path) => is_ours(path) && (!schema.is_composed() || is_json(path)),
            Type::String => !schema.is_composed(),
            Type::Option(inner) | Type::Boxed(inner) => self.agrees(inner, table),
            Type::Named(ident) => match self.items.get(ident) {
                Some(Item::Struct(item)) => self.is_serialized(item) || !self.bad.contains(&(ident, table)),
                Some(Item::Alias(alias)) if !alias.newtype => self.agrees(&alias.target, table),
                Some(Item::Alias(alias)) => {
                    self.is_home(ident, table) || self.agrees_inside(&alias.target, table)
                }
                Some(Item::Enum(item)) => {
                    !schema.is_composed()
                        || matches!(item.variants, EnumVariants::Integers(_))
                        || self.is_home(ident, table)
                }
                Some(Item::Union(_)) => true,
                None => false,
            },
            Type::Vec(_) | Type::Map(_) => self.agrees_inside(ty, table),
        }
    }

    /// The same for lists and maps.
    fn agrees_inside(&self, ty: &Type, table: TableId) -> bool {
        let schema = &self.tables[table.0].schema;
        if schema.is_composed() {
            return false;
        }
        match (ty, &schema.shape) {
            (Type::Vec(inner), Shape::Array(array)) => {
                array.items.is_none_or(|items| self.agrees(inner, items)) && self.is_whole(inner)
            }
            (Type::Map(inner), Shape::Object(object)) => match object.additional {
                Additional::Schema(values) => object.fields.is_empty() && self.agrees(inner, values),
                _ => object.fields.is_empty() && self.is_whole(inner),
            },
            _ => false,
        }
    }

    /// True when no foreign type lies within.
    fn is_whole(&self, ty: &Type) -> bool {
        match ty {
            Type::Path(path) => is_ours(path),
            Type::String => true,
            Type::Option(inner) | Type::Boxed(inner) | Type::Vec(inner) | Type::Map(inner) => {
                self.is_whole(inner)
            }
            Type::Named(ident) => match self.items.get(ident) {
                Some(Item::Alias(alias)) if !alias.newtype => self.is_whole(&alias.target),
                found => found.is_some(),
            },
        }
    }

    fn is_home(&self, ident: &TypeIdent, table: TableId) -> bool {
        self.homes.get(ident) == Some(&table)
    }

    /// True for a struct that is always written as JSON.
    fn is_serialized(&self, item: &Struct) -> bool {
        self.homes.get(&item.ident).is_none_or(|home| !self.is_aligned(item, *home))
    }

    fn way(&self, item: &Item, table: TableId) -> Way {
        match item {
            Item::Struct(item) if !self.is_serialized(item) => self.fields(item, table),
            Item::Alias(alias) if self.agrees_inside(&alias.target, table) => Way::Inner,
            Item::Enum(item)
                if matches!(item.variants, EnumVariants::Strings(_))
                    && !self.tables[table.0].schema.is_composed() =>
            {
                Way::Text
            }
            _ => Way::Serialized,
        }
    }

    fn fields(&self, item: &Struct, table: TableId) -> Way {
        let Shape::Object(object) = &self.tables[table.0].schema.shape else { return Way::Serialized };
        let fields =
            item.fields.iter().zip(&object.fields).enumerate().map(|(place, (field, at))| FieldVisit {
                ident: field.ident.clone(),
                place: u16::try_from(place).unwrap_or(u16::MAX),
                optional: !matches!(field.presence, Presence::Required | Presence::RequiredNullable),
                serialized: !self.agrees(&field.ty, at.table),
            });
        let rest = item.rest.as_ref().map(|rest| {
            let shows = match &object.additional {
                Additional::Schema(values) => self.agrees(&rest.ty, *values),
                _ => self.is_whole(&rest.ty),
            };
            RestVisit { ident: rest.ident.clone(), serialized: !shows }
        });
        Way::Fields { fields: fields.collect(), rest }
    }
}

/// True for a type of the language or of the runtime, which knows how to show itself.
fn is_ours(path: &str) -> bool {
    let plain = ["bool", "f64", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    let name = path.strip_prefix("specwright_runtime::").unwrap_or(path);
    plain.contains(&name) || RUNTIME.contains(&name)
}

fn is_json(path: &str) -> bool {
    path.strip_prefix("specwright_runtime::").unwrap_or(path) == "Json"
}
