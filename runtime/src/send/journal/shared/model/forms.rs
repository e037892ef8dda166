//! Batches as numbers, so that a state of the world is small.

use std::{collections::HashMap, time::Duration};

use crate::send::journal::{BatchParts, Lease, SharedBatch};

/// The number of a batch as it was at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Form(u16);

/// All batches as they were at all moments.
#[derive(Default)]
pub(super) struct Forms {
    all: Vec<SharedBatch>,
    numbers: HashMap<(BatchParts, Lease, u64), Form>,
}

impl Forms {
    pub(super) fn get(&self, form: Form) -> &SharedBatch {
        &self.all[usize::from(form.0)]
    }

    pub(super) fn of(&mut self, batch: SharedBatch) -> Form {
        let next = Form(u16::try_from(self.all.len()).expect("there are few forms"));
        let form = *self.numbers.entry((batch.batch.parts(), batch.lease, batch.version)).or_insert(next);
        if form == next {
            self.all.push(batch);
        }
        form
    }

    /// The same batch with another end of its lease.
    pub(super) fn with_lease_until(&mut self, form: Form, until: Duration) -> Form {
        let mut batch = self.get(form).clone();
        batch.lease.until = until;
        self.of(batch)
    }
}
