//! The patterns of all tables, each once.

use std::collections::BTreeMap;

use super::super::docs;
use crate::ident::{ConstIdent, Scope};
use crate::pattern;
use crate::rust::validators::NamedPattern;

#[derive(Default)]
pub(super) struct Patterns {
    pub(super) named: Vec<NamedPattern>,
    /// The index of each pattern by its text; `None` if validators can't run it.
    by_source: BTreeMap<String, Option<usize>>,
}

impl Patterns {
    /// Returns the index of a pattern, which is named after a schema; `None` if validators can't run it.
    pub(super) fn index(&mut self, source: &str, label: &str, scope: &mut Scope) -> Option<usize> {
        if let Some(known) = self.by_source.get(source) {
            return *known;
        }
        let found = pattern::read(source).ok().map(|pattern| {
            let ident = scope.const_ident(ConstIdent::new(&format!("{label}_PATTERN"), "PATTERN"));
            let docs = vec![docs::code(source)];
            self.named.push(NamedPattern { ident, docs, source: source.to_owned(), pattern });
            self.named.len() - 1
        });
        self.by_source.insert(source.to_owned(), found);
        found
    }
}
