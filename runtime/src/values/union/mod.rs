//! Decoding `oneOf` and `anyOf`: which candidate is tried first.
//!
//! serde's `untagged` takes the first candidate that does not fail, in the order of definition. As unknown
//! members are no failure, that is often not the best fit, and it buffers the value in a form in which
//! `RawValue` is lost. Here the candidates are ranked without decoding: by the type of the value, its member
//! names, its constants, and the formats, patterns and limits that tell candidates apart.

mod candidate;
mod constraint;
mod json_type;
mod shallow;

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
pub use candidate::{Candidate, Others};
pub use constraint::{Constraint, Expression, Keyword, TextFormat};
pub use json_type::JsonType;

/// Reads a value of `oneOf`: returns what `decode` makes of it for the index of the best candidate for
/// which it makes something.
///
/// Candidates are left out if they do not allow the type of the value, if a required member is absent, if
/// they do not allow one of the members, or if they would lose more members than another candidate.
/// Candidates with a different constant come last, and before them those with a constraint that is not
/// fulfilled. The others are sorted by matching constants (more first), then by members that they do not name
/// (fewer first), then by the order of definition. A value that can't be read has no candidates.
#[must_use]
pub fn read<T>(raw: &RawValue, candidates: &[Candidate], decode: impl Fn(usize) -> Option<T>) -> Option<T> {
    let value = ShallowValue::of(raw)?;
    ranked(raw, &value, candidates).into_iter().find_map(decode)
}

/// Reads a value of `anyOf` like [`read`]. Returns `None` for an object that is several candidates at once,
/// if each would lose members that another one names.
#[must_use]
pub fn read_any<T>(
    raw: &RawValue,
    candidates: &[Candidate],
    decode: impl Fn(usize) -> Option<T>,
) -> Option<T> {
    let value = ShallowValue::of(raw)?;
    let read = |index| Some((index, decode(index)?));
    let (best, found) = ranked(raw, &value, candidates).into_iter().find_map(read)?;
    let ShallowValue::Object(members) = &value else { return Some(found) };
    let Candidate { known, others: Others::Dropped, .. } = candidates[best] else { return Some(found) };
    let is_lost = |name: &&str| members.contains_key(*name) && !known.contains(name);
    let is_rival = |index: usize| candidates[index].known.iter().any(is_lost) && decode(index).is_some();
    let is_several = fits(raw, &value, candidates)
        .into_iter()
        .any(|(index, fit)| index != best && fit.is_complete() && is_rival(index));
    (!is_several).then_some(found)
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
#[must_use]
pub fn tag(raw: &RawValue, property: &str) -> Option<String> {
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
