//! The features of groups of operations: which there are, which are on by default, and what needs one.

use std::collections::BTreeMap;

use crate::evolve::draft::{ChangeDraft, ChangeDrafts, UsedIn};
use crate::evolve::kind::Kind;
use crate::rust::{Crate, Group, Groups, UsedBy};
use crate::settings::{Part, Settings};

/// The features of a crate.
#[derive(Debug, Default)]
pub(in crate::evolve) struct FeatureSurface<'a> {
    /// Each feature, and whether it is on by default.
    features: BTreeMap<&'a str, bool>,
    /// Items and methods by their paths, each with the feature that it needs.
    needed: BTreeMap<String, Option<&'a str>>,
}

/// Returns the features of the groups, and what of the parts that are written needs one.
pub(in crate::evolve) fn features<'a>(krate: &'a Crate, settings: &Settings) -> FeatureSurface<'a> {
    let groups = &krate.groups;
    let mut surface = FeatureSurface::default();
    if !groups.is_empty() {
        let all = groups.all.iter().map(|group| (&*group.feature, groups.all_by_default));
        surface.features = all.chain([(Groups::ALL, groups.all_by_default)]).collect();
    }
    if settings.wants(Part::Models) {
        for (index, item) in krate.models.items.iter().enumerate() {
            let feature = feature(groups, Groups::used_by(&groups.items, index));
            surface.needed.insert(format!("models::{}", item.ident().as_str()), feature);
        }
    }
    let of_operation = |index| groups.of_operation(index).map(|group: &Group| &*group.feature);
    if settings.wants(Part::Operations) {
        for (index, operation) in krate.operations.operations.iter().enumerate() {
            surface.needed.insert(format!("operations::{}", operation.ident.as_str()), of_operation(index));
        }
    }
    if settings.wants(Part::Client) {
        for method in &krate.client.methods {
            let path = format!("client::Client::{}", method.ident.as_str());
            surface.needed.insert(path, of_operation(method.operation));
        }
    }
    surface
}

fn feature(groups: &Groups, used_by: UsedBy) -> Option<&str> {
    match used_by {
        _ if groups.is_empty() => None,
        UsedBy::Several => None,
        UsedBy::Group(index) => groups.all.get(index).map(|group| &*group.feature),
        UsedBy::None => Some(Groups::ALL),
    }
}

/// Finds features that are new, gone, or on or off by default as they were not, and what needs another one.
pub(in crate::evolve) fn compare_features(
    old: &FeatureSurface<'_>,
    new: &FeatureSurface<'_>,
    drafts: &mut ChangeDrafts,
) {
    for (name, was_default) in &old.features {
        match new.features.get(name) {
            None => push(drafts, Kind::FeatureRemoved, name, None),
            Some(is_default) if is_default == was_default => {}
            Some(true) => push(drafts, Kind::FeatureOn, name, None),
            Some(false) => push(drafts, Kind::FeatureOff, name, None),
        }
    }
    for name in new.features.keys().filter(|name| !old.features.contains_key(*name)) {
        push(drafts, Kind::FeatureAdded, name, None);
    }
    let mut moved: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, feature) in &new.needed {
        let was = old.needed.get(path);
        if let Some(feature) = feature.filter(|_| was.is_some_and(|was| was != feature)) {
            moved.entry(feature).or_default().push(path);
        }
    }
    for (feature, paths) in moved {
        let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
        let by_default =
            if new.features.get(feature) == Some(&true) { "on by default" } else { "off by default" };
        let detail = format!("`{}`{more}; it is {by_default}", paths[0]);
        push(drafts, Kind::FeatureNeeded, feature, Some(detail));
    }
}

fn push(drafts: &mut ChangeDrafts, kind: Kind, name: &str, detail: Option<String>) {
    let subject = format!("features::{name}");
    drafts.push(ChangeDraft { kind, subject, detail, old: None, new: None, directions: UsedIn::BOTH });
}
