//! How a body is laid out.

use std::fmt::Write as _;

use super::{random::Random, tree::Tree};

/// How a body is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// No white space.
    Compact,
    /// One member per line, indented by two blanks.
    Pretty,
    /// No white space, and the members of every object in random order.
    Shuffled,
}

impl Layout {
    pub(crate) const ALL: [Self; 3] = [Self::Compact, Self::Pretty, Self::Shuffled];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Pretty => "pretty",
            Self::Shuffled => "shuffled",
        }
    }

    pub(crate) fn write(self, tree: &Tree, random: &mut Random) -> String {
        let mut writer = Writer { layout: self, depth: 0, out: String::new() };
        writer.value(tree, random);
        writer.out
    }
}

struct Writer {
    layout: Layout,
    depth: usize,
    out: String,
}

impl Writer {
    fn value(&mut self, tree: &Tree, random: &mut Random) {
        match tree {
            Tree::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Tree::Number(text) => self.out.push_str(text),
            Tree::Text(text) => self.string(text, false),
            Tree::Escaped(text) => self.string(text, true),
            Tree::Array(items) => {
                self.open('[');
                for (index, item) in items.iter().enumerate() {
                    self.next(index);
                    self.value(item, random);
                }
                self.close(']', items.is_empty());
            }
            Tree::Object(members) => self.object(members, random),
        }
    }

    fn object(&mut self, members: &[(&'static str, Tree)], random: &mut Random) {
        let mut order: Vec<usize> = (0..members.len()).collect();
        if self.layout == Layout::Shuffled {
            for last in (1..order.len()).rev() {
                order.swap(last, random.below(last + 1));
            }
        }
        self.open('{');
        for (index, place) in order.into_iter().enumerate() {
            let (name, value) = &members[place];
            self.next(index);
            self.string(name, false);
            self.out.push_str(if self.layout == Layout::Pretty { ": " } else { ":" });
            self.value(value, random);
        }
        self.close('}', members.is_empty());
    }

    fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.depth += 1;
    }

    fn next(&mut self, index: usize) {
        if index > 0 {
            self.out.push(',');
        }
        self.line();
    }

    fn close(&mut self, bracket: char, empty: bool) {
        self.depth -= 1;
        if !empty {
            self.line();
        }
        self.out.push(bracket);
    }

    fn line(&mut self) {
        if self.layout == Layout::Pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    fn string(&mut self, text: &str, ascii: bool) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '/' if ascii => self.out.push_str("\\/"),
                _ if ascii && !character.is_ascii() => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }
}
