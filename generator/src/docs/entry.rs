//! One thing that the pages say, in a form in which two states can be compared.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::PagePosition;
use super::finding::DocsClass;

/// One thing that the pages say, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) kind: EntryKind,
    /// What identifies it; of a passage, the section that it stands in.
    pub(super) subject: String,
    /// How much its coming or going matters.
    pub(super) class: DocsClass,
    pub(super) facets: Vec<Facet>,
    /// The text of a passage, which has no name of its own.
    pub(super) text: String,
    /// The text without what makes no difference, see [`normalised`].
    pub(super) normalised: String,
    /// The text as it is written.
    pub(super) raw: String,
    pub(super) at: PagePosition,
}

impl Entry {
    pub(super) fn new(kind: EntryKind, subject: &str, at: PagePosition) -> Self {
        let (facets, text, raw) = (Vec::new(), String::new(), String::new());
        let (subject, normalised) = (subject.to_owned(), String::new());
        Self { kind, subject, class: kind.class(), facets, text, normalised, raw, at }
    }

    /// Returns true where there is a description: two fields without one are not the same.
    pub(super) fn is_described(&self) -> bool {
        let is_text = |value: &Value| matches!(value, Value::Wording(text) if !text.is_empty());
        self.facets.iter().any(|facet| facet.name == "description" && is_text(&facet.value))
    }

    /// Gives the entry the names that schemas and operations have in another state.
    pub(super) fn rename(&mut self, renamed: &BTreeMap<String, String>) {
        if renamed.is_empty() || !self.kind.is_named() {
            return;
        }
        let (owner, rest) = match self.kind {
            EntryKind::Field | EntryKind::Parameter => {
                self.subject.rsplit_once('.').map_or((&*self.subject, ""), |(owner, field)| (owner, field))
            }
            _ => (&*self.subject, ""),
        };
        if let Some(name) = renamed.get(owner) {
            let dot = if rest.is_empty() { "" } else { "." };
            self.subject = format!("{name}{dot}{rest}");
        }
        for facet in &mut self.facets {
            if let (true, Value::Exact(name)) =
                (matches!(&*facet.name, "reference" | "request" | "response"), &mut facet.value)
                && let Some(new) = renamed.get(name)
            {
                name.clone_from(new);
            }
        }
    }

    pub(super) fn add(&mut self, name: &str, class: DocsClass, value: Value, at: PagePosition) {
        self.facets.push(Facet { name: name.to_owned(), class, value, at });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum EntryKind {
    Schema,
    Field,
    Operation,
    Parameter,
    Code,
    Status,
    Scope,
    Example,
    Note,
    Banner,
    FrontMatter,
    Heading,
    Prose,
}

impl EntryKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Field => "field",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Code => "code",
            Self::Status => "status",
            Self::Scope => "scope",
            Self::Example => "example",
            Self::Note => "note",
            Self::Banner => "banner",
            Self::FrontMatter => "front-matter",
            Self::Heading => "heading",
            Self::Prose => "prose",
        }
    }

    pub(super) fn class(self) -> DocsClass {
        match self {
            Self::Schema
            | Self::Field
            | Self::Operation
            | Self::Parameter
            | Self::Code
            | Self::Status
            | Self::Scope => DocsClass::Contract,
            Self::Note | Self::Banner => DocsClass::Note,
            Self::Example | Self::FrontMatter | Self::Heading | Self::Prose => DocsClass::Prose,
        }
    }

    /// Returns true for what has a name, which it is found by in another state.
    pub(super) fn is_named(self) -> bool {
        self <= Self::Scope
    }
}

/// One respect in which an entry can change.
#[derive(Debug, Clone)]
pub(super) struct Facet {
    pub(super) name: String,
    pub(super) class: DocsClass,
    pub(super) value: Value,
    pub(super) at: PagePosition,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Empty: not stated.
    Exact(String),
    Set(BTreeSet<String>),
    /// A sentence: a change that keeps most of it is prose.
    Wording(String),
}

/// Returns the words in lower case without punctuation, one blank between them.
pub(super) fn normalised(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '_' | '{' | '}') { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
