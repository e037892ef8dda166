//! Compares what two generators make.

use super::Generator;
use crate::evolve::{self, Comparison, Side};
use crate::findings::Findings;
use crate::outcome::Failure;
use crate::pipeline;
use crate::report::Report;

impl Generator {
    /// Compares what this generator makes with what an older one makes, and writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`files`](Self::files), for either of the two.
    ///
    /// # Examples
    ///
    /// ```
    /// use specwright::Generator;
    ///
    /// let pets = |name: &str| {
    ///     let text = format!(
    ///         "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\n\
    ///          components: {{schemas: {{Pet: {{type: object, properties: {{name: {{type: {name}}}}}}}}}}}\n"
    ///     );
    ///     Generator::from_text("pets.yaml", text).package_version("0.1.0")
    /// };
    /// let comparison = pets("integer").compare(&pets("string"))?;
    /// assert_eq!(comparison.needed_version.as_deref(), Some("0.2.0"));
    /// # Ok::<(), specwright::Failure>(())
    /// ```
    pub fn compare(&self, older: &Self) -> Result<Comparison, Failure> {
        Ok(evolve::compare(&older.side()?, &self.side()?))
    }

    /// Reads the definition and decides the crate. Its texts are not needed.
    fn side(&self) -> Result<Side, Failure> {
        let mut files = self.source_files()?;
        let mut report = Report::new(&self.settings.policy);
        match pipeline::models(&mut files, &self.settings, &mut report) {
            Some((api, krate)) => Ok(Side { files, api, krate, settings: self.settings.clone() }),
            None => Err(Failure::Findings(Findings::new(report, files))),
        }
    }
}
