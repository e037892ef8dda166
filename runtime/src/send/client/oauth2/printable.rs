//! What an error may show of a service's text, without revealing a secret.

/// The maximum length of an error code that is shown.
const LONGEST: usize = 48;
/// A secret that is shorter is only searched for as a whole.
const SHORTEST: usize = 4;
/// From this length on, a part of a secret reveals too much of it.
const LONGEST_PART: usize = 8;

/// Returns an error code if it may be shown. One with other characters than those of codes is left out as a
/// whole: control characters could forge lines of a log, and prose could contain anything. So is one that
/// repeats a secret.
pub(super) fn printable<'a>(word: &'a str, secrets: &[&str]) -> Option<&'a str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let fits = (1..=LONGEST).contains(&word.len()) && word.bytes().all(plain);
    (fits && !reveals(word, secrets)).then_some(word)
}

/// Returns true if a text is one of the secrets in any case, contains one, or is a considerable part of one.
/// A secret of a few letters, which may be part of any word, only counts as a whole.
pub(super) fn reveals(text: &str, secrets: &[&str]) -> bool {
    let text = text.to_ascii_lowercase();
    let shown = |secret: &&str| {
        let secret = secret.to_ascii_lowercase();
        let holds = secret.len() >= SHORTEST && text.contains(&secret);
        let is_part = text.len() >= LONGEST_PART && secret.contains(&text);
        holds || is_part || (!secret.is_empty() && text == secret)
    };
    secrets.iter().any(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(printable(word, &secrets).is_some(), shown, "{word:?}");
        }
    }
}
