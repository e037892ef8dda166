//! Reads the values of extensions: returns a typed value, or reports a finding at the exact node.

use serde_json::{Map, Value as Json};

use crate::api::{Keyword, RuleSeverity};
use crate::pointer::Pointer;
use crate::report::{Report, nearest};

use super::finding::ExtensionFinding;

/// The members that a mapping may have, and those that it must have.
pub(super) struct MemberNames {
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
}

/// Returns the mapping at `at`; `None`, after a finding, if it is not a mapping.
///
/// A required member may be missing, which is reported; what is left is worth reading for the findings in it.
pub(super) fn mapping<'v>(
    report: &mut Report,
    at: &Pointer,
    value: &'v Json,
    members: &MemberNames,
) -> Option<&'v Map<String, Json>> {
    let what = subject(at);
    let mapping = open_mapping(report, at, value)?;
    for member in mapping.keys() {
        let known = [members.required, members.optional].concat();
        if !known.contains(&member.as_str()) && member != "x-source" {
            let near = nearest(member, known.iter().copied()).map(str::to_owned);
            let finding =
                ExtensionFinding::UnknownMember { what: what.clone(), member: member.clone(), known, near };
            report.push(&at.child(member), &finding);
        }
    }
    for member in members.required {
        if !mapping.contains_key(*member) {
            report.push(at, &ExtensionFinding::MissingMember { what: what.clone(), member });
        }
    }
    Some(mapping)
}

/// Returns a mapping whose member names the document chooses.
pub(super) fn open_mapping<'v>(
    report: &mut Report,
    at: &Pointer,
    value: &'v Json,
) -> Option<&'v Map<String, Json>> {
    let mapping = value.as_object();
    expect(report, at, mapping, "a mapping")
}

/// Returns every entry of a list with its pointer.
pub(super) fn entries<'v>(
    report: &mut Report,
    at: &Pointer,
    value: &'v Json,
) -> Option<Vec<(Pointer, &'v Json)>> {
    let entries = expect(report, at, value.as_array(), "a list")?;
    Some(entries.iter().enumerate().map(|(index, entry)| (at.child(index), entry)).collect())
}

pub(super) fn text(report: &mut Report, at: &Pointer, value: &Json) -> Option<String> {
    expect(report, at, value.as_str(), "a text").map(str::to_owned)
}

/// Returns a list of texts; `None`, after a finding, if any entry is not a text.
pub(super) fn texts(report: &mut Report, at: &Pointer, value: &Json) -> Option<Vec<String>> {
    let entries = entries(report, at, value)?;
    let texts: Vec<_> = entries.iter().map(|(at, entry)| text(report, at, entry)).collect();
    texts.into_iter().collect()
}

pub(super) fn flag(report: &mut Report, at: &Pointer, value: &Json) -> Option<bool> {
    expect(report, at, value.as_bool(), "true or false")
}

/// Reads one of a few names, each with its meaning.
pub(super) fn one_of<T: Copy>(
    report: &mut Report,
    at: &Pointer,
    value: &Json,
    expected: &str,
    meanings: &[(&'static str, T)],
) -> Option<T> {
    let text = text(report, at, value)?;
    if let Some((_, meaning)) = meanings.iter().find(|(name, _)| *name == text) {
        return Some(*meaning);
    }
    let near = nearest(&text, meanings.iter().map(|(name, _)| *name)).map(str::to_owned);
    let known = meanings.iter().map(|(name, _)| (*name).to_owned()).collect();
    report.push(
        at,
        &ExtensionFinding::UnknownValue { value: text, expected: expected.to_owned(), known, near },
    );
    None
}

pub(super) fn severity(report: &mut Report, at: &Pointer, value: &Json) -> Option<RuleSeverity> {
    let meanings = [("error", RuleSeverity::Error), ("warning", RuleSeverity::Warning)];
    one_of(report, at, value, "severity", &meanings)
}

/// Returns a mapping from keywords of JSON Schema: `format` is one of them on a schema (`with_format`),
/// `json` in the mapping for the whole document.
pub(super) fn by_keyword<'v>(
    report: &mut Report,
    at: &Pointer,
    value: &'v Json,
    with_format: bool,
) -> Vec<(Keyword, Pointer, &'v Json)> {
    let Some(mapping) = open_mapping(report, at, value) else { return Vec::new() };
    let known: Vec<(Keyword, &'static str)> = Keyword::ALL
        .into_iter()
        .filter(|(keyword, _)| *keyword != if with_format { Keyword::Json } else { Keyword::Format })
        .collect();
    let mut found = Vec::with_capacity(mapping.len());
    for (key, value) in mapping {
        let spot = at.child(key);
        if let Some((keyword, _)) = known.iter().find(|(_, name)| name == key) {
            found.push((*keyword, spot, value));
        } else {
            let known: Vec<&'static str> = known.iter().map(|(_, name)| *name).collect();
            let near = nearest(key, known.iter().copied()).map(str::to_owned);
            let (what, member) = (subject(at), key.clone());
            report.push(&spot, &ExtensionFinding::UnknownMember { what, member, known, near });
        }
    }
    found
}

fn expect<T>(report: &mut Report, at: &Pointer, value: Option<T>, expected: &str) -> Option<T> {
    if value.is_none() {
        report.push(at, &ExtensionFinding::wrong(&subject(at), expected));
    }
    value
}

/// What findings call the node at `at`: the last name of the pointer, or an entry of it.
fn subject(at: &Pointer) -> String {
    match at.tokens() {
        [.., list, index] if let Ok(index) = index.parse::<usize>() => {
            format!("entry {} of `{list}`", index + 1)
        }
        [.., name] => format!("`{name}`"),
        [] => "the document".to_owned(),
    }
}
