//! Decoding `oneOf` and `anyOf`: which candidate is tried first.
//!
//! serde's `untagged` takes the first candidate that does not fail, in the order of definition. As unknown
//! members are no failure, that is often not the best fit, and it buffers the value in a form in which
//! `RawValue` is lost. Here the candidates are ranked without decoding: by the type of the value, its member
//! names, its constants, and the formats, patterns and limits that tell candidates apart.

mod candidate;
mod constraint;
mod json_type;
mod macros;
mod shallow;
pub mod table;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use self::shallow::{Members, ShallowValue, scalar_text};
use super::json::Json;
use super::object::ObjectWriter;
use super::raw;
pub use candidate::Candidate;
use candidate::Others;
use constraint::TextFormat;
pub use constraint::{Constraint, Expression, Keyword};
use json_type::JsonType;

/// The candidates of a union, in the order of its variants, and how one is chosen.
#[derive(Debug, Clone, Copy)]
pub struct Candidates {
    all: &'static [Candidate],
    /// A value may be several candidates at once.
    any: bool,
    /// The property whose value names the candidate.
    discriminator: Option<&'static str>,
    /// Its values with which the best candidate is taken, as several have them.
    shared: &'static [&'static str],
}

impl Candidates {
    const fn new(all: &'static [Candidate], any: bool) -> Self {
        Self { all, any, discriminator: None, shared: &[] }
    }

    /// Chooses the candidate that has the value of a property among its tags, and no other.
    #[must_use]
    pub const fn discriminator(self, property: &'static str) -> Self {
        Self { discriminator: Some(property), ..self }
    }

    /// Sets values of the discriminator that several candidates have: the best of all is taken then.
    #[must_use]
    pub const fn shared(self, tags: &'static [&'static str]) -> Self {
        Self { shared: tags, ..self }
    }

    /// Returns what `decode` makes of a value for the index of the candidate that the discriminator names, or
    /// where there is none, for that of the best candidate for which it makes something.
    ///
    /// Candidates are left out if they do not allow the type of the value, if a required member is absent, if
    /// they do not allow one of the members, or if they would lose more members than another candidate.
    /// Candidates with a different constant come last, and before them those with a constraint that is not
    /// fulfilled. The others are sorted by matching constants (more first), then by members that they do not
    /// name (fewer first), then by the order of definition. A value that can't be read has no candidates. Nor
    /// has an object that is several candidates of an `anyOf` at once, if each would lose members that
    /// another one names.
    pub fn read<T>(&self, raw: &RawValue, decode: impl Fn(usize) -> Option<T>) -> Option<T> {
        if let Some(property) = self.discriminator {
            let tag = tag(raw, property)?;
            if let Some(index) = self.all.iter().position(|candidate| candidate.tags.contains(&&*tag)) {
                return decode(index);
            }
            if !self.shared.contains(&&*tag) {
                return None;
            }
        }
        best(raw, self.all, self.any, decode)
    }
}

/// Returns what `decode` makes of a value for the index of the best candidate.
fn best<T>(
    raw: &RawValue,
    candidates: &[Candidate],
    any: bool,
    decode: impl Fn(usize) -> Option<T>,
) -> Option<T> {
    let value = ShallowValue::of(raw)?;
    let read = |index| Some((index, decode(index)?));
    let (index, found) = ranked(raw, &value, candidates).into_iter().find_map(read)?;
    let is_read = |index| decode(index).is_some();
    (!any || !is_several(raw, &value, candidates, index, is_read)).then_some(found)
}

/// Returns whether an object is several candidates at once, of which the best would lose members that another
/// one names.
fn is_several(
    raw: &RawValue,
    value: &ShallowValue<'_>,
    candidates: &[Candidate],
    best: usize,
    is_read: impl Fn(usize) -> bool,
) -> bool {
    let ShallowValue::Object(members) = value else { return false };
    let Candidate { known, others: Others::Dropped, .. } = candidates[best] else { return false };
    let is_lost = |name: &&str| members.contains_key(*name) && !known.contains(name);
    let is_rival = |index: usize| candidates[index].known.iter().any(is_lost) && is_read(index);
    let fits = fits(raw, value, candidates).into_iter();
    fits.filter(|(index, fit)| *index != best && fit.is_complete()).any(|(index, _)| is_rival(index))
}

/// Returns the indexes of the candidates that may fit the value, the best first.
fn ranked(raw: &RawValue, value: &ShallowValue<'_>, candidates: &[Candidate]) -> Vec<usize> {
    let mut fits = fits(raw, value, candidates);
    let least = fits.iter().filter(|(_, fit)| !fit.mismatches).map(|(_, fit)| fit.lost).min();
    fits.retain(|(_, fit)| least.is_none_or(|least| fit.lost <= least));
    fits.sort_by_key(|(_, fit)| (fit.mismatches, fit.unfulfilled, Reverse(fit.matching), fit.unnamed));
    fits.into_iter().map(|(index, _)| index).collect()
}

/// Returns the candidates that allow the value, in the order of definition.
fn fits(raw: &RawValue, value: &ShallowValue<'_>, candidates: &[Candidate]) -> Vec<(usize, Fit)> {
    let admitted = candidates.iter().enumerate().filter(|(_, candidate)| value.is_one_of(candidate.types));
    let fits = admitted.filter_map(|(index, candidate)| {
        let mut fit = match value {
            ShallowValue::Object(members) => fit(members, candidate)?,
            ShallowValue::Other(_) => Fit::default(),
        };
        fit.unfulfilled = candidate.constraints.iter().any(|constraint| !constraint.is_fulfilled(raw, value));
        Some((index, fit))
    });
    fits.collect()
}

/// How well a value fits a candidate.
#[derive(Default)]
struct Fit {
    /// A constant differs.
    mismatches: bool,
    /// A constraint is not fulfilled.
    unfulfilled: bool,
    matching: usize,
    unnamed: usize,
    lost: usize,
}

impl Fit {
    /// Returns whether nothing is known that speaks against the candidate.
    fn is_complete(&self) -> bool {
        !self.mismatches && !self.unfulfilled
    }
}

/// Returns how well an object fits; `None` if a required member is absent or a member is not allowed.
fn fit(members: &Members<'_>, candidate: &Candidate) -> Option<Fit> {
    let lacks_required = candidate.required.iter().any(|name| !members.contains_key(*name));
    let unnamed = members.keys().filter(|name| !candidate.known.contains(&name.as_ref())).count();
    if lacks_required || (unnamed > 0 && candidate.others == Others::Refused) {
        return None;
    }
    let mut fit = Fit { unnamed, ..Fit::default() };
    for (name, allowed) in candidate.constants {
        match members.get(*name).map(|value| scalar_text(value)) {
            None => {}
            Some(Some(text)) if allowed.contains(&text.as_ref()) => fit.matching += 1,
            Some(_) => fit.mismatches = true,
        }
    }
    if candidate.others == Others::Dropped {
        fit.lost = unnamed;
    }
    Some(fit)
}

/// Returns the value of a discriminator: a member that is a string, or an integer or boolean as its JSON
/// text.
///
/// Returns `None` if the value is not an object, has no such member, or the member has another type.
fn tag(raw: &RawValue, property: &str) -> Option<String> {
    match ShallowValue::of(raw)? {
        ShallowValue::Object(members) => scalar_text(members.get(property)?).map(Into::into),
        ShallowValue::Other(_) => None,
    }
}

/// Decodes the value into the type of a candidate. Returns `None` if it is not of that type.
#[must_use]
pub fn decode<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    raw::decode(raw).ok()
}

/// Serializes a value that is an object, with the discriminator as an additional member. If the value has a
/// member of that name, it is written instead.
pub fn serialize_tagged<T, S>(
    serializer: S,
    property: &'static str,
    tag: &'static str,
    value: &T,
) -> Result<S::Ok, S::Error>
where
    T: Serialize + ?Sized,
    S: Serializer,
{
    let json = Json::from_serialize(value).map_err(S::Error::custom)?;
    let members: BTreeMap<String, Json> = json.decode().map_err(S::Error::custom)?;
    let mut object = ObjectWriter::new(serializer)?;
    if !members.contains_key(property) {
        object.required(property, tag)?;
    }
    object.rest(&members, &[])?;
    object.end()
}

#[cfg(test)]
mod tests;
