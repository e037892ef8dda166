//! Which schemas requests contain and which responses, and what that means for members of one direction.

use std::collections::{BTreeMap, BTreeSet};

use super::both::Joined;
use crate::api::{Api, Operation, ParameterContent, Schema, SchemaId};

/// Everything that requests contain, and everything that responses contain.
#[derive(Debug, Default)]
pub(in crate::translate) struct Directions {
    requests: BTreeSet<SchemaId>,
    responses: BTreeSet<SchemaId>,
}

/// What `readOnly` and `writeOnly` say of a member.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::translate) struct OneWay {
    pub(in crate::translate) read_only: bool,
    pub(in crate::translate) write_only: bool,
}

impl OneWay {
    /// Returns what either schema of a member says: its own, or the one that decides its type.
    pub(in crate::translate) fn of(schemas: [&Schema; 2]) -> Self {
        Self {
            read_only: schemas.iter().any(|schema| schema.read_only),
            write_only: schemas.iter().any(|schema| schema.write_only),
        }
    }
}

impl Directions {
    /// `type_of` returns the schema whose type another one has.
    pub(super) fn new(
        api: &Api,
        heirs: &BTreeMap<SchemaId, Vec<SchemaId>>,
        joined: &Joined,
        type_of: impl Fn(SchemaId) -> SchemaId,
    ) -> Self {
        let (mut requests, mut responses) = (Vec::new(), Vec::new());
        for operation in operations(api) {
            let parameters = operation.parameters.iter().map(|parameter| &parameter.content);
            requests.extend(parameters.filter_map(ParameterContent::schema));
            let bodies = operation.request_body.iter().flat_map(|body| &body.content);
            requests.extend(bodies.filter_map(|media| media.schema));
            let bodies = operation.responses.iter().flat_map(|response| &response.content);
            responses.extend(bodies.filter_map(|media| media.schema));
        }
        let below = |start| below(api, heirs, joined, &type_of, start);
        Self { requests: below(requests), responses: below(responses) }
    }

    /// Returns whether requests contain the object.
    pub(in crate::translate) fn is_sent(&self, object: SchemaId) -> bool {
        self.requests.contains(&object)
    }

    /// Returns whether every object of the type has a member that is required. One type may stand for both
    /// directions, and a member of one is absent in the other.
    pub(in crate::translate) fn always_has(&self, object: SchemaId, member: OneWay) -> bool {
        let is_received = self.responses.contains(&object);
        let in_responses = !member.read_only || is_received && !self.is_sent(object);
        let in_requests = !member.write_only || self.is_sent(object) && !is_received;
        in_responses && in_requests
    }

    /// Returns whether a validator asks for a member that is required. It is there for requests; what no
    /// request contains is a response.
    pub(in crate::translate) fn is_asked_for(&self, object: SchemaId, member: OneWay) -> bool {
        let in_responses = !member.read_only || self.responses.contains(&object) && !self.is_sent(object);
        in_responses && (!member.write_only || self.is_sent(object))
    }
}

/// Returns every operation, those of callbacks included.
fn operations(api: &Api) -> Vec<&Operation> {
    let mut found: Vec<&Operation> = api.operations.iter().chain(&api.webhooks).collect();
    let mut next = 0;
    while let Some(operation) = found.get(next).copied() {
        found.extend(&operation.callbacks);
        next += 1;
    }
    found
}

/// Returns the schemas, all that is inside them, and those that have their types.
fn below(
    api: &Api,
    heirs: &BTreeMap<SchemaId, Vec<SchemaId>>,
    joined: &Joined,
    type_of: &impl Fn(SchemaId) -> SchemaId,
    mut open: Vec<SchemaId>,
) -> BTreeSet<SchemaId> {
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        let schema = &api.schemas[id];
        let unions = [&schema.one_of, &schema.any_of].into_iter().flatten();
        open.extend(schema.all_of.iter().chain(unions.flat_map(|union| &union.members)));
        open.extend(heirs.get(&id).into_iter().flatten());
        open.extend([api.schemas.resolve(id), type_of(id)]);
        open.extend(joined.with_second(id));
        open.extend(schema.inner());
    }
    found
}
