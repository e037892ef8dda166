//! The definition on one page.

use super::Generator;
use crate::findings::Findings;
use crate::outcome::Failure;
use crate::overview::Overview;
use crate::pipeline;
use crate::report::Report;

impl Generator {
    /// Reads the definition and decides the crate, and returns both as a page, with the warnings. Nothing is
    /// written.
    ///
    /// # Errors
    ///
    /// As for [`files`](Self::files).
    pub fn overview(&self) -> Result<(Overview, Findings), Failure> {
        let mut files = self.source_files()?;
        let mut report = Report::new(&self.settings.policy);
        match pipeline::models(&mut files, &self.settings, &mut report) {
            Some((api, krate)) => {
                let overview = Overview::new(api, &krate, &files);
                Ok((overview, Findings::new(report, files)))
            }
            None => Err(Failure::Findings(Findings::new(report, files))),
        }
    }
}

#[cfg(test)]
mod tests;
