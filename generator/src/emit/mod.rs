//! [`Crate`] to modules: one file here for each generated file, pure templates.

mod client;
mod example;
mod front_page;
mod krate;
mod manifest;
mod models;
mod operations;
mod readme;
mod server;
mod tokens;
mod validators;
mod webhooks;

use std::sync::Arc;

use crate::module::{Content, Module};
use crate::rust::Crate;
use crate::settings::{Layout, Part, Settings};

/// Adds examples to the documentation of what is emitted.
pub(crate) fn documented(krate: Crate, settings: &Settings) -> Crate {
    example::documented(krate, settings.layout)
}

/// Writes every file that the settings ask for.
pub(crate) fn emit<'a>(krate: &'a Crate, settings: &Settings) -> Vec<Module<'a>> {
    let parts = Part::ALL.into_iter().map(|(part, _)| part).filter(|part| settings.wants(*part));
    let parts: Arc<[Part]> = parts.collect();
    let of_all = |path: &str, content: fn(&Crate, &[Part]) -> Content| {
        let parts = Arc::clone(&parts);
        Module::new(path, move || content(krate, &parts))
    };
    let (folder, mut modules) = match settings.layout {
        Layout::Package => (
            "src/",
            vec![
                of_all("Cargo.toml", manifest::manifest),
                of_all("README.md", readme::readme),
                of_all("src/lib.rs", krate::library),
            ],
        ),
        Layout::Module => ("", vec![of_all("mod.rs", krate::module)]),
    };
    let with_models = parts.contains(&Part::Models);
    for part in parts.iter().copied() {
        modules.push(Module::new(format!("{folder}{}.rs", part.name()), move || match part {
            Part::Models => models::models(&krate.models),
            Part::Operations => operations::operations(&krate.operations),
            Part::Validators => validators::validators(&krate.validators, with_models),
            Part::Client => client::client(&krate.client, &krate.operations),
            Part::Server => server::server(&krate.server, &krate.operations),
        }));
        if part == Part::Models && models::builders::are_needed(&krate.models) {
            let builders = move || models::builders::builders(&krate.models);
            modules.push(Module::new(format!("{folder}models/builders.rs"), builders));
        }
    }
    if webhooks_are_wanted(krate, &parts) {
        modules.push(Module::new(format!("{folder}webhooks.rs"), move || webhooks::webhooks(krate)));
    }
    modules
}

/// Webhooks have bodies with types, which are validated.
fn webhooks_are_wanted(krate: &Crate, parts: &[Part]) -> bool {
    !krate.webhooks.is_empty() && [Part::Models, Part::Validators].iter().all(|part| parts.contains(part))
}
