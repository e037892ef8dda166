//! Arrays of a JSON text.

use super::{Place, Raw};
use crate::validate::{
    Array, Schema,
    cursor::{self, Reason},
    engine::{array::Rows, value},
    table::Shape,
};

impl Raw<'_, '_> {
    pub(super) fn array(&mut self, array: &'static Array, start: usize) -> Place {
        self.enter(start)?;
        let mut rows = self.core.begin_array(array, self.key(start));
        let mut at = cursor::space(self.bytes, start + 1);
        if self.bytes.get(at) == Some(&b']') {
            at += 1;
        } else {
            loop {
                at = self.row(array, &mut rows, at)?;
                at = cursor::space(self.bytes, at);
                match self.bytes.get(at) {
                    Some(b',') => at = cursor::space(self.bytes, at + 1),
                    Some(b']') => break at += 1,
                    _ => return Err(self.fault(at, Reason::CommaOrBracket)),
                }
            }
        }
        self.core.end_array(rows);
        self.depth -= 1;
        Ok(at)
    }

    #[inline]
    fn row(&mut self, array: &'static Array, rows: &mut Rows, at: usize) -> Place {
        self.core.begin_item(rows);
        let end = match array.items {
            Some(Schema { shape: Shape::Object(object), plain: true, .. })
                if self.bytes.get(at) == Some(&b'{') =>
            {
                self.object(object, at)?
            }
            Some(schema) => self.item(schema, at)?,
            None => self.skip(at)?,
        };
        if array.unique.is_some() {
            let mut encoded = Vec::new();
            value::encode_json(self.text, at, &mut encoded);
            let key = self.key(at);
            self.core.item_value(rows, &encoded, key);
        }
        self.core.end_item(rows);
        Ok(end)
    }
}
