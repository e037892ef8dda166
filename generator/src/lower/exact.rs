//! Limits and enum values whose digits a binary float can't hold get the digits of the document.

use crate::api::{Schemas, Shape};
use crate::document::Document;

/// Replaces the numbers for which the document has further digits.
pub(super) fn restore_digits(document: &Document, schemas: &mut Schemas) {
    if !document.has_exact_numbers() {
        return;
    }
    for schema in &mut schemas.0 {
        let at = schema.at.clone();
        if let Shape::Integer(number) | Shape::Number(number) = &mut schema.shape {
            let minimum = number.minimum.as_mut().map(|limit| &mut limit.value);
            let maximum = number.maximum.as_mut().map(|limit| &mut limit.value);
            let multiple_of = number.multiple_of.as_mut();
            for (name, value) in [("minimum", minimum), ("maximum", maximum), ("multipleOf", multiple_of)] {
                if let (Some(value), Some(exact)) = (value, document.exact_number(&at.child(name))) {
                    *value = exact.clone();
                }
            }
        }
        // A value that `enum` lists twice is left out, so that indexes say nothing.
        let listed = document.node(&at.child("enum")).and_then(serde_json::Value::as_array);
        for value in schema.enumeration.iter_mut().flat_map(|enumeration| &mut enumeration.values) {
            let index = listed.and_then(|listed| listed.iter().position(|other| *other == value.value));
            let pointer = index.map(|index| at.child("enum").child(index));
            value.exact = pointer.and_then(|pointer| document.exact_number(&pointer).cloned());
        }
    }
}
