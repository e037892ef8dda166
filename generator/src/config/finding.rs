//! Findings about a configuration.

use std::fmt;

use super::values;
use crate::report::{CODES, Finding, Level, NodePart, nearest};
use crate::settings::{AdditionalProperties, Builders, FormatReading, GroupFeatures, NullReading, Part};

pub(super) enum ConfigFinding {
    Empty,
    UnknownKey { name: String, known: &'static [&'static str] },
    NotA { what: &'static str },
    NoSpec,
    NoParts,
    UnknownPart { name: String },
    UnknownBuilders { name: String },
    UnknownGroups { name: String },
    UnknownAdditionalProperties { name: String },
    UnknownFormatReading { name: String },
    UnknownNull { name: String },
    NoTypePath { text: String },
    UnknownFormat { name: String, near: &'static str },
    UnknownCrate { name: String },
    NoPackageName { text: String },
    KeywordPackage { text: String },
    TakenPackage { text: String },
    NoVersion { text: String },
    OwnDependency { name: String },
    NoTomlValue { text: String },
    NoBenchName { text: String },
    SameBench { text: String },
    NoTypeName { text: String },
    SameName { text: String, first: String },
    UnknownCode { code: String },
    NoLevel { text: String },
    NoPointer { text: String },
}

impl fmt::Display for ConfigFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the configuration is empty"),
            Self::UnknownKey { name, .. } => write!(f, "the configuration has no key `{name}`"),
            Self::NotA { what } => write!(f, "this must be {what}"),
            Self::NoSpec => write!(f, "the configuration has no path of the definition"),
            Self::NoParts => write!(f, "the list of parts is empty"),
            Self::UnknownPart { name } => write!(f, "there is no part `{name}`"),
            Self::UnknownBuilders { name } => write!(f, "there is no choice of builders `{name}`"),
            Self::UnknownGroups { name } => write!(f, "there is no choice of groups `{name}`"),
            Self::UnknownFormatReading { name } => write!(f, "there is no reading `{name}` of formats"),
            Self::UnknownAdditionalProperties { name } => {
                write!(f, "there is no reading `{name}` of additional properties")
            }
            Self::UnknownNull { name } => write!(f, "there is no reading `{name}` of `null`"),
            Self::NoTypePath { text } => write!(f, "`{text}` is not the path of a Rust type"),
            Self::UnknownFormat { name, .. } => write!(f, "the format `{name}` is not known"),
            Self::UnknownCrate { name } => write!(f, "the package does not depend on a crate `{name}`"),
            Self::NoPackageName { text } => write!(f, "`{text}` is not a package name"),
            Self::KeywordPackage { text } => {
                write!(f, "`{text}` is a keyword of Rust, which is not allowed as a package name")
            }
            Self::TakenPackage { text } => {
                write!(f, "`{text}` is the name of a library that every user of the package has already")
            }
            Self::NoVersion { text } => write!(f, "`{text}` is not the version of a package"),
            Self::OwnDependency { name } => write!(f, "every generated package depends on `{name}` already"),
            Self::NoTomlValue { text } => write!(f, "`{text}` is not the TOML value of a dependency"),
            Self::NoBenchName { text } => write!(f, "`{text}` is not the name of a bench"),
            Self::SameBench { text } => write!(f, "the bench `{text}` is named twice"),
            Self::NoTypeName { text } => write!(f, "`{text}` is not the name of a Rust type"),
            Self::SameName { text, first } => write!(f, "`{text}` is the name of `{first}` already"),
            Self::UnknownCode { code } => write!(f, "there is no finding with the code `{code}`"),
            Self::NoLevel { text } => write!(f, "`{text}` is not a level"),
            Self::NoPointer { text } => write!(f, "`{text}` is not the JSON pointer of a node"),
        }
    }
}

impl Finding for ConfigFinding {
    fn code(&self) -> &'static str {
        "invalid-configuration"
    }

    fn help(&self) -> Option<String> {
        let parts = || Part::ALL.map(|(_, name)| name).join(", ");
        Some(match self {
            Self::NotA { .. } => return None,
            Self::Empty => "write at least `spec: api.yaml` and `out: generated`".to_owned(),
            Self::UnknownKey { name, known } => match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            },
            Self::NoSpec => "add a line such as `spec: spec/api.yaml`".to_owned(),
            Self::NoParts => format!("name some of {}, or leave `parts` out to write them all", parts()),
            Self::UnknownPart { .. } => format!("the parts are {}", parts()),
            Self::UnknownBuilders { .. } => {
                format!("write one of {}", Builders::ALL.map(|(_, name)| name).join(", "))
            }
            Self::UnknownGroups { .. } => {
                format!("write one of {}", GroupFeatures::ALL.map(|(_, name)| name).join(", "))
            }
            Self::UnknownAdditionalProperties { .. } => {
                format!("write one of {}", AdditionalProperties::ALL.map(|(_, name)| name).join(", "))
            }
            Self::UnknownFormatReading { .. } => {
                format!("write one of {}", FormatReading::ALL.map(|(_, name)| name).join(", "))
            }
            Self::UnknownNull { .. } => {
                format!("write one of {}", NullReading::ALL.map(|(_, name)| name).join(", "))
            }
            Self::NoTypePath { .. } => "write it like `chrono::NaiveDate`".to_owned(),
            Self::UnknownFormat { near, .. } => format!("did you mean `{near}`?"),
            Self::UnknownCrate { name } => format!("add `{name}` to `dependencies`"),
            Self::NoBenchName { .. } => {
                "name the file in `benches` without its `.rs`: letters, digits, `-` and `_`, a letter first"
                    .to_owned()
            }
            Self::SameBench { .. } => "remove one of them".to_owned(),
            Self::NoPackageName { .. } => "use letters, digits, `-` and `_`, a letter first".to_owned(),
            Self::KeywordPackage { text } | Self::TakenPackage { text } => {
                format!("add a word to it, as in `{text}-api`")
            }
            Self::NoVersion { .. } => "write three numbers, like `1.2.3` or `1.2.3-beta.1`".to_owned(),
            Self::OwnDependency { .. } => "remove this line".to_owned(),
            Self::NoTomlValue { .. } => {
                "write a version as `'\"1.0\"'`, or a table as `'{ version = \"1.0\" }'`, on one line"
                    .to_owned()
            }
            Self::NoTypeName { text } => match values::type_name(text) {
                Some(name) => format!("write it as `{name}`"),
                None => "write it like `CardAccount`".to_owned(),
            },
            Self::SameName { .. } => "give every schema a name of its own".to_owned(),
            Self::UnknownCode { code } => match nearest(code, CODES.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "a code is what stands in brackets behind `warning`; `all` is for every one".to_owned()
                }
            },
            Self::NoLevel { .. } => {
                format!("write one of {}", Level::ALL.map(|(_, name)| name).join(", "))
            }
            Self::NoPointer { .. } => "write it as findings do, like `/components/schemas/Pet`".to_owned(),
        })
    }

    fn part(&self) -> NodePart {
        match self {
            Self::UnknownKey { .. }
            | Self::UnknownFormat { .. }
            | Self::OwnDependency { .. }
            | Self::UnknownCode { .. }
            | Self::NoPointer { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
