//! Reading the values of extensions: JSON goes in, a typed value comes out, or a finding at the exact node.

use serde_json::{Map, Value as Json};

use crate::api::{Keyword, Severity};
use crate::lower::Lowering;
use crate::pointer::Pointer;
use crate::report::nearest;

use super::ExtensionFinding;

/// The members that a mapping may have, and those that it must have.
pub(super) struct Members {
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
}

impl Lowering<'_> {
    /// The mapping at `at`; `None` after a finding when it is none.
    ///
    /// A required member may be missing, which is reported; what is left is worth reading for the findings in it.
    pub(super) fn mapping<'v>(
        &mut self,
        at: &Pointer,
        value: &'v Json,
        members: &Members,
    ) -> Option<&'v Map<String, Json>> {
        let what = name(at);
        let mapping = self.open_mapping(at, value)?;
        for member in mapping.keys() {
            let known = [members.required, members.optional].concat();
            if !known.contains(&member.as_str()) && member != "x-source" {
                let near = nearest(member, known.iter().copied()).map(str::to_owned);
                let finding = ExtensionFinding::UnknownMember {
                    what: what.clone(),
                    member: member.clone(),
                    known,
                    near,
                };
                self.say(&at.child(member), &finding);
            }
        }
        for member in members.required {
            if !mapping.contains_key(*member) {
                self.say(at, &ExtensionFinding::MissingMember { what: what.clone(), member });
            }
        }
        Some(mapping)
    }

    /// A mapping whose keys are the document's own.
    pub(super) fn open_mapping<'v>(
        &mut self,
        at: &Pointer,
        value: &'v Json,
    ) -> Option<&'v Map<String, Json>> {
        let mapping = value.as_object();
        self.expect(at, mapping, "a mapping")
    }

    /// Every entry of a list with its place.
    pub(super) fn entries<'v>(&mut self, at: &Pointer, value: &'v Json) -> Option<Vec<(Pointer, &'v Json)>> {
        let entries = self.expect(at, value.as_array(), "a list")?;
        Some(entries.iter().enumerate().map(|(index, entry)| (at.child(index), entry)).collect())
    }

    pub(super) fn text(&mut self, at: &Pointer, value: &Json) -> Option<String> {
        self.expect(at, value.as_str(), "a text").map(str::to_owned)
    }

    /// A list of texts; `None` when any entry is none.
    pub(super) fn texts(&mut self, at: &Pointer, value: &Json) -> Option<Vec<String>> {
        let entries = self.entries(at, value)?;
        let texts: Vec<_> = entries.iter().map(|(at, entry)| self.text(at, entry)).collect();
        texts.into_iter().collect()
    }

    pub(super) fn flag(&mut self, at: &Pointer, value: &Json) -> Option<bool> {
        self.expect(at, value.as_bool(), "true or false")
    }

    /// One of a few words, each with its meaning.
    pub(super) fn word<T: Copy>(
        &mut self,
        at: &Pointer,
        value: &Json,
        expected: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(at, value)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let near = nearest(&text, words.iter().map(|(word, _)| *word)).map(str::to_owned);
        let known = words.iter().map(|(word, _)| (*word).to_owned()).collect();
        self.say(
            at,
            &ExtensionFinding::UnknownWord { word: text, expected: expected.to_owned(), known, near },
        );
        None
    }

    pub(super) fn severity(&mut self, at: &Pointer, value: &Json) -> Option<Severity> {
        let words = [("error", Severity::Error), ("warning", Severity::Warning)];
        self.word(at, value, "severity", &words)
    }

    /// A mapping from keywords of JSON Schema: `format` is one of them on a schema (`with_format`), `json` in the
    /// mapping for the whole document.
    pub(super) fn by_keyword<'v>(
        &mut self,
        at: &Pointer,
        value: &'v Json,
        with_format: bool,
    ) -> Vec<(Keyword, Pointer, &'v Json)> {
        let Some(mapping) = self.open_mapping(at, value) else { return Vec::new() };
        let known: Vec<(Keyword, &'static str)> = Keyword::ALL
            .into_iter()
            .filter(|(keyword, _)| *keyword != if with_format { Keyword::Json } else { Keyword::Format })
            .collect();
        let mut found = Vec::with_capacity(mapping.len());
        for (key, value) in mapping {
            let spot = at.child(key);
            if let Some((keyword, _)) = known.iter().find(|(_, word)| word == key) {
                found.push((*keyword, spot, value));
            } else {
                let known: Vec<&'static str> = known.iter().map(|(_, word)| *word).collect();
                let near = nearest(key, known.iter().copied()).map(str::to_owned);
                let (what, member) = (name(at), key.clone());
                self.say(&spot, &ExtensionFinding::UnknownMember { what, member, known, near });
            }
        }
        found
    }

    fn expect<T>(&mut self, at: &Pointer, value: Option<T>, expected: &str) -> Option<T> {
        if value.is_none() {
            self.say(at, &ExtensionFinding::wrong(&name(at), expected));
        }
        value
    }
}

/// What a finding calls the node at `at`: the last name on the way to it, or an entry of it.
fn name(at: &Pointer) -> String {
    match at.tokens() {
        [.., list, index] if let Ok(index) = index.parse::<usize>() => {
            format!("entry {} of `{list}`", index + 1)
        }
        [.., name] => format!("`{name}`"),
        [] => "the document".to_owned(),
    }
}
