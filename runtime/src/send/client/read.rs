//! From the bytes of an answer to its type. Generated code names one of these functions for each answer.

use std::{error, fmt};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::Received;

/// Why an answer that should be a success is none, or can't be read as its type. It shows nothing of the
/// body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    what: &'static str,
    /// Line and column, from 1, where there are some.
    position: Option<(usize, usize)>,
}

/// Reads JSON.
///
/// # Errors
///
/// The body is not JSON, or is JSON of another shape.
pub fn json<T: DeserializeOwned>(answer: &Received) -> Result<T, Unreadable> {
    if answer.body().is_empty() {
        return Err(Unreadable::new("the body is empty"));
    }
    serde_json::from_slice(answer.body()).map_err(|error| Unreadable::json(&error))
}

/// Reads a JSON list, or a single item of it that stands there without the list.
///
/// # Errors
///
/// The body is not JSON, or is JSON of another shape.
pub fn one_or_many<T: DeserializeOwned>(answer: &Received) -> Result<Vec<T>, Unreadable> {
    json(answer).or_else(|error| json(answer).map(|one| vec![one]).map_err(|_| error))
}

/// Reads text in UTF-8.
///
/// # Errors
///
/// The body is not UTF-8.
pub fn text(answer: &Received) -> Result<String, Unreadable> {
    let wrong = Unreadable::new("the text is not UTF-8");
    std::str::from_utf8(answer.body()).map(str::to_owned).map_err(|_| wrong)
}

/// Returns the bytes as they are.
///
/// # Errors
///
/// None.
pub fn bytes(answer: &Received) -> Result<Bytes, Unreadable> {
    Ok(answer.body().clone())
}

/// Ignores the body.
///
/// # Errors
///
/// None.
pub fn nothing(_: &Received) -> Result<(), Unreadable> {
    Ok(())
}

/// Refuses an answer whose status is none of the successes that the definition declares.
///
/// # Errors
///
/// Always.
pub fn undeclared<T>(_: &Received) -> Result<T, Unreadable> {
    Err(Unreadable::UNDECLARED)
}

impl Unreadable {
    pub(crate) const UNDECLARED: Self =
        Self::new("the definition does not declare this status as a success of the operation");

    /// Creates an error of which `what` is the whole sentence.
    pub(crate) const fn new(what: &'static str) -> Self {
        Self { what, position: None }
    }

    fn json(error: &serde_json::Error) -> Self {
        use serde_json::error::Category;

        // The message of a wrong value repeats the value.
        let what = match error.classify() {
            Category::Eof => "the JSON of the body ends too early",
            Category::Syntax => "the body is not JSON",
            Category::Data => "a value of the body does not fit its type",
            Category::Io => "the body can't be read",
        };
        Self { what, position: (error.line() > 0).then(|| (error.line(), error.column())) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        match self.position {
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
            ("", "the body is empty"),
            ("[41", "the JSON of the body ends too early (line 1, column 3)"),
            ("<html>", "the body is not JSON (line 1, column 1)"),
            ("\"4111\"", "a value of the body does not fit its type (line 1, column 6)"),
        ] {
            assert_eq!(
                json::<Vec<u8>>(&answer(body)).map_err(|error| error.to_string()),
                Err(expected.to_owned())
            );
        }
    }
}
