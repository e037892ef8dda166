//! What is wrong with an item, told by its own name.

use std::{collections::BTreeMap, fmt};

use super::batch::Named;
use crate::{
    Violation, Violations,
    journal::{Key, RefusedItem, is_fit},
};

/// An item that was refused, and why.
///
/// `Debug` and `Display` show its key, codes and data paths. They show no message, for the service may repeat a value in
/// one.
#[derive(Clone)]
#[non_exhaustive]
pub struct ItemFault {
    /// Which one.
    pub key: Key,
    /// Where it stood in what the caller sent, from 0.
    pub place: u64,
    /// Who refused it.
    pub by: RefusedBy,
    /// Why. Data paths begin in the item: `type` where the service said `transactions[17].type`.
    pub violations: Violations,
}

/// Who refused an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusedBy {
    /// The validator; it was not sent.
    Validator,
    /// The service.
    Service,
}

/// What is said of the items of a list, and what is said of the list itself.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// By place in the list.
    pub(super) items: BTreeMap<usize, Violations>,
    pub(super) others: Violations,
}

impl Sorted {
    /// Sorts errors by the items of the list in this member, of which there are so many.
    pub(super) fn of(violations: &Violations, member: &str, count: usize) -> Self {
        let mut sorted = Self::default();
        for found in violations.by_item() {
            let is_of_list = found.path.strip_prefix(member).is_some_and(|rest| rest.starts_with('['));
            let place = found.index.filter(|place| is_of_list && *place < count);
            let errors = found
                .violations
                .into_iter()
                .filter(|violation| violation.severity() == crate::Severity::Error);
            match place {
                Some(place) => {
                    let mut errors = errors.map(|violation| within(violation, found.path.len())).peekable();
                    if errors.peek().is_some() {
                        sorted.items.entry(place).or_default().extend(errors);
                    }
                }
                None => sorted.others.extend(errors.cloned()),
            }
        }
        sorted
    }
}

/// The violation with a path that begins behind the first bytes.
fn within(violation: &Violation, start: usize) -> Violation {
    let path = violation.data_path().get(start..).unwrap_or_default();
    let path = path.strip_prefix('.').unwrap_or(path).to_owned();
    let code = violation.code().to_owned();
    let new = Violation::with_parts(code, violation.message().to_owned(), path, violation.severity());
    match violation.detail() {
        Some(detail) => new.because(detail.to_owned()),
        None => new,
    }
}

/// The codes, each once, in the order in which they are met.
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
    pub(super) fn new(name: &Named, by: RefusedBy, violations: Violations) -> Self {
        Self { key: name.key.clone(), place: name.place, by, violations }
    }

    /// As the journal has it.
    pub(super) fn refused(&self) -> RefusedItem {
        RefusedItem { key: self.key.clone(), codes: codes(&self.violations) }
    }
}

impl fmt::Display for ItemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.key)?;
        for (number, violation) in self.violations.iter().enumerate() {
            let plain = |text| if is_fit(text) { text } else { "[not readable]" };
            let separator = if number == 0 { "" } else { ", " };
            write!(f, "{separator}{}", plain(violation.code()))?;
            if !violation.data_path().is_empty() {
                write!(f, " at {}", plain(violation.data_path()))?;
            }
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
    use crate::Code;

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
        let sorted = Sorted::of(&violations, "pets", 2);
        let paths = |violations: &Violations| -> Vec<String> {
            violations.iter().map(|violation| violation.data_path().to_owned()).collect()
        };
        let items: Vec<_> = sorted.items.iter().map(|(place, found)| (*place, paths(found))).collect();
        let expected = |paths: &[&str]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(items, [(0, expected(&["taxes[2].type"])), (1, expected(&["name", "", "[\"a.b\"]"]))]);
        assert_eq!(paths(&sorted.others), ["pets[2]", "pets", "", "cats[0].name"].map(String::from));

        let name = Named { key: Key::verbatim("rex"), place: 4 };
        let fault = ItemFault::new(&name, RefusedBy::Service, sorted.items[&1].clone());
        assert_eq!(fault.to_string(), "rex: code at name, code, code at [\"a.b\"]");
        assert_eq!(fault.refused().codes, ["code"]);
        assert!(!format!("{fault:?}").contains("4111"));
    }
}
