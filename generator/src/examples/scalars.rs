//! Numbers, strings and patterns of the Rust model as the runtime's.

use specwright_runtime::validate as runtime;

use super::names;
use super::tables::{RuntimeTables, all_kept, kept, text_kept};
use crate::pattern::{Pattern, Run};
use crate::rust::validators::{Bound, NumberTable, TextTable};

impl RuntimeTables<'_> {
    pub(super) fn number(&mut self, table: &NumberTable) -> runtime::Number {
        let mut number = runtime::Number::new();
        if let Some(code) = &table.integer {
            let code = self.code(code);
            number = if table.any_form { number.whole(code) } else { number.integer(code) };
        }
        if let Some((low, high, code)) = &table.range {
            number = number.range(*low, *high, self.code(code));
        }
        if let Some(code) = &table.decimal {
            number = number.decimal(self.code(code));
        }
        if let Some(code) = &table.binary {
            number = number.binary(self.code(code));
        }
        if let Some(bound) = &table.minimum {
            number = number.minimum(self.bound(bound));
        }
        if let Some(bound) = &table.maximum {
            number = number.maximum(self.bound(bound));
        }
        if let Some((value, code)) = &table.multiple_of {
            number = number.multiple_of(text_kept(value), self.code(code));
        }
        number
    }

    fn bound(&mut self, bound: &Bound) -> runtime::Bound {
        let (value, code) = (text_kept(&bound.value), self.code(&bound.code));
        if bound.exclusive {
            runtime::Bound::exclusive(value, code)
        } else {
            runtime::Bound::inclusive(value, code)
        }
    }

    pub(super) fn text(&mut self, table: &TextTable) -> runtime::Text {
        let mut text = runtime::Text::new();
        if let Some((min, code)) = &table.min_length {
            text = text.min_length(*min, self.code(code));
        }
        if let Some((max, code)) = &table.max_length {
            text = text.max_length(*max, self.code(code));
        }
        if let Some((values, code)) = &table.values {
            text = text.values(all_kept(values.iter().map(|value| text_kept(value))), self.code(code));
        }
        let patterns = table.patterns.iter();
        let patterns: Vec<_> =
            patterns.filter_map(|(index, code)| Some((self.pattern(*index)?, self.code(code)))).collect();
        if !patterns.is_empty() {
            text = text.patterns(all_kept(patterns));
        }
        if let Some((format, code)) =
            table.format.as_ref().and_then(|(name, code)| Some((names::format(name)?, code)))
        {
            text = text.format(format, self.code(code));
        }
        if let Some(code) = &table.card_number {
            text = text.no_card_number(self.code(code));
        }
        text
    }

    pub(super) fn pattern(&mut self, index: usize) -> Option<&'static runtime::Pattern> {
        if let Some(known) = self.patterns.get(&index) {
            return Some(known);
        }
        let named = self.validators.patterns.get(index)?;
        let source = text_kept(&named.source);
        let pattern = match &named.pattern {
            Pattern::Runs(runs) => runtime::Pattern::runs(all_kept(runs.iter().map(run))),
            Pattern::Regex(expression) => runtime::Pattern::regex(text_kept(expression)),
            Pattern::Lookaround(expression) => runtime::Pattern::lookaround(text_kept(expression)),
        };
        let pattern = kept(pattern.source(source));
        self.patterns.insert(index, pattern);
        Some(pattern)
    }
}

fn run(run: &Run) -> runtime::Run {
    let class = runtime::Class::new(text_kept(&run.class.members()));
    let class = if run.class.others { class.or_beyond_ascii() } else { class };
    runtime::Run::new(class, run.min, run.max)
}
