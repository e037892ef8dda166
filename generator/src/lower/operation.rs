//! Path items and operations: openapiv3's objects go in, [`Operation`]s come out.

use openapiv3::PathItem;

use crate::api::{Api, Method, Operation, Parameter, SecurityRequirement};
use crate::pointer::Pointer;

use super::Lowering;
use super::extension::Object;
use super::origin::Place;

/// A path item with its place.
pub(super) struct Item<'d> {
    pub(super) at: Pointer,
    pub(super) item: &'d PathItem,
}

impl<'d> Lowering<'d> {
    /// Every operation of the document, in the order of its place.
    pub(super) fn operations(&mut self, api: &mut Api) {
        let paths = Pointer::root().child("paths");
        for (path, node) in &self.document.openapi.paths.paths {
            let well_formed = self.check_template(&paths.child(path), path);
            let Some((at, item)) = self.resolve(&paths.child(path), node) else { continue };
            let item = Item { at, item };
            for (method, operation) in methods(item.item) {
                let place = Place::Operation(api.operations.len());
                let mut lowered = self.operation(method, path, &item, operation, &place);
                if well_formed {
                    self.fit_to_template(&mut lowered, &place);
                }
                api.operations.push(lowered);
                self.fill_declared();
            }
        }
    }

    pub(super) fn operation(
        &mut self,
        method: Method,
        path: &str,
        item: &Item<'d>,
        operation: &'d openapiv3::Operation,
        place: &Place,
    ) -> Operation {
        let at = item.at.child(method.key());
        self.check_extensions(&item.at, Object::PathItem);
        self.check_extensions(&at, Object::Operation);
        let raw = self.raw(&at);
        let mut docs = self.described(&at);
        docs.summary = docs.summary.or_else(|| item.item.summary.clone());
        docs.description = docs.description.or_else(|| item.item.description.clone());
        let body = operation.request_body.as_ref();
        let servers = if operation.servers.is_empty() {
            self.servers(&item.at, &item.item.servers)
        } else {
            self.servers(&at, &operation.servers)
        };
        Operation {
            id: operation.operation_id.clone(),
            method,
            path: path.to_owned(),
            docs,
            tags: operation.tags.clone(),
            parameters: self.merged_parameters(&at, item, operation, place),
            request_body: body.and_then(|node| self.request_body(&at.child("requestBody"), node, place)),
            responses: self.responses(&at.child("responses"), &operation.responses, place),
            security: operation.security.as_deref().map(requirements),
            servers,
            callbacks: self.callbacks(&at.child("callbacks"), operation, place),
            bulk: self.bulk(&at, raw),
            poll: self.poll(&at, raw),
            documented_as: self.documented_as(&at, raw),
            at,
        }
    }

    /// The parameters of the path item, an operation's own in the place of those that it states anew.
    fn merged_parameters(
        &mut self,
        at: &Pointer,
        item: &Item<'d>,
        operation: &'d openapiv3::Operation,
        place: &Place,
    ) -> Vec<Parameter> {
        let mut merged = self.parameters(&item.at.child("parameters"), &item.item.parameters, place);
        for own in self.parameters(&at.child("parameters"), &operation.parameters, place) {
            let same = |known: &&mut Parameter| known.name == own.name && known.location == own.location;
            match merged.iter_mut().find(same) {
                Some(known) => *known = own,
                None => merged.push(own),
            }
        }
        merged
    }
}

/// The operations of a path item, in the order of the specification.
pub(super) fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &openapiv3::Operation)> {
    let stated =
        [&item.get, &item.put, &item.post, &item.delete, &item.options, &item.head, &item.patch, &item.trace];
    Method::ALL.into_iter().zip(stated).filter_map(|((method, _), stated)| Some((method, stated.as_ref()?)))
}

/// Security requirements: a list of alternatives.
pub(super) fn requirements(list: &[openapiv3::SecurityRequirement]) -> Vec<SecurityRequirement> {
    let schemes = |requirement: &openapiv3::SecurityRequirement| {
        requirement.iter().map(|(name, scopes)| (name.clone(), scopes.clone())).collect()
    };
    list.iter().map(|requirement| SecurityRequirement { schemes: schemes(requirement) }).collect()
}
