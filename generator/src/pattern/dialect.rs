//! What a pattern means in ECMA-262, in the syntax of `regex-lite` or of `fancy-regex`.

/// White space and line ends.
const SPACE: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// All other characters.
const NO_SPACE: &str = concat!(
    r"\x00-\x08\x0e-\x1f!-\u{9f}\u{a1}-\u{167f}\u{1681}-\u{1fff}\u{200b}-\u{2027}\u{202a}-\u{202e}",
    r"\u{2030}-\u{205e}\u{2060}-\u{2fff}\u{3001}-\u{fefe}\u{ff00}-\u{10ffff}"
);

/// Any character.
const ANY: &str = r"[\x00-\u{10ffff}]";

/// Any character but a line end.
const DOT: &str = r"[^\n\r\u{2028}\u{2029}]";

const DIGIT: &str = "0-9";
const NO_DIGIT: &str = "[^0-9]";
const WORD: &str = "A-Za-z0-9_";
const NO_WORD: &str = "[^A-Za-z0-9_]";

/// Beginnings and ends of words, and everywhere else, for an engine whose own know the letters of Unicode.
const BOUNDARY: &str = r"(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))";
const NO_BOUNDARY: &str = r"(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))";

/// The engine that a pattern is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    /// Its `\d`, `\w` and `\b` are those of ECMA-262.
    Lite,
    /// Its `\d`, `\w` and `\b` know all of Unicode.
    Fancy,
}

/// Writes a pattern for an engine, so that it means what ECMA-262 says. Flags and classes such as
/// `[:alnum:]`, which ECMA-262 does not have, keep the meaning that they have elsewhere.
///
/// # Errors
///
/// A class, or a flag, means different things in different dialects.
pub(super) fn written(source: &str, engine: Engine) -> Result<String, String> {
    let mut text = String::with_capacity(source.len());
    let mut dot_is_all = false;
    let mut rest = source;
    while let Some((letter, after)) = split(rest) {
        rest = match letter {
            '\\' => escaped(after, false, engine, &mut text),
            '[' => class(after, engine, &mut text)?,
            _ => {
                match flags(rest) {
                    Some((flags, ')')) => dot_is_all |= flags.contains('s'),
                    Some((flags, _)) if flags.contains('s') => return Err(ambiguous("`(?s:`")),
                    _ => {}
                }
                match letter {
                    '.' if !dot_is_all => text.push_str(DOT),
                    _ => text.push(letter),
                }
                after
            }
        };
    }
    Ok(text)
}

fn split(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    Some((letters.next()?, letters.as_str()))
}

/// Returns the flags that are set at the beginning of a group, and what is behind them.
fn flags(text: &str) -> Option<(&str, char)> {
    let text = text.strip_prefix("(?")?;
    let end = text.find([')', ':'])?;
    let (flags, rest) = text.split_at(end);
    let are_flags = !flags.is_empty() && flags.chars().all(|flag| flag.is_ascii_alphabetic() || flag == '-');
    let set = flags.split('-').next().unwrap_or_default();
    are_flags.then_some((set, rest.chars().next()?))
}

/// Writes a class, whose bracket is read, and returns what follows it. One without an end is for the engine
/// to refuse.
fn class<'a>(source: &'a str, engine: Engine, text: &mut String) -> Result<&'a str, String> {
    // No other dialect reads it where no class ends later.
    if let Some(after) = source.strip_prefix("^]").filter(|after| !after.contains(']')) {
        text.push_str(ANY);
        return Ok(after);
    }
    text.push('[');
    let mut rest = source;
    if let Some(after) = rest.strip_prefix('^') {
        text.push('^');
        rest = after;
    }
    if rest.starts_with(']') {
        return Err(ambiguous("`]` at the beginning of a class"));
    }
    let mut has_bracket = false;
    while let Some((letter, after)) = split(rest) {
        rest = match letter {
            // It ends a class in a class, or a class with a bracket.
            ']' if has_bracket && after.starts_with(']') => return Err(ambiguous("`[` in a class")),
            ']' => {
                text.push(']');
                return Ok(after);
            }
            '\\' => escaped(after, true, engine, text),
            '&' | '-' | '~' if after.starts_with(letter) => {
                return Err(ambiguous(&format!("`{letter}{letter}` in a class")));
            }
            '[' => {
                if let Some((name, after)) = named_class(rest) {
                    text.push_str(name);
                    after
                } else {
                    has_bracket = true;
                    text.push_str(r"\[");
                    after
                }
            }
            _ => {
                text.push(letter);
                after
            }
        };
    }
    Ok(rest)
}

/// Returns `[:alnum:]`, if the text begins with such, and what follows it.
fn named_class(text: &str) -> Option<(&str, &str)> {
    let name = text.strip_prefix("[:")?.split_once(":]")?.0;
    name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '^').then_some(())?;
    text.split_at_checked(name.len() + 4)
}

fn ambiguous(what: &str) -> String {
    format!("{what} means different things in different dialects")
}

/// Writes what follows a backslash, and returns what is behind it.
fn escaped<'a>(source: &'a str, is_in_class: bool, engine: Engine, text: &mut String) -> &'a str {
    let Some((letter, rest)) = split(source) else {
        text.push('\\');
        return "";
    };
    let is_fancy = engine == Engine::Fancy;
    let (members, is_class) = match letter {
        's' => (SPACE, false),
        'S' => (NO_SPACE, false),
        'd' if is_fancy => (DIGIT, false),
        'w' if is_fancy => (WORD, false),
        'D' if is_fancy => (NO_DIGIT, true),
        'W' if is_fancy => (NO_WORD, true),
        'd' => (r"\d", true),
        'w' => (r"\w", true),
        'D' => (r"\D", true),
        'W' => (r"\W", true),
        _ => return escaped_letter(letter, rest, is_in_class, is_fancy, text),
    };
    if !is_in_class {
        let parts = if is_class { ["", members, ""] } else { ["[", members, "]"] };
        text.push_str(&parts.concat());
        return rest;
    }
    // No class begins or ends a range: the sign before or behind it is itself.
    if ends_with_hyphen(text) {
        text.pop();
        text.push_str(r"\-");
    }
    text.push_str(members);
    match rest.strip_prefix('-') {
        Some(after) if !after.starts_with(']') => {
            text.push_str(r"\-");
            after
        }
        _ => rest,
    }
}

/// Returns whether the last sign is a hyphen without a backslash of its own.
fn ends_with_hyphen(text: &str) -> bool {
    let backslashes = |before: &str| before.len() - before.trim_end_matches('\\').len();
    text.strip_suffix('-').is_some_and(|before| backslashes(before).is_multiple_of(2))
}

/// Writes what a backslash before a letter stands for, other than a class.
fn escaped_letter<'a>(
    letter: char,
    rest: &'a str,
    is_in_class: bool,
    is_fancy: bool,
    text: &mut String,
) -> &'a str {
    if letter == 'u'
        && let Some((character, rest)) = surrogates(rest)
    {
        text.push(character);
        return rest;
    }
    let next = rest.chars().next();
    match letter {
        'b' if is_in_class => text.push_str(r"\x08"),
        'b' if is_fancy => text.push_str(BOUNDARY),
        'B' if is_fancy => text.push_str(NO_BOUNDARY),
        // The beginning and the end of a word elsewhere.
        '<' | '>' => text.push(letter),
        '0' if !next.is_some_and(|next| next.is_ascii_digit()) => text.push_str(r"\x00"),
        'c' if next.is_some_and(|next| next.is_ascii_alphabetic()) => {
            let code = next.map_or(0, |letter| u32::from(letter) % 32);
            text.push_str(&hexadecimal(code));
            return rest.get(1..).unwrap_or_default();
        }
        _ => text.extend(['\\', letter]),
    }
    rest
}

/// Returns the character that is written as two halves, `\ud83d\ude00`, and what is behind them. The first
/// `\u` is read.
fn surrogates(text: &str) -> Option<(char, &str)> {
    let (high, rest) = text.split_at_checked(4)?;
    let (low, rest) = rest.strip_prefix(r"\u")?.split_at_checked(4)?;
    let half = |digits: &str| u16::from_str_radix(digits, 16).ok();
    let character = char::decode_utf16([half(high)?, half(low)?]).next()?.ok()?;
    (character.len_utf16() == 2).then_some((character, rest))
}

fn hexadecimal(code: u32) -> String {
    format!(r"\x{code:02x}")
}
