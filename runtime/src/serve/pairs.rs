//! The pairs of a query, of cookies, or of a form.

use std::borrow::Cow;

use super::text::{Decoded, Encoding, decoded};

/// A name as it is meant, and a value as it is written.
pub(super) type Pair = (String, String);

/// Returns the pairs of a query or of a form.
pub(super) fn of_query(query: &str) -> Decoded<Vec<Pair>> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| named(pair, Encoding::Form)).collect()
}

/// Returns the pairs of a `Cookie` header.
pub(super) fn of_cookies(header: &str) -> Decoded<Vec<Pair>> {
    let pairs = header.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    pairs.map(|pair| named(pair, Encoding::Percent)).collect()
}

fn named(pair: &str, encoding: Encoding) -> Decoded<Pair> {
    let (name, value) = split_pair(pair);
    Ok((decoded(name, encoding)?.into_owned(), value.to_owned()))
}

pub(super) fn split_pair(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

/// Returns the texts of the pairs of a name; `None`: it is not UTF-8.
pub(super) fn texts(name: &str, pairs: &[Pair], encoding: Encoding) -> Vec<Option<String>> {
    let values = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
    values.map(|value| decoded(value, encoding).ok().map(Cow::into_owned)).collect()
}
