//! The settings of the generated package: name and version, dependencies, benches.

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::ConfigFinding;
use super::values::{is_keyword, is_package_name, is_taken, is_toml_value, is_version};
use super::{ConfigReader, Settings};
use crate::pointer::Pointer;

const PACKAGE_KEYS: &[&str] = &[
    "name",
    "version",
    "description",
    "license",
    "repository",
    "authors",
    "keywords",
    "categories",
    "workspace",
    "runtime-path",
];

impl ConfigReader<'_> {
    pub(super) fn package(&mut self, value: &Value, at: &Pointer, settings: &mut Settings) {
        let Some(members) = self.mapping(value, at) else { return };
        self.known_keys(members, at, PACKAGE_KEYS);
        let package = &mut settings.package;
        package.name = self.text(members, at, "name");
        package.version = self.text(members, at, "version");
        package.description = self.text(members, at, "description");
        package.license = self.text(members, at, "license");
        package.repository = self.text(members, at, "repository");
        package.authors = self.text_list(members, at, "authors");
        package.keywords = self.text_list(members, at, "keywords");
        package.categories = self.text_list(members, at, "categories");
        self.check_keywords(&package.keywords, &at.child("keywords"));
        package.runtime_path = self.text(members, at, "runtime-path");
        package.workspace = self.flag(members, at, "workspace");
        if let Some(name) = &package.name {
            self.check_package_name(name, &at.child("name"));
            if is_taken(name) {
                self.report.push(&at.child("name"), &ConfigFinding::TakenPackage { text: name.clone() });
            }
        }
        if let Some(version) = package.version.as_ref().filter(|version| !is_version(version)) {
            self.report.push(&at.child("version"), &ConfigFinding::NoVersion { text: version.clone() });
        }
    }

    /// Checks what the registry asks of keywords.
    fn check_keywords(&mut self, keywords: &[String], at: &Pointer) {
        if keywords.len() > 5 {
            self.report.push(at, &ConfigFinding::NotA { what: "a list of at most five keywords" });
        }
        let is_keyword = |word: &str| {
            let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '+');
            word.len() <= 20
                && word.starts_with(|c: char| c.is_ascii_alphanumeric())
                && word.chars().all(is_part)
        };
        for (index, _) in keywords.iter().enumerate().filter(|(_, word)| !is_keyword(word)) {
            let what = "a keyword: at most 20 letters, digits, `-`, `_` and `+`";
            self.report.push(&at.child(index), &ConfigFinding::NotA { what });
        }
    }

    fn check_package_name(&mut self, name: &str, at: &Pointer) {
        if !is_package_name(name) {
            self.report.push(at, &ConfigFinding::NoPackageName { text: name.to_owned() });
        } else if is_keyword(name) {
            self.report.push(at, &ConfigFinding::KeywordPackage { text: name.to_owned() });
        }
    }

    /// Checks the names and values of dependencies.
    pub(super) fn check_dependencies(&mut self, dependencies: &BTreeMap<String, String>, at: &Pointer) {
        for (name, toml) in dependencies {
            let at = at.child(name);
            if matches!(name.replace('_', "-").as_str(), "serde" | "specwright-runtime") {
                self.report.push(&at, &ConfigFinding::OwnDependency { name: name.clone() });
                continue;
            }
            self.check_package_name(name, &at);
            if !is_toml_value(toml) {
                self.report.push(&at, &ConfigFinding::NoTomlValue { text: toml.clone() });
            }
        }
    }

    /// Reads a list of names without duplicates.
    pub(super) fn benches(&mut self, value: &Value, at: &Pointer) -> Vec<String> {
        let Some(entries) = value.as_array() else {
            self.report.push(at, &ConfigFinding::NotA { what: "a list of names" });
            return Vec::new();
        };
        let mut names: Vec<String> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = at.child(index);
            match entry.as_str() {
                None => self.report.push(&at, &ConfigFinding::NotA { what: "a string" }),
                Some(name) if !is_package_name(name) => {
                    self.report.push(&at, &ConfigFinding::NoBenchName { text: name.to_owned() });
                }
                Some(name) if names.iter().any(|known| known == name) => {
                    self.report.push(&at, &ConfigFinding::SameBench { text: name.to_owned() });
                }
                Some(name) => names.push(name.to_owned()),
            }
        }
        names
    }
}
