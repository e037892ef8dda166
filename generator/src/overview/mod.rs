//! A definition on one page: its operations, schemas, limits, rules and error codes, what the documentation
//! pages say of them, and what the crate makes of it all.
//!
//! `collect` reads both models into `page`, plain data, which `html` and `markdown` write. No stage, and nothing
//! is read again from the document.

mod collect;
mod html;
mod markdown;
mod page;

use std::io;
use std::path::Path;

use crate::api::Api;
use crate::docs;
use crate::rust::Crate;
use crate::source::SourceFiles;
use page::OverviewPage;

/// A definition on one page.
#[derive(Debug, Clone)]
pub struct Overview {
    page: OverviewPage,
    api: Api,
}

impl Overview {
    pub(crate) fn new(api: Api, krate: &Crate, files: &SourceFiles) -> Self {
        Self { page: collect::page(&api, krate, files), api }
    }

    /// Adds the files of a folder, or one file, as cases: each to the error codes that it names as a word.
    ///
    /// # Errors
    ///
    /// Returns an error if something can't be read.
    pub fn add_cases(&mut self, folder: impl AsRef<Path>) -> io::Result<()> {
        collect::add_cases(&mut self.page.codes, folder.as_ref())
    }

    /// Compares a folder of documentation pages with the definition, and adds what they say.
    ///
    /// # Errors
    ///
    /// Returns an error if a page can't be read.
    pub fn set_pages(&mut self, folder: impl AsRef<Path>) -> io::Result<()> {
        let folder = folder.as_ref();
        self.page.documented = Some(collect::documented_table(docs::coverage(folder, &self.api)?, folder));
        Ok(())
    }

    /// Returns the page as one HTML file that loads nothing.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::write(&self.page)
    }

    /// Returns the page as Markdown, without the diagram.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::write(&self.page)
    }
}
