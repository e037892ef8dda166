//! The tree against the grammar: every violation in one run, each at its node.
//!
//! What has a safe reading is repaired with a warning. What has none is an error, and a stub replaces the
//! node, so that later stages can report their findings too.

use serde_json::Value;

use super::context::{Mapping, RepairContext};
use super::finding::Problem;
use super::grammar::{FieldDef, FieldPresence, ObjectDef, ObjectName, OtherFields, ROOT, ValueType, hint};
use super::node_path::NodePath;
use super::{coerce, repair};
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
                for (index, value) in entries.iter_mut().enumerate() {
                    self.element(&at.index(index), *entry, value);
                }
            }
            (ValueType::Map(entry), Value::Object(members)) => {
                for (key, value) in members.iter_mut() {
                    self.element(&at.key(key), *entry, value);
                }
            }
            (ValueType::Object(object), Value::Object(members)) => self.object(at, object, members),
            (ValueType::OrRef(object) | ValueType::SchemaOrFlag(object), Value::Object(members)) => {
                if members.contains_key("$ref") {
                    return self.reference(at, object, members);
                }
                self.object(at, object, members);
            }
            _ => {}
        }
        true
    }

    /// Checks an entry of a list or a mapping, and replaces it by a stub if it can't be read.
    fn element(&mut self, at: &NodePath<'_>, wanted: ValueType, value: &mut Value) {
        if !self.value(at, wanted, value) {
            *value = stub(wanted);
        }
    }

    /// Checks a `$ref`. Returns false if it is not a text.
    fn reference(&mut self, at: &NodePath<'_>, object: &ObjectDef, members: &mut Mapping) -> bool {
        // Extensions and the description of a schema stay: `lower` reports those that mean nothing here.
        let is_described = object.name == ObjectName::Schema
            && members
                .get_mut("description")
                .is_some_and(|text| self.value(&at.key("description"), ValueType::Text, text));
        let stays =
            |key: &str| key == "$ref" || key.starts_with("x-") || is_described && key == "description";
        let names: Vec<String> = members.keys().filter(|key| !stays(key)).cloned().collect();
        if let Some(first) = names.first().cloned() {
            self.context.push(&at.key(&first), &Problem::ReferenceSiblings { names });
            members.retain(|key, _| stays(key));
        }
        members.get_mut("$ref").is_some_and(|target| self.value(&at.key("$ref"), ValueType::Text, target))
    }

    fn object(&mut self, at: &NodePath<'_>, object: &'static ObjectDef, members: &mut Mapping) {
        let is_schema = object.name == ObjectName::Schema;
        self.depth += usize::from(is_schema);
        self.deepest = self.deepest.max(self.depth);
        repair::repair(at, object, members, self.context);
        let mut unreadable = Vec::new();
        for (key, value) in members.iter_mut() {
            if !self.member(&at.key(key), key, object, value) {
                unreadable.push(key.clone());
            }
        }
        for key in unreadable {
            members.shift_remove(&key);
        }
        for field in object.fields {
            self.presence(at, object, field, members);
        }
        self.depth -= usize::from(is_schema);
    }

    /// Checks one member. Returns false if it must be removed.
    fn member(
        &mut self,
        at: &NodePath<'_>,
        key: &str,
        object: &'static ObjectDef,
        value: &mut Value,
    ) -> bool {
        if let Some(field) = object.field(key) {
            if value.is_null() && !matches!(field.value, ValueType::Any) {
                self.null(at, field);
                return false;
            }
            if self.value(at, field.value, value) {
                return true;
            }
            // A stub instead of nothing, where nothing would be the next error.
            *value = stub(field.value);
            return field.presence != FieldPresence::Optional;
        }
        match object.others {
            _ if key.starts_with("x-") => object.name != ObjectName::Callback,
            OtherFields::Named { form, value: wanted, .. } if form(key) => {
                self.element(at, *wanted, value);
                true
            }
            OtherFields::Named { wanted, code, .. } => {
                self.context.push(at, &Problem::BadName { code, name: key.to_owned(), wanted });
                false
            }
            OtherFields::Unknown => {
                self.unknown(at, key, object);
                false
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
            let nearest = known.map(str::to_owned);
            Problem::UnknownKeyword { owner: object.title, name: key.to_owned(), nearest }
        };
        self.context.push(at, &problem);
    }

    fn presence(
        &mut self,
        at: &NodePath<'_>,
        object: &'static ObjectDef,
        field: &FieldDef,
        members: &mut Mapping,
    ) {
        if members.contains_key(field.name) {
            return;
        }
        match field.presence {
            FieldPresence::Optional | FieldPresence::InOneForm => {}
            FieldPresence::Required => {
                let owner = object.title.to_owned();
                self.context.push(at, &Problem::Missing { owner, name: field.name.to_owned() });
                members.insert(field.name.to_owned(), stub(field.value));
            }
            FieldPresence::Assumed(json) => {
                let what = format!("{} needs `{}`", object.title, field.name);
                self.context.repaired(at, "assumed-field", what, "it is read as empty");
                members.insert(field.name.to_owned(), read(json));
            }
        }
    }
}

fn stub(wanted: ValueType) -> Value {
    read(&wanted.stub())
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}
