//! What travels between client and service: two API models compared.

mod body;
mod composition;
mod limits;
mod operations;
mod pair;
mod parameters;
mod schemas;
mod service;
mod usage;
mod view;

use super::draft::ChangeDrafts;
use crate::api::Api;
use schemas::Comparer;

pub(super) use usage::Usage;

/// Finds what senders, readers and validators notice.
pub(super) fn compare(old: &Api, new: &Api) -> ChangeDrafts {
    let mut comparer = Comparer::new(old, new);
    service::compare(&mut comparer);
    operations::compare(&mut comparer);
    comparer.unused();
    comparer.drafts
}
