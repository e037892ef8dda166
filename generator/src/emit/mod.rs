//! [`Crate`] to modules: one file here for each generated file, pure templates.

mod client;
mod example;
mod front_page;
mod groups;
mod krate;
mod manifest;
mod models;
mod operations;
mod readme;
mod server;
mod shapes;
mod tokens;
mod validators;
mod webhooks;

use std::sync::Arc;

use self::groups::Share;
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
        let content = move |share| match part {
            Part::Models => models::models(krate, share),
            Part::Operations => operations::operations(&krate.operations),
            Part::Validators => validators::validators(krate, share, with_models),
            Part::Client => client::client(krate, share),
            Part::Server => server::server(&krate.server, &krate.operations),
        };
        let others = groups::others(krate, part);
        modules.extend(cut(&format!("{folder}{}", part.name()), krate, others, content));
        if part == Part::Models && models::builders::are_needed(&krate.models) {
            let builders = move |share| models::builders::builders(krate, share);
            let others = groups::of_builders(krate);
            modules.extend(cut(&format!("{folder}models/builders"), krate, others, builders));
        }
    }
    if webhooks::are_wanted(krate, &parts) {
        modules.push(Module::new(format!("{folder}webhooks.rs"), move || webhooks::webhooks(krate)));
    }
    modules
}

/// A file for what is compiled always, and the others in a folder beside it.
fn cut<'a>(
    path: &str,
    krate: &'a Crate,
    others: Vec<Share<'a>>,
    content: impl Fn(Share<'a>) -> Content + Copy + Send + Sync + 'a,
) -> Vec<Module<'a>> {
    let root = Share::root(&krate.groups);
    let mut modules = vec![Module::new(format!("{path}.rs"), move || content(root))];
    let other =
        |share: Share<'a>| Module::new(format!("{path}/{}.rs", share.module()), move || content(share));
    modules.extend(others.into_iter().map(other));
    modules
}
