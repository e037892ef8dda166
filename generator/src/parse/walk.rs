//! The tree against the grammar: every violation in one run, each at its node.
//!
//! What is wrong and has a safe reading is repaired with a warning. What has none is an error, and the node is
//! replaced by the least that openapiv3 accepts, so that the stages after this one can report their findings too.

use serde_json::Value;

use super::desk::{At, Desk, Members};
use super::finding::Problem;
use super::grammar::{Field, Kind, Object, Others, Presence, ROOT, Type, hint};
use super::{coerce, repair};
use crate::report::nearest;

/// Checks and repairs a whole tree; says how deep its schemas nest.
pub(super) fn walk(tree: &mut Value, desk: &mut Desk<'_>) -> usize {
    let mut walk = Walk { desk, depth: 0, deepest: 0 };
    walk.value(&At::ROOT, Type::Object(&ROOT), tree);
    walk.deepest
}

struct Walk<'d, 'w> {
    desk: &'d mut Desk<'w>,
    depth: usize,
    deepest: usize,
}

impl Walk<'_, '_> {
    /// Checks a value. False: there is no way to read it, and an error says so.
    fn value(&mut self, at: &At<'_>, wanted: Type, value: &mut Value) -> bool {
        if !coerce::coerce(at, wanted, value, self.desk) {
            return false;
        }
        match (wanted, value) {
            (Type::List(entry), Value::Array(entries)) => {
                for (index, value) in entries.iter_mut().enumerate() {
                    self.element(&at.index(index), *entry, value);
                }
            }
            (Type::Map(entry), Value::Object(members)) => {
                for (key, value) in members.iter_mut() {
                    self.element(&at.key(key), *entry, value);
                }
            }
            (Type::Object(object), Value::Object(members)) => self.object(at, object, members),
            (Type::OrRef(object) | Type::SchemaOrFlag(object), Value::Object(members)) => {
                if members.contains_key("$ref") {
                    return self.reference(at, members);
                }
                self.object(at, object, members);
            }
            _ => {}
        }
        true
    }

    /// Checks an entry of a list or a mapping; it keeps its place whatever it is.
    fn element(&mut self, at: &At<'_>, wanted: Type, value: &mut Value) {
        if !self.value(at, wanted, value) {
            *value = stub(wanted);
        }
    }

    /// Checks a `$ref`. False: it is no text, so that nobody knows what stands here.
    fn reference(&mut self, at: &At<'_>, members: &mut Members) -> bool {
        // Extensions stay: what reads them knows whether one may stand here.
        let siblings = members.keys().filter(|key| *key != "$ref" && !key.starts_with("x-"));
        let names: Vec<String> = siblings.cloned().collect();
        if let Some(first) = names.first().cloned() {
            self.desk.push(&at.key(&first), &Problem::ReferenceSiblings { names });
            members.retain(|key, _| key == "$ref" || key.starts_with("x-"));
        }
        members.get_mut("$ref").is_some_and(|target| self.value(&at.key("$ref"), Type::Text, target))
    }

    fn object(&mut self, at: &At<'_>, object: &'static Object, members: &mut Members) {
        let is_schema = object.kind == Kind::Schema;
        self.depth += usize::from(is_schema);
        self.deepest = self.deepest.max(self.depth);
        repair::repair(at, object, members, self.desk);
        let mut beyond = Vec::new();
        for (key, value) in members.iter_mut() {
            if !self.member(&at.key(key), key, object, value) {
                beyond.push(key.clone());
            }
        }
        for key in beyond {
            members.shift_remove(&key);
        }
        for field in object.fields {
            self.presence(at, object, field, members);
        }
        self.depth -= usize::from(is_schema);
    }

    /// Checks one member. False: it has to go.
    fn member(&mut self, at: &At<'_>, key: &str, object: &'static Object, value: &mut Value) -> bool {
        if let Some(field) = object.field(key) {
            if value.is_null() && !matches!(field.value, Type::Any) {
                self.null(at, field);
                return false;
            }
            if self.value(at, field.value, value) {
                return true;
            }
            // A stub instead of nothing, where nothing would be the next error.
            *value = stub(field.value);
            return field.presence != Presence::Optional;
        }
        match object.others {
            _ if key.starts_with("x-") => object.kind != Kind::Callback,
            Others::Named { form, value: wanted, .. } if form(key) => {
                self.element(at, *wanted, value);
                true
            }
            Others::Named { wanted, code, .. } => {
                self.desk.push(at, &Problem::BadName { code, name: key.to_owned(), wanted });
                false
            }
            Others::Unknown => {
                self.unknown(at, key, object);
                false
            }
        }
    }

    fn null(&mut self, at: &At<'_>, field: &Field) {
        if matches!(field.presence, Presence::Optional | Presence::InOneForm) {
            let what = format!("{} has no value", at.subject());
            self.desk.repaired(at, "null-value", what, "it is read as absent");
        }
    }

    fn unknown(&mut self, at: &At<'_>, key: &str, object: &'static Object) {
        let problem = if key == "$ref" {
            Problem::MisplacedReference { owner: object.name }
        } else if let Some(hint) = hint(object.kind, key) {
            Problem::ForeignKeyword { owner: object.name, name: key.to_owned(), hint }
        } else {
            let known = nearest(key, object.fields.iter().map(|field| field.name));
            let nearest = known.map(str::to_owned);
            Problem::UnknownKeyword { owner: object.name, name: key.to_owned(), nearest }
        };
        self.desk.push(at, &problem);
    }

    fn presence(&mut self, at: &At<'_>, object: &'static Object, field: &Field, members: &mut Members) {
        if members.contains_key(field.name) {
            return;
        }
        match field.presence {
            Presence::Optional | Presence::InOneForm => {}
            Presence::Required => {
                let owner = object.name.to_owned();
                self.desk.push(at, &Problem::Missing { owner, name: field.name.to_owned() });
                members.insert(field.name.to_owned(), stub(field.value));
            }
            Presence::Assumed(json) => {
                let what = format!("{} needs `{}`", object.name, field.name);
                self.desk.repaired(at, "assumed-field", what, "it is read as empty");
                members.insert(field.name.to_owned(), read(json));
            }
        }
    }
}

fn stub(wanted: Type) -> Value {
    read(&wanted.stub())
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}
