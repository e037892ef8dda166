//! Tables of error codes and scopes, and limits in running text, against the definition as a whole.

use std::collections::BTreeSet;

use serde_json::json;

use crate::api::{Api, SecuritySchemeKind, Shape};
use crate::pointer::{NodePart, Pointer};

use super::super::draft::{DraftFinding, Spot};
use super::super::entry::normalised;
use super::super::facts::{DocumentedCode, Facts, LimitKind};
use super::super::finding::DocsClass;
use super::super::lock::LockChanges;
use super::super::rewrite::TextChange;
use super::drafts::{differs, lacks, undocumented};
use super::{changes, removals};

/// Compares what belongs to no schema and to no operation.
pub(super) fn compare(facts: &Facts, api: &Api, since: &LockChanges, drafts: &mut Vec<DraftFinding>) {
    compare_codes(facts, api, drafts);
    compare_scopes(facts, api, since, drafts);
    compare_limits(facts, api, drafts);
}

fn compare_codes(facts: &Facts, api: &Api, drafts: &mut Vec<DraftFinding>) {
    if facts.codes.is_empty() {
        return;
    }
    let codes = &api.error_codes.codes;
    let at = Pointer::root().child("x-error-codes").child("codes");
    let mut seen = BTreeSet::new();
    for row in facts.codes.iter().filter(|row| seen.insert(&row.name)) {
        let Some(own) = codes.iter().find(|own| own.name == row.name) else {
            let message = "the page has this error code, the definition has not".to_owned();
            let draft = differs("code", &row.name, message, row.at, &at);
            let draft = draft.changes(added(&at, row, api));
            drafts.push(draft.help("add it to `x-error-codes`, and to what raises it"));
            continue;
        };
        let message = row.message.as_deref().unwrap_or(&own.message);
        if normalised(message) != normalised(&own.message) {
            let draft = DraftFinding::new(
                DocsClass::Note,
                "message",
                &row.name,
                "another message on the page".to_owned(),
            );
            let draft = draft.at(Spot::Page(row.at)).at(Spot::Definition(own.at.clone(), NodePart::Key));
            let value = spelled(message, api).into();
            let draft =
                draft.changes(vec![TextChange::Set { at: own.at.clone(), key: "message".to_owned(), value }]);
            drafts.push(draft.help("take the message over, or list a deviation"));
        }
    }
    for own in codes {
        if facts.codes.iter().all(|row| row.name != own.name) {
            let draft = undocumented("code", &own.name, "no page has this error code".to_owned(), &own.at);
            drafts.push(draft.help("remove it, or list a deviation"));
        }
    }
}

/// Returns a message without its full stop where no message of the definition has one.
fn spelled<'m>(message: &'m str, api: &Api) -> &'m str {
    let has_stops = api.error_codes.codes.iter().any(|code| code.message.ends_with('.'));
    if has_stops { message } else { message.trim_end_matches('.') }
}

/// Returns the change that adds a code, raised by the service until a rule of the definition names it.
fn added(at: &Pointer, row: &DocumentedCode, api: &Api) -> Vec<TextChange> {
    let message = row.message.as_ref().map(|message| spelled(message, api));
    let value = message.map(|message| json!({ "message": message, "raised-by": "server" }));
    let change = value.map(|value| TextChange::Set { at: at.clone(), key: row.name.clone(), value });
    change.into_iter().collect()
}

fn compare_scopes(facts: &Facts, api: &Api, since: &LockChanges, drafts: &mut Vec<DraftFinding>) {
    if facts.scopes.is_empty() {
        return;
    }
    let mut defined = Vec::new();
    for scheme in &api.security_schemes {
        if let SecuritySchemeKind::OAuth2 { flows, .. } = &scheme.kind {
            let scopes = flows.iter().flat_map(|flow| &flow.scopes);
            defined.extend(scopes.map(|(scope, _)| (scope, scheme)));
        }
    }
    for row in &facts.scopes {
        if defined.iter().all(|(scope, _)| **scope != row.name) {
            let message = "no security scheme has this scope".to_owned();
            let draft = lacks("scope", &row.name, message, row.at);
            let draft = draft.changes(changes::scope(api, &row.name));
            drafts.push(draft.help("add the scope to `flows`"));
        }
    }
    for (scope, scheme) in defined {
        if facts.scopes.iter().all(|row| row.name != *scope) {
            let message = "no page has this scope".to_owned();
            let draft = undocumented("scope", scope, message, &scheme.at);
            let draft = draft.changes(removals::scope(api, since, scope, scheme));
            drafts.push(draft.help("remove the scope from `flows`"));
        }
    }
}

/// A limit in running text names its schema in words alone; the definition must have the number somewhere.
fn compare_limits(facts: &Facts, api: &Api, drafts: &mut Vec<DraftFinding>) {
    for passage in &facts.passages {
        for limit in &passage.limits {
            let known = api.schemas.iter().any(|(_, schema)| match (&schema.shape, limit.kind) {
                (Shape::Array(array), LimitKind::MaxItems) => array.max_items == Some(limit.value),
                (Shape::Array(array), LimitKind::MinItems) => array.min_items == Some(limit.value),
                (Shape::String(text), LimitKind::MaxLength) => text.max_length == Some(limit.value),
                (Shape::String(text), LimitKind::MinLength) => text.min_length == Some(limit.value),
                _ => false,
            });
            if !known {
                let keyword = limit.kind.keyword();
                let message =
                    format!("the text states a limit, and nothing has `{keyword}: {}`", limit.value);
                let draft = lacks("limit", &passage.section, message, passage.at);
                drafts.push(draft.help("add the limit to the schema that the text means"));
            }
        }
    }
}
