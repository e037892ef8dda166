//! Values that are read again: `enum` on what is no string, `allOf`, `oneOf`, `anyOf` and `not`.

use super::{
    alternatives::{ChoiceValue, Evidence},
    budget::Reading,
    card_numbers::report_card_numbers,
    input::{Input, scalar},
    json_reader::{EndOffset, Halted, JsonReader},
};
use crate::{
    validate::{
        engine::{
            encoding::{each_part, encode_json, string_at},
            finding::{FindingDetail, MessageLimits},
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
            let detail = FindingDetail::Scalars { values, nullable: schema.nullable };
            self.engine.findings.report_with(code, sort_key, MessageLimits::None, detail);
        }
        if let Some(code) = schema.card_number {
            report_card_numbers(code, self.input, offset, &mut self.engine.findings);
        }
        for member in schema.all {
            self.read_again(Reading::OneOfMany, member, offset, end)?;
        }
        for choice in schema.choices {
            self.choose(choice, offset, end)?;
        }
        for beyond in schema.beyond {
            self.beyond(beyond, (offset, end))?;
        }
        if let Some((member, code)) = schema.not {
            let before = self.engine.snapshot();
            let fit = self.fit(Reading::OneOfMany, member, offset, end, before)?;
            self.engine.restore(before);
            match fit {
                Fit::Fits => self.engine.findings.report(code, sort_key),
                Fit::Fails => {}
                Fit::Unknown => self.engine.findings.unknown += 1,
            }
        }
        Ok(end)
    }

    /// Reads a value again, unless the budget does not allow it: then `false`.
    pub(super) fn read_again(
        &mut self,
        reading: Reading,
        schema: &'static Schema,
        offset: usize,
        end: usize,
    ) -> Result<bool, Halted> {
        let refusals = self.budget.refusals;
        let has_budget = reading == Reading::OneOfMany && self.budget.is_outermost();
        let is_read = self.budget.begin(reading, end - offset);
        if is_read {
            let read = self.item(schema, offset);
            self.budget.end();
            read?;
        }
        let is_refused = self.budget.refusals > refusals;
        if is_refused && self.budget.is_outermost() && (has_budget || !is_read) {
            let at = (self.input.sort_key(offset), self.engine.findings.path.text());
            self.budget.refuse((offset, end), at);
        }
        Ok(!is_refused)
    }

    /// Reports the values of which not every reading was allowed. This waits until the end, because whatever
    /// is found within a choice may be taken back.
    pub(super) fn report_too_complex(&mut self) {
        for (sort_key, path) in std::mem::take(&mut self.budget.too_complex) {
            self.engine.findings.report_path(&codes::TOO_COMPLEX, sort_key, path);
        }
    }

    /// Returns whether the value fits the schema, with the findings still in the engine.
    pub(super) fn fit(
        &mut self,
        reading: Reading,
        schema: &'static Schema,
        offset: usize,
        end: usize,
        before: Snapshot,
    ) -> Result<Fit, Halted> {
        let unknown = self.engine.findings.unknown;
        let is_read = self.read_again(reading, schema, offset, end)?;
        let is_known = is_read && self.engine.findings.unknown == unknown;
        self.engine.findings.unknown = unknown;
        Ok(match (self.engine.has_errors_since(before), is_known) {
            (true, _) => Fit::Fails,
            (false, true) => Fit::Fits,
            (false, false) => Fit::Unknown,
        })
    }

    fn choose(&mut self, choice: &'static Choice, offset: usize, end: usize) -> Result<(), Halted> {
        let sort_key = self.input.sort_key(offset);
        if let Some((property, mapping)) = choice.tag {
            let is_object = self.input.bytes.get(offset) == Some(&b'{');
            let tagged = is_object.then(|| tagged_member(property, mapping, self.input, offset)).flatten();
            if let Some(member) = tagged.and_then(|index| choice.members.get(index)) {
                self.read_again(Reading::Only, member, offset, end)?;
                return Ok(());
            }
        }
        let value = ChoiceValue::new(self.input, offset);
        let mut members = value.plausible(choice, Evidence::Any);
        if members.is_empty() {
            let weaker = [Evidence::Names, Evidence::Values];
            let mut meant = weaker.into_iter().map(|evidence| value.plausible(choice, evidence));
            members = meant.find(|members| members.len() == 1).unwrap_or_default();
        }
        // What is wrong with the only one that is meant says more than that none fits.
        if let [only] = *members {
            self.read_again(Reading::Only, only, offset, end)?;
            return Ok(());
        }
        let before = self.engine.snapshot();
        let (mut fitting, mut unknown) = (0, 0);
        for member in members {
            let before_member = self.engine.snapshot();
            let fit = self.fit(Reading::OneOfMany, member, offset, end, before_member)?;
            fitting += u32::from(fit == Fit::Fits);
            unknown += u32::from(fit == Fit::Unknown);
            // The warnings of the first one that fits are kept.
            if fit != Fit::Fits || fitting > 1 {
                self.engine.restore(before_member);
            }
            if fitting > 0 && !choice.exactly_one {
                return Ok(());
            }
        }
        match (fitting, unknown) {
            (1, 0) => {}
            (0 | 1, 1..) => self.engine.findings.unknown += 1,
            _ => {
                self.engine.restore(before);
                let is_object = self.input.bytes.get(offset) == Some(&b'{');
                let (code, detail) = match (fitting, choice.tag.filter(|_| is_object)) {
                    (0, Some((property, mapping))) => {
                        (&codes::NO_MATCH, FindingDetail::Tag(property, mapping))
                    }
                    (0, None) => (&codes::NO_MATCH, FindingDetail::Forms(choice.members)),
                    _ => (&codes::AMBIGUOUS_MATCH, FindingDetail::None),
                };
                self.engine.findings.report_with(code, sort_key, MessageLimits::None, detail);
            }
        }
        Ok(())
    }
}

/// Whether a value fits a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Fits,
    Fails,
    /// It takes too much work to find out. That never makes a value invalid.
    Unknown,
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
