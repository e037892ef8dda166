//! What `generate` does beside the crate, if the configuration has `release`: it holds the version against
//! what has changed since the last release, and keeps the list of the changelog.

use specwright::{Change, Generator, Release};

use super::show;

/// Returns whether the version is high enough, and adds the changelog if it differs.
pub(super) fn check(generator: &Generator, changes: &mut Vec<Change>) -> Result<bool, String> {
    let Some(release) = since(generator)? else { return Ok(true) };
    changes.extend(generator.changelog(&release).map_err(|failure| failure.to_string())?);
    let comparison = &release.comparison;
    let is_too_low = comparison.is_version_too_low();
    if is_too_low {
        show::error(&format!("since {}: {}", release.tag, comparison.summary()));
        show::note(&format!("  `specwright diff {}..` lists what has changed", release.tag));
    }
    Ok(!is_too_low)
}

/// Writes the list of the changelog.
pub(super) fn write(generator: &Generator) -> Result<(), String> {
    let release = match since(generator) {
        Ok(Some(release)) => release,
        Ok(None) => return Ok(()),
        // The crate is written; what git can't tell is the business of `--check`.
        Err(message) => {
            show::note(&format!("not compared with the last release: {message}"));
            return Ok(());
        }
    };
    let change = generator.changelog(&release).map_err(|failure| failure.to_string())?;
    if let Some(Change { path, new: Some(text), .. }) = change {
        let written = std::fs::write(&path, text);
        written.map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
        show::note(&format!("{}: what has changed since {}", path.display(), release.tag));
    }
    if release.comparison.is_version_too_low() {
        show::note(&format!("since {}: {}", release.tag, release.comparison.summary()));
    }
    Ok(())
}

fn since(generator: &Generator) -> Result<Option<Release>, String> {
    let Some(tags) = generator.release_tags() else { return Ok(None) };
    let release = generator.since_release().map_err(|failure| failure.to_string())?;
    if release.is_none() {
        show::note(&format!("no tag `{tags}`: there is no release to compare with"));
    }
    Ok(release)
}
