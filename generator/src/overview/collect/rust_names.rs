//! The names that the crate gives to what the document has.

use std::collections::HashMap;

use crate::pointer::Pointer;
use crate::rust::{Crate, Field, Item};

/// Names by the pointer of what they are for.
pub(super) struct RustNames<'a> {
    items: HashMap<&'a Pointer, &'a Item>,
    fields: HashMap<(&'a Pointer, &'a str), &'a Field>,
}

impl<'a> RustNames<'a> {
    pub(super) fn new(krate: &'a Crate) -> Self {
        let mut names = Self { items: HashMap::new(), fields: HashMap::new() };
        for item in &krate.models.items {
            let (at, fields): (_, &[Field]) = match item {
                Item::Struct(item) => (&item.at, &item.fields),
                Item::Enum(item) => (&item.at, &[]),
                Item::Union(item) => (&item.at, &[]),
                Item::Alias(item) => (&item.at, &[]),
            };
            names.items.insert(at, item);
            names.fields.extend(fields.iter().map(|field| ((at, &*field.wire), field)));
        }
        names
    }

    /// Returns the declaration of the item of a schema.
    pub(super) fn item(&self, at: &Pointer) -> Option<String> {
        Some(match self.items.get(at)? {
            Item::Struct(item) => format!("struct {}", item.ident.as_str()),
            Item::Enum(item) => format!("enum {}", item.ident.as_str()),
            Item::Union(item) => format!("enum {}", item.ident.as_str()),
            Item::Alias(item) if item.newtype => format!("struct {}({})", item.ident.as_str(), item.target),
            Item::Alias(item) => format!("type {} = {}", item.ident.as_str(), item.target),
        })
    }

    /// Returns the field of a property: that of the schema's own struct, or of the one that took it in.
    pub(super) fn field(&self, schema: &Pointer, around: &Pointer, name: &str) -> Option<String> {
        let field = self.fields.get(&(schema, name)).or_else(|| self.fields.get(&(around, name)))?;
        Some(format!("{}: {}", field.ident.as_str(), field.written_type()))
    }
}
