//! Objects of a JSON text as they nearly always are: up to 64 fields, and no name twice.
//!
//! Most of the time of a validation is spent here, and everything in this folder is here for its speed:
//! without it the validators say the same, because [`Raw::members`] has a way for every object. A member is
//! passed with no call but for containers and for checks that need one, and the path is kept up only for
//! containers and for findings. What was measured, and what did not help, stands in `spec/performance.md`.

mod open;
mod parts;
mod reach;
mod value;

use self::{
    open::Open,
    reach::{byte, part, plain_end, reach},
};
use super::{Place, Raw, Stop};
use crate::validate::{
    Object,
    cursor::{self, Reason},
    engine::object::Again,
};

/// No place: the text can't be read on, and why is noted. As nothing stands there, a loop that goes on from
/// it ends without asking.
const HALTED: usize = usize::MAX;

impl Raw<'_, '_> {
    /// Passes an object of up to 64 fields. A name that comes twice is an [`Again::Repeated`].
    pub(super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> Place {
        match self.pass_object(object, start) {
            HALTED => Err(Stop),
            end => Ok(end),
        }
    }

    /// Passes an object; gives back the place behind it, or [`HALTED`].
    fn pass_object(&mut self, object: &'static Object, start: usize) -> usize {
        if self.enter(start).is_err() {
            return HALTED;
        }
        let mut open = Open::new(object, start);
        if !self.core.begin_simply(object) {
            self.open_slowly(&mut open);
        }
        let (seen, at) = self.pass_members(&mut open);
        if at == HALTED {
            return HALTED;
        }
        if open.marked || object.required & !seen != 0 {
            self.end_quickly(&mut open, seen);
        } else {
            self.core.end_simply();
        }
        self.depth -= 1;
        at + 1
    }

    /// Passes members: a bit for each field that was met, and the place of the closing brace or [`HALTED`].
    #[inline(always)]
    fn pass_members(&mut self, open: &mut Open) -> (u64, usize) {
        let (object, bytes) = (open.object, self.bytes);
        // A bit for each field that was met, and the place of what comes next.
        let (mut seen, mut at) = (0_u64, open.start + 1);
        loop {
            let mut reach = reach(bytes, at);
            if reach.is_none_or(|reach| reach[0] <= b' ') {
                at = cursor::space(bytes, at);
                reach = self::reach(bytes, at);
            }
            let found = reach.and_then(|reach| Some((reach, object.look_up(part(reach, 0))?)));
            if let Some((reach, (field, place, length))) = found {
                if seen >> (place % 64) & 1 != 0 {
                    self.again(Again::Repeated);
                    return (seen, HALTED);
                }
                seen |= 1 << (place % 64);
                // Which of the two it is was foretold: the place of the value must not wait for what stands
                // there.
                let mut value = length % 64;
                let mut first = reach[value];
                if first == b' ' {
                    value += 1;
                    first = reach[value];
                }
                // What the text says is known sooner than what the table says, and so a wrong turn is noticed
                // sooner.
                if first == b'"'
                    && let Some(table) = field.text
                    && let Some(end) = plain_end(reach, value + 1)
                {
                    if self.quick_string(open, field, table, place, at, reach, value + 1, end).is_err() {
                        return (seen, HALTED);
                    }
                    if reach[end + 1] == b',' {
                        at += end + 2;
                        continue;
                    }
                    at += end + 1;
                } else {
                    at = self.quick_value(open, field, place, at, reach, value);
                }
            } else {
                at = self.odd_member(open, &mut seen, at);
            }
            let mut next = byte(bytes, at);
            if next <= b' ' {
                at = cursor::space(bytes, at);
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
            self.fault(at, Reason::CommaOrBrace);
        }
    }

    /// Begins an object of which more is asked than that fields are there.
    #[inline(never)]
    fn open_slowly(&mut self, open: &mut Open) {
        if open.object.needs_no_frame()
            && let Some(item) = self.core.single_key()
        {
            open.key = item.bits();
            open.decider = open.object.asked;
            open.watched |= open.key;
            open.loud = open.key | open.decider;
            open.item = Some(item);
        } else {
            self.frame(open);
            open.loud = u64::MAX;
        }
    }

    /// A member whose name has to be read, or none, if the object is empty.
    #[inline(never)]
    fn odd_member(&mut self, open: &mut Open, seen: &mut u64, at: usize) -> usize {
        if byte(self.bytes, at) == b'}' && cursor::space(self.bytes, open.start + 1) == at {
            return at;
        }
        let Ok((place, end)) = self.any_member(open, at) else { return HALTED };
        if let Some(place) = place {
            if *seen >> (place % 64) & 1 != 0 {
                self.again(Again::Repeated);
                return HALTED;
            }
            *seen |= 1 << (place % 64);
        }
        end
    }
}
