//! Which members and items a schema evaluates, for `unevaluatedProperties` and `unevaluatedItems`.

use super::captures::Inherited;
use super::requests::Requests;
use super::strings::Strings;
use crate::api::{Additional, Api, Object, Schema, SchemaId, Shape};
use crate::ident::ConstIdent;
use crate::rust::validators::{Applies, EvaluatedId, EvaluatedTable};

/// Returns the table of a schema, made at the first request. `is_own`: it is for the schema's own keyword,
/// which does not count itself.
pub(super) fn table(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    id: SchemaId,
    is_own: bool,
    inner: &Inherited,
) -> EvaluatedId {
    let api = requests.specs.api;
    let id = api.schemas.resolve(id);
    if let Some(known) = requests.arena.evaluated_by_schema.get(&(id, is_own)) {
        return *known;
    }
    let index = EvaluatedId(requests.arena.evaluated.len());
    requests.arena.evaluated_by_schema.insert((id, is_own), index);
    let label = strings.names.label(id);
    let ident = requests.codes.scope.const_ident(ConstIdent::new(&format!("{label}_EVALUATED"), "EVALUATED"));
    requests.arena.evaluated.push(EvaluatedTable {
        ident,
        names: Vec::new(),
        patterns: Vec::new(),
        all_members: false,
        items: 0,
        all_items: false,
        contains: None,
        parts: Vec::new(),
    });
    own(requests, strings, id, is_own, index, inner);
    let parts = parts(requests, strings, id, inner);
    requests.arena.evaluated[index.0].parts = parts;
    index
}

/// Sets what the schema's own keywords evaluate.
fn own(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    id: SchemaId,
    is_own: bool,
    index: EvaluatedId,
    inner: &Inherited,
) {
    let api = requests.specs.api;
    let label = strings.names.label(id);
    let beyond = api.schemas[id].beyond.as_deref();
    let sources = beyond.into_iter().flat_map(|beyond| &beyond.pattern_properties);
    let patterns: Vec<Option<usize>> = sources
        .map(|(source, _)| strings.patterns.index(source, &label, &mut requests.codes.scope))
        .collect();
    let contains = beyond.and_then(|beyond| beyond.contains.as_ref());
    let contains = contains.map(|contains| requests.of_schemas(&[contains.schema], inner, false));
    let object = object(api, id);
    let states_rest = |keyword: Option<SchemaId>| keyword.is_some() && !is_own;
    let table = &mut requests.arena.evaluated[index.0];
    table.names = object.iter().flat_map(|object| &object.properties).map(|own| own.name.clone()).collect();
    // A pattern that can't be run could have evaluated any member.
    let is_open = patterns.contains(&None);
    table.patterns = patterns.into_iter().flatten().collect();
    table.contains = contains;
    table.all_members = is_open
        || object.is_some_and(|object| object.additional != Additional::Unstated)
        || states_rest(beyond.and_then(|beyond| beyond.unevaluated_properties));
    table.items = beyond.map_or(0, |beyond| beyond.prefix_items.len());
    table.all_items =
        items(api, id).is_some() || states_rest(beyond.and_then(|beyond| beyond.unevaluated_items));
}

/// Returns what other schemas about the same value evaluate.
fn parts(
    requests: &mut Requests<'_, '_>,
    strings: &mut Strings<'_>,
    id: SchemaId,
    inner: &Inherited,
) -> Vec<(Applies, EvaluatedId)> {
    let schema = &requests.specs.api.schemas[id];
    let mut stated: Vec<(Applies, SchemaId)> =
        schema.all_of.iter().map(|member| (Applies::Always, *member)).collect();
    for member in schema.one_of.iter().chain(&schema.any_of).flat_map(|union| &union.members) {
        stated.push((Applies::IfFits(requests.of_schemas(&[*member], inner, true)), *member));
    }
    if let Some(beyond) = schema.beyond.as_deref() {
        if let Some(when) = &beyond.when {
            let fits = requests.of_schemas(&[when.fits], inner, true);
            stated.push((Applies::IfFits(fits), when.fits));
            stated.extend(when.then.map(|then| (Applies::IfFits(fits), then)));
            stated.extend(when.otherwise.map(|otherwise| (Applies::UnlessFits(fits), otherwise)));
        }
        let dependent = beyond.dependent_schemas.iter();
        stated.extend(dependent.map(|(name, id)| (Applies::IfHas(name.clone()), *id)));
    }
    stated
        .into_iter()
        .map(|(applies, member)| (applies, table(requests, strings, member, false, inner)))
        .collect()
}

/// Returns the object or the array that keywords of a schema speak of.
fn shapes(schema: &Schema) -> impl Iterator<Item = &Shape> {
    std::iter::once(&schema.shape).chain(&schema.further)
}

/// Returns what keywords of objects say.
pub(super) fn object(api: &Api, id: SchemaId) -> Option<&Object> {
    shapes(&api.schemas[id]).find_map(|shape| match shape {
        Shape::Object(object) => Some(object),
        _ => None,
    })
}

/// Returns the schema of `items`.
pub(super) fn items(api: &Api, id: SchemaId) -> Option<SchemaId> {
    shapes(&api.schemas[id]).find_map(|shape| match shape {
        Shape::Array(array) => array.items,
        _ => None,
    })
}
