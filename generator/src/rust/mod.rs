//! The Rust model: what the crate will contain, in Rust's words.
//!
//! `translate` creates it, `emit` reads it. It is plain data without tokens: every name, type, order and line
//! of documentation is decided. What comes from the document has the pointer of its origin as `at`.

mod choices;
mod client;
mod groups;
mod models;
mod operations;
mod runtime;
mod server;
mod shape;
mod types;
pub(crate) mod validators;
mod webhooks;

pub(crate) use choices::*;
pub(crate) use client::*;
pub(crate) use groups::*;
pub(crate) use models::*;
pub(crate) use operations::*;
pub(crate) use runtime::*;
pub(crate) use server::*;
pub(crate) use shape::*;
pub(crate) use types::*;
pub(crate) use webhooks::*;

use crate::counts::Counts;
use crate::ident::TypeIdent;

/// A whole crate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Crate {
    pub(crate) package: Package,
    /// The sentence that names the service, then its description.
    pub(crate) docs: Vec<String>,
    /// A request body for the documentation of the crate.
    pub(crate) example: Option<BodyExample>,
    /// One for each request body and each item of a bulk request.
    pub(crate) examples: Vec<ModelExample>,
    pub(crate) models: Models,
    pub(crate) operations: Operations,
    pub(crate) validators: validators::Validators,
    pub(crate) webhooks: Vec<WebhookDef>,
    pub(crate) client: Client,
    pub(crate) groups: Groups,
    pub(crate) server: ServerApi,
}

/// The contents of `Cargo.toml`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) keywords: Vec<String>,
    pub(crate) categories: Vec<String>,
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

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BodyExample {
    pub(crate) ty: TypeIdent,
    /// JSON over several lines.
    pub(crate) json: String,
    /// The names of the members that a builder without any value reports as missing.
    pub(crate) missing: Vec<String>,
}
