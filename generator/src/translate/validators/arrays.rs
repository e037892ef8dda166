//! Tables of arrays.

use super::captures::{Inherited, ValueStep};
use super::draft::ArrayDraft;
use super::requests::Requests;
use crate::api::{DataStep, RuleKind, SchemaId};
use crate::rust::validators::ArrayTable;

/// Makes the table of an array. Rules about members of the items are added when the items' table is made.
pub(super) fn array(
    requests: &mut Requests<'_, '_>,
    draft: ArrayDraft,
    rules: &[(SchemaId, usize)],
    inherited: &Inherited,
) -> ArrayTable {
    let items = match draft.items[..] {
        [] => inherited.card.clone().map(|code| requests.any_without_card(code)),
        _ => Some(requests.part(&draft.items, inherited, ValueStep::Item).0),
    };
    for (schema, index) in rules {
        let rule = &requests.specs.api.schemas[*schema].rules[*index];
        let node = &mut requests.arena.nodes[requests.parent.0];
        match &rule.kind {
            RuleKind::UniqueBy { key } => {
                node.unique_by.push((key.clone(), requests.codes.rule(rule, "DUPLICATE_ITEM")));
            }
            RuleKind::NoReferenceTo { from, .. } => {
                if let (Some(DataStep::Property(name)), Some(slot)) =
                    (from.steps.first(), requests.specs.captures.slot(*schema, *index))
                {
                    let code = requests.codes.rule(rule, "FORBIDDEN_REFERENCE");
                    node.references.push((slot, name.clone(), code));
                }
            }
            _ => {}
        }
    }
    ArrayTable {
        items,
        min_items: draft.min,
        max_items: draft.max,
        unique: draft.unique,
        ..ArrayTable::default()
    }
}
