//! `specwright.yaml`: reads the [`Settings`] of a run, and reports findings with positions in the file.

mod filter;
mod finding;
mod groups;
mod null;
mod package;
mod policy;
mod release;
mod values;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use self::finding::ConfigFinding;
pub(crate) use self::release::ReleaseConfig;
pub(crate) use self::values::{
    is_keyword, is_package_name, is_taken, is_toml_value, is_type_name, is_type_path, is_version,
};
use crate::pointer::Pointer;
use crate::report::Report;
use crate::settings::{AdditionalProperties, Builders, FormatReading, Part, Settings};
use crate::source::Source;

/// The content of a configuration file. Paths are as written, relative to the file's folder.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) spec: String,
    pub(crate) out: Option<String>,
    pub(crate) overlays: Vec<String>,
    /// The definition may refer to files outside its folder.
    pub(crate) allow_outside: bool,
    /// The Markdown file that is appended to the README.
    pub(crate) readme_append: Option<String>,
    #[cfg_attr(
        not(feature = "evolve"),
        expect(dead_code, reason = "only the comparison with a release reads it")
    )]
    pub(crate) release: Option<ReleaseConfig>,
    pub(crate) settings: Settings,
}

const KEYS: &[&str] = &[
    "spec",
    "out",
    "package",
    "types",
    "dependencies",
    "dev-dependencies",
    "benches",
    "readme-append",
    "names",
    "parts",
    "builders",
    "groups",
    "groups-default-up-to",
    "overlays",
    "allow-outside",
    "include",
    "exclude",
    "keep-going",
    "deny-warnings",
    "strict",
    "lints",
    "additional-properties",
    "formats",
    "null",
    "release",
];

/// Reads a configuration; `None` after errors that leave no configuration.
pub(crate) fn read(source: &Source, report: &mut Report) -> Option<Config> {
    if is_blank(&source.text) {
        report.push(&Pointer::root(), &ConfigFinding::Empty);
        return None;
    }
    let tree = crate::parse::tree(source, report)?;
    let mut reader = ConfigReader { report };
    let root = Pointer::root();
    let members = reader.mapping(&tree, &root)?;
    reader.known_keys(members, &root, KEYS);
    let mut settings = Settings::default();
    if let Some(package) = members.get("package") {
        reader.package(package, &root.child("package"), &mut settings);
    }
    settings.types = reader.texts(members, &root, "types");
    settings.dependencies = reader.texts(members, &root, "dependencies");
    settings.dev_dependencies = reader.texts(members, &root, "dev-dependencies");
    settings.names = reader.texts(members, &root, "names");
    reader.check_types(&settings, &root.child("types"));
    reader.check_dependencies(&settings.dependencies, &root.child("dependencies"));
    reader.check_dependencies(&settings.dev_dependencies, &root.child("dev-dependencies"));
    reader.check_names(&settings, &root.child("names"));
    if let Some(benches) = members.get("benches") {
        settings.benches = reader.benches(benches, &root.child("benches"));
    }
    if let Some(parts) = members.get("parts") {
        reader.parts(parts, &root.child("parts"), &mut settings);
    }
    if let Some(name) = reader.text(members, &root, "builders") {
        reader.builders(name, &root.child("builders"), &mut settings);
    }
    reader.groups(members, &root, &mut settings.groups);
    settings.filter.include = reader.operations(members, &root, "include");
    settings.filter.exclude = reader.operations(members, &root, "exclude");
    let overlays = reader.text_list(members, &root, "overlays");
    let allow_outside = reader.flag(members, &root, "allow-outside");
    settings.policy = reader.policy(members, &root);
    if let Some(name) = reader.text(members, &root, "additional-properties") {
        reader.additional_properties(name, &root.child("additional-properties"), &mut settings);
    }
    if let Some(name) = reader.text(members, &root, "formats") {
        reader.formats(name, &root.child("formats"), &mut settings);
    }
    if let Some(null) = members.get("null") {
        settings.null = reader.null(null, &root.child("null"));
    }
    let release = members.get("release").and_then(|value| reader.release(value, &root.child("release")));
    let out = reader.text(members, &root, "out");
    let readme_append = reader.text(members, &root, "readme-append");
    let Some(spec) = reader.text(members, &root, "spec") else {
        if !members.contains_key("spec") {
            report.push(&root, &ConfigFinding::NoSpec);
        }
        return None;
    };
    Some(Config { spec, out, overlays, allow_outside, readme_append, release, settings })
}

/// Returns whether a file has only comments and empty lines.
fn is_blank(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

struct ConfigReader<'a> {
    report: &'a mut Report,
}

impl ConfigReader<'_> {
    fn mapping<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v Map<String, Value>> {
        let found = value.as_object();
        if found.is_none() {
            self.report.push(at, &ConfigFinding::NotA { what: "a mapping" });
        }
        found
    }

    fn known_keys(&mut self, members: &Map<String, Value>, at: &Pointer, known: &'static [&'static str]) {
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            self.report.push(&at.child(name), &ConfigFinding::UnknownKey { name: name.clone(), known });
        }
    }

    fn text(&mut self, members: &Map<String, Value>, at: &Pointer, name: &str) -> Option<String> {
        let value = members.get(name)?;
        let found = value.as_str().map(str::to_owned);
        if found.is_none() {
            self.report.push(&at.child(name), &ConfigFinding::NotA { what: "a string" });
        }
        found
    }

    /// Reads a member that is true or false; false if it is missing.
    fn flag(&mut self, members: &Map<String, Value>, at: &Pointer, name: &str) -> bool {
        match members.get(name) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.report.push(&at.child(name), &ConfigFinding::NotA { what: "true or false" });
                false
            }
        }
    }

    fn texts(&mut self, members: &Map<String, Value>, at: &Pointer, name: &str) -> BTreeMap<String, String> {
        let Some(value) = members.get(name) else { return BTreeMap::new() };
        let at = at.child(name);
        let Some(entries) = self.mapping(value, &at) else { return BTreeMap::new() };
        let read = entries.keys().filter_map(|key| Some((key.clone(), self.text(entries, &at, key)?)));
        read.collect()
    }

    /// Reads a member that is a list of strings. An empty one would say nothing.
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

    fn check_types(&mut self, settings: &Settings, at: &Pointer) {
        let is_dependency =
            |name: &str| settings.dependencies.keys().any(|key| key.replace('-', "_") == name);
        for (format, path) in &settings.types {
            let at = at.child(format);
            if let Some(near) = values::misspelt(format) {
                self.report.push(&at, &ConfigFinding::UnknownFormat { name: format.clone(), near });
            }
            if !values::is_type(path) {
                self.report.push(&at, &ConfigFinding::NoTypePath { text: path.clone() });
            } else if let Some(name) = values::crate_of(path).filter(|name| !is_dependency(name)) {
                self.report.push(&at, &ConfigFinding::UnknownCrate { name: name.to_owned() });
            }
        }
    }

    fn check_names(&mut self, settings: &Settings, at: &Pointer) {
        let mut first = BTreeMap::new();
        for (schema, name) in &settings.names {
            let here = at.child(schema);
            if !is_type_name(name) {
                self.report.push(&here, &ConfigFinding::NoTypeName { text: name.clone() });
            } else if let Some(first) = first.get(name) {
                let wrong = ConfigFinding::SameName { text: name.clone(), first: String::clone(first) };
                let related = vec![(at.child(first), "its first use".to_owned())];
                self.report.push_related(&here, &wrong, related);
            } else {
                first.insert(name, schema.clone());
            }
        }
    }

    fn builders(&mut self, name: String, at: &Pointer, settings: &mut Settings) {
        match Builders::from_name(&name) {
            Some(builders) => settings.builders = builders,
            None => self.report.push(at, &ConfigFinding::UnknownBuilders { name }),
        }
    }

    fn additional_properties(&mut self, name: String, at: &Pointer, settings: &mut Settings) {
        match AdditionalProperties::from_name(&name) {
            Some(choice) => settings.additional_properties = choice,
            None => self.report.push(at, &ConfigFinding::UnknownAdditionalProperties { name }),
        }
    }

    fn formats(&mut self, name: String, at: &Pointer, settings: &mut Settings) {
        match FormatReading::from_name(&name) {
            Some(reading) => settings.formats = reading,
            None => self.report.push(at, &ConfigFinding::UnknownFormatReading { name }),
        }
    }

    fn parts(&mut self, value: &Value, at: &Pointer, settings: &mut Settings) {
        let Some(entries) = value.as_array() else {
            self.report.push(at, &ConfigFinding::NotA { what: "a list of parts" });
            return;
        };
        if entries.is_empty() {
            self.report.push(at, &ConfigFinding::NoParts);
        }
        for (index, entry) in entries.iter().enumerate() {
            let name = entry.as_str().unwrap_or_default();
            match Part::from_name(name) {
                Some(part) => {
                    settings.parts.insert(part);
                }
                None => {
                    self.report.push(&at.child(index), &ConfigFinding::UnknownPart { name: name.to_owned() });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
