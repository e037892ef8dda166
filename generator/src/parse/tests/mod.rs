mod grammar;
mod refusals;
mod repairs;
mod robust;

use super::parse;
use crate::report::Report;
use crate::settings::OperationFilter;
use crate::source::{Source, SourceFiles};

/// The least that is a document.
const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";

/// Whether there is a document, and the findings.
fn run(text: &str) -> (bool, Vec<String>) {
    run_as("x.yaml", text)
}

fn run_as(path: &str, text: &str) -> (bool, Vec<String>) {
    let mut source = SourceFiles::from(Source::new(path, text));
    let mut report = Report::default();
    let document = parse(&mut source, &OperationFilter::default(), &mut report);
    (document.is_some(), report.to_lines(&source).into_iter().map(|(_, line)| line).collect())
}
