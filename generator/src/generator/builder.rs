//! The settings of a [`Generator`], one method each.

use std::path::PathBuf;

use super::Generator;
use crate::config;
use crate::report::{CODES, Level};
use crate::settings::{
    AdditionalProperties, Builders, FormatReading, GroupFeatures, Layout, NullReading, Part,
};

impl Generator {
    /// Sets the name of the generated package. The default comes from the title of the definition.
    #[must_use]
    pub fn package_name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        let is_name = config::is_package_name(&name) && !config::is_keyword(&name);
        self.require(is_name, &name, "a package name");
        let is_free = !config::is_taken(&name);
        self.require(is_free, &name, "a package name that no library has which every user of it needs");
        self.settings.package.name = Some(name);
        self
    }

    /// Sets the version of the generated package. The default is 0.1.0.
    #[must_use]
    pub fn package_version(mut self, version: impl Into<String>) -> Self {
        let version = version.into();
        self.require(config::is_version(&version), &version, "a version such as `1.2.3`");
        self.settings.package.version = Some(version);
        self
    }

    /// Sets the path of the runtime crate, relative to the generated package. The default is the registry.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.settings.package.runtime_path = Some(path.into());
        self
    }

    /// Uses another Rust type for a format: `("date", "chrono::NaiveDate")`, `("decimal", "f64")`,
    /// `("uuid", "uuid::Uuid")`. The type must implement `Clone`, `Debug`, `PartialEq` and serde's traits. A
    /// substitute for `decimal` is the type of every `number` without a binary format.
    ///
    /// A run fails if `rust_type` is not a path of Rust identifiers.
    #[must_use]
    pub fn substitute(mut self, format: impl Into<String>, rust_type: impl Into<String>) -> Self {
        let rust_type = rust_type.into();
        self.require(config::is_type_path(&rust_type), &rust_type, "the path of a Rust type");
        self.settings.types.insert(format.into(), rust_type);
        self
    }

    /// Adds a dependency to the generated package: its name, and its value in TOML.
    #[must_use]
    pub fn dependency(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        let (name, toml) = (name.into(), toml.into());
        self.require(config::is_package_name(&name), &name, "a package name");
        self.require(config::is_toml_value(&toml), &toml, "the TOML value of a dependency");
        self.settings.dependencies.insert(name, toml);
        self
    }

    /// Adds a dependency of the tests and benches of the generated package, as
    /// [`dependency`](Self::dependency) does.
    #[must_use]
    pub fn dev_dependency(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        let (name, toml) = (name.into(), toml.into());
        self.require(config::is_package_name(&name), &name, "a package name");
        self.require(config::is_toml_value(&toml), &toml, "the TOML value of a dependency");
        self.settings.dev_dependencies.insert(name, toml);
        self
    }

    /// Adds a bench without cargo's harness to the manifest of the generated package. The file
    /// `benches/<name>.rs` is yours: it is neither written nor deleted.
    #[must_use]
    pub fn bench(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.require(config::is_package_name(&name), &name, "the name of a bench");
        if !self.settings.benches.contains(&name) {
            self.settings.benches.push(name);
        }
        self
    }

    /// Appends a Markdown file to the README of the generated package.
    ///
    /// A run fails if the file can't be read.
    #[must_use]
    pub fn readme_append(mut self, file: impl Into<PathBuf>) -> Self {
        self.readme_append = Some(file.into());
        self
    }

    /// Sets the Rust name of a schema. `schema` is the name of a component, or the JSON pointer of an inline
    /// schema.
    #[must_use]
    pub fn rename(mut self, schema: impl Into<String>, rust_name: impl Into<String>) -> Self {
        let rust_name = rust_name.into();
        self.require(
            config::is_type_name(&rust_name),
            &rust_name,
            "the name of a Rust type in UpperCamelCase",
        );
        self.settings.names.insert(schema.into(), rust_name);
        self
    }

    /// Writes only these parts. [`Part::Client`] and [`Part::Server`] include all but each other. The default
    /// is every part, but for a build script, which has no features of its own, the server.
    #[must_use]
    pub fn only(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.settings.parts = parts.into_iter().collect();
        self
    }

    /// Sets how validators read `additionalProperties` in an `allOf`. The default is
    /// [`AdditionalProperties::Literal`].
    #[must_use]
    pub fn additional_properties(mut self, reading: AdditionalProperties) -> Self {
        self.settings.additional_properties = reading;
        self
    }

    /// Sets what `format` of a string means. The default is [`FormatReading::Assertion`].
    #[must_use]
    pub fn formats(mut self, reading: FormatReading) -> Self {
        self.settings.formats = reading;
        self
    }

    /// Sets how models read `null` in place of an optional property that may be `null`. The default is
    /// [`NullReading::Distinct`].
    #[must_use]
    pub fn null(mut self, reading: NullReading) -> Self {
        self.settings.null.all = reading;
        self
    }

    /// Sets which structs get a builder. The default is [`Builders::Requests`].
    #[must_use]
    pub fn builders(mut self, builders: Builders) -> Self {
        self.settings.builders = builders;
        self
    }

    /// Sets whether each group of operations is behind a feature of the package, with the types that it alone
    /// uses. The default is [`GroupFeatures::Auto`].
    #[must_use]
    pub fn groups(mut self, features: GroupFeatures) -> Self {
        self.settings.groups.features = features;
        self
    }

    /// Sets the number of operations up to which all groups are on by default. The default is 150.
    #[must_use]
    pub fn groups_default_up_to(mut self, operations: usize) -> Self {
        self.settings.groups.default_up_to = operations;
        self
    }

    /// Applies an overlay to the definition before it is read: a file after version 1.0 of OpenAPI's Overlay
    /// specification. Several are applied in the order of the calls.
    ///
    /// A run fails if the file can't be read.
    #[must_use]
    pub fn overlay(mut self, file: impl Into<PathBuf>) -> Self {
        self.overlays.push(file.into());
        self
    }

    /// Allows the definition to refer to files outside its folder. By default such a reference is an error.
    #[must_use]
    pub fn allow_outside(mut self) -> Self {
        self.allow_outside = true;
        self
    }

    /// Generates only operations with one of these tags, and those that another `include_` method names, with
    /// the schemas that they use. `*` stands for any characters.
    ///
    /// A run fails if no operation has one of the tags.
    #[must_use]
    pub fn include_tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.settings.filter.include.tags.extend(tags.into_iter().map(T::into));
        self
    }

    /// Generates only operations with one of these names, as [`include_tags`](Self::include_tags) does. The
    /// name of an operation is its `operationId`, or its method and path: `GET /pets`.
    #[must_use]
    pub fn include_operations<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.settings.filter.include.operations.extend(names.into_iter().map(T::into));
        self
    }

    /// Generates only operations of these paths, as [`include_tags`](Self::include_tags) does: `/pets/*` is
    /// every path that begins with `/pets/`.
    #[must_use]
    pub fn include_paths<T: Into<String>>(mut self, paths: impl IntoIterator<Item = T>) -> Self {
        self.settings.filter.include.paths.extend(paths.into_iter().map(T::into));
        self
    }

    /// Leaves out operations with one of these tags, even if they are included, and what only they use. `*`
    /// stands for any characters.
    #[must_use]
    pub fn exclude_tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.settings.filter.exclude.tags.extend(tags.into_iter().map(T::into));
        self
    }

    /// Leaves out operations with one of these names, as [`exclude_tags`](Self::exclude_tags) does.
    #[must_use]
    pub fn exclude_operations<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.settings.filter.exclude.operations.extend(names.into_iter().map(T::into));
        self
    }

    /// Leaves out operations of these paths, as [`exclude_tags`](Self::exclude_tags) does.
    #[must_use]
    pub fn exclude_paths<T: Into<String>>(mut self, paths: impl IntoIterator<Item = T>) -> Self {
        self.settings.filter.exclude.paths.extend(paths.into_iter().map(T::into));
        self
    }

    /// Sets whether a run goes on after errors of the definition: what can't be read becomes untyped JSON or
    /// is left out, and each such error is a warning. Errors after which nothing can be read still end the
    /// run.
    #[must_use]
    pub fn keep_going(mut self, keep_going: bool) -> Self {
        self.settings.policy.keep_going = keep_going;
        self
    }

    /// Sets whether a defect of the definition is an error where it is otherwise read in a way that makes
    /// sense, with a warning. A level that is stated for its code goes before.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.policy.strict = strict;
        self
    }

    /// Sets whether the warnings that are not allowed are errors.
    #[must_use]
    pub fn deny_warnings(mut self, deny_warnings: bool) -> Self {
        self.settings.policy.deny_warnings = deny_warnings;
        self
    }

    /// Sets the level of the warnings of one code, such as `unchecked-pattern`.
    ///
    /// A run fails if no finding has this code.
    #[must_use]
    pub fn level(mut self, code: impl Into<String>, level: Level) -> Self {
        let code = code.into();
        self.require(CODES.contains(&code.as_str()), &code, "the code of a finding");
        self.settings.policy.levels.codes.insert(code, level);
        self
    }

    /// Writes `mod.rs` and its modules instead of a package, for `include!`.
    #[must_use]
    pub fn as_module(mut self) -> Self {
        self.settings.layout = Layout::Module;
        self
    }

    fn require(&mut self, is_valid: bool, text: &str, what: &str) {
        if !is_valid && self.invalid_setting.is_none() {
            self.invalid_setting = Some(format!("`{text}` is not {what}"));
        }
    }
}
