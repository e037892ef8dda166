//! What must hold at every moment.

use super::{
    state::{Slot, State},
    world::{Broken, World},
};
use crate::send::journal::{BatchParts, BatchPhase};

impl World {
    /// Checks what must hold at every moment.
    pub(super) fn check(&self, state: &State) -> Result<(), Broken> {
        for item in 1..=self.limits.items {
            let of_item = || state.batches.iter().flatten().filter(|slot| slot.item == item);
            let accepted: u32 = of_item().map(|slot| slot.accepted.count_ones()).sum();
            // The batch that has the item now came last.
            let told = of_item().next_back().map_or(0, |slot| self.told(*slot));
            if accepted > told {
                return Err(if told == 0 {
                    "the service has an item, and the journal says that it can't"
                } else {
                    "an item was accepted more often than the journal says that it may have been"
                });
            }
            let is_accepted = |slot: &Slot| {
                let phase = self.forms.get(slot.journal).batch.phase();
                matches!(phase, BatchPhase::Accepted(_) | BatchPhase::Finished { .. })
            };
            if accepted == 0 && of_item().any(is_accepted) {
                return Err("the journal says that an item was accepted, and the service has it not");
            }
        }
        Ok(())
    }

    /// How often an item may have been accepted, by what the journal says.
    fn told(&self, slot: Slot) -> u32 {
        let BatchParts { phase, unclear_attempts, .. } = self.forms.get(slot.journal).batch.parts();
        let last =
            !matches!(phase, BatchPhase::Planned | BatchPhase::NotReceived | BatchPhase::Refused { .. });
        unclear_attempts + u32::from(last)
    }

    /// Whether nothing is left to do, or the world is not followed further.
    pub(super) fn may_end(&self, state: &State) -> bool {
        let is_done = |slot: &Slot| {
            let journal = self.forms.get(slot.journal);
            journal.batch.is_over() || journal.lease.epoch >= self.limits.epochs
        };
        let mut items = 1..=self.limits.items;
        let no_more = state.batches.iter().all(Option::is_some)
            || items.all(|item| state.batches.iter().flatten().any(|slot| slot.item == item));
        no_more && state.batches.iter().flatten().all(is_done)
    }
}
