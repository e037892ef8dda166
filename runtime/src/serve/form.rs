//! The members of a body of `application/x-www-form-urlencoded` as JSON.

use super::{
    decode::{self, OtherName},
    pairs,
    text::{Encoding, Readable},
};
use crate::{
    operation::{Style, StyleKind},
    wire::{Shape, quoted},
};

/// A form has so many pairs, or parts, at most: each is compared with the others or has violations of its
/// own, and a body may have millions.
pub(super) const MAX_PAIRS: usize = 4096;

/// Returns the members of a form as JSON. A member without a style of its own is in the style `form`, and an
/// object is JSON, as OpenAPI has it.
pub(super) fn members(
    text: &str,
    shape: &'static Shape,
    styles: &[(&'static str, Style)],
) -> Readable<String> {
    let pairs = pairs::of_query(text)?;
    let object = shape.object;
    let listed = object.map_or(&[][..], |object| object.members);
    let style = |name: &str, shape: &'static Shape| {
        let own = styles.iter().find(|(known, _)| *known == name).map(|(_, style)| *style);
        let is_object = shape.object.is_some() && shape.items.is_none() && shape.scalars.are_none();
        own.unwrap_or(if is_object { Style::json() } else { Style::form(true) })
    };
    // The members of an object that is spread over the form are not those of the form itself.
    let spread = listed.iter().filter(|(name, shape)| style(name, shape).is_spread());
    let spread: Vec<_> = spread.filter_map(|(_, shape)| shape.object).collect();
    let mut others: Vec<OtherName<'_>> = listed
        .iter()
        .map(|(name, shape)| OtherName { name, is_deep: style(name, shape).kind == StyleKind::DeepObject })
        .collect();
    for (name, _) in &pairs {
        let is_spread = spread.iter().any(|object| object.member(name).is_some());
        if !is_spread && !others.iter().any(|other| other.takes(name)) {
            others.push(OtherName { name, is_deep: false });
        }
    }
    let mut members = Vec::new();
    for OtherName { name, .. } in &others {
        let shape = object.and_then(|object| object.member(name)).unwrap_or(Shape::ANY);
        let value = decode::query(name, &pairs, style(name, shape), shape, Encoding::Form, &others);
        let value = value.map_err(|unreadable| unreadable.within(name))?;
        members.extend(value.map(|value| format!("{}:{value}", quoted(name))));
    }
    Ok(format!("{{{}}}", members.join(",")))
}
