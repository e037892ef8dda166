//! The version of the package in the files of the workspace around it, which cargo needs to agree.

use std::fs;
use std::io;
use std::path::Path;

use super::{Difference, cannot};

/// Returns what has to change in the `Cargo.toml` and the `Cargo.lock` of the workspace around a package, so
/// that they name its version. Nothing is written.
pub(crate) fn differences(package_dir: &Path, name: &str, version: &str) -> io::Result<Vec<Difference>> {
    let Ok(package_dir) = package_dir.canonicalize() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for folder in package_dir.ancestors().skip(1) {
        let Some(manifest) = text(&folder.join("Cargo.toml"))? else { continue };
        if !manifest.lines().any(|line| line.trim_start().starts_with("[workspace")) {
            continue;
        }
        let is_here = |path: &str| folder.join(path).canonicalize().is_ok_and(|path| path == package_dir);
        let edits = [
            (
                "Cargo.toml",
                Some(manifest.clone()),
                Some(with_requirement(&manifest, name, version, &is_here)),
            ),
            ("Cargo.lock", text(&folder.join("Cargo.lock"))?, None),
        ];
        for (file, old, new) in edits {
            let Some(old) = old else { continue };
            let new = new.unwrap_or_else(|| with_locked(&old, name, version));
            if new != old {
                found.push(Difference { path: folder.join(file), old: Some(old), new: Some(new) });
            }
        }
        break;
    }
    Ok(found)
}

/// The manifest with the version in the line `name = { path = "...", version = "..." }`.
fn with_requirement(manifest: &str, name: &str, version: &str, is_here: &dyn Fn(&str) -> bool) -> String {
    let replaced = |line: &str| -> Option<String> {
        let value = line.strip_prefix(name)?.trim_start().strip_prefix('=')?;
        let (path, _) = value.split_once("path = \"")?.1.split_once('"')?;
        let (before, rest) = line.split_once("version = \"")?;
        let (required, after) = rest.split_once('"')?;
        // `0.1` is met by 0.1.4 as it stands.
        let is_met =
            version.strip_prefix(required).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        (is_here(path) && !is_met).then(|| format!("{before}version = \"{version}\"{after}"))
    };
    let lines = manifest.split_inclusive('\n').map(|line| replaced(line).unwrap_or_else(|| line.to_owned()));
    lines.collect()
}

/// The lock with the version of the package of that name that comes from no registry.
fn with_locked(lock: &str, name: &str, version: &str) -> String {
    let head = format!("[[package]]\nname = \"{name}\"\nversion = \"");
    let parts: Vec<&str> = lock.split(&head).collect();
    let mut text = parts[0].to_owned();
    for part in &parts[1..] {
        let (old, rest) = part.split_once('"').unwrap_or((part, ""));
        let is_local = !rest.trim_start().starts_with("source");
        text += &head;
        text += if is_local { version } else { old };
        text += "\"";
        text += rest;
    }
    text
}

/// Returns the text of a file; `None` if there is none.
fn text(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot("read", path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::{with_locked, with_requirement};

    #[test]
    fn the_version_is_written_where_cargo_reads_it() {
        let manifest = "[workspace.dependencies]\npets = { path = \"made\", version = \"0.1.0\" }\n\
                        pets-cli = { path = \"cli\", version = \"0.1.0\" }\n";
        let is_here = |path: &str| path == "made";
        let written = |version: &str| with_requirement(manifest, "pets", version, &is_here);
        assert_eq!(written("0.2.0"), manifest.replacen("0.1.0", "0.2.0", 1));
        assert_eq!(written("0.1.0"), manifest);
        assert_eq!(with_requirement(manifest, "pets", "0.2.0", &|_| false), manifest);
        let lock = "[[package]]\nname = \"pets\"\nversion = \"0.1.0\"\ndependencies = [\n]\n\n[[package]]\n\
                    name = \"pets\"\nversion = \"3.0.0\"\nsource = \"registry\"\n";
        assert_eq!(with_locked(lock, "pets", "0.2.0"), lock.replacen("0.1.0", "0.2.0", 1));
        assert_eq!(with_locked(lock, "cats", "0.2.0"), lock);
    }
}
