//! What the walk and the repairs share: the texts, and the report.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Number, Value};

use super::finding::Problem;
use super::node_path::NodePath;
use super::version::Version;
use crate::decimal::Decimal;
use crate::pointer::Pointer;
use crate::report::{Fix, NodePart, Report};
use crate::source::{FileId, Outline, SourceFiles};

/// The members of a mapping.
pub(super) type Mapping = Map<String, Value>;

/// The texts that the tree was read from, and the report.
pub(super) struct RepairContext<'w> {
    files: &'w SourceFiles,
    outlines: BTreeMap<FileId, OnceCell<Outline<'w>>>,
    report: &'w mut Report,
    pub(super) version: Version,
    /// `components.callbacks`: openapiv3 knows no `$ref` to them.
    pub(super) callbacks: Mapping,
    /// What can't be read when the run goes on. A stub keeps the index of an entry of a list.
    pub(super) left_out: BTreeSet<Pointer>,
    /// Numbers that the tree has with fewer digits than the document.
    pub(super) exact: BTreeMap<Pointer, Decimal>,
    /// Schemas of keywords that openapiv3 does not have.
    pub(super) subschemas: BTreeSet<Pointer>,
}

impl<'w> RepairContext<'w> {
    pub(super) fn new(
        version: Version,
        files: &'w SourceFiles,
        report: &'w mut Report,
        callbacks: Mapping,
    ) -> Self {
        let outlines = files.all().map(|(file, _)| (file, OnceCell::new())).collect();
        let (left_out, exact) = (BTreeSet::new(), BTreeMap::new());
        let subschemas = BTreeSet::new();
        Self { files, outlines, report, version, callbacks, left_out, exact, subschemas }
    }

    /// Returns whether the run goes on without what can't be read.
    pub(super) fn keeps_going(&self) -> bool {
        self.report.keep_going
    }

    pub(super) fn push(&mut self, at: &NodePath<'_>, problem: &Problem) {
        self.report.push(&at.pointer(), problem);
    }

    /// Reports that a known defect was read in a certain way.
    pub(super) fn repaired(
        &mut self,
        at: &NodePath<'_>,
        code: &'static str,
        what: impl Into<String>,
        reading: impl Into<String>,
    ) {
        self.mended(at, code, what, reading, None);
    }

    /// Reports the same of a scalar, with the text that would be read alike without a warning.
    pub(super) fn mended(
        &mut self,
        at: &NodePath<'_>,
        code: &'static str,
        what: impl Into<String>,
        reading: impl Into<String>,
        fix: Option<Fix>,
    ) {
        let (what, reading, part) = (what.into(), reading.into(), NodePart::Value);
        self.push(at, &Problem::Repaired { code, part, what, reading, help: None, fix });
    }

    /// Reads the number in a text for a node of the tree; `None` if it is none.
    pub(super) fn number_in(&mut self, at: &NodePath<'_>, text: &str) -> Option<Value> {
        let number: Number = serde_json::from_str(text.trim()).ok()?;
        let stated = Decimal::parse(text.trim()).filter(|stated| *stated != Decimal::from(&number));
        self.exact.extend(stated.map(|stated| (at.pointer(), stated)));
        Some(number.into())
    }

    /// Returns a number of the tree with all digits of the document.
    pub(super) fn digits(&self, at: &NodePath<'_>, number: &Number) -> Decimal {
        self.exact.get(&at.pointer()).cloned().unwrap_or_else(|| number.into())
    }

    /// Returns a scalar as the text writes it: `1.10` is not `1.1` where a string is expected.
    pub(super) fn text_of(&self, at: &NodePath<'_>, value: &Value) -> String {
        let origin = self.files.origin(&at.pointer());
        let source = self.files.get(origin.file);
        let found = self.outlines[&origin.file].get_or_init(|| source.outline()).find(&origin.at);
        let text = source.text[found.value].trim();
        let plain =
            found.exact && !found.collection && !text.is_empty() && !text.starts_with(['*', '&', '!']);
        if plain { text.to_owned() } else { value.to_string() }
    }
}
