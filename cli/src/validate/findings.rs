//! From what the validators find to what is printed: places in the file, and the lines of items.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use concur_cards::runtime::validate::codes;
use concur_cards::validators::{INVALID_JSON, TOO_MANY_ITEMS};
use concur_cards::{Severity, Violation};

use super::outcome::Counters;
use super::printer::{Finding, Printer};
use super::table::ItemTable;
use crate::input::{Kind, Position, Undecodable};

/// Takes findings and prints them.
pub(super) struct Findings {
    printer: RefCell<Printer>,
    table: RefCell<ItemTable>,
    /// The input is meant as one request.
    is_one_request: bool,
    counters: Arc<Counters>,
    /// Where and why the validators could not read on.
    stop: RefCell<Option<(Position, String)>>,
}

/// How places in the text that the validators were given are places in the file.
pub(super) trait Places {
    /// Returns the position in the file of a position in the text.
    fn position(&self, position: Position, item: Option<u64>) -> Position;

    /// Returns whether the file has no finding there: what it is about was left out, or is not for the
    /// validators to tell.
    fn is_left_out(&self, violation: &Violation) -> bool;
}

impl Findings {
    pub(super) fn new(printer: Printer, is_one_request: bool, counters: Arc<Counters>) -> Self {
        let (printer, table) = (RefCell::new(printer), RefCell::default());
        Self { printer, table, is_one_request, counters, stop: RefCell::default() }
    }

    pub(super) fn is_one_request(&self) -> bool {
        self.is_one_request
    }

    /// Notes the next item that the validators get.
    pub(super) fn begin_item(&self, line: u64, ordinal: u64) {
        self.table.borrow_mut().add(line, ordinal);
        self.counters.items.fetch_add(1, Ordering::Relaxed);
    }

    /// Forgets where items begin: a second list begins, whose items have the indices of the first once more.
    pub(super) fn forget_items(&self) {
        *self.table.borrow_mut() = ItemTable::default();
    }

    /// Prints what the validators found, unless it is about how many items go into one request and nobody
    /// asked.
    pub(super) fn add(&self, kind: Kind, violation: &Violation, places: &impl Places) {
        let path = violation.data_path();
        let is_about_size = violation.code() == TOO_MANY_ITEMS.name && path == kind.name();
        if (is_about_size && !self.is_one_request) || places.is_left_out(violation) {
            return;
        }
        let index = index(kind, path);
        let item = index.and_then(|(index, _)| self.table.borrow().get(index));
        let position = violation.position().map(|place| {
            let [offset, line, column] = [place.offset, place.line, place.column].map(|number| number as u64);
            places.position(Position { offset, line, column }, index.map(|(index, _)| index))
        });
        let is_unreadable = [INVALID_JSON.name, codes::TOO_DEEP.name].contains(&violation.code());
        if let Some(position) = position.filter(|_| is_unreadable) {
            let reason = violation.detail().unwrap_or(violation.message()).to_owned();
            *self.stop.borrow_mut() = Some((position, reason));
        }
        let path = match (index, item) {
            (Some((_, rest)), Some((_, ordinal))) => format!("{kind}[{ordinal}]{rest}"),
            _ => path.to_owned(),
        };
        self.print(&Finding {
            code: violation.code(),
            message: violation.message(),
            data_path: &path,
            severity: violation.severity(),
            position,
            item_line: item.map(|(line, _)| line),
            detail: violation.detail(),
        });
    }

    /// Prints that an item is not JSON.
    pub(super) fn add_undecodable(&self, kind: Option<Kind>, line: u64, ordinal: u64, found: &Undecodable) {
        self.print(&Finding {
            code: found.code,
            message: "The item is not valid JSON",
            data_path: &kind.map_or_else(String::new, |kind| format!("{kind}[{ordinal}]")),
            severity: Severity::Error,
            position: Some(found.position),
            item_line: Some(line),
            detail: Some(&found.reason),
        });
    }

    /// Prints that the text around the items is not JSON.
    pub(super) fn add_unreadable(&self, position: Position, reason: &str) {
        self.print(&Finding {
            code: INVALID_JSON.name,
            message: INVALID_JSON.message,
            data_path: "",
            severity: Severity::Error,
            position: Some(position),
            item_line: None,
            detail: Some(reason),
        });
    }

    /// Returns where and why the validators could not read on.
    pub(super) fn stop(&self) -> Option<(Position, String)> {
        self.stop.borrow().clone()
    }

    pub(super) fn into_printer(self) -> Printer {
        self.printer.into_inner()
    }

    fn print(&self, finding: &Finding<'_>) {
        if finding.severity != Severity::Warning {
            self.counters.errors.fetch_add(1, Ordering::Relaxed);
        }
        self.printer.borrow_mut().print(finding);
    }
}

/// The index of the item that a data path is about, and the path within it.
fn index(kind: Kind, path: &str) -> Option<(u64, &str)> {
    let (index, rest) = path.strip_prefix(kind.name())?.strip_prefix('[')?.split_once(']')?;
    Some((index.parse().ok()?, rest))
}
