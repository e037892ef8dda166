//! Values that are read again: `enum` on what is no string, `allOf`, `oneOf`, `anyOf` and `not`.

use super::{
    card_numbers::report_card_numbers,
    input::{Input, scalar},
    json_reader::{EndOffset, Halted, JsonReader},
};
use crate::{
    validate::{
        engine::{
            encoding::{each_part, encode_json, string_at},
            frame::UniqueFields,
            rule_engine::Snapshot,
        },
        scanner,
        table::{Choice, Scalar, Schema},
    },
    violations::codes,
};

impl JsonReader<'_, '_> {
    /// Checks what is asked of a value beyond its type. The value is known to be JSON.
    #[cold]
    pub(super) fn beyond_type(&mut self, schema: &'static Schema, offset: usize, end: usize) -> EndOffset {
        let sort_key = self.input.sort_key(offset);
        self.engine.unique_fields = UniqueFields::default();
        if let Some((values, code)) = schema.values
            && !is_one_of(values, self.input, offset, end, &mut self.unescaped)
        {
            self.engine.findings.report(code, sort_key);
        }
        if let Some(code) = schema.card_number {
            report_card_numbers(code, self.input, offset, &mut self.engine.findings);
        }
        for member in schema.all {
            self.read_again(member, offset, end)?;
        }
        for choice in schema.choices {
            self.choose(choice, offset, end)?;
        }
        if let Some((member, code)) = schema.not {
            let before = self.engine.snapshot();
            let fits = self.fits(member, offset, end, before)?;
            self.engine.restore(before);
            if fits == Some(true) {
                self.engine.findings.report(code, sort_key);
            }
        }
        Ok(end)
    }

    /// Reads a value again, unless the budget is exhausted: then `false`.
    fn read_again(&mut self, schema: &'static Schema, offset: usize, end: usize) -> Result<bool, Halted> {
        if !self.spend(offset, end) {
            return Ok(false);
        }
        self.budget.nested += 1;
        let read = self.item(schema, offset);
        self.budget.nested -= 1;
        read.map(|_| true)
    }

    fn spend(&mut self, offset: usize, end: usize) -> bool {
        let at = || (self.input.sort_key(offset), self.engine.findings.path.text());
        self.budget.spend(end - offset, at)
    }

    /// Reports that the budget was exhausted, once. This waits until the end, because whatever is found
    /// within a choice may be taken back.
    pub(super) fn report_exhausted_budget(&mut self) {
        if let Some((sort_key, path)) = self.budget.exhausted_at.take() {
            self.engine.findings.report_path(&codes::TOO_COMPLEX, sort_key, path);
        }
    }

    /// Returns whether the value fits the schema, with the findings still in the engine; `None` if the budget
    /// is exhausted.
    fn fits(
        &mut self,
        schema: &'static Schema,
        offset: usize,
        end: usize,
        before: Snapshot,
    ) -> Result<Option<bool>, Halted> {
        let read = self.read_again(schema, offset, end)?;
        let is_sure = read && !self.budget.is_exhausted();
        Ok(is_sure.then(|| !self.engine.has_errors_since(before)))
    }

    fn choose(&mut self, choice: &'static Choice, offset: usize, end: usize) -> Result<(), Halted> {
        let sort_key = self.input.sort_key(offset);
        if let Some((property, mapping)) = choice.tag {
            let is_object = self.input.bytes.get(offset) == Some(&b'{');
            let tagged = (is_object && self.spend(offset, end))
                .then(|| tagged_member(property, mapping, self.input, offset))
                .flatten();
            if let Some(member) = tagged.and_then(|index| choice.members.get(index)) {
                return self.read_again(member, offset, end).map(drop);
            }
            if !self.budget.is_exhausted() {
                self.engine.findings.report(&codes::NO_MATCH, sort_key);
            }
            return Ok(());
        }
        let before = self.engine.snapshot();
        let mut fitting = 0;
        for member in choice.members {
            let before_member = self.engine.snapshot();
            let Some(fits) = self.fits(member, offset, end, before_member)? else {
                self.engine.restore(before);
                return Ok(());
            };
            fitting += u32::from(fits);
            // The warnings of the first one that fits are kept.
            if !fits || fitting > 1 {
                self.engine.restore(before_member);
            }
            if fitting > 0 && !choice.exactly_one {
                return Ok(());
            }
        }
        if fitting != 1 {
            self.engine.restore(before);
            let code = if fitting == 0 { &codes::NO_MATCH } else { &codes::AMBIGUOUS_MATCH };
            self.engine.findings.report(code, sort_key);
        }
        Ok(())
    }
}

fn is_one_of(values: &[Scalar], input: Input<'_>, offset: usize, end: usize, unescaped: &mut String) -> bool {
    let json = input.span(offset, end);
    if let Some(value) = scalar(json, unescaped) {
        return values.iter().any(|named| value.is(named));
    }
    if json == "null" {
        return values.iter().any(|named| matches!(named, Scalar::Null));
    }
    let mut encoded = Vec::new();
    encode_json(input.text, offset, &mut encoded);
    values.iter().any(|named| match named {
        Scalar::Json(json) => {
            let mut other = Vec::new();
            encode_json(json, 0, &mut other);
            other == encoded
        }
        _ => false,
    })
}

/// Returns the index of the member that the value of an object's property names.
fn tagged_member(
    property: &str,
    mapping: &[(&str, usize)],
    input: Input<'_>,
    offset: usize,
) -> Option<usize> {
    let mut tag = None;
    each_part(input.bytes, offset, |member| {
        let (name, name_end) = string_at(input.text, member);
        let value = scanner::space(input.bytes, scanner::space(input.bytes, name_end) + 1);
        if name == property {
            tag = (input.bytes.get(value) == Some(&b'"')).then(|| string_at(input.text, value).0);
        }
        scanner::skip(input.bytes, value, 0).unwrap_or(input.bytes.len())
    });
    let tag = tag?;
    mapping.iter().find(|(name, _)| *name == tag).map(|(_, index)| *index)
}
