//! Decoding `oneOf` and `anyOf`: which candidate is tried first.
//!
//! serde's `untagged` takes the first candidate that does not fail, in the order of definition. As unknown
//! members are no failure, that is often not the best fit, and it buffers the value in a form in which
//! `RawValue` is lost. Here the candidates are ranked without decoding: by the type of the value, its member
//! names and its constants.

mod candidate;
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
pub use candidate::{Candidate, JsonType, Others};

/// Returns the indexes of the candidates that may fit the value, the best first.
///
/// Candidates are left out if they do not allow the type of the value, if a required member is absent, if
/// they do not allow one of the members, or if they would lose more members than another candidate.
/// Candidates with a different constant come last. The others are sorted by matching constants (more first),
/// then by members that they do not name (fewer first), then by the order of definition. A value that can't
/// be read has no candidates.
#[must_use]
pub fn rank(raw: &RawValue, candidates: &[Candidate]) -> Vec<usize> {
    let Some(value) = ShallowValue::of(raw) else {
        return Vec::new();
    };
    let admitted = (0..candidates.len()).filter(|&index| value.is_one_of(candidates[index].types));
    let ShallowValue::Object(members) = &value else {
        return admitted.collect();
    };
    let mut fits: Vec<(usize, Fit)> =
        admitted.filter_map(|index| Some((index, fit(members, &candidates[index])?))).collect();
    let least = fits.iter().filter(|(_, fit)| !fit.mismatches).map(|(_, fit)| fit.lost).min();
    fits.retain(|(_, fit)| least.is_none_or(|least| fit.lost <= least));
    fits.sort_by_key(|(_, fit)| (fit.mismatches, Reverse(fit.matching), fit.unnamed));
    fits.into_iter().map(|(index, _)| index).collect()
}

/// How well an object fits a candidate.
struct Fit {
    /// A constant differs.
    mismatches: bool,
    matching: usize,
    unnamed: usize,
    lost: usize,
}

/// Returns how well an object fits; `None` if a required member is absent or a member is not allowed.
fn fit(members: &Members<'_>, candidate: &Candidate) -> Option<Fit> {
    let lacks_required = candidate.required.iter().any(|name| !members.contains_key(*name));
    let unnamed = members.keys().filter(|name| !candidate.known.contains(&name.as_ref())).count();
    if lacks_required || (unnamed > 0 && candidate.others == Others::Refused) {
        return None;
    }
    let mut fit = Fit { mismatches: false, matching: 0, unnamed, lost: 0 };
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
