//! Values that come as JSON.

use super::{Visit, Visitor};
use crate::{
    Json,
    validate::{
        cursor,
        engine::{object::Presence, raw, value::Value},
        table::Shape,
    },
};

impl Visit for Json {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.json(self.get());
    }
}

impl Visitor<'_> {
    /// A value as compact JSON, at the place where it stands.
    pub(super) fn json(&mut self, text: &str) {
        // Every part of the text has a key of its own, as in a body.
        let key = self.state.next;
        self.state.next += text.len() as u64 + 1;
        if self.state.fault.is_some() || self.state.differs {
            // Nothing counts any more, or what is found will be found again.
            return;
        }
        if let Err(fault) = cursor::skip(text.as_bytes(), 0, self.state.depth) {
            self.state.fault = Some(fault);
            return;
        }
        if text == "null" && !self.alone {
            self.presence = if self.schema.nullable { Presence::Null } else { Presence::Absent };
            return;
        }
        if self.state.agreeing && self.state.core.is_quick() {
            // What differs within would not be kept along with what was shown before.
            self.state.differs = true;
            return;
        }
        self.go();
        let (core, definition) = (&mut self.state.core, self.state.definition);
        if let Err(fault) = raw::run(core, self.schema, definition, text, key) {
            self.state.fault = Some(fault);
            return;
        }
        self.note_json(text, key);
    }

    /// Tells the object around of a scalar of the right type.
    fn note_json(&mut self, text: &str, key: u64) {
        if !self.watched {
            return;
        }
        let any = matches!(self.schema.shape, Shape::Any);
        match (text.as_bytes().first(), &self.schema.shape) {
            (Some(b'"'), Shape::Text(_) | Shape::Any) => {
                if let Ok(string) = serde_json::from_str::<String>(text) {
                    self.note(Value::Text(&string), key);
                }
            }
            (Some(b't'), Shape::Boolean | Shape::Any) => self.note(Value::Boolean(true), key),
            (Some(b'f'), Shape::Boolean | Shape::Any) => self.note(Value::Boolean(false), key),
            (Some(b'-' | b'0'..=b'9'), shape) if any || matches!(shape, Shape::Number(_)) => {
                self.note(Value::Number(text), key);
            }
            _ => {}
        }
    }
}
