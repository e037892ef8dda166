//! Two schemas compared, and everything below them.

use std::collections::BTreeSet;

use super::limits;
use super::pair::Pair;
use super::view::{Member, View};
use crate::api::{Api, CheckedFormat, Origin, SchemaId, Shape};
use crate::evolve::draft::{ChangeDraft, ChangeDrafts, UsedIn};
use crate::evolve::kind::Kind;
use crate::pointer::Pointer;

/// The two definitions, and the pairs of schemas that were compared.
pub(super) struct Comparer<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    pub(super) drafts: ChangeDrafts,
    seen: BTreeSet<(SchemaId, SchemaId, bool)>,
}

impl<'a> Comparer<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        Self { old, new, drafts: ChangeDrafts::default(), seen: BTreeSet::new() }
    }

    /// Compares the schemas of components that no operation uses.
    pub(super) fn unused(&mut self) {
        let component = |api: &'a Api, wanted: &str| {
            let is_it = |origin: &Origin| matches!(origin, Origin::Component(name) if name == wanted);
            api.schemas.iter().find(|(_, schema)| is_it(&schema.origin)).map(|(id, _)| id)
        };
        // Without operations, nobody knows what is sent.
        let directions = if self.new.operations.is_empty() { UsedIn::BOTH } else { UsedIn::NONE };
        for (id, schema) in self.old.schemas.iter() {
            let Origin::Component(name) = &schema.origin else { continue };
            let Some(other) = component(self.new, name) else { continue };
            let targets = (target(self.old, id), target(self.new, other));
            let is_used = |response| self.seen.contains(&(targets.0, targets.1, response));
            if !is_used(false) && !is_used(true) {
                self.schemas(id, other, name, directions);
            }
        }
    }

    /// Compares two schemas at the same place. A component is called by its own name, and what stands around
    /// a reference to it by its place.
    pub(super) fn schemas(&mut self, old: SchemaId, new: SchemaId, place: &str, directions: UsedIn) {
        let (old_target, new_target) = (target(self.old, old), target(self.new, new));
        let (one, other) = (View::of(self.old, old_target), View::of(self.new, new_target));
        if (old_target, new_target) != (old, new) {
            let around =
                |api, id, target| if id == target { View::any(api, id) } else { View::around(api, id) };
            let (old, new) = (around(self.old, old, old_target), around(self.new, new, new_target));
            self.flags(&Pair { old: &old, new: &new, subject: place, directions });
        }
        if !self.seen.insert((old_target, new_target, directions == UsedIn::RESPONSE)) {
            return;
        }
        let subject = match &self.new.schemas[new_target].origin {
            Origin::Component(name) => name.clone(),
            _ => place.to_owned(),
        };
        self.value(&Pair { old: &one, new: &other, subject: &subject, directions });
    }

    fn value(&mut self, pair: &Pair<'_, 'a>) {
        let Pair { old, new, .. } = pair;
        self.flags(pair);
        if !self.types(pair) {
            return;
        }
        self.format(pair);
        self.values(pair);
        limits::compare(pair, &mut self.drafts);
        self.rules(pair);
        self.properties(pair);
        match (old.items, new.items) {
            (Some(one), Some(other)) => {
                self.schemas(one, other, &format!("{}[]", pair.subject), pair.directions);
            }
            (None, Some(_)) => self.drafts.push(pair.change(Kind::TypeNarrowed, Some("items".to_owned()))),
            (Some(_), None) => self.drafts.push(pair.change(Kind::TypeWidened, Some("items".to_owned()))),
            (None, None) => {}
        }
        self.composition(pair);
    }

    /// What a schema says besides its type.
    fn flags(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = (pair.old, pair.new);
        let flags = [
            (old.nullable, new.nullable, Kind::Nullable, Kind::NotNullable),
            (old.read_only, new.read_only, Kind::ReadOnly, Kind::NotReadOnly),
            (old.write_only, new.write_only, Kind::WriteOnly, Kind::NotWriteOnly),
            (old.sensitive, new.sensitive, Kind::Sensitive, Kind::Sensitive),
        ];
        for (before, after, set, cleared) in flags {
            if before != after {
                self.drafts.push(pair.change(if after { set } else { cleared }, None));
            }
        }
        if old.default != new.default {
            let shown = |value: Option<&serde_json::Value>| {
                value.map_or("none".to_owned(), |value| format!("`{value}`"))
            };
            let detail = format!("{} is {} now", shown(old.default), shown(new.default));
            self.drafts.push(pair.change(Kind::DefaultChanged, Some(detail)));
        }
    }

    /// Compares the types; false if nothing else can be compared.
    fn types(&mut self, pair: &Pair<'_, 'a>) -> bool {
        let (old, new) = (&pair.old.types, &pair.new.types);
        if old == new {
            return true;
        }
        let list = |types: &BTreeSet<&str>| match types.len() {
            0 => "any".to_owned(),
            _ => types.iter().copied().collect::<Vec<_>>().join(", "),
        };
        let holds = |wide: &BTreeSet<&str>, narrow: &BTreeSet<&str>| {
            let holds = |ty: &&str| wide.contains(ty) || (*ty == "integer" && wide.contains("number"));
            wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(holds))
        };
        let kind = if holds(new, old) {
            Kind::TypeWidened
        } else if holds(old, new) {
            Kind::TypeNarrowed
        } else {
            Kind::TypeOfValue
        };
        let detail = format!("{} is {} now", list(old), list(new));
        self.drafts.push(pair.change(kind, Some(detail)));
        false
    }

    fn format(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = (pair.old.format, pair.new.format);
        if old == new {
            return;
        }
        let is_checked = |format: Option<&str>| {
            format.is_some_and(|name| CheckedFormat::of(name).is_some() || limits::integer(name).is_some())
        };
        let name = |format: Option<&str>| format.map_or("none".to_owned(), |format| format!("`{format}`"));
        let detail = format!("{} is {} now", name(old), name(new));
        let kind = match (is_checked(old), is_checked(new)) {
            (false, false) => Kind::UncheckedFormat,
            (false, true) => Kind::FormatAdded,
            (true, false) => Kind::FormatRemoved,
            (true, true) => {
                limits::integers(old.unwrap_or_default(), new.unwrap_or_default()).unwrap_or(Kind::Format)
            }
        };
        self.drafts.push(pair.change(kind, Some(detail)));
    }

    fn values(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = match (pair.old.values, pair.new.values) {
            (None, None) => return,
            (None, Some(_)) => return self.drafts.push(pair.change(Kind::EnumAdded, None)),
            (Some(_), None) => return self.drafts.push(pair.change(Kind::EnumRemoved, None)),
            (Some(old), Some(new)) => (old, new),
        };
        let missing = |one: &serde_json::Value, list: &[crate::api::EnumValue]| {
            !list.iter().any(|other| other.value == *one)
        };
        let at = |at: &Pointer, index: usize| at.child("enum").child(index);
        for (index, value) in old.iter().enumerate().filter(|(_, value)| missing(&value.value, new)) {
            let mut change = pair.change(Kind::ValueRemoved, None);
            change.subject = format!("{} {}", pair.subject, value.value);
            change.old = Some(at(pair.old.at, index));
            self.drafts.push(change);
        }
        for (index, value) in new.iter().enumerate().filter(|(_, value)| missing(&value.value, old)) {
            let mut change = pair.change(Kind::ValueAdded, None);
            change.subject = format!("{} {}", pair.subject, value.value);
            change.new = Some(at(pair.new.at, index));
            self.drafts.push(change);
        }
    }

    /// Rules beyond JSON Schema, and with which codes broken ones are reported.
    fn rules(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = (pair.old, pair.new);
        let known = |rule: &crate::api::Rule, list: &[&'a crate::api::Rule]| {
            list.iter().find(|other| format!("{:?}", other.kind) == format!("{:?}", rule.kind)).copied()
        };
        for rule in &old.rules {
            match known(rule, &new.rules) {
                Some(other) if (&other.code, other.severity) == (&rule.code, rule.severity) => {}
                Some(other) => {
                    self.drafts.push(pair.at(Kind::ViolationCode, Some(&rule.at), Some(&other.at)));
                }
                None => self.drafts.push(pair.at(Kind::RuleRemoved, Some(&rule.at), None)),
            }
        }
        for rule in new.rules.iter().filter(|rule| known(rule, &old.rules).is_none()) {
            self.drafts.push(pair.at(Kind::RuleAdded, None, Some(&rule.at)));
        }
        if old.codes != new.codes || old.severities != new.severities {
            self.drafts.push(pair.change(Kind::ViolationCode, None));
        }
    }

    fn properties(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = (pair.old, pair.new);
        for (name, member) in &old.properties {
            let place = format!("{}.{name}", pair.subject);
            let at = Some(&self.old.schemas[member.schema].at);
            let Some(other) = new.properties.get(name) else {
                self.drafts.push(ChangeDraft { subject: place, ..pair.at(Kind::PropertyRemoved, at, None) });
                continue;
            };
            if member.required != other.required {
                let kind = if other.required { Kind::PropertyRequired } else { Kind::PropertyOptional };
                let change = pair.at(kind, at, Some(&self.new.schemas[other.schema].at));
                self.drafts.push(ChangeDraft { subject: place.clone(), ..change });
            }
            self.schemas(member.schema, other.schema, &place, pair.directions);
        }
        for (name, Member { schema, required }) in
            new.properties.iter().filter(|(name, _)| !old.properties.contains_key(*name))
        {
            let kind = if *required { Kind::RequiredPropertyAdded } else { Kind::PropertyAdded };
            let change = pair.at(kind, None, Some(&self.new.schemas[*schema].at));
            self.drafts.push(ChangeDraft { subject: format!("{}.{name}", pair.subject), ..change });
        }
        if old.closed != new.closed {
            let kind = if new.closed { Kind::AdditionalForbidden } else { Kind::AdditionalAllowed };
            self.drafts.push(pair.change(kind, None));
        }
        match (old.others, new.others) {
            (Some(one), Some(other)) => {
                self.schemas(one, other, &format!("{}.*", pair.subject), pair.directions);
            }
            (None, Some(_)) if !old.closed => {
                self.drafts.push(pair.change(Kind::TypeNarrowed, Some("other properties".to_owned())));
            }
            (Some(_), None) if !new.closed => {
                self.drafts.push(pair.change(Kind::TypeWidened, Some("other properties".to_owned())));
            }
            _ => {}
        }
    }
}

/// Follows aliases and schemas that say nothing but which other schema they are.
fn target(api: &Api, id: SchemaId) -> SchemaId {
    let mut found = api.schemas.resolve(id);
    for _ in 0..api.schemas.0.len() {
        let schema = &api.schemas[found];
        let says_more = !matches!(schema.shape, Shape::Any)
            || schema.enumeration.is_some()
            || schema.one_of.is_some()
            || schema.any_of.is_some()
            || schema.not.is_some()
            || !schema.rules.is_empty()
            || !schema.codes.is_empty()
            || !schema.severities.is_empty()
            || schema.origin.is_component();
        match &*schema.all_of {
            [only] if !says_more => found = api.schemas.resolve(*only),
            _ => return found,
        }
    }
    found
}
