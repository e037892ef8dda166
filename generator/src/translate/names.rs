//! The Rust name of a schema: its component name, or one after what it belongs to.

use std::collections::BTreeMap;

use super::plan::{Plan, Plans};
use super::variants;
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
    /// The schemas that become types, by the one that they are a part of.
    within: BTreeMap<SchemaId, Vec<SchemaId>>,
}

impl<'a> Names<'a> {
    /// Gives components their names first, so that inline schemas cannot take them. What components leave of
    /// the runtime's names is reserved for imports. Types of several schemas come next, as far as those have
    /// a name in common.
    pub(super) fn new(api: &'a Api, plans: &'a Plans, settings: &'a Settings) -> Self {
        let mut within: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
        for (id, _) in api.schemas.iter().filter(|(id, _)| is_type(plans, *id)) {
            within.entry(top(api, id)).or_default().push(id);
        }
        let mut names =
            Self { api, settings, plans, scope: Scope::default(), given: BTreeMap::new(), within };
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
            | Origin::Keyword { .. }
            | Origin::Referenced => None,
        }
    }

    /// Returns the name of a schema, given at the first call.
    pub(super) fn of(&mut self, id: SchemaId) -> TypeIdent {
        let id = self.plans.type_of(id);
        if let Some(ident) = self.given.get(&id) {
            return ident.clone();
        }
        let word = match &self.plans[id] {
            Plan::StringEnum(_) | Plan::IntegerEnum(_) => "Value",
            Plan::Union(_) => "Choice",
            _ => "Object",
        };
        let ident = self.scope.type_ident_or(TypeIdent::new(&self.wanted(id), "Type"), word);
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

    /// Returns the name of a schema after what it belongs to. One that would be too long consists of its
    /// first part and as few of the last ones as tell it from all others with that first part: so it changes
    /// with what it belongs to, and with nothing else.
    fn derived(&self, id: SchemaId) -> String {
        let nearest = self.path(id, false);
        let whole = nearest.name(nearest.parts.len());
        if whole.len() <= LONGEST || self.api.schemas[id].origin.is_component() {
            return if nearest.parts.is_empty() { nearest.root } else { whole };
        }
        let path = self.path(id, true);
        let Some(last) = path.parts.last() else { return shortened(&whole, ROOMY).to_owned() };
        let related = self.within.get(&top(self.api, id)).map_or(&[][..], Vec::as_slice);
        let related: Vec<NamePath> = related
            .iter()
            .filter(|other| **other != id)
            .map(|other| self.path(*other, true))
            .filter(|other| other.root == path.root)
            .collect();
        let names = (1..path.parts.len()).map(|count| path.name(count));
        let mut fitting = names.filter(|name| name.len() <= LONGEST);
        let unique = fitting.find(|name| related.iter().all(|other| !other.ends_as(name)));
        unique.unwrap_or_else(|| {
            let last = camel(last);
            let last = shortened(&last, ROOMY);
            joined(shortened(&camel(&path.root), ROOMY - last.len()), last)
        })
    }

    /// Returns the parts of the name of a schema: from the nearest one that has a name, or from the one that
    /// belongs to no other.
    fn path(&self, id: SchemaId, from_top: bool) -> NamePath {
        let mut parts = Vec::new();
        let mut at = id;
        // What belongs to itself has no beginning; documents cannot nest deeper than this.
        for _ in 0..MOST_PARTS {
            let (of, part) = match &self.api.schemas[at].origin {
                Origin::Property { of, name } => (*of, Some(name.clone())),
                Origin::Items { of } => (*of, Some("Item".to_owned())),
                Origin::AdditionalProperties { of } => (*of, Some("Value".to_owned())),
                Origin::Member { of, keyword: Composition::AllOf, .. } => (*of, None),
                Origin::Member { of, keyword: Composition::Not, .. } => (*of, Some("Not".to_owned())),
                // The properties of all members are those of one struct.
                Origin::Member { of, .. } if at != id && matches!(self.plans[*of], Plan::Struct(_)) => {
                    (*of, None)
                }
                Origin::Member { of, .. } => (*of, self.variant(at)),
                Origin::Keyword { of, keyword, detail } => (*of, Some(keyword_part(keyword, detail))),
                _ => break,
            };
            parts.extend(part);
            at = of;
            let has_name = self.given.contains_key(&self.plans.type_of(at));
            if self.is_chosen(at) || has_name && !from_top {
                break;
            }
        }
        parts.reverse();
        let root = if at == id { self.root(at) } else { self.base(at) };
        NamePath { root, parts }
    }

    fn is_chosen(&self, id: SchemaId) -> bool {
        self.settings.names.contains_key(&self.api.schemas[id].at.to_string())
    }

    /// Returns the name of a variant for an inline member of a choice, which is no part of another schema's
    /// name; `None` for all other schemas.
    pub(super) fn variant(&self, id: SchemaId) -> Option<String> {
        let Origin::Member { of, keyword, index } = self.api.schemas[id].origin else { return None };
        let owner = &self.api.schemas[of];
        let union = match keyword {
            Composition::OneOf => owner.one_of.as_ref(),
            Composition::AnyOf => owner.any_of.as_ref(),
            Composition::AllOf | Composition::Not => None,
        }?;
        let name = variants::name(self.api, self.plans, &union.members, id);
        Some(name.unwrap_or_else(|| format!("Variant{}", index + 1)))
    }

    /// Returns the name of a schema that belongs to no other.
    fn root(&self, id: SchemaId) -> String {
        let schema = &self.api.schemas[id];
        match &schema.origin {
            Origin::Component(name) => name.clone(),
            Origin::Parameter { operation, name } | Origin::ResponseHeader { operation, name, .. } => {
                joined(&self.operation(*operation), name)
            }
            Origin::RequestBody { operation, media_type } => self.request(*operation, media_type),
            Origin::Response { operation, status, media_type } => {
                self.response(*operation, *status, media_type)
            }
            Origin::InComponent { group, key, detail } => {
                self.in_component(id, group, key, detail.as_deref())
            }
            Origin::Callback { operation, name, detail } => {
                let owner = joined(&self.operation(*operation), name);
                joined(
                    &owner,
                    detail
                        .rsplit_once(' ')
                        .filter(|_| detail.contains('/'))
                        .map_or(&**detail, |(what, _)| what),
                )
            }
            _ => schema.at.last().unwrap_or("Referenced").to_owned(),
        }
    }

    /// Returns the name of a schema in a component of another kind. The first media type of a body is no part
    /// of it.
    fn in_component(&self, id: SchemaId, group: &str, key: &str, detail: Option<&str>) -> String {
        let Some(detail) = detail else { return joined(key, group) };
        if group == "webhook" {
            return joined(key, detail.rsplit_once(' ').map_or(detail, |(what, _)| what));
        }
        if !detail.contains('/') {
            return joined(key, detail);
        }
        let is_sibling = |origin: &Origin| {
            matches!(origin, Origin::InComponent { group: of, key: other, detail: Some(media_type) }
                if *of == group && other == key && media_type.contains('/'))
        };
        let first = self.api.schemas.iter().find(|(_, schema)| is_sibling(&schema.origin));
        if first.is_none_or(|(first, _)| first == id) {
            // A component schema of that name keeps it.
            return if self.is_taken(&camel(key)) { joined(key, group) } else { key.to_owned() };
        }
        format!("{}{}", camel(key), media_type_word(detail))
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
        media_type_word(media_type)
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

/// The longest name of a schema that the document does not name.
const LONGEST: usize = 60;

/// The longest name that is cut off, so that a word or a number can tell it from others.
const ROOMY: usize = 52;

/// How deep schemas are inside each other at most.
const MOST_PARTS: usize = 256;

/// The parts of a name: the name of what the schema belongs to, and how one gets from there to the schema.
struct NamePath {
    root: String,
    parts: Vec<String>,
}

impl NamePath {
    /// Returns the name of the first part and of the last ones, as many as `count`.
    fn name(&self, count: usize) -> String {
        let last = &self.parts[self.parts.len() - count..];
        last.iter().fold(camel(&self.root), |name, part| joined(&name, part))
    }

    /// Returns whether the last parts make this name too.
    fn ends_as(&self, name: &str) -> bool {
        (1..=self.parts.len()).any(|count| self.name(count) == name)
    }
}

/// Returns the name without as many of its last words as it takes to be no longer than `longest`.
fn shortened(name: &str, longest: usize) -> &str {
    if name.len() <= longest {
        return name;
    }
    let mut words = name.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(index, _)| index);
    let word = words.rfind(|index| (1..=longest).contains(index));
    // A word that is too long is cut, between two characters.
    let end = word.or_else(|| (0..=longest).rev().find(|end| name.is_char_boundary(*end)));
    &name[..end.unwrap_or_default()]
}

/// Returns the schema that belongs to no other, of which this one is a part.
fn top(api: &Api, id: SchemaId) -> SchemaId {
    let mut at = id;
    for _ in 0..MOST_PARTS {
        match &api.schemas[at].origin {
            Origin::Property { of, .. }
            | Origin::Items { of }
            | Origin::AdditionalProperties { of }
            | Origin::Member { of, .. }
            | Origin::Keyword { of, .. } => at = *of,
            _ => break,
        }
    }
    at
}

/// Returns whether the schema becomes a type of its own.
fn is_type(plans: &Plans, id: SchemaId) -> bool {
    let is_item =
        matches!(plans[id], Plan::Struct(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_) | Plan::Union(_));
    is_item && plans.type_of(id) == id
}

/// Returns a word for a media type, such as `Xml`.
fn media_type_word(media_type: &str) -> String {
    camel(media_type.split(';').next().unwrap_or_default().rsplit('/').next().unwrap_or_default())
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

/// Returns what a schema in a keyword of JSON Schema 2020-12 adds to the name of the schema around it.
fn keyword_part(keyword: &str, detail: &str) -> String {
    match keyword {
        "prefixItems" => format!("Item{detail}"),
        "patternProperties" => "Value".to_owned(),
        "dependentSchemas" => format!("With {detail}"),
        _ => keyword.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, package, shortened};

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

    #[test]
    fn names_are_cut_between_words_or_characters() {
        for (name, longest, short) in [
            ("OrderLine", 9, "OrderLine"),
            ("OrderLines", 9, "Order"),
            ("OrderLine", 5, "Order"),
            ("Orderlines", 7, "Orderli"),
            ("\u{e4}\u{e4}\u{e4}", 3, "\u{e4}"),
            ("\u{e4}", 0, ""),
        ] {
            assert_eq!(shortened(name, longest), short, "{name}");
        }
    }
}
