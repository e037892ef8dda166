//! Which members and items of a value are evaluated by the schemas that apply to it.

use super::{
    beyond::Part,
    json_reader::{Halted, JsonReader},
    reread::Fit,
};
use crate::validate::table::{Applies, Evaluated};

impl<'a> JsonReader<'a, '_> {
    /// Takes the parts that a schema evaluates from those that are open.
    ///
    /// What takes too much work to find out counts as evaluated: that never makes a value invalid.
    pub(super) fn evaluate(
        &mut self,
        evaluated: &'static Evaluated,
        span: (usize, usize),
        parts: &[Part<'a>],
        open: &mut [bool],
    ) -> Result<(), Halted> {
        self.evaluate_once(evaluated, span, parts, open, &mut Vec::new())
    }

    /// The same for a schema that may apply to the value through itself: each is looked at once.
    fn evaluate_once(
        &mut self,
        evaluated: &'static Evaluated,
        span: (usize, usize),
        parts: &[Part<'a>],
        open: &mut [bool],
        seen: &mut Vec<&'static Evaluated>,
    ) -> Result<(), Halted> {
        if seen.iter().any(|known| std::ptr::eq(*known, evaluated)) {
            return Ok(());
        }
        seen.push(evaluated);
        let is_object = self.input.bytes.get(span.0) == Some(&b'{');
        for (index, part) in parts.iter().enumerate() {
            let is_evaluated = if is_object {
                evaluated.all_members || is_named(evaluated, &part.name)
            } else {
                evaluated.all_items || index < evaluated.items || self.is_contained(evaluated, part)?
            };
            if is_evaluated && let Some(open) = open.get_mut(index) {
                *open = false;
            }
        }
        for part in evaluated.parts {
            if open.contains(&true) && self.applies(part.condition, span, parts)? {
                self.evaluate_once(part.evaluated, span, parts, open, seen)?;
            }
        }
        Ok(())
    }

    fn is_contained(&mut self, evaluated: &'static Evaluated, item: &Part<'a>) -> Result<bool, Halted> {
        match evaluated.contains {
            Some(schema) => Ok(self.fits(schema, item.value)? != Fit::Fails),
            None => Ok(false),
        }
    }

    fn applies(
        &mut self,
        condition: Applies,
        span: (usize, usize),
        parts: &[Part<'a>],
    ) -> Result<bool, Halted> {
        Ok(match condition {
            Applies::Always => true,
            Applies::Has(name) => parts.iter().any(|part| part.name == name),
            Applies::Fits(schema, expected) => match self.fits(schema, span)? {
                Fit::Fits => expected,
                Fit::Fails => !expected,
                Fit::Unknown => true,
            },
        })
    }
}

fn is_named(evaluated: &Evaluated, name: &str) -> bool {
    evaluated.names.contains(&name)
        || evaluated.patterns.iter().any(|pattern| pattern.verdict(name.as_bytes()) != Some(false))
}
