//! The bound on the work for values that are read again.

/// Every byte of a body may be read again so often, on average.
const READINGS_PER_BYTE: u64 = 128;
/// Every body may have so many bytes read again, however short it is.
const MIN_BUDGET: u64 = 1 << 16;
/// The cost of a reading in bytes, beside the length of the value.
const COST_OF_READING: u64 = 16;
/// At most so many readings of one value may be nested.
const MAX_NESTED: u16 = 128;

/// How much may be read again.
#[derive(Debug)]
pub(super) struct RereadBudget {
    left: u64,
    pub(super) nested: u16,
    /// Where it ran out: the sort key and the path.
    pub(super) exhausted_at: Option<(u64, String)>,
}

impl RereadBudget {
    pub(super) fn new(length: usize) -> Self {
        let left = MIN_BUDGET + (length as u64).saturating_mul(READINGS_PER_BYTE);
        Self { left, nested: 0, exhausted_at: None }
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted_at.is_some()
    }

    /// Spends a reading of a value of so many bytes. Returns `false` if the budget does not allow it, and
    /// keeps where that was.
    pub(super) fn spend(&mut self, length: usize, at: impl FnOnce() -> (u64, String)) -> bool {
        let cost = length as u64 + COST_OF_READING;
        if self.nested < MAX_NESTED && self.left >= cost {
            self.left -= cost;
            return true;
        }
        self.left = 0;
        self.exhausted_at.get_or_insert_with(at);
        false
    }
}
