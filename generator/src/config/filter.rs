//! `include` and `exclude`: which operations are generated.

use serde_json::{Map, Value};

use super::ConfigReader;
use super::finding::ConfigFinding;
use crate::pointer::Pointer;
use crate::settings::OperationSet;

const FILTER_KEYS: &[&str] = &["tags", "operations", "paths"];

impl ConfigReader<'_> {
    /// Reads the set of operations that a member names.
    pub(super) fn operations(
        &mut self,
        members: &Map<String, Value>,
        at: &Pointer,
        name: &str,
    ) -> OperationSet {
        let Some(value) = members.get(name) else { return OperationSet::default() };
        let at = at.child(name);
        let Some(members) = self.mapping(value, &at) else { return OperationSet::default() };
        self.known_keys(members, &at, FILTER_KEYS);
        OperationSet {
            tags: self.text_list(members, &at, "tags"),
            operations: self.text_list(members, &at, "operations"),
            paths: self.text_list(members, &at, "paths"),
        }
    }

    /// Reads a member that is a list of strings. An empty list would include nothing, or say nothing.
    fn text_list(&mut self, members: &Map<String, Value>, at: &Pointer, name: &str) -> Vec<String> {
        let Some(value) = members.get(name) else { return Vec::new() };
        let at = at.child(name);
        let Some(entries) = value.as_array().filter(|entries| !entries.is_empty()) else {
            self.report.push(&at, &ConfigFinding::NotA { what: "a list of strings" });
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            match entry.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.report.push(&at.child(index), &ConfigFinding::NotA { what: "a string" }),
            }
        }
        texts
    }
}
