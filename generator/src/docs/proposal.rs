//! The edit of a definition that the pages ask for, as far as it is certain.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::api::Api;
use crate::outcome::Failure;
use crate::pipeline;
use crate::report::Report;
use crate::settings::Settings;
use crate::source::{Source, SourceFiles};

use super::draft::DraftFinding;
use super::finding::DocsReport;
use super::rewrite::{self, TextChange};

/// The edit of a definition that its pages ask for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DocsProposal {
    /// The definition.
    pub path: PathBuf,
    /// Its text.
    pub old: String,
    /// The proposed text.
    pub new: String,
    /// What the edit mends, such as `CreateAccount.status`.
    pub mended: Vec<String>,
    /// What `docs check` still tells of the proposed text.
    pub left: DocsReport,
}

/// Returns the text with every change after which the definition has no finding of `lint` that it does not
/// have now, and the subjects of the findings that are mended.
pub(super) fn propose(source: &Source, drafts: &[DraftFinding]) -> Result<(String, Vec<String>), Failure> {
    let known = lint(source)?.1;
    let mut taken: Vec<&DraftFinding> = Vec::new();
    let mut text = source.text.clone();
    for draft in drafts.iter().filter(|draft| !draft.changes.is_empty()) {
        // Operations that share a response ask for the same.
        let known = |change: &&TextChange| taken.iter().any(|other| other.changes.contains(change));
        let changes: Vec<TextChange> =
            draft.changes.iter().filter(|change| !known(change)).cloned().collect();
        if let Some(changed) = with(&source.path, &text, &changes) {
            text = changed;
            taken.push(draft);
        }
    }
    // One that does harm is found by leaving each out in turn; nearly always there is none.
    while !taken.is_empty() {
        let harm = harm(source, &text, &known)?;
        if harm == 0 {
            break;
        }
        let mut best: Option<(usize, usize, String)> = None;
        for left_out in 0..taken.len() {
            let others = taken.iter().enumerate().filter(|(index, _)| *index != left_out);
            let changes: Vec<TextChange> = others.flat_map(|(_, draft)| draft.changes.clone()).collect();
            let Some(text) = with(&source.path, &source.text, &changes) else { continue };
            let harm = self::harm(source, &text, &known)?;
            if best.as_ref().is_none_or(|(least, ..)| harm < *least) {
                best = Some((harm, left_out, text));
            }
        }
        match best {
            Some((_, left_out, without)) => {
                taken.remove(left_out);
                text = without;
            }
            None => return Ok((source.text.clone(), Vec::new())),
        }
    }
    if taken.is_empty() {
        text.clone_from(&source.text);
    }
    Ok((text, taken.into_iter().map(|draft| draft.subject.clone()).collect()))
}

/// Returns the text with all of the changes.
fn with(path: &std::path::Path, text: &str, changes: &[TextChange]) -> Option<String> {
    let mut source = Source::new(path, text);
    for (index, change) in changes.iter().enumerate() {
        // Two forms that share a schema ask for the same.
        if !changes[..index].contains(change) {
            source.text = rewrite::applied(&source, change)?;
        }
    }
    Some(source.text)
}

type Findings = BTreeMap<(&'static str, String), usize>;

/// Returns how many findings a text has beyond those that are known.
fn harm(source: &Source, text: &str, known: &Findings) -> Result<usize, Failure> {
    let found = lint(&Source::new(&source.path, text))?.1;
    let beyond = found
        .into_iter()
        .map(|(finding, count)| count.saturating_sub(known.get(&finding).copied().unwrap_or_default()));
    Ok(beyond.sum())
}

/// Returns what `lint` reports of a text, and how often.
pub(super) fn lint(source: &Source) -> Result<(Option<Api>, Findings), Failure> {
    let mut files = SourceFiles::from(source.clone()).with_others(false)?;
    let mut report = Report::default();
    let api = pipeline::lint(&mut files, &Settings::default(), &mut report);
    let mut findings = Findings::new();
    for diagnostic in report.diagnostics {
        *findings.entry((diagnostic.code, diagnostic.message)).or_default() += 1;
    }
    Ok((api, findings))
}
