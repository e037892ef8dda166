//! Findings for people: like rustc's, with the line of the text and a caret below it.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::located::{LocatedDiagnostic, LocatedNode, ReportEntry, entries, first_line, located};
use super::{Report, Severity};
use crate::source::{FileId, Location, SourceFiles};

/// Lines longer than this (in bytes) are cut to a window around the caret.
const LONG_LINE: usize = 300;
const BEFORE_CARET: usize = 60;
const AFTER_CARET: usize = 100;
/// Marks that are at most so many lines apart share one excerpt.
const NEAR: usize = 8;

impl Report {
    /// Returns all findings in the order of the texts, and a line that counts them; empty when there are
    /// none. Many of one kind are one entry, unless `all` is wanted.
    pub(crate) fn render(&self, files: &SourceFiles, color: bool, all: bool) -> String {
        if self.diagnostics.is_empty() {
            return String::new();
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let located = located(self, files);
        let entries = if all {
            located.iter().map(|one| ReportEntry { shown: vec![one], hidden: 0 }).collect()
        } else {
            entries(&located)
        };
        let mut text = String::new();
        for entry in &entries {
            text += &rendered(entry, files, &renderer);
            text += "\n\n";
        }
        text + &summary(&located)
    }
}

fn rendered(entry: &ReportEntry<'_, '_>, files: &SourceFiles, renderer: &Renderer) -> String {
    let LocatedDiagnostic { diagnostic, node, .. } = entry.shown[0];
    let title = level(diagnostic.severity).primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut corrections = Vec::new();
    for excerpt in excerpts(entry, files) {
        let source = files.get(excerpt.file);
        let path = source.path.display().to_string();
        let start = excerpt.marks[0].location.start;
        let shown = excerpt.snippet(&source.text);
        let header = |column| format!("{path}:{}:{column}", start.line);
        corrections.extend(shown.column.map(|column| (header(column), header(start.column))));
        group = group.element(shown.snippet.path(path));
    }
    if node.at.last().is_some() {
        group = group.element(Level::NOTE.message(format!("at {}", node.at)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    if let Some(rest) = entry.rest() {
        group = group.element(Level::NOTE.message(rest));
    }
    // The renderer takes the column from the excerpt, which is wrong where the line was cut.
    let text = renderer.render(&[group]);
    corrections.into_iter().fold(text, |text, (from, to)| text.replacen(&from, &to, 1))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

fn summary(located: &[LocatedDiagnostic<'_>]) -> String {
    let count = |severity| located.iter().filter(|one| one.diagnostic.severity == severity).count();
    let counts = [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")];
    let plural =
        |(count, noun): &(usize, &str)| format!("{count} {noun}{}", if *count == 1 { "" } else { "s" });
    let words: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(plural).collect();
    words.join(", ") + "\n"
}

/// A part of a text with some of the marks of a finding. The header names the position of the first mark.
struct Excerpt<'a> {
    file: FileId,
    marks: Vec<Mark<'a>>,
    /// Whole lines, in bytes.
    span: Range<usize>,
    first_line: usize,
}

/// What is underlined.
struct Mark<'a> {
    kind: AnnotationKind,
    location: Location,
    label: Option<&'a str>,
}

fn excerpts<'a>(entry: &ReportEntry<'_, 'a>, files: &SourceFiles) -> Vec<Excerpt<'a>> {
    let (first, others) = (entry.shown[0], &entry.shown[1..]);
    let mark =
        |kind, node: &LocatedNode, label| (node.file, Mark { kind, location: node.location.clone(), label });
    let primary = mark(AnnotationKind::Primary, &first.node, None);
    let others = others.iter().map(|other| {
        let label = match &*other.diagnostic.message {
            same if same == first.diagnostic.message => "and here",
            message => message,
        };
        mark(AnnotationKind::Context, &other.node, Some(label))
    });
    let related = first.related.iter();
    let related = related.map(|(node, label)| mark(AnnotationKind::Context, node, Some(*label)));
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for (file, mark) in std::iter::once(primary).chain(related).chain(others) {
        let text = &files.get(file).text;
        let line = whole_line(text, mark.location.span.start);
        let near = |excerpt: &&mut Excerpt<'_>| {
            let apart = excerpt.first_line.abs_diff(mark.location.start.line);
            let both = excerpt.span.start.min(line.start)..excerpt.span.end.max(line.end);
            excerpt.file == file && apart <= NEAR && text[both].lines().all(|line| line.len() <= LONG_LINE)
        };
        if let Some(excerpt) = excerpts.iter_mut().find(near) {
            excerpt.span = excerpt.span.start.min(line.start)..excerpt.span.end.max(line.end);
            excerpt.first_line = excerpt.first_line.min(mark.location.start.line);
            excerpt.marks.push(mark);
        } else {
            let first_line = mark.location.start.line;
            excerpts.push(Excerpt { file, marks: vec![mark], span: line, first_line });
        }
    }
    excerpts
}

/// An excerpt, ready to be drawn.
struct Shown<'s> {
    snippet: Snippet<'s, Annotation<'s>>,
    /// The column that the renderer will name, where the line was cut.
    column: Option<usize>,
}

impl<'a> Excerpt<'a> {
    fn snippet<'s>(self, text: &'s str) -> Shown<'s>
    where
        'a: 's,
    {
        if self.span.len() > LONG_LINE && self.marks.len() == 1 {
            return self.window(text);
        }
        let base = self.span.start;
        let annotations = self.marks.into_iter().map(|mark| {
            let span = first_line(text, &mark.location.span);
            mark.kind.span(span.start - base..span.end - base).label(mark.label)
        });
        let annotations: Vec<_> = annotations.collect();
        let snippet = Snippet::source(&text[self.span]).line_start(self.first_line).annotations(annotations);
        Shown { snippet, column: None }
    }

    /// Returns the text around the mark, out of a line that is too long to show.
    fn window<'s>(self, text: &'s str) -> Shown<'s>
    where
        'a: 's,
    {
        let at = first_line(text, &self.marks[0].location.span);
        let before = text[self.span.start..at.start].char_indices().rev().take(BEFORE_CARET).last();
        let start = before.map_or(at.start, |(offset, _)| self.span.start + offset);
        let after = text[at.start..self.span.end].char_indices().nth(AFTER_CARET);
        let end = after.map_or(self.span.end, |(offset, _)| at.start + offset);
        let head = if start > self.span.start { "..." } else { "" };
        let tail = if end < self.span.end { "..." } else { "" };
        let shift = |offset: usize| offset.min(end) - start + head.len();
        let annotations = self.marks.into_iter();
        let annotations =
            annotations.map(|mark| mark.kind.span(shift(at.start)..shift(at.end)).label(mark.label));
        let annotations: Vec<_> = annotations.collect();
        let source = format!("{head}{}{tail}", &text[start..end]);
        let column = head.len() + text[start..at.start].chars().count() + 1;
        let snippet = Snippet::source(source).line_start(self.first_line).annotations(annotations);
        Shown { snippet, column: Some(column) }
    }
}

/// Returns the line around an offset, without its line break.
fn whole_line(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |length| offset + length);
    start..end
}
