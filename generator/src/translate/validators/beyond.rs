//! Tables of keywords that look at parts of a value again, one for each schema object that has some.

use super::super::plan;
use super::captures::Inherited;
use super::evaluated::{self, items, object};
use super::requests::Requests;
use super::strings::Strings;
use crate::api::{Additional, Applicators, Keyword, SchemaId};
use crate::rust::validators::{BeyondTable, OtherMembers, TableId, WhenTable};

/// Makes the tables of schema objects that all apply to a value.
pub(super) fn tables(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    parts: &[SchemaId],
    inherited: &Inherited,
) -> Vec<BeyondTable> {
    let api = requests.specs.api;
    let stated = parts.iter().filter_map(|part| Some((*part, api.schemas[*part].beyond.as_deref()?)));
    let inner = Inherited { card: inherited.card.clone(), ..Inherited::default() };
    let stated: Vec<(SchemaId, &Applicators)> = stated.collect();
    stated.into_iter().map(|(part, beyond)| table(requests, strings, part, beyond, &inner)).collect()
}

fn table(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    part: SchemaId,
    beyond: &Applicators,
    inner: &Inherited,
) -> BeyondTable {
    let api = requests.specs.api;
    let mut of = |id: SchemaId| requests.of_schemas(&[id], inner, false);
    let first_items: Vec<TableId> = beyond.prefix_items.iter().map(|id| of(*id)).collect();
    let other_items = items(api, part).filter(|_| !first_items.is_empty()).map(&mut of);
    let names = beyond.property_names.map(&mut of);
    let contains = beyond.contains.as_ref().map(|contains| {
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        (of(contains.schema), count(contains.min), contains.max.map_or(u32::MAX, count))
    });
    let mut of_same = |id: SchemaId| requests.of_schemas(&[id], inner, true);
    let dependent_schemas =
        beyond.dependent_schemas.iter().map(|(name, id)| (name.clone(), of_same(*id))).collect();
    let when = beyond.when.as_ref().map(|when| WhenTable {
        fits: of_same(when.fits),
        then: when.then.map(&mut of_same),
        otherwise: when.otherwise.map(&mut of_same),
    });
    let (patterns, is_complete) = patterns(requests, strings, part, beyond, inner);
    let has_patterns = !beyond.pattern_properties.is_empty();
    let other_members =
        Some(()).filter(|()| has_patterns && is_complete).and_then(|()| others(requests, part, inner));
    let unevaluated_members = beyond.unevaluated_properties.map(|id| {
        let evaluated = evaluated::table(requests, strings, part, true, inner);
        (evaluated, unevaluated(requests, id, inner))
    });
    let unevaluated_items = beyond.unevaluated_items.map(|id| {
        let evaluated = evaluated::table(requests, strings, part, true, inner);
        (evaluated, requests.of_schemas(&[id], inner, false))
    });
    BeyondTable {
        first_items,
        other_items,
        contains,
        patterns,
        other_members,
        names,
        dependent: beyond.dependent_required.clone(),
        dependent_schemas,
        when,
        unevaluated_members,
        unevaluated_items,
    }
}

/// Returns the patterns of names that can be run, and whether these are all.
fn patterns(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    part: SchemaId,
    beyond: &Applicators,
    inner: &Inherited,
) -> (Vec<(usize, TableId)>, bool) {
    let label = strings.names.label(part);
    let mut found = Vec::new();
    for (source, id) in &beyond.pattern_properties {
        if let Some(pattern) = strings.patterns.index(source, &label, &mut requests.codes.scope) {
            found.push((pattern, requests.of_schemas(&[*id], inner, false)));
        }
    }
    let is_complete = found.len() == beyond.pattern_properties.len();
    requests.arena.nodes[requests.parent.0].is_unchecked |= !is_complete;
    (found, is_complete)
}

/// Returns what members may be that have neither a property nor a pattern.
fn others(
    requests: &mut Requests<'_, '_>,
    part: SchemaId,
    inner: &Inherited,
) -> Option<(Vec<String>, OtherMembers)> {
    let api = requests.specs.api;
    let object = object(api, part)?;
    let others = match object.additional {
        Additional::Unstated | Additional::Any => return None,
        Additional::Forbidden => {
            let keyword = Keyword::AdditionalProperties;
            OtherMembers::Forbidden(requests.codes.keyword(&api.schemas[part], keyword, "FORBIDDEN_PROPERTY"))
        }
        Additional::Schema(id) => OtherMembers::Schema(requests.of_schemas(&[id], inner, false)),
    };
    Some((object.properties.iter().map(|property| property.name.clone()).collect(), others))
}

/// Returns what members may be that are not evaluated.
fn unevaluated(requests: &mut Requests<'_, '_>, id: SchemaId, inner: &Inherited) -> OtherMembers {
    let schema = &requests.specs.api.schemas[id];
    if plan::is_nothing(requests.specs.api, id) {
        let keyword = Keyword::AdditionalProperties;
        return OtherMembers::Forbidden(requests.codes.keyword(schema, keyword, "FORBIDDEN_PROPERTY"));
    }
    OtherMembers::Schema(requests.of_schemas(&[id], inner, false))
}
