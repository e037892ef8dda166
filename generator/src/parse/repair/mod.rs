//! Known defects of real documents: each with the code of its warning, and the reading that is taken.

mod defect;
mod enumeration;
mod limits;
mod parameter;
mod schema;
mod security;
mod various;

use super::context::{Mapping, RepairContext};
use super::grammar::ObjectDef;
use super::node_path::NodePath;

use self::defect::{Defect, Repair};

/// In the order of application: a later one may rely on an earlier one.
static REPAIRS: &[&[Repair]] = &[
    schema::REPAIRS,
    limits::REPAIRS,
    enumeration::REPAIRS,
    parameter::REPAIRS,
    security::REPAIRS,
    various::REPAIRS,
];

/// Repairs the members of an object. Returns false, after an error, if one that it needs is missing.
pub(super) fn repair(
    at: &NodePath<'_>,
    object: &ObjectDef,
    members: &mut Mapping,
    context: &mut RepairContext<'_>,
) -> bool {
    let mut complete = true;
    for repair in REPAIRS.iter().copied().flatten() {
        if repair.objects.contains(&object.name) {
            let mut defect = Defect { context, at, code: repair.code, complete: true };
            (repair.apply)(members, &mut defect);
            complete &= defect.complete;
        }
    }
    complete
}
