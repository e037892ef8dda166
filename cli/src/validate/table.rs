//! Which line each item begins on, in about a byte for an item.

/// The items that were handed to the validators, in order.
#[derive(Debug, Default)]
pub(super) struct ItemTable {
    lines: Ascending,
    ordinals: Ascending,
}

impl ItemTable {
    /// Adds the next item: the line that it begins on, and how many items of the input stand before it.
    pub(super) fn add(&mut self, line: u64, ordinal: u64) {
        self.lines.push(line);
        self.ordinals.push(ordinal);
    }

    /// Returns the line and the ordinal of an item.
    pub(super) fn get(&self, index: u64) -> Option<(u64, u64)> {
        let index = usize::try_from(index).ok()?;
        Some((self.lines.get(index)?, self.ordinals.get(index)?))
    }
}

/// Numbers that never become smaller. What each is greater than the one before is kept, in seven bits a byte.
#[derive(Debug, Default)]
struct Ascending {
    steps: Vec<u8>,
    /// Every so many numbers: one that is kept whole, and where the steps that follow it begin.
    marks: Vec<(u64, usize)>,
    count: usize,
    last: u64,
}

const EVERY: usize = 256;

impl Ascending {
    fn push(&mut self, number: u64) {
        if self.count.is_multiple_of(EVERY) {
            self.marks.push((number, self.steps.len()));
        } else {
            let mut step = number.saturating_sub(self.last);
            while step >= 0x80 {
                self.steps.push(0x80 | (step & 0x7F) as u8);
                step >>= 7;
            }
            self.steps.push((step & 0x7F) as u8);
        }
        self.count += 1;
        self.last = number;
    }

    fn get(&self, index: usize) -> Option<u64> {
        if index >= self.count {
            return None;
        }
        let (mut number, start) = *self.marks.get(index / EVERY)?;
        let mut steps = self.steps.get(start..)?.iter();
        for _ in 0..index % EVERY {
            let mut shift = 0;
            for byte in steps.by_ref() {
                number += u64::from(byte & 0x7F) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
            }
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_again() {
        let mut table = ItemTable::default();
        let line = |index: u64| index * index * 7 + index / 3;
        for index in 0..2000 {
            table.add(line(index), index + index / 100);
        }
        for index in [0, 1, 2, 255, 256, 257, 511, 512, 1000, 1999] {
            assert_eq!(table.get(index), Some((line(index), index + index / 100)));
        }
        assert_eq!(table.get(2000), None);
    }
}
