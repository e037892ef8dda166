//! The bound on the work for values that are read again.
//!
//! A choice in a choice in a choice may be read in more ways than anybody has time for. Each value that is
//! read again, and does not lie within another one, has a budget by its length, so that a body has the same
//! findings whether it is read as a whole or item by item.

/// Every byte of a value may be read again so often, on average.
const READINGS_PER_BYTE: u64 = 128;
/// Every value may have so many bytes read again, however short it is.
const MIN_BUDGET: u64 = 1 << 14;
/// The cost of a reading in bytes, beside the length of the value.
const COST_OF_READING: u64 = 16;
/// At most so many readings may be nested: two for each container that may be open.
const MAX_NESTED: u16 = 256;

/// How much may be read again.
#[derive(Debug, Default)]
pub(super) struct RereadBudget {
    left: u64,
    /// How many readings are open, and how many of them have a cost.
    nested: u16,
    nested_with_cost: u16,
    /// How often a reading was not allowed.
    pub(super) refusals: u32,
    /// The outermost values of which not every reading was allowed: sort keys and paths.
    pub(super) too_complex: Vec<(u64, String)>,
    /// Where the last of them ends.
    refused_to: usize,
}

/// Whether a reading has a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The value can't be read otherwise: depth alone bounds how often that is so.
    Only,
    /// One of several.
    OneOfMany,
}

impl RereadBudget {
    /// Begins a reading of a value of so many bytes. Returns `false` if it is not allowed.
    pub(super) fn begin(&mut self, reading: Reading, length: usize) -> bool {
        let length = length as u64;
        let has_cost = reading == Reading::OneOfMany || self.nested_with_cost > 0;
        if has_cost && self.nested_with_cost == 0 {
            self.left = MIN_BUDGET + length.saturating_mul(READINGS_PER_BYTE);
        }
        let cost = if has_cost { length + COST_OF_READING } else { 0 };
        if self.nested >= MAX_NESTED || (has_cost && self.left < cost) {
            self.left = 0;
            self.refusals += 1;
            return false;
        }
        self.left -= cost;
        self.nested += 1;
        self.nested_with_cost += u16::from(has_cost);
        true
    }

    /// Ends the reading that began last.
    pub(super) fn end(&mut self) {
        self.nested -= 1;
        self.nested_with_cost = self.nested_with_cost.saturating_sub(1);
    }

    /// Adds a value in a span of which not every reading was allowed, unless it lies within the last one.
    pub(super) fn refuse(&mut self, (start, end): (usize, usize), at: (u64, String)) {
        if start >= self.refused_to {
            self.refused_to = end;
            self.too_complex.push(at);
        }
    }

    /// Returns whether no reading with a cost is open: what is read does not lie within another one.
    pub(super) fn is_outermost(&self) -> bool {
        self.nested_with_cost == 0
    }
}
