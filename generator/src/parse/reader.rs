//! The state of reading a text: the path, the limits, and the notes.

use serde::de::Error;
use serde_json::{Map, Number, Value};

use crate::pointer::Pointer;
use crate::source::{Format, Position};

/// Deeper documents are refused, since every stage recurses; the deepest of 31 real documents has 33 levels.
pub(super) const DEPTH_LIMIT: usize = 64;
/// Aliases may repeat nodes, but not so often that a small text becomes a large tree.
const NODE_LIMIT: usize = 250_000;

/// Something about the text that its tree does not show.
#[derive(Debug)]
pub(super) enum Note {
    RepeatedKey {
        at: Pointer,
        same: bool,
    },
    Tag {
        at: Pointer,
        tag: String,
    },
    Merge {
        at: Pointer,
    },
    /// A limit or a value of `enum` that is read as a binary float.
    Float {
        at: Pointer,
        value: Number,
    },
    BeyondNumbers {
        at: Pointer,
        text: String,
    },
}

/// Why there is no tree.
#[derive(Debug)]
pub(super) enum Stop {
    Depth(Pointer),
    Nodes(Pointer),
    /// The message of the parser, and its position where it has one.
    Syntax(String, Option<Position>),
}

/// What is read so far.
pub(super) struct TreeReader<'n> {
    pub(super) format: Format,
    pub(super) notes: &'n mut Vec<Note>,
    pub(super) path: Vec<TreeStep>,
    budget: usize,
    stop: Option<Stop>,
}

pub(super) enum TreeStep {
    Key(String),
    Index(usize),
}

impl<'n> TreeReader<'n> {
    /// Of a text of this length.
    pub(super) fn new(format: Format, length: usize, notes: &'n mut Vec<Note>) -> Self {
        let budget = NODE_LIMIT.max(length.saturating_mul(10));
        Self { format, notes, path: Vec::new(), budget, stop: None }
    }

    /// Why reading was given up, if it was not the parser that did.
    pub(super) fn stopped(&mut self) -> Option<Stop> {
        self.stop.take()
    }

    pub(super) fn here(&self) -> Pointer {
        let token = |step: &TreeStep| match step {
            TreeStep::Key(key) => key.clone(),
            TreeStep::Index(index) => index.to_string(),
        };
        Pointer::from_tokens(self.path.iter().map(token).collect())
    }

    /// Notes a binary float if its digits matter: a limit, or a value of `enum`.
    pub(super) fn note_float(&mut self, value: &Number) {
        let is_in_enum =
            matches!(&self.path[..], [.., TreeStep::Key(name), TreeStep::Index(_)] if name == "enum");
        let is_limit = matches!(self.path.last(), Some(TreeStep::Key(name))
            if matches!(&**name, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "const"));
        if is_limit || is_in_enum {
            let at = self.here();
            self.notes.push(Note::Float { at, value: value.clone() });
        }
    }

    pub(super) fn spend<E: Error>(&mut self, text: usize) -> Result<(), E> {
        match self.budget.checked_sub(1 + text / 16) {
            Some(rest) => self.budget = rest,
            None => return Err(self.stop(Stop::Nodes(self.here()))),
        }
        Ok(())
    }

    pub(super) fn enter<E: Error>(&mut self) -> Result<(), E> {
        if self.path.len() < DEPTH_LIMIT { Ok(()) } else { Err(self.stop(Stop::Depth(self.here()))) }
    }

    fn stop<E: Error>(&mut self, stop: Stop) -> E {
        self.stop.get_or_insert(stop);
        E::custom("stopped")
    }

    /// Adds an entry; the first of a repeated key is kept.
    pub(super) fn insert(&mut self, members: &mut Map<String, Value>, key: String, value: Value) {
        if let Some(first) = members.get(&key) {
            let same = *first == value;
            self.path.push(TreeStep::Key(key));
            let at = self.here();
            self.path.pop();
            self.notes.push(Note::RepeatedKey { at, same });
        } else {
            members.insert(key, value);
        }
    }

    /// YAML's `<<`: entries of other mappings, where this one has none of the name.
    pub(super) fn merge(&mut self, members: &mut Map<String, Value>, merged: Value) {
        let mappings = match merged {
            Value::Array(entries) => entries,
            one => vec![one],
        };
        for mapping in mappings {
            let Value::Object(mapping) = mapping else {
                let at = self.here();
                self.notes.push(Note::Merge { at });
                continue;
            };
            for (key, value) in mapping {
                members.entry(key).or_insert(value);
            }
        }
    }
}
