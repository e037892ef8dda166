//! The error codes of the definition, each with every rule that raises it.

use crate::api::{Api, ErrorCode, RuleSeverity};

use super::super::page::{CodeSection, CodeTable, OverviewSection, RaisedBy, RuleNote, Target, TypePiece};
use super::rules;

/// Returns the table without cases.
pub(super) fn table(api: &Api, schemas: &[OverviewSection], operations: &[OverviewSection]) -> CodeTable {
    let mut codes: Vec<CodeSection> =
        api.error_codes.codes.iter().enumerate().map(|(index, code)| section(api, index, code)).collect();
    for section in schemas.iter().chain(operations) {
        add(&mut codes, section, &section.name, &section.rules);
        for field in &section.fields {
            add(&mut codes, section, &format!("{}.{}", section.name, field.name), &field.rules);
        }
    }
    CodeTable { codes, cases_from: Vec::new(), cases: 0 }
}

fn section(api: &Api, index: usize, code: &ErrorCode) -> CodeSection {
    let keywords = api.error_codes.keywords.iter().filter(|(_, name)| **name == code.name);
    let keywords = keywords.map(|(keyword, _)| rules::name(*keyword).to_owned());
    let formats = api.error_codes.formats.iter().filter(|(_, name)| **name == code.name);
    let formats = formats.map(|(format, _)| format!("format {format}"));
    CodeSection {
        target: Target::Code(index),
        name: code.name.clone(),
        message: code.message.clone(),
        is_warning: code.severity == RuleSeverity::Warning,
        server_only: code.server_only,
        description: code.docs.description.clone(),
        general: keywords.chain(formats).collect(),
        raised_by: Vec::new(),
        cases: Vec::new(),
    }
}

fn add(codes: &mut [CodeSection], section: &OverviewSection, subject: &str, notes: &[RuleNote]) {
    for note in notes {
        let code = note.code.as_ref().and_then(|code| codes.iter_mut().find(|known| known.name == code.name));
        if let Some(code) = code {
            let subject = TypePiece::Link(subject.to_owned(), section.target);
            code.raised_by.push(RaisedBy { subject, rule: note.text.clone() });
        }
    }
}
