//! What may be shown of a service's words: little, and never a secret.

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
            assert_eq!(presentable(word, &secrets).is_some(), shown, "{word:?}");
        }
    }
}
