//! Patterns of strings.

use std::sync::OnceLock;

use regex_lite::Regex;

use crate::validate::table::{Class, Pattern, PatternKind, Run};

impl Pattern {
    /// Returns whether the text, which is UTF-8, is known to match the pattern.
    #[inline]
    pub(crate) fn matches(&self, text: &[u8]) -> bool {
        match &self.kind {
            PatternKind::Runs([run]) => is_run(run, text),
            PatternKind::Runs(runs) => are_runs(runs, text),
            PatternKind::Regex { expression, compiled } => is_match(expression, compiled, text),
            #[cfg(feature = "lookaround")]
            PatternKind::Lookaround { expression, compiled } => {
                has_match(expression, compiled, text) == Some(true)
            }
        }
    }

    /// Returns whether the text matches the pattern; `None` if it takes too much backtracking to find out.
    #[cfg_attr(
        not(feature = "lookaround"),
        expect(clippy::unnecessary_wraps, reason = "look-around alone may take that much")
    )]
    pub(crate) fn verdict(&self, text: &[u8]) -> Option<bool> {
        match &self.kind {
            #[cfg(feature = "lookaround")]
            PatternKind::Lookaround { expression, compiled } => has_match(expression, compiled, text),
            _ => Some(self.matches(text)),
        }
    }
}

/// Returns whether the whole text is one run.
#[inline]
fn is_run(run: &Run, text: &[u8]) -> bool {
    all(&run.class, text) && has_length(run, text)
}

/// Returns whether the text has the length of a run. A character has one to four bytes, so that most texts
/// need no count.
#[inline]
fn has_length(run: &Run, text: &[u8]) -> bool {
    let within = |length| u32::try_from(length).is_ok_and(|length| (run.min..=run.max).contains(&length));
    let bytes = text.len();
    if !run.class.others || (within(bytes) && within(bytes.div_ceil(4))) {
        return within(bytes);
    }
    within(text.iter().filter(|byte| begins(**byte)).count())
}

/// Returns whether the whole text is one run after the other. The character after a run is never in its
/// class, so that each run takes as many as it can.
fn are_runs(runs: &[Run], text: &[u8]) -> bool {
    let rest = runs.iter().try_fold(text, |rest, run| after_run(run, rest));
    rest.is_some_and(<[u8]>::is_empty)
}

fn after_run<'a>(run: &Run, text: &'a [u8]) -> Option<&'a [u8]> {
    if (run.min, run.max, run.class.others) == (1, 1, false) {
        let (first, rest) = text.split_first()?;
        return run.class.bytes[usize::from(*first)].then_some(rest);
    }
    if run.min == run.max && !run.class.others {
        let (taken, rest) = text.split_at_checked(usize::try_from(run.max).ok()?)?;
        return all(&run.class, taken).then_some(rest);
    }
    let (mut count, mut rest) = (0, text);
    while let [first, tail @ ..] = rest {
        if !run.class.bytes[usize::from(*first)] || (begins(*first) && count == run.max) {
            break;
        }
        count += u32::from(begins(*first));
        rest = tail;
    }
    (count >= run.min).then_some(rest)
}

/// Returns whether all bytes are members. Sixteen are looked up before a branch.
#[inline]
fn all(class: &Class, text: &[u8]) -> bool {
    let both = |all: bool, byte: &u8| all & class.bytes[usize::from(*byte)];
    let (chunks, rest) = text.as_chunks::<16>();
    chunks.iter().all(|chunk| chunk.iter().fold(true, both)) && rest.iter().fold(true, both)
}

/// Returns whether a character begins with the byte.
#[inline]
fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn is_match(expression: &str, compiled: &OnceLock<Option<Regex>>, text: &[u8]) -> bool {
    let regex = compiled.get_or_init(|| Regex::new(expression).ok());
    let Ok(text) = std::str::from_utf8(text) else { return false };
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}

#[cfg(feature = "lookaround")]
fn has_match(expression: &str, compiled: &OnceLock<Option<fancy_regex::Regex>>, text: &[u8]) -> Option<bool> {
    /// Steps back in one string: a few milliseconds.
    const LIMIT: usize = 100_000;
    let compile = || fancy_regex::RegexBuilder::new(expression).backtrack_limit(LIMIT).build().ok();
    let regex = compiled.get_or_init(compile);
    let Ok(text) = std::str::from_utf8(text) else { return Some(false) };
    match regex {
        Some(regex) => regex.is_match(text).ok(),
        None => Some(true),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DIGIT: Class = Class::new("0-9");
    const HYPHEN: Class = Class::new("-");
    const WORD: Class = Class::new("A-Za-z0-9_-");
    /// All but the comma.
    const ITEM: Class = Class::new("\0-+--\x7f").or_beyond_ascii();

    static ID: Pattern = Pattern::runs(&[Run::new(WORD, 1, u32::MAX)]);
    static DATE: Pattern = Pattern::runs(&[
        Run::new(DIGIT, 4, 4),
        Run::new(HYPHEN, 1, 1),
        Run::new(DIGIT, 1, 2),
        Run::new(HYPHEN, 1, 1),
        Run::new(DIGIT, 2, 2),
    ]);
    static PAIR: Pattern =
        Pattern::runs(&[Run::new(ITEM, 0, 3), Run::new(Class::new(","), 1, 1), Run::new(ITEM, 2, u32::MAX)]);
    static CODE: Pattern = Pattern::runs(&[
        Run::new(DIGIT, 9, 9),
        Run::new(HYPHEN, 1, 1),
        Run::new(Class::new("a-h"), 7, 7),
        Run::new(DIGIT, 3, 3),
    ]);
    /// A letter may follow.
    static MORE: Pattern = Pattern::runs(&[
        Run::new(DIGIT, 9, 9),
        Run::new(HYPHEN, 1, 1),
        Run::new(Class::new("a-h"), 7, 7),
        Run::new(Class::new("z"), 0, 1),
    ]);
    static SHORT: Pattern = Pattern::runs(&[Run::new(ITEM, 1, 3)]);

    #[test]
    fn classes_are_ranges_and_characters() {
        for (text, members) in [
            ("", ""),
            ("-", "-"),
            ("a-c", "abc"),
            ("a-", "-a"),
            ("a-cx-z0", "0abcxyz"),
            ("--/+", "+-./"),
            ("c-c", "c"),
            ("0-9A-F_-", "-0123456789ABCDEF_"),
        ] {
            let class = Class::new(text);
            let found: String = ('\0'..='\x7f').filter(|letter| class.bytes[*letter as usize]).collect();
            assert_eq!((&*found, class.others), (members, false), "{text}");
            assert!(class.bytes[128..].iter().all(|member| !member));
            assert!(class.or_beyond_ascii().bytes[128..].iter().all(|member| *member));
        }
    }

    #[test]
    fn runs_match_the_whole_text() {
        for (pattern, text, expected) in [
            (&ID, "abc-DEF_019", true),
            (&ID, "", false),
            (&ID, "abc\n", false),
            (&ID, "kärte", false),
            (&ID, "a b", false),
            (&ID, "1047ecc3-bc47-4b2f-bcf5-6c8e13291338", true),
            (&ID, "1047ecc3-bc47-4b2f-bcf5-6c8e1329133é", false),
            (&DATE, "2024-02-29", true),
            (&DATE, "2024-2-29", true),
            (&DATE, "2024--29", false),
            (&DATE, "2024-022-29", false),
            (&DATE, "2024-02-2", false),
            (&DATE, "2024-02-299", false),
            (&DATE, "", false),
            (&PAIR, "äöü,ßß", true),
            (&PAIR, ",ab", true),
            (&PAIR, "äöüx,ßß", false),
            (&PAIR, "a,ß", false),
            (&PAIR, "a,b,c", false),
            (&CODE, "012345678-abcdefg012", true),
            (&CODE, "012345678-abcdefi012", false),
            (&CODE, "012345678-abcdefg01/", false),
            (&CODE, ":12345678-abcdefg012", false),
            (&CODE, "012345678-abcdefg01", false),
            (&CODE, "012345678-abcdefg0123", false),
            (&CODE, "012345678-abcdefg01é", false),
            (&MORE, "012345678-abcdefg", true),
            (&MORE, "012345678-abcdefgz", true),
            (&MORE, "012345678-abcdefgzz", false),
            (&MORE, "012345678-abcdefga", false),
            (&MORE, "012345678-abcdefz", false),
            (&MORE, "012345678-abcdef", false),
            (&SHORT, "äöü", true),
            (&SHORT, "äöüß", false),
            (&SHORT, "😀😀😀", true),
            (&SHORT, "a,b", false),
            (&Pattern::runs(&[]), "", true),
            (&Pattern::runs(&[]), "a", false),
        ] {
            assert_eq!(pattern.matches(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn expressions_match_any_part_of_the_text() {
        for (pattern, text, expected) in [
            ("a|ab", "ab", true),
            ("a|ab", "abc", true),
            ("^(a|ab)$", "abc", false),
            ("a+", "xay", true),
            ("^https?://", "https://example.com/x", true),
            ("^https?://", "see https://example.com/x", false),
            ("x$", "x\n", false),
            ("^a$", "a\n", false),
            ("(?m)^a$", "a\na", true),
            ("[0-9]{2}", "12", true),
            ("[0-9]{2}", "123", true),
            ("[0-9]{2}", "1", false),
            ("", "", true),
            ("", "a", true),
            ("(unclosed", "anything", true),
            ("a)(b", "anything", true),
        ] {
            let pattern = Pattern::regex(pattern);
            assert_eq!(pattern.matches(text.as_bytes()), expected, "{pattern:?} {text}");
            assert_eq!(pattern.matches(text.as_bytes()), expected, "again");
        }
    }

    #[cfg(feature = "lookaround")]
    #[test]
    fn look_around_is_checked_within_limits() {
        for (pattern, text, expected) in [
            ("^(?!.*[0-9])[a-z0-9]+$", "abc", true),
            ("^(?!.*[0-9])[a-z0-9]+$", "ab1", false),
            (r"^(a|b)\1$", "aa", true),
            (r"^(a|b)\1$", "ab", false),
            (r"^\p{L}+$", "Größe", true),
            (r"^\p{L}+$", "1", false),
            ("(unclosed", "anything", true),
        ] {
            let pattern = Pattern::lookaround(pattern);
            assert_eq!(pattern.matches(text.as_bytes()), expected, "{pattern:?} {text}");
        }
        let endless = Pattern::lookaround(r"^(?:(a+)\1*)+$");
        let long = format!("{}!", "a".repeat(60));
        assert_eq!((endless.verdict(long.as_bytes()), endless.matches(long.as_bytes())), (None, false));
    }

    proptest! {
        #[test]
        fn runs_and_expressions_agree(text in "[0-9a-]{0,12}|[0-9]{9}[-0]?[a-i]{7}[0-9]{2,4}|[0-9]{9}-[a-h]{6,8}[z0]{0,2}|[0-9a-zA-Z_é-]{10,60}|[0-9a-zA-Z_-]{10,60}|[ab,äö😀]{0,8}|\\PC{0,8}") {
            for (pattern, expression) in [
                (&ID, "^[A-Za-z0-9_-]+$"),
                (&DATE, "^[0-9]{4}-[0-9]{1,2}-[0-9]{2}$"),
                (&CODE, "^[0-9]{9}-[a-h]{7}[0-9]{3}$"),
                (&MORE, "^[0-9]{9}-[a-h]{7}z?$"),
                (&PAIR, "(?s)^[^,]{0,3},[^,]{2,}$"),
                (&SHORT, "(?s)^[^,]{1,3}$"),
            ] {
                let judge = Pattern::regex(expression);
                prop_assert_eq!(pattern.matches(text.as_bytes()), judge.matches(text.as_bytes()));
            }
        }
    }
}
