//! Dictionary 2: what the crate will contain, in the words of Rust.
//!
//! `translate` writes it, `emit` reads it. Plain data without tokens: every name, type, order and line of
//! documentation is decided here.

mod choices;
mod client;
mod models;
mod operations;
mod types;
pub(crate) mod validators;

pub(crate) use choices::*;
pub(crate) use client::*;
pub(crate) use models::*;
pub(crate) use operations::*;
pub(crate) use types::*;

use crate::counts::Counts;
use crate::ident::TypeIdent;

/// A whole crate.
#[derive(Debug, Clone)]
pub(crate) struct Crate {
    pub(crate) package: Package,
    /// First the sentence that names the service, then its description.
    pub(crate) docs: Vec<String>,
    /// A request body to show in the crate's documentation.
    pub(crate) example: Option<Example>,
    /// One for each request body and each item of a bulk request.
    pub(crate) examples: Vec<ModelExample>,
    pub(crate) models: Models,
    pub(crate) operations: Operations,
    pub(crate) validators: validators::Validators,
    pub(crate) client: Client,
}

/// What stands in `Cargo.toml`.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) license: Option<String>,
    /// True: edition, minimum Rust version, licence and lints come from the workspace around it.
    pub(crate) workspace: bool,
    /// The path of the runtime crate; none: the registry's.
    pub(crate) runtime_path: Option<String>,
    /// Further dependencies, each as a name and the TOML value behind it.
    pub(crate) dependencies: Vec<(String, String)>,
    /// The same for tests and benches.
    pub(crate) dev_dependencies: Vec<(String, String)>,
    /// Names of benches.
    pub(crate) benches: Vec<String>,
    /// Markdown for the end of the README.
    pub(crate) readme_append: Option<String>,
    /// The title and version of the definition, as Markdown on one line.
    pub(crate) api_title: String,
    pub(crate) api_version: String,
    pub(crate) counts: Counts,
}

/// A value for the documentation of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ModelExample {
    pub(crate) ty: TypeIdent,
    /// JSON over several lines.
    pub(crate) json: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) ty: TypeIdent,
    /// JSON over several lines.
    pub(crate) json: String,
    /// Wire names that a builder without any value reports as missing.
    pub(crate) missing: Vec<String>,
}
