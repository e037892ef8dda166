//! The methods of the client, the builders of calls and the enums of responses.

use super::item::{CrateSurface, SurfaceItem, SurfaceKind};
use super::types;
use crate::evolve::draft::UsedIn;
use crate::rust::{
    BodySetter, ClientMethod, Crate, OperationDef, ReadResponse, Reader, StatusVariant, Success,
};

const CLIENT: &str = "client::Client";

pub(super) fn client<'a>(krate: &'a Crate, surface: &mut CrateSurface<'a>) {
    let client = &krate.client;
    surface.add(CLIENT.to_owned(), SurfaceItem::new(SurfaceKind::Type, Some("client"), String::new()));
    let token = if client.needs_token { "(token)" } else { "()" };
    add(surface, format!("{CLIENT}::new"), SurfaceKind::Method, CLIENT, token.to_owned());
    for service in &client.token_services {
        let own = SurfaceItem::new(SurfaceKind::Constant, Some("client"), String::new());
        let own = SurfaceItem { at: Some(&service.at), docs: &service.docs, ..own };
        surface.add(format!("client::{}", service.ident.as_str()), own);
    }
    for method in &client.methods {
        let operation = &krate.operations.operations[method.operation];
        let error = client.errors[method.error].ident.as_str();
        Method { called: method, operation, builder: format!("client::{}", method.builder.as_str()) }
            .add(error, surface);
    }
    for error in &client.errors {
        let path = format!("client::{}", error.ident.as_str());
        let variants = error.variants.iter().chain([&error.other]);
        let operations = &krate.operations.operations;
        let variants = variants.map(|failure| (&failure.variant, &operations[failure.operation]));
        responses(surface, &path, variants);
    }
}

/// A method with the operation that it calls.
struct Method<'a> {
    called: &'a ClientMethod,
    operation: &'a OperationDef,
    /// The path of the builder of its calls.
    builder: String,
}

impl<'a> Method<'a> {
    fn add(&self, error: &str, surface: &mut CrateSurface<'a>) {
        let Self { called: method, operation, builder } = self;
        add(surface, builder.clone(), SurfaceKind::Type, "client", "struct".to_owned());
        self.arguments(surface);
        let mut bodies = method.bodies.iter().filter(|body| body.method.is_some());
        let signature = self.signature(bodies.next());
        let mut own = SurfaceItem::new(SurfaceKind::Method, Some(CLIENT), signature);
        (own.at, own.docs, own.deprecated) = (Some(&operation.at), &method.docs, operation.deprecated);
        own.directions = UsedIn::REQUEST;
        surface.add(format!("{CLIENT}::{}", method.ident.as_str()), own);
        for body in bodies {
            let Some(ident) = &body.method else { continue };
            let path = format!("{CLIENT}::{}", ident.as_str());
            add(surface, path, SurfaceKind::Method, CLIENT, self.signature(Some(body)));
        }
        for body in method.bodies.iter().filter(|body| body.method.is_none()) {
            let path = format!("{builder}::{}", body.ident.as_str());
            add(surface, path, SurfaceKind::Method, builder, self.body(body));
        }
        for setter in &method.setters {
            let parameter = &operation.parameters[setter.parameter];
            let taken = types::of_argument(&setter.passing, &parameter.ty);
            let mut own = SurfaceItem::new(SurfaceKind::Method, Some(builder), taken);
            (own.at, own.docs, own.deprecated) = (Some(&parameter.at), &parameter.docs, parameter.deprecated);
            own.directions = UsedIn::REQUEST;
            surface.add(format!("{builder}::{}", setter.ident.as_str()), own);
        }
        let success = self.success(surface);
        let sent = format!("Result<Response<{success}>, CallError<{error}>>");
        add(surface, format!("{builder}::send"), SurfaceKind::Method, builder, sent);
        if operation.poll.is_some() {
            let poller = format!("Poller<{success}, {error}>");
            add(surface, format!("{builder}::poll"), SurfaceKind::Method, builder, poller);
        }
        if let Some(items) = &method.items {
            self.items(items.as_str(), surface);
        }
    }

    /// Adds the struct of the arguments, if they are many.
    fn arguments(&self, surface: &mut CrateSurface<'a>) {
        let Some(ident) = &self.called.argument_struct else { return };
        let path = format!("client::{}", ident.as_str());
        add(surface, path.clone(), SurfaceKind::Type, "client", "struct".to_owned());
        for argument in &self.called.arguments {
            let parameter = &self.operation.parameters[argument.parameter];
            let ty = types::of_argument(&argument.passing, &parameter.ty);
            let own = SurfaceItem::new(SurfaceKind::Argument, Some(&path), ty);
            let (at, docs, directions) = (Some(&parameter.at), &*parameter.docs, UsedIn::REQUEST);
            let own = SurfaceItem { at, docs, directions, ..own };
            surface.add(format!("{path}::{}", argument.ident.as_str()), own);
        }
    }

    /// Adds the method that sends any number of items.
    fn items(&self, ident: &str, surface: &mut CrateSurface<'a>) {
        let Some(split) = self.operation.bulk.as_ref().and_then(|bulk| bulk.split.as_ref()) else { return };
        let arguments = self.signature(None);
        let sends = format!("{arguments} of {}", split.item);
        add(surface, format!("{CLIENT}::{ident}"), SurfaceKind::Method, CLIENT, sends);
    }

    fn signature(&self, body: Option<&BodySetter>) -> String {
        let Self { called: method, operation, .. } = self;
        let mut types: Vec<String> = if let Some(ident) = &method.argument_struct {
            vec![ident.as_str().to_owned()]
        } else {
            let arguments = method.arguments.iter();
            let ty = |parameter: usize| &operation.parameters[parameter].ty;
            arguments.map(|one| types::of_argument(&one.passing, ty(one.parameter))).collect()
        };
        types.extend(body.map(|body| self.body(body)));
        format!("({}) -> {}", types.join(", "), method.builder.as_str())
    }

    fn body(&self, body: &BodySetter) -> String {
        let content = self.operation.request_content(body.content);
        content.map(|content| types::of_body(body.passing.as_ref(), content)).unwrap_or_default()
    }

    /// Returns the type of a success, and adds it if it is an enum.
    fn success(&self, surface: &mut CrateSurface<'a>) -> String {
        match &self.called.success {
            Success::One(read) => self::read(*read, self.operation).unwrap_or_else(|| "()".to_owned()),
            Success::Several(ident, variants) => {
                let variants = variants.iter().map(|variant| (variant, self.operation));
                responses(surface, &format!("client::{}", ident.as_str()), variants);
                ident.as_str().to_owned()
            }
        }
    }
}

/// Adds an enum by status.
fn responses<'a>(
    surface: &mut CrateSurface<'a>,
    path: &str,
    variants: impl Iterator<Item = (&'a StatusVariant, &'a OperationDef)>,
) {
    add(surface, path.to_owned(), SurfaceKind::Type, "client", "enum".to_owned());
    for (variant, operation) in variants {
        let held = read(variant.read, operation).unwrap_or_default();
        let own = SurfaceItem::new(SurfaceKind::Variant, Some(path), held);
        let response = variant.read.response.and_then(|index| operation.responses.get(index));
        let (at, docs) = (response.map(|response| &response.at), &*variant.docs);
        let own = SurfaceItem { at, docs, directions: UsedIn::RESPONSE, ..own };
        surface.add(format!("{path}::{}", variant.ident.as_str()), own);
    }
}

/// Returns the type that a response is read as; `None` for nothing.
fn read(read: ReadResponse, operation: &OperationDef) -> Option<String> {
    let content = operation.responses.get(read.response?)?.read_content()?;
    (read.reader != Reader::Nothing).then(|| content.ty.to_string())
}

/// Adds what a sender meets and no node of the definition stands for.
fn add(surface: &mut CrateSurface<'_>, path: String, kind: SurfaceKind, parent: &str, signature: String) {
    let own = SurfaceItem::new(kind, Some(parent), signature);
    surface.add(path, SurfaceItem { directions: UsedIn::REQUEST, ..own });
}
