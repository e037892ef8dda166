//! Text to [`Document`]: text, raw tree, repaired tree, openapiv3. The only user of `serde_yaml`.
//!
//! | file | |
//! |---|---|
//! | `text`, `tree`, `node`, `reader` | text to raw tree |
//! | `syntax` | texts that are not YAML or JSON |
//! | `version` | documents of another specification |
//! | `overlay` | changes of the tree that further files ask for |
//! | `external` | what is referred to in other files |
//! | `modern` | what OpenAPI 3.1 writes otherwise and 3.0 can say |
//! | `filter` | operations that are not wanted, and what only they use |
//! | `grammar` | OpenAPI as data |
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
mod indentation;
mod locate;
mod modern;
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
use self::grammar::ROOT;
use self::version::Version;
use crate::document::{Document, DocumentNotes};
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
    let version = match Version::of(&tree) {
        Ok(version) => version,
        Err(problem) => {
            report.push(&version::pointer(&tree), &problem);
            return None;
        }
    };
    exact.insert(SourceFiles::DEFINITION, exact::numbers(&mut notes, files.definition()));
    text::report_notes(notes, files.definition(), report);
    modern::resolve(&mut tree, version, files, report);
    let unread = external::bundle(&mut tree, files, &mut exact, report);
    let kept = if filter.is_empty() { None } else { Some(filter::filter(&mut tree, filter, report)?) };
    modern::rewrite(&mut tree, version, files, report);
    let callbacks = tree.pointer("/components/callbacks").and_then(Value::as_object).cloned();
    let mut context = RepairContext::new(version, files, report, callbacks.unwrap_or_default());
    context.exact = exact::in_tree(exact, &tree, files);
    let depth = walk::walk(&mut tree, &mut context);
    let mut notes = DocumentNotes {
        exact: context.exact,
        left_out: context.left_out,
        subschemas: context.subschemas,
        follows_json_schema: version >= Version::V31,
    };
    notes.left_out.extend(unread);
    let mut openapi = typed(&mut tree, depth, report)?;
    if let Some(kept) = &kept {
        kept.retain_in(&mut openapi);
    }
    let webhooks = webhooks(&mut tree, report)?;
    Some(Document::new(openapi, webhooks, tree, kept.is_some(), notes))
}

/// Reads the tree as openapiv3 does; `None` after errors. Objects are tried one by one only where that is
/// needed: it takes as long as all the rest.
fn typed(tree: &mut Value, depth: usize, report: &mut Report) -> Option<OpenAPI> {
    if depth < DEEP
        && let Ok(openapi) = read(tree, depth)
    {
        return Some(openapi);
    }
    let reason = if accepted(tree, report) {
        match read(tree, depth) {
            Ok(openapi) => return Some(openapi),
            Err(error) => error.to_string(),
        }
    } else if report.keep_going {
        "what is refused in it can't be left out".to_owned()
    } else {
        return None;
    };
    report.push(&Pointer::root(), &Problem::Refused { owner: ROOT.title, reason });
    None
}

/// Reads `webhooks`, which openapiv3 does not; `None` after errors.
fn webhooks(tree: &mut Value, report: &mut Report) -> Option<openapiv3::Callback> {
    let read = |tree: &Value| match tree.get("webhooks") {
        Some(stated) => openapiv3::Callback::deserialize(stated).ok(),
        None => Some(openapiv3::Callback::default()),
    };
    read(tree).or_else(|| if accepted(tree, report) { read(tree) } else { None })
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

/// Reports what openapiv3 refuses, and removes it if the run is to go on. Returns whether nothing is left of
/// it.
fn accepted(tree: &mut Value, report: &mut Report) -> bool {
    loop {
        let found = locate::locate(tree);
        for (at, problem) in &found {
            report.push(at, problem);
        }
        if found.is_empty() {
            return true;
        }
        if !report.keep_going || !found.iter().all(|(at, _)| locate::remove(tree, at)) {
            return false;
        }
    }
}

#[cfg(test)]
mod tests;
