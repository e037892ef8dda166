//! What a table is made for: one or several schemas, and what is inherited from enclosing tables.
//! Equal specifications share a table.

use super::super::plan::{self, Plan, Plans};
use super::captures::{CapturePaths, Inherited};
use super::codes::TableCodes;
use crate::api::{Additional, Api, RuleKind, Schema, SchemaId, Shape};
use crate::rust::validators::CodeRef;

/// More schemas than this are not joined: each gets a table of its own.
pub(super) const MOST: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TableSpec {
    /// All of them apply.
    pub(super) sources: Vec<SchemaSource>,
    pub(super) nullable: bool,
    /// Composed tables have fields for members of the same object, so that unnamed members are not reported.
    pub(super) open: bool,
    pub(super) inherited: Inherited,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SchemaSource {
    /// A schema with the schemas of its `allOf`.
    Whole(SchemaId),
    /// The keywords of one schema object alone.
    Own(SchemaId),
    /// What the keywords of one schema object say of values of a further type, by its index.
    Further(SchemaId, usize),
}

impl TableSpec {
    /// Returns true if it is made for the keywords of single schema objects.
    pub(super) fn is_own(&self) -> bool {
        self.sources.iter().all(|source| !matches!(source, SchemaSource::Whole(_)))
    }
}

impl SchemaSource {
    pub(super) fn id(self) -> SchemaId {
        match self {
            Self::Whole(id) | Self::Own(id) | Self::Further(id, _) => id,
        }
    }

    /// Returns the schema objects whose keywords apply.
    pub(super) fn parts(self, api: &Api) -> Vec<SchemaId> {
        match self {
            Self::Whole(id) => plan::parts_of(api, id),
            Self::Own(id) => vec![id],
            Self::Further(..) => Vec::new(),
        }
    }
}

/// Makes specifications.
pub(super) struct Specs<'a> {
    pub(super) api: &'a Api,
    pub(super) plans: &'a Plans,
    pub(super) captures: CapturePaths<'a>,
}

impl Specs<'_> {
    /// Returns the specification of a table that validates with all of the schemas.
    pub(super) fn of_schemas(
        &mut self,
        codes: &mut TableCodes<'_>,
        ids: &[SchemaId],
        inherited: &Inherited,
        open: bool,
    ) -> TableSpec {
        let nullable = !ids.is_empty() && ids.iter().all(|id| self.plans.is_nullable(*id));
        let mut sources: Vec<SchemaSource> = Vec::new();
        for id in ids {
            let source = SchemaSource::Whole(target(self.api, self.plans, *id));
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        self.of_sources(codes, sources, nullable, inherited, open)
    }

    /// Drops what makes no difference at or below the schemas, so that plain tables are shared.
    pub(super) fn of_sources(
        &mut self,
        codes: &mut TableCodes<'_>,
        sources: Vec<SchemaSource>,
        nullable: bool,
        inherited: &Inherited,
        open: bool,
    ) -> TableSpec {
        let parts: Vec<SchemaId> = sources.iter().flat_map(|source| source.parts(self.api)).collect();
        let card = card_rule(self.api, codes, &parts).or_else(|| inherited.card.clone()).filter(|_| {
            sources.is_empty() || sources.iter().any(|source| self.captures.has_open_text(source.id()))
        });
        let mut paths = inherited.paths.clone();
        paths.retain(|path| sources.iter().any(|source| self.captures.reaches(source.id(), *path)));
        let open = open && parts.iter().any(|part| leaves_open(&self.api.schemas[*part]));
        TableSpec { sources, nullable, open, inherited: Inherited { card, paths } }
    }
}

/// Returns the code of the nearest card rule among schema objects, the last of which is the nearest.
fn card_rule(api: &Api, codes: &mut TableCodes<'_>, parts: &[SchemaId]) -> Option<CodeRef> {
    let mut rules = parts.iter().rev().flat_map(|part| &api.schemas[*part].rules);
    let rule = rules.find(|rule| matches!(rule.kind, RuleKind::NoCardNumber))?;
    Some(codes.rule(rule, "CARD_NUMBER"))
}

/// Follows schemas that only refer to another one.
fn target(api: &Api, plans: &Plans, id: SchemaId) -> SchemaId {
    let mut at = id;
    for _ in 0..api.schemas.0.len() {
        let schema = &api.schemas[at];
        let Plan::Transparent(target) = plans[at] else { return at };
        let only_refers = match schema.shape {
            Shape::Alias(_) => true,
            Shape::Any => schema.all_of == [target] && is_wrapper(schema),
            _ => false,
        };
        let takes_the_name = schema.origin.is_component() && !api.schemas[target].origin.is_component();
        if !only_refers || takes_the_name {
            return at;
        }
        at = target;
    }
    id
}

/// Returns true if no keyword but `allOf` constrains a value.
fn is_wrapper(schema: &Schema) -> bool {
    schema.enumeration.is_none()
        && schema.one_of.is_none()
        && schema.any_of.is_none()
        && schema.not.is_none()
        && schema.rules.is_empty()
        && schema.beyond.is_none()
}

/// Returns true for an object with properties that says nothing about further ones.
fn leaves_open(schema: &Schema) -> bool {
    matches!(&schema.shape, Shape::Object(object)
        if !object.properties.is_empty() && object.additional == Additional::Unstated)
}
