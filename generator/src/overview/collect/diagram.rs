//! The diagram: schemas in columns, each to the right of those that refer to it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::page::{Diagram, DiagramNode, OverviewSection, Target, TypePiece};

/// Returns the schemas that refer to others or are referred to, with these references.
pub(super) fn diagram(schemas: &[OverviewSection]) -> Diagram {
    let by_target: BTreeMap<Target, usize> =
        schemas.iter().enumerate().map(|(index, section)| (section.target, index)).collect();
    let mut edges = BTreeSet::new();
    for (from, section) in schemas.iter().enumerate() {
        let targets = references(section).filter_map(|target| by_target.get(&target));
        edges.extend(targets.filter(|to| **to != from).map(|to| (from, *to)));
    }
    let shown: BTreeSet<usize> = edges.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let index: BTreeMap<usize, usize> = shown.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let edges: Vec<(usize, usize)> = edges.iter().map(|(from, to)| (index[from], index[to])).collect();
    let columns = columns(shown.len(), &edges);
    let rows = rows(&columns, &edges);
    let nodes = shown.iter().enumerate().map(|(new, old)| DiagramNode {
        name: schemas[*old].name.clone(),
        target: schemas[*old].target,
        column: columns[new],
        row: rows[new],
    });
    Diagram {
        nodes: nodes.collect(),
        columns: columns.iter().max().map_or(0, |last| last + 1),
        rows: rows.iter().max().map_or(0, |last| last + 1),
        edges,
    }
}

/// Returns the sections that a section refers to.
pub(super) fn references(section: &OverviewSection) -> impl Iterator<Item = Target> {
    let fields = section.fields.iter().flat_map(|field| &field.type_text);
    let responses = section.responses.iter().flat_map(|(_, text)| text);
    section.kind.iter().chain(fields).chain(responses).filter_map(|piece| match piece {
        TypePiece::Link(_, target) => Some(*target),
        TypePiece::Text(_) => None,
    })
}

/// Returns the column of each node: the length of the longest way to it. An edge that closes a ring does not
/// count.
fn columns(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut next = vec![Vec::new(); nodes];
    let mut is_root = vec![true; nodes];
    for (from, to) in edges {
        next[*from].push(*to);
        is_root[*to] = false;
    }
    let roots = (0..nodes).filter(|node| is_root[*node]);
    let order = finished(&next, roots.chain((0..nodes).filter(|node| !is_root[*node])));
    let mut position = vec![0; nodes];
    for (index, node) in order.iter().rev().enumerate() {
        position[*node] = index;
    }
    let mut columns = vec![0; nodes];
    for from in order.iter().rev() {
        for to in next[*from].iter().filter(|to| position[**to] > position[*from]) {
            columns[*to] = columns[*to].max(columns[*from] + 1);
        }
    }
    columns
}

/// Returns the nodes in the order in which a walk in depth leaves them. It keeps its own stack, as ways are as
/// long as documents make them.
fn finished(next: &[Vec<usize>], starts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut seen = vec![false; next.len()];
    let mut order = Vec::with_capacity(next.len());
    for start in starts {
        let mut stack = Vec::new();
        if !std::mem::replace(&mut seen[start], true) {
            stack.push((start, 0));
        }
        while let Some((node, child)) = stack.last_mut() {
            if let Some(to) = next[*node].get(*child) {
                *child += 1;
                if !std::mem::replace(&mut seen[*to], true) {
                    stack.push((*to, 0));
                }
            } else {
                order.push(*node);
                stack.pop();
            }
        }
    }
    order
}

/// Returns the row of each node within its column: near the rows of those that refer to it.
fn rows(columns: &[usize], edges: &[(usize, usize)]) -> Vec<usize> {
    let mut rows = vec![0; columns.len()];
    let mut before = vec![Vec::new(); columns.len()];
    for (from, to) in edges.iter().filter(|(from, to)| columns[*from] < columns[*to]) {
        before[*to].push(*from);
    }
    let last = columns.iter().max().copied().unwrap_or(0);
    let mut in_column = vec![Vec::new(); last + 1];
    for (node, column) in columns.iter().enumerate() {
        in_column[*column].push(node);
    }
    for nodes in &mut in_column {
        // The mean in thousandths, which needs no floating point.
        let mean = |node: &usize| {
            let above = &before[*node];
            above.iter().map(|from| rows[*from] * 1000).sum::<usize>() / above.len().max(1)
        };
        nodes.sort_by_key(|node| (mean(node), *node));
        for (row, node) in nodes.iter().enumerate() {
            rows[*node] = row;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{columns, rows};

    #[test]
    fn a_node_is_right_of_those_that_refer_to_it_and_a_ring_ends() {
        // 0 -> 1 -> 2 -> 1, 0 -> 2, 3 alone in a ring with 4.
        let edges = [(0, 1), (1, 2), (2, 1), (0, 2), (3, 4), (4, 3)];
        let columns = columns(5, &edges);
        assert_eq!(columns[..3], [0, 1, 2]);
        assert_eq!([columns[3], columns[4]], [0, 1]);
        let rows = rows(&columns, &edges);
        let mut places: Vec<_> = columns.iter().zip(&rows).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 5, "no two nodes are at one place");
    }

    #[test]
    fn a_way_of_any_length_is_walked() {
        let edges: Vec<_> = (0..200_000).map(|node| (node, node + 1)).collect();
        assert_eq!(columns(200_001, &edges)[200_000], 200_000);
    }
}
