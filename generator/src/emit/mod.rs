//! [`Crate`] to modules: one file here for each generated file, pure templates.

mod client;
mod example;
mod front_page;
mod krate;
mod manifest;
mod models;
mod operations;
mod readme;
mod tokens;
mod validators;

use crate::module::Module;
use crate::rust::Crate;
use crate::settings::{Layout, Part, Settings};

/// Writes every file that the settings ask for.
pub(crate) fn emit(krate: Crate, settings: &Settings) -> Vec<Module> {
    let krate = &example::documented(krate, settings.layout);
    let parts: Vec<Part> =
        Part::ALL.into_iter().map(|(part, _)| part).filter(|part| settings.wants(*part)).collect();
    let (folder, mut modules) = match settings.layout {
        Layout::Package => (
            "src/",
            vec![
                manifest::manifest(krate, &parts),
                readme::readme(krate, &parts),
                krate::library(krate, &parts),
            ],
        ),
        Layout::Module => ("", vec![krate::module(krate, &parts)]),
    };
    let with_models = parts.contains(&Part::Models);
    for part in parts {
        let content = match part {
            Part::Models => models::models(&krate.models),
            Part::Operations => operations::operations(&krate.operations),
            Part::Validators => validators::validators(&krate.validators, with_models),
            Part::Client => client::client(&krate.client, &krate.operations),
        };
        modules.push(Module { path: format!("{folder}{}.rs", part.name()), content });
        if part == Part::Models
            && let Some(content) = models::builders::builders(&krate.models)
        {
            modules.push(Module { path: format!("{folder}models/builders.rs"), content });
        }
    }
    modules
}
