//! The outline of a YAML text, from the events of saphyr-parser.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span};

use super::outline::{NodeShape, Outline, OutlineBuilder};

/// Walks the first document of the text, up to its end or to the first error.
pub(super) fn outline(text: &str) -> Outline<'static> {
    // saphyr refuses some tabs that libyaml takes for white space; a space has the same width.
    let readable =
        if text.contains('\t') { Cow::Owned(text.replace('\t', " ")) } else { Cow::Borrowed(text) };
    let mut walk = Walk::default();
    for event in Parser::new_from_str(&readable) {
        match event {
            Ok((Event::DocumentEnd, _)) | Err(_) => break,
            Ok((event, span)) => walk.step(event, span),
        }
    }
    // saphyr counts characters.
    if text.is_ascii() {
        return walk.builder.finish();
    }
    let offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).collect();
    walk.builder.finish_with(|index| offsets.get(index).copied().unwrap_or(text.len()))
}

#[derive(Default)]
struct Walk {
    builder: OutlineBuilder<'static>,
    anchors: HashMap<usize, usize>,
    /// Open collections inside a key that is itself a collection.
    inside_key: usize,
}

impl Walk {
    fn step(&mut self, event: Event<'_>, span: Span) {
        if self.inside_key > 0 || self.builder.expects_key() {
            self.key(event, span);
            return;
        }
        match event {
            Event::Scalar(_, _, anchor, _) => {
                let node = self.builder.leaf(NodeShape::Scalar, span.start.index()..span.end.index());
                self.anchor(anchor, node);
            }
            Event::Alias(anchor) => {
                let shape =
                    self.anchors.get(&anchor).map_or(NodeShape::Scalar, |node| NodeShape::Alias(*node));
                self.builder.leaf(shape, span.start.index()..span.end.index());
            }
            Event::MappingStart(anchor, _) => {
                let node = self.builder.begin(NodeShape::Mapping, span.start.index());
                self.anchor(anchor, node);
            }
            Event::SequenceStart(anchor, _) => {
                let node = self.builder.begin(NodeShape::Sequence, span.start.index());
                self.anchor(anchor, node);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.builder.end(end_of(span));
            }
            _ => {}
        }
    }

    /// A key that is an alias or a collection has no name that a pointer could hold, so it gets none.
    fn key(&mut self, event: Event<'_>, span: Span) {
        let span_of_event = span.start.index()..span.end.index();
        match event {
            Event::Scalar(text, ..) if self.inside_key == 0 => {
                self.builder.key(Cow::Owned(text.into_owned()), span_of_event);
            }
            Event::Alias(_) if self.inside_key == 0 => self.builder.key(Cow::Borrowed(""), span_of_event),
            Event::MappingStart(..) | Event::SequenceStart(..) => self.inside_key += 1,
            Event::MappingEnd if self.inside_key == 0 => self.builder.end(end_of(span)),
            Event::MappingEnd | Event::SequenceEnd => {
                self.inside_key = self.inside_key.saturating_sub(1);
                if self.inside_key == 0 {
                    self.builder.key(Cow::Borrowed(""), span_of_event);
                }
            }
            _ => {}
        }
    }

    fn anchor(&mut self, anchor: usize, node: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
    }
}

/// Returns the end of a collection; a block collection has none of its own, as its event is empty and at the
/// next token.
fn end_of(span: Span) -> Option<usize> {
    (!span.is_empty()).then(|| span.end.index())
}

/// Returns whether a string is plain words that YAML reads as this string without quotes.
pub(crate) fn is_plain_text(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '$')
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | ' ' | '$'))
        && !text.ends_with(' ')
        && !NOT_STRINGS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Words of YAML 1.1 and 1.2 that are no strings.
const NOT_STRINGS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
