//! JSON Pointers (RFC 6901): where a finding or a schema is in the document.

use std::fmt;

/// Which part of the node at a pointer is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum NodePart {
    /// The key of the node (its value if it is an entry of a sequence or the root).
    Key,
    /// The node itself.
    #[default]
    Value,
}

/// The path from the root of a document to one of its nodes, as unescaped reference tokens.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// Returns the pointer to the whole document.
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// Creates a pointer from tokens that are not escaped.
    pub(crate) fn from_tokens(tokens: Vec<String>) -> Self {
        Self { tokens }
    }

    /// Reads `/a/b~1c` or the fragment `#/a/b~1c`; `None` when it is neither.
    ///
    /// Percent escapes are decoded in the fragment form only, as RFC 6901 section 6 asks.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (body, fragment) = match text.strip_prefix('#') {
            Some(rest) => (percent_decoded(rest)?, true),
            None => (text.to_owned(), false),
        };
        if body.is_empty() {
            return fragment.then(Self::root);
        }
        let tokens = body.strip_prefix('/')?.split('/').map(unescaped).collect();
        Some(Self { tokens })
    }

    /// Returns the pointer to a child: a key of a mapping or an index of a sequence.
    #[must_use]
    pub(crate) fn child(&self, token: impl fmt::Display) -> Self {
        let mut tokens = self.tokens.clone();
        tokens.push(token.to_string());
        Self { tokens }
    }

    /// Returns the pointer to the node around this one; `None` at the root.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (_, rest) = self.tokens.split_last()?;
        Some(Self { tokens: rest.to_vec() })
    }

    /// Returns the last token; `None` at the root.
    pub(crate) fn last(&self) -> Option<&str> {
        self.tokens.last().map(String::as_str)
    }

    /// Returns the tokens from the root down, unescaped.
    pub(crate) fn tokens(&self) -> &[String] {
        &self.tokens
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in &self.tokens {
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

/// The text of the pointer: a line, not a line for each token.
impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Returns the text without percent escapes; `None` if one is malformed.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn reads_both_forms_and_writes_the_plain_one() {
        let table = [
            ("", None),
            ("#", Some("")),
            ("#/a/b", Some("/a/b")),
            ("/paths/~1pets~1{id}", Some("/paths/~1pets~1{id}")),
            ("#/paths/~1pets~1%7Bid%7D", Some("/paths/~1pets~1{id}")),
            ("#/m~0n", Some("/m~0n")),
            ("#foo", None),
            ("other.yaml#/a", None),
            ("#/%zz", None),
        ];
        for (text, expected) in table {
            let got = Pointer::parse(text).map(|pointer| pointer.to_string());
            assert_eq!(got.as_deref(), expected, "{text}");
        }
    }
}
