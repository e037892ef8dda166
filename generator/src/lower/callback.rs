//! Callbacks: openapiv3's objects go in, an entry for each of their expressions comes out.

use openapiv3::{PathItem, ReferenceOr};

use crate::api::Callback;
use crate::pointer::Pointer;

use super::Lowering;
use super::operation::{Item, methods};
use super::origin::Place;
use super::refs::RefFinding;

impl<'d> Lowering<'d> {
    /// The callbacks of an operation.
    pub(super) fn callbacks(
        &mut self,
        at: &Pointer,
        operation: &'d openapiv3::Operation,
        place: &Place,
    ) -> Vec<Callback> {
        let mut lowered = Vec::new();
        for (name, callback) in &operation.callbacks {
            let place = match place {
                Place::Operation(operation) => {
                    Place::Callback { operation: *operation, name: name.clone(), prefix: String::new() }
                }
                other => other.clone(),
            };
            lowered.extend(self.callback(&at.child(name), name, callback, &place));
        }
        lowered
    }

    /// One callback: an entry for each of its expressions.
    pub(super) fn callback(
        &mut self,
        at: &Pointer,
        name: &str,
        callback: &'d openapiv3::Callback,
        place: &Place,
    ) -> Vec<Callback> {
        self.nested(at, |this| this.expressions(at, name, callback, place))
    }

    fn expressions(
        &mut self,
        at: &Pointer,
        name: &str,
        callback: &'d openapiv3::Callback,
        place: &Place,
    ) -> Vec<Callback> {
        let mut lowered = Vec::with_capacity(callback.len());
        for (expression, item) in callback.iter().filter(|(key, _)| !key.starts_with("x-")) {
            let Some(item) = self.callback_item(&at.child(expression), item) else { continue };
            let mut operations = Vec::new();
            for (method, operation) in methods(item.item) {
                let place = place.clone().prefixed(method.key());
                operations.push(self.operation(method, expression, &item, operation, &place));
            }
            let (name, expression) = (name.to_owned(), expression.clone());
            lowered.push(Callback { name, expression, operations });
        }
        lowered
    }

    /// openapiv3 knows no `$ref` in the path item of a callback; the tree does.
    fn callback_item(&mut self, at: &Pointer, item: &'d PathItem) -> Option<Item<'d>> {
        let stated = self.raw(at).get("$ref").and_then(|reference| reference.as_str());
        let Some(reference) = stated else { return Some(Item { at: at.clone(), item }) };
        match self.target::<PathItem>(reference, &[]) {
            Ok((at, ReferenceOr::Item(item))) => Some(Item { at, item }),
            Ok((target, ReferenceOr::Reference { reference })) => {
                let name = reference.clone();
                let finding =
                    RefFinding::Mismatched { name, expected: "path item", reading: None, help: None };
                self.say(&target.child("$ref"), &finding);
                None
            }
            Err(finding) => {
                self.say(&at.child("$ref"), &finding);
                None
            }
        }
    }
}
