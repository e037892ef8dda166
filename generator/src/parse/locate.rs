//! Locates what openapiv3 refuses: tries every object alone, without the objects inside it.
//!
//! The errors of openapiv3 itself name `paths` or `components`, thousands of lines from the cause.

use openapiv3 as v3;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::context::Mapping;
use super::finding::Problem;
use super::grammar::{FieldPresence, ObjectDef, ObjectName, OtherFields, ROOT, ValueType};
use super::node_path::NodePath;
use crate::pointer::Pointer;

/// Returns the smallest nodes that openapiv3 refuses, each with its reason.
pub(super) fn locate(tree: &Value) -> Vec<(Pointer, Problem)> {
    let mut found = Vec::new();
    value(&NodePath::ROOT, ValueType::Object(&ROOT), tree, &mut found);
    found
}

/// Removes a member of a mapping. Returns false if there is none at `at`: an entry of a list stays.
pub(super) fn remove(tree: &mut Value, at: &Pointer) -> bool {
    let Some((name, around)) = at.tokens().split_last() else { return false };
    let around = tree.pointer_mut(&Pointer::from_tokens(around.to_vec()).to_string());
    around.and_then(Value::as_object_mut).is_some_and(|members| members.shift_remove(name).is_some())
}

type Found = Vec<(Pointer, Problem)>;

fn value(at: &NodePath<'_>, wanted: ValueType, node: &Value, found: &mut Found) {
    match (wanted, node) {
        (ValueType::List(entry), Value::Array(entries)) => {
            for (index, node) in entries.iter().enumerate() {
                value(&at.index(index), *entry, node, found);
            }
        }
        (ValueType::Map(entry), Value::Object(members)) => {
            for (key, node) in members {
                value(&at.key(key), *entry, node, found);
            }
        }
        (ValueType::OrRef(_) | ValueType::SchemaOrFlag(_), Value::Object(members))
            if members.contains_key("$ref") => {}
        (
            ValueType::Object(wanted) | ValueType::OrRef(wanted) | ValueType::SchemaOrFlag(wanted),
            Value::Object(members),
        ) => {
            object(at, wanted, members, found);
        }
        _ => {}
    }
}

fn object(at: &NodePath<'_>, object: &'static ObjectDef, members: &Mapping, found: &mut Found) {
    let before = found.len();
    for (key, node) in members {
        match (object.field(key), object.others) {
            (Some(field), _) => value(&at.key(key), field.value, node, found),
            (None, OtherFields::Named { form, value: wanted, .. }) if form(key) => {
                value(&at.key(key), *wanted, node, found);
            }
            _ => {}
        }
    }
    if found.len() > before {
        return;
    }
    let alone = without_inner(object, members);
    let Err(reason) = accepts(object.name, Value::Object(alone.clone())) else { return };
    // The cause is the member whose absence, or whose replacement by a stub, makes openapiv3 accept the rest.
    let cause = alone.keys().find(|key| {
        let mut rest = alone.clone();
        match object.field(key) {
            Some(field) if field.presence != FieldPresence::Optional => {
                rest.insert((*key).clone(), serde_json::from_str(&field.value.stub()).unwrap_or_default());
            }
            _ => drop(rest.shift_remove(*key)),
        }
        accepts(object.name, Value::Object(rest)).is_ok()
    });
    let pointer = cause.map_or_else(|| at.pointer(), |key| at.key(key).pointer());
    found.push((pointer, Problem::Refused { owner: object.title, reason: clean(&reason) }));
}

/// Returns the members without the objects inside them.
fn without_inner(object: &'static ObjectDef, members: &Mapping) -> Mapping {
    let keep = |(key, node): (&String, &Value)| {
        let node = match object.field(key) {
            Some(field) => hollow(field.value, node),
            None if matches!(object.others, OtherFields::Named { .. }) => return None,
            None => node.clone(),
        };
        Some((key.clone(), node))
    };
    members.iter().filter_map(keep).collect()
}

fn hollow(wanted: ValueType, node: &Value) -> Value {
    match (wanted, node) {
        (ValueType::List(ValueType::Object(_) | ValueType::OrRef(_)), Value::Array(_)) => {
            Value::Array(Vec::new())
        }
        (ValueType::Map(ValueType::Object(_) | ValueType::OrRef(_)), Value::Object(_)) => {
            Value::Object(Mapping::new())
        }
        (
            ValueType::Object(below) | ValueType::OrRef(below) | ValueType::SchemaOrFlag(below),
            Value::Object(_),
        ) => serde_json::from_str(below.stub).unwrap_or_default(),
        _ => node.clone(),
    }
}

/// Returns whether openapiv3 accepts the value as this object.
fn accepts(kind: ObjectName, value: Value) -> Result<(), String> {
    fn read<T: DeserializeOwned>(value: Value) -> Result<(), String> {
        serde_json::from_value::<T>(value).map(|_| ()).map_err(|error| error.to_string())
    }
    match kind {
        ObjectName::Root => read::<v3::OpenAPI>(value),
        ObjectName::Info => read::<v3::Info>(value),
        ObjectName::Contact => read::<v3::Contact>(value),
        ObjectName::License => read::<v3::License>(value),
        ObjectName::Server => read::<v3::Server>(value),
        ObjectName::ServerVariable => read::<v3::ServerVariable>(value),
        ObjectName::Components => read::<v3::Components>(value),
        ObjectName::Paths => read::<v3::Paths>(value),
        ObjectName::PathItem => read::<v3::PathItem>(value),
        ObjectName::Operation => read::<v3::Operation>(value),
        ObjectName::ExternalDocs => read::<v3::ExternalDocumentation>(value),
        ObjectName::Parameter => read::<v3::Parameter>(value),
        ObjectName::RequestBody => read::<v3::RequestBody>(value),
        ObjectName::MediaType => read::<v3::MediaType>(value),
        ObjectName::Encoding => read::<v3::Encoding>(value),
        ObjectName::Responses => read::<v3::Responses>(value),
        ObjectName::Response => read::<v3::Response>(value),
        ObjectName::Callback => read::<v3::Callback>(value),
        ObjectName::Example => read::<v3::Example>(value),
        ObjectName::Link => read::<v3::Link>(value),
        ObjectName::Header => read::<v3::Header>(value),
        ObjectName::Tag => read::<v3::Tag>(value),
        ObjectName::Schema => read::<v3::Schema>(value),
        ObjectName::Discriminator => read::<v3::Discriminator>(value),
        ObjectName::SecurityScheme => read::<v3::SecurityScheme>(value),
        ObjectName::Flows => read::<v3::OAuth2Flows>(value),
        ObjectName::ImplicitFlow => read::<v3::ImplicitOAuth2Flow>(value),
        ObjectName::TokenFlow => read::<v3::PasswordOAuth2Flow>(value),
        ObjectName::CodeFlow => read::<v3::AuthorizationCodeOAuth2Flow>(value),
        // openapiv3 leaves it out.
        ObjectName::Xml => Ok(()),
    }
}

/// Returns the message of serde without the names of openapiv3's types.
fn clean(reason: &str) -> String {
    let reason = reason.split(" at line ").next().unwrap_or(reason);
    if reason.contains("data did not match any variant") {
        return "its fields do not fit together".to_owned();
    }
    let reason = reason.replace("usize", "a non-negative integer");
    reason.replace("invalid type: ", "found ").replace("invalid value: ", "found ")
}

#[cfg(test)]
mod tests {
    use super::{ROOT, ValueType, accepts, locate, value};
    use crate::parse::grammar::{ObjectDef, OtherFields};
    use crate::parse::node_path::NodePath;
    use serde_json::{Value, json};

    #[test]
    fn finds_the_smallest_cause() {
        let schema = json!({"type": "object", "properties": {"a": {"items": {"maxLength": "ten"}}}});
        let tree = json!({
            "openapi": "3.0.3", "info": {"title": "", "version": ""},
            "paths": {"/a": {"get": {"responses": {"200": {"description": 1}}, "deprecated": "no"}}},
            "components": {"schemas": {"S": schema}},
        });
        let found: Vec<String> = locate(&tree).iter().map(|(at, what)| format!("{at}: {what}")).collect();
        assert_eq!(
            found,
            [
                "/paths/~1a/get/responses/200/description: a response can't be read: found integer `1`, \
                 expected a string",
                "/components/schemas/S/properties/a/items/maxLength: a schema can't be read: \
                 found string \"ten\", expected a non-negative integer",
            ]
        );
    }

    /// The stubs of the walk must be readable.
    #[test]
    fn every_stub_is_accepted() {
        fn visit(wanted: ValueType, seen: &mut Vec<&'static str>) {
            match wanted {
                ValueType::List(below) | ValueType::Map(below) => visit(*below, seen),
                ValueType::Object(object) | ValueType::OrRef(object) | ValueType::SchemaOrFlag(object) => {
                    stub(object, seen);
                }
                _ => {}
            }
        }
        fn stub(object: &'static ObjectDef, seen: &mut Vec<&'static str>) {
            if seen.contains(&object.title) {
                return;
            }
            seen.push(object.title);
            let stub: Value = serde_json::from_str(object.stub).unwrap_or_default();
            assert_eq!(accepts(object.name, stub), Ok(()), "{}", object.title);
            object.fields.iter().for_each(|field| visit(field.value, seen));
            if let OtherFields::Named { value, .. } = object.others {
                visit(*value, seen);
            }
        }
        let mut seen = Vec::new();
        stub(&ROOT, &mut seen);
        assert_eq!(seen.len(), 30, "{seen:?}");
        let mut found = Vec::new();
        value(&NodePath::ROOT, ValueType::Object(&ROOT), &json!({}), &mut found);
        assert_eq!(found.len(), 1);
    }
}
