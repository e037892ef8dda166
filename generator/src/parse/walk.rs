//! The tree against the grammar: every violation in one run, each at its node.
//!
//! What has a safe reading is repaired with a warning. What has none is an error, and a stub replaces the
//! node, so that later stages can report their findings too.
//!
//! If the run is to go on after errors, no stub may pass for something of the document: a schema allows any
//! value, and of everything else the smallest whole thing is left out.

use serde_json::Value;

use super::context::{Mapping, RepairContext};
use super::finding::{LEFT_OUT, Problem};
use super::grammar::{
    FieldDef, FieldPresence, ObjectDef, ObjectName, OtherFields, ROOT, SCHEMA, ValueType, hint,
};
use super::node_path::NodePath;
use super::version::Version;
use super::{coerce, repair};
use crate::pointer::Pointer;
use crate::report::nearest;

/// Checks and repairs a whole tree. Returns how deep its schemas are nested.
pub(super) fn walk(tree: &mut Value, context: &mut RepairContext<'_>) -> usize {
    let mut walk = Walk { context, depth: 0, deepest: 0 };
    walk.value(&NodePath::ROOT, ValueType::Object(&ROOT), tree);
    walk.deepest
}

struct Walk<'d, 'w> {
    context: &'d mut RepairContext<'w>,
    depth: usize,
    deepest: usize,
}

impl Walk<'_, '_> {
    /// Checks a value. Returns false, after an error, if it can't be read.
    fn value(&mut self, at: &NodePath<'_>, wanted: ValueType, value: &mut Value) -> bool {
        if !coerce::coerce(at, wanted, value, self.context) {
            return false;
        }
        match (wanted, value) {
            (ValueType::List(entry), Value::Array(entries)) => {
                let mut readable = true;
                for (index, value) in entries.iter_mut().enumerate() {
                    readable &= self.entry(&at.index(index), *entry, value);
                }
                return readable;
            }
            (ValueType::Map(entry), Value::Object(members)) => {
                members.retain(|key, value| self.named(&at.key(key), *entry, value));
            }
            (ValueType::Object(object), Value::Object(members)) => return self.object(at, object, members),
            (ValueType::OrRef(object) | ValueType::SchemaOrFlag(object), Value::Object(members)) => {
                if members.contains_key("$ref") {
                    return self.reference(at, object, members);
                }
                return self.object(at, object, members);
            }
            _ => {}
        }
        true
    }

    /// Checks an entry of a list, and replaces it by a stub if it can't be read: the others keep their
    /// indexes. Returns false if the list is worth nothing without it.
    fn entry(&mut self, at: &NodePath<'_>, wanted: ValueType, value: &mut Value) -> bool {
        if self.value(at, wanted, value) {
            return true;
        }
        *value = stub(wanted);
        if !self.context.keeps_going() {
            return true;
        }
        self.context.left_out.insert(at.pointer());
        matches!(wanted, ValueType::Object(_) | ValueType::OrRef(_))
    }

    /// Checks an entry of a mapping, and replaces it by a stub if it can't be read. Returns false if it must
    /// be removed.
    fn named(&mut self, at: &NodePath<'_>, wanted: ValueType, value: &mut Value) -> bool {
        if self.value(at, wanted, value) {
            return true;
        }
        *value = stub(wanted);
        if !self.context.keeps_going() {
            return true;
        }
        self.context.left_out.insert(at.pointer());
        wanted.is_schema()
    }

    /// Checks a `$ref`. Returns false if it is not a text.
    fn reference(&mut self, at: &NodePath<'_>, object: &ObjectDef, members: &mut Mapping) -> bool {
        // Extensions and the description of a schema stay: `lower` reports those that mean nothing here.
        let is_described = object.name == ObjectName::Schema
            && members
                .get_mut("description")
                .is_some_and(|text| self.value(&at.key("description"), ValueType::Text, text));
        // Since OpenAPI 3.1 these two replace those of what is referred to.
        let replaces = object.name != ObjectName::Schema && self.context.version >= Version::V31;
        let stays = |key: &str| {
            key == "$ref"
                || key.starts_with("x-")
                || is_described && key == "description"
                || replaces && matches!(key, "summary" | "description")
        };
        let names: Vec<String> = members.keys().filter(|key| !stays(key)).cloned().collect();
        if let Some(first) = names.first().cloned() {
            self.context.push(&at.key(&first), &Problem::ReferenceSiblings { names });
            members.retain(|key, _| stays(key));
        }
        members.get_mut("$ref").is_some_and(|target| self.value(&at.key("$ref"), ValueType::Text, target))
    }

    /// Checks an object. Returns false, when the run goes on, if it can't be read without what it lacks.
    fn object(&mut self, at: &NodePath<'_>, object: &'static ObjectDef, members: &mut Mapping) -> bool {
        let is_schema = object.name == ObjectName::Schema;
        self.depth += usize::from(is_schema);
        self.deepest = self.deepest.max(self.depth);
        if is_schema {
            self.context.subschemas.extend(subschemas(at, members));
        }
        let mut complete = repair::repair(at, object, members, self.context);
        let (mut removed, mut unreadable) = (Vec::new(), Vec::new());
        for (key, value) in members.iter_mut() {
            match self.member(&at.key(key), key, object, value) {
                Member::Stays => {}
                Member::Removed => removed.push(key.clone()),
                Member::Unreadable => unreadable.push(key.clone()),
            }
        }
        for key in removed.iter().chain(&unreadable) {
            members.shift_remove(key);
        }
        for field in object.fields {
            let is_unreadable = unreadable.iter().any(|key| key == field.name);
            complete &= self.presence(at, object, field, is_unreadable, members);
        }
        if is_schema && unreadable.iter().any(|key| key == "type") {
            members.retain(|key, _| OF_ANY_TYPE.contains(&key.as_str()));
            self.context.left_out.insert(at.pointer());
        }
        self.depth -= usize::from(is_schema);
        complete || !self.context.keeps_going()
    }

    /// Checks one member, and returns what becomes of it.
    fn member(
        &mut self,
        at: &NodePath<'_>,
        key: &str,
        object: &'static ObjectDef,
        value: &mut Value,
    ) -> Member {
        if let Some(field) = object.field(key) {
            if field.is_newer && self.context.version < Version::V31 {
                let (owner, name) = (object.title, key.to_owned());
                self.context.push(at, &Problem::NewerKeyword { owner, name });
            }
            if value.is_null() && !matches!(field.value, ValueType::Any) {
                self.null(at, field);
                return Member::Removed;
            }
            if self.value(at, field.value, value) {
                return Member::Stays;
            }
            // A stub instead of nothing, where nothing would be the next error.
            *value = stub(field.value);
            if !self.context.keeps_going() {
                return Member::stays_if(field.presence != FieldPresence::Optional);
            }
            let allows_any = field.value.is_schema() && object.name != ObjectName::Schema;
            return if allows_any { Member::Stays } else { Member::Unreadable };
        }
        match object.others {
            _ if key.starts_with("x-") => Member::stays_if(object.name != ObjectName::Callback),
            OtherFields::Named { form, value: wanted, .. } if form(key) => {
                Member::stays_if(self.named(at, *wanted, value))
            }
            OtherFields::Named { wanted, code, .. } => {
                self.context.push(at, &Problem::BadName { code, name: key.to_owned(), wanted });
                Member::Removed
            }
            OtherFields::Unknown => {
                self.unknown(at, key, object);
                Member::Removed
            }
        }
    }

    fn null(&mut self, at: &NodePath<'_>, field: &FieldDef) {
        if matches!(field.presence, FieldPresence::Optional | FieldPresence::InOneForm) {
            let what = format!("{} has no value", at.subject());
            self.context.repaired(at, "null-value", what, "it is read as absent");
        }
    }

    fn unknown(&mut self, at: &NodePath<'_>, key: &str, object: &'static ObjectDef) {
        let problem = if key == "$ref" {
            Problem::MisplacedReference { owner: object.title }
        } else if let Some(hint) = hint(object.name, key) {
            Problem::ForeignKeyword { owner: object.title, name: key.to_owned(), hint }
        } else {
            let known = nearest(key, object.fields.iter().map(|field| field.name));
            let (owner, name) = (object.title, key.to_owned());
            match known {
                Some(meant) if object.holds_api(meant) => Problem::MisspeltKeyword { owner, name, meant },
                _ => Problem::UnknownKeyword { owner, name, nearest: known.map(str::to_owned) },
            }
        };
        self.context.push(at, &problem);
    }

    /// Checks whether a field is there, and adds what stands for it if it is not. Returns false if the object
    /// needs it; `is_unreadable`: it was there, and the run goes on without it.
    fn presence(
        &mut self,
        at: &NodePath<'_>,
        object: &'static ObjectDef,
        field: &FieldDef,
        is_unreadable: bool,
        members: &mut Mapping,
    ) -> bool {
        if members.contains_key(field.name) {
            return true;
        }
        let stays = MUST_BE.contains(&object.name);
        match field.presence {
            FieldPresence::Required | FieldPresence::InOneForm if is_unreadable && !stays => {
                self.context.push(at, &Problem::Incomplete { owner: object.title, name: field.name });
                return false;
            }
            FieldPresence::Optional | FieldPresence::InOneForm => {}
            FieldPresence::Required => {
                if !is_unreadable {
                    let reading = if stays { "it is read as empty" } else { LEFT_OUT };
                    let (owner, name) = (object.title.to_owned(), field.name.to_owned());
                    self.context.push(at, &Problem::Missing { owner, name, reading });
                }
                members.insert(field.name.to_owned(), stub(field.value));
                return stays;
            }
            FieldPresence::Assumed(json) => {
                let may_lack = optional_since(object.name).is_some_and(|since| self.context.version >= since);
                if !is_unreadable && !may_lack {
                    let what = format!("{} needs `{}`", object.title, field.name);
                    self.context.repaired(at, "assumed-field", what, "it is read as empty");
                }
                members.insert(field.name.to_owned(), read(json));
            }
        }
        true
    }
}

/// What becomes of a member.
enum Member {
    Stays,
    /// It says nothing.
    Removed,
    /// It had an error, and the run goes on without it.
    Unreadable,
}

impl Member {
    fn stays_if(stays: bool) -> Self {
        if stays { Self::Stays } else { Self::Removed }
    }
}

/// Returns the version of OpenAPI since which an object may lack what is assumed of it otherwise: since 3.1 a
/// document may have components or webhooks alone and an operation may have no responses, since 3.2 a
/// response no description.
fn optional_since(object: ObjectName) -> Option<Version> {
    match object {
        ObjectName::Root | ObjectName::Operation => Some(Version::V31),
        ObjectName::Response => Some(Version::V32),
        _ => None,
    }
}

/// Objects that a document can't be without.
const MUST_BE: [ObjectName; 2] = [ObjectName::Root, ObjectName::Info];

/// What a schema may say of itself whatever its values are.
const OF_ANY_TYPE: [&str; 7] =
    ["title", "description", "example", "deprecated", "nullable", "readOnly", "writeOnly"];

/// Returns the schemas inside a schema that openapiv3 does not read.
fn subschemas(at: &NodePath<'_>, members: &Mapping) -> Vec<Pointer> {
    let newer = members.iter().filter_map(|(key, node)| {
        let field = SCHEMA.field(key).filter(|field| field.is_newer)?;
        Some((at.key(key).pointer(), field.value, node))
    });
    let mut found = Vec::new();
    for (at, value, node) in newer {
        match (value, node) {
            (ValueType::OrRef(_), _) => found.push(at),
            (ValueType::List(ValueType::OrRef(_)), Value::Array(entries)) => {
                found.extend((0..entries.len()).map(|index| at.child(index)));
            }
            (ValueType::Map(ValueType::OrRef(_)), Value::Object(members)) => {
                found.extend(members.keys().map(|name| at.child(name)));
            }
            _ => {}
        }
    }
    found
}

fn stub(wanted: ValueType) -> Value {
    read(&wanted.stub())
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}
