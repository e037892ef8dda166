//! The outline of a JSON text, from a small scanner of its own: it takes every white space that JSON takes,
//! and a file of many megabytes on one line.

use std::borrow::Cow;

use super::outline::{NodeShape, Outline, OutlineBuilder};

/// Walks the text up to its end, or as far as it is JSON.
pub(super) fn outline(text: &str) -> Outline<'_> {
    let mut scanner = Scanner { text, at: 0, builder: OutlineBuilder::default(), depth: 0 };
    while scanner.step().is_some() {}
    scanner.builder.finish()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    builder: OutlineBuilder<'a>,
    depth: usize,
}

impl Scanner<'_> {
    /// Takes one token. `None`: the text is over, or it is no JSON.
    fn step(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at)?, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':') {
            self.at += 1;
        }
        let start = self.at;
        match bytes[start] {
            open @ (b'{' | b'[') => {
                let shape = if open == b'{' { NodeShape::Mapping } else { NodeShape::Sequence };
                self.builder.begin(shape, start);
                self.depth += 1;
                self.at += 1;
            }
            b'}' | b']' => {
                self.at += 1;
                self.builder.end(Some(self.at));
                self.depth = self.depth.checked_sub(1)?;
            }
            b'"' => {
                self.at = self.end_of_string()?;
                let span = start..self.at;
                if self.builder.expects_key() {
                    self.builder.key(unescaped(&self.text[span.clone()]), span);
                } else {
                    self.builder.leaf(NodeShape::Scalar, span);
                }
            }
            _ => {
                let length = self.text[start..].find([',', ']', '}', ' ', '\t', '\r', '\n', ':', '"'])?;
                self.at += length;
                self.builder.leaf(NodeShape::Scalar, start..self.at);
            }
        }
        (self.depth > 0).then_some(())
    }

    fn end_of_string(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            match bytes.get(at)? {
                b'"' => return Some(at + 1),
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }
}

/// What a quoted string says.
fn unescaped(quoted: &str) -> Cow<'_, str> {
    if quoted.contains('\\') {
        serde_json::from_str(quoted).map_or(Cow::Borrowed(quoted), Cow::Owned)
    } else {
        Cow::Borrowed(&quoted[1..quoted.len() - 1])
    }
}
