//! Regular expressions of a definition, as the validators run them: a row of character classes, each repeated, where
//! that says the same; else the text itself, for the `regex-lite` of the runtime.
//!
//! A pattern comes in as the document writes it. It is held to the whole string; `\d`, `\w` and `\s` are ASCII.

mod ascii;
mod read;

use read::read_runs;

/// A pattern that validators can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Classes one after the other. What follows a run of variable length never begins with a member of its class, so
    /// that taking as much as there is never takes too much.
    Runs(Vec<Run>),
    /// A regular expression that `regex-lite` reads.
    Regex(String),
}

/// A class of characters, repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) class: Class,
    pub(crate) min: u32,
    /// `u32::MAX`: without end.
    pub(crate) max: u32,
}

/// A class of characters: some of ASCII, and all or none of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class {
    /// A bit for each ASCII character.
    pub(crate) ascii: u128,
    pub(crate) others: bool,
}

/// How the validators run a pattern, or why they can't: look-around, references back, Unicode properties.
pub(crate) fn read(source: &str) -> Result<Pattern, String> {
    if let Some(runs) = read_runs(source) {
        return Ok(Pattern::Runs(runs));
    }
    match regex_lite::Regex::new(&format!("^(?:{source})$")) {
        Ok(_) => Ok(Pattern::Regex(source.to_owned())),
        Err(problem) => Err(problem.to_string()),
    }
}

#[cfg(test)]
mod tests;
