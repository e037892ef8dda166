//! What of OpenAPI 3.2 is not used: one finding names it all.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::ModernFinding;
use crate::parse::grammar::{ObjectDef, ObjectName, OtherFields, ROOT, ValueType, is_newest};
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::SourceFiles;

/// Reports the keywords of OpenAPI 3.2 that the document has.
pub(super) fn report_unused(tree: &mut Value, files: &mut SourceFiles, report: &mut Report) {
    let parameters = tree.pointer("/components/parameters").and_then(Value::as_object);
    let whole_queries = parameters.into_iter().flatten().filter(|(_, node)| is_whole_query(node));
    let whole_queries = whole_queries.map(|(name, _)| format!("#/components/parameters/{name}")).collect();
    let mut unused = Unused { whole_queries, files, found: BTreeSet::new() };
    unused.take(ValueType::Object(&ROOT), tree, &Pointer::root());
    if !unused.found.is_empty() {
        let names = unused.found.into_iter().collect();
        report.push(&Pointer::root().child("openapi"), &ModernFinding::Unused { names });
    }
}

struct Unused<'u> {
    /// References to parameters that are the whole query.
    whole_queries: BTreeSet<String>,
    files: &'u mut SourceFiles,
    found: BTreeSet<String>,
}

impl Unused<'_> {
    /// Takes the keywords out of the node, so that each is told of once.
    fn take(&mut self, wanted: ValueType, node: &mut Value, at: &Pointer) {
        match (wanted, node) {
            (ValueType::List(entry), Value::Array(entries)) => {
                for index in (0..entries.len()).rev() {
                    if self.is_parameter_without_use(*entry, &entries[index]) {
                        self.files.remove_entry(at, index, entries.len());
                        entries.remove(index);
                    }
                }
                for (index, node) in entries.iter_mut().enumerate() {
                    self.take(*entry, node, &at.child(index));
                }
            }
            (ValueType::Map(entry), Value::Object(members)) => {
                members.retain(|_, node| !self.is_parameter_without_use(*entry, node));
                for (name, node) in members.iter_mut() {
                    self.take(*entry, node, &at.child(name));
                }
            }
            (
                ValueType::Object(object) | ValueType::OrRef(object) | ValueType::SchemaOrFlag(object),
                Value::Object(members),
            ) => {
                members.retain(|name, value| {
                    let unused = match name.as_str() {
                        "style" if is_cookie_style(object, value) => Some("style: cookie"),
                        name => Some(name).filter(|name| is_newest(object.name, name)),
                    };
                    self.found.extend(unused.map(str::to_owned));
                    unused.is_none()
                });
                for (name, node) in members.iter_mut() {
                    if let Some(wanted) = wanted_of(object, name) {
                        self.take(wanted, node, &at.child(name));
                    }
                }
            }
            _ => {}
        }
    }

    /// Returns whether the node is a parameter `in: querystring`, or refers to one.
    fn is_parameter_without_use(&mut self, wanted: ValueType, node: &Value) -> bool {
        let reference = node.get("$ref").and_then(Value::as_str);
        let is_unused = matches!(wanted, ValueType::OrRef(object) if object.name == ObjectName::Parameter)
            && (is_whole_query(node) || reference.is_some_and(|name| self.whole_queries.contains(name)));
        if is_unused {
            self.found.insert("querystring".to_owned());
        }
        is_unused
    }
}

fn is_whole_query(parameter: &Value) -> bool {
    parameter.get("in").is_some_and(|location| location == "querystring")
}

/// Without it, a parameter in a cookie has the style `form`.
fn is_cookie_style(object: &ObjectDef, style: &Value) -> bool {
    object.name == ObjectName::Parameter && style == "cookie"
}

fn wanted_of(object: &'static ObjectDef, name: &str) -> Option<ValueType> {
    match (object.field(name), object.others) {
        (Some(field), _) => Some(field.value),
        (None, OtherFields::Named { form, value, .. }) if form(name) => Some(*value),
        _ => None,
    }
}
