//! Tables of objects.

use super::super::plan::{OneWay, Plans};
use super::captures::{Inherited, ValueStep};
use super::codes::TableCodes;
use super::draft::{AdditionalDraft, ObjectDraft};
use super::requests::Requests;
use super::rules;
use crate::api::{Api, Keyword, SchemaId};
use crate::rust::validators::{AdditionalMembers, CodeRef, FieldTable, ObjectTable};

/// Makes the table of an object. `is_composed`: other tables apply to the same object.
pub(super) fn object(
    requests: &mut Requests<'_, '_>,
    draft: ObjectDraft,
    rules: &[(SchemaId, usize)],
    inherited: &Inherited,
    is_composed: bool,
) -> ObjectTable {
    let spec = requests.arena.nodes[requests.parent.0].spec.clone();
    let (api, plans) = (requests.specs.api, requests.specs.plans);
    let is_alone = !is_composed && !spec.open;
    let owner = spec.sources.last().map(|source| source.id());
    let mut fields: Vec<FieldTable> = Vec::new();
    for (name, schemas) in &draft.properties {
        let (table, captures) = requests.part(schemas, inherited, ValueStep::Property(name));
        let is_required = draft.required.contains(name);
        let required = is_required.then(|| required(api, plans, requests.codes, owner, schemas)).flatten();
        fields.push(FieldTable { name: name.clone(), table, required, captures });
    }
    for name in &draft.required {
        if fields.iter().all(|field| field.name != *name) {
            let schema = spec.sources.last().map(|source| &api.schemas[source.id()]);
            let required = schema
                .map(|schema| requests.codes.keyword(schema, Keyword::Required, "MISSING_REQUIRED_FIELD"));
            let field = further_field(requests, &draft.additional, inherited, name);
            fields.push(FieldTable { required, ..field });
        }
    }
    let rules = rules::rules(requests, rules, &mut fields);
    let additional = match draft.additional {
        AdditionalDraft::Unstated if draft.properties.is_empty() || !is_alone => {
            let is_undecided = !draft.properties.is_empty() && !spec.open;
            requests.arena.nodes[requests.parent.0].is_undecided = is_undecided;
            AdditionalMembers::Any
        }
        AdditionalDraft::Unstated => AdditionalMembers::Unstated,
        AdditionalDraft::Any => AdditionalMembers::Any,
        AdditionalDraft::Forbidden(code) => AdditionalMembers::Forbidden(code),
        AdditionalDraft::Schemas(schemas) => {
            AdditionalMembers::Schema(requests.part(&schemas, inherited, ValueStep::Other).0)
        }
    };
    // Composed tables look at the members that they have fields for.
    let card = inherited.card.clone().filter(|_| is_alone);
    let others = card.map(|code| requests.any_without_card(code));
    ObjectTable { fields, additional, others, min_properties: draft.min, max_properties: draft.max, rules }
}

/// Returns the field of a member that no property names: it is what further members are.
fn further_field(
    requests: &mut Requests<'_, '_>,
    additional: &AdditionalDraft,
    inherited: &Inherited,
    name: &str,
) -> FieldTable {
    let field = requests.field_without_schema(name);
    match additional {
        AdditionalDraft::Unstated | AdditionalDraft::Any => field,
        AdditionalDraft::Forbidden(_) => {
            FieldTable { table: requests.arena.add_negation(field.table, requests.parent), ..field }
        }
        AdditionalDraft::Schemas(schemas) => {
            let (table, captures) = requests.part(schemas, inherited, ValueStep::Property(name));
            FieldTable { table, captures, ..field }
        }
    }
}

/// Returns the code of a missing property; `None` for one that is rightly missing in one direction.
fn required(
    api: &Api,
    plans: &Plans,
    codes: &mut TableCodes<'_>,
    owner: Option<SchemaId>,
    schemas: &[SchemaId],
) -> Option<CodeRef> {
    let id = *schemas.last()?;
    let (own, deciding) = (&api.schemas[id], &api.schemas[plans.resolve(id)]);
    let is_asked_for = plans.directions.is_asked_for(owner?, OneWay::of([own, deciding]));
    is_asked_for.then(|| codes.keyword(own, Keyword::Required, "MISSING_REQUIRED_FIELD"))
}
