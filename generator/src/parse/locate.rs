//! Where openapiv3 refuses: every object by itself, without what stands below it, until the culprit stands alone.
//!
//! openapiv3's own errors name `paths` or `components`, thousands of lines from the cause.

use openapiv3 as v3;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::desk::{At, Members};
use super::finding::Problem;
use super::grammar::{Kind, Object, Others, Presence, ROOT, Type};
use crate::pointer::Pointer;

/// The smallest nodes that openapiv3 refuses, each with its reason.
pub(super) fn locate(tree: &Value) -> Vec<(Pointer, Problem)> {
    let mut found = Vec::new();
    value(&At::ROOT, Type::Object(&ROOT), tree, &mut found);
    found
}

type Found = Vec<(Pointer, Problem)>;

fn value(at: &At<'_>, wanted: Type, node: &Value, found: &mut Found) {
    match (wanted, node) {
        (Type::List(entry), Value::Array(entries)) => {
            for (index, node) in entries.iter().enumerate() {
                value(&at.index(index), *entry, node, found);
            }
        }
        (Type::Map(entry), Value::Object(members)) => {
            for (key, node) in members {
                value(&at.key(key), *entry, node, found);
            }
        }
        (Type::OrRef(_) | Type::SchemaOrFlag(_), Value::Object(members)) if members.contains_key("$ref") => {}
        (Type::Object(wanted) | Type::OrRef(wanted) | Type::SchemaOrFlag(wanted), Value::Object(members)) => {
            object(at, wanted, members, found);
        }
        _ => {}
    }
}

fn object(at: &At<'_>, object: &'static Object, members: &Members, found: &mut Found) {
    let before = found.len();
    for (key, node) in members {
        match (object.field(key), object.others) {
            (Some(field), _) => value(&at.key(key), field.value, node, found),
            (None, Others::Named { form, value: wanted, .. }) if form(key) => {
                value(&at.key(key), *wanted, node, found);
            }
            _ => {}
        }
    }
    if found.len() > before {
        return;
    }
    let alone = alone(object, members);
    let Err(reason) = accepts(object.kind, Value::Object(alone.clone())) else { return };
    // The culprit is the member without which, or with a harmless value for which, the rest is accepted.
    let culprit = alone.keys().find(|key| {
        let mut rest = alone.clone();
        match object.field(key) {
            Some(field) if field.presence != Presence::Optional => {
                rest.insert((*key).clone(), serde_json::from_str(&field.value.stub()).unwrap_or_default());
            }
            _ => drop(rest.shift_remove(*key)),
        }
        accepts(object.kind, Value::Object(rest)).is_ok()
    });
    let pointer = culprit.map_or_else(|| at.pointer(), |key| at.key(key).pointer());
    found.push((pointer, Problem::Refused { owner: object.name, reason: clean(&reason) }));
}

/// The members without the objects below them.
fn alone(object: &'static Object, members: &Members) -> Members {
    let keep = |(key, node): (&String, &Value)| {
        let node = match object.field(key) {
            Some(field) => hollow(field.value, node),
            None if matches!(object.others, Others::Named { .. }) => return None,
            None => node.clone(),
        };
        Some((key.clone(), node))
    };
    members.iter().filter_map(keep).collect()
}

fn hollow(wanted: Type, node: &Value) -> Value {
    match (wanted, node) {
        (Type::List(Type::Object(_) | Type::OrRef(_)), Value::Array(_)) => Value::Array(Vec::new()),
        (Type::Map(Type::Object(_) | Type::OrRef(_)), Value::Object(_)) => Value::Object(Members::new()),
        (Type::Object(below) | Type::OrRef(below) | Type::SchemaOrFlag(below), Value::Object(_)) => {
            serde_json::from_str(below.stub).unwrap_or_default()
        }
        _ => node.clone(),
    }
}

/// Whether openapiv3 takes the value for an object of the kind.
fn accepts(kind: Kind, value: Value) -> Result<(), String> {
    fn read<T: DeserializeOwned>(value: Value) -> Result<(), String> {
        serde_json::from_value::<T>(value).map(|_| ()).map_err(|error| error.to_string())
    }
    match kind {
        Kind::Root => read::<v3::OpenAPI>(value),
        Kind::Info => read::<v3::Info>(value),
        Kind::Contact => read::<v3::Contact>(value),
        Kind::License => read::<v3::License>(value),
        Kind::Server => read::<v3::Server>(value),
        Kind::ServerVariable => read::<v3::ServerVariable>(value),
        Kind::Components => read::<v3::Components>(value),
        Kind::Paths => read::<v3::Paths>(value),
        Kind::PathItem => read::<v3::PathItem>(value),
        Kind::Operation => read::<v3::Operation>(value),
        Kind::ExternalDocs => read::<v3::ExternalDocumentation>(value),
        Kind::Parameter => read::<v3::Parameter>(value),
        Kind::RequestBody => read::<v3::RequestBody>(value),
        Kind::MediaType => read::<v3::MediaType>(value),
        Kind::Encoding => read::<v3::Encoding>(value),
        Kind::Responses => read::<v3::Responses>(value),
        Kind::Response => read::<v3::Response>(value),
        Kind::Callback => read::<v3::Callback>(value),
        Kind::Example => read::<v3::Example>(value),
        Kind::Link => read::<v3::Link>(value),
        Kind::Header => read::<v3::Header>(value),
        Kind::Tag => read::<v3::Tag>(value),
        Kind::Schema => read::<v3::Schema>(value),
        Kind::Discriminator => read::<v3::Discriminator>(value),
        Kind::SecurityScheme => read::<v3::SecurityScheme>(value),
        Kind::Flows => read::<v3::OAuth2Flows>(value),
        Kind::ImplicitFlow => read::<v3::ImplicitOAuth2Flow>(value),
        Kind::TokenFlow => read::<v3::PasswordOAuth2Flow>(value),
        Kind::CodeFlow => read::<v3::AuthorizationCodeOAuth2Flow>(value),
        // openapiv3 leaves it out.
        Kind::Xml => Ok(()),
    }
}

/// serde's words without the names of openapiv3's types.
fn clean(reason: &str) -> String {
    let reason = reason.split(" at line ").next().unwrap_or(reason);
    if reason.contains("data did not match any variant") {
        return "its fields do not fit together".to_owned();
    }
    let reason = reason.replace("usize", "a non-negative integer");
    reason
        .replace("invalid type: ", "found ")
        .replace("invalid value: ", "found ")
        .replace(", expected", ", wanted")
}

#[cfg(test)]
mod tests {
    use super::{ROOT, Type, accepts, locate, value};
    use crate::parse::desk::At;
    use crate::parse::grammar::{Object, Others};
    use serde_json::{Value, json};

    #[test]
    fn finds_the_smallest_culprit() {
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
                "/paths/~1a/get/responses/200/description: a response can't be read: found integer `1`, wanted a string",
                "/components/schemas/S/properties/a/items/maxLength: a schema can't be read: \
                 found string \"ten\", wanted a non-negative integer",
            ]
        );
    }

    /// What the walk puts in place of the unreadable must be readable.
    #[test]
    fn every_stub_is_accepted() {
        fn visit(wanted: Type, seen: &mut Vec<&'static str>) {
            match wanted {
                Type::List(below) | Type::Map(below) => visit(*below, seen),
                Type::Object(object) | Type::OrRef(object) | Type::SchemaOrFlag(object) => stub(object, seen),
                _ => {}
            }
        }
        fn stub(object: &'static Object, seen: &mut Vec<&'static str>) {
            if seen.contains(&object.name) {
                return;
            }
            seen.push(object.name);
            let stub: Value = serde_json::from_str(object.stub).unwrap_or_default();
            assert_eq!(accepts(object.kind, stub), Ok(()), "{}", object.name);
            object.fields.iter().for_each(|field| visit(field.value, seen));
            if let Others::Named { value, .. } = object.others {
                visit(*value, seen);
            }
        }
        let mut seen = Vec::new();
        stub(&ROOT, &mut seen);
        assert_eq!(seen.len(), 30, "{seen:?}");
        let mut found = Vec::new();
        value(&At::ROOT, Type::Object(&ROOT), &json!({}), &mut found);
        assert_eq!(found.len(), 1);
    }
}
