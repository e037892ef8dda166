//! Violations, grouped by item.

use std::collections::HashMap;

use super::{data_path::item_end, list::Violations, violation::Violation};

/// The violations of one item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemViolations<'a> {
    /// The data path of the item: `accounts[17]`. It is empty for violations that are not within an item,
    /// such as that of a list that is too long.
    pub path: &'a str,
    /// The index of the item in its list, from 0, or `None` for violations that are not within an item.
    pub index: Option<usize>,
    /// The violations, in order and with their full data paths.
    pub violations: Vec<&'a Violation>,
}

impl Violations {
    /// Returns the violations grouped by the first index of their data paths: by account, by transaction.
    /// Groups are in the order of their first violations.
    ///
    /// ```
    /// use specwright_runtime::{Code, Violation, Violations};
    ///
    /// const MISSING: Code = Code::error("missingRequiredField", "Missing required field");
    /// let violations: Violations = ["accounts[2].id", "accounts[17].id", "accounts[2].provider"]
    ///     .map(|path| Violation::new(&MISSING, path))
    ///     .into_iter()
    ///     .collect();
    /// let items = violations.by_item();
    /// assert_eq!((items[0].path, items[0].violations.len()), ("accounts[2]", 2));
    /// assert_eq!((items[1].path, items[1].index), ("accounts[17]", Some(17)));
    /// ```
    #[must_use]
    pub fn by_item(&self) -> Vec<ItemViolations<'_>> {
        let (mut items, mut indexes): (Vec<ItemViolations<'_>>, HashMap<_, _>) = Default::default();
        for violation in self {
            let path = violation.data_path();
            let (end, index) = item_end(path).map_or((0, None), |(end, index)| (end, Some(index)));
            let path = &path[..end];
            let group = *indexes.entry(path).or_insert(items.len());
            if group == items.len() {
                items.push(ItemViolations { path, index, violations: Vec::new() });
            }
            items[group].violations.push(violation);
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violations::Code;

    #[test]
    fn groups_are_in_the_order_of_their_first_violations() {
        const CODE: Code = Code::error("code", "message");
        let paths = ["", "a[10].x", "a[2]", "a", "b[2].c[0]", "a[10]", "b[2].c[1].d"];
        let violations: Violations = paths.into_iter().map(|path| Violation::new(&CODE, path)).collect();
        let items: Vec<(&str, Option<usize>, Vec<&str>)> = violations
            .by_item()
            .into_iter()
            .map(|item| {
                (item.path, item.index, item.violations.iter().map(|found| found.data_path()).collect())
            })
            .collect();
        assert_eq!(
            items,
            [
                ("", None, vec!["", "a"]),
                ("a[10]", Some(10), vec!["a[10].x", "a[10]"]),
                ("a[2]", Some(2), vec!["a[2]"]),
                ("b[2]", Some(2), vec!["b[2].c[0]", "b[2].c[1].d"]),
            ]
        );
        assert!(Violations::default().by_item().is_empty());
    }
}
