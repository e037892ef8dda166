//! The cases in `bodies`: for each exactly the expected list, in order, whichever way one asks.

use std::fmt::Write;

use specwright_runtime::Violation;

use super::{
    case::{Case, Expected, cases},
    check::{line, lines},
};

#[test]
fn every_case_gives_its_list() {
    let cases = cases();
    assert!(cases.len() >= 90, "only {} cases", cases.len());
    let failed: Vec<String> = cases.iter().filter_map(|case| fails(case).err()).collect();
    assert!(failed.is_empty(), "{} of {} cases:\n\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}

fn fails(case: &Case) -> Result<(), String> {
    let told = |what: String| format!("{}: {what}", case.name);
    let found = case.kind.every_way(&case.body, case.undecodable).map_err(told)?;
    let expected: Vec<&str> = case.expect.iter().map(|expected| expected.line.as_str()).collect();
    if lines(&found) != expected {
        return Err(told(difference(&expected, &lines(&found))));
    }
    for (violation, expected) in found.iter().zip(&case.expect) {
        differs(violation, expected).map_err(told)?;
    }
    Ok(())
}

fn difference(expected: &[&str], found: &[String]) -> String {
    let mut text = "expected, then found:".to_owned();
    for index in 0..expected.len().max(found.len()) {
        let expected = expected.get(index).copied().unwrap_or("-");
        let found = found.get(index).map_or("-", String::as_str);
        let mark = if expected == found { ' ' } else { '!' };
        let _ = write!(text, "\n{mark} {expected}\n{mark} {found}");
    }
    text
}

/// What the case says beyond code and path.
fn differs(violation: &Violation, expected: &Expected) -> Result<(), String> {
    let position = violation.position().map(|position| format!("{}:{}", position.line, position.column));
    let Some(position) = position else { return Err(format!("no position at {}", line(violation))) };
    let compare = |what: &str, expected: Option<&str>, found: &str| match expected {
        Some(expected) if expected != found => {
            Err(format!("{what} of {}: expected {expected:?}, found {found:?}", line(violation)))
        }
        _ => Ok(()),
    };
    compare("position", expected.at.as_deref(), &position)?;
    compare("message", expected.message.as_deref(), violation.message())?;
    compare("detail", expected.detail.as_deref(), violation.detail().unwrap_or_default())
}

/// Everything that can be seen of a finding is code, message, path and place.
#[test]
fn no_finding_shows_a_value() {
    for case in cases() {
        let found = case.kind.raw(&case.body);
        let shown = format!("{found} {found:?}");
        for secret in ["4111", "5555", "3782", "JANSEN", "Mila"] {
            assert!(!shown.contains(secret), "{}: {shown}", case.name);
        }
    }
}
