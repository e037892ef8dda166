//! `--report`: what became of every item, as JSON in a file.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use concur_cards::bulk::{BulkRun, ItemFault, RefusedBy};
use concur_cards::journal::{ItemKey, Report};
use serde::Serialize;

use super::findings::code_and_path;

/// Links that lead to links are followed so often.
const LONGEST_CHAIN: usize = 40;

/// A report that is to be written. It gets its name when it is whole.
pub(super) struct ReportFile {
    path: PathBuf,
    /// Where it is written, beside its name.
    new: PathBuf,
    file: File,
}

impl ReportFile {
    /// Creates the file beside its name, so that it is known before anything is sent that it can be written.
    ///
    /// # Errors
    ///
    /// The file can't be written, or its name belongs to one of the other files.
    pub(super) fn create(path: &Path, others: &[&Path]) -> Result<Self, String> {
        let failed = |error: io::Error| told(path, &error);
        // Where a link leads, the report goes.
        let target = resolved(path, LONGEST_CHAIN);
        let is_same = |other: &&&Path| target == resolved(other, LONGEST_CHAIN);
        if let Some(other) = others.iter().find(is_same) {
            return Err(format!("the report would replace {}", other.display()));
        }
        // Folders and devices can't be replaced by a file.
        if path.metadata().is_ok_and(|data| !data.is_file()) {
            return Err(failed(io::Error::other("it is no regular file")));
        }
        let name = target.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
        // What a process that was killed has left is in nobody's way.
        let unique = RandomState::new().build_hasher().finish();
        let new = target.with_file_name(format!(".{}.{unique:016x}.new", name.to_string_lossy()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&new).map_err(failed)?;
        Ok(Self { path: target, new, file })
    }

    /// Writes the report, and gives the file its name. `problem` is why the run or the reading ended early.
    pub(super) fn write(self, input: &str, run: &BulkRun, problem: Option<&str>) -> Result<(), String> {
        let troubles = run.batch_errors.iter();
        let document = Document {
            input,
            run: run.progress.run.map(|run| run.0),
            problem,
            report: &run.report,
            faults: run.faults.iter().map(fault).collect(),
            warnings: run.warnings.iter().map(fault).collect(),
            troubles: troubles.map(|error| Trouble { batch: error.batch.0, what: &error.message }).collect(),
            unread: run.unread,
        };
        let write = || {
            let mut out = BufWriter::new(&self.file);
            serde_json::to_writer(&mut out, &document)?;
            out.write_all(b"\n")?;
            out.flush()?;
            self.file.sync_all()?;
            fs::rename(&self.new, &self.path)
        };
        write().map_err(|error: io::Error| told(&self.path, &error))
    }
}

impl Drop for ReportFile {
    fn drop(&mut self) {
        // Nothing is there any more when the report has its name.
        let _ = fs::remove_file(&self.new);
    }
}

/// Returns the path without symbolic links, also where there is no file yet.
fn resolved(path: &Path, links: usize) -> PathBuf {
    if let Ok(found) = path.canonicalize() {
        return found;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(folder), Some(name)) = (folder.canonicalize(), path.file_name()) else {
        return path.to_path_buf();
    };
    let here = folder.join(name);
    match fs::read_link(&here) {
        Ok(target) if links > 0 => resolved(&folder.join(target), links - 1),
        _ => here,
    }
}

fn told(path: &Path, error: &io::Error) -> String {
    format!("cannot write the report {}: {error}", path.display())
}

fn fault(fault: &ItemFault) -> Fault<'_> {
    let violations = fault.violations.iter().map(|violation| {
        let (code, data_path) = code_and_path(violation);
        Found { code, data_path }
    });
    let by = match fault.by {
        RefusedBy::Validator => "validator",
        RefusedBy::Service => "service",
    };
    let ItemFault { key, ordinal, line, .. } = fault;
    Fault { key, ordinal: *ordinal, line: *line, by, violations: violations.collect() }
}

/// What stands in the file. Nothing in it is an item's data.
#[derive(Serialize)]
struct Document<'a> {
    /// What messages call the input.
    input: &'a str,
    /// The number of the run in a journal that several hosts share.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<u64>,
    /// Why the run ended early or the input was not read to its end, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    /// Every item that was read, in exactly one list.
    report: &'a Report,
    /// What is wrong with items, without the messages.
    faults: Vec<Fault<'a>>,
    /// The items that were sent with a warning, the first thousand.
    warnings: Vec<Fault<'a>>,
    troubles: Vec<Trouble<'a>>,
    /// How many items were not read; `null`: that is not known.
    unread: Option<u64>,
}

#[derive(Serialize)]
struct Fault<'a> {
    key: &'a ItemKey,
    ordinal: u64,
    line: Option<u64>,
    by: &'static str,
    violations: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    code: String,
    #[serde(rename = "dataPath")]
    data_path: String,
}

#[derive(Serialize)]
struct Trouble<'a> {
    batch: u64,
    what: &'a str,
}
