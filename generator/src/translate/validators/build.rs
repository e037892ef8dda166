//! Makes the tables of schemas, and those that they request in turn.

use super::super::names::Names;
use super::super::plan;
use super::arena::TableArena;
use super::captures::{CapturePaths, Inherited};
use super::choices::{self, ChoiceSpec};
use super::codes::TableCodes;
use super::draft::{Draft, DraftShape};
use super::patterns::Patterns;
use super::requests::Requests;
use super::scalars::TextDraft;
use super::specs::{MOST, SchemaSource, Specs, TableSpec};
use super::strings::Strings;
use super::values::texts;
use super::{arrays, beyond, numbers, objects};
use crate::api::{Api, SchemaId};
use crate::rust::validators::{CodeRef, SchemaTable, TableId, TableShape, TextTable};

/// Makes tables until no requested one is left.
pub(super) struct Build<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) specs: Specs<'a>,
    pub(super) codes: TableCodes<'a>,
    pub(super) patterns: Patterns,
    /// `additionalProperties` knows the properties of all schemas of an `allOf`.
    pub(super) merges_properties: bool,
    pub(super) arena: TableArena,
}

impl Build<'_> {
    /// Returns the table of a schema alone, with all tables that it needs.
    pub(super) fn root(&mut self, id: SchemaId) -> TableId {
        // A schema that is no component occurs once, and what it inherits there belongs to it.
        if !self.specs.api.schemas[id].origin.is_component()
            && let Some(known) = self.arena.first(id)
        {
            return known;
        }
        let spec = self.specs.of_schemas(&mut self.codes, &[id], &Inherited::default(), false);
        let table = self.arena.request(spec, None);
        while let Some(parent) = self.arena.next() {
            let requests =
                Requests { parent, specs: &mut self.specs, codes: &mut self.codes, arena: &mut self.arena };
            let mut strings = Strings { names: self.names, patterns: &mut self.patterns };
            let made = schema(requests, &mut strings, self.merges_properties);
            self.arena.nodes[parent.0].schema = made;
        }
        table
    }
}

/// Makes the table that is the parent of the requests.
fn schema(mut requests: Requests<'_, '_>, strings: &mut Strings<'_>, merges_properties: bool) -> SchemaTable {
    let spec = requests.arena.nodes[requests.parent.0].spec.clone();
    let (api, plans) = (requests.specs.api, requests.specs.plans);
    if let [SchemaSource::Whole(schema)] = spec.sources[..]
        && let Some(union) = plan::union_of_heirs(api, plans, schema)
    {
        let table = choices::union_of_heirs(&mut requests, &spec.inherited, schema, &union);
        return SchemaTable { nullable: spec.nullable, ..table };
    }
    if let [SchemaSource::Further(id, index)] = spec.sources[..] {
        let draft = Draft::of_further(api, requests.codes, id, index);
        let composed = SchemaTable::new(TableShape::Any);
        return with_shape(&mut requests, strings, draft, &spec, &spec.inherited, composed);
    }
    let (parts, mut apart) = parts(&mut requests, &spec);
    let stated = choices::stated(api, plans, &spec, &parts);
    let groups = groups(api, requests.codes, &parts, &stated, merges_properties);
    let (first, rest) = match groups.split_first() {
        Some((first, rest)) => (first.0.clone(), rest),
        None => (Draft::any(), &[][..]),
    };
    let inherited = with_own_paths(&requests.specs.captures, &spec.inherited, &first);
    for (_, members) in rest {
        let sources = members.iter().map(|part| SchemaSource::Own(*part)).collect();
        apart.push(requests.specs.of_sources(requests.codes, sources, spec.nullable, &inherited, true));
    }
    let nots: &[SchemaId] = if spec.is_own() { &[] } else { &parts };
    for part in nots {
        for index in 0..api.schemas[*part].further.len() {
            let sources = vec![SchemaSource::Further(*part, index)];
            apart.push(requests.specs.of_sources(requests.codes, sources, false, &inherited, true));
        }
    }
    let beyond = beyond::tables(&mut requests, strings, nots, &inherited);
    let is_shared = first.has_properties() || !apart.is_empty() || !beyond.is_empty();
    let mut composed = choices::composed(&mut requests, nots, stated, &inherited, is_shared);
    let parent = requests.parent;
    composed.all.splice(0..0, apart.into_iter().map(|spec| requests.arena.request(spec, Some(parent))));
    composed.beyond = beyond;
    with_shape(&mut requests, strings, first, &spec, &inherited, composed)
}

/// Returns the schema objects whose keywords the table joins, and the specifications of sources that need a
/// table of their own.
fn parts(requests: &mut Requests<'_, '_>, spec: &TableSpec) -> (Vec<SchemaId>, Vec<TableSpec>) {
    let (api, plans) = (requests.specs.api, requests.specs.plans);
    let is_union = |id| plan::union_of_heirs(api, plans, id).is_some();
    let mut parts: Vec<SchemaId> = Vec::new();
    let mut apart: Vec<TableSpec> = Vec::new();
    for source in &spec.sources {
        let stands_apart =
            spec.sources.len() > MOST || matches!(source, SchemaSource::Whole(id) if is_union(*id));
        if spec.sources.len() > 1 && stands_apart {
            let codes = &mut *requests.codes;
            apart.push(requests.specs.of_sources(codes, vec![*source], spec.nullable, &spec.inherited, true));
            continue;
        }
        for part in source.parts(api) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    (parts, apart)
}

/// Joins the keywords of schema objects as far as one table can hold them: each group is a table. Schema
/// objects that a discriminator's member covers are left out.
fn groups(
    api: &Api,
    codes: &mut TableCodes<'_>,
    parts: &[SchemaId],
    choices: &[ChoiceSpec],
    merges_properties: bool,
) -> Vec<(Draft, Vec<SchemaId>)> {
    let mut groups: Vec<(Draft, Vec<SchemaId>)> = Vec::new();
    for part in parts.iter().filter(|part| !choices.iter().any(|choice| choice.covers(api, **part))) {
        let draft = Draft::of(api, codes, *part);
        let joined = groups
            .iter_mut()
            .filter(|(group, _)| merges_properties || !group.limits_names_of(&draft))
            .find_map(|(group, parts)| Some((group.clone().join(draft.clone())?, group, parts)));
        match joined {
            Some((joined, group, parts)) => {
                *group = joined;
                parts.push(*part);
            }
            None => groups.push((draft, vec![*part])),
        }
    }
    groups
}

/// Adds the paths of the rules that begin at this table.
fn with_own_paths(captures: &CapturePaths<'_>, inherited: &Inherited, draft: &Draft) -> Inherited {
    let mut inherited = inherited.clone();
    for (schema, index) in &draft.rules {
        if let Some(slot) = captures.slot(*schema, *index) {
            inherited.paths.extend(captures.start(slot));
        }
    }
    inherited
}

/// Adds the shape of a draft to the composed tables.
fn with_shape(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    draft: Draft,
    spec: &TableSpec,
    inherited: &Inherited,
    composed: SchemaTable,
) -> SchemaTable {
    let is_composed = !composed.all.is_empty() || !composed.choices.is_empty();
    let mut values = draft.values;
    let shape = match draft.shape {
        DraftShape::Any => TableShape::Any,
        DraftShape::Boolean => TableShape::Boolean,
        DraftShape::Number(number) => TableShape::Number(numbers::number(requests.specs, number, spec)),
        DraftShape::Text(text) => {
            let stated = text.patterns.len();
            let table = text_table(strings, requests.codes, text, inherited.card.clone());
            requests.arena.nodes[requests.parent.0].is_unchecked |= table.patterns.len() < stated;
            let of_text = values.take_if(|_| !draft.other_types);
            let values = of_text.map(|(values, code)| (texts(values), code));
            TableShape::Text(TextTable { values, ..table })
        }
        DraftShape::Array(array) => {
            TableShape::Array(arrays::array(requests, array, &draft.rules, inherited))
        }
        DraftShape::Object(object) => {
            TableShape::Object(objects::object(requests, object, &draft.rules, inherited, is_composed))
        }
    };
    // Without a type, `null` is a value like any other.
    let is_anything = matches!(shape, TableShape::Any) && values.is_none() && !composed.is_composed();
    let nullable = spec.nullable || (is_anything && !spec.sources.is_empty());
    let card_number = inherited.card.clone().filter(|_| is_anything);
    let other_types = draft.other_types;
    SchemaTable {
        shape,
        nullable,
        other_types,
        wrong_type: draft.wrong_type,
        values,
        card_number,
        ..composed
    }
}

fn text_table(
    strings: &mut Strings<'_>,
    codes: &mut TableCodes<'_>,
    draft: TextDraft,
    card_number: Option<CodeRef>,
) -> TextTable {
    // Every text matches an empty pattern.
    let patterns = draft.patterns.into_iter().filter(|(source, ..)| !source.is_empty());
    let patterns = patterns.filter_map(|(source, schema, code)| {
        let label = strings.names.label(schema);
        Some((strings.patterns.index(&source, &label, &mut codes.scope)?, code))
    });
    TextTable {
        min_length: draft.min,
        max_length: draft.max,
        format: draft.format,
        patterns: patterns.collect(),
        values: None,
        card_number,
    }
}
