//! Path items, operations and callbacks: openapiv3's objects go in, [`Operation`]s come out.

use std::fmt;

use openapiv3::{PathItem, ReferenceOr};

use crate::api::{
    Api, Callback, Method, Operation, Parameter, ParameterContent, ParameterLocation, ParameterStyle,
    SecurityRequirement, Shape, Text,
};
use crate::pointer::Pointer;
use crate::report::{Finding, Severity, nearest};

use super::Lowering;
use super::origin::Place;
use super::refs::RefFinding;
use super::vocabulary::Object;

/// How deep callbacks may stand in the operations of callbacks, which references could repeat for ever.
const CALLBACK_DEPTH: usize = 4;

/// A path item with its place.
struct Item<'d> {
    at: Pointer,
    item: &'d PathItem,
}

impl<'d> Lowering<'d> {
    /// Every operation of the document, in the order of its place.
    pub(super) fn operations(&mut self, api: &mut Api) {
        let paths = Pointer::root().child("paths");
        for (path, node) in &self.document.openapi.paths.paths {
            let Some((at, item)) = self.resolve(&paths.child(path), node) else { continue };
            let item = Item { at, item };
            for (method, operation) in methods(item.item) {
                let place = Place::Operation(api.operations.len());
                let mut lowered = self.operation(method, path, &item, operation, &place);
                self.fit_to_template(&mut lowered, &place);
                api.operations.push(lowered);
                self.fill_declared();
            }
        }
    }

    fn operation(
        &mut self,
        method: Method,
        path: &str,
        item: &Item<'d>,
        operation: &'d openapiv3::Operation,
        place: &Place,
    ) -> Operation {
        let at = item.at.child(method.key());
        self.check_keys(&item.at, Object::PathItem);
        self.check_keys(&at, Object::Operation);
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

    /// Sees to it that the path parameters are exactly those that the template has.
    fn fit_to_template(&mut self, operation: &mut Operation, place: &Place) {
        let names = placeholders(&operation.path);
        let stated: Vec<String> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == ParameterLocation::Path)
            .map(|parameter| parameter.name.clone())
            .collect();
        operation.parameters.retain(|parameter| {
            let known = parameter.location != ParameterLocation::Path || names.contains(&&*parameter.name);
            if !known {
                let free = names.iter().copied().filter(|name| !stated.iter().any(|stated| stated == name));
                let near = nearest(&parameter.name, free).map(str::to_owned);
                let (name, path) = (parameter.name.clone(), operation.path.clone());
                self.say(&parameter.at, &TemplateFinding::NotInTemplate { name, path, near });
            }
            known
        });
        for name in names.iter().filter(|name| !stated.iter().any(|stated| stated == *name)) {
            let (name, path) = ((*name).to_owned(), operation.path.clone());
            self.say(&operation.at, &TemplateFinding::NotStated { name: name.clone(), path });
            let parameter = self.assumed_parameter(&operation.at, name, place);
            operation.parameters.push(parameter);
        }
    }

    fn assumed_parameter(&mut self, at: &Pointer, name: String, place: &Place) -> Parameter {
        let schema = self.blank(at, place.parameter(&name));
        self.schemas.0[schema.0].shape = Shape::String(Text::default());
        Parameter {
            at: at.clone(),
            name,
            location: ParameterLocation::Path,
            required: true,
            docs: crate::api::Docs::default(),
            style: ParameterStyle::Simple,
            explode: false,
            allow_reserved: false,
            allow_empty_value: false,
            content: ParameterContent::Schema(schema),
            examples: Vec::new(),
        }
    }

    fn callbacks(
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
        if self.callback_depth == CALLBACK_DEPTH {
            self.say(at, &TemplateFinding::TooDeep);
            return Vec::new();
        }
        self.callback_depth += 1;
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
        self.callback_depth -= 1;
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
                self.say(
                    &target.child("$ref"),
                    &RefFinding::Mismatched { name, expected: "path item", read: false },
                );
                None
            }
            Err(finding) => {
                self.say(&at.child("$ref"), &finding);
                None
            }
        }
    }
}

/// The operations of a path item, in the order of the specification.
fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &openapiv3::Operation)> {
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

/// The names in the braces of a template, each once.
fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}') {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

enum TemplateFinding {
    NotInTemplate { name: String, path: String, near: Option<String> },
    NotStated { name: String, path: String },
    TooDeep,
}

impl fmt::Display for TemplateFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInTemplate { name, path, .. } => {
                write!(f, "the path `{path}` has no place for the path parameter `{name}`; it is left out")
            }
            Self::NotStated { name, path } => {
                write!(
                    f,
                    "the path `{path}` has a place for `{name}`, but no such path parameter; read as a string"
                )
            }
            Self::TooDeep => {
                write!(
                    f,
                    "callbacks stand in callbacks more than {CALLBACK_DEPTH} deep; the rest is left out"
                )
            }
        }
    }
}

impl Finding for TemplateFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::NotInTemplate { .. } => "path-parameter-not-in-template",
            Self::NotStated { .. } => "path-parameter-not-stated",
            Self::TooDeep => "callbacks-too-deep",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::NotInTemplate { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NotStated { name, .. } => {
                Some(format!("add a parameter with `name: {name}`, `in: path` and `required: true`"))
            }
            Self::TooDeep => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn finds_the_names_of_a_template() {
        let table: [(&str, &[&str]); 5] = [
            ("/pets", &[]),
            ("/pets/{id}", &["id"]),
            ("/{a}/x{b}.{c}/{a}", &["a", "b", "c"]),
            ("/{open", &[]),
            ("/close}", &[]),
        ];
        for (path, names) in table {
            assert_eq!(placeholders(path), names, "{path}");
        }
    }
}
