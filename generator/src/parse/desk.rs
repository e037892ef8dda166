//! What the walk and the repairs work with: the place where they are, the text, and the report.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::finding::Problem;
use crate::pointer::Pointer;
use crate::report::{Part, Report};
use crate::source::{Outline, Source};

/// The members of a mapping.
pub(super) type Members = Map<String, Value>;

/// A place in the tree, linked to the places around it; costs nothing until a pointer is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub(super) const ROOT: At<'static> = At { parent: None, step: Step::Root };

    pub(super) fn key(&'a self, key: &'a str) -> At<'a> {
        At { parent: Some(self), step: Step::Key(key) }
    }

    pub(super) fn index(&'a self, index: usize) -> At<'a> {
        At { parent: Some(self), step: Step::Index(index) }
    }

    pub(super) fn pointer(&self) -> Pointer {
        let mut tokens: Vec<String> = std::iter::successors(Some(self), |at| at.parent)
            .filter_map(|at| match at.step {
                Step::Root => None,
                Step::Key(key) => Some(key.to_owned()),
                Step::Index(index) => Some(index.to_string()),
            })
            .collect();
        tokens.reverse();
        Pointer::from_tokens(tokens)
    }

    /// The place in words, for the beginning of a sentence.
    pub(super) fn subject(&self) -> String {
        match (self.step, self.parent) {
            (Step::Root, _) => "the document".to_owned(),
            (Step::Key(key), _) => format!("`{key}`"),
            (Step::Index(index), Some(At { step: Step::Key(key), .. })) => {
                format!("entry {} of `{key}`", index + 1)
            }
            (Step::Index(index), _) => format!("entry {}", index + 1),
        }
    }
}

/// The text that the tree was read from, and where findings go.
pub(super) struct Desk<'w> {
    source: &'w Source,
    outline: OnceCell<Outline<'w>>,
    report: &'w mut Report,
    /// `components.callbacks`: openapiv3 knows no `$ref` to them.
    pub(super) callbacks: Members,
}

impl<'w> Desk<'w> {
    pub(super) fn new(source: &'w Source, report: &'w mut Report, callbacks: Members) -> Self {
        Self { source, outline: OnceCell::new(), report, callbacks }
    }

    pub(super) fn push(&mut self, at: &At<'_>, problem: &Problem) {
        self.report.push(&at.pointer(), problem);
    }

    /// Notes that a known defect was read in a certain way.
    pub(super) fn repaired(
        &mut self,
        at: &At<'_>,
        code: &'static str,
        what: impl Into<String>,
        reading: impl Into<String>,
    ) {
        let (what, reading) = (what.into(), reading.into());
        self.push(at, &Problem::Repaired { code, part: Part::Value, what, reading, help: None });
    }

    /// A scalar with the very digits of the text: `1.10` is not `1.1` where text is wanted.
    pub(super) fn text_of(&self, at: &At<'_>, value: &Value) -> String {
        let found = self.outline.get_or_init(|| self.source.outline()).find(&at.pointer());
        let text = self.source.text[found.value].trim();
        let plain =
            found.exact && !found.collection && !text.is_empty() && !text.starts_with(['*', '&', '!']);
        if plain { text.to_owned() } else { value.to_string() }
    }
}
