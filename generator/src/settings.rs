//! What the user asked for: package, type substitutions, names, parts. Plain data; `lib` and `main` fill it.

use std::collections::{BTreeMap, BTreeSet};

/// Everything that shapes the output besides the definition itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) package: PackageSettings,
    /// Format (`date`, `uuid`, `decimal` ...) to the path of the Rust type that stands for it.
    pub(crate) types: BTreeMap<String, String>,
    /// Further dependencies of the written package: name to TOML value.
    pub(crate) dependencies: BTreeMap<String, String>,
    /// Further dependencies of its tests and benches, likewise.
    pub(crate) dev_dependencies: BTreeMap<String, String>,
    /// Benches that the manifest names, in this order. Their files are the user's.
    pub(crate) benches: Vec<String>,
    /// Component key or JSON pointer of a schema to the name of its Rust type.
    pub(crate) names: BTreeMap<String, String>,
    /// Empty: every part.
    pub(crate) parts: BTreeSet<Part>,
    pub(crate) layout: Layout,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct PackageSettings {
    pub(crate) name: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    /// Take edition, minimum Rust version, licence and lints from the workspace around the package.
    pub(crate) workspace: bool,
    /// Where the runtime crate lies, relative to the package.
    pub(crate) runtime_path: Option<String>,
    /// Markdown for the end of the README.
    pub(crate) readme_append: Option<String>,
}

/// One generated module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// Types of the schemas, with builders.
    Models,
    /// What each operation is called with and answers, as constants.
    Operations,
    /// The tables of the validators; with the models also the ways in for their types.
    Validators,
    /// A client with a method for each operation. It needs the other parts, which come with it.
    Client,
}

impl Part {
    /// Every part with the name that the command line and the configuration use.
    pub(crate) const ALL: [(Self, &'static str); 4] = [
        (Self::Models, "models"),
        (Self::Operations, "operations"),
        (Self::Validators, "validators"),
        (Self::Client, "client"),
    ];

    /// The part of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(part, _)| part)
    }

    /// The name that the command line and the configuration use.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// What surrounds the modules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A package: `Cargo.toml`, `README.md`, `src/lib.rs` and the modules.
    #[default]
    Package,
    /// `mod.rs` and the modules, for `include!` from a build script's `OUT_DIR`.
    Module,
}

impl Settings {
    pub(crate) fn wants(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part) || self.parts.contains(&Part::Client)
    }
}
