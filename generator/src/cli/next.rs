//! What is left to do after a package was written: the last lines of `generate`.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns what a user has to know before cargo can build the package in a folder.
pub(super) fn steps(package: &Path) -> Vec<String> {
    let manifest = package.join("Cargo.toml");
    let Ok(text) = fs::read_to_string(&manifest) else { return Vec::new() };
    let has_path = text.lines().any(|line| line.starts_with("specwright-runtime") && line.contains("path ="));
    let mut steps = Vec::new();
    if !has_path {
        steps.push(
            "the package needs `specwright-runtime`: give the folder of its sources with `--runtime-path`, \
             as long as the registry does not have it"
                .to_owned(),
        );
    }
    if let Some(root) = workspace_around(package) {
        steps.push(format!(
            "`{}` is the manifest of a workspace: add the package to its `members`, or to `exclude`",
            root.display()
        ));
    }
    let has = |feature: &str| text.lines().any(|line| line.starts_with(&format!("{feature} = [")));
    let features = if has("server") && !has("client") { " --features server" } else { "" };
    steps.push(format!("next: cargo build --manifest-path {}{features}", manifest.display()));
    steps
}

/// Returns the manifest of a workspace around the package that says nothing of it.
fn workspace_around(package: &Path) -> Option<PathBuf> {
    let package = fs::canonicalize(package).ok()?;
    let own = fs::read_to_string(package.join("Cargo.toml")).ok()?;
    if is_workspace(&own) {
        return None;
    }
    let found = package.ancestors().skip(1).find_map(|folder| {
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).ok().filter(|text| is_workspace(text))?;
        Some((folder.to_path_buf(), manifest, text))
    });
    let (folder, manifest, text) = found?;
    let inside = package.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/");
    let is_named = text.contains(&format!("\"{inside}\"")) || text.contains('*');
    (!is_named).then_some(manifest)
}

fn is_workspace(manifest: &str) -> bool {
    manifest.lines().any(|line| line.trim() == "[workspace]")
}

/// Returns a path that is relative to this folder as one that is relative to the package.
pub(super) fn from_package(path: &Path, package: &Path) -> PathBuf {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (target, package) = (whole(path), whole(package));
    let shared =
        target.components().zip(package.components()).take_while(|(one, other)| one == other).count();
    let up = package.components().skip(shared).map(|_| "..");
    up.map(PathBuf::from)
        .chain(target.components().skip(shared).map(|part| PathBuf::from(part.as_os_str())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_of_a_server_alone_is_built_with_its_feature() -> std::io::Result<()> {
        for (features, expected) in [
            ("server = [\"x\"]", " --features server"),
            ("server = []\nclient = []", ""),
            ("client = [\"server\"]", ""),
        ] {
            let folder = std::env::temp_dir().join(format!("specwright-next-{}", std::process::id()));
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("Cargo.toml"), format!("[workspace]\n[features]\n{features}\n"))?;
            let steps = steps(&folder);
            fs::remove_dir_all(&folder)?;
            let build = format!(
                "next: cargo build --manifest-path {}{expected}",
                folder.join("Cargo.toml").display()
            );
            assert_eq!(steps.last(), Some(&build), "{features}");
        }
        Ok(())
    }
}
