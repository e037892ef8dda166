//! Which operations a filter keeps.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::FilterFinding;
use crate::pointer::Pointer;
use crate::report::nearest;
use crate::settings::{OperationFilter, OperationSet};

/// The members of a path item that are operations.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Names an operation within its document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OperationKey {
    pub(super) path: String,
    pub(super) method: String,
}

impl OperationKey {
    pub(super) fn new(path: &str, method: &str) -> Self {
        Self { path: path.to_owned(), method: method.to_owned() }
    }
}

/// An operation of the tree, as far as a filter looks at it.
pub(super) struct Selectable<'t> {
    key: OperationKey,
    id: Option<&'t str>,
    /// Method and path: `GET /pets`.
    title: String,
    tags: Vec<&'t str>,
    /// What `x-bulk` names: without it, nothing tells what became of the items.
    status_operation: Option<&'t str>,
}

/// Returns every operation of the tree.
pub(super) fn operations(tree: &Value) -> Vec<Selectable<'_>> {
    let paths = tree.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten().filter(|(path, _)| !path.starts_with("x-"));
    items
        .flat_map(|(path, node)| {
            let item = path_item(tree, node);
            METHODS.into_iter().filter_map(|method| Some(selectable(path, method, item.get(method)?)))
        })
        .collect()
}

fn selectable<'t>(path: &str, method: &str, operation: &'t Value) -> Selectable<'t> {
    let tags = match operation.get("tags") {
        Some(Value::Array(tags)) => tags.iter().filter_map(Value::as_str).collect(),
        tags => tags.and_then(Value::as_str).into_iter().collect(),
    };
    Selectable {
        key: OperationKey::new(path, method),
        id: operation.get("operationId").and_then(Value::as_str),
        title: format!("{} {path}", method.to_ascii_uppercase()),
        tags,
        status_operation: operation.pointer("/x-bulk/status-operation").and_then(Value::as_str),
    }
}

/// Returns the path item that a node of `paths` is or refers to.
pub(super) fn path_item<'t>(tree: &'t Value, node: &'t Value) -> &'t Value {
    const MAX_JUMPS: usize = 32;
    let mut item = node;
    for _ in 0..MAX_JUMPS {
        let reference = item.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(Pointer::parse).and_then(|target| tree.pointer(&target.to_string()));
        match target {
            Some(target) => item = target,
            None => break,
        }
    }
    item
}

/// Returns the operations that the filter keeps, and those that report on the state of one of them.
pub(super) fn kept(operations: &[Selectable<'_>], filter: &OperationFilter) -> BTreeSet<OperationKey> {
    let is_wanted = |operation: &&Selectable<'_>| {
        let is_included = filter.include.is_empty() || is_in(&filter.include, operation);
        is_included && !is_in(&filter.exclude, operation)
    };
    let wanted = || operations.iter().filter(is_wanted);
    let needed: Vec<&str> = wanted().filter_map(|operation| operation.status_operation).collect();
    let is_needed = |operation: &&Selectable<'_>| operation.id.is_some_and(|id| needed.contains(&id));
    wanted().chain(operations.iter().filter(is_needed)).map(|operation| operation.key.clone()).collect()
}

fn is_in(set: &OperationSet, operation: &Selectable<'_>) -> bool {
    KINDS.iter().any(|kind| {
        let names = (kind.names)(operation);
        (kind.patterns)(set).iter().any(|pattern| names.iter().any(|name| is_match(pattern, name)))
    })
}

/// Returns a finding for each pattern that no operation matches.
pub(super) fn unmatched(operations: &[Selectable<'_>], filter: &OperationFilter) -> Vec<FilterFinding> {
    let sets = [(true, &filter.include), (false, &filter.exclude)];
    let mut found = Vec::new();
    for (is_include, set) in sets {
        for kind in &KINDS {
            let known: BTreeSet<&str> =
                operations.iter().flat_map(|operation| (kind.names)(operation)).collect();
            for pattern in (kind.patterns)(set) {
                if !known.iter().any(|name| is_match(pattern, name)) {
                    let (pattern, near) = (pattern.clone(), nearest_pattern(pattern, &known));
                    found.push(FilterFinding::NoMatch { is_include, kind: kind.title, pattern, near });
                }
            }
        }
    }
    found
}

/// What an operation can be selected by.
struct FilterKind {
    /// Ends the sentence `no operation has ...`.
    title: &'static str,
    patterns: fn(&OperationSet) -> &[String],
    names: for<'o> fn(&'o Selectable<'_>) -> Vec<&'o str>,
}

const KINDS: [FilterKind; 3] = [
    FilterKind { title: "the tag", patterns: |set| &set.tags, names: |operation| operation.tags.clone() },
    FilterKind {
        title: "the name",
        patterns: |set| &set.operations,
        names: |operation| operation.id.into_iter().chain([&*operation.title]).collect(),
    },
    FilterKind {
        title: "the path",
        patterns: |set| &set.paths,
        names: |operation| vec![&operation.key.path],
    },
];

/// Returns whether a text is what the pattern describes, in which `*` stands for any characters.
fn is_match(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => text.strip_prefix(head).is_some_and(|tail| {
            let ends = tail.char_indices().map(|(end, _)| end).chain([tail.len()]);
            ends.into_iter().any(|end| is_match(rest, &tail[end..]))
        }),
    }
}

/// Returns the pattern that was probably meant: with the beginning of a known name before the first `*`.
fn nearest_pattern(pattern: &str, known: &BTreeSet<&str>) -> Option<String> {
    let Some(star) = pattern.find('*') else {
        return nearest(pattern, known.iter().copied()).map(str::to_owned);
    };
    let (head, rest) = pattern.split_at(star);
    let length = head.chars().count();
    let beginnings = known.iter().map(|name| {
        let end = name.char_indices().nth(length).map_or(name.len(), |(end, _)| end);
        &name[..end]
    });
    nearest(head, beginnings).filter(|near| *near != head).map(|near| format!("{near}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::{is_match, nearest_pattern};

    #[test]
    fn a_star_stands_for_any_characters() {
        let table = [
            ("/pets", "/pets", true),
            ("/pets", "/pets/{id}", false),
            ("/pets*", "/pets", true),
            ("/pets/*", "/pets/{id}/toys", true),
            ("*/toys", "/pets/{id}/toys", true),
            ("/*/toys", "/pets/{id}/toys/{toy}", false),
            ("get*Péts*", "getAllPéts", true),
            ("*a*b*", "ba", false),
            ("", "", true),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(is_match(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn the_part_before_a_star_is_corrected() {
        let known = ["/pets/{id}", "/users"].into();
        let table = [
            ("/pest/*", Some("/pets/*")),
            ("/pets/{name}*", None),
            ("/user", Some("/users")),
            ("/orders/*", None),
        ];
        for (pattern, expected) in table {
            assert_eq!(nearest_pattern(pattern, &known).as_deref(), expected, "{pattern}");
        }
    }
}
