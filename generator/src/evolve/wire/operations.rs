//! Operations matched by method and path, or by name, and compared.

use std::collections::{BTreeMap, BTreeSet};

use super::pair::OperationPair;
use super::schemas::Comparer;
use super::{body, parameters};
use crate::api::{Api, Operation, SecurityRequirement};
use crate::evolve::draft::{ChangeDraft, UsedIn, beyond};
use crate::evolve::kind::Kind;

pub(super) fn compare(comparer: &mut Comparer<'_>) {
    let (old, new) = (&comparer.old.operations, &comparer.new.operations);
    let (old_api, new_api) = (comparer.old, comparer.new);
    pairs(old, new, UsedIn::REQUEST, comparer, &|comparer, pair| {
        credentials(comparer, pair, old_api, new_api);
        let (old, new) = (&pair.old.callbacks, &pair.new.callbacks);
        pairs(old, new, UsedIn::RESPONSE, comparer, &|_, _| {});
    });
}

/// What is compared of a pair besides what every operation has.
type Further<'f, 'a> = &'f dyn Fn(&mut Comparer<'a>, &OperationPair<'a>);

fn pairs<'a>(
    old: &'a [Operation],
    new: &'a [Operation],
    sent: UsedIn,
    comparer: &mut Comparer<'a>,
    further: Further<'_, 'a>,
) {
    let read = if sent == UsedIn::REQUEST { UsedIn::RESPONSE } else { UsedIn::REQUEST };
    let by_address: BTreeMap<_, &Operation> = new.iter().map(|one| (address(one), one)).collect();
    let known: BTreeSet<_> = old.iter().map(address).collect();
    let mut matched = Vec::new();
    for one in old {
        let same_name = || {
            let mut free = new.iter().filter(|other| !known.contains(&address(other)));
            free.find(|other| one.id.is_some() && other.id == one.id)
        };
        let Some(other) = by_address.get(&address(one)).copied().or_else(same_name) else {
            comparer.drafts.push(alone(Kind::OperationRemoved, one, sent));
            continue;
        };
        matched.push(&other.at);
        let pair = OperationPair { old: one, new: other, subject: name(other), sent, read };
        operation(comparer, &pair);
        further(comparer, &pair);
    }
    for other in new.iter().filter(|other| !matched.contains(&&other.at)) {
        comparer.drafts.push(alone(Kind::OperationAdded, other, sent));
    }
}

fn operation<'a>(comparer: &mut Comparer<'a>, pair: &OperationPair<'a>) {
    let (old, new) = (pair.old, pair.new);
    if address(old) != address(new) {
        let place = |one: &Operation| format!("`{} {}`", one.method.key().to_uppercase(), one.path);
        let detail = format!("{} is {} now", place(old), place(new));
        comparer.drafts.push(pair.change(Kind::OperationMoved, Some(detail)));
    }
    if old.docs.deprecated != new.docs.deprecated {
        let kind = if new.docs.deprecated { Kind::OperationDeprecated } else { Kind::NotDeprecated };
        comparer.drafts.push(pair.change(kind, None));
    }
    parameters::compare(comparer, pair);
    body::request(comparer, pair);
    body::responses(comparer, pair);
    if bulk(old) != bulk(new) {
        comparer.drafts.push(pair.change(Kind::BulkChanged, None));
    }
    if poll(old) != poll(new) {
        comparer.drafts.push(ChangeDraft { directions: pair.read, ..pair.change(Kind::PollChanged, None) });
    }
}

/// What `x-bulk` says, without its pointer.
#[expect(clippy::type_complexity, reason = "it is compared and never read")]
fn bulk(operation: &Operation) -> Option<(&str, &str, Option<&str>, Option<&str>, bool)> {
    operation.bulk.as_ref().map(|bulk| {
        let (id, status) = (bulk.request_id.as_deref(), bulk.status_operation.as_deref());
        (&*bulk.items, &*bulk.key, id, status, bulk.repeatable_by_key)
    })
}

/// What `x-poll` says, without its pointer.
fn poll(operation: &Operation) -> Option<(&str, [&[String]; 4])> {
    operation
        .poll
        .as_ref()
        .map(|poll| (&*poll.status, [&*poll.pending, &*poll.success, &*poll.warning, &*poll.failure]))
}

/// Compares what an operation asks for: each alternative is schemes with their scopes.
fn credentials<'a>(comparer: &mut Comparer<'a>, pair: &OperationPair<'a>, old: &'a Api, new: &'a Api) {
    let stated =
        |operation: &'a Operation, api: &'a Api| operation.security.as_deref().unwrap_or(&api.security);
    let schemes = |all: &[SecurityRequirement]| -> Vec<Vec<String>> {
        let names = |one: &SecurityRequirement| one.schemes.iter().map(|(name, _)| name.clone()).collect();
        let mut found: Vec<Vec<String>> = all.iter().map(names).collect();
        for names in &mut found {
            names.sort();
        }
        // No requirement is the same as one that asks for nothing.
        if found.is_empty() { vec![Vec::new()] } else { found }
    };
    let (old, new) = (stated(pair.old, old), stated(pair.new, new));
    let (before, after) = (schemes(old), schemes(new));
    let is_open = |alternatives: &[Vec<String>]| alternatives.iter().any(Vec::is_empty);
    if !is_open(&after) && !beyond(&before, &after).is_empty() {
        comparer.drafts.push(pair.change(Kind::SecurityTightened, None));
    } else if !is_open(&before) && !beyond(&after, &before).is_empty() {
        comparer.drafts.push(pair.change(Kind::SecurityLoosened, None));
    }
    let scopes = |all: &[SecurityRequirement]| -> Vec<(String, String)> {
        let scopes = all.iter().flat_map(|one| &one.schemes);
        let pairs =
            scopes.flat_map(|(name, scopes)| scopes.iter().map(move |scope| (name.clone(), scope.clone())));
        pairs.collect()
    };
    let (before, after) = (scopes(old), scopes(new));
    let of_known = |list: &[SecurityRequirement], scheme: &str| {
        list.iter().any(|one| one.schemes.iter().any(|(name, _)| name == scheme))
    };
    for (scheme, scope) in beyond(&after, &before).into_iter().filter(|(scheme, _)| of_known(old, scheme)) {
        comparer.drafts.push(pair.change(Kind::ScopeAdded, Some(format!("`{scope}` of `{scheme}`"))));
    }
    for (scheme, scope) in beyond(&before, &after).into_iter().filter(|(scheme, _)| of_known(new, scheme)) {
        comparer.drafts.push(pair.change(Kind::ScopeRemoved, Some(format!("`{scope}` of `{scheme}`"))));
    }
}

fn alone(kind: Kind, operation: &Operation, directions: UsedIn) -> ChangeDraft {
    let at = Some(operation.at.clone());
    let (old, new) = if kind == Kind::OperationRemoved { (at, None) } else { (None, at) };
    ChangeDraft { kind, subject: name(operation), detail: None, old, new, directions }
}

/// Method and path; names of path parameters are not sent.
fn address(operation: &Operation) -> (crate::api::Method, String) {
    let mut path = String::new();
    let mut rest = operation.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        path.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    path.push_str(rest);
    (operation.method, path)
}

fn name(operation: &Operation) -> String {
    let address = || format!("{} {}", operation.method.key().to_uppercase(), operation.path);
    operation.id.clone().unwrap_or_else(address)
}
