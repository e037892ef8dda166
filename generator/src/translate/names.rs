//! The Rust name of a schema: its component name, or one after what it belongs to.

mod root;
mod words;

use std::collections::BTreeMap;

use super::plan::{Plan, Plans};
use super::variants;
use crate::api::{Api, Composition, Origin, SchemaId};
use crate::ident::{Scope, TypeIdent};
use crate::rust::RuntimeType;
use crate::settings::Settings;
use words::{LONGEST, ROOMY, camel, keyword_part, shortened};
pub(super) use words::{joined, operation, package};

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
}

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

/// Names of the prelude that `models.rs` uses. Only a component may take one.
const PRELUDE: [&str; 11] =
    ["Box", "Code", "Default", "Err", "From", "Ok", "Option", "Result", "Some", "String", "Vec"];
