//! Reads a hand-kept OpenAPI 3.0 definition and writes a Rust crate.
//!
//! # The street
//!
//! Text becomes a foreign document, the document becomes [`api`]'s words, those become [`rust`]'s words, and
//! those become files. Every stage reads one dictionary and writes the next; they meet in this file only.
//! Before the wall every stage reports all that it finds; beyond it nothing can fail.
//!
//! # For a build script
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     specwright::build("spec/pets.yaml")
//! }
//! ```
//!
//! and in the crate `include!(concat!(env!("OUT_DIR"), "/mod.rs"));`.
//!
//! # For everything else
//!
//! ```
//! use specwright::Generator;
//!
//! let definition = "
//! openapi: 3.0.3
//! info: {title: Pets, version: '1'}
//! paths: {}
//! components:
//!   schemas:
//!     Pet: {type: object, required: [name], properties: {name: {type: string}}}
//! ";
//! let output = Generator::from_text("pets.yaml", definition).preview();
//! assert!(!output.report.has_errors());
//! let models = output.files.iter().find(|(path, _)| path == "src/models.rs");
//! assert!(models.is_some_and(|(_, text)| text.contains("pub struct Pet {")));
//! ```
//!
//! [`api`]: https://docs.rs/specwright
//! [`rust`]: https://docs.rs/specwright

#[allow(
    dead_code,
    reason = "the dictionary carries the whole object model, read by more than one part of the output"
)]
mod api;
mod build_script;
mod check;
mod config;
mod document;
mod emit;
mod findings;
mod generator;
mod ident;
mod lower;
mod output;
mod parse;
mod pointer;
mod render;
mod report;
mod rust;
mod settings;
mod source;
mod translate;

pub use build_script::{build, build_from_config};
pub use findings::Findings;
pub use generator::{Change, Failure, Generator, Outcome, Preview, Stage, Summary};
pub use report::Severity;
pub use settings::Part;

use report::Report;
use settings::Settings;
use source::Source;

/// What lies at the end of the street, and what the two dictionaries said on the way.
struct Street {
    api: Option<api::Api>,
    krate: Option<rust::Crate>,
    files: Vec<render::File>,
}

/// Walks the whole street, or as far as the findings let it.
fn walk(source: &Source, settings: &Settings, report: &mut Report, progress: &dyn Fn(Stage)) -> Street {
    let api = definition(source, report, progress);
    let Some(api) = api.filter(|_| !report.has_errors()) else {
        return Street { api: None, krate: None, files: Vec::new() };
    };
    // The wall: beyond it nothing can fail.
    progress(Stage::Translate);
    let krate = translate::translate(&api, settings);
    progress(Stage::Emit);
    let modules = emit::emit(&krate, settings);
    progress(Stage::Render);
    let files = render::render(modules);
    Street { api: Some(api), krate: Some(krate), files }
}

/// The street up to the wall: every stage reports all that it finds.
fn definition(source: &Source, report: &mut Report, progress: &dyn Fn(Stage)) -> Option<api::Api> {
    progress(Stage::Parse);
    let document = parse::parse(source, report)?;
    progress(Stage::Lower);
    let api = lower::lower(&document, report);
    progress(Stage::Check);
    check::check(&api, report);
    Some(api)
}
