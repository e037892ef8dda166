//! Every way to validate a body, held against each other.

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use serde::{Serialize, de::DeserializeOwned};
use specwright_runtime::{
    Violation, Violations,
    validate::{Validate, codes},
};

/// Which of the two requests a body is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Accounts,
    Transactions,
}

/// The code of a body that is no JSON.
pub(crate) const INVALID_JSON: &str = "invalidJson";

/// What a typed value can't say of the text that it was read from.
const ONLY_IN_TEXT: [&str; 3] =
    [codes::UNKNOWN_PROPERTY.name, codes::DUPLICATE_KEY.name, codes::UNUSUAL_INTEGER.name];

impl Kind {
    /// What is said of a body.
    pub(crate) fn raw(self, body: &[u8]) -> Violations {
        match self {
            Self::Accounts => CreateAccountList::validate_json(body),
            Self::Transactions => CreateTransactionList::validate_json(body),
        }
    }

    /// What is said of a body, if all ways to ask agree; otherwise how they differ.
    pub(crate) fn every_way(self, body: &[u8], undecodable: bool) -> Result<Violations, String> {
        match self {
            Self::Accounts => every_way::<CreateAccountList>(body, undecodable),
            Self::Transactions => every_way::<CreateTransactionList>(body, undecodable),
        }
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
    let raw = T::validate_json(body);
    decodes_unless_there_are_errors::<T>(body, &raw, undecodable)?;
    // serde skips what it does not know without a look at its bytes.
    let is_json = raw.with_code(INVALID_JSON).next().is_none();
    if let (true, Ok(value)) = (is_json, serde_json::from_slice::<T>(body)) {
        typed_says_the_same(&value, &raw)?;
    }
    Ok(raw)
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
        Err(told) if is_refused && told == *raw => Ok(()),
        Err(told) if is_refused => {
            Err(format!("decode_json tells another list:\n{:#?}\nthan validate_json", lines(&told)))
        }
        Err(told) if undecodable && told.with_code(codes::UNDECODABLE.name).count() == 1 => Ok(()),
        Err(told) => Err(format!("decode_json refuses without an error: {:#?}", lines(&told))),
    }
}

fn typed_says_the_same<T: Validate + Serialize>(value: &T, raw: &Violations) -> Result<(), String> {
    let typed = value.validate();
    let encoded = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    let again = T::validate_json(&encoded);
    if typed != again {
        let (typed, again) = (lines(&typed), lines(&again));
        return Err(format!("a typed value says:\n{typed:#?}\nand its JSON:\n{again:#?}"));
    }
    // Order is that of the text, and the type has its own; what else differs is listed.
    let mut of_text = lines(raw);
    of_text.retain(|line| !ONLY_IN_TEXT.contains(&line.split(' ').nth(1).unwrap_or_default()));
    let mut of_value = lines(&typed);
    of_text.sort_unstable();
    of_value.sort_unstable();
    if of_text == of_value {
        Ok(())
    } else {
        Err(format!("a typed value says:\n{of_value:#?}\nand the text it was read from:\n{of_text:#?}"))
    }
}
