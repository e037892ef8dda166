//! Decoding `oneOf` and `anyOf`: which candidate to try first.
//!
//! serde's `untagged` takes the first candidate that does not fail, in the order of definition. As unknown members are
//! no failure, that is often the poorest fit, and it buffers the value in a form that no `RawValue` survives. Here the
//! candidates are ranked by what can be seen from outside: the kind of value, its member names and its constants.

mod shape;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::values::Json;
use crate::values::object::Writer;
use crate::values::raw;
use shape::{Members, Shape};

/// What can be told of a candidate without decoding it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The kinds of value that it admits; none stands for any.
    pub kinds: &'static [Kind],
    /// The members that an object must have.
    pub required: &'static [&'static str],
    /// The members that an object may have, the required ones included.
    pub known: &'static [&'static str],
    /// What becomes of every other member.
    pub others: Others,
    /// Members with the values that they may have: a string, or an integer or boolean as its JSON text.
    pub constants: &'static [(&'static str, &'static [&'static str])],
}

/// What becomes of members that a candidate does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Others {
    /// They are lost: the candidate fits, but worse than one that keeps them.
    Dropped,
    /// They are kept.
    Kept,
    /// With any of them the candidate does not fit.
    Refused,
}

/// A kind of JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without decimal point and exponent.
    Integer,
    /// Any number, an integer included.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The indices of the candidates that may fit the value, the best first.
///
/// Left out are candidates that do not admit the kind of the value, lack a required member, refuse a member, or lose
/// more members than another candidate would: a value that the fuller one can't read is not given to the poorer one.
/// Those that want a different constant come last; among the others, more matching constants win, then fewer members
/// that the candidate does not name, then the order of definition. A value that can't be read gives no candidate.
#[must_use]
pub fn rank(raw: &RawValue, candidates: &[Candidate]) -> Vec<usize> {
    let Some(shape) = Shape::of(raw) else {
        return Vec::new();
    };
    let admitted = (0..candidates.len()).filter(|&index| shape.is_admitted_by(candidates[index].kinds));
    let Shape::Object(members) = &shape else {
        return admitted.collect();
    };
    let mut fits: Vec<(usize, Fit)> =
        admitted.filter_map(|index| Some((index, fit(members, &candidates[index])?))).collect();
    let least = fits.iter().filter(|(_, fit)| !fit.mismatches).map(|(_, fit)| fit.lost).min();
    fits.retain(|(_, fit)| least.is_none_or(|least| fit.lost <= least));
    fits.sort_by_key(|(_, fit)| (fit.mismatches, Reverse(fit.matching), fit.unnamed));
    fits.into_iter().map(|(index, _)| index).collect()
}

/// How an object fits a candidate that it may be.
struct Fit {
    /// A constant has another value.
    mismatches: bool,
    matching: usize,
    unnamed: usize,
    lost: usize,
}

/// `None` where the object lacks a member or has one that is refused.
fn fit(members: &Members<'_>, candidate: &Candidate) -> Option<Fit> {
    let lacks_required = candidate.required.iter().any(|name| !members.contains_key(*name));
    let unnamed = members.keys().filter(|name| !candidate.known.contains(&name.as_ref())).count();
    if lacks_required || (unnamed > 0 && candidate.others == Others::Refused) {
        return None;
    }
    let mut fit = Fit { mismatches: false, matching: 0, unnamed, lost: 0 };
    for (name, allowed) in candidate.constants {
        match members.get(*name).map(|value| shape::scalar_text(value)) {
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

/// Reads a discriminator: a member of an object that is a string, or an integer or boolean as its JSON text.
///
/// `None` where the value is no object, has no such member, or the member is something else.
#[must_use]
pub fn tag(raw: &RawValue, property: &str) -> Option<String> {
    match Shape::of(raw)? {
        Shape::Object(members) => shape::scalar_text(members.get(property)?).map(Into::into),
        Shape::Other(_) => None,
    }
}

/// Tries a candidate; `None` if the value is not of its type.
#[must_use]
pub fn decode<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    raw::decode(raw).ok()
}

/// Writes a value that is an object with one member more: the discriminator, which the value's own type has no
/// field for. A member of that name in the value stays as it is.
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
    let mut object = Writer::new(serializer)?;
    if !members.contains_key(property) {
        object.required(property, tag)?;
    }
    object.rest(&members)?;
    object.end()
}

#[cfg(test)]
mod tests;
