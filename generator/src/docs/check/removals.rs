//! What goes from the definition because it has gone from the pages. A lock has to say that the row once
//! stood there: what was never documented is the definition's own.

use crate::api::{Api, Operation, Response, Schema, SchemaId, SecurityScheme, Status};

use super::super::entry::EntryKind;
use super::super::lock::LockChanges;
use super::super::rewrite::TextChange;
use super::super::surface::{self, SurfaceProperty};
use super::changes;

/// Returns the changes that remove a component whose whole table is gone.
pub(super) fn schema(since: &LockChanges, schema: &Schema) -> Vec<TextChange> {
    let is_gone = since.is_table_gone(surface::name(schema));
    is_gone.then(|| TextChange::Remove { at: schema.at.clone() }).into_iter().collect()
}

/// Returns the changes that remove a property whose row is gone. One that the schema takes over from a
/// component stays: others have it too.
pub(super) fn property(
    api: &Api,
    since: &LockChanges,
    heading: &str,
    of: SchemaId,
    property: &SurfaceProperty,
) -> Vec<TextChange> {
    if !since.is_field_gone(heading, &property.name) || !is_own(api, of, property) {
        return Vec::new();
    }
    let mut changes = vec![TextChange::Remove { at: property.at.clone() }];
    changes.extend(no_longer_required(property));
    changes
}

/// Returns the changes that give a property the name that its row has now.
pub(super) fn other_name(api: &Api, of: SchemaId, property: &SurfaceProperty, name: &str) -> Vec<TextChange> {
    if !is_own(api, of, property) {
        return Vec::new();
    }
    let mut changes = vec![TextChange::Rename { at: property.at.clone(), key: name.to_owned() }];
    if let Some(strike) = no_longer_required(property) {
        if let TextChange::Strike { list, .. } = &strike {
            changes.push(TextChange::Append { list: list.clone(), value: name.into() });
        }
        changes.push(strike);
    }
    changes
}

fn is_own(api: &Api, of: SchemaId, property: &SurfaceProperty) -> bool {
    property.at.tokens().starts_with(api.schemas[of].at.tokens())
}

fn no_longer_required(property: &SurfaceProperty) -> Option<TextChange> {
    let owner = property.at.parent()?.parent()?;
    let (list, value) = (owner.child("required"), property.name.clone());
    property.required.then_some(TextChange::Strike { list, value })
}

/// Returns the changes that remove the response of a status whose row is gone, and with the last use of it
/// the component that it refers to.
pub(super) fn status(
    api: &Api,
    since: &LockChanges,
    operation: &Operation,
    response: &Response,
) -> Vec<TextChange> {
    let Status::Code(status) = response.status else { return Vec::new() };
    if !since.is_gone(EntryKind::Status, &status.to_string()) {
        return Vec::new();
    }
    let mut changes = vec![TextChange::Remove { at: operation.at.child("responses").child(status) }];
    let is_component = response.at.tokens().first().is_some_and(|first| first == "components");
    let mut responses = api.operations.iter().flat_map(|operation| &operation.responses);
    if is_component && responses.all(|other| other.at != response.at || other.status == response.status) {
        changes.push(TextChange::Remove { at: response.at.clone() });
    }
    changes
}

/// Returns the changes that remove a scope whose row is gone, from the flows of a scheme and from the
/// operations that ask for it among others.
pub(super) fn scope(api: &Api, since: &LockChanges, scope: &str, scheme: &SecurityScheme) -> Vec<TextChange> {
    if !since.is_gone(EntryKind::Scope, scope) {
        return Vec::new();
    }
    let flows = changes::flows(scheme).into_iter();
    let mut changes: Vec<TextChange> =
        flows.map(|scopes| TextChange::Remove { at: scopes.child(scope) }).collect();
    // Without any scope an operation would ask for less than the pages say: that is left to a person.
    let stays = |known: &String| known != scope && !since.is_gone(EntryKind::Scope, known);
    for operation in &api.operations {
        for (index, requirement) in operation.security.iter().flatten().enumerate() {
            for (name, scopes) in requirement.schemes.iter().filter(|(name, _)| **name == scheme.name) {
                if scopes.iter().any(stays) && scopes.iter().any(|known| known == scope) {
                    let list = operation.at.child("security").child(index).child(name);
                    changes.push(TextChange::Strike { list, value: scope.to_owned() });
                }
            }
        }
    }
    changes
}
