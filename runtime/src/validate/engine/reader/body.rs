//! A whole body, from bytes to violations.

use super::json_reader::read;
use crate::{
    validate::{
        definition::Definition,
        engine::{
            findings::FoundAll,
            positions::SourceText,
            report::{malformed, unreadable, violations_of},
            rule_engine::RuleEngine,
            text_cache::TextCache,
        },
        options::Validation,
        scanner::{self, SyntaxError, SyntaxErrorKind},
        table::Schema,
    },
    violations::Violations,
};

/// Returns every broken rule of a JSON body.
pub(crate) fn validate(
    options: &Validation,
    schema: &'static Schema,
    definition: &'static Definition,
    body: &[u8],
) -> Violations {
    match findings(schema, definition, options, body) {
        Ok(findings) => violations_of(findings, options, Some(SourceText::body(body))),
        Err(error) => malformed(error, definition, body),
    }
}

/// Returns what [`validate`] returns, without positions: for a text that the caller never sees.
pub(crate) fn validate_without_positions(
    options: &Validation,
    schema: &'static Schema,
    definition: &'static Definition,
    body: &[u8],
) -> Violations {
    match findings(schema, definition, options, body) {
        Ok(findings) => violations_of(findings, options, None),
        Err(error) => [unreadable(error.kind, definition)].into_iter().collect(),
    }
}

fn findings(
    schema: &'static Schema,
    definition: &Definition,
    options: &Validation,
    body: &[u8],
) -> Result<FoundAll, SyntaxError> {
    let Ok(text) = std::str::from_utf8(body) else { return Err(not_utf8(body)) };
    let mut engine = RuleEngine::comparing_only(definition, options);
    read_whole(&mut engine, schema, text)?;
    let mut most = options.most();
    while engine.findings.hide_errors() {
        most = most.saturating_mul(16);
        engine = RuleEngine::comparing_only(definition, &options.clone().limit(most));
        read_whole(&mut engine, schema, text)?;
    }
    Ok(engine.findings.take())
}

/// Checks a text that is one JSON value.
fn read_whole(engine: &mut RuleEngine, schema: &'static Schema, text: &str) -> Result<(), SyntaxError> {
    let end = scanner::space(text.as_bytes(), read(engine, &mut TextCache::default(), schema, text, 0)?);
    if end < text.len() {
        return Err(scanner::syntax_error(text.as_bytes(), end, SyntaxErrorKind::Trailing));
    }
    Ok(())
}

/// Returns the first error of a body that is not UTF-8: an error of syntax before the first wrong byte comes
/// first.
#[cold]
fn not_utf8(body: &[u8]) -> SyntaxError {
    let valid = std::str::from_utf8(body).map_or_else(|error| error.valid_up_to(), str::len);
    let text = body.get(..valid).unwrap_or_default();
    let start = scanner::space(text, 0);
    match scanner::skip(text, start, 0) {
        Ok(end) if scanner::space(text, end) < valid => {
            SyntaxError { offset: scanner::space(text, end), kind: SyntaxErrorKind::Trailing }
        }
        Err(error) if error.kind != SyntaxErrorKind::End => error,
        _ => SyntaxError { offset: valid, kind: SyntaxErrorKind::Utf8 },
    }
}
