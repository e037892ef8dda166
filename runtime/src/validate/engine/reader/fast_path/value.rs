//! The values of members as they nearly always are. All of this is inlined into the loop over members.

use super::{
    lookahead::{HALTED, WINDOW, boolean_length, part},
    open_object::OpenObject,
};
use crate::validate::{
    engine::{
        data_path::PathSegment,
        reader::json_reader::{Halted, JsonReader},
    },
    scanner,
    table::{Field, Number, SchemaType, ShortText, Text},
};

impl JsonReader<'_, '_> {
    /// Passes a value that is no string, or an unusual one, and returns the offset of its end or [`HALTED`].
    #[inline(always)]
    pub(super) fn pass_value(
        &mut self,
        open: &mut OpenObject,
        field: &'static Field,
        index: usize,
        at: usize,
        ahead: &[u8; WINDOW],
        value: usize,
    ) -> usize {
        let schema = field.schema;
        let first = ahead[value];
        if first == b'{' || first == b'[' {
            match &schema.ty {
                SchemaType::Object(object) if first == schema.first_byte => {
                    self.engine.findings.path.go_to(PathSegment::Field(field));
                    return if object.is_fast {
                        self.pass_object(object, at + value)
                    } else {
                        self.object(object, at + value).unwrap_or(HALTED)
                    };
                }
                SchemaType::Array(array) if first == schema.first_byte => {
                    self.engine.findings.path.go_to(PathSegment::Field(field));
                    return self.array(array, at + value).unwrap_or(HALTED);
                }
                _ => {}
            }
        } else if schema.only_type && open.watched >> (index % 64) & 1 == 0 {
            match &schema.ty {
                SchemaType::Number(table) => {
                    if let Some(length) = self.number_length(field, table, at, ahead, value) {
                        return at + value + length;
                    }
                }
                SchemaType::Boolean => {
                    if let Some(length) = boolean_length(part(ahead, value)) {
                        return at + value + length;
                    }
                }
                _ => {}
            }
        }
        self.unusual_value(open, field, index, at + value)
    }

    /// Passes a string without escapes. `start` is after its opening quote, `end` at its closing one.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "all of them are in registers: it is inlined")]
    pub(super) fn pass_string(
        &mut self,
        open: &mut OpenObject,
        field: &'static Field,
        table: &'static Text,
        index: usize,
        at: usize,
        ahead: &[u8; WINDOW],
        start: usize,
        end: usize,
    ) -> Result<(), Halted> {
        let length = end - start;
        let short = || ShortText::of_prefix(*part(ahead, start), length);
        if !field.surely_allows(length) {
            let passed = match short() {
                Some(short) => self.passed_texts.contains(short, table),
                None => table.surely_allows(ahead.get(start..end).unwrap_or_default()),
            };
            if !passed {
                self.check_string(field, table, at + start, at + end);
            }
        }
        let bit = 1 << (index % 64);
        if open.watched & bit == 0 {
            return Ok(());
        }
        if open.watched_here & bit == 0 {
            if short().is_some_and(|text| self.engine.agrees_so_far(field, text)) {
                return Ok(());
            }
        } else if !open.has_frame {
            open.keep(bit, (at + start, at + end));
            if !field.compared {
                return Ok(());
            }
        }
        self.watched_string(field, open, index, at + start, at + end)
    }

    /// Returns the length of a number of the usual form.
    #[inline(always)]
    fn number_length(
        &mut self,
        field: &'static Field,
        table: &'static Number,
        at: usize,
        ahead: &[u8; WINDOW],
        value: usize,
    ) -> Option<usize> {
        let (length, form) = scanner::short_number(part(ahead, value))?;
        if !table.surely_allows(length, form) {
            self.check_number(field, table, at + value, at + value + length);
        }
        Some(length)
    }

    /// Reads a value that is not of the usual form.
    #[inline(never)]
    fn unusual_value(
        &mut self,
        open: &mut OpenObject,
        field: &'static Field,
        index: usize,
        at: usize,
    ) -> usize {
        self.any_value(field, open, index, scanner::space(self.input.bytes, at)).unwrap_or(HALTED)
    }
}
