//! Text to [`Document`]: text, raw tree, repaired tree, openapiv3. The only user of `serde_yaml`.
//!
//! | file | |
//! |---|---|
//! | `tree`, `node`, `reader` | text to raw tree |
//! | `syntax` | texts that are not YAML or JSON |
//! | `version` | documents of another specification |
//! | `grammar` | `OpenAPI` 3.0.3 as data |
//! | `walk` | the tree against the grammar |
//! | `coerce`, `repair` | known defects, each with the reading that is taken |
//! | `locate` | what openapiv3 refuses nevertheless |

mod coerce;
mod context;
mod describe;
mod exact;
mod finding;
mod grammar;
mod locate;
mod node;
mod node_path;
mod reader;
mod repair;
mod syntax;
mod tree;
mod version;
mod walk;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;

use self::context::RepairContext;
use self::finding::Problem;
use self::grammar::ROOT;
use self::reader::Note;
use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::Source;

/// openapiv3 takes exponential time to refuse deeply nested schemas: from this depth on, each object is tried
/// alone first.
const DEEP: usize = 12;

/// Reads text that is not a definition, such as a configuration, as a plain tree.
pub(crate) fn tree(source: &Source, report: &mut Report) -> Option<Value> {
    let mut notes = Vec::new();
    let tree = raw(source, &mut notes, report);
    report_notes(notes, source, report);
    tree
}

/// Reads a document; `None` after errors that leave no document.
///
/// After other errors there is a document, in which stubs replace what can't be read, so that one run reports
/// the findings of every stage.
pub(crate) fn parse(source: &Source, report: &mut Report) -> Option<Document> {
    let mut notes = Vec::new();
    let mut tree = raw(source, &mut notes, report)?;
    if let Some(problem) = version::refused(&tree) {
        report.push(&version::pointer(&tree), &problem);
        return None;
    }
    let exact = exact::numbers(&mut notes, source);
    report_notes(notes, source, report);
    let callbacks = tree.pointer("/components/callbacks").and_then(Value::as_object).cloned();
    let mut context = RepairContext::new(source, report, callbacks.unwrap_or_default());
    context.exact = exact;
    let depth = walk::walk(&mut tree, &mut context);
    let (left_out, exact) = (context.left_out, context.exact);
    let openapi = typed(&mut tree, depth, report)?;
    Some(Document::new(openapi, tree, exact, left_out))
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

fn raw(source: &Source, notes: &mut Vec<Note>, report: &mut Report) -> Option<Value> {
    match tree::read(source, notes) {
        Ok(tree) => Some(tree),
        Err(stop) => {
            syntax::report(stop, source, report);
            None
        }
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

fn report_notes(notes: Vec<Note>, source: &Source, report: &mut Report) {
    if notes.iter().all(|note| matches!(note, Note::Float { .. })) {
        return;
    }
    let outline = source.outline();
    for note in notes {
        match note {
            Note::RepeatedKey { at, same } => {
                let name = at.last().unwrap_or_default().to_owned();
                let again = outline.repeated(&at).into_iter().nth(1);
                let position = again.map(|key| source.locations(&[key])[0].start);
                let first = vec![(at.clone(), "first given here".to_owned())];
                report.push_at_position(&at, position, &Problem::RepeatedKey { name, same }, first);
            }
            Note::Tag { at, tag } => report.push(&at, &Problem::Tag { tag }),
            Note::Merge { at } => report.push(&at, &Problem::Merge),
            Note::Float { .. } => {}
            Note::BeyondNumbers { at, text } => report.push(&at, &Problem::BeyondNumbers { text }),
        }
    }
}

#[cfg(test)]
mod tests;
