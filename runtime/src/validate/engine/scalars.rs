//! Value events of strings and numbers, which only add findings.

use super::{
    finding::{FindingDetail, MessageLimits, NamedLimit},
    findings::Findings,
};
use crate::validate::{
    checks,
    table::{Number, Text},
};

/// Checks a string, without its escapes, against its table.
#[inline]
pub(crate) fn check_text(table: &'static Text, text: &str, sort_key: u64, findings: &mut Findings) {
    if !table.allows(text.as_bytes()) {
        report_text(table, text, sort_key, findings);
    }
}

/// Reports what is wrong with a string.
#[cold]
pub(crate) fn report_text(table: &'static Text, text: &str, sort_key: u64, findings: &mut Findings) {
    if !table.has_length(text.as_bytes()) {
        let is_short = text.chars().count() < table.min as usize;
        if let Some(code) = if is_short { table.too_short } else { table.too_long } {
            let limits = MessageLimits::Counts(table.min, table.max);
            findings.report_with(code, sort_key, limits, FindingDetail::None);
            // Of an empty string that has to have a length, nothing else needs to be said.
            if text.is_empty() && !findings.is_softened(code) {
                return;
            }
        }
    }
    if let Some((values, code)) = table.values
        && !table.is_one_of(values, text.as_bytes())
    {
        findings.report_with(code, sort_key, MessageLimits::None, FindingDetail::Values(values));
    }
    let broken = table.format.filter(|(format, _)| !checks::format::matches(*format, text.as_bytes()));
    if let Some((_, code)) = broken {
        findings.report(code, sort_key);
    }
    // A pattern beside a format says mostly the same.
    if broken.is_none_or(|(_, code)| findings.is_softened(code)) {
        check_patterns(table, text, sort_key, findings);
    }
    if let Some(code) = table.card_number
        && !table.has_no_card_number(text.as_bytes())
    {
        findings.report(code, sort_key);
    }
}

fn check_patterns(table: &'static Text, text: &str, sort_key: u64, findings: &mut Findings) {
    for (pattern, code) in table.patterns {
        match pattern.verdict(text.as_bytes()) {
            Some(true) => {}
            Some(false) => {
                let detail = FindingDetail::Pattern(pattern.source);
                findings.report_with(code, sort_key, MessageLimits::None, detail);
            }
            None => findings.unknown += 1,
        }
    }
}

/// Checks a number, as JSON writes it, against its table.
pub(crate) fn check_number(table: &'static Number, text: &str, sort_key: u64, findings: &mut Findings) {
    checks::number::check(table, text, &mut |code, min, max| {
        let limits = match (min, max) {
            (None, None) => MessageLimits::None,
            (min, max) => MessageLimits::Bounds(min.map(NamedLimit::from), max.map(NamedLimit::from)),
        };
        findings.report_with(code, sort_key, limits, FindingDetail::None);
        findings.is_softened(code)
    });
}
