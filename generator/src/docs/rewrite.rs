//! Changes of a definition's text: one member or entry at a time, all else as it stands.

use std::ops::Range;

use serde_json::Value as Json;

use crate::pointer::Pointer;
use crate::source::{Format, Found, Outline, Source, is_plain_text};

/// One change of the tree that a text says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TextChange {
    /// A member of the mapping at a pointer, which is made where there is none.
    Set { at: Pointer, key: String, value: Json },
    /// Another entry of the list, which is made where there is none.
    Append { list: Pointer, value: Json },
    /// A member or an entry.
    Remove { at: Pointer },
    /// Another key for a member.
    Rename { at: Pointer, key: String },
    /// The entry of the list that is this string goes.
    Strike { list: Pointer, value: String },
}

/// Returns the text with a change; `None` where the text has no place for it, or says it through an alias.
pub(super) fn applied(source: &Source, change: &TextChange) -> Option<String> {
    let text = Text { source, outline: source.outline() };
    match change {
        TextChange::Set { at, key, value } => text.set(at, key, value),
        TextChange::Append { list, value } => text.append(list, value),
        TextChange::Remove { at } => text.removed(at),
        TextChange::Rename { at, key } => text.renamed(at, key),
        TextChange::Strike { list, value } => text.struck(list, value),
    }
}

struct Text<'a> {
    source: &'a Source,
    outline: Outline<'a>,
}

impl Text<'_> {
    fn text(&self) -> &str {
        &self.source.text
    }

    /// Returns the node that the text has at the pointer itself: none that it takes over from elsewhere.
    fn node(&self, at: &Pointer) -> Option<Found> {
        let found = self.outline.find(at);
        let above = at.parent().map(|parent| self.outline.find(&parent).value);
        let is_inside = above.is_none_or(|above| above.start <= found.value.start);
        (found.exact && is_inside && !self.text()[found.value.clone()].starts_with(['*', '&']))
            .then_some(found)
    }

    fn set(&self, at: &Pointer, key: &str, value: &Json) -> Option<String> {
        let Some(mapping) = self.node(at) else {
            if self.outline.find(at).exact {
                return None;
            }
            // The mapping is made with its first member.
            let inner = Json::Object([(key.to_owned(), value.clone())].into_iter().collect());
            return self.set(&at.parent()?, at.last()?, &inner);
        };
        if let Some(known) = self.node(&at.child(key)) {
            let span = self.trimmed(&known.value);
            let is_plain = !known.collection && !value.is_object() && !value.is_array();
            return (is_plain && !self.text()[span.clone()].contains('\n'))
                .then(|| self.replaced(span, &self.scalar(value)));
        }
        if self.is_flow(&mapping) {
            let member = format!("{}: {}", self.scalar(&key.into()), self.flow(value));
            return Some(self.added_to_flow(&mapping, &member));
        }
        if !mapping.collection || self.text()[mapping.value.clone()].trim().is_empty() {
            return None;
        }
        let indent = self.column(mapping.value.start);
        let mut block = String::new();
        self.block(&mut block, indent, &format!("{}:", self.scalar(&key.into())), value);
        Some(self.inserted_behind(&mapping.value, &block))
    }

    fn append(&self, list: &Pointer, value: &Json) -> Option<String> {
        let Some(node) = self.node(list) else {
            if self.outline.find(list).exact {
                return None;
            }
            return self.set(&list.parent()?, list.last()?, &Json::Array(vec![value.clone()]));
        };
        if self.is_flow(&node) {
            return Some(self.added_to_flow(&node, &self.flow(value)));
        }
        let first = self.node(&list.child(0))?;
        let (dash, _) = self.dash(&first)?;
        let mut block = String::new();
        self.block(&mut block, self.column(dash), "-", value);
        Some(self.inserted_behind(&node.value, &block))
    }

    fn removed(&self, at: &Pointer) -> Option<String> {
        let node = self.node(at)?;
        let around = self.node(&at.parent()?)?;
        let value = self.trimmed(&node.value);
        let start = node.key.as_ref().map_or(value.start, |key| key.start);
        let end = value.end.max(node.key.as_ref().map_or(0, |key| key.end));
        if self.is_flow(&around) {
            return Some(self.removed_from_flow(start..end));
        }
        let start = if node.key.is_some() { start } else { self.dash(&node)?.0 };
        let line = self.text()[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.end_of_line(end);
        // The only one takes with it what it is in. What stands behind the hyphen of its entry stays.
        if self.trimmed(&around.value).end <= end && around.value.start >= line {
            return self.removed(&at.parent()?);
        }
        let is_first_of_line = self.text()[line..start].trim().is_empty();
        let mut end = (end + 1).min(self.text().len());
        // Of the blank lines before and behind it one is enough.
        if self.text()[..line].ends_with("\n\n") && self.text()[end..].starts_with('\n') {
            end += 1;
        }
        is_first_of_line.then(|| self.replaced(line..end, ""))
    }

    /// Removes an entry; with the only one goes the list, as an empty `required` is none.
    fn struck(&self, list: &Pointer, value: &str) -> Option<String> {
        let entry = self.entry(list, value)?;
        let is_only = !self.outline.find(&list.child(1)).exact;
        self.removed(if is_only { list } else { &entry })
    }

    fn renamed(&self, at: &Pointer, key: &str) -> Option<String> {
        let is_known = self.outline.find(&at.parent()?.child(key)).exact;
        let span = self.node(at)?.key.filter(|_| !is_known)?;
        Some(self.replaced(self.trimmed(&span), &self.scalar(&key.into())))
    }

    /// Returns the pointer of the entry of a list that is a string.
    fn entry(&self, list: &Pointer, value: &str) -> Option<Pointer> {
        let entries = (0_usize..).map(|index| list.child(index)).take_while(|at| self.outline.find(at).exact);
        let is_meant = |at: &Pointer| {
            let node = self.outline.find(at).value;
            self.text()[node].trim().trim_matches(['"', '\'']) == value
        };
        entries.into_iter().find(is_meant)
    }

    /// Removes a member or an entry between brackets, and one comma.
    fn removed_from_flow(&self, span: Range<usize>) -> String {
        let (before, after) = (self.text()[..span.start].trim_end(), self.text()[span.end..].trim_start());
        if let Some(rest) = after.strip_prefix(',') {
            let end = self.text().len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
            return self.replaced(span.start..end, "");
        }
        match before.strip_suffix(',') {
            Some(before) => self.replaced(before.trim_end().len()..span.end, ""),
            None => self.replaced(before.len()..self.text().len() - after.len(), ""),
        }
    }

    /// Adds a member or an entry before the closing bracket.
    fn added_to_flow(&self, node: &Found, added: &str) -> String {
        let close = node.value.end - 1;
        let inner = self.text()[node.value.start + 1..close].trim_end();
        let end = node.value.start + 1 + inner.len();
        let last_line = inner.trim_start_matches(['\n', '\r']).lines().last().unwrap_or_default();
        let is_spread = inner.contains('\n');
        let indent = &last_line[..last_line.len() - last_line.trim_start().len()];
        let separator = match (inner.trim().is_empty() || inner.ends_with(','), is_spread) {
            (true, false) => String::new(),
            (false, false) => ", ".to_owned(),
            (is_open, true) => format!("{}\n{indent}", if is_open { "" } else { "," }),
        };
        self.replaced(end..end, &format!("{separator}{added}"))
    }

    /// Returns the offset of the hyphen before an entry of a list, and of the entry.
    fn dash(&self, entry: &Found) -> Option<(usize, usize)> {
        let before = self.text()[..entry.value.start].trim_end();
        before.ends_with('-').then(|| (before.len() - 1, entry.value.start))
    }

    fn is_flow(&self, node: &Found) -> bool {
        node.collection && self.text()[node.value.clone()].starts_with(['{', '['])
    }

    fn column(&self, offset: usize) -> usize {
        let line = self.text()[..offset].rfind('\n').map_or(0, |at| at + 1);
        self.text()[line..offset].chars().count()
    }

    fn trimmed(&self, span: &Range<usize>) -> Range<usize> {
        span.start..span.start + self.text()[span.clone()].trim_end().len()
    }

    fn end_of_line(&self, offset: usize) -> usize {
        self.text()[offset..].find('\n').map_or(self.text().len(), |at| offset + at)
    }

    fn inserted_behind(&self, span: &Range<usize>, block: &str) -> String {
        let end = self.end_of_line(self.trimmed(span).end);
        self.replaced(end..end, block)
    }

    fn replaced(&self, span: Range<usize>, with: &str) -> String {
        format!("{}{with}{}", &self.text()[..span.start], &self.text()[span.end..])
    }

    /// Writes a member or an entry on lines of its own.
    fn block(&self, block: &mut String, indent: usize, lead: &str, value: &Json) {
        let blank = " ".repeat(indent);
        match value {
            Json::Object(members) if !members.is_empty() && lead != "-" => {
                block.extend(["\n", &blank, lead]);
                for (key, value) in members {
                    self.block(block, indent + 2, &format!("{}:", self.scalar(&key.as_str().into())), value);
                }
            }
            Json::Array(entries) if !entries.is_empty() => {
                block.extend(["\n", &blank, lead]);
                for entry in entries {
                    self.block(block, indent + 2, "-", entry);
                }
            }
            value => block.extend(["\n", &blank, lead, " ", &self.flow(value)]),
        }
    }

    /// Returns a value on one line.
    fn flow(&self, value: &Json) -> String {
        match value {
            Json::Object(members) => {
                let members = members.iter();
                let members = members.map(|(key, value)| {
                    format!("{}: {}", self.scalar(&key.as_str().into()), self.flow(value))
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
            Json::Array(entries) => {
                format!("[{}]", entries.iter().map(|entry| self.flow(entry)).collect::<Vec<_>>().join(", "))
            }
            scalar => self.scalar(scalar),
        }
    }

    /// Returns a scalar; a string without quotes where YAML reads it as the same string.
    fn scalar(&self, value: &Json) -> String {
        let Some(text) = value.as_str() else { return value.to_string() };
        let is_plain = self.source.format() == Format::Yaml && is_plain_text(text);
        if is_plain { text.to_owned() } else { value.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{TextChange, applied};
    use crate::pointer::Pointer;
    use crate::source::Source;

    fn at(pointer: &str) -> Pointer {
        Pointer::parse(&format!("#{pointer}")).unwrap_or_default()
    }

    fn set(pointer: &str, key: &str, value: serde_json::Value) -> TextChange {
        TextChange::Set { at: at(pointer), key: key.to_owned(), value }
    }

    #[test]
    fn a_change_leaves_all_else_as_it_stands() {
        let append = |list: &str, value: &str| TextChange::Append { list: at(list), value: value.into() };
        let remove = |pointer: &str| TextChange::Remove { at: at(pointer) };
        let strike = |list: &str, value: &str| TextChange::Strike { list: at(list), value: value.to_owned() };
        let rename = |pointer: &str, key: &str| TextChange::Rename { at: at(pointer), key: key.to_owned() };
        let yaml = "a: # one\n  b: 1 # two\n  c:\n  - x\n  - y\n\nd: {e: [1, 2], f: g}\n";
        let json = "{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": [\"x\"]\n}\n";
        let table = [
            (yaml, set("/a", "b", json!(2)), "b: 2 # two\n"),
            (
                yaml,
                set("/a", "z", json!({"k": "v w", "l": [true]})),
                "  - y\n  z:\n    k: v w\n    l:\n      - true\n\nd",
            ),
            (yaml, append("/a/c", "z"), "  - y\n  - z\n\n"),
            (yaml, append("/a/more", "yes"), "  - y\n  more:\n    - \"yes\"\n\n"),
            (yaml, append("/d/e", "1"), "{e: [1, 2, \"1\"], f: g}"),
            (yaml, set("/d", "h", json!({"i": 1})), "f: g, h: {i: 1}}"),
            (yaml, set("/more/m", "k", json!(1)), "f: g}\nmore:\n  m:\n    k: 1\n"),
            (yaml, remove("/a/b"), "a: # one\n  c:"),
            (yaml, rename("/a/b", "no"), "a: # one\n  \"no\": 1 # two\n"),
            (yaml, rename("/d/f", "h"), "{e: [1, 2], h: g}"),
            (json, rename("/a/b", "h"), "    \"h\": 1\n"),
            (yaml, remove("/a/c/0"), "  c:\n  - y\n"),
            (yaml, remove("/d/e/0"), "[2]"),
            (yaml, remove("/d/f"), "{e: [1, 2]}"),
            (yaml, strike("/a/c", "y"), "  - x\n\nd"),
            ("a:\n  b:\n    c: 1\n  d: 2\n", remove("/a/b/c"), "a:\n  d: 2\n"),
            ("a: 1\nb: [c]\nd: 2\n", strike("/b", "c"), "a: 1\nd: 2\n"),
            ("a:\n  b: 1\n\n  c: 2\n\n  d: 3\n", remove("/a/c"), "  b: 1\n\n  d: 3\n"),
            (json, set("/a", "d", json!("x")), "\"b\": 1,\n    \"d\": \"x\"\n  }"),
            (json, remove("/c/0"), "\"c\": []"),
            (json, append("/c", "y"), "[\"x\", \"y\"]"),
        ];
        for (text, change, expected) in table {
            let name = if text == json { "a.json" } else { "a.yaml" };
            let changed = applied(&Source::new(name, text), &change).unwrap_or_default();
            assert!(changed.contains(expected), "{change:?}\n{changed}");
        }
    }

    #[test]
    fn what_has_no_place_is_refused() {
        let text = "a: &x {b: 1}\nc: *x\nd:\n  - e: 1\n    f: 2\ng: |\n  text\n";
        let refused = [
            set("/c", "b", json!(2)),
            set("/g", "k", json!(1)),
            TextChange::Remove { at: at("/d/0/e") },
            TextChange::Rename { at: at("/d/0/e"), key: "f".to_owned() },
        ];
        for change in refused {
            assert_eq!(applied(&Source::new("a.yaml", text), &change), None, "{change:?}");
        }
    }
}
