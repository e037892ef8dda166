//! Groups of batches that passed items to each other. They leave the journal together, or items would be
//! reported twice.

use std::collections::BTreeMap;

use crate::send::journal::BatchId;

/// Batches, in groups. A batch that is not mentioned is a group by itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// A lower batch of the same group.
    lower: BTreeMap<BatchId, BatchId>,
}

impl Groups {
    /// The lowest batch of the group.
    pub(super) fn of(&self, mut batch: BatchId) -> BatchId {
        while let Some(lower) = self.lower.get(&batch) {
            batch = *lower;
        }
        batch
    }

    /// Makes one group of two.
    pub(super) fn join(&mut self, one: BatchId, other: BatchId) {
        let (one, other) = (self.of(one), self.of(other));
        if one != other {
            self.lower.insert(one.max(other), one.min(other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_grow_together() {
        let mut groups = Groups::default();
        let id = BatchId;
        groups.join(id(1), id(4));
        groups.join(id(2), id(3));
        assert_ne!(groups.of(id(4)), groups.of(id(3)));
        groups.join(id(3), id(4));
        assert!([1, 2, 3, 4].iter().all(|batch| groups.of(id(*batch)) == id(1)));
        assert_eq!(groups.of(id(5)), id(5));
    }
}
