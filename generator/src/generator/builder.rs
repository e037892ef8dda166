//! The settings of a [`Generator`], one method each.

use std::path::PathBuf;

use super::Generator;
use crate::config;
use crate::settings::{Builders, Layout, Part};

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

    /// Writes only these parts. [`Part::Client`] includes all others. The default is every part.
    #[must_use]
    pub fn only(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.settings.parts = parts.into_iter().collect();
        self
    }

    /// Sets which structs get a builder. The default is [`Builders::Requests`].
    #[must_use]
    pub fn builders(mut self, builders: Builders) -> Self {
        self.settings.builders = builders;
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
