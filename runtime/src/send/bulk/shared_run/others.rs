//! What other senders have, and have left.

use super::{LOOKED_UP, SharedRun, locked};
use crate::send::{
    bulk::elsewhere::OtherSenders,
    journal::{BatchId, BatchPhase, ItemKey, JournalError, RunScope, Standing, TakeOver},
};

/// How many batches of other senders a run takes over at a time.
const TAKEN_OVER: u32 = 1000;

impl SharedRun {
    /// Returns true if there may be more batches whose sender has gone than were taken over so far.
    pub(in crate::send::bulk) fn sweeps(&self) -> bool {
        locked(&self.swept).is_some()
    }

    /// Takes over the next batches whose sender has gone, whatever items they have.
    pub(super) async fn sweep(&self) -> Result<Vec<BatchId>, JournalError> {
        let Some(last) = *locked(&self.swept) else { return Ok(Vec::new()) };
        let taken = self.take_over(TakeOver::After(last, TAKEN_OVER)).await?;
        let is_full = usize::try_from(TAKEN_OVER).is_ok_and(|limit| taken.len() >= limit);
        *locked(&self.swept) = taken.iter().max().copied().filter(|_| is_full);
        Ok(taken)
    }

    async fn take_over(&self, which: TakeOver<'_>) -> Result<Vec<BatchId>, JournalError> {
        let taken = self.journal.take_over(self.run, &self.scope, which).await?;
        if !taken.is_empty() {
            tracing::info!(batches = taken.len(), "batches of other senders are taken over");
        }
        let RunScope { operation, target, .. } = &self.scope;
        let mut batches = Vec::with_capacity(taken.len());
        for taken in taken {
            let hashes = taken.batch.plan().keys.iter().map(|key| self.hash_key.item(operation, target, key));
            let mut lost = locked(&self.lost);
            hashes.for_each(|hash| _ = lost.remove(&hash));
            drop(lost);
            locked(&self.state).adopt(taken.batch.clone());
            batches.push(taken.batch.id());
            self.keep(taken);
        }
        Ok(batches)
    }

    /// Returns how these items stand at other senders, and the batches that were taken over from some that
    /// have gone: those of the items, and if `sweeps` some of other items. An error ends it, and what was
    /// found and taken over before holds.
    pub(in crate::send::bulk) async fn look_after(
        &self,
        keys: &[ItemKey],
        sweeps: bool,
    ) -> (OtherSenders, Vec<BatchId>, Option<JournalError>) {
        let (mut others, mut taken) = (OtherSenders::default(), Vec::new());
        let looked = self.look(keys, sweeps, &mut others, &mut taken).await;
        (others, taken, looked.err())
    }

    async fn look(
        &self,
        keys: &[ItemKey],
        sweeps: bool,
        others: &mut OtherSenders,
        taken: &mut Vec<BatchId>,
    ) -> Result<(), JournalError> {
        if sweeps {
            taken.extend(self.sweep().await?);
        }
        for keys in keys.chunks(LOOKED_UP) {
            taken.extend(self.take_over(TakeOver::With(keys)).await?);
            for Standing { batch, .. } in self.journal.standing(&self.scope, keys).await? {
                let list = match batch.phase() {
                    _ if taken.contains(&batch.id()) => &mut others.taken,
                    _ if batch.is_over() => continue,
                    BatchPhase::Accepted(_) => &mut others.accepted,
                    _ => &mut others.sending,
                };
                list.extend(batch.plan().keys.iter().cloned());
            }
            others.asked.extend(keys.iter().cloned());
        }
        Ok(())
    }
}
