//! `specwright.yaml`: where the definition lies, where the crate goes, and how it is to look.
//!
//! Comes in: the text of the file. Goes out: [`Settings`], or findings that point into the file.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::report::{Finding, Part as PartOf, Report, nearest};
use crate::settings::{Part, Settings};
use crate::source::Source;

/// What a configuration file says. Paths are as written, relative to the file's folder.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) spec: String,
    pub(crate) out: Option<String>,
    pub(crate) settings: Settings,
}

enum Wrong {
    UnknownKey { name: String, known: &'static [&'static str] },
    NotA { what: &'static str },
    NoSpec,
    UnknownPart { name: String },
    NoTypePath { text: String },
    NoPackageName { text: String },
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey { name, .. } => write!(f, "the configuration has no key `{name}`"),
            Self::NotA { what } => write!(f, "this must be {what}"),
            Self::NoSpec => write!(f, "the configuration does not say where the definition lies"),
            Self::UnknownPart { name } => write!(f, "there is no part `{name}`"),
            Self::NoTypePath { text } => write!(f, "`{text}` is not the path of a Rust type"),
            Self::NoPackageName { text } => write!(f, "`{text}` is not a package name"),
        }
    }
}

impl Finding for Wrong {
    fn code(&self) -> &'static str {
        "invalid-configuration"
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownKey { name, known } => Some(match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            }),
            Self::NotA { .. } => None,
            Self::NoSpec => Some("add a line such as `spec: spec/api.yaml`".to_owned()),
            Self::UnknownPart { .. } => {
                Some(format!("the parts are {}", Part::ALL.map(|(_, name)| name).join(", ")))
            }
            Self::NoTypePath { .. } => Some("write it like `chrono::NaiveDate`".to_owned()),
            Self::NoPackageName { .. } => Some("use letters, digits, `-` and `_`, a letter first".to_owned()),
        }
    }

    fn part(&self) -> PartOf {
        match self {
            Self::UnknownKey { .. } => PartOf::Key,
            _ => PartOf::Value,
        }
    }
}

const KEYS: &[&str] = &["spec", "out", "package", "types", "dependencies", "names", "parts"];
const PACKAGE_KEYS: &[&str] = &["name", "version", "description", "license", "workspace", "runtime-path"];

/// Reads a configuration; `None` after findings that leave nothing to go on with.
pub(crate) fn read(source: &Source, report: &mut Report) -> Option<Config> {
    let tree = crate::parse::tree(source, report)?;
    let mut reader = Reader { report };
    let root = Pointer::root();
    let members = reader.mapping(&tree, &root)?;
    reader.known_keys(members, &root, KEYS);
    let mut settings = Settings::default();
    if let Some(package) = members.get("package") {
        reader.package(package, &root.child("package"), &mut settings);
    }
    settings.types = reader.texts(members, &root, "types");
    settings.dependencies = reader.texts(members, &root, "dependencies");
    settings.names = reader.texts(members, &root, "names");
    for (format, path) in &settings.types {
        if !is_type_path(path) {
            let at = root.child("types").child(format);
            reader.report.push(&at, &Wrong::NoTypePath { text: path.clone() });
        }
    }
    if let Some(parts) = members.get("parts") {
        reader.parts(parts, &root.child("parts"), &mut settings);
    }
    let out = reader.text(members, &root, "out");
    let Some(spec) = reader.text(members, &root, "spec") else {
        if !members.contains_key("spec") {
            report.push(&root, &Wrong::NoSpec);
        }
        return None;
    };
    Some(Config { spec, out, settings })
}

struct Reader<'a> {
    report: &'a mut Report,
}

impl Reader<'_> {
    fn mapping<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v Map<String, Value>> {
        let found = value.as_object();
        if found.is_none() {
            self.report.push(at, &Wrong::NotA { what: "a mapping" });
        }
        found
    }

    fn known_keys(&mut self, members: &Map<String, Value>, at: &Pointer, known: &'static [&'static str]) {
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            self.report.push(&at.child(name), &Wrong::UnknownKey { name: name.clone(), known });
        }
    }

    fn text(&mut self, members: &Map<String, Value>, at: &Pointer, name: &str) -> Option<String> {
        let value = members.get(name)?;
        let found = value.as_str().map(str::to_owned);
        if found.is_none() {
            self.report.push(&at.child(name), &Wrong::NotA { what: "a string" });
        }
        found
    }

    fn texts(&mut self, members: &Map<String, Value>, at: &Pointer, name: &str) -> BTreeMap<String, String> {
        let Some(value) = members.get(name) else { return BTreeMap::new() };
        let at = at.child(name);
        let Some(entries) = self.mapping(value, &at) else { return BTreeMap::new() };
        let read = entries.keys().filter_map(|key| Some((key.clone(), self.text(entries, &at, key)?)));
        read.collect()
    }

    fn package(&mut self, value: &Value, at: &Pointer, settings: &mut Settings) {
        let Some(members) = self.mapping(value, at) else { return };
        self.known_keys(members, at, PACKAGE_KEYS);
        let package = &mut settings.package;
        package.name = self.text(members, at, "name");
        package.version = self.text(members, at, "version");
        package.description = self.text(members, at, "description");
        package.license = self.text(members, at, "license");
        package.runtime_path = self.text(members, at, "runtime-path");
        package.workspace = match members.get("workspace") {
            None => false,
            Some(Value::Bool(workspace)) => *workspace,
            Some(_) => {
                self.report.push(&at.child("workspace"), &Wrong::NotA { what: "true or false" });
                false
            }
        };
        if let Some(name) = package.name.as_ref().filter(|name| !is_package_name(name)) {
            self.report.push(&at.child("name"), &Wrong::NoPackageName { text: name.clone() });
        }
    }

    fn parts(&mut self, value: &Value, at: &Pointer, settings: &mut Settings) {
        let Some(entries) = value.as_array() else {
            self.report.push(at, &Wrong::NotA { what: "a list of parts" });
            return;
        };
        for (index, entry) in entries.iter().enumerate() {
            let name = entry.as_str().unwrap_or_default();
            match Part::from_name(name) {
                Some(part) => {
                    settings.parts.insert(part);
                }
                None => self.report.push(&at.child(index), &Wrong::UnknownPart { name: name.to_owned() }),
            }
        }
    }
}

/// True for `String`, `chrono::NaiveDate`, `::uuid::Uuid`: identifiers joined by `::`.
pub(crate) fn is_type_path(text: &str) -> bool {
    let is_ident = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
            && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
            && word != "_"
    };
    text.strip_prefix("::").unwrap_or(text).split("::").all(is_ident)
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
