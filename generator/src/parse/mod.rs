//! Text to [`Document`]: text, raw tree, repaired tree, openapiv3. The only user of `serde_yaml`.
//!
//! | file | |
//! |---|---|
//! | `text`, `tree`, `node`, `reader` | text to raw tree |
//! | `syntax` | texts that are not YAML or JSON |
//! | `version` | documents of another specification |
//! | `overlay` | changes of the tree that further files ask for |
//! | `external` | what is referred to in other files |
//! | `filter` | operations that are not wanted, and what only they use |
//! | `grammar` | `OpenAPI` 3.0.3 as data |
//! | `walk` | the tree against the grammar |
//! | `coerce`, `repair` | known defects, each with the reading that is taken |
//! | `locate` | what openapiv3 refuses nevertheless |

mod coerce;
mod context;
mod describe;
mod exact;
mod external;
mod filter;
mod finding;
mod grammar;
mod locate;
mod node;
mod node_path;
mod overlay;
mod reader;
mod repair;
mod syntax;
mod text;
mod tree;
mod version;
mod walk;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;

use self::context::RepairContext;
use self::exact::ExactNumbers;
use self::finding::Problem;
use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::settings::OperationFilter;
use crate::source::{Source, SourceFiles};

/// openapiv3 takes exponential time to refuse deeply nested schemas: from this depth on, each object is tried
/// alone first.
const DEEP: usize = 12;

/// Reads text that is not a definition, such as a configuration, as a plain tree.
pub(crate) fn tree(source: &Source, report: &mut Report) -> Option<Value> {
    let mut notes = Vec::new();
    let tree = text::raw(source, &mut notes, report);
    text::report_notes(notes, source, report);
    tree
}

/// Reads a document; `None` after errors that leave no document.
///
/// After other errors there is a document, in which stubs replace what can't be read, so that one run reports
/// the findings of every stage.
pub(crate) fn parse(
    files: &mut SourceFiles,
    filter: &OperationFilter,
    report: &mut Report,
) -> Option<Document> {
    let mut exact = ExactNumbers::new();
    let mut notes = Vec::new();
    let mut tree = text::raw(files.definition(), &mut notes, report)?;
    apply_overlays(&mut tree, files, &mut exact, report);
    if let Some(problem) = version::refused(&tree) {
        report.push(&version::pointer(&tree), &problem);
        return None;
    }
    exact.insert(SourceFiles::DEFINITION, exact::numbers(&mut notes, files.definition()));
    text::report_notes(notes, files.definition(), report);
    external::bundle(&mut tree, files, &mut exact, report);
    let kept = if filter.is_empty() { None } else { Some(filter::filter(&mut tree, filter, report)?) };
    let callbacks = tree.pointer("/components/callbacks").and_then(Value::as_object).cloned();
    let depth = walk::walk(&mut tree, &mut RepairContext::new(files, report, callbacks.unwrap_or_default()));
    if depth >= DEEP && refused(&tree, report) {
        return None;
    }
    match read(&tree, depth) {
        Ok(mut openapi) => {
            if let Some(kept) = &kept {
                kept.retain_in(&mut openapi);
            }
            let exact = exact::in_tree(exact, &tree, files);
            Some(Document::new(openapi, tree, exact, kept.is_some()))
        }
        Err(error) => {
            if !refused(&tree, report) {
                let problem = Problem::Refused { owner: "the document", reason: error.to_string() };
                report.push(&Pointer::root(), &problem);
            }
            None
        }
    }
}

fn apply_overlays(tree: &mut Value, files: &mut SourceFiles, exact: &mut ExactNumbers, report: &mut Report) {
    for file in files.overlays() {
        let mut own = Report::default();
        let (overlay, numbers) = text::read(files.get(file), &mut own);
        exact.insert(file, numbers);
        if let Some(overlay) = overlay {
            overlay::apply(&overlay, file, tree, files, &mut own);
        }
        report.add_of_file(file, own);
    }
}

/// openapiv3 needs some 30 kB of stack for each level in a debug build, and not every main thread has two
/// megabytes.
fn read(tree: &Value, depth: usize) -> serde_json::Result<OpenAPI> {
    const STACK: usize = 16 << 20;
    let read = || OpenAPI::deserialize(tree);
    if depth < DEEP {
        return read();
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(read)
    })
}

/// Reports what openapiv3 refuses. Returns whether there is anything.
fn refused(tree: &Value, report: &mut Report) -> bool {
    let found = locate::locate(tree);
    for (at, problem) in &found {
        report.push(at, problem);
    }
    !found.is_empty()
}

#[cfg(test)]
mod tests;
