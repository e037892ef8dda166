//! The configuration that is taken where none is named.

use std::path::PathBuf;

use specwright::Failure;

const CONFIG: &str = "specwright.yaml";

/// `specwright.yaml` in this folder or the nearest one above it, relative to this folder where that is short.
pub(super) fn nearest_config() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir()?;
    let found = here.ancestors().find(|folder| folder.join(CONFIG).is_file());
    match found {
        Some(folder) if folder == here => Ok(PathBuf::from(CONFIG)),
        Some(folder) => Ok(folder.join(CONFIG)),
        None => Err(Failure::Io(std::io::Error::new(
            std::io::ErrorKind::NotFound,
            format!(
                "there is no `{CONFIG}` in this folder or above it: write one, or name a definition: \
                 `specwright generate SPEC --out DIR`"
            ),
        ))),
    }
}
