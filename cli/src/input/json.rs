//! Whether a text is JSON that the validators and the service can read.

use concur_cards::models::CreateAccountList;
use concur_cards::runtime::validate::{Schema, codes};
use concur_cards::validators::INVALID_JSON;
use concur_cards::{Validate, Validation, Violation};

use super::{Position, Undecodable};

/// Anything that is JSON.
static ANY: Schema = Schema::any();

/// How deep a member of a body may be nested.
pub(super) const MEMBER_DEPTH: usize = 127 - 1;
/// How deep an item may be nested, which lies in a list, and that in a body.
pub(super) const ITEM_DEPTH: usize = 127 - 2;

/// Checks that the text of an item at a position is JSON, as the validators read it.
pub(super) fn check(text: &[u8], position: Position) -> Result<(), Undecodable> {
    check_to(ITEM_DEPTH, text, position)
}

/// Checks that a text at a position is JSON, as the validators read it, and nested so deep at most.
pub(super) fn check_to(max_depth: usize, text: &[u8], position: Position) -> Result<(), Undecodable> {
    let violations = Validation::new().body(&ANY, CreateAccountList::DEFINITION, text);
    if let Some(violation) = violations.errors().next() {
        return Err(undecodable(violation, text, position));
    }
    match too_deep(text, max_depth) {
        None => Ok(()),
        Some(offset) => Err(Undecodable {
            code: codes::TOO_DEEP.name,
            reason: format!("objects and lists are nested more than {max_depth} deep"),
            position: position.behind(&text[..offset]),
            text: text.to_owned(),
        }),
    }
}

fn undecodable(violation: &Violation, text: &[u8], position: Position) -> Undecodable {
    let code =
        if violation.code() == codes::TOO_DEEP.name { codes::TOO_DEEP.name } else { INVALID_JSON.name };
    let offset = violation.position().map_or(0, |position| position.offset).min(text.len());
    let reason = violation.detail().unwrap_or(violation.message()).to_owned();
    Undecodable { code, reason, position: position.behind(&text[..offset]), text: text.to_owned() }
}

/// Returns the offset of the first bracket of a JSON text that is nested too deep.
fn too_deep(text: &[u8], max_depth: usize) -> Option<usize> {
    let is_opening = |byte: &&u8| matches!(byte, b'{' | b'[');
    if text.iter().filter(is_opening).count() <= max_depth {
        return None;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' if depth == max_depth => return Some(offset),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(&'static str, String, u64, u64)> {
        let position = Position { offset: 100, line: 7, column: 3 };
        let error = check(text.as_bytes(), position).err()?;
        Some((error.code, error.reason, error.position.offset, error.position.column))
    }

    #[test]
    fn what_is_no_json_is_told_with_its_position() {
        for (text, reason, offset) in [
            ("", "the text ends too early", 0),
            ("{\"é\": tru}", "only true, false and null are written without quotes", 10),
            ("{} {}", "nothing may follow the value", 3),
            ("{}, {}", "nothing may follow the value", 2),
            ("{}], [{}", "nothing may follow the value", 2),
            ("[\"\\ud800\"]", "half of a surrogate pair stands alone", 2),
        ] {
            let (code, told, at, _) = told(text).unwrap();
            assert_eq!((code, told.as_str(), at), ("invalidJson", reason, 100 + offset), "{text}");
        }
        assert!(check(b"\"\xff\"", Position::START).is_err());
        for text in ["{}", "12", "null", " [1] ", "\"x\"", "{\"a\": [{\"b\": \"\\ud83d\\ude00\"}]}"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn an_item_is_no_deeper_than_its_body_allows() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(told(&nested(125)), None);
        for depth in [126, 127] {
            let (code, reason, at, _) = told(&nested(depth)).unwrap();
            assert_eq!((code, at), ("x-tooDeep", 100 + 125), "{depth}");
            assert_eq!(reason, "objects and lists are nested more than 125 deep");
        }
        assert_eq!(told(&nested(128)).unwrap().0, "x-tooDeep");
        // Neither brackets side by side nor brackets in a text are nested.
        assert_eq!(told(&format!("[{}[]]", "[],".repeat(200))), None);
        assert_eq!(told(&format!("[\"\\\"{}\"]", "[".repeat(200))), None);
    }
}
