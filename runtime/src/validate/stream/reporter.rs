//! The reporter of a stream: items and the outline in, violations with their positions in the body out.

use super::list_mode::ListTables;
use super::outline::Outline;
use super::pending::PendingReferences;
use super::tally::Tally;
use crate::validate::definition::Definition;
use crate::validate::engine::data_path::PathSegment;
use crate::validate::engine::finding::Finding;
use crate::validate::engine::findings::FoundAll;
use crate::validate::engine::frame::ArrayFrame;
use crate::validate::engine::report::{position_of, unreadable, violations_of};
use crate::validate::engine::rule_engine::RuleEngine;
use crate::validate::engine::text_cache::TextCache;
use crate::validate::engine::{SourceText, encode_json, reader};
use crate::validate::options::Validation;
use crate::validate::scanner::SyntaxErrorKind;
use crate::validate::table::Schema;
use crate::violations::{Code, LeftOut, Position, Severity, Violation, Violations};

/// Counts the violations and hands them out.
pub(super) struct Reporter<'a, F> {
    options: &'a Validation,
    definition: &'static Definition,
    found: F,
    pub(super) tally: Tally,
    /// Lists that have enough items, though not in the outline: their positions, and the code of too few
    /// items.
    long_enough: Vec<(Position, &'static Code)>,
}

impl<'a, F: FnMut(Violation)> Reporter<'a, F> {
    pub(super) fn new(options: &'a Validation, definition: &'static Definition, found: F) -> Self {
        Self { options, definition, found, tally: Tally::default(), long_enough: Vec::new() }
    }

    /// Begins a list.
    pub(super) fn begin(&self, tables: ListTables, position: Position) -> OpenList {
        let mut engine = RuleEngine::new(self.definition, self.options);
        if let Some(field) = tables.field {
            engine.findings.path.enter();
            engine.findings.path.go_to(PathSegment::Field(field));
        }
        let frame = engine.begin_array(tables.array, position.offset as u64);
        let pending = PendingReferences::default();
        OpenList { tables, frame, engine, passed_texts: Box::default(), position, count: 0, pending }
    }

    /// Validates the next item, which is the first `end` bytes of the text and is JSON, by itself and against
    /// the items before it.
    pub(super) fn item(&mut self, list: &mut OpenList, text: &str, end: usize, position: Position) {
        let (engine, sort_key) = (&mut list.engine, position.offset as u64);
        if engine.pass_surplus_item(&mut list.frame) {
            list.count += 1;
            self.tally.items += 1;
            return;
        }
        engine.begin_item(&mut list.frame);
        list.count += 1;
        if let Some(schema) = list.tables.array.items {
            let read = reader::read(engine, &mut list.passed_texts, schema, text, sort_key);
            debug_assert_eq!(read.ok(), Some(end), "the window has seen that it is JSON");
        }
        if list.tables.array.unique.is_some() {
            let mut encoded = Vec::new();
            encode_json(text, 0, &mut encoded);
            engine.item_value(&list.frame, &encoded, sort_key);
        }
        engine.end_item(&list.frame);
        let source = SourceText { bytes: &text.as_bytes()[..end], start: position };
        let found = engine.findings.take();
        let (earlier, list_of_own) = found.list.into_iter().partition(|finding| finding.sort_key < sort_key);
        let own = FoundAll { list: list_of_own, ..found };
        let violations = violations_of(own, self.options, Some(source));
        let has_violations = !violations.is_empty() || violations.left_out() > 0;
        self.count_left_out(&violations);
        self.tally.items += 1;
        self.tally.items_with_violations += u64::from(has_violations);
        self.report_earlier(earlier, &mut list.pending);
        self.report(violations);
        let mut pending: Vec<u64> = list.engine.references.pending_of_item(&list.frame).collect();
        pending.sort_unstable();
        for sort_key in pending {
            list.pending.push(position_of(source, sort_key), list.count, has_violations);
        }
    }

    /// Reports references of earlier items, which the item at hand made forbidden.
    fn report_earlier(&mut self, mut findings: Vec<Finding>, pending: &mut PendingReferences) {
        findings.sort_by_key(|finding| finding.sort_key);
        for finding in findings {
            let reference = pending.forbid(finding.sort_key);
            let violations =
                violations_of(FoundAll { list: vec![finding], ..FoundAll::default() }, self.options, None);
            if let Some((position, is_first)) = reference {
                self.tally.items_with_violations += u64::from(is_first && !violations.is_empty());
                self.report(violations.into_iter().map(|violation| violation.at_position(position)));
            }
        }
    }

    /// Ends a list.
    pub(super) fn end(&mut self, mut list: OpenList) {
        let array = list.tables.array;
        if list.count >= u64::from(array.min) {
            self.long_enough.extend(array.too_few.map(|code| (list.position, code)));
        }
        list.engine.end_array(list.frame);
        let mut findings = list.engine.findings.take();
        // Too few items are found in the outline too, in the order of the document.
        findings.list.retain(|_| list.count > u64::from(array.max));
        let violations = violations_of(findings, self.options, None);
        self.report(violations.into_iter().map(|violation| violation.at_position(list.position)));
    }

    /// Validates the outline against the schema of the body.
    pub(super) fn outline(&mut self, schema: &'static Schema, outline: &Outline) {
        let long_enough = std::mem::take(&mut self.long_enough);
        let violations = self.options.body(schema, self.definition, outline.text());
        self.count_left_out(&violations);
        self.report(violations.into_iter().filter_map(|violation| {
            let offset = violation.position().map(|position| position.offset);
            let Some(position) = offset.and_then(|offset| outline.position_of(offset)) else {
                return Some(violation);
            };
            let is_long_enough =
                |(list, code): &(Position, &Code)| *list == position && violation.code() == code.name;
            (!long_enough.iter().any(is_long_enough)).then(|| violation.at_position(position))
        }));
    }

    /// Reports that the body is not JSON.
    pub(super) fn syntax_error(&mut self, kind: SyntaxErrorKind, position: Position) {
        self.report([unreadable(kind, self.definition).at_position(position)]);
    }

    fn count_left_out(&mut self, violations: &Violations) {
        let LeftOut { errors, warnings } = violations.left_out_by_severity();
        self.tally.errors += errors as u64;
        self.tally.warnings += warnings as u64;
        self.tally.left_out += violations.left_out() as u64;
    }

    fn report(&mut self, violations: impl IntoIterator<Item = Violation>) {
        for violation in violations {
            match violation.severity() {
                Severity::Error => self.tally.errors += 1,
                Severity::Warning => self.tally.warnings += 1,
            }
            (self.found)(violation);
        }
    }
}

/// A list that is open.
#[derive(Debug)]
pub(super) struct OpenList {
    tables: ListTables,
    frame: ArrayFrame,
    engine: RuleEngine,
    passed_texts: Box<TextCache>,
    position: Position,
    count: u64,
    pending: PendingReferences,
}
