//! Patterns of strings.

use std::{fmt, sync::OnceLock};

use crate::values::uuid::LENGTH as UUID;

/// A pattern that strings match.
///
/// Most patterns are a sequence of character classes, each repeated, from the beginning of the string to its
/// end: those are run as they are. Any other is a regular expression, which is compiled when it is first
/// needed and may match any part of the string.
#[derive(Debug)]
pub struct Pattern {
    /// The pattern as the definition writes it; empty if that is not known.
    pub(crate) source: &'static str,
    pub(crate) kind: PatternKind,
    pub(crate) matches_every_uuid: bool,
}

#[derive(Debug)]
pub(crate) enum PatternKind {
    Runs(&'static [Run]),
    Regex {
        expression: &'static str,
        compiled: OnceLock<Option<regex_lite::Regex>>,
    },
    #[cfg(feature = "lookaround")]
    Lookaround {
        expression: &'static str,
        compiled: OnceLock<Option<fancy_regex::Regex>>,
    },
}

impl Pattern {
    /// Creates a pattern of classes one after the other, which the whole string consists of. No character
    /// that ends a run of variable length may be in that run's class.
    #[must_use]
    pub const fn runs(runs: &'static [Run]) -> Self {
        Self { source: "", kind: PatternKind::Runs(runs), matches_every_uuid: match_every_uuid(runs) }
    }

    /// Creates a pattern that matches a string if a part of it matches a regular expression in the syntax of
    /// `regex-lite`. One that can't be read matches everything.
    #[must_use]
    pub const fn regex(expression: &'static str) -> Self {
        Self {
            source: expression,
            kind: PatternKind::Regex { expression, compiled: OnceLock::new() },
            matches_every_uuid: false,
        }
    }

    /// Creates a pattern like [`Pattern::regex`] from a regular expression with look-around, back-references
    /// or Unicode properties, in the syntax of `fancy-regex`. Whether a string matches that needs
    /// too much backtracking is unknown, and never makes a value invalid.
    #[cfg(feature = "lookaround")]
    #[must_use]
    pub const fn lookaround(expression: &'static str) -> Self {
        Self {
            source: expression,
            kind: PatternKind::Lookaround { expression, compiled: OnceLock::new() },
            matches_every_uuid: false,
        }
    }

    /// Sets the pattern as the definition writes it, which is the detail of a violation.
    #[must_use]
    pub const fn source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }
}

/// Returns whether there is one run, and every UUID matches it.
const fn match_every_uuid(runs: &[Run]) -> bool {
    let [Run { class, min, max }] = runs else { return false };
    let mut byte = 0;
    while byte < 128_u8 {
        if (byte.is_ascii_hexdigit() || byte == b'-') && !class.bytes[byte as usize] {
            return false;
        }
        byte += 1;
    }
    *min as usize <= UUID && UUID <= *max as usize
}

/// A class of characters, repeated.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    pub(crate) class: Class,
    pub(crate) min: u32,
    pub(crate) max: u32,
}

impl Run {
    /// Creates a run of `min` to `max` characters of the class.
    #[must_use]
    pub const fn new(class: Class, min: u32, max: u32) -> Self {
        Self { class, min, max }
    }
}

/// A class of characters.
#[derive(Clone, Copy)]
pub struct Class {
    /// Whether a byte is a member or a part of one.
    pub(crate) bytes: [bool; 256],
    /// Whether every character beyond ASCII is a member.
    pub(crate) others: bool,
}

impl Class {
    /// Creates the class of the ASCII characters in a text such as `"A-Za-z0-9_-"`: ranges and single
    /// characters. A hyphen that is not part of a range is the last character.
    ///
    /// # Panics
    ///
    /// The text has a character beyond ASCII, or a range that ends before it begins. If the pattern is a
    /// static, the build fails.
    #[must_use]
    pub const fn new(members: &str) -> Self {
        let (members, mut bytes, mut at) = (members.as_bytes(), [false; 256], 0);
        while at < members.len() {
            let low = members[at];
            let is_range = at + 2 < members.len() && members[at + 1] == b'-';
            let high = if is_range { members[at + 2] } else { low };
            assert!(
                low <= high && high.is_ascii(),
                "a class of characters has ASCII characters in ascending ranges"
            );
            let mut byte = low;
            while byte <= high {
                bytes[byte as usize] = true;
                byte += 1;
            }
            at += if is_range { 3 } else { 1 };
        }
        Self { bytes, others: false }
    }

    /// Adds every character beyond ASCII.
    #[must_use]
    pub const fn or_beyond_ascii(mut self) -> Self {
        let mut byte = 128;
        while byte < 256 {
            self.bytes[byte] = true;
            byte += 1;
        }
        self.others = true;
        self
    }
}

/// Prints the members.
impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ascii = (0..128_u8).filter(|byte| self.bytes[usize::from(*byte)]).map(char::from);
        write!(f, "Class({:?}, {})", ascii.collect::<String>(), self.others)
    }
}
