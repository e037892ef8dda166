//! Strings and numbers.

use super::{
    core::Core,
    finding::{Detail, Limits},
};
use crate::validate::{Number, Text, checks};

impl Core {
    /// Holds a string to its table; escapes are taken back.
    #[inline]
    pub(crate) fn text(&mut self, table: &'static Text, text: &str, key: u64) {
        if !table.allows(text.as_bytes()) {
            self.report_text(table, text, key);
        }
    }

    /// Says what is wrong with a string.
    #[cold]
    pub(crate) fn report_text(&mut self, table: &'static Text, text: &str, key: u64) {
        if !table.has_length(text.as_bytes()) {
            self.report_size(table, text, key);
            if text.is_empty() {
                return;
            }
        }
        if let Some((values, code)) = table.values
            && !table.is_one_of(values, text.as_bytes())
        {
            self.report_with(code, key, Limits::None, Detail::Values(values));
        }
        match table.format {
            Some((format, code)) if !checks::format::holds(format, text.as_bytes()) => self.report(code, key),
            _ => {
                for (pattern, code) in table.patterns {
                    if !pattern.matches(text.as_bytes()) {
                        self.report_with(code, key, Limits::None, Detail::Pattern(pattern.source));
                    }
                }
            }
        }
        if let Some(code) = table.card_number
            && !table.has_no_card(text.as_bytes())
        {
            self.report(code, key);
        }
    }

    #[cold]
    fn report_size(&mut self, table: &'static Text, text: &str, key: u64) {
        let short = text.chars().count() < table.min as usize;
        if let Some(code) = if short { table.too_short } else { table.too_long } {
            self.report_with(code, key, Limits::Counts(table.min, table.max), Detail::None);
        }
    }

    /// Holds a number to its table, as it is written.
    pub(crate) fn number(&mut self, table: &'static Number, text: &str, key: u64) {
        checks::number::number(table, text, &mut |code, min, max| {
            let limits = match (min, max) {
                (None, None) => Limits::None,
                (min, max) => Limits::Bounds(min.map(str::to_owned), max.map(str::to_owned)),
            };
            self.report_with(code, key, limits, Detail::None);
        });
    }
}
