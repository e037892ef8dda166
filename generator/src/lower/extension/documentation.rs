//! `x-documented-as` of schemas and operations, and `x-deviations` of the document.

use serde_json::{Map, Value as Json};

use crate::api::{Deviation, DocumentedAs, Excuse};
use crate::lower::input::{Input, RawObject};
use crate::pointer::Pointer;
use crate::report::Report;

use super::read::{MemberNames, entries, mapping, open_mapping, text};

const DOCUMENTED_AS: MemberNames = MemberNames { required: &["section"], optional: &["form"] };
const DEVIATION: MemberNames =
    MemberNames { required: &["label", "open", "settled", "reason"], optional: &["excuses"] };

/// Reads a heading, or a mapping with heading and form, on the schema or operation at `at`.
pub(in crate::lower) fn documented_as(
    report: &mut Report,
    at: &Pointer,
    raw: RawObject<'_>,
) -> Option<DocumentedAs> {
    let value = raw.stated("x-documented-as")?;
    let at = at.child("x-documented-as");
    if let Json::String(section) = value {
        return Some(DocumentedAs { at, section: section.clone(), form: None });
    }
    let members = mapping(report, &at, value, &DOCUMENTED_AS)?;
    let section = member_text(report, &at, members, "section")?;
    let form = member_text(report, &at, members, "form");
    Some(DocumentedAs { at, section, form })
}

/// Reads the list at the root of the document.
pub(in crate::lower) fn deviations(input: Input<'_>, report: &mut Report) -> Vec<Deviation> {
    let root = Pointer::root();
    let Some(value) = input.raw(&root).stated("x-deviations") else { return Vec::new() };
    let entries = entries(report, &root.child("x-deviations"), value).unwrap_or_default();
    entries.into_iter().filter_map(|(at, entry)| deviation(report, &at, entry)).collect()
}

fn deviation(report: &mut Report, at: &Pointer, value: &Json) -> Option<Deviation> {
    let members = mapping(report, at, value, &DEVIATION)?;
    let label = member_text(report, at, members, "label");
    let open = member_text(report, at, members, "open");
    let settled = member_text(report, at, members, "settled");
    let reason = member_text(report, at, members, "reason");
    let mut excuses = Vec::new();
    if let Some(value) = members.get("excuses") {
        let at = at.child("excuses");
        for (kind, subjects) in open_mapping(report, &at, value).into_iter().flatten() {
            for (at, subject) in entries(report, &at.child(kind), subjects).unwrap_or_default() {
                let subject = text(report, &at, subject);
                excuses.extend(subject.map(|subject| Excuse { at, kind: kind.clone(), subject }));
            }
        }
    }
    Some(Deviation { label: label?, open: open?, settled: settled?, reason: reason?, excuses })
}

fn member_text(report: &mut Report, at: &Pointer, members: &Map<String, Json>, name: &str) -> Option<String> {
    members.get(name).and_then(|value| text(report, &at.child(name), value))
}
