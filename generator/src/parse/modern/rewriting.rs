//! What the rewriting of a schema reads and changes: the version, the places of nodes, and the report.

use crate::parse::finding::Problem;
use crate::parse::node_path::NodePath;
use crate::parse::version::Version;
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report};
use crate::source::SourceFiles;

/// What every rewriting shares.
pub(super) struct Rewriting<'r> {
    pub(super) version: Version,
    files: &'r mut SourceFiles,
    report: &'r mut Report,
}

impl<'r> Rewriting<'r> {
    pub(super) fn new(version: Version, files: &'r mut SourceFiles, report: &'r mut Report) -> Self {
        Self { version, files, report }
    }

    /// Returns whether schemas follow JSON Schema 2020-12.
    pub(super) fn is_modern(&self) -> bool {
        self.version >= Version::V31
    }

    /// States that a node is from another place of the same tree.
    pub(super) fn moved(&mut self, to: &Pointer, from: &Pointer) {
        let origin = self.files.origin(from);
        self.files.set_origin(to, origin);
    }

    /// Reports a form of OpenAPI 3.1 in a document of 3.0; in others it is as it should be.
    pub(super) fn newer(&mut self, at: &NodePath<'_>, code: &'static str, what: &str, reading: &str) {
        if !self.is_modern() {
            self.repaired(at, code, what, reading);
        }
    }

    /// Reports a form of OpenAPI 3.0 in a document of a later version.
    pub(super) fn older(&mut self, at: &NodePath<'_>, what: &str, reading: &str) {
        if self.is_modern() {
            self.repaired(at, "older-keyword", what, reading);
        }
    }

    pub(super) fn report(&mut self, at: &NodePath<'_>, finding: &impl Finding) {
        self.report.push(&at.pointer(), finding);
    }

    /// Reports what is read otherwise than it stands there.
    pub(super) fn repaired(&mut self, at: &NodePath<'_>, code: &'static str, what: &str, reading: &str) {
        let (what, reading) = (what.to_owned(), reading.to_owned());
        let problem = Problem::Repaired { code, part: NodePart::Value, what, reading, help: None, fix: None };
        self.report(at, &problem);
    }
}
