//! Reads files, and locates nodes in their text. No other module reads files.

mod files;
mod json;
mod outline;
mod position;
mod yaml;

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

pub(crate) use self::files::{FileId, FileNode, OpenError, SourceFiles};
pub(crate) use self::outline::{Found, Outline};
pub(crate) use self::position::{Position, offset, positions};
pub(crate) use self::yaml::is_plain_text;
use crate::pointer::{NodePart, Pointer};

/// The text of one input file.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Without a byte order mark.
    pub(crate) text: String,
}

/// The syntax of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Yaml,
}

/// A span of the text of a [`Source`], with its positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Location {
    /// In bytes.
    pub(crate) span: Range<usize>,
    pub(crate) start: Position,
    /// Exclusive.
    pub(crate) end: Position,
    /// It is a whole key or a whole scalar on one line, which another may replace.
    pub(crate) is_token: bool,
}

impl Source {
    /// Wraps text that is already in memory; `path` is what findings call it.
    pub(crate) fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self { path: path.into(), text }
    }

    /// Returns the syntax: by the extension of the file, or by the text if the extension does not decide.
    ///
    /// JSON under a YAML name counts as JSON: it is YAML too, and JSON's rules about tabs are the laxer ones.
    pub(crate) fn format(&self) -> Format {
        let extension = self.path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let looks_like_json = || self.text.trim_start().starts_with('{');
        let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(&self.text).is_ok();
        match extension.as_ref().and_then(|extension| extension.to_str()) {
            Some("json") => Format::Json,
            Some("yaml" | "yml") if looks_like_json() && is_json() => Format::Json,
            Some("yaml" | "yml") => Format::Yaml,
            _ if looks_like_json() => Format::Json,
            _ => Format::Yaml,
        }
    }

    /// Returns every node of the text with its span, as far as the text can be read.
    pub(crate) fn outline(&self) -> Outline<'_> {
        match self.format() {
            Format::Json => json::outline(&self.text),
            Format::Yaml => yaml::outline(&self.text),
        }
    }

    /// Returns the locations of many nodes, in one walk over the text.
    ///
    /// A node that does not exist is located at the nearest node around it. A mapping or sequence of several
    /// lines is located at its key, or at its first line if it has none.
    pub(crate) fn locate(&self, wanted: &[(Pointer, NodePart)]) -> Vec<Location> {
        let outline = self.outline();
        let found: Vec<Found> = wanted.iter().map(|(pointer, _)| outline.find(pointer)).collect();
        let nodes = || found.iter().zip(wanted);
        let spans: Vec<_> = nodes().map(|(found, (_, part))| self.span(found, *part)).collect();
        let mut locations = self.locations(&spans);
        for (location, (found, (_, part))) in locations.iter_mut().zip(nodes()) {
            location.is_token = self.is_token(&location.span, found, *part);
        }
        locations
    }

    /// Returns whether the span of a part of a node is a key or a scalar as the text writes it, without the
    /// marks of YAML that say more of it.
    fn is_token(&self, span: &Range<usize>, found: &Found, part: NodePart) -> bool {
        let text = &self.text[span.clone()];
        let is_key = part == NodePart::Key && found.key.is_some();
        let is_scalar = found.exact && (is_key || !found.collection);
        let is_marked = text.starts_with(['*', '&', '!', '|', '>', '?']);
        is_scalar && !is_marked && !text.is_empty() && !text.contains('\n')
    }

    /// Returns spans with their positions.
    pub(crate) fn locations(&self, spans: &[Range<usize>]) -> Vec<Location> {
        let ends: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
        let positions = positions(&self.text, &ends);
        let pairs = positions.chunks_exact(2).zip(spans);
        let location = |(ends, span): (&[Position], &Range<usize>)| Location {
            span: span.clone(),
            start: ends[0],
            end: ends[1],
            is_token: false,
        };
        pairs.map(location).collect()
    }

    fn span(&self, found: &Found, part: NodePart) -> Range<usize> {
        let value = self.trimmed(found.value.clone());
        let key = found.key.clone().map(|key| self.trimmed(key));
        let from = key.as_ref().map_or(value.start, |key| key.end);
        let spread = found.collection && self.text[from..value.end].contains('\n');
        match (key, part) {
            (Some(key), NodePart::Key) => key,
            (Some(key), NodePart::Value) if spread || !found.exact => key,
            _ if found.collection => self.first_line_of(value),
            _ => value,
        }
    }

    /// Parsers count white space and the line break after a scalar in.
    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        span.start..span.start + self.text[span].trim_end().len()
    }

    fn first_line_of(&self, span: Range<usize>) -> Range<usize> {
        let line = self.text[span.clone()].lines().next().unwrap_or_default();
        span.start..span.start + line.trim_end().len()
    }
}

/// Reads a file as UTF-8 text.
pub(crate) fn read(path: &Path) -> io::Result<Source> {
    let text = String::from_utf8(std::fs::read(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, not_utf8(&error)))?;
    Ok(Source::new(path, text))
}

/// Returns the message about a file that is not UTF-8: its encoding if that is plain, and the offset of the
/// first invalid byte.
fn not_utf8(error: &FromUtf8Error) -> String {
    let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    let found = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "its byte order mark says that it is UTF-16, not UTF-8",
        _ => "it is not UTF-8 text",
    };
    format!("{found}: the first bad byte is in line {line}, at byte offset {at}; save it as UTF-8")
}

#[cfg(test)]
mod tests;
