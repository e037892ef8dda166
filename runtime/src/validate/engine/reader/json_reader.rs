//! The reader: values, arrays, strings and numbers. Objects and values that are read again have files of
//! their own.

use super::{budget::RereadBudget, input::Input};
use crate::validate::{
    engine::{
        encoding::encode_json,
        frame::{ArrayFrame, ObjectFrame, Restart},
        json_type::{name_of_first_byte, report_wrong_type},
        rule_engine::{RuleEngine, Snapshot},
        scalars::{check_number, check_text},
        text_cache::TextCache,
    },
    scanner::{self, SyntaxError, SyntaxErrorKind},
    table::{Array, Number, Schema, SchemaType, Text},
};

/// The text can't be read further. The reader knows why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Halted;

/// Why the text can't be read further.
#[derive(Debug, Clone, Copy)]
pub(super) enum HaltReason {
    Syntax(SyntaxError),
    Restart(Restart),
}

/// The offset of a value's end.
pub(super) type EndOffset = Result<usize, Halted>;

/// One reading of a text.
///
/// It is one object, because the text, the engine and the depth are read or changed by every value, in the
/// hot path. What needs less is a function of the text ([`Input`]) or of a part of the engine.
#[derive(Debug)]
pub(crate) struct JsonReader<'a, 'e> {
    pub(super) input: Input<'a>,
    pub(super) engine: &'e mut RuleEngine,
    /// How many containers are open around the value at hand.
    pub(super) depth: u8,
    /// Why the text can't be read further.
    pub(super) halt: Option<HaltReason>,
    /// The frames of the objects that the fast path has open and that need one.
    pub(super) frames: Vec<ObjectFrame>,
    /// The text of a string with escapes.
    pub(super) unescaped: String,
    /// Short strings that passed.
    pub(super) passed_texts: &'e mut TextCache,
    /// How much may be read again.
    pub(super) budget: RereadBudget,
}

/// Checks the JSON value at the beginning of a text against a schema, and returns the offset of its end. What
/// follows is not read as JSON.
///
/// Findings go into the engine, with its path before them. `first_sort_key` is that of the text's first byte.
pub(crate) fn read(
    engine: &mut RuleEngine,
    passed_texts: &mut TextCache,
    schema: &'static Schema,
    text: &str,
    first_sort_key: u64,
) -> Result<usize, SyntaxError> {
    let snapshot = engine.snapshot();
    let input = Input::new(text, first_sort_key);
    match JsonReader::new(engine, passed_texts, input).first_value(schema) {
        Ok(end) => Ok(end),
        Err(HaltReason::Syntax(error)) => Err(error),
        Err(HaltReason::Restart(_)) => read_with_repeats(engine, passed_texts, snapshot, schema, input),
    }
}

/// Reads a text again, with an engine that allows repeated names and keeps every value.
#[cold]
fn read_with_repeats(
    engine: &mut RuleEngine,
    passed_texts: &mut TextCache,
    snapshot: Snapshot,
    schema: &'static Schema,
    input: Input<'_>,
) -> Result<usize, SyntaxError> {
    engine.restore(snapshot);
    engine.references.forget_item(0);
    let (allowed, compared) = (engine.set_allow_repeats(true), engine.set_compare_only(false));
    let read = JsonReader::new(engine, passed_texts, input).first_value(schema);
    engine.set_allow_repeats(allowed);
    engine.set_compare_only(compared);
    match read {
        Err(HaltReason::Syntax(error)) => Err(error),
        // Nothing asks for a restart of an engine like that.
        Err(HaltReason::Restart(_)) => Ok(input.bytes.len()),
        Ok(end) => Ok(end),
    }
}

impl<'a, 'e> JsonReader<'a, 'e> {
    fn new(engine: &'e mut RuleEngine, passed_texts: &'e mut TextCache, input: Input<'a>) -> Self {
        Self {
            input,
            engine,
            depth: 0,
            halt: None,
            frames: Vec::new(),
            unescaped: String::new(),
            passed_texts,
            budget: RereadBudget::default(),
        }
    }

    fn first_value(mut self, schema: &'static Schema) -> Result<usize, HaltReason> {
        let start = scanner::space(self.input.bytes, 0);
        let Ok(end) = self.item(schema, start) else {
            return Err(self.halt.unwrap_or(HaltReason::Restart(Restart::RepeatedName)));
        };
        self.report_too_complex();
        Ok(end)
    }

    /// Reads a value that may be `null` and is no property: the body, an item, a member that the table does
    /// not have.
    #[inline]
    pub(super) fn item(&mut self, schema: &'static Schema, offset: usize) -> EndOffset {
        if self.input.bytes.get(offset) != Some(&b'n') {
            return self.value(schema, offset);
        }
        let end = self.null(offset)?;
        if schema.other_types {
            return self.beyond_type(schema, offset, end);
        }
        if !schema.nullable {
            if matches!(schema.ty, SchemaType::Any) {
                return self.beyond_type(schema, offset, end);
            }
            report_wrong_type(schema, "null", self.input.sort_key(offset), &mut self.engine.findings);
        }
        Ok(end)
    }

    /// Reads a value that is not `null`.
    #[inline]
    pub(super) fn value(&mut self, schema: &'static Schema, offset: usize) -> EndOffset {
        let first = self.input.bytes.get(offset).copied().unwrap_or_default();
        let end = match (&schema.ty, first) {
            (SchemaType::Text(table), b'"') => self.string(table, offset)?,
            (SchemaType::Object(object), b'{') => self.object(object, offset)?,
            (SchemaType::Number(table), b'-' | b'0'..=b'9') => self.number(table, offset)?,
            (SchemaType::Array(array), b'[') => self.array(array, offset)?,
            (SchemaType::Boolean, b't' | b'f') | (SchemaType::Any, _) => self.skip(offset)?,
            _ => return self.wrong_type(schema, offset),
        };
        if schema.only_type { Ok(end) } else { self.beyond_type(schema, offset, end) }
    }

    #[cold]
    fn wrong_type(&mut self, schema: &'static Schema, offset: usize) -> EndOffset {
        let end = self.skip(offset)?;
        if schema.other_types {
            return if schema.only_type { Ok(end) } else { self.beyond_type(schema, offset, end) };
        }
        let found = name_of_first_byte(self.input.bytes.get(offset).copied().unwrap_or_default());
        report_wrong_type(schema, found, self.input.sort_key(offset), &mut self.engine.findings);
        Ok(end)
    }

    pub(super) fn array(&mut self, array: &'static Array, start: usize) -> EndOffset {
        self.enter(start)?;
        let bytes = self.input.bytes;
        let mut frame = self.engine.begin_array(array, self.input.sort_key(start));
        let mut at = scanner::space(bytes, start + 1);
        if bytes.get(at) == Some(&b']') {
            at += 1;
        } else {
            loop {
                at = self.array_item(array, &mut frame, at)?;
                at = scanner::space(bytes, at);
                match bytes.get(at) {
                    Some(b',') => at = scanner::space(bytes, at + 1),
                    Some(b']') => break at += 1,
                    _ => return Err(self.syntax_error(at, SyntaxErrorKind::CommaOrBracket)),
                }
            }
        }
        self.engine.end_array(frame);
        self.depth -= 1;
        Ok(at)
    }

    #[inline]
    fn array_item(&mut self, array: &'static Array, frame: &mut ArrayFrame, offset: usize) -> EndOffset {
        if self.engine.pass_surplus_item(frame) {
            return self.skip(offset);
        }
        self.engine.begin_item(frame);
        let end = match array.items {
            Some(Schema { ty: SchemaType::Object(object), only_type: true, .. })
                if self.input.bytes.get(offset) == Some(&b'{') =>
            {
                self.object(object, offset)?
            }
            Some(schema) => self.item(schema, offset)?,
            None => self.skip(offset)?,
        };
        if array.unique.is_some() {
            let mut encoded = Vec::new();
            encode_json(self.input.text, offset, &mut encoded);
            self.engine.item_value(frame, &encoded, self.input.sort_key(offset));
        }
        self.engine.end_item(frame);
        Ok(end)
    }

    #[inline]
    fn string(&mut self, table: &'static Text, offset: usize) -> EndOffset {
        let scanned = scanner::string(self.input.bytes, offset + 1).map_err(|error| self.halt_at(error))?;
        let mut text = self.input.span(offset + 1, scanned.end);
        if scanned.escaped {
            self.unescaped.clear();
            scanner::unescape(text, &mut self.unescaped);
            text = &self.unescaped;
        }
        check_text(table, text, self.input.sort_key(offset), &mut self.engine.findings);
        Ok(scanned.end + 1)
    }

    #[inline]
    fn number(&mut self, table: &'static Number, offset: usize) -> EndOffset {
        let end = scanner::number(self.input.bytes, offset).map_err(|error| self.halt_at(error))?;
        let text = self.input.span(offset, end);
        check_number(table, text, self.input.sort_key(offset), &mut self.engine.findings);
        Ok(end)
    }

    pub(super) fn null(&mut self, offset: usize) -> EndOffset {
        scanner::literal(self.input.bytes, offset, b"null").map_err(|error| self.halt_at(error))
    }

    pub(super) fn skip(&mut self, offset: usize) -> EndOffset {
        scanner::skip(self.input.bytes, offset, self.depth).map_err(|error| self.halt_at(error))
    }

    /// Opens a container.
    #[inline]
    pub(super) fn enter(&mut self, offset: usize) -> Result<(), Halted> {
        if self.depth >= scanner::MAX_DEPTH {
            return Err(self.syntax_error(offset, SyntaxErrorKind::TooDeep));
        }
        self.depth += 1;
        Ok(())
    }

    #[cold]
    pub(super) fn halt_at(&mut self, error: SyntaxError) -> Halted {
        self.halt = Some(HaltReason::Syntax(error));
        Halted
    }

    #[cold]
    pub(super) fn restart(&mut self, restart: Restart) -> Halted {
        self.halt = Some(HaltReason::Restart(restart));
        Halted
    }

    #[cold]
    pub(super) fn syntax_error(&mut self, offset: usize, kind: SyntaxErrorKind) -> Halted {
        self.halt_at(scanner::syntax_error(self.input.bytes, offset, kind))
    }
}
