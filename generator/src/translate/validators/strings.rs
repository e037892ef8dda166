//! What tables of strings, and of names of members, need.

use super::super::names::Names;
use super::patterns::Patterns;

/// The names of schemas, after which patterns are called, and the patterns.
pub(super) struct Strings<'p> {
    pub(super) names: &'p Names<'p>,
    pub(super) patterns: &'p mut Patterns,
}
