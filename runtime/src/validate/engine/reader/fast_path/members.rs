//! The loop over the members of an object.

use super::{
    lookahead::{HALTED, byte, part, plain_string_end, window},
    open_object::OpenObject,
};
use crate::validate::{
    engine::{
        frame::Restart,
        reader::json_reader::{EndOffset, Halted, JsonReader},
    },
    scanner::{self, SyntaxErrorKind},
    table::Object,
};

impl JsonReader<'_, '_> {
    /// Reads an object of up to 64 fields. A name that comes twice is a [`Restart::RepeatedName`].
    pub(in super::super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> EndOffset {
        match self.pass_object(object, start) {
            HALTED => Err(Halted),
            end => Ok(end),
        }
    }

    /// Passes an object, and returns the offset of its end or [`HALTED`].
    pub(super) fn pass_object(&mut self, object: &'static Object, start: usize) -> usize {
        if self.enter(start).is_err() {
            return HALTED;
        }
        let mut open = OpenObject::new(object, start);
        if !self.engine.begin_without_frame(object) {
            self.begin_watching(&mut open);
        }
        let (seen, at) = self.pass_members(&mut open);
        if at == HALTED {
            return HALTED;
        }
        if open.needs_end || object.required & !seen != 0 {
            self.end_object(&mut open, seen);
        } else {
            self.engine.end_without_frame();
        }
        self.depth -= 1;
        at + 1
    }

    /// Passes members. Returns a bit for each field that was met, and the offset of the closing brace or
    /// [`HALTED`].
    #[inline(always)]
    fn pass_members(&mut self, open: &mut OpenObject) -> (u64, usize) {
        let (object, bytes) = (open.object, self.input.bytes);
        let (mut seen, mut at) = (0_u64, open.start + 1);
        // Most senders write members in the order of the definition.
        let mut expected = 0;
        loop {
            let mut ahead = window(bytes, at);
            if ahead.is_none_or(|ahead| ahead[0] <= b' ') {
                at = scanner::space(bytes, at);
                ahead = window(bytes, at);
            }
            let found = ahead.and_then(|ahead| Some((ahead, object.look_up(part(ahead, 0), expected)?)));
            if let Some((ahead, (field, index, length))) = found {
                if seen >> (index % 64) & 1 != 0 {
                    self.restart(Restart::RepeatedName);
                    return (seen, HALTED);
                }
                seen |= 1 << (index % 64);
                expected = index + 1;
                // A branch, which is predicted: the offset of the value must not depend on the byte there.
                let mut value = length % 64;
                let mut first = ahead[value];
                if first == b' ' {
                    value += 1;
                    first = ahead[value];
                }
                // The text is known sooner than the table, and so a wrong prediction is noticed sooner.
                if first == b'"'
                    && let Some(table) = field.text
                    && let Some(end) = plain_string_end(ahead, value + 1)
                {
                    if self.pass_string(open, field, table, index, at, ahead, value + 1, end).is_err() {
                        return (seen, HALTED);
                    }
                    if ahead[end + 1] == b',' {
                        at += end + 2;
                        continue;
                    }
                    at += end + 1;
                } else {
                    at = self.pass_value(open, field, index, at, ahead, value);
                }
            } else {
                at = self.unusual_member(open, &mut seen, at);
            }
            let mut next = byte(bytes, at);
            if next <= b' ' {
                at = scanner::space(bytes, at);
                next = byte(bytes, at);
            }
            if next == b'}' {
                return (seen, at);
            } else if next != b',' {
                self.no_separator(at);
                return (seen, HALTED);
            }
            at += 1;
        }
    }

    #[cold]
    fn no_separator(&mut self, at: usize) {
        if self.halt.is_none() {
            self.syntax_error(at, SyntaxErrorKind::CommaOrBrace);
        }
    }

    /// Begins an object of which more is asked than that fields are there.
    #[inline(never)]
    fn begin_watching(&mut self, open: &mut OpenObject) {
        if open.object.needs_no_frame()
            && let Some(unique) = self.engine.take_single_unique_field()
        {
            open.unique_field = unique.bits();
            open.deciding_field = open.object.deciding;
            open.watched |= open.unique_field;
            open.watched_here = open.unique_field | open.deciding_field;
            open.unique = Some(unique);
        } else {
            self.make_frame(open);
            open.watched_here = u64::MAX;
        }
    }

    /// Reads a member whose name the window does not show, or none, if the object is empty.
    #[inline(never)]
    fn unusual_member(&mut self, open: &mut OpenObject, seen: &mut u64, at: usize) -> usize {
        let bytes = self.input.bytes;
        if byte(bytes, at) == b'}' && scanner::space(bytes, open.start + 1) == at {
            return at;
        }
        let Ok((index, end)) = self.any_member(open, at) else { return HALTED };
        if let Some(index) = index {
            if *seen >> (index % 64) & 1 != 0 {
                self.restart(Restart::RepeatedName);
                return HALTED;
            }
            *seen |= 1 << (index % 64);
        }
        end
    }
}
