//! The configuration that is taken where none is named, and the generator that it makes.

use std::path::PathBuf;

use specwright::{Failure, Generator};

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

/// Returns the generator for a definition with the settings of a configuration, one of which may be left out.
pub(super) fn configured(spec: Option<&PathBuf>, config: Option<&PathBuf>) -> Result<Generator, Failure> {
    if spec.is_some_and(|spec| spec.as_os_str() == "-") {
        let text = std::io::read_to_string(std::io::stdin())?;
        return Ok(match config {
            Some(config) => Generator::from_config(config)?.definition_text("stdin", text),
            None => Generator::from_text("stdin", text),
        });
    }
    match (config, spec) {
        (Some(config), Some(spec)) => Ok(Generator::from_config(config)?.definition(spec)),
        (Some(config), None) => Generator::from_config(config),
        (None, Some(spec)) => Ok(Generator::new(spec)),
        (None, None) => Generator::from_config(nearest_config()?),
    }
}
