//! The nodes of a text with their spans. `yaml` and `json` build it, and pointers are looked up in it.

use std::borrow::Cow;
use std::ops::Range;

use crate::pointer::Pointer;

/// Every node of a text, without the values.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// The root is the first; empty for an empty text.
    nodes: Vec<Node<'a>>,
}

/// The node that a pointer names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// `None` for the root and for entries of sequences.
    pub(crate) key: Option<Range<usize>>,
    pub(crate) value: Range<usize>,
    /// A mapping or a sequence.
    pub(crate) collection: bool,
    /// False: there is no such node, and this is the nearest one around it.
    pub(crate) exact: bool,
}

#[derive(Debug)]
struct Node<'a> {
    key: Option<(Cow<'a, str>, Range<usize>)>,
    value: Range<usize>,
    shape: NodeShape,
    first: Option<usize>,
    next: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeShape {
    Scalar,
    Mapping,
    Sequence,
    /// The node that the alias stands for.
    Alias(usize),
}

/// A chain of merge keys longer than this is a cycle.
const MERGE_LIMIT: usize = 32;

impl Outline<'_> {
    /// Returns the node at `pointer`, or the nearest node around it.
    pub(crate) fn find(&self, pointer: &Pointer) -> Found {
        let mut at = 0;
        for token in pointer.tokens() {
            match self.child(self.target(at), token) {
                Some(child) => at = child,
                None => return self.found(at, false),
            }
        }
        self.found(at, true)
    }

    /// Returns the spans of all keys of `pointer`, in the order of the text: several if the key is repeated.
    pub(crate) fn repeated(&self, pointer: &Pointer) -> Vec<Range<usize>> {
        let (Some(parent), Some(name)) = (pointer.parent(), pointer.last()) else { return Vec::new() };
        let mut at = 0;
        for token in parent.tokens() {
            match self.child(self.target(at), token) {
                Some(child) => at = child,
                None => return Vec::new(),
            }
        }
        let keys = self.children(self.target(at)).filter_map(|child| self.nodes[child].key.as_ref());
        keys.filter(|(text, _)| text == name).map(|(_, span)| span.clone()).collect()
    }

    fn found(&self, index: usize, exact: bool) -> Found {
        let Some(node) = self.nodes.get(index) else {
            return Found { key: None, value: 0..0, collection: false, exact };
        };
        Found {
            key: node.key.as_ref().map(|(_, span)| span.clone()),
            value: node.value.clone(),
            collection: matches!(node.shape, NodeShape::Mapping | NodeShape::Sequence),
            exact,
        }
    }

    fn target(&self, index: usize) -> usize {
        match self.nodes.get(index).map(|node| node.shape) {
            Some(NodeShape::Alias(target)) => target,
            _ => index,
        }
    }

    fn child(&self, parent: usize, token: &str) -> Option<usize> {
        match self.nodes.get(parent)?.shape {
            NodeShape::Mapping => self.member(parent, token, MERGE_LIMIT),
            NodeShape::Sequence => self.children(parent).nth(token.parse().ok()?),
            NodeShape::Scalar | NodeShape::Alias(_) => None,
        }
    }

    fn member(&self, mapping: usize, name: &str, limit: usize) -> Option<usize> {
        self.named(mapping, name).or_else(|| {
            let merged = self.target(self.named(mapping, "<<")?);
            let limit = limit.checked_sub(1)?;
            match self.nodes[merged].shape {
                NodeShape::Mapping => self.member(merged, name, limit),
                NodeShape::Sequence => {
                    self.children(merged).find_map(|entry| self.member(self.target(entry), name, limit))
                }
                NodeShape::Scalar | NodeShape::Alias(_) => None,
            }
        })
    }

    fn named(&self, mapping: usize, name: &str) -> Option<usize> {
        self.children(mapping).find(|child| {
            let key = &self.nodes[*child].key;
            key.as_ref().is_some_and(|(text, _)| text == name)
        })
    }

    fn children(&self, parent: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.nodes[parent].first, |child| self.nodes[*child].next)
    }
}

/// Collects the nodes of a text in the order in which a parser meets them.
#[derive(Debug, Default)]
pub(super) struct OutlineBuilder<'a> {
    nodes: Vec<Node<'a>>,
    open: Vec<Open<'a>>,
}

#[derive(Debug)]
struct Open<'a> {
    node: usize,
    last: Option<usize>,
    key: Option<(Cow<'a, str>, Range<usize>)>,
}

impl<'a> OutlineBuilder<'a> {
    /// Returns whether the next node is the key of an entry.
    pub(super) fn expects_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.key.is_none() && self.nodes[open.node].shape == NodeShape::Mapping)
    }

    pub(super) fn key(&mut self, text: Cow<'a, str>, span: Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some((text, span));
        }
    }

    /// Adds a node without children, and returns its index.
    pub(super) fn leaf(&mut self, shape: NodeShape, span: Range<usize>) -> usize {
        let index = self.nodes.len();
        let key = self.open.last_mut().and_then(|open| open.key.take());
        self.nodes.push(Node { key, value: span, shape, first: None, next: None });
        if let Some(open) = self.open.last_mut() {
            match open.last.replace(index) {
                Some(last) => self.nodes[last].next = Some(index),
                None => self.nodes[open.node].first = Some(index),
            }
        }
        index
    }

    /// Opens a mapping or a sequence, and returns its index.
    pub(super) fn begin(&mut self, shape: NodeShape, start: usize) -> usize {
        let node = self.leaf(shape, start..start);
        self.open.push(Open { node, last: None, key: None });
        node
    }

    /// Closes the innermost mapping or sequence. `None`: it ends where its last child ends.
    pub(super) fn end(&mut self, end: Option<usize>) {
        let Some(open) = self.open.pop() else { return };
        let inner = open.last.map(|last| self.nodes[last].value.end);
        let node = &mut self.nodes[open.node];
        let start = node.value.start;
        node.value.end = end.or(inner).unwrap_or(start).max(start);
    }

    /// Returns the nodes so far. Open nodes end at their last child.
    pub(super) fn finish(mut self) -> Outline<'a> {
        while !self.open.is_empty() {
            self.end(None);
        }
        Outline { nodes: self.nodes }
    }

    /// Returns the nodes so far, every offset mapped by `convert`.
    pub(super) fn finish_with(self, convert: impl Fn(usize) -> usize) -> Outline<'a> {
        let mut outline = self.finish();
        for node in &mut outline.nodes {
            node.value = convert(node.value.start)..convert(node.value.end);
            if let Some((_, span)) = &mut node.key {
                *span = convert(span.start)..convert(span.end);
            }
        }
        outline
    }
}
