//! The Rust type of a schema.

use std::collections::BTreeSet;

use super::names::Names;
use super::plan::{Plan, Plans};
use crate::api::{Api, SchemaId};
use crate::pointer::Pointer;
use crate::rust::{IntegerType, RuntimeType, Type};
use crate::settings::{FormatReading, NullReading, Settings};

/// Lists and maps inside each other; a list may have itself as its items.
const MAX_NESTING: usize = 8;

/// Chooses the types of schemas, and collects the schemas that need an item.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) plans: &'a Plans,
    pub(super) names: Names<'a>,
    settings: &'a Settings,
    /// Schemas that need an item and have none yet, in the order of their first use.
    pub(super) wanted: Vec<SchemaId>,
    met: BTreeSet<SchemaId>,
}

impl<'a> Types<'a> {
    pub(super) fn new(api: &'a Api, plans: &'a Plans, settings: &'a Settings) -> Self {
        let names = Names::new(api, plans, settings);
        Self { api, plans, names, settings, wanted: Vec::new(), met: BTreeSet::new() }
    }

    /// Returns whether `null` in place of the optional property at a node is read as absent.
    pub(super) fn reads_null_as_absent(&self, property: &Pointer) -> bool {
        self.settings.null.at(property) == NullReading::Absent
    }

    /// Returns the type of a value of the schema that is present and not `null`.
    pub(super) fn of(&mut self, id: SchemaId) -> Type {
        let is_item = self.api.schemas[id].origin.is_component();
        match &self.plans[id] {
            _ if is_item => self.named(id),
            Plan::Struct(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_) | Plan::Union(_) => self.named(id),
            _ => self.expression(id),
        }
    }

    /// Returns the type of an entry of a list or a map, which may be `null`.
    pub(super) fn entry(&mut self, id: Option<SchemaId>) -> Type {
        let Some(id) = id else { return Type::Runtime(RuntimeType::Json) };
        let ty = self.of(id);
        if self.plans.is_nullable(id) && !self.holds_null(id) { Type::Option(Box::new(ty)) } else { ty }
    }

    /// Returns the type of the schema without an item of its own.
    pub(super) fn expression(&mut self, id: SchemaId) -> Type {
        match &self.plans[id] {
            Plan::Transparent(target) => self.of(*target),
            Plan::Vec(items) => Type::Vec(Box::new(self.entry(*items))),
            Plan::Map(values) => Type::Map(Box::new(self.entry(*values))),
            Plan::Tuple(items) => Type::Tuple(items.iter().map(|item| self.entry(Some(*item))).collect()),
            Plan::Boolean => Type::Bool,
            Plan::Integer(format) => self.integer(format.as_deref()),
            Plan::Number(format) => self.number(format.as_deref()),
            Plan::String(format) => self.string(format.as_deref()),
            Plan::Any => Type::Runtime(RuntimeType::Json),
            Plan::Struct(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_) | Plan::Union(_) => self.named(id),
        }
    }

    /// Returns whether the type of the schema has a value for `null` itself.
    pub(super) fn holds_null(&self, id: SchemaId) -> bool {
        matches!(self.plans[self.plans.resolve(id)], Plan::Any)
    }

    /// Returns whether values are numbers, or made of such alone, that serde would round or refuse: binary
    /// floats, and integers where JSON Schema says how they are written, for which `1.0` is one.
    pub(super) fn reads_exactly(&self, id: SchemaId) -> bool {
        self.is_of_numbers(id, MAX_NESTING)
    }

    fn is_of_numbers(&self, id: SchemaId, depth: usize) -> bool {
        match &self.plans[self.plans.resolve(id)] {
            Plan::Integer(format) => {
                self.api.follows_json_schema && matches!(self.integer(format.as_deref()), Type::Integer(_))
            }
            Plan::Number(format) => self.number(format.as_deref()) == Type::Float,
            Plan::Vec(Some(inner)) | Plan::Map(Some(inner)) => {
                depth > 0 && self.is_of_numbers(*inner, depth - 1)
            }
            _ => false,
        }
    }

    fn named(&mut self, id: SchemaId) -> Type {
        let id = self.plans.type_of(id);
        if self.met.insert(id) {
            self.wanted.push(id);
        }
        Type::Named(self.names.of(id))
    }

    fn integer(&self, format: Option<&str>) -> Type {
        let plain = match format {
            Some("int8") => IntegerType::I8,
            Some("int16") => IntegerType::I16,
            Some("int32") => IntegerType::I32,
            Some("uint8") => IntegerType::U8,
            Some("uint16") => IntegerType::U16,
            Some("uint32") => IntegerType::U32,
            Some("uint" | "uint64") => IntegerType::U64,
            _ => IntegerType::I64,
        };
        self.configured(&[format.unwrap_or_default(), "integer"], false).unwrap_or(Type::Integer(plain))
    }

    fn number(&self, format: Option<&str>) -> Type {
        let plain = match format {
            Some("float" | "double") => Type::Float,
            _ => Type::Runtime(RuntimeType::Decimal),
        };
        self.configured(&[format.unwrap_or("decimal")], false).unwrap_or(plain)
    }

    fn string(&self, format: Option<&str>) -> Type {
        let Some(format) = format else { return Type::String };
        let plain = match format {
            _ if self.settings.formats == FormatReading::Annotation => Type::String,
            "date" => Type::Runtime(RuntimeType::Date),
            "date-time" => Type::Runtime(RuntimeType::Timestamp),
            "local-date-time" => Type::Runtime(RuntimeType::LocalTimestamp),
            // A constrained string stays a string: a model can hold whatever the wire may hold.
            _ => Type::String,
        };
        self.configured(&[format], true).unwrap_or(plain)
    }

    fn configured(&self, formats: &[&str], is_text: bool) -> Option<Type> {
        formats.iter().find_map(|format| self.settings.types.get(*format)).map(|path| written(path, is_text))
    }
}

/// Returns the type that a path of the configuration stands for.
fn written(path: &str, is_text: bool) -> Type {
    let integer = IntegerType::ALL.into_iter().find(|ty| ty.name() == path);
    match path {
        "bool" => Type::Bool,
        "f64" => Type::Float,
        "String" => Type::String,
        _ => integer
            .map(Type::Integer)
            .or_else(|| RuntimeType::from_path(path).map(Type::Runtime))
            .unwrap_or_else(|| Type::External { path: path.to_owned(), is_text }),
    }
}
