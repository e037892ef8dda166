//! What is handed out: items and the outline go in, violations come out with their places in the body.

use super::Tally;
use super::outline::Outline;
use super::plan::List;
use super::waiting::Waiting;
use crate::validate::cursor::Reason;
use crate::validate::engine::array::Rows;
use crate::validate::engine::core::Core;
use crate::validate::engine::finding::Finding;
use crate::validate::engine::path::Step;
use crate::validate::engine::report::{Source, finish, place_of, unreadable};
use crate::validate::engine::{raw, value};
use crate::validate::{Definition, Schema, Validation};
use crate::violations::{Code, Place, Severity, Violation};

/// A list that is open.
#[derive(Debug)]
pub(super) struct Open {
    list: List,
    rows: Rows,
    core: Core,
    place: Place,
    count: u64,
    waiting: Waiting,
}

/// Counts the findings and hands them out.
pub(super) struct Report<'a, F> {
    options: &'a Validation,
    definition: &'static Definition,
    found: F,
    pub(super) tally: Tally,
    /// Lists that are long enough, though not in the outline: where they stand, and the code of what they are
    /// not.
    enough: Vec<(Place, &'static Code)>,
}

impl<'a, F: FnMut(Violation)> Report<'a, F> {
    pub(super) fn new(options: &'a Validation, definition: &'static Definition, found: F) -> Self {
        Self { options, definition, found, tally: Tally::default(), enough: Vec::new() }
    }

    /// A list begins.
    pub(super) fn begin(list: List, place: Place) -> Open {
        let mut core = Core::default();
        if let Some(field) = list.field {
            core.path.enter();
            core.path.go(Step::Field(field));
        }
        let rows = core.begin_array(list.array, place.offset as u64);
        Open { list, rows, core, place, count: 0, waiting: Waiting::default() }
    }

    /// The next item, which is JSON. It is held to its table, and to the items before it.
    pub(super) fn item(&mut self, open: &mut Open, item: &str, place: Place) {
        let (core, key) = (&mut open.core, place.offset as u64);
        core.begin_item(&mut open.rows);
        open.count += 1;
        if let Some(schema) = open.list.array.items {
            // The window has seen that it is JSON.
            raw::run(core, schema, item, key).unwrap_or_default();
        }
        if open.list.array.unique.is_some() {
            let mut encoded = Vec::new();
            value::encode_json(item, 0, &mut encoded);
            core.item_value(&open.rows, &encoded, key);
        }
        core.end_item(&open.rows);
        let Place { offset, line, column } = place;
        let source = Source { bytes: item.as_bytes(), offset, line, column };
        let (earlier, own) =
            std::mem::take(&mut core.findings).into_iter().partition(|found| found.key < key);
        let violations = finish(own, self.options, Some(source));
        let has_findings = !violations.is_empty();
        self.tally.items += 1;
        self.tally.items_with_findings += u64::from(has_findings);
        self.say_of_earlier(earlier, &mut open.waiting);
        self.say(violations);
        let mut keys: Vec<u64> = core.waiting_references(&open.rows).collect();
        keys.sort_unstable();
        for key in keys {
            open.waiting.add(place_of(source, key), open.count, has_findings);
        }
    }

    /// What the item at hand means for items before it.
    fn say_of_earlier(&mut self, mut findings: Vec<Finding>, waiting: &mut Waiting) {
        findings.sort_by_key(|found| found.key);
        for finding in findings {
            let told = waiting.tell(finding.key);
            let violations = finish(vec![finding], self.options, None);
            if let Some((place, is_first)) = told {
                self.tally.items_with_findings += u64::from(is_first && !violations.is_empty());
                self.say(violations.into_iter().map(|violation| violation.at(place)));
            }
        }
    }

    /// The list is over.
    pub(super) fn end(&mut self, mut open: Open) {
        let array = open.list.array;
        if open.count >= u64::from(array.min) {
            self.enough.extend(array.too_few.map(|code| (open.place, code)));
        }
        open.core.end_array(open.rows);
        let mut findings = open.core.findings;
        // That one is told of the outline too, where it stands among the others.
        findings.retain(|_| open.count > u64::from(array.max));
        let violations = finish(findings, self.options, None);
        self.say(violations.into_iter().map(|violation| violation.at(open.place)));
    }

    /// Holds the outline to the table of the body.
    pub(super) fn outline(&mut self, schema: &'static Schema, outline: &Outline) {
        let enough = std::mem::take(&mut self.enough);
        let violations = self.options.body(schema, self.definition, outline.text());
        self.say(violations.into_iter().filter_map(|violation| {
            let Some(place) = violation.place().and_then(|place| outline.place(place.offset)) else {
                return Some(violation);
            };
            let is_enough = |(list, code): &(Place, &Code)| *list == place && violation.code() == code.name;
            (!enough.iter().any(is_enough)).then(|| violation.at(place))
        }));
    }

    /// The body can't be read on.
    pub(super) fn fault(&mut self, reason: Reason, place: Place) {
        self.say([unreadable(reason, self.definition).at(place)]);
    }

    fn say(&mut self, violations: impl IntoIterator<Item = Violation>) {
        for violation in violations {
            match violation.severity() {
                Severity::Error => self.tally.errors += 1,
                Severity::Warning => self.tally.warnings += 1,
            }
            (self.found)(violation);
        }
    }
}
