//! Keywords that look at parts of a value again. The value is known to be JSON.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{
    budget::Reading,
    json_reader::{Halted, JsonReader},
    reread::Fit,
};
use crate::{
    validate::{
        engine::{
            data_path::PathSegment,
            encoding::{each_part, string_at},
            finding::{FindingDetail, MessageLimits},
        },
        scanner,
        table::{Additional, Beyond, Contains, Schema},
    },
    violations::codes,
};

/// A part of a container: an item, or a member with its name.
#[derive(Debug)]
pub(super) struct ContainerPart<'a> {
    pub(super) name: Cow<'a, str>,
    name_offset: usize,
    /// The span of its value.
    pub(super) value: (usize, usize),
}

impl<'a> JsonReader<'a, '_> {
    /// Checks what a table asks of a value in a span, beyond its type.
    pub(super) fn beyond(
        &mut self,
        beyond: &'static Beyond,
        (offset, end): (usize, usize),
    ) -> Result<(), Halted> {
        if let Some(when) = &beyond.when {
            let member = match self.fits(when.fits, (offset, end))? {
                Fit::Fits => when.then,
                Fit::Fails => when.otherwise,
                Fit::Unknown => None,
            };
            if let Some(schema) = member {
                self.read_again(Reading::OneOfMany, schema, offset, end)?;
            }
        }
        let parts = self.parts(offset);
        match self.input.bytes.get(offset) {
            Some(b'{') => self.beyond_object(beyond, (offset, end), &parts),
            Some(b'[') => self.beyond_array(beyond, (offset, end), &parts),
            _ => Ok(()),
        }
    }

    fn beyond_object(
        &mut self,
        beyond: &'static Beyond,
        (offset, end): (usize, usize),
        members: &[ContainerPart<'a>],
    ) -> Result<(), Halted> {
        let has = |name: &str| members.iter().any(|member| member.name == name);
        for (name, schema) in beyond.dependent_schemas {
            if has(name) {
                self.read_again(Reading::OneOfMany, schema, offset, end)?;
            }
        }
        self.engine.findings.path.enter();
        self.depth += 1;
        for (name, needed, code) in beyond.dependent {
            for missing in needed.iter().filter(|missing| has(name) && !has(missing)) {
                let names = self.engine.findings.path.go_to_name(missing);
                self.engine.findings.report(code, self.input.sort_key(offset));
                self.engine.findings.path.forget_names(names);
            }
        }
        for member in members {
            self.member_again(beyond, member)?;
        }
        self.depth -= 1;
        self.engine.findings.path.leave();
        if let Some((evaluated, others)) = beyond.unevaluated_members {
            let mut open = vec![true; members.len()];
            self.evaluate(evaluated, (offset, end), members, &mut open)?;
            self.engine.findings.path.enter();
            self.depth += 1;
            for (member, _) in members.iter().zip(open).filter(|(_, open)| *open) {
                self.other_member(others, member)?;
            }
            self.depth -= 1;
            self.engine.findings.path.leave();
        }
        Ok(())
    }

    /// Reads a member again by all that is said of its name.
    fn member_again(&mut self, beyond: &'static Beyond, member: &ContainerPart<'a>) -> Result<(), Halted> {
        let names = self.engine.findings.path.go_to_name(&member.name);
        if let Some(schema) = beyond.names {
            let (start, end) = (member.name_offset, member.name_offset + member.name.len());
            self.read_again(Reading::OneOfMany, schema, start, end)?;
        }
        let mut is_matched = false;
        for (pattern, schema) in beyond.patterns {
            match pattern.verdict(member.name.as_bytes()) {
                Some(true) => {
                    self.read_again(Reading::OneOfMany, schema, member.value.0, member.value.1)?;
                    is_matched = true;
                }
                Some(false) => {}
                None => is_matched = true,
            }
        }
        self.engine.findings.path.forget_names(names);
        match beyond.other_members {
            Some((known, others)) if !is_matched && !known.contains(&&*member.name) => {
                self.other_member(others, member)
            }
            _ => Ok(()),
        }
    }

    /// Checks a member that is none of those that have a schema.
    fn other_member(&mut self, others: Additional, member: &ContainerPart<'a>) -> Result<(), Halted> {
        let names = self.engine.findings.path.go_to_name(&member.name);
        match others {
            Additional::Any => {}
            Additional::Reported(code) => {
                self.engine.findings.report(code, self.input.sort_key(member.name_offset));
            }
            Additional::Schema(schema) => {
                self.read_again(Reading::OneOfMany, schema, member.value.0, member.value.1)?;
            }
        }
        self.engine.findings.path.forget_names(names);
        Ok(())
    }

    fn beyond_array(
        &mut self,
        beyond: &'static Beyond,
        span: (usize, usize),
        items: &[ContainerPart<'a>],
    ) -> Result<(), Halted> {
        if let Some(contains) = &beyond.contains {
            self.count_matches(contains, span, items)?;
        }
        let of_items =
            beyond.first_items.iter().copied().map(Some).chain(std::iter::repeat(beyond.other_items));
        self.items_again(items.iter().enumerate().zip(of_items))?;
        if let Some((evaluated, schema)) = beyond.unevaluated_items {
            let mut open = vec![true; items.len()];
            self.evaluate(evaluated, span, items, &mut open)?;
            let of_items = open.into_iter().map(|open| open.then_some(schema));
            self.items_again(items.iter().enumerate().zip(of_items))?;
        }
        Ok(())
    }

    /// Reads items again, each by its schema.
    fn items_again<'p>(
        &mut self,
        items: impl Iterator<Item = ((usize, &'p ContainerPart<'a>), Option<&'static Schema>)>,
    ) -> Result<(), Halted>
    where
        'a: 'p,
    {
        self.engine.findings.path.enter();
        self.depth += 1;
        for ((index, item), schema) in items {
            if let Some(schema) = schema {
                self.engine.findings.path.go_to(PathSegment::Index(index as u64));
                self.read_again(Reading::OneOfMany, schema, item.value.0, item.value.1)?;
            }
        }
        self.depth -= 1;
        self.engine.findings.path.leave();
        Ok(())
    }

    fn count_matches(
        &mut self,
        contains: &Contains,
        (offset, _): (usize, usize),
        items: &[ContainerPart<'a>],
    ) -> Result<(), Halted> {
        let (mut fitting, mut unknown) = (0_u32, 0_u32);
        for item in items {
            match self.fits(contains.schema, item.value)? {
                Fit::Fits => fitting = fitting.saturating_add(1),
                Fit::Fails => {}
                Fit::Unknown => unknown = unknown.saturating_add(1),
            }
        }
        let code = if fitting.saturating_add(unknown) < contains.min {
            &codes::TOO_FEW_MATCHES
        } else if fitting > contains.max {
            &codes::TOO_MANY_MATCHES
        } else {
            return Ok(());
        };
        let limits = MessageLimits::Counts(contains.min, contains.max);
        self.engine.findings.report_with(code, self.input.sort_key(offset), limits, FindingDetail::None);
        Ok(())
    }

    /// Returns whether a value fits a schema, without a trace in the findings.
    pub(super) fn fits(
        &mut self,
        schema: &'static Schema,
        (offset, end): (usize, usize),
    ) -> Result<Fit, Halted> {
        let before = self.engine.snapshot();
        let fit = self.fit(Reading::OneOfMany, schema, offset, end, before)?;
        self.engine.restore(before);
        Ok(fit)
    }

    /// Returns the items or members of a container; of members with one name the last.
    fn parts(&self, offset: usize) -> Vec<ContainerPart<'a>> {
        let (text, bytes) = (self.input.text, self.input.bytes);
        let mut parts: Vec<ContainerPart<'a>> = Vec::new();
        let end_of = |start: usize| scanner::skip(bytes, start, 0).unwrap_or(bytes.len());
        match bytes.get(offset) {
            Some(b'[') => {
                each_part(bytes, offset, |start| {
                    let end = end_of(start);
                    parts.push(ContainerPart {
                        name: Cow::Borrowed(""),
                        name_offset: start,
                        value: (start, end),
                    });
                    end
                });
            }
            Some(b'{') => {
                each_part(bytes, offset, |at| {
                    let (name, name_end) = string_at(text, at);
                    let start = scanner::space(bytes, scanner::space(bytes, name_end) + 1);
                    let end = end_of(start);
                    parts.push(ContainerPart { name, name_offset: at, value: (start, end) });
                    end
                });
                if self.engine.allows_repeats() {
                    keep_last(&mut parts);
                }
            }
            _ => {}
        }
        parts
    }
}

/// Takes out the members whose name is given again later.
fn keep_last(members: &mut Vec<ContainerPart<'_>>) {
    let last: BTreeMap<&str, usize> =
        members.iter().enumerate().map(|(index, member)| (&*member.name, index)).collect();
    if last.len() == members.len() {
        return;
    }
    let kept: BTreeSet<usize> = last.into_values().collect();
    let mut index = 0..;
    members.retain(|_| index.next().is_some_and(|index| kept.contains(&index)));
}
