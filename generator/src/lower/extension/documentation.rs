//! `x-documented-as` and `x-deviations`: how the definition relates to the vendor's pages.

use serde_json::{Map, Value as Json};

use crate::api::{Deviation, DocumentedAs, Excuse};
use crate::lower::{Lowering, Raw};
use crate::pointer::Pointer;

use super::read::Members;

const DOCUMENTED_AS: Members = Members { required: &["section"], optional: &["form"] };
const DEVIATION: Members =
    Members { required: &["label", "open", "settled", "reason"], optional: &["excuses"] };

impl Lowering<'_> {
    /// Reads the heading, or a mapping with heading and form, on the schema or operation at `at`.
    pub(in crate::lower) fn documented_as(&mut self, at: &Pointer, raw: Raw<'_>) -> Option<DocumentedAs> {
        let value = raw.stated("x-documented-as")?;
        let at = at.child("x-documented-as");
        if let Json::String(section) = value {
            return Some(DocumentedAs { at, section: section.clone(), form: None });
        }
        let members = self.mapping(&at, value, &DOCUMENTED_AS)?;
        let section = self.member_text(&at, members, "section")?;
        let form = self.member_text(&at, members, "form");
        Some(DocumentedAs { at, section, form })
    }

    /// Reads the list at the root of the document.
    pub(in crate::lower) fn deviations(&mut self) -> Vec<Deviation> {
        let root = Pointer::root();
        let Some(value) = self.raw(&root).stated("x-deviations") else { return Vec::new() };
        let entries = self.entries(&root.child("x-deviations"), value).unwrap_or_default();
        entries.into_iter().filter_map(|(at, entry)| self.deviation(at, entry)).collect()
    }

    fn deviation(&mut self, at: Pointer, value: &Json) -> Option<Deviation> {
        let members = self.mapping(&at, value, &DEVIATION)?;
        let label = self.member_text(&at, members, "label");
        let open = self.member_text(&at, members, "open");
        let settled = self.member_text(&at, members, "settled");
        let reason = self.member_text(&at, members, "reason");
        let mut excuses = Vec::new();
        if let Some(value) = members.get("excuses") {
            let at = at.child("excuses");
            for (kind, subjects) in self.open_mapping(&at, value).into_iter().flatten() {
                for (at, subject) in self.entries(&at.child(kind), subjects).unwrap_or_default() {
                    let subject = self.text(&at, subject);
                    excuses.extend(subject.map(|subject| Excuse { at, kind: kind.clone(), subject }));
                }
            }
        }
        Some(Deviation { label: label?, open: open?, settled: settled?, reason: reason?, excuses, at })
    }

    fn member_text(&mut self, at: &Pointer, members: &Map<String, Json>, name: &str) -> Option<String> {
        members.get(name).and_then(|value| self.text(&at.child(name), value))
    }
}
