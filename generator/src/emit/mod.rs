//! [`Crate`] to modules: one file here for each generated file, pure templates.

mod krate;
mod manifest;
mod models;
mod operations;
mod readme;
mod tokens;

use proc_macro2::TokenStream;

use crate::rust::Crate;
use crate::settings::{Layout, Part, Settings};

/// One file of the output before it is formatted.
#[derive(Debug)]
pub(crate) struct Module {
    /// Relative to the output folder, with `/` between folders.
    pub(crate) path: String,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Rust {
        /// Inner documentation; empty for a file that is `include!`d, which may not have any.
        docs: Vec<String>,
        /// A blank line stands between items.
        items: Vec<TokenStream>,
    },
    Text(String),
}

/// Writes every file that the settings ask for.
pub(crate) fn emit(krate: &Crate, settings: &Settings) -> Vec<Module> {
    let parts: Vec<Part> =
        Part::ALL.into_iter().map(|(part, _)| part).filter(|part| settings.wants(*part)).collect();
    let (folder, mut modules) = match settings.layout {
        Layout::Package => (
            "src/",
            vec![manifest::manifest(krate), readme::readme(krate, &parts), krate::library(krate, &parts)],
        ),
        Layout::Module => ("", vec![krate::module(&parts)]),
    };
    for part in parts {
        let content = match part {
            Part::Models => models::models(&krate.models),
            Part::Operations => operations::operations(&krate.operations),
        };
        modules.push(Module { path: format!("{folder}{}.rs", part.name()), content });
    }
    modules
}
