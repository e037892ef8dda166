//! The vendor's documentation pages against the definition, and against an earlier state of themselves.
//!
//! Pages of Markdown become facts with page, line and column. [`check`] compares the facts with a definition,
//! [`diff`] with those of another state. Every difference has a [`DocsClass`]: a removed enum value is
//! contract, a new bullet below "Notes" is a note, a full stop is prose.

mod check;
#[cfg(feature = "overview")]
mod coverage;
mod diff;
mod draft;
mod entries;
mod entry;
mod facts;
mod finding;
mod lock;
mod markdown;
mod pages;
mod proposal;
mod read;
mod rewrite;
mod settled;
mod surface;
mod wording;

use std::io;
use std::path::Path;

pub use finding::{DocsClass, DocsFinding, DocsLocation, DocsReport};
pub use proposal::DocsProposal;

#[cfg(feature = "overview")]
pub(crate) use coverage::{Coverage, DocumentedFact};

use crate::api::Api;
use crate::findings::Findings;
use crate::outcome::Failure;
use crate::output;
use crate::pipeline;
use crate::report::Report;
use crate::settings::Settings;
use crate::source::{self, Source, SourceFiles};
use draft::Files;
use facts::Facts;
use lock::LockChanges;
use pages::Pages;

/// Compares the pages with a definition, and with the lock of the state that it was written from.
///
/// # Errors
///
/// Returns an error when a file cannot be read, the definition has errors, or the lock is none.
pub fn check(pages: &Path, definition: &Path, lock: Option<&Path>) -> Result<DocsReport, Failure> {
    let pages = Pages::read(pages)?;
    let (api, definition) = read_definition(definition)?;
    let facts = read::read(&pages);
    let mut since = since(lock, &facts)?;
    let mut drafts = check::check(&facts, &api, &since);
    drafts.append(&mut since.drafts);
    let files = Files { pages: Some(&pages), definition: Some(&definition), lock, old_pages: None };
    Ok(DocsReport::new(draft::resolve(drafts, &files)))
}

/// Returns every fact of the pages, and what a definition says otherwise.
///
/// # Errors
///
/// Returns an error when a page cannot be read.
#[cfg(feature = "overview")]
pub(crate) fn coverage(pages: &Path, api: &Api) -> io::Result<Coverage> {
    let pages = Pages::read(pages)?;
    Ok(coverage::coverage(&pages, &read::read(&pages), api))
}

/// Proposes the edit of a definition after which it says what the pages say, as far as that is certain. The
/// definition has no finding of `lint` after it that it does not have now. What the pages do not have goes
/// only where the lock says that they once had it. Descriptions, and what a name means, are left for a
/// person.
///
/// # Errors
///
/// Returns an error when a file cannot be read, the definition has errors, or the lock is none.
pub fn propose(pages: &Path, definition: &Path, lock: Option<&Path>) -> Result<DocsProposal, Failure> {
    let pages = Pages::read(pages)?;
    let (api, files) = read_definition(definition)?;
    let facts = read::read(&pages);
    let since = since(lock, &facts)?;
    let source = files.definition();
    let (new, mended) = proposal::propose(source, &check::check(&facts, &api, &since))?;
    let edited = Source::new(&source.path, &*new);
    let (api, _) = proposal::lint(&edited)?;
    let drafts = api.map(|api| check::check(&facts, &api, &since)).unwrap_or_default();
    let edited = SourceFiles::from(edited);
    let files = Files { pages: Some(&pages), definition: Some(&edited), ..Files::default() };
    let left = DocsReport::new(draft::resolve(drafts, &files));
    Ok(DocsProposal { path: source.path.clone(), old: source.text.clone(), new, mended, left })
}

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

/// Returns the lock of a state of the pages: a digest for each row, without its text.
///
/// # Errors
///
/// Returns an error when a page cannot be read.
pub fn lock(pages: &Path) -> Result<String, Failure> {
    Ok(lock::write(&read::read(&Pages::read(pages)?)))
}

/// Returns the text of a page with the definition's deviations as a table between two marks.
///
/// # Errors
///
/// Returns an error when a file cannot be read, the definition has errors, or the page lacks the marks.
pub fn settled(definition: &Path, page: &Path) -> Result<String, Failure> {
    let (api, _) = read_definition(definition)?;
    let text = read_file(page)?.text;
    settled::insert(&text, &settled::table(&api.deviations)).map_err(|message| invalid(page, &message))
}

/// Writes a lock or a page: the old text stays until the new one is complete.
///
/// # Errors
///
/// Returns an error when the file cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    Ok(output::replace(path, text)?)
}

/// Returns what changed on the pages since the lock was written.
fn since(lock: Option<&Path>, facts: &Facts) -> Result<LockChanges, Failure> {
    let Some(path) = lock else { return Ok(LockChanges::default()) };
    lock::changes(facts, &read_file(path)?.text).map_err(|message| invalid(path, &message))
}

fn read_definition(path: &Path) -> Result<(Api, SourceFiles), Failure> {
    let mut files = SourceFiles::from(read_file(path)?).with_others(false)?;
    let mut report = Report::default();
    match pipeline::lint(&mut files, &Settings::default(), &mut report) {
        Some(api) if !report.has_errors() => Ok((api, files)),
        _ => Err(Failure::Findings(Findings::new(report, files))),
    }
}

fn read_file(path: &Path) -> Result<Source, Failure> {
    source::read(path).map_err(|error| {
        Failure::Io(io::Error::new(error.kind(), format!("cannot read `{}`: {error}", path.display())))
    })
}

fn invalid(path: &Path, message: &str) -> Failure {
    Failure::Io(io::Error::new(io::ErrorKind::InvalidData, format!("{}: {message}", path.display())))
}
