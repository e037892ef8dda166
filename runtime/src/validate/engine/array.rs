//! Value events of arrays: how many items there are, and whether they differ where they must.

use super::{
    data_path::PathSegment,
    finding::{FindingDetail, MessageLimits},
    findings::Findings,
    frame::{ArrayFrame, UniqueFields},
    references,
    rule_engine::RuleEngine,
    text_set::{Inserted, OTHER},
};
use crate::validate::table::{Array, Schema, SchemaType};

impl RuleEngine {
    /// Begins an array.
    #[inline]
    pub(crate) fn begin_array(&mut self, array: &'static Array, sort_key: u64) -> ArrayFrame {
        self.findings.path.enter();
        self.unique_fields = UniqueFields::default();
        let own = array.unique_by.len() + usize::from(array.unique.is_some());
        let first_set = self.sets.take(own + array.references.len());
        let unique = UniqueFields { fields: array.unique_by, first_set, bits: unique_bits(array) };
        let mut frame =
            ArrayFrame { array, sort_key, count: 0, unique, first_reference: 0, captures_before: 0 };
        if !array.references.is_empty() {
            frame.first_reference = self.references.begin_array(array.references, first_set + own);
        }
        frame
    }

    /// Passes an item that need not be looked at, and returns `true`: there are too many, which is an error,
    /// and the array is reported as one that is too long.
    #[inline]
    pub(crate) fn pass_surplus_item(&self, frame: &mut ArrayFrame) -> bool {
        let array = frame.array;
        let is_surplus = frame.count >= u64::from(array.max)
            && array.too_many.is_some_and(|code| self.findings.is_error(code));
        frame.count += u64::from(is_surplus);
        is_surplus
    }

    /// Goes to the next item.
    #[inline]
    pub(crate) fn begin_item(&mut self, frame: &mut ArrayFrame) {
        self.findings.path.go_to(PathSegment::Index(frame.count));
        frame.count += 1;
        self.unique_fields = frame.unique;
        if !frame.array.references.is_empty() {
            frame.captures_before = self.captures.len();
        }
    }

    /// Ends the item at hand.
    #[inline]
    pub(crate) fn end_item(&mut self, frame: &ArrayFrame) {
        if !frame.array.references.is_empty()
            && (self.references.are_touched() || self.captures.len() > frame.captures_before)
        {
            references::end_item(
                frame,
                &mut self.references,
                &mut self.captures,
                &mut self.sets,
                &mut self.findings,
            );
        }
    }

    /// Compares an item as a whole, encoded by [`encode_json`](super::encoding::encode_json), with the items
    /// before it.
    pub(crate) fn item_value(&mut self, frame: &ArrayFrame, encoded: &[u8], sort_key: u64) {
        let set = frame.unique.first_set + frame.array.unique_by.len();
        if let Some(code) = frame.array.unique
            && let Inserted::Old(_) = self.sets.insert(set, OTHER, encoded)
        {
            self.findings.report(code, sort_key);
        }
    }

    /// Ends an array.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "nothing can be done with the frame any more")]
    pub(crate) fn end_array(&mut self, frame: ArrayFrame) {
        self.findings.path.leave();
        self.unique_fields = UniqueFields::default();
        self.sets.release(frame.unique.first_set);
        if !frame.array.references.is_empty() {
            self.references.truncate(frame.first_reference);
        }
        let array = frame.array;
        if frame.count < u64::from(array.min) || frame.count > u64::from(array.max) {
            report_count(&frame, &mut self.findings);
        }
    }
}

#[cold]
fn report_count(frame: &ArrayFrame, findings: &mut Findings) {
    let array = frame.array;
    let code = if frame.count < u64::from(array.min) { array.too_few } else { array.too_many };
    if let Some(code) = code {
        let limits = MessageLimits::Counts(array.min, array.max);
        findings.report_with(code, frame.sort_key, limits, FindingDetail::None);
    }
}

/// Returns a bit for each of the first 64 fields of the items' object in which the items must differ.
fn unique_bits(array: &Array) -> u64 {
    let Some(Schema { ty: SchemaType::Object(object), .. }) = array.items else { return 0 };
    let indexes = array.unique_by.iter().filter_map(|unique| object.index_of(unique.field));
    indexes.filter(|index| *index < 64).fold(0, |bits, index| bits | 1 << index)
}
