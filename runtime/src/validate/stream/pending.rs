//! References to items that have not come yet, and may turn out to be forbidden.

use crate::violations::Position;

/// The pending references of one list, in the order of the document.
#[derive(Debug, Default)]
pub(super) struct PendingReferences(Vec<ItemReference>);

#[derive(Debug, Clone, Copy)]
struct ItemReference {
    position: Position,
    /// The ordinal of its item.
    item: u64,
    /// The item is counted among those with violations.
    counted: bool,
}

impl PendingReferences {
    /// Adds a reference of the latest item.
    pub(super) fn push(&mut self, position: Position, item: u64, counted: bool) {
        self.0.push(ItemReference { position, item, counted });
    }

    /// Returns the position of the reference at this offset, which turned out to be forbidden, and whether
    /// that is the first violation of its item.
    pub(super) fn forbid(&mut self, offset: u64) -> Option<(Position, bool)> {
        let found = self.0.partition_point(|reference| (reference.position.offset as u64) < offset);
        let ItemReference { position, item, counted } = *self.0.get(found)?;
        let first = self.0.partition_point(|reference| reference.item < item);
        for reference in self.0.iter_mut().skip(first).take_while(|reference| reference.item == item) {
            reference.counted = true;
        }
        Some((position, !counted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_counted_once() {
        let mut pending = PendingReferences::default();
        for (offset, item, counted) in [(10, 0, false), (20, 0, false), (30, 1, true), (40, 2, false)] {
            pending.push(Position::new(offset, 1, offset), item, counted);
        }
        for (offset, first) in [(20, true), (10, false), (30, false), (40, true)] {
            assert_eq!(pending.forbid(offset as u64), Some((Position::new(offset, 1, offset), first)));
        }
        assert_eq!(pending.forbid(41), None);
    }
}
