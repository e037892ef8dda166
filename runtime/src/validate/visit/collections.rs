//! What holds other values.

use std::collections::BTreeMap;

use super::{Visit, Visitor};
use crate::validate::{
    Array, Schema,
    engine::{array::Rows, value::encode_json},
    table::Shape,
};

impl<T: Visit + ?Sized> Visit for &T {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        (**self).visit(visitor);
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        (**self).keeps(schema)
    }

    #[inline]
    fn as_text(&self) -> Option<&str> {
        (**self).as_text()
    }
}

impl<T: Visit + ?Sized> Visit for Box<T> {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        (**self).visit(visitor);
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        (**self).keeps(schema)
    }

    #[inline]
    fn as_text(&self) -> Option<&str> {
        (**self).as_text()
    }
}

/// `None` is `null`. What is left out when it is `None` is a matter of [`Fields::optional`](super::Fields::optional).
impl<T: Visit> Visit for Option<T> {
    #[inline]
    fn visit(&self, visitor: &mut Visitor<'_>) {
        match self {
            Some(value) => value.visit(visitor),
            None => visitor.null(),
        }
    }

    #[inline]
    fn keeps(&self, schema: &'static Schema) -> bool {
        self.as_ref().is_some_and(|value| value.keeps(schema))
    }
}

impl<T: Visit> Visit for Vec<T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.items(self);
    }
}

impl<T: Visit> Visit for [T] {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        visitor.items(self);
    }
}

impl<T: Visit> Visit for BTreeMap<String, T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let mut fields = visitor.object();
        fields.rest(self);
        fields.end();
    }
}

impl Visitor<'_> {
    /// An array.
    fn items<T: Visit>(&mut self, items: &[T]) {
        let key = self.key();
        if !self.enter() {
            return;
        }
        if let Shape::Array(array) = &self.schema.shape {
            let mut rows = self.state.core.begin_array(array, key);
            for item in items {
                self.item(array, &mut rows, item);
            }
            self.state.core.end_array(rows);
        } else {
            self.wrong_type("a list", key);
            for item in items {
                Visitor::of_item(self.state, Self::any()).show(item);
            }
        }
        self.state.depth -= 1;
    }

    #[inline]
    fn item<T: Visit>(&mut self, array: &'static Array, rows: &mut Rows, item: &T) {
        self.state.core.begin_item(rows);
        let key = self.state.next;
        let schema = array.items.unwrap_or(Self::any());
        if !item.keeps(schema) {
            Visitor::of_item(self.state, schema).show(item);
        }
        if array.unique.is_some() {
            self.differs(rows, item, key);
        }
        self.state.core.end_item(rows);
    }

    /// Compares an item with those before it, as JSON.
    fn differs<T: Visit>(&mut self, rows: &Rows, item: &T, key: u64) {
        // What is no JSON was reported when the item was shown.
        if self.state.fault.is_none()
            && let Ok(text) = serde_json::to_string(item)
        {
            let mut encoded = Vec::new();
            encode_json(&text, 0, &mut encoded);
            self.state.core.item_value(rows, &encoded, key);
        }
    }
}
