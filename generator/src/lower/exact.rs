//! Limits whose digits a binary float can't hold get the digits of the document.

use crate::api::{Schemas, Shape};
use crate::document::Document;

/// Replaces the numbers for which the document has further digits.
pub(super) fn restore_digits(document: &Document, schemas: &mut Schemas) {
    if !document.has_exact_numbers() {
        return;
    }
    for schema in &mut schemas.0 {
        let at = schema.at.clone();
        let shapes = std::iter::once(&mut schema.shape).chain(&mut schema.further);
        for shape in shapes {
            let (Shape::Integer(number) | Shape::Number(number)) = shape else { continue };
            let minimum = number.minimum.as_mut().map(|limit| &mut limit.value);
            let maximum = number.maximum.as_mut().map(|limit| &mut limit.value);
            let multiple_of = number.multiple_of.as_mut();
            for (name, value) in [("minimum", minimum), ("maximum", maximum), ("multipleOf", multiple_of)] {
                if let (Some(value), Some(exact)) = (value, document.exact_number(&at.child(name))) {
                    *value = exact.clone();
                }
            }
        }
    }
}
