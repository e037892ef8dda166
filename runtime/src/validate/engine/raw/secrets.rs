//! Card numbers where no table says what a value is: every string in it is looked at.

use std::borrow::Cow;

use super::Raw;
use crate::{
    validate::{
        cursor,
        engine::{path::Step, value},
    },
    values,
    violations::Code,
};

impl<'t> Raw<'t, '_> {
    /// Reports each string with a card number in a value that is known to be JSON; gives back the place
    /// behind it.
    pub(super) fn find_cards(&mut self, code: &'static Code, at: usize) -> usize {
        match self.bytes.get(at) {
            Some(b'"') => self.card_in_string(code, at),
            Some(b'[') => {
                self.core.path.enter();
                let end = self.cards_in_items(code, at);
                self.core.path.leave();
                end
            }
            Some(b'{') => {
                self.core.path.enter();
                let end = self.cards_in_members(code, at);
                self.core.path.leave();
                end
            }
            _ => cursor::skip(self.bytes, at, 0).unwrap_or(self.bytes.len()),
        }
    }

    fn card_in_string(&mut self, code: &'static Code, at: usize) -> usize {
        let (text, end) = self.string_at(at);
        if values::contains_card_number(text.as_bytes()) {
            let key = self.key(at);
            self.core.report(code, key);
        }
        end
    }

    fn cards_in_items(&mut self, code: &'static Code, start: usize) -> usize {
        let mut index = 0;
        value::each_part(self.bytes, start, |at| {
            self.core.path.go(Step::Index(index));
            index += 1;
            self.find_cards(code, at)
        })
    }

    fn cards_in_members(&mut self, code: &'static Code, start: usize) -> usize {
        value::each_part(self.bytes, start, |at| {
            let (name, end) = self.string_at(at);
            let names = self.core.path.go_to_secret_name(&name);
            let colon = cursor::space(self.bytes, end);
            let end = self.find_cards(code, cursor::space(self.bytes, colon + 1));
            self.core.path.forget(names);
            end
        })
    }

    /// The string at a place, copied only if it has escapes, and the place behind it.
    fn string_at(&self, at: usize) -> (Cow<'t, str>, usize) {
        let text = self.text;
        match cursor::string(self.bytes, at + 1) {
            Ok(scanned) if !scanned.escaped => {
                (text.get(at + 1..scanned.end).unwrap_or_default().into(), scanned.end + 1)
            }
            _ => {
                let (string, end) = value::string_at(text, at);
                (string.into(), end)
            }
        }
    }
}
