//! `include` and `exclude`: which operations are generated.

use serde_json::{Map, Value};

use super::ConfigReader;
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
}
