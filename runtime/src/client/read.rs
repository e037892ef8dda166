//! From the bytes of an answer to its type. Generated code names one of these for each answer.

use std::{error, fmt};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::Received;

/// Why the body of an answer does not fit its type. It shows nothing of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    what: &'static str,
    /// Line and column, from 1, where there are some.
    place: Option<(usize, usize)>,
}

/// JSON.
///
/// # Errors
///
/// The body is no JSON, or JSON of another shape.
pub fn json<T: DeserializeOwned>(answer: &Received) -> Result<T, Unreadable> {
    serde_json::from_slice(answer.body()).map_err(|error| Unreadable::json(&error))
}

/// A JSON list, or the one item of it without the list around it.
///
/// # Errors
///
/// The body is no JSON, or JSON of another shape.
pub fn one_or_many<T: DeserializeOwned>(answer: &Received) -> Result<Vec<T>, Unreadable> {
    json(answer).or_else(|error| json(answer).map(|one| vec![one]).map_err(|_| error))
}

/// Text in UTF-8.
///
/// # Errors
///
/// The body is no UTF-8.
pub fn text(answer: &Received) -> Result<String, Unreadable> {
    let wrong = Unreadable { what: "the text is not UTF-8", place: None };
    std::str::from_utf8(answer.body()).map(str::to_owned).map_err(|_| wrong)
}

/// The bytes as they are.
///
/// # Errors
///
/// None.
pub fn bytes(answer: &Received) -> Result<Bytes, Unreadable> {
    Ok(answer.body().clone())
}

/// Whatever is there is ignored.
///
/// # Errors
///
/// None.
pub fn nothing(_: &Received) -> Result<(), Unreadable> {
    Ok(())
}

impl Unreadable {
    /// The body is readable, but does not hold what it should.
    pub(crate) const fn new(what: &'static str) -> Self {
        Self { what, place: None }
    }

    fn json(error: &serde_json::Error) -> Self {
        use serde_json::error::Category;

        // The message of a wrong value repeats the value.
        let what = match error.classify() {
            Category::Eof => "the JSON ends too early",
            Category::Syntax => "it is no JSON",
            Category::Data => "a value does not fit its type",
            Category::Io => "it can't be read",
        };
        Self { what, place: (error.line() > 0).then(|| (error.line(), error.column())) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        match self.place {
            Some((line, column)) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &'static str) -> Received {
        http::Response::new(Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn a_list_may_come_without_itself() {
        assert_eq!(one_or_many::<u8>(&answer("[1, 2]")), Ok(vec![1, 2]));
        assert_eq!(one_or_many::<u8>(&answer("1")), Ok(vec![1]));
        assert!(one_or_many::<u8>(&answer("[\"1\"]")).is_err());
    }

    #[test]
    fn what_cannot_be_read_is_not_shown() {
        for (body, expected) in [
            ("", "the JSON ends too early (line 1, column 0)"),
            ("[41", "the JSON ends too early (line 1, column 3)"),
            ("<html>", "it is no JSON (line 1, column 1)"),
            ("\"4111\"", "a value does not fit its type (line 1, column 6)"),
        ] {
            assert_eq!(
                json::<Vec<u8>>(&answer(body)).map_err(|error| error.to_string()),
                Err(expected.to_owned())
            );
        }
    }
}
