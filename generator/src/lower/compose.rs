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
    let at = at.child(match keyword {
        Composition::AllOf => "allOf",
        Composition::OneOf => "oneOf",
        Composition::AnyOf => "anyOf",
        Composition::Not => "not",
    });
    members
        .iter()
        .enumerate()
        .map(|(index, node)| {
            schema_id(input, arena, report, &at.child(index), Origin::Member { of, keyword, index }, node)
        })
        .collect()
}

pub(super) fn union<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    of: SchemaId,
    at: &Pointer,
    keyword: Composition,
    members: &'d [ReferenceOr<openapiv3::Schema>],
) -> Option<Union> {
    let members = self::members(input, arena, report, of, at, keyword, members);
    (!members.is_empty()).then_some(Union { members })
}
