//! [`Api`] to [`Crate`]: names, types, derives, boxes and order, everything decided.
//!
//! Nothing here can fail. Where a document leaves something open, it gets the reading that loses nothing.

mod client;
mod codes;
mod docs;
mod example;
mod groups;
mod layout;
mod media_types;
mod models;
mod names;
mod operations;
mod plan;
mod resolve;
mod server;
mod shapes;
mod status;
mod types;
mod validators;
mod variants;
mod webhooks;

#[cfg(feature = "examples")]
use std::collections::{BTreeMap, BTreeSet};

use crate::api::Api;
#[cfg(feature = "examples")]
use crate::api::SchemaId;
use crate::counts::Counts;
#[cfg(feature = "examples")]
use crate::rust::validators::{TableId, Validators};
use crate::rust::{Crate, Package};
use crate::settings::{Part, Settings};
use resolve::Resolver;

/// Decides the whole crate.
pub(crate) fn translate(api: &Api, settings: &Settings) -> Crate {
    let (api, joined) = plan::with_joined(api);
    let api = &*api;
    let plans = plan::plan(api, &joined, &settings.names);
    let (models, mut types) = models::models(api, &plans, settings);
    let example = example::example(api, &plans, &models, types.names.given());
    let examples = example::examples(api, &plans, types.names.given());
    let models = layout::settle(models);
    let (validators, of_sent) = validators::validators(api, &plans, &models, &types.names, settings);
    let resolver = Resolver::new(&models);
    let webhooks = webhooks::webhooks(&mut types, &resolver, &of_sent);
    let operations = operations::operations(&mut types, &resolver, &of_sent);
    let package = package(api, settings);
    let mut client = client::client(api, &resolver, &operations, &package, example.as_ref());
    let server = server::server(&mut types, &resolver, &operations, &client, &validators);
    let mut groups = groups::groups(api, settings);
    groups::add_usage(&mut groups, &models, &validators, &operations, &client, &webhooks);
    groups::document(&mut client, &groups);
    let docs = docs::crate_docs(api);
    Crate {
        package,
        docs,
        example,
        examples,
        models,
        operations,
        validators,
        webhooks,
        client,
        groups,
        server,
    }
}

/// Makes the tables of these schemas alone, and returns which is whose.
#[cfg(feature = "examples")]
pub(crate) fn tables(
    api: &Api,
    settings: &Settings,
    schemas: &BTreeSet<SchemaId>,
) -> (Validators, BTreeMap<SchemaId, TableId>) {
    let (api, joined) = plan::with_joined(api);
    let api = &*api;
    let plans = plan::plan(api, &joined, &settings.names);
    let (_, types) = models::models(api, &plans, settings);
    validators::of_schemas(api, &plans, &types.names, settings, schemas)
}

fn package(api: &Api, settings: &Settings) -> Package {
    let chosen = &settings.package;
    let title = match docs::plain_line(&api.info.title) {
        title if title.is_empty() => "API".to_owned(),
        title => title,
    };
    Package {
        name: chosen.name.clone().unwrap_or_else(|| names::package(&title)),
        version: chosen.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: chosen.description.clone().unwrap_or_else(|| description(&title, settings)),
        license: chosen.license.clone(),
        repository: chosen.repository.clone(),
        authors: chosen.authors.clone(),
        keywords: chosen.keywords.clone(),
        categories: chosen.categories.clone(),
        workspace: chosen.workspace,
        runtime_path: chosen.runtime_path.clone(),
        dependencies: settings.dependencies.clone().into_iter().collect(),
        dev_dependencies: settings.dev_dependencies.clone().into_iter().collect(),
        benches: settings.benches.clone(),
        readme_append: chosen.readme_append.clone(),
        api_title: docs::one_line(&title),
        api_version: docs::one_line(&api.info.version),
        counts: Counts::of(api),
    }
}

/// Says what is in the package; of operations only where there is nothing else.
fn description(title: &str, settings: &Settings) -> String {
    let wanted = Part::ALL.into_iter().filter(|(part, _)| settings.wants(*part));
    let mut names: Vec<&str> = wanted.map(|(_, name)| name).collect();
    if names.len() > 1 {
        names.retain(|name| *name != Part::Operations.name());
    }
    let mut list = match names.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        names => names.concat(),
    };
    if let Some(first) = list.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{list} of {title}.")
}

#[cfg(test)]
mod tests;
