//! Webhooks: the requests that a service sends of its own accord, by name.

use crate::api::Operation;
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::Arena;
use super::callback::callback_item;
use super::input::Input;
use super::operation::{methods, operation};
use super::origin::Owner;
use super::schema::fill_declared;

/// Lowers every webhook; the path of each operation is the name of its webhook.
pub(super) fn webhooks<'d>(input: Input<'d>, arena: &mut Arena<'d>, report: &mut Report) -> Vec<Operation> {
    let at = Pointer::root().child("webhooks");
    let mut lowered = Vec::new();
    for (name, item) in input.document.webhooks.iter().filter(|(name, _)| !name.starts_with("x-")) {
        let Some(entry) = callback_item(input, report, &at.child(name), name, item) else { continue };
        let is_single = methods(entry.item).count() == 1;
        for (method, stated) in methods(entry.item) {
            let owner = Owner::component("webhook", name);
            let owner = if is_single { owner } else { owner.prefixed(method.key()) };
            lowered.push(operation(input, arena, report, &entry, method, stated, &owner));
        }
    }
    fill_declared(input, arena, report);
    lowered
}
