//! A progress line on a terminal, for long inputs.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use specwright::Stage;

/// In bytes; shorter inputs are done before anyone could read the line.
const LONG: u64 = 1_000_000;

/// Shows the stage on a terminal when the input is long.
pub(super) struct Progress {
    line: Option<ProgressBar>,
}

impl Progress {
    pub(super) fn new(inputs: &[PathBuf]) -> Self {
        let bytes: u64 = inputs.iter().filter_map(|path| path.metadata().ok()).map(|data| data.len()).sum();
        let line = (bytes >= LONG && std::io::stderr().is_terminal()).then(|| {
            let line = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                line.set_style(style);
            }
            line.enable_steady_tick(Duration::from_millis(100));
            line
        });
        Self { line }
    }

    pub(super) fn stage(&self, stage: Stage) {
        if let Some(line) = &self.line {
            line.set_message(stage.to_string());
        }
    }

    pub(super) fn finish(&self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}
