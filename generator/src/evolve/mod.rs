//! What a change of a definition does to the users of its crate: two API models and two Rust models
//! compared.
//!
//! [`Generator::compare`](crate::Generator::compare) returns a [`Comparison`]: every change with its
//! kind, its places in both definitions, who is affected, and the version that the crate needs. `DIFF.md`
//! lists the kinds.

mod draft;
mod effect;
mod kind;
mod render;
mod report;
mod revision;
mod server;
mod side;
mod surface;
mod version;
mod wire;

pub use effect::{Effect, Respect};
pub use kind::kinds;
pub use report::{ChangePlace, Comparison, DefinitionChange};
pub use revision::{Revision, last_tag};
pub use version::Bump;

use draft::ChangeDraft;
pub(crate) use side::Side;
use wire::Usage;

/// Compares an older state with a newer one.
pub(crate) fn compare(old: &Side, new: &Side) -> Comparison {
    report::report(&changes(old, new), old, new)
}

fn changes(old: &Side, new: &Side) -> Vec<ChangeDraft> {
    let mut drafts = wire::compare(&old.api, &new.api);
    server::compare(&old.krate.operations, &new.krate.operations, &mut drafts);
    let (before, after) = (Usage::of(&old.api), Usage::of(&new.api));
    let directions = |at: &_| before.at(at).and(after.at(at));
    let (one, other) = (surface::of(&old.krate, &old.settings), surface::of(&new.krate, &new.settings));
    surface::compare(&one, &other, &directions, &mut drafts);
    let (before, after) =
        (surface::features(&old.krate, &old.settings), surface::features(&new.krate, &new.settings));
    surface::compare_features(&before, &after, &mut drafts);
    drafts.merged()
}
