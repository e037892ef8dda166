//! The parts of `multipart/form-data` in JSON.

use super::{
    shape::Shape,
    text::{is_json, quoted, scalar},
};

/// A part, as far as its value depends on it.
#[derive(Clone, Copy)]
pub(crate) struct PartValue<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) is_file: bool,
    /// Its media type is JSON.
    pub(crate) states_json: bool,
}

/// Returns the values of the parts of one name as JSON: of a list one, of all else one for each part.
pub(crate) fn values(parts: &[PartValue<'_>], shape: &'static Shape) -> Vec<String> {
    let Some(items) = shape.items else { return parts.iter().map(|part| part.json(shape)).collect() };
    match parts {
        [] => Vec::new(),
        [only] if only.is_list(items) => vec![only.json(shape)],
        parts => {
            let items: Vec<String> = parts.iter().map(|part| part.json(items)).collect();
            vec![format!("[{}]", items.join(","))]
        }
    }
}

/// Returns whether a text begins like a list of such items. Those that are nothing but lists begin with a
/// bracket of their own.
fn begins_as_list_of(text: &str, items: &'static Shape) -> bool {
    let Some(inside) = text.trim_start().strip_prefix('[') else { return false };
    let are_lists = items.scalars.are_none() && items.object.is_none();
    let within = items.items.filter(|_| are_lists && !inside.trim_start().starts_with(']'));
    within.is_none_or(|within| begins_as_list_of(inside, within))
}

impl PartValue<'_> {
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// Returns whether the contents are a whole list in JSON, and not an item of it.
    fn is_list(&self, items: &'static Shape) -> bool {
        let may_be = !items.is_text() || self.states_json && !self.is_file;
        may_be && self.text().is_some_and(|text| begins_as_list_of(text, items) && is_json(text))
    }

    /// Returns the contents as JSON. What does not fit the shape becomes a string, which the validator
    /// refuses.
    fn json(&self, shape: &'static Shape) -> String {
        // A file with JSON in it is no value of a string.
        let fits = |text: &str| !shape.is_text() || !self.is_file && text.starts_with('"');
        match self.text() {
            Some(text) if self.states_json && fits(text) && is_json(text) => text.to_owned(),
            Some(text) if !self.is_file => scalar(shape, text),
            // The length of a file is that of its bytes.
            _ => quoted(&self.bytes.iter().map(|byte| char::from(*byte)).collect::<String>()),
        }
    }
}
