//! The vendor's documentation pages against the definition, and against an earlier state of themselves.
//!
//! Pages of Markdown become facts with page, line and column. [`check`] compares the facts with a definition,
//! [`diff`] with those of another state. Every difference has a [`Class`]: a removed enum value is contract, a new
//! bullet below "Notes" is a note, a full stop is prose.

mod diff;
mod draft;
mod entries;
mod facts;
mod finding;
mod markdown;
mod pages;
mod read;
mod wording;

use std::path::Path;

pub use finding::{Class, DocsFinding, DocsLocation, DocsReport};

use crate::outcome::Failure;
use draft::Files;
use pages::Pages;

/// Compares two states of the pages. Each is a folder of Markdown files, or one file.
///
/// # Errors
///
/// Returns an error when a folder or a file cannot be read.
pub fn diff(old: &Path, new: &Path) -> Result<DocsReport, Failure> {
    let (old, new) = (Pages::read(old)?, Pages::read(new)?);
    let drafts = diff::diff(&old, &new);
    let files = Files { pages: Some(&new), old_pages: Some(&old), ..Files::default() };
    Ok(DocsReport::new(draft::resolve(drafts, &files)))
}
