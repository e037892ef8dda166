//! The nodes that a query selects.

use std::collections::BTreeSet;

use serde_json::Value;

use super::json_path::{JsonPath, PathOperand, PathSegment, PathSelector, PathTest};
use crate::pointer::Pointer;

type Node<'t> = (Pointer, &'t Value);

/// Returns the pointers of the selected nodes, each once: a node before those below it, and lists in their
/// order.
pub(super) fn select(tree: &Value, path: &JsonPath) -> Vec<Pointer> {
    let mut nodes: Vec<Node<'_>> = vec![(Pointer::root(), tree)];
    for segment in &path.segments {
        nodes = step(nodes, segment);
    }
    let mut found: Vec<Pointer> = nodes.into_iter().map(|(at, _)| at).collect();
    found.sort_by_cached_key(order);
    found.dedup();
    found
}

/// The tokens of a pointer, indexes as numbers.
fn order(at: &Pointer) -> Vec<(Option<usize>, String)> {
    at.tokens().iter().map(|token| (token.parse().ok(), token.clone())).collect()
}

/// Returns the first name of the query that selects nothing, and the nodes that do not have it.
pub(super) fn first_missing<'p, 't>(
    tree: &'t Value,
    path: &'p JsonPath,
) -> Option<(&'p str, Vec<&'t Value>)> {
    let mut nodes: Vec<Node<'_>> = vec![(Pointer::root(), tree)];
    for segment in &path.segments {
        let next = step(nodes.clone(), segment);
        if next.is_empty() {
            let name = segment.selectors.iter().find_map(|selector| match selector {
                PathSelector::Name(name) => Some(name.as_str()),
                _ => None,
            });
            return Some((name?, nodes.into_iter().map(|(_, node)| node).collect()));
        }
        nodes = next;
    }
    None
}

fn step<'t>(nodes: Vec<Node<'t>>, segment: &PathSegment) -> Vec<Node<'t>> {
    let around = if segment.is_descendant { with_descendants(nodes) } else { nodes };
    let mut found = Vec::new();
    for node in &around {
        for selector in &segment.selectors {
            match selector {
                PathSelector::Wildcard => found.extend(children(node)),
                PathSelector::Filter(test) => {
                    found.extend(children(node).into_iter().filter(|(_, child)| holds(test, child)));
                }
                step => found.extend(child(node, step)),
            }
        }
    }
    found
}

/// Returns the nodes and every node below them, each once.
fn with_descendants(nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let mut seen = BTreeSet::new();
    let mut open = nodes;
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        if seen.insert(node.0.clone()) {
            open.extend(children(&node));
            found.push(node);
        }
    }
    found
}

fn children<'t>((at, node): &Node<'t>) -> Vec<Node<'t>> {
    match node {
        Value::Object(members) => members.iter().map(|(name, child)| (at.child(name), child)).collect(),
        Value::Array(entries) => {
            entries.iter().enumerate().map(|(index, child)| (at.child(index), child)).collect()
        }
        _ => Vec::new(),
    }
}

/// The child that a name or an index selects.
fn child<'t>((at, node): &Node<'t>, step: &PathSelector) -> Option<Node<'t>> {
    match (step, node) {
        (PathSelector::Name(name), Value::Object(members)) => Some((at.child(name), members.get(name)?)),
        (PathSelector::Index(index), Value::Array(entries)) => {
            let length = i64::try_from(entries.len()).ok()?;
            let index = if *index < 0 { length.checked_add(*index)? } else { *index };
            let index = usize::try_from(index).ok()?;
            Some((at.child(index), entries.get(index)?))
        }
        _ => None,
    }
}

fn holds(test: &PathTest, node: &Value) -> bool {
    match test {
        PathTest::AnyOf(tests) => tests.iter().any(|test| holds(test, node)),
        PathTest::AllOf(tests) => tests.iter().all(|test| holds(test, node)),
        PathTest::Not(test) => !holds(test, node),
        PathTest::Exists(steps) => below(node, steps).is_some(),
        PathTest::Equal { is_equal, left, right } => {
            is_same(operand(left, node), operand(right, node)) == *is_equal
        }
    }
}

fn operand<'v>(operand: &'v PathOperand, node: &'v Value) -> Option<&'v Value> {
    match operand {
        PathOperand::Literal(value) => Some(value),
        PathOperand::Node(steps) => below(node, steps),
    }
}

/// Numbers are compared by their value: `1` is `1.0`.
fn is_same(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => {
            left == right || left.as_f64().is_some() && left.as_f64() == right.as_f64()
        }
        _ => left == right,
    }
}

fn below<'v>(node: &'v Value, steps: &[PathSelector]) -> Option<&'v Value> {
    steps.iter().try_fold((Pointer::root(), node), |node, step| child(&node, step)).map(|(_, node)| node)
}
