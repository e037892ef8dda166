//! What has changed since the last release: the version that it needs, and its list in the changelog.

use std::path::Path;

use super::{Generator, read};
use crate::evolve::{Comparison, Revision, last_tag};
use crate::outcome::{Change, Failure};

/// The last release of a package, and what has changed since.
#[derive(Debug)]
#[non_exhaustive]
pub struct Release {
    /// The tag of the release.
    pub tag: String,
    /// What has changed since.
    pub comparison: Comparison,
}

impl Generator {
    /// Returns the pattern of the tags that releases have; `None` if the configuration names none.
    #[must_use]
    pub fn release_tags(&self) -> Option<&str> {
        self.release.as_ref().map(|release| &*release.tags)
    }

    /// Compares this state with the last release: the configuration at the newest tag that the configuration
    /// names under `release`. `None` if it names none, or there is no such tag.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Io`] if git can't be run or there is no repository, and what
    /// [`compare`](Self::compare) returns.
    pub fn since_release(&self) -> Result<Option<Release>, Failure> {
        let Some(settings) = &self.release else { return Ok(None) };
        let folder = settings.config.parent().unwrap_or(Path::new(""));
        let Some(tag) = last_tag(folder, &settings.tags)? else { return Ok(None) };
        let revision = Revision::read(&tag, folder)?;
        let older = Self::from_config(revision.path(&settings.config))?;
        let mut comparison = self.compare(&older)?;
        comparison.name_old_places(&revision);
        Ok(Some(Release { tag, comparison }))
    }

    /// Returns how the changelog differs from one with the list of what has changed since the release; `None`
    /// if it does not, or the configuration names no changelog.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Io`] if the changelog can't be read or lacks the two lines around the list.
    pub fn changelog(&self, release: &Release) -> Result<Option<Change>, Failure> {
        let Some(path) = self.release.as_ref().and_then(|release| release.changelog.as_ref()) else {
            return Ok(None);
        };
        let old = read(path)?.text;
        let missing = || {
            let message =
                format!("`{}` needs the lines `{BEGIN}` and `{END}`, in this order", path.display());
            Failure::Io(std::io::Error::new(std::io::ErrorKind::InvalidData, message))
        };
        let (before, rest) = old.split_once(BEGIN).ok_or_else(missing)?;
        let (_, after) = rest.split_once(END).ok_or_else(missing)?;
        let list = release.comparison.to_markdown();
        let new = format!("{before}{BEGIN}\n\n{list}{}{END}{after}", if list.is_empty() { "" } else { "\n" });
        Ok((new != old).then(|| Change { path: path.clone(), old: Some(old), new: Some(new) }))
    }
}

const BEGIN: &str = "<!-- specwright changes: begin -->";
const END: &str = "<!-- specwright changes: end -->";
