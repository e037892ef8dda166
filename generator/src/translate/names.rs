//! The Rust name of a schema: its component name, or one after what it belongs to.

use std::collections::BTreeMap;

use super::plan::Plans;
use crate::api::{Api, Composition, MediaType, Operation, Origin, SchemaId, Status};
use crate::ident::{FieldIdent, Scope, TypeIdent, is_taken_library};
use crate::rust::RuntimeType;
use crate::settings::Settings;

/// The names of types in `models.rs`, each given once.
#[derive(Debug)]
pub(super) struct Names<'a> {
    api: &'a Api,
    settings: &'a Settings,
    plans: &'a Plans,
    scope: Scope,
    given: BTreeMap<SchemaId, TypeIdent>,
}

impl<'a> Names<'a> {
    /// Gives components their names first, so that inline schemas cannot take them. What components leave of
    /// the runtime's names is reserved for imports. Types of several schemas come next, as far as those have
    /// a name in common.
    pub(super) fn new(api: &'a Api, plans: &'a Plans, settings: &'a Settings) -> Self {
        let mut names = Self { api, settings, plans, scope: Scope::default(), given: BTreeMap::new() };
        let components = api.schemas.iter().filter(|(_, schema)| schema.origin.is_component());
        let (ids, wanted): (Vec<SchemaId>, Vec<String>) =
            components.map(|(id, _)| (id, names.wanted(id))).unzip();
        names.given = ids.into_iter().zip(names.scope.type_idents(&wanted, "Type")).collect();
        for name in RuntimeType::ALL.iter().map(|ty| ty.name()).chain(["Code", "Violations"]) {
            names.scope.reserve(name);
        }
        for (id, name) in names.common() {
            names.given.insert(id, names.scope.type_ident(TypeIdent::new(&name, "Type")));
        }
        names
    }

    /// Returns the names that all schemas of a type have in common, such as the name of their properties. A
    /// name that several types could have is given to none of them: the next edit could tell them apart in
    /// another way.
    fn common(&self) -> Vec<(SchemaId, String)> {
        let mut wanted: BTreeMap<String, Vec<SchemaId>> = BTreeMap::new();
        for (id, schemas) in self.plans.shared_types() {
            let is_named = self.settings.names.contains_key(&self.api.schemas[*id].at.to_string());
            let mut names = schemas.iter().map(|schema| self.own_name(*schema));
            if let Some(Some(first)) = names.next()
                && !is_named
                && names.all(|name| name.as_ref() == Some(&first))
            {
                wanted.entry(first).or_default().push(*id);
            }
        }
        wanted
            .retain(|name, ids| ids.len() == 1 && !self.scope.is_taken(name) && !PRELUDE.contains(&&**name));
        wanted.into_iter().map(|(name, ids)| (ids[0], name)).collect()
    }

    /// Returns the name of an inline schema without that of its owner; `None` if it has none.
    fn own_name(&self, id: SchemaId) -> Option<String> {
        match &self.api.schemas[id].origin {
            Origin::Property { name, .. }
            | Origin::Parameter { name, .. }
            | Origin::ResponseHeader { name, .. }
            | Origin::Component(name) => Some(camel(name)),
            Origin::Items { of } => Some(joined(&self.own_name(*of)?, "Item")),
            Origin::AdditionalProperties { of } => Some(joined(&self.own_name(*of)?, "Value")),
            Origin::Member { .. }
            | Origin::RequestBody { .. }
            | Origin::Response { .. }
            | Origin::InComponent { .. }
            | Origin::Callback { .. }
            | Origin::Referenced => None,
        }
    }

    /// Returns the name of a schema, given at the first call.
    pub(super) fn of(&mut self, id: SchemaId) -> TypeIdent {
        let id = self.plans.type_of(id);
        if let Some(ident) = self.given.get(&id) {
            return ident.clone();
        }
        let ident = self.scope.type_ident(TypeIdent::new(&self.wanted(id), "Type"));
        self.given.insert(id, ident.clone());
        ident
    }

    /// Returns a name for a helper of a type, such as its builder.
    pub(super) fn helper(&mut self, of: &TypeIdent, suffix: &str) -> TypeIdent {
        self.scope.type_ident(TypeIdent::new(&format!("{of}{suffix}"), "Type"))
    }

    /// Returns the name that a schema would have if it shared its type with no other.
    pub(super) fn unshared(&self, id: SchemaId) -> TypeIdent {
        TypeIdent::new(&self.wanted(id), "Type")
    }

    /// Returns whether a schema has the name.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.given.values().any(|ident| ident.as_str() == name)
    }

    /// Returns every name given.
    pub(super) fn given(&self) -> &BTreeMap<SchemaId, TypeIdent> {
        &self.given
    }

    /// Returns the name of a schema, or for one without a type the name that it would get.
    pub(super) fn label(&self, id: SchemaId) -> String {
        self.base(id)
    }

    fn wanted(&self, id: SchemaId) -> String {
        let schema = &self.api.schemas[id];
        let chosen = match &schema.origin {
            Origin::Component(name) => self.settings.names.get(name),
            _ => self.settings.names.get(&schema.at.to_string()),
        };
        match chosen {
            Some(name) => name.clone(),
            None => self.derived(id),
        }
    }

    fn base(&self, id: SchemaId) -> String {
        self.given
            .get(&self.plans.type_of(id))
            .map_or_else(|| self.wanted(id), |ident| ident.as_str().to_owned())
    }

    fn derived(&self, id: SchemaId) -> String {
        let schema = &self.api.schemas[id];
        match &schema.origin {
            Origin::Component(name) => name.clone(),
            Origin::Property { of, name } => joined(&self.base(*of), name),
            Origin::Items { of } => joined(&self.base(*of), "Item"),
            Origin::AdditionalProperties { of } => joined(&self.base(*of), "Value"),
            Origin::Member { of, keyword: Composition::AllOf, .. } => self.base(*of),
            Origin::Member { of, keyword: Composition::Not, .. } => joined(&self.base(*of), "Not"),
            Origin::Member { of, index, .. } => match &schema.docs.title {
                Some(title) => joined(&self.base(*of), title),
                None => format!("{}Variant{}", camel(&self.base(*of)), index + 1),
            },
            Origin::Parameter { operation, name } | Origin::ResponseHeader { operation, name, .. } => {
                joined(&self.operation(*operation), name)
            }
            Origin::RequestBody { operation, media_type } => self.request(*operation, media_type),
            Origin::Response { operation, status, media_type } => {
                self.response(*operation, *status, media_type)
            }
            Origin::InComponent { group, key, detail } => match detail {
                Some(detail) => joined(key, detail),
                None => joined(key, group),
            },
            Origin::Callback { operation, name, detail } => {
                joined(&joined(&self.operation(*operation), name), detail)
            }
            Origin::Referenced => schema.at.last().unwrap_or("Referenced").to_owned(),
        }
    }

    fn request(&self, operation: usize, media_type: &str) -> String {
        let name = joined(&self.operation(operation), "Request");
        let body = self.api.operations.get(operation).and_then(|operation| operation.request_body.as_ref());
        let form = body.map(|body| self.form(&body.content, media_type)).unwrap_or_default();
        format!("{name}{form}")
    }

    fn response(&self, operation: usize, status: Status, media_type: &str) -> String {
        let name = self.operation(operation);
        let responses = self.api.operations.get(operation).map_or(&[][..], |found| &found.responses);
        let content = responses.iter().find(|response| response.status == status);
        let form = content.map(|response| self.form(&response.content, media_type)).unwrap_or_default();
        let rivals = responses.iter().filter(|other| {
            is_success(other.status) && other.content.iter().any(|media| self.is_inline(media))
        });
        let name = if is_success(status) && rivals.count() < 2 {
            joined(&name, "Response")
        } else {
            joined(&name, &response_suffix(status))
        };
        format!("{name}{form}")
    }

    /// Returns a suffix such as `Xml` for all media types of a body but the first with an inline schema.
    fn form(&self, content: &[MediaType], media_type: &str) -> String {
        let first = content.iter().find(|media| self.is_inline(media));
        if first.is_none_or(|first| first.name == media_type) {
            return String::new();
        }
        camel(media_type.split(';').next().unwrap_or_default().rsplit('/').next().unwrap_or_default())
    }

    /// Returns whether the schema is part of the body itself.
    fn is_inline(&self, media: &MediaType) -> bool {
        let origin = media.schema.map(|id| &self.api.schemas[id].origin);
        matches!(origin, Some(Origin::RequestBody { .. } | Origin::Response { .. }))
    }

    fn operation(&self, index: usize) -> String {
        self.api.operations.get(index).map_or_else(|| "Operation".to_owned(), operation)
    }
}

/// Names of the prelude that `models.rs` uses. Only a component may take one.
const PRELUDE: [&str; 11] =
    ["Box", "Code", "Default", "Err", "From", "Ok", "Option", "Result", "Some", "String", "Vec"];

/// Returns the name of an operation: its `operationId`, or its method and path.
pub(super) fn operation(operation: &Operation) -> String {
    match &operation.id {
        Some(id) if !id.trim().is_empty() => id.clone(),
        _ => format!("{} {}", operation.method.key(), operation.path),
    }
}

/// Returns the package name for a title: lower case, with hyphens. One that could not be used as the name of
/// a crate, or that another crate has, gets the suffix `api`.
pub(super) fn package(title: &str) -> String {
    let parts: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = parts.join("-");
    let library = name.replace('-', "_");
    let is_keyword = !name.is_empty()
        && FieldIdent::new(&library).as_str() != library
        && !library.starts_with(|c: char| c.is_ascii_digit());
    if is_keyword || is_taken_library(&library) {
        // Such a crate could not be named beside the other one.
        return format!("{name}-api");
    }
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("api-{name}"),
        None => "api".to_owned(),
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn response_suffix(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Response{code}"),
        Status::Range(digit) => format!("Response{digit}xx"),
        Status::Default => "ResponseDefault".to_owned(),
    }
}

/// Appends a name to that of its owner. A word that ends one and begins the other is written once:
/// `CreateAccount` and `accountType` make `CreateAccountType`.
fn joined(owner: &str, name: &str) -> String {
    let (owner, name) = (camel(owner), camel(name));
    let overlap = last_word(&owner);
    let rest = name.strip_prefix(overlap).filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    match rest {
        Some(rest) if !overlap.is_empty() => format!("{owner}{rest}"),
        _ => format!("{owner}{name}"),
    }
}

fn camel(name: &str) -> String {
    TypeIdent::new(name, "").as_str().to_owned()
}

fn last_word(camel: &str) -> &str {
    camel.rfind(|c: char| c.is_ascii_uppercase()).map_or("", |start| &camel[start..])
}

#[cfg(test)]
mod tests {
    use super::{joined, package};

    #[test]
    fn shared_words_are_written_once() {
        let table = [
            ("CreateAccount", "accountType", "CreateAccountType"),
            ("CreateAccount", "account", "CreateAccountAccount"),
            ("Fleet", "fuelType", "FleetFuelType"),
            ("Car", "carbon", "CarCarbon"),
        ];
        for (owner, name, expected) in table {
            assert_eq!(joined(owner, name), expected);
        }
    }

    #[test]
    fn packages() {
        assert_eq!(package("Cards v4"), "cards-v4");
        assert_eq!(package("3D Secure"), "api-3d-secure");
        assert_eq!(package("名"), "api");
        for (title, expected) in [
            ("async", "async-api"),
            ("Crate", "crate-api"),
            ("std", "std-api"),
            ("serde", "serde-api"),
            ("Serde JSON", "serde-json-api"),
            ("Specwright Runtime", "specwright-runtime-api"),
            ("Stdlib v2", "stdlib-v2"),
        ] {
            assert_eq!(package(title), expected);
        }
    }
}
