//! Groups of operations, for features: one for each tag, and without tags for each beginning of paths.

mod usage;

use std::collections::BTreeMap;

use crate::api::{Api, Operation};
use crate::ident::FieldIdent;
use crate::rust::{Client, Group, Groups};
use crate::settings::{GroupFeatures, Layout, Settings};

pub(super) use usage::add_usage;

/// Returns the groups, if the settings ask for them and there are several.
pub(super) fn groups(api: &Api, settings: &Settings) -> Groups {
    let is_large = api.operations.len() > settings.groups.default_up_to;
    let are_wanted = match settings.groups.features {
        GroupFeatures::Auto => is_large,
        GroupFeatures::Always => true,
        GroupFeatures::Never => false,
    };
    // The features around modules that are `include!`d are not ours.
    if !are_wanted || settings.layout == Layout::Module {
        return Groups::default();
    }
    let names = names(&api.operations);
    let modules: Vec<String> = names.iter().map(|name| word(name)).collect();
    let mut groups = BTreeMap::new();
    for (module, name) in modules.iter().zip(&names) {
        groups.entry(module.as_str()).or_insert(*name);
    }
    if groups.len() < 2 {
        return Groups::default();
    }
    let operations = modules.iter().filter_map(|module| groups.keys().position(|known| known == module));
    Groups {
        operations: operations.collect(),
        all: groups.iter().map(|(word, name)| group(word, name)).collect(),
        all_by_default: !is_large,
        ..Groups::default()
    }
}

/// Says in the documentation of each method which feature it needs.
pub(super) fn document(client: &mut Client, groups: &Groups) {
    for method in &mut client.methods {
        if let Some(group) = groups.of_operation(method.operation) {
            super::docs::append(&mut method.docs, &format!("Feature: `{}`.", group.feature));
        }
    }
}

/// Names that differ in case and signs alone, `Pets` and `pets`, are one group.
fn word(name: &str) -> String {
    FieldIdent::new(name).as_str().trim_start_matches("r#").trim_matches('_').to_owned()
}

/// The word in front keeps the module from hiding a crate or another module.
fn group(word: &str, name: &str) -> Group {
    let module = FieldIdent::new(&format!("group_{word}"));
    // A bar would end the cell of a table.
    let name = super::docs::code(name).replace('|', "\\|");
    Group { name, feature: module.as_str().replace('_', "-"), module }
}

/// Returns the name of the group of each operation.
fn names(operations: &[Operation]) -> Vec<&str> {
    let paths: Vec<Vec<&str>> = operations.iter().map(|operation| literals(&operation.path)).collect();
    let untagged = operations.iter().zip(&paths).filter(|(operation, _)| first_tag(operation).is_none());
    let untagged: Vec<&Vec<&str>> = untagged.map(|(_, path)| path).collect();
    let shared = shared_length(&untagged);
    let of_paths = paths.iter().map(|path| path.get(shared).or_else(|| path.last()).copied());
    let of_both = operations.iter().zip(of_paths);
    of_both.map(|(operation, of_path)| first_tag(operation).or(of_path).unwrap_or("root")).collect()
}

fn first_tag(operation: &Operation) -> Option<&str> {
    operation.tags.iter().map(|tag| tag.trim()).find(|tag| !tag.is_empty())
}

/// Returns the segments of a path that are no parameters.
fn literals(path: &str) -> Vec<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter(|segment| !segment.is_empty() && !segment.contains('{')).collect()
}

/// Returns how many segments all paths begin with: what is behind them tells operations apart.
fn shared_length(paths: &[&Vec<&str>]) -> usize {
    let Some((first, others)) = paths.split_first() else { return 0 };
    let is_shared = |index: usize| others.iter().all(|path| path.get(index) == first.get(index));
    (0..first.len()).take_while(|index| is_shared(*index)).count()
}

#[cfg(test)]
mod tests {
    use super::{literals, shared_length, word};

    #[test]
    fn words_of_groups() {
        for (name, expected) in [
            ("Pets", "pets"),
            ("codes-of-conduct", "codes_of_conduct"),
            ("type", "type"),
            ("3d_secure", "3d_secure"),
            ("build", "build"),
            ("@", "at"),
        ] {
            assert_eq!(word(name), expected);
        }
    }

    #[test]
    fn paths_are_grouped_behind_what_all_begin_with() {
        let shared = |paths: &[&str]| {
            let paths: Vec<Vec<&str>> = paths.iter().map(|path| literals(path)).collect();
            shared_length(&paths.iter().collect::<Vec<_>>())
        };
        assert_eq!(shared(&["/v1/accounts", "/v1/charges/{id}", "/v1/accounts/{id}"]), 1);
        assert_eq!(shared(&["/pets", "/owners/{id}/pets"]), 0);
        assert_eq!(shared(&["/{tenant}/v1/pets", "/v1/pets/{id}"]), 2);
        assert_eq!(shared(&[]), 0);
    }
}
