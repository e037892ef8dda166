//! What a repair is, and what it reports.

use serde_json::Value;

use crate::parse::context::{Mapping, RepairContext};
use crate::parse::finding::Problem;
use crate::parse::grammar::ObjectName;
use crate::parse::node_path::NodePath;
use crate::report::{Fix, NodePart};

/// How one known defect is repaired.
pub(super) struct Repair {
    /// The code of the warning.
    pub(super) code: &'static str,
    pub(super) objects: &'static [ObjectName],
    pub(super) apply: fn(&mut Mapping, &mut Defect<'_, '_>),
}

/// A known defect of the object at a path.
pub(super) struct Defect<'d, 'w> {
    pub(super) context: &'d mut RepairContext<'w>,
    pub(super) at: &'d NodePath<'d>,
    pub(super) code: &'static str,
    /// Whether the object has all that it needs.
    pub(super) complete: bool,
}

impl Defect<'_, '_> {
    /// Reports what is wrong at a member, and how it is read.
    pub(super) fn read_as(&mut self, key: &str, what: impl Into<String>, reading: impl Into<String>) {
        self.context.repaired(&self.at.key(key), self.code, what, reading);
    }

    /// Reports what is wrong at a member whose value is a scalar, how it is read, and how to write that.
    pub(super) fn mended(
        &mut self,
        key: &str,
        what: impl Into<String>,
        reading: impl Into<String>,
        fix: Option<Fix>,
    ) {
        self.context.mended(&self.at.key(key), self.code, what, reading, fix);
    }

    /// Reports why a member is left out.
    pub(super) fn ignored(&mut self, key: &str, what: impl Into<String>, help: Option<&str>) {
        let (what, reading) = (what.into(), "it is ignored".to_owned());
        let help = help.map(str::to_owned);
        let (code, part) = (self.code, NodePart::Key);
        self.push(key, &Problem::Repaired { code, part, what, reading, help, fix: None });
    }

    pub(super) fn push(&mut self, key: &str, problem: &Problem) {
        self.context.push(&self.at.key(key), problem);
    }
}

/// Returns a member that is a text.
pub(super) fn text<'m>(members: &'m Mapping, key: &str) -> Option<&'m str> {
    members.get(key).and_then(Value::as_str)
}
