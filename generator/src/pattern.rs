//! Regular expressions of a definition, in the form that validators run: a sequence of character classes,
//! each repeated, where that is equivalent; otherwise a regular expression.
//!
//! A pattern is searched for in the string, as ECMA-262 says: without `^` and `$` it may match any part.
//! `\d`, `\w` and `\b` are ASCII, `\s` has the white space of Unicode, and `.` is no line end, unless the
//! pattern sets the flag `s`, which ECMA-262 does not have there.

mod classes;
mod dialect;
mod read;

pub(crate) use classes::{Class, Run};
use dialect::Engine;

/// A pattern that validators can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Classes one after the other, which the whole string consists of. What follows a run of variable length
    /// never begins with a member of its class, so that taking as much as possible never takes too much.
    Runs(Vec<Run>),
    /// A regular expression that `regex-lite` reads.
    Regex(String),
    /// A regular expression with look-around, back-references or Unicode properties, for `fancy-regex`.
    Lookaround(String),
}

impl Pattern {
    /// Returns true if validators need `fancy-regex` for it.
    pub(crate) fn is_lookaround(&self) -> bool {
        matches!(self, Self::Lookaround(_))
    }
}

/// Returns the form in which validators run a pattern.
///
/// # Errors
///
/// Why there is none: what means different things in different dialects, or the message of `fancy-regex` for
/// a pattern that it can't read either.
pub(crate) fn read(source: &str) -> Result<Pattern, String> {
    let lookaround = dialect::written(source, Engine::Fancy)?;
    if let Some(runs) = read::runs(source) {
        return Ok(Pattern::Runs(runs));
    }
    if let Some(expression) = expression(source) {
        return Ok(Pattern::Regex(expression));
    }
    match fancy_regex::Regex::new(&lookaround) {
        Ok(_) => Ok(Pattern::Lookaround(lookaround)),
        Err(problem) => Err(problem.to_string()),
    }
}

/// Returns the pattern for `regex-lite`, if that can read it.
pub(crate) fn expression(source: &str) -> Option<String> {
    let expression = dialect::written(source, Engine::Lite).ok()?;
    regex_lite::Regex::new(&expression).is_ok().then_some(expression)
}

#[cfg(test)]
mod tests;
