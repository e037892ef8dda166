//! Known defects of documents in the wild: each with its name, and the reading that is taken.

mod enumeration;
mod limits;
mod parameter;
mod schema;
mod security;
mod various;

use serde_json::Value;

use super::desk::{At, Desk, Members};
use super::finding::Problem;
use super::grammar::{Kind, Object};
use crate::report::Part;

/// One known defect.
struct Repair {
    /// The code of the warning.
    name: &'static str,
    kinds: &'static [Kind],
    apply: fn(&mut Members, &mut Bench<'_, '_>),
}

/// In the order in which they are looked for: a later one may rely on what an earlier one made.
static REPAIRS: &[&[Repair]] = &[
    schema::REPAIRS,
    limits::REPAIRS,
    enumeration::REPAIRS,
    parameter::REPAIRS,
    security::REPAIRS,
    various::REPAIRS,
];

/// Mends the members of an object.
pub(super) fn repair(at: &At<'_>, object: &Object, members: &mut Members, desk: &mut Desk<'_>) {
    for repair in REPAIRS.iter().copied().flatten() {
        if repair.kinds.contains(&object.kind) {
            (repair.apply)(members, &mut Bench { desk, at, name: repair.name });
        }
    }
}

/// What one repair works with.
struct Bench<'d, 'w> {
    desk: &'d mut Desk<'w>,
    at: &'d At<'d>,
    name: &'static str,
}

impl Bench<'_, '_> {
    /// Says what was wrong at a member, and how it is read.
    fn took(&mut self, key: &str, what: impl Into<String>, reading: impl Into<String>) {
        self.desk.repaired(&self.at.key(key), self.name, what, reading);
    }

    /// Says why a member is left out.
    fn ignored(&mut self, key: &str, what: impl Into<String>, help: Option<&str>) {
        let (what, reading) = (what.into(), "it is ignored".to_owned());
        let help = help.map(str::to_owned);
        self.push(key, &Problem::Repaired { code: self.name, part: Part::Key, what, reading, help });
    }

    fn push(&mut self, key: &str, problem: &Problem) {
        self.desk.push(&self.at.key(key), problem);
    }
}

fn text<'m>(members: &'m Members, key: &str) -> Option<&'m str> {
    members.get(key).and_then(Value::as_str)
}
