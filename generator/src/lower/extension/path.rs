//! Data paths, such as `taxes[].amount.currencyCode`.

use crate::api::{DataPath, DataStep};

/// Parses a data path.
///
/// # Errors
///
/// A message that completes "... is not a data path:".
pub(super) fn data_path(text: &str) -> Result<DataPath, String> {
    let mut steps = Vec::new();
    for segment in text.split('.') {
        if segment == "**" {
            steps.push(DataStep::AnyDepth);
            continue;
        }
        let name = segment.trim_end_matches("[]");
        if name.is_empty() {
            return Err("a property name is missing".to_owned());
        }
        if let Some(strange) = name.chars().find(|letter| matches!(letter, '[' | ']' | '*')) {
            return Err(format!(
                "`{strange}` is not allowed here: `[]` ends a name, and `**` is a step of its own"
            ));
        }
        steps.push(DataStep::Property(name.to_owned()));
        let items = (segment.len() - name.len()) / 2;
        steps.extend(std::iter::repeat_n(DataStep::EachItem, items));
    }
    if steps.last() == Some(&DataStep::AnyDepth) {
        return Err("`**` needs a property name after it".to_owned());
    }
    Ok(DataPath { steps })
}

#[cfg(test)]
mod tests {
    use super::data_path;
    use crate::api::DataStep::{AnyDepth, EachItem, Property};

    #[test]
    fn reads_names_items_and_depth() {
        let property = |name: &str| Property(name.to_owned());
        let table = [
            ("a", vec![property("a")]),
            ("a.b", vec![property("a"), property("b")]),
            ("a[].b", vec![property("a"), EachItem, property("b")]),
            ("a[][]", vec![property("a"), EachItem, EachItem]),
            ("a.**.b", vec![property("a"), AnyDepth, property("b")]),
            ("**.b", vec![AnyDepth, property("b")]),
        ];
        for (text, steps) in table {
            assert_eq!(data_path(text).map(|path| path.steps), Ok(steps), "{text}");
        }
        for text in ["", "a..b", "a.", "[]", "a[0]", "a*", "a.**", "**"] {
            assert!(data_path(text).is_err(), "{text}");
        }
    }
}
