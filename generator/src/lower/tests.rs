//! What comes out of small documents, and that nothing of the documents in the wild is refused.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::check::check;
use crate::parse::parse;
use crate::report::{Report, Severity};
use crate::source::Source;

/// Lowers a document and checks it.
pub(super) fn lowered(text: &str) -> (Api, Report) {
    let mut report = Report::default();
    let document = parse(&Source::new("test.yaml", text), &mut report).expect("the document parses");
    let api = super::lower(&document, &mut report);
    check(&api, &mut report);
    (api, report)
}

/// Every document in the folder that `SPECWRIGHT_CORPUS` names is lowered without an error.
#[test]
fn the_corpus_has_no_errors() {
    let Ok(folder) = std::env::var("SPECWRIGHT_CORPUS") else { return };
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus is readable")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "yaml" || ext == "json"))
        .collect();
    paths.sort();
    let mut errors = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a document is readable");
        let mut report = Report::default();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(document) = parse(&Source::new(&path, text), &mut report) else {
            eprintln!("{name}: not parsed");
            continue;
        };
        let before = report.diagnostics.len();
        let started = std::time::Instant::now();
        let api = super::lower(&document, &mut report);
        let lower_time = started.elapsed();
        check(&api, &mut report);
        let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
        for finding in &report.diagnostics[before..] {
            *counts.entry((finding.severity, finding.code)).or_default() += 1;
            if finding.severity == Severity::Error {
                errors.push(format!("{name}{}: {}: {}", finding.at, finding.code, finding.message));
            }
        }
        eprintln!(
            "{name}: {} schemas, {} operations, {lower_time:.0?} + {:.0?}: {counts:?}",
            api.schemas.0.len(),
            api.operations.len(),
            started.elapsed() - lower_time
        );
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}
