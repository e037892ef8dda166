//! What an earlier item may yet be told of: it refers to an item that has not come so far.

use crate::violations::Place;

/// The references of one list that are not settled, in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct Waiting(Vec<Reference>);

#[derive(Debug, Clone, Copy)]
struct Reference {
    place: Place,
    /// Which item it stands in.
    item: u64,
    /// The item is counted among those with findings.
    counted: bool,
}

impl Waiting {
    /// A reference of the latest item, which has findings or none.
    pub(super) fn add(&mut self, place: Place, item: u64, counted: bool) {
        self.0.push(Reference { place, item, counted });
    }

    /// Where the reference of this offset stands, and whether it is the first finding of its item.
    pub(super) fn tell(&mut self, offset: u64) -> Option<(Place, bool)> {
        let found = self.0.partition_point(|reference| (reference.place.offset as u64) < offset);
        let Reference { place, item, counted } = *self.0.get(found)?;
        let first = self.0.partition_point(|reference| reference.item < item);
        for reference in self.0.iter_mut().skip(first).take_while(|reference| reference.item == item) {
            reference.counted = true;
        }
        Some((place, !counted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_counted_once() {
        let mut waiting = Waiting::default();
        for (offset, item, counted) in [(10, 0, false), (20, 0, false), (30, 1, true), (40, 2, false)] {
            waiting.add(Place::new(offset, 1, offset), item, counted);
        }
        for (offset, first) in [(20, true), (10, false), (30, false), (40, true)] {
            assert_eq!(waiting.tell(offset as u64), Some((Place::new(offset, 1, offset), first)));
        }
        assert_eq!(waiting.tell(41), None);
    }
}
