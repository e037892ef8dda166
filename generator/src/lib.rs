//! Reads a hand-kept OpenAPI definition (3.0, 3.1 or 3.2) and writes a Rust crate.
//!
//! # The pipeline
//!
//! The text is parsed into a document, lowered to the API model (`api`), translated to the Rust model
//! (`rust`) and emitted as files. Every stage reads one model and writes the next; the stages meet in
//! `pipeline` only. Before the barrier, which is behind `check`, every stage reports all that it finds;
//! behind it nothing can fail.
//!
//! # For a build script
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     specwright::build("spec/pets.yaml")
//! }
//! ```
//!
//! and in the crate `include!(concat!(env!("OUT_DIR"), "/mod.rs"));`. The generated modules have no features
//! of their own: the crate's manifest turns on those of `specwright-runtime` that the parts need,
//! `validators` (on by default) and `client`.
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

mod api;
mod build_script;
mod check;
mod config;
mod counts;
mod decimal;
#[cfg(feature = "docs")]
pub mod docs;
mod document;
mod emit;
#[cfg(feature = "evolve")]
pub mod evolve;
#[cfg(feature = "examples")]
mod examples;
mod findings;
mod generator;
mod ident;
mod lower;
mod module;
mod outcome;
mod output;
#[cfg(feature = "overview")]
mod overview;
mod parse;
mod pattern;
mod pipeline;
mod pointer;
mod render;
mod report;
mod rust;
mod settings;
mod source;
mod translate;

pub use build_script::{build, build_from_config};
pub use findings::Findings;
pub use generator::Generator;
#[cfg(feature = "evolve")]
pub use generator::release::Release;
pub use outcome::{Change, Failure, Outcome, Stage, Summary};
#[cfg(feature = "overview")]
pub use overview::Overview;
pub use report::{Level, Severity, explanation};
pub use settings::{AdditionalProperties, Builders, FormatReading, GroupFeatures, NullReading, Part};
