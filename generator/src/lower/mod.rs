//! [`Document`] to [`Api`]: ids instead of `$ref`, typed rules instead of extensions.
//!
//! Every schema is declared first (it gets its id and its origin) and filled later from a queue, so that
//! references may point forwards, and so that nesting costs no stack. What the API model can't express
//! is reported, never dropped silently.
//!
//! Functions borrow what they read, [`Input`], and what they change: the [`Arena`] of schemas and the
//! [`Report`].

mod arena;
mod beyond;
mod callback;
mod components;
mod compose;
mod constraint;
mod content;
mod cycle;
mod discriminator;
mod docs;
mod enumeration;
mod equal;
mod exact;
mod extension;
mod ignored;
mod input;
mod operation;
mod origin;
mod parameter;
mod referable;
mod refs;
mod schema;
mod schema_type;
mod security;
mod server;
mod service;
mod template;
mod type_inference;
mod webhook;

use crate::api::Api;
use crate::document::Document;
use crate::report::Report;

use arena::Arena;
use input::Input;
use referable::Targets;

/// Lowers a document to the API model. Reports what it does not understand and goes on.
pub(crate) fn lower(document: &Document, report: &mut Report) -> Api {
    let targets = Targets::collect(document);
    let input = Input { document, targets: &targets };
    let mut arena = Arena::default();
    // Component schemas come first, so that their ids are the lowest and in document order.
    components::declare_schemas(input, &mut arena, report);
    let mut api = service::service(input, report);
    components::read_others(input, &mut arena, report);
    api.operations = operation::operations(input, &mut arena, report);
    api.webhooks = webhook::webhooks(input, &mut arena, report);
    api.schemas = arena.schemas;
    api.stated_values = arena.stated.into_values().collect();
    exact::restore_digits(document, &mut api.schemas);
    equal::report_equal(input, &api.schemas, report);
    cycle::break_cycles(&mut api.schemas, report);
    discriminator::complete_discriminators(input, &mut api.schemas, report);
    api
}

#[cfg(test)]
pub(crate) mod tests;
