//! The settings of a run: package, type substitutions, names, parts. Plain data.

use std::collections::{BTreeMap, BTreeSet};

use crate::pointer::Pointer;
use crate::report::Policy;

/// Everything that shapes the output besides the definition itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) package: PackageSettings,
    /// Format (`date`, `uuid`, `decimal` ...) to the path of its Rust type.
    pub(crate) types: BTreeMap<String, String>,
    /// Further dependencies of the generated package: name to TOML value.
    pub(crate) dependencies: BTreeMap<String, String>,
    /// The same for its tests and benches.
    pub(crate) dev_dependencies: BTreeMap<String, String>,
    /// Benches that the manifest names, in this order. Their files are the user's.
    pub(crate) benches: Vec<String>,
    /// Name of a component, or JSON pointer of a schema, to the name of its Rust type.
    pub(crate) names: BTreeMap<String, String>,
    /// Empty: every part, without the server where no feature keeps it apart.
    pub(crate) parts: BTreeSet<Part>,
    pub(crate) layout: Layout,
    pub(crate) builders: Builders,
    pub(crate) groups: GroupSettings,
    /// What becomes of findings.
    pub(crate) policy: Policy,
    pub(crate) additional_properties: AdditionalProperties,
    pub(crate) formats: FormatReading,
    pub(crate) null: NullReadings,
    pub(crate) filter: OperationFilter,
}

/// Which operations are generated: every one, or those that are included, without those that are excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OperationFilter {
    pub(crate) include: OperationSet,
    pub(crate) exclude: OperationSet,
}

/// A set of operations: those of any of these tags, names and paths, in which `*` stands for any characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OperationSet {
    pub(crate) tags: Vec<String>,
    /// An `operationId`, or method and path: `GET /pets`.
    pub(crate) operations: Vec<String>,
    pub(crate) paths: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct PackageSettings {
    pub(crate) name: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) keywords: Vec<String>,
    pub(crate) categories: Vec<String>,
    /// Take edition, minimum Rust version, licence and lints from the workspace around the package.
    pub(crate) workspace: bool,
    /// The path of the runtime crate, relative to the package.
    pub(crate) runtime_path: Option<String>,
    /// Markdown that is appended to the README.
    pub(crate) readme_append: Option<String>,
}

/// A part of the generated crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// Types of the schemas, with builders.
    Models,
    /// A constant for each operation: its parameters, bodies and responses.
    Operations,
    /// The tables of the validators; together with the models, also methods of their types.
    Validators,
    /// A client with a method for each operation. It includes all parts above.
    Client,
    /// A server: a trait with a method for each operation, and a router. It includes all parts above but the
    /// client.
    Server,
}

impl Part {
    /// Every part with its name in the command line and in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::Models, "models"),
        (Self::Operations, "operations"),
        (Self::Validators, "validators"),
        (Self::Client, "client"),
        (Self::Server, "server"),
    ];

    /// Returns the part of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(part, _)| part)
    }

    /// Returns the name in the command line and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// Which structs get a builder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Builders {
    /// Those that a request can contain: as a parameter, as a body, or within one; and behind the feature
    /// `server`, those that responses alone contain. Without operations, nobody knows what is sent, and every
    /// struct gets one.
    #[default]
    Requests,
    /// Every struct with members.
    All,
    /// No struct.
    None,
}

impl Builders {
    /// Every choice with its name in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Requests, "requests"), (Self::All, "all"), (Self::None, "none")];

    /// Returns the choice of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(choice, _)| choice)
    }
}

/// Whether operations are behind features by groups, and whether these are on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GroupSettings {
    pub(crate) features: GroupFeatures,
    /// All groups are on by default up to this number of operations.
    pub(crate) default_up_to: usize,
}

impl Default for GroupSettings {
    fn default() -> Self {
        Self { features: GroupFeatures::Auto, default_up_to: 150 }
    }
}

/// Whether each group of operations is behind a feature of the package, with the types that it alone uses.
///
/// A group has the operations with one first tag; those without tags are grouped by the beginning of their
/// paths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GroupFeatures {
    /// In large packages, where not all groups are on by default.
    #[default]
    Auto,
    /// Wherever there are two groups or more.
    Always,
    /// Nowhere.
    Never,
}

impl GroupFeatures {
    /// Every choice with its name in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Auto, "auto"), (Self::Always, "always"), (Self::Never, "never")];

    /// Returns the choice of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(choice, _)| choice)
    }
}

/// What `additionalProperties` of one schema of an `allOf` says of the properties of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AdditionalProperties {
    /// They are additional, as OpenAPI says: `additionalProperties: false` forbids them.
    #[default]
    Literal,
    /// They are not: the properties of all schemas of an `allOf` are those of each.
    Merged,
}

impl AdditionalProperties {
    /// Every choice with its name in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 2] = [(Self::Literal, "literal"), (Self::Merged, "merged")];

    /// Returns the choice of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(choice, _)| choice)
    }
}

/// What `format` of a string means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FormatReading {
    /// Validators check it, and dates and times have types of their own.
    #[default]
    Assertion,
    /// It is told in the documentation, as JSON Schema has it where nothing else is agreed: every string is
    /// valid and a `String`.
    Annotation,
}

impl FormatReading {
    /// Every reading with its name in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 2] =
        [(Self::Assertion, "assertion"), (Self::Annotation, "annotation")];

    /// Returns the reading of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(reading, _)| reading)
    }
}

/// How models read `null` in place of an optional property that may be `null`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NullReading {
    /// As a value of its own, `Some(None)` of an `Option<Option<T>>`.
    #[default]
    Distinct,
    /// As absent, `None` of an `Option<T>`. It is never written.
    Absent,
}

impl NullReading {
    /// Every reading with its name in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 2] =
        [(Self::Distinct, "distinct"), (Self::Absent, "absent")];

    /// Returns the reading of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(reading, _)| reading)
    }
}

/// The readings of `null`: everywhere, and at a node and below it.
#[derive(Debug, Clone, Default)]
pub(crate) struct NullReadings {
    pub(crate) all: NullReading,
    pub(crate) places: BTreeMap<Pointer, NullReading>,
}

impl NullReadings {
    /// Returns the reading at a node: that of the innermost node around it that has one.
    pub(crate) fn at(&self, node: &Pointer) -> NullReading {
        let mut around = std::iter::successors(Some(node.clone()), Pointer::parent);
        around.find_map(|node| self.places.get(&node).copied()).unwrap_or(self.all)
    }
}

/// What is written around the modules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A package: `Cargo.toml`, `README.md`, `src/lib.rs` and the modules.
    #[default]
    Package,
    /// `mod.rs` and the modules, for `include!` from the `OUT_DIR` of a build script.
    Module,
}

impl OperationFilter {
    pub(crate) fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

impl OperationSet {
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.operations.is_empty() && self.paths.is_empty()
    }
}

impl Settings {
    pub(crate) fn wants(&self, part: Part) -> bool {
        let has = |part| self.parts.contains(&part);
        if self.parts.is_empty() {
            return part != Part::Server || self.layout == Layout::Package;
        }
        has(part) || part != Part::Server && has(Part::Client) || part != Part::Client && has(Part::Server)
    }
}
