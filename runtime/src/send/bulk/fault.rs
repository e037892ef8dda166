//! What is wrong with an item.

use std::{collections::BTreeMap, fmt};

use super::batch::ItemId;
use crate::{
    send::journal::{ItemKey, RefusedItem, is_fit, name},
    violations::{Severity, Violation, Violations},
};

/// An item that was rejected, and why.
///
/// `Debug` and `Display` show its key, codes and data paths. They show no message, for the service may repeat
/// a value in one.
#[derive(Clone)]
#[non_exhaustive]
pub struct ItemFault {
    /// The key of the item.
    pub key: ItemKey,
    /// The ordinal of the item in the input, from 0.
    pub ordinal: u64,
    /// The line of the input that the item begins in, from 1, if that is known.
    pub line: Option<u64>,
    /// Who rejected the item.
    pub by: RefusedBy,
    /// True if the service rejected a second request with the item, and may have it from the first.
    pub sent_twice: bool,
    /// What is wrong with the item. Data paths begin in the item: `type` where the service said
    /// `transactions[17].type`.
    pub violations: Violations,
}

/// Who rejected an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusedBy {
    /// The validator. The item was not sent.
    Validator,
    /// The service.
    Service,
}

/// The violations of the items of a list, and those of the list itself.
#[derive(Debug, Default)]
pub(super) struct ViolationsByItem {
    /// By index in the list.
    pub(super) items: BTreeMap<usize, Violations>,
    pub(super) others: Violations,
}

impl ViolationsByItem {
    /// Groups the violations of one severity by the items of the list in this member, which has `count`
    /// items.
    pub(super) fn of(violations: &Violations, severity: Severity, member: &str, count: usize) -> Self {
        let mut sorted = Self::default();
        for found in violations.by_item() {
            let is_of_list = found.path.strip_prefix(member).is_some_and(|rest| rest.starts_with('['));
            let index = found.index.filter(|index| is_of_list && *index < count);
            let wanted = found.violations.into_iter().filter(|violation| violation.severity() == severity);
            match index {
                Some(index) => {
                    let mut wanted = wanted.map(|violation| within(violation, found.path.len())).peekable();
                    if wanted.peek().is_some() {
                        sorted.items.entry(index).or_default().extend(wanted);
                    }
                }
                None => sorted.others.extend(wanted.cloned()),
            }
        }
        sorted
    }
}

/// Returns the violation with a data path that begins at this offset.
fn within(violation: &Violation, start: usize) -> Violation {
    let path = violation.data_path().get(start..).unwrap_or_default();
    let path = path.strip_prefix('.').unwrap_or(path).to_owned();
    let code = violation.code().to_owned();
    let new = Violation::with_parts(code, violation.message().to_owned(), path, violation.severity());
    match violation.detail() {
        Some(detail) => new.with_detail(detail.to_owned()),
        None => new,
    }
}

/// Returns the codes without repetitions, in the order of the violations.
pub(super) fn codes(violations: &Violations) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for violation in violations {
        if codes.iter().all(|known| known != violation.code()) {
            codes.push(violation.code().to_owned());
        }
    }
    codes
}

impl ItemFault {
    pub(super) fn new(item: &ItemId, by: RefusedBy, violations: Violations) -> Self {
        Self {
            key: item.key.clone(),
            ordinal: item.ordinal,
            line: item.line,
            by,
            sent_twice: false,
            violations,
        }
    }

    /// Returns the name of the item for people: see
    /// [`ReportItem::name`](crate::send::journal::ReportItem::name).
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.key, Some(self.ordinal), self.line)
    }

    /// Returns the record of the journal for the item.
    pub(super) fn refused(&self) -> RefusedItem {
        RefusedItem { key: self.key.clone(), codes: codes(&self.violations) }
    }
}

impl fmt::Display for ItemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.name())?;
        for (number, violation) in self.violations.iter().enumerate() {
            let plain = |text| if is_fit(text) { text } else { "[not readable]" };
            let separator = if number == 0 { "" } else { ", " };
            write!(f, "{separator}{}", plain(violation.code()))?;
            if !violation.data_path().is_empty() {
                write!(f, " at {}", plain(violation.data_path()))?;
            }
        }
        if self.sent_twice {
            f.write_str(" (sent twice: the service may have it from the first request)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ItemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ItemFault").field(&self.by).field(&format_args!("{self}")).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violations::Code;

    #[test]
    fn paths_begin_in_the_item() {
        const CODE: Code = Code::error("code", "it is 4111111111111111");
        const ODD: Code = Code::warning("odd", "odd");
        let mut violations: Violations = [
            "pets[1].name",
            "pets[1]",
            "pets[0].taxes[2].type",
            "pets[2]",
            "pets",
            "cats[0].name",
            "",
            "pets[1][\"a.b\"]",
        ]
        .map(|path| Violation::new(&CODE, path))
        .into_iter()
        .collect();
        violations.push(Violation::new(&ODD, "pets[1].colour"));
        let sorted = ViolationsByItem::of(&violations, Severity::Error, "pets", 2);
        let paths = |violations: &Violations| -> Vec<String> {
            violations.iter().map(|violation| violation.data_path().to_owned()).collect()
        };
        let items: Vec<_> = sorted.items.iter().map(|(index, found)| (*index, paths(found))).collect();
        let expected = |paths: &[&str]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(items, [(0, expected(&["taxes[2].type"])), (1, expected(&["name", "", "[\"a.b\"]"]))]);
        assert_eq!(paths(&sorted.others), ["pets[2]", "pets", "", "cats[0].name"].map(String::from));

        let name = ItemId { key: ItemKey::verbatim("rex"), ordinal: 4, line: None };
        let fault = ItemFault::new(&name, RefusedBy::Service, sorted.items[&1].clone());
        assert_eq!(fault.to_string(), "rex: code at name, code, code at [\"a.b\"]");
        assert_eq!(fault.refused().codes, ["code"]);
        assert!(!format!("{fault:?}").contains("4111"));
    }
}
