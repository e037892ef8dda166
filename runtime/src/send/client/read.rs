//! Readers of response bodies. Generated code names one of these functions for each response.

use std::{error, fmt};

use bytes::Bytes;
use http::header;
use serde::de::DeserializeOwned;

use super::RawResponse;
use crate::{
    values::exact::{Exact, ExactNumbers},
    wire::MediaBody,
};

/// Why a response that should be a success is not one, or can't be read as its type. It shows nothing of the
/// body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    what: &'static str,
    /// Line and column, from 1, where there are some.
    position: Option<(usize, usize)>,
}

/// Reads the body of a success. Generated code names a function of this module.
pub type ReadResponse<T> = fn(&RawResponse) -> Result<T, ReadError>;

/// Reads a response that is not a success, and returns `None` if the definition does not describe it.
pub type ReadFailure<F> = fn(&RawResponse) -> Option<F>;

/// Reads JSON.
///
/// # Errors
///
/// Returns an error if the body is not JSON, or does not fit the type.
pub fn json<T: DeserializeOwned>(response: &RawResponse) -> Result<T, ReadError> {
    if response.body().is_empty() {
        return Err(ReadError::new("the body is empty"));
    }
    serde_json::from_slice(response.body()).map_err(|error| ReadError::json(&error))
}

/// Reads JSON that is made of numbers alone, each as it is.
///
/// # Errors
///
/// Returns an error if the body is not JSON, or does not fit the type.
pub fn exact_json<T: for<'de> ExactNumbers<'de>>(response: &RawResponse) -> Result<T, ReadError> {
    json(response).map(|Exact(body)| body)
}

/// Reads a JSON list, or a single item without a list around it.
///
/// # Errors
///
/// Returns an error if the body is not JSON, or does not fit the type.
pub fn one_or_many<T: DeserializeOwned>(response: &RawResponse) -> Result<Vec<T>, ReadError> {
    json(response).or_else(|error| json(response).map(|one| vec![one]).map_err(|_| error))
}

/// Reads text in UTF-8.
///
/// # Errors
///
/// Returns an error if the body is not UTF-8.
pub fn text(response: &RawResponse) -> Result<String, ReadError> {
    let wrong = ReadError::new("the text is not UTF-8");
    std::str::from_utf8(response.body()).map(str::to_owned).map_err(|_| wrong)
}

/// Returns the bytes as they are.
///
/// # Errors
///
/// None.
pub fn bytes(response: &RawResponse) -> Result<Bytes, ReadError> {
    Ok(response.body().clone())
}

/// Returns the bytes as they are, with the media type that the response states.
///
/// # Errors
///
/// None.
pub fn media(response: &RawResponse) -> Result<MediaBody, ReadError> {
    let stated = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    Ok(MediaBody::received(stated, response.body().clone()))
}

/// Ignores the body.
///
/// # Errors
///
/// None.
pub fn nothing(_: &RawResponse) -> Result<(), ReadError> {
    Ok(())
}

/// Returns the error of a response whose status the definition does not declare as a success.
///
/// # Errors
///
/// Always.
pub fn undeclared<T>(_: &RawResponse) -> Result<T, ReadError> {
    Err(ReadError::UNDECLARED)
}

impl ReadError {
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

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        match self.position {
            Some((line, column)) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl error::Error for ReadError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &'static str) -> RawResponse {
        http::Response::new(Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn a_list_may_come_without_itself() {
        assert_eq!(one_or_many::<u8>(&response("[1, 2]")), Ok(vec![1, 2]));
        assert_eq!(one_or_many::<u8>(&response("1")), Ok(vec![1]));
        assert!(one_or_many::<u8>(&response("[\"1\"]")).is_err());
    }

    #[test]
    fn numbers_are_what_they_are() {
        assert_eq!(exact_json::<Vec<i64>>(&response("[1.0, -0, 2e1]")), Ok(vec![1, 0, 20]));
        assert!(exact_json::<Option<f64>>(&response("9007199254740993")).is_err());
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
                json::<Vec<u8>>(&response(body)).map_err(|error| error.to_string()),
                Err(expected.to_owned())
            );
        }
    }
}
