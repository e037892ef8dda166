//! `allOf`, `oneOf` and `anyOf`: the ids of their members.

use openapiv3::ReferenceOr;

use crate::api::{Composition, Origin, SchemaId, Union};
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::Arena;
use super::input::Input;
use super::refs::schema_id;

/// Declares the members of one composing keyword.
pub(super) fn members<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    of: SchemaId,
    at: &Pointer,
    keyword: Composition,
    members: &'d [ReferenceOr<openapiv3::Schema>],
) -> Vec<SchemaId> {
    let at = list(at, keyword);
    members
        .iter()
        .enumerate()
        .map(|(index, node)| {
            schema_id(input, arena, report, &at.child(index), Origin::Member { of, keyword, index }, node)
        })
        .collect()
}

/// Returns the choice of one composing keyword. There is none if a member can't be read and the run goes on:
/// a value may be that member.
pub(super) fn union<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    of: SchemaId,
    at: &Pointer,
    keyword: Composition,
    nodes: &'d [ReferenceOr<openapiv3::Schema>],
) -> Option<Union> {
    let members = members(input, arena, report, of, at, keyword, nodes);
    if report.keep_going {
        let list = list(at, keyword);
        let is_unread = |(index, id): (usize, &SchemaId)| {
            let found = &arena.schemas[*id].at;
            // What a reference does not reach stands where the reference is.
            let unresolved =
                matches!(nodes[index], ReferenceOr::Reference { .. }) && *found == list.child(index);
            unresolved || input.document.is_left_out(found)
        };
        if members.iter().enumerate().any(is_unread) {
            return None;
        }
    }
    (!members.is_empty()).then_some(Union { members })
}

/// Returns the pointer to the members of a keyword.
fn list(at: &Pointer, keyword: Composition) -> Pointer {
    at.child(match keyword {
        Composition::AllOf => "allOf",
        Composition::OneOf => "oneOf",
        Composition::AnyOf => "anyOf",
        Composition::Not => "not",
    })
}
