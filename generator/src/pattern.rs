//! Regular expressions of a definition, in the form that validators run: a sequence of character classes,
//! each repeated, where that is equivalent; otherwise a regular expression.
//!
//! A pattern is searched for in the string, as ECMA-262 says: without `^` and `$` it may match any part.
//! `\d`, `\w` and `\s` are ASCII.

mod ascii;
mod classes;
mod read;

pub(crate) use classes::{Class, Run};

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
/// The message of `fancy-regex` for a pattern that it can't read either.
pub(crate) fn read(source: &str) -> Result<Pattern, String> {
    if let Some(runs) = read::runs(source) {
        return Ok(Pattern::Runs(runs));
    }
    if regex_lite::Regex::new(source).is_ok() {
        return Ok(Pattern::Regex(source.to_owned()));
    }
    if source.contains("&&") {
        // Two members of a class in ECMA-262, and an intersection of classes in `fancy-regex`.
        return Err("`&&` in a class means different things in different dialects".to_owned());
    }
    let expression = ascii::with_ascii_classes(source);
    match fancy_regex::Regex::new(&expression) {
        Ok(_) => Ok(Pattern::Lookaround(expression)),
        Err(problem) => Err(problem.to_string()),
    }
}

/// Returns the pattern if `regex-lite` reads it, as it is.
pub(crate) fn expression(source: &str) -> Option<String> {
    regex_lite::Regex::new(source).is_ok().then(|| source.to_owned())
}

#[cfg(test)]
mod tests;
