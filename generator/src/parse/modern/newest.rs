//! What of OpenAPI 3.2 is not used: one finding names it all.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::ModernFinding;
use crate::parse::grammar::{ObjectDef, OtherFields, ROOT, ValueType, is_newest};
use crate::parse::version::Version;
use crate::pointer::Pointer;
use crate::report::Report;

/// Reports the keywords of OpenAPI 3.2 that the document has.
pub(super) fn report_unused(tree: &mut Value, version: Version, report: &mut Report) {
    if version < Version::V32 {
        return;
    }
    let mut found = BTreeSet::new();
    value(ValueType::Object(&ROOT), tree, &mut found);
    if !found.is_empty() {
        let names = found.into_iter().collect();
        report.push(&Pointer::root().child("openapi"), &ModernFinding::Unused { names });
    }
}

/// Takes the keywords out of the node, so that each is told of once.
fn value(wanted: ValueType, node: &mut Value, found: &mut BTreeSet<String>) {
    match (wanted, node) {
        (ValueType::List(entry), Value::Array(entries)) => {
            for node in entries {
                value(*entry, node, found);
            }
        }
        (ValueType::Map(entry), Value::Object(members)) => {
            for node in members.values_mut() {
                value(*entry, node, found);
            }
        }
        (
            ValueType::Object(object) | ValueType::OrRef(object) | ValueType::SchemaOrFlag(object),
            Value::Object(members),
        ) => {
            members.retain(|name, _| {
                let is_unused = is_newest(object.name, name);
                if is_unused {
                    found.insert(name.clone());
                }
                !is_unused
            });
            for (name, node) in members.iter_mut() {
                if let Some(wanted) = wanted_of(object, name) {
                    value(wanted, node, found);
                }
            }
        }
        _ => {}
    }
}

fn wanted_of(object: &'static ObjectDef, name: &str) -> Option<ValueType> {
    match (object.field(name), object.others) {
        (Some(field), _) => Some(field.value),
        (None, OtherFields::Named { form, value, .. }) if form(name) => Some(*value),
        _ => None,
    }
}
