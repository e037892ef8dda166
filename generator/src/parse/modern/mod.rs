//! OpenAPI 3.1 and later: what they write otherwise and 3.0 can say is rewritten on the tree, before the
//! grammar and openapiv3 see it. Every node that moves keeps its place in the text.
//!
//! What 3.0 has no form for stays in the tree, and `lower` reads it there. A document of 3.0 with the words
//! of 3.1 is read alike, with a warning for each; so is one of 3.1 with the words of 3.0.
//!
//! | file | |
//! |---|---|
//! | `references` | `$ref` to `$anchor` and to `$id` become pointers |
//! | `media_types` | media types that are components are copied to where they are used |
//! | `path_items` | path items that are components are copied to where they are used |
//! | `schemas` | walks to every schema, and rewrites it with the others |
//! | `siblings` | `$ref` beside other keywords |
//! | `types` | `type` as a list, and `null` |
//! | `keywords` | keywords that 3.0 writes otherwise |
//! | `drafts` | keywords of earlier drafts of JSON Schema |
//! | `newest` | what of 3.2 is not used |

mod drafts;
mod finding;
mod keywords;
mod media_types;
mod newest;
mod path_items;
mod references;
mod rewriting;
mod schemas;
mod siblings;
mod types;

use serde_json::Value;

use super::version::Version;
use crate::report::Report;
use crate::source::SourceFiles;

/// Rewrites what refers to other nodes, before references to other files are resolved.
pub(super) fn resolve(tree: &mut Value, version: Version, files: &mut SourceFiles, report: &mut Report) {
    if version >= Version::V31 {
        if version >= Version::V32 {
            media_types::copy(tree, files, report);
            newest::report_unused(tree, files, report);
        }
        references::resolve(tree, report);
        path_items::copy(tree, files, report);
    }
}

/// Rewrites the schemas of a tree that has all of its nodes.
pub(super) fn rewrite(tree: &mut Value, version: Version, files: &mut SourceFiles, report: &mut Report) {
    schemas::rewrite(tree, version, files, report);
}
