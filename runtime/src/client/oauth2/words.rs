//! What may be shown of a service's words: little, and never a secret.

use std::time::Duration;

/// The longest code or word that is shown.
const LONGEST: usize = 48;
/// A secret that is shorter is looked for as a whole alone.
const SHORTEST: usize = 4;
/// From here on, a part of a secret says too much of it.
const LONGEST_PART: usize = 8;

/// A code or a word of an error that may be shown. What has other characters than those of such words is left out as a whole:
/// control characters could forge lines of a log, and prose could hold anything. So is what repeats a secret.
pub(super) fn presentable<'a>(word: &'a str, secrets: &[&str]) -> Option<&'a str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let fits = (1..=LONGEST).contains(&word.len()) && word.bytes().all(plain);
    (fits && !tells(word, secrets)).then_some(word)
}

/// Whether a text is one of the secrets, in capitals or not, or holds one, or is a part of one that would be too much to show.
/// A name of two letters, which may be in any word, counts as a whole alone.
pub(super) fn tells(text: &str, secrets: &[&str]) -> bool {
    let text = text.to_ascii_lowercase();
    let shown = |secret: &&str| {
        let secret = secret.to_ascii_lowercase();
        let holds = secret.len() >= SHORTEST && text.contains(&secret);
        let is_part = text.len() >= LONGEST_PART && secret.contains(&text);
        holds || is_part || (!secret.is_empty() && text == secret)
    };
    secrets.iter().any(shown)
}

/// A time as people say it: `2 min`, `12 s`, `54 ms`; never zero.
pub(super) fn rounded(time: Duration) -> String {
    match time.as_millis() {
        millis if millis < 1_000 => format!("{} ms", millis.max(1)),
        millis if millis < 120_000 => format!("{} s", (millis + 500) / 1_000),
        millis => format!("{} min", (millis + 30_000) / 60_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded() {
        for (nanos, text) in [
            (0, "1 ms"),
            (54_321_000, "54 ms"),
            (999_999_999, "999 ms"),
            (1_499_000_000, "1 s"),
            (60_000_000_000, "60 s"),
            (150_000_000_000, "3 min"),
        ] {
            assert_eq!(rounded(Duration::from_nanos(nanos)), text);
        }
    }

    #[test]
    fn words_are_shown_and_nothing_else() {
        let secrets = ["S3cret-Pass", "id", ""];
        for (word, shown) in [
            ("invalid_grant", true),
            ("108", true),
            ("a.b-c", true),
            ("", false),
            ("two words", false),
            ("line\nbreak", false),
            ("\u{1b}[31m", false),
            ("s3cret-pass", false),
            ("x-S3cret-Pass-x", false),
            ("cret-Pass", false),
            ("pass", true),
            ("ID", false),
            (&"a".repeat(49), false),
        ] {
            assert_eq!(presentable(word, &secrets).is_some(), shown, "{word:?}");
        }
    }
}
