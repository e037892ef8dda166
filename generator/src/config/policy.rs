//! What becomes of findings: `keep-going`, `deny-warnings`, `strict` and `lints`.

use serde_json::{Map, Value};

use super::ConfigReader;
use super::finding::ConfigFinding;
use crate::pointer::Pointer;
use crate::report::{CODES, Level, Levels, Policy};

/// The key for every code that has no level of its own.
const ALL: &str = "all";

impl ConfigReader<'_> {
    pub(super) fn policy(&mut self, members: &Map<String, Value>, at: &Pointer) -> Policy {
        let mut policy = Policy {
            keep_going: self.flag(members, at, "keep-going"),
            deny_warnings: self.flag(members, at, "deny-warnings"),
            strict: self.flag(members, at, "strict"),
            ..Policy::default()
        };
        if let Some(lints) = members.get("lints") {
            self.lints(lints, &at.child("lints"), &mut policy);
        }
        policy
    }

    /// The levels by code, and by the pointer of a node the levels below it.
    fn lints(&mut self, value: &Value, at: &Pointer, policy: &mut Policy) {
        let Some(entries) = self.mapping(value, at) else { return };
        for (key, value) in entries {
            let here = at.child(key);
            if !key.starts_with(['/', '#']) {
                self.level(key, value, &here, &mut policy.levels);
                continue;
            }
            let Some(place) = Pointer::parse(key) else {
                self.report.push(&here, &ConfigFinding::NoPointer { text: key.clone() });
                continue;
            };
            let Some(below) = self.mapping(value, &here) else { continue };
            let levels = policy.places.entry(place).or_default();
            for (code, value) in below {
                self.level(code, value, &here.child(code), levels);
            }
        }
    }

    fn level(&mut self, code: &str, value: &Value, at: &Pointer, levels: &mut Levels) {
        let text = value.as_str().unwrap_or_default();
        let Some(level) = Level::from_name(text) else {
            self.report.push(at, &ConfigFinding::NoLevel { text: text.to_owned() });
            return;
        };
        if code == ALL {
            levels.all = Some(level);
        } else if CODES.contains(&code) {
            levels.codes.insert(code.to_owned(), level);
        } else {
            self.report.push(at, &ConfigFinding::UnknownCode { code: code.to_owned() });
        }
    }
}
