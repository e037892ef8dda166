//! Limits compared: whether a value that was within is still within.

use std::cmp::Ordering;

use super::pair::Pair;
use super::view::LimitValue;
use crate::evolve::draft::ChangeDrafts;
use crate::evolve::kind::Kind;

pub(super) fn compare(pair: &Pair<'_, '_>, drafts: &mut ChangeDrafts) {
    let (old, new) = (pair.old, pair.new);
    let mut names: Vec<&str> = old.limits.keys().chain(new.limits.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (before, after) = (old.limits.get(name), new.limits.get(name));
        let kind = match (before, after) {
            (Some(before), Some(after)) => match direction(name, before, after) {
                Ordering::Less => Kind::LimitTightened,
                Ordering::Greater => Kind::LimitLoosened,
                Ordering::Equal => continue,
            },
            (None, _) => Kind::LimitTightened,
            (_, None) => Kind::LimitLoosened,
        };
        let detail = format!("`{name}`: {} is {} now", shown(before), shown(after));
        drafts.push(pair.change(kind, Some(detail)));
    }
    if old.unique != new.unique {
        let kind = if new.unique { Kind::LimitTightened } else { Kind::LimitLoosened };
        drafts.push(pair.change(kind, Some("`uniqueItems`".to_owned())));
    }
    if old.patterns != new.patterns {
        let kind = if new.patterns.is_superset(&old.patterns) {
            Kind::PatternAdded
        } else if old.patterns.is_superset(&new.patterns) {
            Kind::PatternRemoved
        } else {
            Kind::PatternChanged
        };
        drafts.push(pair.change(kind, None));
    }
}

/// Returns whether less is allowed than before, or more.
fn direction(name: &str, before: &LimitValue, after: &LimitValue) -> Ordering {
    let by_value = after.value.cmp(&before.value);
    match name {
        // A coarser step has fewer values, unless it is no multiple of the old one: then some are new.
        "multipleOf" => by_value.reverse(),
        _ if name.starts_with("min") => {
            by_value.reverse().then(after.exclusive.cmp(&before.exclusive).reverse())
        }
        _ => by_value.then(after.exclusive.cmp(&before.exclusive).reverse()),
    }
}

fn shown(bound: Option<&LimitValue>) -> String {
    match bound {
        None => "none".to_owned(),
        Some(bound) if bound.exclusive => format!("{} (exclusive)", bound.value),
        Some(bound) => bound.value.to_string(),
    }
}

/// Returns the bits of a format of integers, and whether they have a sign.
pub(super) fn integer(format: &str) -> Option<(u32, bool)> {
    let (bits, signed) = match format.strip_prefix("uint") {
        Some(bits) => (bits, false),
        None => (format.strip_prefix("int")?, true),
    };
    let bits = bits.parse().ok()?;
    matches!(bits, 8 | 16 | 32 | 64).then_some((bits, signed))
}

/// Returns how two formats of integers differ; `None` if one of them is none, or neither holds the other.
pub(super) fn integers(old: &str, new: &str) -> Option<Kind> {
    let (old, new) = (integer(old)?, integer(new)?);
    let holds = |wide: (u32, bool), narrow: (u32, bool)| {
        wide.0 > narrow.0 && (wide.1 || !narrow.1) || wide.0 == narrow.0 && wide.1 == narrow.1
    };
    if holds(new, old) { Some(Kind::LimitLoosened) } else { holds(old, new).then_some(Kind::LimitTightened) }
}
