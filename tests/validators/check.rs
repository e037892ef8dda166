//! Every way to validate a body, held against each other.

use std::io::{self, Read};

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use serde::{Serialize, de::DeserializeOwned};
use specwright_runtime::{
    Violation, Violations,
    validate::{Validate, Validation, codes},
};

/// Which of the two requests a body is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Accounts,
    Transactions,
}

/// The code of a body that is no JSON.
pub(crate) const INVALID_JSON: &str = "invalidJson";

/// The codes of a body that is not read to its end.
pub(crate) const NOT_READ: [&str; 2] = [INVALID_JSON, codes::TOO_DEEP.name];

/// What a typed value can't say of the text that it was read from.
const ONLY_IN_TEXT: [&str; 2] = [codes::UNKNOWN_PROPERTY.name, codes::DUPLICATE_KEY.name];

/// Options that leave nothing out.
fn all() -> Validation {
    Validation::new().limit(usize::MAX)
}

impl Kind {
    /// What is said of a body.
    pub(crate) fn raw(self, body: &[u8]) -> Violations {
        match self {
            Self::Accounts => all().json::<CreateAccountList>(body),
            Self::Transactions => all().json::<CreateTransactionList>(body),
        }
    }

    /// What is said of a body, if all ways to ask agree; otherwise how they differ.
    pub(crate) fn every_way(self, body: &[u8], undecodable: bool) -> Result<Violations, String> {
        match self {
            Self::Accounts => every_way::<CreateAccountList>(body, undecodable),
            Self::Transactions => every_way::<CreateTransactionList>(body, undecodable),
        }
    }

    /// What is said of a body, if a stream and the typed value say the same; otherwise how they differ.
    pub(crate) fn raw_stream_and_typed(self, body: &[u8]) -> Result<Violations, String> {
        let raw = self.raw(body);
        match self {
            Self::Accounts => stream_and_typed_say_the_same::<CreateAccountList>(body, &raw),
            Self::Transactions => stream_and_typed_say_the_same::<CreateTransactionList>(body, &raw),
        }?;
        Ok(raw)
    }
}

/// `error invalidEnum accounts[0].accountType`
pub(crate) fn line(violation: &Violation) -> String {
    let line = format!("{} {} {}", violation.severity(), violation.code(), violation.data_path());
    line.trim_end().to_owned()
}

pub(crate) fn lines(violations: &Violations) -> Vec<String> {
    violations.iter().map(line).collect()
}

fn every_way<T>(body: &[u8], undecodable: bool) -> Result<Violations, String>
where
    T: Validate + Serialize + DeserializeOwned,
{
    let raw = all().json::<T>(body);
    decodes_unless_there_are_errors::<T>(body, &raw, undecodable)?;
    stream_and_typed_say_the_same::<T>(body, &raw)?;
    Ok(raw)
}

fn stream_and_typed_say_the_same<T>(body: &[u8], raw: &Violations) -> Result<(), String>
where
    T: Validate + Serialize + DeserializeOwned,
{
    a_stream_says_the_same::<T>(body, raw)?;
    typed_says_the_same_of::<T>(body, raw)
}

/// The same findings at the same places, in an order of its own. What a stream has said it can't take back:
/// where a body is no JSON that is its last word, and of a list that is given twice both are read.
fn a_stream_says_the_same<T: Validate>(body: &[u8], raw: &Violations) -> Result<(), String> {
    // Items that are cut, and items with others behind them.
    [1 + body.len() % 97, body.len().max(1)]
        .into_iter()
        .try_for_each(|count| a_stream_of_chunks_says_the_same::<T>(body, count, raw))
}

fn a_stream_of_chunks_says_the_same<T: Validate>(
    body: &[u8],
    count: usize,
    raw: &Violations,
) -> Result<(), String> {
    let mut found = Vec::new();
    let few = Few { bytes: body, count };
    let read = all().reader::<T>(few, |violation| found.push(violation));
    let tally = read.map_err(|error| error.to_string())?;
    let told = |violation: &Violation| format!("{} {:?}", line(violation), violation.position());
    let (mut streamed, mut of_text): (Vec<String>, Vec<String>) =
        (found.iter().map(told).collect(), raw.iter().map(told).collect());
    if NOT_READ.into_iter().any(|code| raw.with_code(code).next().is_some()) {
        streamed.drain(..streamed.len().saturating_sub(1));
    } else if raw.with_code(codes::DUPLICATE_KEY).any(|violation| !violation.data_path().contains('.')) {
        return Ok(());
    } else if tally.bytes != body.len() as u64 {
        return Err(format!("{} bytes of {} were read", tally.bytes, body.len()));
    }
    streamed.sort_unstable();
    of_text.sort_unstable();
    if streamed == of_text {
        Ok(())
    } else {
        Err(format!("a stream says:\n{streamed:#?}\nand the whole body:\n{of_text:#?}"))
    }
}

/// A stream that gives out so many bytes at a time.
struct Few<'a> {
    bytes: &'a [u8],
    count: usize,
}

impl Read for Few<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.count.min(to.len());
        self.bytes.read(to.get_mut(..count).unwrap_or_default())
    }
}

fn decodes_unless_there_are_errors<T: Validate + DeserializeOwned>(
    body: &[u8],
    raw: &Violations,
    undecodable: bool,
) -> Result<(), String> {
    let is_refused = raw.errors().next().is_some();
    match T::decode_json(body) {
        Ok(_) if is_refused => Err("decode_json gives a value in spite of errors".to_owned()),
        Ok(_) if undecodable => Err("decode_json gives a value of an undecodable body".to_owned()),
        Ok(_) => Ok(()),
        Err(told) if is_refused && (told == *raw || told.left_out() > 0) => Ok(()),
        Err(told) if is_refused => {
            Err(format!("decode_json tells another list:\n{:#?}\nthan validate_json", lines(&told)))
        }
        Err(told) if undecodable && told.with_code(codes::UNDECODABLE.name).count() == 1 => Ok(()),
        Err(told) => Err(format!("decode_json refuses without an error: {:#?}", lines(&told))),
    }
}

fn typed_says_the_same_of<T>(body: &[u8], raw: &Violations) -> Result<(), String>
where
    T: Validate + Serialize + DeserializeOwned,
{
    // serde skips what it does not know without a look at its bytes, and takes an array for an object's
    // members.
    let has = |code| raw.with_code(code).next().is_some();
    let is_comparable = !NOT_READ.into_iter().chain([codes::INVALID_TYPE.name]).any(has)
        && !body.windows(3).any(is_small_letter_of_time);
    match serde_json::from_slice::<T>(body) {
        Ok(value) if is_comparable => typed_says_the_same(&value, raw),
        _ => Ok(()),
    }
}

/// Returns whether the second byte is a `t` or `z` of a timestamp, which types write as capital letters.
fn is_small_letter_of_time(bytes: &[u8]) -> bool {
    matches!(bytes, [b'0'..=b'9', b't' | b'z', b'0'..=b'9' | b'"'])
}

fn typed_says_the_same<T: Validate + Serialize>(value: &T, raw: &Violations) -> Result<(), String> {
    let typed = all().value(value);
    let encoded = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    let again = all().json::<T>(&encoded);
    if typed != again {
        let (typed, again) = (lines(&typed), lines(&again));
        return Err(format!("a typed value says:\n{typed:#?}\nand its JSON:\n{again:#?}"));
    }
    // Order is that of the text, and the type has its own; what else differs is listed.
    let mut of_text = lines(raw);
    let unknown: Vec<&str> = raw.with_code(codes::UNKNOWN_PROPERTY.name).map(Violation::data_path).collect();
    of_text.retain(|line| {
        let (code, path) =
            line.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).unwrap_or_default();
        !ONLY_IN_TEXT.contains(&code) && !unknown.iter().any(|name| path.starts_with(name))
    });
    let mut of_value = lines(&typed);
    of_text.sort_unstable();
    of_value.sort_unstable();
    if of_text == of_value {
        Ok(())
    } else {
        Err(format!("a typed value says:\n{of_value:#?}\nand the text it was read from:\n{of_text:#?}"))
    }
}
