//! Paths to nodes of the tree, as cheap as a walk over every node needs them.

use crate::pointer::Pointer;

/// The path to a node of the tree, linked to the path of the node around it. It allocates nothing until a
/// pointer is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodePath<'a> {
    parent: Option<&'a NodePath<'a>>,
    step: PathStep<'a>,
}

#[derive(Debug, Clone, Copy)]
enum PathStep<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> NodePath<'a> {
    pub(super) const ROOT: NodePath<'static> = NodePath { parent: None, step: PathStep::Root };

    pub(super) fn key(&'a self, key: &'a str) -> NodePath<'a> {
        NodePath { parent: Some(self), step: PathStep::Key(key) }
    }

    pub(super) fn index(&'a self, index: usize) -> NodePath<'a> {
        NodePath { parent: Some(self), step: PathStep::Index(index) }
    }

    /// Returns whether the node is an entry of a list.
    pub(super) fn is_entry(&self) -> bool {
        matches!(self.step, PathStep::Index(_))
    }

    pub(super) fn pointer(&self) -> Pointer {
        let mut tokens: Vec<String> = std::iter::successors(Some(self), |at| at.parent)
            .filter_map(|at| match at.step {
                PathStep::Root => None,
                PathStep::Key(key) => Some(key.to_owned()),
                PathStep::Index(index) => Some(index.to_string()),
            })
            .collect();
        tokens.reverse();
        Pointer::from_tokens(tokens)
    }

    /// Returns what findings call the node, for the beginning of a sentence.
    pub(super) fn subject(&self) -> String {
        match (self.step, self.parent) {
            (PathStep::Root, _) => "the document".to_owned(),
            (PathStep::Key(key), _) => format!("`{key}`"),
            (PathStep::Index(index), Some(NodePath { step: PathStep::Key(key), .. })) => {
                format!("entry {} of `{key}`", index + 1)
            }
            (PathStep::Index(index), _) => format!("entry {}", index + 1),
        }
    }
}
