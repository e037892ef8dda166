//! Which schemas requests contain, and which responses do.

use std::collections::BTreeMap;

use crate::api::{Api, Operation, SchemaId, Shape};
use crate::evolve::draft::UsedIn;
use crate::pointer::Pointer;

/// How the schema at a pointer travels.
pub(in crate::evolve) struct Usage<'a>(BTreeMap<&'a Pointer, UsedIn>);

impl<'a> Usage<'a> {
    pub(in crate::evolve) fn of(api: &'a Api) -> Self {
        let mut usage = Self(BTreeMap::new());
        for operation in &api.operations {
            usage.operation(api, operation, UsedIn::REQUEST, UsedIn::RESPONSE);
            for callback in &operation.callbacks {
                // The service sends the request, and reads the response.
                usage.operation(api, callback, UsedIn::RESPONSE, UsedIn::REQUEST);
            }
        }
        usage
    }

    pub(in crate::evolve) fn at(&self, pointer: &Pointer) -> UsedIn {
        self.0.get(pointer).copied().unwrap_or_default()
    }

    fn operation(&mut self, api: &'a Api, operation: &Operation, sent: UsedIn, read: UsedIn) {
        let parameters = operation.parameters.iter().filter_map(|parameter| parameter.content.schema());
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        let schemas = parameters.chain(bodies.filter_map(|content| content.schema));
        schemas.for_each(|id| self.mark(api, id, sent));
        for response in &operation.responses {
            let headers = response.headers.iter().filter_map(|header| header.content.schema());
            let schemas = headers.chain(response.content.iter().filter_map(|content| content.schema));
            schemas.for_each(|id| self.mark(api, id, read));
        }
    }

    /// Marks a schema and all below it.
    fn mark(&mut self, api: &'a Api, id: SchemaId, directions: UsedIn) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let schema = &api.schemas[id];
            let known = self.0.entry(&schema.at).or_default();
            if known.and(directions) == *known {
                continue;
            }
            *known = known.and(directions);
            open.extend(&schema.all_of);
            let unions = schema.one_of.iter().chain(&schema.any_of);
            open.extend(unions.flat_map(|union| &union.members));
            open.extend(schema.discriminator.iter().flat_map(|one| &one.mapping).map(|(_, id)| *id));
            open.extend(schema.not);
            open.extend(schema.inner());
            if let Shape::Alias(target) = &schema.shape {
                open.push(*target);
            }
        }
    }
}
