//! Follows data paths through the schemas of an [`Api`].

use std::collections::BTreeSet;

use crate::api::{Api, DataPath, DataStep, Schema, SchemaId};

use super::unread::Unread;
use super::walk;

/// Why a data path can't be followed by a validator.
pub(super) enum PathError<'a> {
    NoProperty {
        name: &'a str,
        known: Vec<&'a str>,
    },
    NoArray,
    /// Into a member of a `oneOf` or `anyOf`: which one holds is known only once the value is read.
    Choice,
    /// The items of an array, which have no name that a rule could keep them under.
    Items,
    /// Into a schema that was not read completely.
    Unread,
}

/// Follows a data path from a value that `id` describes, as validators do.
pub(super) fn follow<'a>(
    api: &'a Api,
    unread: &Unread,
    id: SchemaId,
    path: &'a DataPath,
) -> Result<(), PathError<'a>> {
    let all = ends(api, unread, id, path, walk::members)?;
    if path.steps.last() == Some(&DataStep::EachItem) {
        return Err(PathError::Items);
    }
    let Ok(fixed) = ends(api, unread, id, path, walk::fixed) else { return Err(PathError::Choice) };
    // Any depth may lead to some values through a choice and to others without one.
    let fixed: BTreeSet<SchemaId> = fixed.into_iter().collect();
    let everywhere = path.steps.contains(&DataStep::AnyDepth);
    if everywhere && all.iter().any(|id| !fixed.contains(id)) { Err(PathError::Choice) } else { Ok(()) }
}

/// Returns the schemas at the end of a path; a schema consists of its `parts`.
fn ends<'a>(
    api: &'a Api,
    unread: &Unread,
    id: SchemaId,
    path: &'a DataPath,
    parts: fn(&Schema) -> Vec<SchemaId>,
) -> Result<Vec<SchemaId>, PathError<'a>> {
    let mut here = vec![id];
    for step in &path.steps {
        let is_unread = here.iter().any(|id| unread.has(api, *id));
        let next: Vec<SchemaId> = match step {
            DataStep::Property(name) => {
                let known: Vec<(&str, SchemaId)> =
                    here.iter().flat_map(|id| walk::properties_of(api, *id, parts)).collect();
                let next: Vec<_> =
                    known.iter().filter(|(known, _)| known == name).map(|(_, id)| *id).collect();
                if next.is_empty() && !is_unread {
                    let known = known.into_iter().map(|(name, _)| name).collect();
                    return Err(PathError::NoProperty { name, known });
                }
                next
            }
            DataStep::EachItem => here.iter().filter_map(|id| walk::items_of(api, *id, parts)).collect(),
            DataStep::AnyDepth => walk::below(api, here, parts),
        };
        if next.is_empty() {
            return Err(if is_unread { PathError::Unread } else { PathError::NoArray });
        }
        here = next;
    }
    Ok(here)
}
