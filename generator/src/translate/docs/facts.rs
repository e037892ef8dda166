//! The keywords of a schema as sentences.

use super::super::plan;
use super::text::{code, one_line};
use crate::api::{Api, Keyword, Limit, RuleSeverity, Schema, SchemaId, Shape};

/// Returns a sentence for each keyword. `lists_values` is false where the type itself lists the values of an
/// `enum`.
pub(in crate::translate) fn facts(schema: &Schema, lists_values: bool) -> Vec<String> {
    let mut facts = shape(schema);
    if let Some(enumeration) = schema.enumeration.as_ref().filter(|_| lists_values) {
        let values: Vec<String> =
            enumeration.values.iter().map(|value| code(&value.value.to_string())).collect();
        facts.extend((!values.is_empty()).then(|| format!("Allowed values: {}.", values.join(", "))));
    }
    if !schema.preferred_values.is_empty() {
        let values: Vec<String> = schema
            .preferred_values
            .iter()
            .map(|(value, label)| format!("{} ({})", code(value), one_line(label)))
            .collect();
        facts.push(format!("Preferred values, not enforced: {}.", values.join(", ")));
    }
    if let Some(default) = &schema.default {
        facts.push(format!("When absent, the service takes {}.", code(&default.to_string())));
    }
    facts
}

/// Returns the sentences of [`facts`], and one for each limit that a member of `allOf` sets.
pub(in crate::translate) fn facts_of_all(api: &Api, id: SchemaId, lists_values: bool) -> Vec<String> {
    let mut all = facts(&api.schemas[id], lists_values);
    for part in plan::parts_of(api, id).into_iter().filter(|part| *part != id) {
        let further: Vec<String> =
            shape(&api.schemas[part]).into_iter().filter(|fact| !all.contains(fact)).collect();
        all.extend(further);
    }
    all
}

fn shape(schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    match &schema.shape {
        Shape::String(text) => {
            let unit = ("character", "characters");
            facts.extend(range("Length", text.min_length, text.max_length, unit));
            let format = text.format.as_ref().filter(|format| !format.trim().is_empty());
            facts.extend(format.map(|format| format!("Format: {}.", code(format))));
            let remark = remark(schema, Keyword::Pattern);
            facts.extend(text.pattern.as_ref().map(|pattern| format!("Pattern: {}{remark}.", code(pattern))));
        }
        Shape::Integer(number) | Shape::Number(number) => {
            facts.extend(number.minimum.as_ref().map(|limit| bound("At least", "More than", limit)));
            facts.extend(number.maximum.as_ref().map(|limit| bound("At most", "Less than", limit)));
            facts.extend(number.multiple_of.as_ref().map(|step| format!("A multiple of {step}.")));
        }
        Shape::Array(array) => {
            facts.extend(range("Holds", array.min_items, array.max_items, ("item", "items")));
            if array.unique_items {
                facts.push("No item twice.".to_owned());
            }
        }
        Shape::Object(object) => {
            facts.extend(range("Holds", object.min_properties, object.max_properties, ("member", "members")));
        }
        Shape::Any | Shape::Alias(_) | Shape::Boolean => {}
    }
    facts
}

fn remark(schema: &Schema, keyword: Keyword) -> &'static str {
    match schema.severities.get(&keyword) {
        Some(RuleSeverity::Warning) => " (a warning only)",
        _ => "",
    }
}

fn bound(inclusive: &str, exclusive: &str, limit: &Limit) -> String {
    format!("{} {}.", if limit.exclusive { exclusive } else { inclusive }, limit.value)
}

fn range(what: &str, min: Option<u64>, max: Option<u64>, unit: (&str, &str)) -> Option<String> {
    let units = |count: u64| if count == 1 { unit.0 } else { unit.1 };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => Some(format!("{what} exactly {min} {}.", units(min))),
        (Some(min), Some(max)) => Some(format!("{what} {min} to {max} {}.", units(max))),
        (Some(min), None) => Some(format!("{what} at least {min} {}.", units(min))),
        (None, Some(max)) => Some(format!("{what} at most {max} {}.", units(max))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_read_as_sentences() {
        let range = |min, max| range("Length", min, max, ("character", "characters"));
        assert_eq!(range(Some(0), Some(50)).as_deref(), Some("Length at most 50 characters."));
        assert_eq!(range(Some(1), Some(50)).as_deref(), Some("Length 1 to 50 characters."));
        assert_eq!(range(Some(4), Some(4)).as_deref(), Some("Length exactly 4 characters."));
        assert_eq!(range(Some(1), None).as_deref(), Some("Length at least 1 character."));
        assert_eq!(range(Some(0), None), None);
    }
}
