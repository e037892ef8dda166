//! What reads a value again: `enum` on what is no string, `allOf`, `oneOf`, `anyOf` and `not`.

use super::{Place, Raw, Stop, scalar::scalar};
use crate::validate::{
    Choice, Scalar, Schema, codes,
    engine::{core::Snapshot, object::Item, value},
};

/// How often a body may be read again, all in all.
const READINGS: u64 = 128;
/// Every body may read so much again, however short it is.
const FREE: u64 = 1 << 16;
/// What each reading costs beside the length of the value.
const EACH: u64 = 16;
/// So many readings of one value inside another.
const MAX_NESTED: u16 = 128;

/// How much may be read again.
#[derive(Debug)]
pub(super) struct Work {
    left: u64,
    nested: u16,
    /// Where it ran out: the order key and the path.
    gone: Option<(u64, String)>,
}

impl Work {
    pub(super) fn new(length: usize) -> Self {
        Self { left: FREE + (length as u64).saturating_mul(READINGS), nested: 0, gone: None }
    }
}

impl Raw<'_, '_> {
    /// What is asked of a value beyond its shape; it is known to be JSON.
    #[cold]
    pub(super) fn beyond(&mut self, schema: &'static Schema, at: usize, end: usize) -> Place {
        self.core.item = Item::default();
        if let Some((values, code)) = schema.values
            && !self.is_one_of(values, at, end)
        {
            self.core.report(code, self.key(at));
        }
        if let Some(code) = schema.card_number {
            self.find_cards(code, at);
        }
        for member in schema.all {
            self.read_again(member, at, end)?;
        }
        for choice in schema.choices {
            self.choose(choice, at, end)?;
        }
        if let Some((member, code)) = schema.not {
            let before = self.core.snapshot();
            let fits = self.fits(member, at, end, before)?;
            self.core.back_to(before);
            if fits == Some(true) {
                self.core.report(code, self.key(at));
            }
        }
        Ok(end)
    }

    fn is_one_of(&mut self, values: &[Scalar], at: usize, end: usize) -> bool {
        let raw = self.text.get(at..end).unwrap_or_default();
        if let Some(value) = scalar(raw, &mut self.buffer) {
            return values.iter().any(|named| value.is(named));
        }
        if raw == "null" {
            return values.iter().any(|named| matches!(named, Scalar::Null));
        }
        let mut encoded = Vec::new();
        value::encode_json(self.text, at, &mut encoded);
        values.iter().any(|named| match named {
            Scalar::Json(json) => {
                let mut other = Vec::new();
                value::encode_json(json, 0, &mut other);
                other == encoded
            }
            _ => false,
        })
    }

    /// Reads a value again, unless that was done too often: then `false`.
    fn read_again(&mut self, schema: &'static Schema, at: usize, end: usize) -> Result<bool, Stop> {
        if !self.afford(at, end) {
            return Ok(false);
        }
        self.work.nested += 1;
        let read = self.item(schema, at);
        self.work.nested -= 1;
        read.map(|_| true)
    }

    fn afford(&mut self, at: usize, end: usize) -> bool {
        let cost = (end - at) as u64 + EACH;
        if self.work.nested < MAX_NESTED && self.work.left >= cost {
            self.work.left -= cost;
            return true;
        }
        self.work.left = 0;
        if self.work.gone.is_none() {
            self.work.gone = Some((self.key(at), self.core.path.text()));
        }
        false
    }

    /// Says that the work ran out, once. It waits until the end, because whatever is found within a choice
    /// may be taken back.
    pub(super) fn tell_work(&mut self) {
        if let Some((key, path)) = self.work.gone.take() {
            self.core.report_path(&codes::TOO_COMPLEX, key, path);
        }
    }

    /// Whether the value keeps to the schema, findings and all still in the core; `None` if it can't be told.
    fn fits(
        &mut self,
        schema: &'static Schema,
        at: usize,
        end: usize,
        before: Snapshot,
    ) -> Result<Option<bool>, Stop> {
        let read = self.read_again(schema, at, end)?;
        let sure = read && self.work.gone.is_none();
        Ok(sure.then(|| !self.core.has_errors_since(before)))
    }

    fn choose(&mut self, choice: &'static Choice, at: usize, end: usize) -> Result<(), Stop> {
        if let Some((property, mapping)) = choice.tag {
            let member = self.tagged(property, mapping, at, end).and_then(|place| choice.members.get(place));
            if let Some(member) = member {
                return self.read_again(member, at, end).map(drop);
            }
            if self.work.gone.is_none() {
                self.core.report(&codes::NO_MATCH, self.key(at));
            }
            return Ok(());
        }
        let before = self.core.snapshot();
        let mut fitting = 0;
        for member in choice.members {
            let here = self.core.snapshot();
            let Some(fits) = self.fits(member, at, end, here)? else {
                self.core.back_to(before);
                return Ok(());
            };
            fitting += u32::from(fits);
            // The warnings of the first one that fits are kept.
            if !fits || fitting > 1 {
                self.core.back_to(here);
            }
            if fitting > 0 && !choice.exactly_one {
                return Ok(());
            }
        }
        if fitting != 1 {
            self.core.back_to(before);
            let code = if fitting == 0 { &codes::NO_MATCH } else { &codes::AMBIGUOUS_MATCH };
            self.core.report(code, self.key(at));
        }
        Ok(())
    }

    /// The place of the member that the value of the property means.
    fn tagged(&mut self, property: &str, mapping: &[(&str, usize)], at: usize, end: usize) -> Option<usize> {
        if self.bytes.get(at) != Some(&b'{') || !self.afford(at, end) {
            return None;
        }
        let mut tag = None;
        value::each_part(self.bytes, at, |place| {
            let (name, behind) = value::string_at(self.text, place);
            let value = cursor_value(self.bytes, behind);
            let end = crate::validate::cursor::skip(self.bytes, value, 0).unwrap_or(self.bytes.len());
            if name == property {
                tag = (self.bytes.get(value) == Some(&b'"')).then(|| value::string_at(self.text, value).0);
            }
            end
        });
        let tag = tag?;
        mapping.iter().find(|(name, _)| *name == tag).map(|(_, place)| *place)
    }
}

/// Where a member's value begins, from the place behind its name.
fn cursor_value(bytes: &[u8], behind: usize) -> usize {
    use crate::validate::cursor::space;
    space(bytes, space(bytes, behind) + 1)
}
