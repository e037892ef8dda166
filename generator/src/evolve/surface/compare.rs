//! Two surfaces compared, path by path.

use super::item::{CrateSurface, SurfaceItem};
use crate::evolve::draft::{ChangeDraft, ChangeDrafts, UsedIn};
use crate::evolve::kind::Kind;
use crate::pointer::Pointer;

/// Finds what users of the older crate notice. `directions` says how what is at a pointer travels.
pub(in crate::evolve) fn compare(
    old: &CrateSurface<'_>,
    new: &CrateSurface<'_>,
    directions: &dyn Fn(&Pointer) -> UsedIn,
    drafts: &mut ChangeDrafts,
) {
    let mut texts = Vec::new();
    for (path, one) in &old.items {
        match new.items.get(path) {
            Some(other) => {
                changed(path, one, other, directions, drafts);
                if one.docs != other.docs {
                    texts.push((one.at, other.at));
                }
            }
            None if comes_with_its_parent(one, new, old) => {}
            None => {
                let renamed = renamed(one, old, new);
                let detail = renamed.map(|path| format!("it is `{path}` now"));
                drafts.push(draft(one.kind.changes()[1], path, detail, (Some(one), None), directions));
            }
        }
    }
    for (path, one) in &new.items {
        if !old.items.contains_key(path) && !comes_with_its_parent(one, old, new) {
            drafts.push(draft(one.kind.changes()[0], path, None, (None, Some(one)), directions));
        }
    }
    documentation(&texts, drafts);
}

fn changed(
    path: &str,
    one: &SurfaceItem<'_>,
    other: &SurfaceItem<'_>,
    directions: &dyn Fn(&Pointer) -> UsedIn,
    drafts: &mut ChangeDrafts,
) {
    let both = (Some(one), Some(other));
    if one.kind != other.kind || one.signature != other.signature {
        let detail = (!one.signature.is_empty() || !other.signature.is_empty())
            .then(|| format!("`{}` is `{}` now", one.signature, other.signature));
        drafts.push(draft(one.kind.changes()[2], path, detail, both, directions));
    }
    if one.deprecated != other.deprecated {
        let kind = if other.deprecated { Kind::Deprecated } else { Kind::NotDeprecated };
        drafts.push(draft(kind, path, None, both, directions));
    }
}

/// Returns whether a part is missing in the other surface because what it is a part of is missing there, or
/// is something else there.
fn comes_with_its_parent(item: &SurfaceItem<'_>, other: &CrateSurface<'_>, own: &CrateSurface<'_>) -> bool {
    let Some(parent) = &item.parent else { return false };
    let Some(here) = own.items.get(parent) else { return false };
    match other.items.get(parent) {
        None => true,
        Some(there) => {
            (here.kind, &here.signature) != (there.kind, &there.signature)
                || comes_with_its_parent(here, other, own)
        }
    }
}

/// Returns the only new path of that kind at the same node of the definition.
fn renamed<'s>(item: &SurfaceItem<'_>, old: &CrateSurface<'_>, new: &'s CrateSurface<'_>) -> Option<&'s str> {
    item.at?;
    let mut found = new.items.iter().filter(|(path, other)| {
        (other.kind, other.at, &other.signature) == (item.kind, item.at, &item.signature)
            && !old.items.contains_key(*path)
    });
    let (path, _) = found.next()?;
    found.next().is_none().then_some(path)
}

fn draft(
    kind: Kind,
    path: &str,
    detail: Option<String>,
    (old, new): (Option<&SurfaceItem<'_>>, Option<&SurfaceItem<'_>>),
    directions: &dyn Fn(&Pointer) -> UsedIn,
) -> ChangeDraft {
    let met = |item: &SurfaceItem<'_>| item.at.map(directions).unwrap_or_default().and(item.directions);
    let met = old.map(met).unwrap_or_default().and(new.map(met).unwrap_or_default());
    let at = |item: Option<&SurfaceItem<'_>>| item.and_then(|item| item.at).cloned();
    // What is used nowhere is met by whoever uses it.
    let directions = if met == UsedIn::NONE { UsedIn::BOTH } else { met };
    ChangeDraft { kind, subject: path.to_owned(), detail, old: at(old), new: at(new), directions }
}

/// Texts are one change, however many there are.
fn documentation(texts: &[(Option<&Pointer>, Option<&Pointer>)], drafts: &mut ChangeDrafts) {
    let Some((old, new)) = texts.first() else { return };
    let count = texts.len();
    drafts.push(ChangeDraft {
        kind: Kind::Documentation,
        subject: "documentation".to_owned(),
        detail: Some(format!("of {count} item{}", if count == 1 { "" } else { "s" })),
        old: old.cloned(),
        new: new.cloned(),
        directions: UsedIn::BOTH,
    });
}
