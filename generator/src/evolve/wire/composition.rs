//! `oneOf`, `anyOf`, `not` and discriminators compared.

use super::pair::Pair;
use super::schemas::Comparer;
use crate::api::{Api, Origin, SchemaId, Union};
use crate::evolve::draft::ChangeDraft;
use crate::evolve::kind::Kind;

impl<'a> Comparer<'a> {
    /// Compares `not`, unions and discriminators.
    pub(super) fn composition(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = (pair.old, pair.new);
        match (old.not, new.not) {
            (Some(one), Some(other)) => {
                self.schemas(one, other, &format!("{} (not)", pair.subject), pair.directions);
            }
            (None, None) => {}
            _ => self.drafts.push(pair.change(Kind::Composition, Some("`not`".to_owned()))),
        }
        match (old.choices, new.choices) {
            (Some((one, keyword)), Some((other, same))) if keyword == same => self.choices(pair, one, other),
            (None, None) => {}
            (one, other) => {
                let name = |choices: Option<(_, &'static str)>| choices.map_or("none", |(_, name)| name);
                let detail = format!("{} is {} now", name(one), name(other));
                self.drafts.push(pair.change(Kind::Composition, Some(detail)));
            }
        }
        self.discriminator(pair);
    }

    /// Compares the members of two unions: components by name, others in their order.
    fn choices(&mut self, pair: &Pair<'_, 'a>, old: &'a Union, new: &'a Union) {
        let name = |api: &'a Api, id: SchemaId| match &api.schemas[api.schemas.resolve(id)].origin {
            Origin::Component(name) => Some(name.as_str()),
            _ => None,
        };
        let key = |api: &'a Api, members: &[SchemaId]| -> Vec<(String, SchemaId)> {
            let mut inline = 0;
            let key = members.iter().map(|id| {
                let numbered = || {
                    inline += 1;
                    format!("member {inline}")
                };
                let key = name(api, *id).map_or_else(numbered, str::to_owned);
                (key, *id)
            });
            key.collect()
        };
        let (old, new) = (key(self.old, &old.members), key(self.new, &new.members));
        for (key, id) in &old {
            let place = format!("{} {key}", pair.subject);
            if let Some((_, other)) = new.iter().find(|(other, _)| other == key) {
                self.schemas(*id, *other, &place, pair.directions);
            } else {
                let at = Some(&self.old.schemas[*id].at);
                self.drafts.push(ChangeDraft { subject: place, ..pair.at(Kind::ChoiceRemoved, at, None) });
            }
        }
        for (key, id) in new.iter().filter(|(key, _)| !old.iter().any(|(other, _)| other == key)) {
            let change = pair.at(Kind::ChoiceAdded, None, Some(&self.new.schemas[*id].at));
            self.drafts.push(ChangeDraft { subject: format!("{} {key}", pair.subject), ..change });
        }
    }

    fn discriminator(&mut self, pair: &Pair<'_, 'a>) {
        let (old, new) = match (pair.old.discriminator, pair.new.discriminator) {
            (None, None) => return,
            (Some(old), Some(new)) if old.property == new.property => (old, new),
            _ => return self.drafts.push(pair.change(Kind::DiscriminatorChanged, None)),
        };
        let name = |api: &Api, id: SchemaId| match &api.schemas[id].origin {
            Origin::Component(name) => name.clone(),
            _ => api.schemas[id].at.to_string(),
        };
        // A value that is new names a choice that is new, or one more way to name a known one.
        let changed = old.mapping.iter().any(|(value, id)| {
            let other = new.mapping.iter().find(|(other, _)| other == value);
            let target = other.map(|(_, other)| name(self.new, *other));
            // A choice that is gone is told of itself.
            target.is_some_and(|target| target != name(self.old, *id))
        });
        if changed {
            self.drafts.push(pair.change(Kind::DiscriminatorChanged, None));
        }
    }
}
