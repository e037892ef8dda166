//! Data paths through the schemas of an [`Api`]: a schema and a path go in, the schemas at its end come out.

use std::collections::BTreeSet;

use crate::api::{Api, DataPath, DataStep, Schema, SchemaId};

use super::unread::Unread;
use super::walk;

/// Why a data path leads nowhere, or not where a validator can go.
pub(super) enum Lost<'a> {
    NoProperty {
        name: &'a str,
        known: Vec<&'a str>,
    },
    NoArray,
    /// Into a member of a `oneOf` or `anyOf`: which one holds is known only once the value is read.
    Choice,
    /// The items of an array, which have no name that a rule could keep them under.
    Items,
    /// Into a schema that is not read as it stands.
    Unread,
}

/// Follows a data path from a value that `id` describes, and sees whether validators can do so too.
pub(super) fn follow<'a>(
    api: &'a Api,
    unread: &Unread,
    id: SchemaId,
    path: &'a DataPath,
) -> Result<(), Lost<'a>> {
    let all = ends(api, unread, id, path, walk::members)?;
    if path.steps.last() == Some(&DataStep::EachItem) {
        return Err(Lost::Items);
    }
    let Ok(fixed) = ends(api, unread, id, path, walk::fixed) else { return Err(Lost::Choice) };
    // Any depth may lead to some values through a choice and to others without one.
    let fixed: BTreeSet<SchemaId> = fixed.into_iter().collect();
    let everywhere = path.steps.contains(&DataStep::AnyDepth);
    if everywhere && all.iter().any(|id| !fixed.contains(id)) { Err(Lost::Choice) } else { Ok(()) }
}

/// The schemas at the end of a path, where a schema is made of its `parts`.
fn ends<'a>(
    api: &'a Api,
    unread: &Unread,
    id: SchemaId,
    path: &'a DataPath,
    parts: fn(&Schema) -> Vec<SchemaId>,
) -> Result<Vec<SchemaId>, Lost<'a>> {
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
                    return Err(Lost::NoProperty { name, known });
                }
                next
            }
            DataStep::EachItem => here.iter().filter_map(|id| walk::items_of(api, *id, parts)).collect(),
            DataStep::AnyDepth => walk::below(api, here, parts),
        };
        if next.is_empty() {
            return Err(if is_unread { Lost::Unread } else { Lost::NoArray });
        }
        here = next;
    }
    Ok(here)
}
