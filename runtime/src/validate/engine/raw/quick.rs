//! Objects of a JSON text as they nearly always are: up to 64 fields, and no name twice.
//!
//! This is where the time goes: a member is passed with no call but for containers and for checks that need one, and the
//! path is kept up only for containers and for findings. What was measured, on bodies of 1000 items and against
//! `serde_json`'s `IgnoredAny`, which checks nothing (least times, so many times as long):
//!
//! | | transactions | pretty | shuffled | accounts |
//! |---|--:|--:|--:|--:|
//! | names read and searched for, strings eight bytes at a time | 2.5 | 2.1 | 2.5 | 3.2 |
//! | names guessed and compared as a whole, this module | 1.9 | 1.4 | 2.0 | 2.1 |
//! | and sixteen bytes at a time (`wide`) for strings, numbers and names | 1.6 | 1.3 | 1.8 | 2.0 |
//! | and short strings remembered, frames only where they are needed | 1.5 | 1.25 | 1.8 | 1.9 |
//!
//! Those were tables written for the purpose. With the tables of the Cards API as they are generated (`codegen-units = 1`,
//! thin LTO, x86-64 without extensions, processor time, both taking turns in one process, least of 100 rounds, two cores
//! shared with other work, so that the second digit is not to be trusted):
//!
//! | | transactions | pretty | shuffled | accounts | pretty | shuffled |
//! |---|--:|--:|--:|--:|--:|--:|
//! | as in the last row above | 1.37 | 1.11 | 1.71 | 1.65 | 1.39 | 2.20 |
//! | a value and its first bytes in one window, patterns and mailboxes in windows too, UTF-8 by `simdutf8` | 1.31 | 1.10 | 1.68 | 1.38 | 1.20 | 1.95 |
//! | the length of a name that was looked up taken from where it stands | 1.29 | 1.06 | 1.36 | 1.33 | 1.18 | 1.56 |
//! | only strings remembered of which there are few | 1.28 | 1.08 | 1.34 | 1.27 | 1.12 | 1.53 |
//!
//! On another machine, whose cache is smaller (`serde_json`'s time, least of 41 rounds; millions of instructions in the rows
//! behind, which do not depend on what else the machine does):
//!
//! | | transactions | pretty | shuffled | accounts | pretty | shuffled |
//! |---|--:|--:|--:|--:|--:|--:|
//! | as in the last row above | 1.35 | 1.11 | 1.40 | 1.39 | 1.27 | 1.56 |
//! | a member from one slice, frames for rules alone | 1.20 | 0.95 | 1.23 | 1.35 | 1.14 | 1.43 |
//! | shorter waits, switches, keys from the body | 1.07 | 0.82 | 1.16 | 1.04 | 0.93 | 1.20 |
//! | instructions, before | 26 | 34 | 32 | 6.2 | 7.4 | 7.5 |
//! | instructions, between | 22.7 | 29.4 | 26.0 | 5.7 | 6.7 | 6.4 |
//! | instructions, after | 20.5 | 24.0 | 23.7 | 4.5 | 5.2 | 5.2 |
//! | with references between items | 1.07 | 0.84 | 1.17 | 1.15 | 1.02 | 1.29 |
//! | keys hashed by fewer instructions, names in no order in a loop of their own | 1.05 | 0.82 | 1.15 | 1.11 | 1.00 | 1.25 |
//! | instructions, then | 20.3 | 23.9 | 23.7 | 4.6 | 5.3 | 5.3 |
//!
//! Where names come in no order, skipping takes 0.12 ms longer for the accounts, and this module 0.2: 0.12 because kinds, lengths and
//! ends can't be foretold, which costs both the same, and 0.08 for looking names up.
//!
//! What brought the first step: what is read of a field, a schema and an object lies in one line of the cache each; a number's
//! form is told without a branch; an item that must differ in one field has no frame; strings that must agree are compared as
//! one number; the memory of short strings has room for two of the same hash; a string of up to 25 bytes has no card number if
//! two of its bytes say so.
//!
//! What brought the second: the place of a value must not wait for the byte that stands there (a branch, which is foretold,
//! and not a sum); which way to go is asked of the text before it is asked of the table, so that a wrong turn is noticed sooner;
//! a member that ends within reach is passed with its comma and asks for no bounds; errors are a place where nothing stands;
//! rules that one field decides are looked up at the end of the object (`switch`) and make no frame; keys of items go from the
//! body into their set; of two names that take turns neither is looked up; a line break and its blanks are one step. A fifth of
//! the items broken costs about a fifth.
//!
//! Half of the time lies in this module. `wide` is vectors in safe code. `memchr` knows no ranges, and control characters have
//! to be found in the same pass. What made no difference, or a worse one: to look at 32 bytes behind the first sixteen of a
//! string; to have the place and the length of a name in one register (the length must not wait for the place); to pack a
//! short string only when it is needed; arrays of objects in a loop of their own; to branch on the shape before the first byte;
//! where names come in no order, to check strings without a branch, or all of an object's strings at its end, to look at 32
//! bytes of a string at once, to look up the next name before the value is checked, or by fewer of its bytes; slices of what is
//! left instead of places; the memory of short strings asked without a branch; to spare values that are known to agree their own
//! check. Vectors of 32 bytes, which a compiler may use that is told of AVX2, bring up to 4%. The same instructions at other
//! addresses change a column by up to 5%, so less than that is no news.

use super::{
    Raw,
    open::Open,
    reach::{byte, part, plain_end, reach},
};
use crate::validate::{
    Object,
    cursor::{self, Reason},
    engine::object::Again,
};

/// No place: the text can't be read on, and why is noted. As nothing stands there, a loop that goes on from it ends without
/// asking.
pub(super) const HALTED: usize = usize::MAX;

impl Raw<'_, '_> {
    /// Passes an object; gives back the place behind it, or [`HALTED`].
    pub(super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> usize {
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
                // Which of the two it is was foretold: the place of the value must not wait for what stands there.
                let mut value = length % 64;
                let mut first = reach[value];
                if first == b' ' {
                    value += 1;
                    first = reach[value];
                }
                // What the text says is known sooner than what the table says, and so a wrong turn is noticed sooner.
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
