//! Which Rust type stands for a schema at a place where it is used.

use std::collections::BTreeSet;

use super::names::Names;
use super::plan::{Plan, Plans};
use crate::api::{Api, SchemaId};
use crate::rust::Type;
use crate::settings::Settings;

/// The types of the runtime crate that fields may have; all of them have a total equality.
pub(super) const RUNTIME: [&str; 5] = ["Date", "Decimal", "Json", "LocalTimestamp", "Timestamp"];

/// Turns schemas into types and remembers what was asked for on the way.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) plans: &'a Plans,
    pub(super) names: Names<'a>,
    settings: &'a Settings,
    /// Schemas that need an item and have none yet, in the order in which they were met.
    pub(super) wanted: Vec<SchemaId>,
    met: BTreeSet<SchemaId>,
}

impl<'a> Types<'a> {
    pub(super) fn new(api: &'a Api, plans: &'a Plans, settings: &'a Settings) -> Self {
        let names = Names::new(api, settings);
        Self { api, plans, names, settings, wanted: Vec::new(), met: BTreeSet::new() }
    }

    /// The type of a value of the schema that is there and not `null`.
    pub(super) fn of(&mut self, id: SchemaId) -> Type {
        let is_item = self.api.schemas[id].origin.is_component();
        match &self.plans[id] {
            _ if is_item => self.named(id),
            Plan::Struct(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_) | Plan::Union(_) => self.named(id),
            _ => self.expression(id),
        }
    }

    /// The type of an entry of a list or a map, in which `null` has a place of its own.
    pub(super) fn entry(&mut self, id: Option<SchemaId>) -> Type {
        let Some(id) = id else { return self.runtime("Json") };
        let ty = self.of(id);
        if self.plans.is_nullable(id) && !self.holds_null(id) { Type::Option(Box::new(ty)) } else { ty }
    }

    /// What the schema is made of, without an item of its own.
    pub(super) fn expression(&mut self, id: SchemaId) -> Type {
        match &self.plans[id] {
            Plan::Transparent(target) => self.of(*target),
            Plan::Vec(items) => Type::Vec(Box::new(self.entry(*items))),
            Plan::Map(values) => Type::Map(Box::new(self.entry(*values))),
            Plan::Boolean => Type::Path("bool".to_owned()),
            Plan::Integer(format) => self.integer(format.as_deref()),
            Plan::Number(format) => self.number(format.as_deref()),
            Plan::String(format) => self.string(format.as_deref()),
            Plan::Any => self.runtime("Json"),
            Plan::Struct(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_) | Plan::Union(_) => self.named(id),
        }
    }

    /// True when the type of the schema has a value for `null` itself.
    pub(super) fn holds_null(&self, id: SchemaId) -> bool {
        matches!(self.plans[self.plans.resolve(id)], Plan::Any)
    }

    /// A type of the runtime crate, by its short name where no schema took it.
    pub(super) fn runtime(&self, name: &'static str) -> Type {
        if self.names.is_taken(name) {
            return Type::Path(format!("specwright_runtime::{name}"));
        }
        Type::Path(name.to_owned())
    }

    fn named(&mut self, id: SchemaId) -> Type {
        if self.met.insert(id) {
            self.wanted.push(id);
        }
        Type::Named(self.names.of(id))
    }

    fn integer(&self, format: Option<&str>) -> Type {
        let plain = match format {
            Some("int8") => "i8",
            Some("int16") => "i16",
            Some("int32") => "i32",
            Some("uint8") => "u8",
            Some("uint16") => "u16",
            Some("uint32") => "u32",
            Some("uint" | "uint64") => "u64",
            _ => "i64",
        };
        self.substituted(&[format.unwrap_or_default(), "integer"])
            .unwrap_or_else(|| Type::Path(plain.to_owned()))
    }

    fn number(&self, format: Option<&str>) -> Type {
        if let Some(ty) = self.substituted(&[format.unwrap_or("decimal")]) {
            return ty;
        }
        match format {
            Some("float" | "double") => Type::Path("f64".to_owned()),
            _ => self.runtime("Decimal"),
        }
    }

    fn string(&self, format: Option<&str>) -> Type {
        let Some(format) = format else { return Type::String };
        if let Some(ty) = self.substituted(&[format]) {
            return ty;
        }
        match format {
            "date" => self.runtime("Date"),
            "date-time" => self.runtime("Timestamp"),
            "local-date-time" => self.runtime("LocalTimestamp"),
            // A constrained string stays a string: a model can hold whatever the wire may hold.
            _ => Type::String,
        }
    }

    fn substituted(&self, formats: &[&str]) -> Option<Type> {
        let path = formats.iter().find_map(|format| self.settings.types.get(*format))?;
        Some(if path == "String" { Type::String } else { Type::Path(path.clone()) })
    }
}
