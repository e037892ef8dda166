//! Values of members as they nearly always are. All of this is a part of the loop over members.

use super::{
    super::{Raw, Stop},
    HALTED,
    open::Open,
    reach::{REACH, boolean, part},
};
use crate::validate::{
    Field, Number, Text, cursor,
    engine::path::Step,
    table::{Packed, Shape},
};

impl Raw<'_, '_> {
    /// Passes a value that is no string, or none of the usual ones.
    #[inline(always)]
    pub(super) fn quick_value(
        &mut self,
        open: &mut Open,
        field: &'static Field,
        place: usize,
        at: usize,
        reach: &[u8; REACH],
        value: usize,
    ) -> usize {
        let schema = field.schema;
        let first = reach[value];
        if first == b'{' || first == b'[' {
            match &schema.shape {
                Shape::Object(object) if first == schema.opens => {
                    self.core.path.go(Step::Field(field));
                    return if object.swift {
                        self.pass_object(object, at + value)
                    } else {
                        self.object(object, at + value).unwrap_or(HALTED)
                    };
                }
                Shape::Array(array) if first == schema.opens => {
                    self.core.path.go(Step::Field(field));
                    return self.array(array, at + value).unwrap_or(HALTED);
                }
                _ => {}
            }
        } else if schema.plain && open.watched >> (place % 64) & 1 == 0 {
            match &schema.shape {
                Shape::Number(table) => {
                    if let Some(length) = self.quick_number(field, table, at, reach, value) {
                        return at + value + length;
                    }
                }
                Shape::Boolean => {
                    if let Some(length) = boolean(part(reach, value)) {
                        return at + value + length;
                    }
                }
                _ => {}
            }
        }
        self.odd_value(open, field, place, at + value)
    }

    /// Passes a string without escapes, which begins behind its quote.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "all of them are in registers: it is a part of its caller")]
    pub(super) fn quick_string(
        &mut self,
        open: &mut Open,
        field: &'static Field,
        table: &'static Text,
        place: usize,
        at: usize,
        reach: &[u8; REACH],
        begin: usize,
        end: usize,
    ) -> Result<(), Stop> {
        let length = end - begin;
        let packed = || Packed::begun(*part(reach, begin), length);
        if !field.surely_allows(length) {
            let passed = match packed() {
                Some(packed) => self.memo.knows(packed, table),
                None => table.allows_at_a_glance(reach.get(begin..end).unwrap_or_default()),
            };
            if !passed {
                self.quick_text(field, table, at + begin, at + end);
            }
        }
        let bit = 1 << (place % 64);
        if open.watched & bit == 0 {
            return Ok(());
        }
        if open.loud & bit == 0 {
            if packed().is_some_and(|text| self.core.agrees_so_far(field, text)) {
                return Ok(());
            }
        } else if !open.framed {
            open.keep(bit, (at + begin, at + end));
            if !field.compared {
                return Ok(());
            }
        }
        self.note_text(field, open, place, at + begin, at + end)
    }

    /// How long a number of the usual form is.
    #[inline(always)]
    fn quick_number(
        &mut self,
        field: &'static Field,
        table: &'static Number,
        at: usize,
        reach: &[u8; REACH],
        value: usize,
    ) -> Option<usize> {
        let (length, form) = cursor::short_number(part(reach, value))?;
        if !table.surely_allows(length, form) {
            self.number_slowly(field, table, at + value, at + value + length);
        }
        Some(length)
    }

    /// A value that is not quite usual.
    #[inline(never)]
    fn odd_value(&mut self, open: &mut Open, field: &'static Field, place: usize, at: usize) -> usize {
        self.any_value(field, open, place, cursor::space(self.bytes, at)).unwrap_or(HALTED)
    }
}
