//! Reads a hand-kept OpenAPI 3.0 definition and writes a Rust crate.
//!
//! # The street
//!
//! Text becomes a foreign document, the document becomes the words of `api`, those become the words of `rust`, and
//! those become files. Every stage reads one dictionary and writes the next; they meet in `street` only. Before
//! the wall every stage reports all that it finds; beyond it nothing can fail.
//!
//! # For a build script
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     specwright::build("spec/pets.yaml")
//! }
//! ```
//!
//! and in the crate `include!(concat!(env!("OUT_DIR"), "/mod.rs"));`. What is written has no features of its own: the crate's
//! manifest turns on those of `specwright-runtime` that the parts need, `validators` (on by default) and `client`.
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
//! let (files, _) = Generator::from_text("pets.yaml", definition).files()?;
//! let models = files.iter().find(|(path, _)| path == "src/models.rs");
//! assert!(models.is_some_and(|(_, text)| text.contains("pub struct Pet {")));
//! # Ok::<(), specwright::Failure>(())
//! ```

#[allow(
    dead_code,
    reason = "the dictionary carries the whole object model, read by more than one part of the output"
)]
mod api;
mod build_script;
mod check;
mod config;
mod counts;
#[cfg(feature = "docs")]
pub mod docs;
mod document;
mod emit;
mod findings;
mod generator;
mod ident;
mod lower;
mod module;
mod outcome;
mod output;
mod parse;
mod pattern;
mod pointer;
mod render;
mod report;
mod rust;
mod settings;
mod source;
mod street;
mod translate;

pub use build_script::{build, build_from_config};
pub use findings::Findings;
pub use generator::Generator;
pub use outcome::{Change, Failure, Outcome, Stage, Summary};
pub use report::Severity;
pub use settings::Part;
