//! `groups` and `groups-default-up-to`: features of groups of operations.

use serde_json::{Map, Value};

use super::ConfigReader;
use super::finding::ConfigFinding;
use crate::pointer::Pointer;
use crate::settings::{GroupFeatures, GroupSettings};

impl ConfigReader<'_> {
    pub(super) fn groups(
        &mut self,
        members: &Map<String, Value>,
        at: &Pointer,
        settings: &mut GroupSettings,
    ) {
        if let Some(name) = self.text(members, at, "groups") {
            match GroupFeatures::from_name(&name) {
                Some(features) => settings.features = features,
                None => self.report.push(&at.child("groups"), &ConfigFinding::UnknownGroups { name }),
            }
        }
        if let Some(value) = members.get("groups-default-up-to") {
            if let Some(count) = value.as_u64().and_then(|count| usize::try_from(count).ok()) {
                settings.default_up_to = count;
            } else {
                let wrong = ConfigFinding::NotA { what: "a number of operations" };
                self.report.push(&at.child("groups-default-up-to"), &wrong);
            }
        }
    }
}
