//! `release`: the tags of published versions, and the changelog of the package.

use serde_json::Value;

use super::ConfigReader;
use super::finding::ConfigFinding;
use crate::pointer::Pointer;

/// What is compared with the last release, as the file states it.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(feature = "evolve"),
    expect(dead_code, reason = "only the comparison with a release reads it")
)]
pub(crate) struct ReleaseConfig {
    /// The pattern of the tags: `v*`.
    pub(crate) tags: String,
    /// The changelog whose list of unreleased changes is kept.
    pub(crate) changelog: Option<String>,
}

const RELEASE_KEYS: &[&str] = &["tags", "changelog"];

impl ConfigReader<'_> {
    pub(super) fn release(&mut self, value: &Value, at: &Pointer) -> Option<ReleaseConfig> {
        let members = self.mapping(value, at)?;
        self.known_keys(members, at, RELEASE_KEYS);
        let tags = self.text(members, at, "tags");
        if tags.as_ref().is_some_and(String::is_empty) {
            self.report.push(&at.child("tags"), &ConfigFinding::NotA { what: "a pattern such as `v*`" });
        }
        let tags = tags.unwrap_or_else(|| "v*".to_owned());
        Some(ReleaseConfig { tags, changelog: self.text(members, at, "changelog") })
    }
}
