//! A walk to every schema by the grammar: each is rewritten before the schemas inside it.

use serde_json::{Value, json};

use super::rewriting::Rewriting;
use super::{drafts, keywords, siblings, types};
use crate::parse::context::Mapping;
use crate::parse::grammar::{ObjectDef, ObjectName, OtherFields, ROOT, ValueType};
use crate::parse::node_path::NodePath;
use crate::parse::version::Version;
use crate::report::Report;
use crate::source::SourceFiles;

/// Rewrites every schema of the tree.
pub(super) fn rewrite(tree: &mut Value, version: Version, files: &mut SourceFiles, report: &mut Report) {
    let mut rewriting = Rewriting::new(version, files, report);
    value(&mut rewriting, &NodePath::ROOT, ValueType::Object(&ROOT), tree);
}

fn value(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, wanted: ValueType, node: &mut Value) {
    if rewriting.is_modern() {
        read_flag(wanted, node);
    }
    match (wanted, node) {
        (ValueType::List(entry), Value::Array(entries)) => {
            for (index, node) in entries.iter_mut().enumerate() {
                value(rewriting, &at.index(index), *entry, node);
            }
        }
        (ValueType::Map(entry), Value::Object(members)) => {
            for (name, node) in members.iter_mut() {
                value(rewriting, &at.key(name), *entry, node);
            }
        }
        (
            ValueType::Object(object) | ValueType::OrRef(object) | ValueType::SchemaOrFlag(object),
            Value::Object(members),
        ) => {
            if object.name == ObjectName::Schema {
                schema(rewriting, at, members);
            } else if rewriting.is_modern() {
                match object.name {
                    ObjectName::SecurityScheme => keywords::mutual_tls(members),
                    ObjectName::Root => keywords::dialect(rewriting, at, members, "jsonSchemaDialect"),
                    _ => {}
                }
            }
            inner(rewriting, at, object, members);
        }
        _ => {}
    }
}

/// In JSON Schema, `true` and `false` are schemas.
fn read_flag(wanted: ValueType, node: &mut Value) {
    let is_schema = matches!(wanted, ValueType::OrRef(object) if object.name == ObjectName::Schema);
    match node {
        Value::Bool(true) if is_schema => *node = json!({}),
        Value::Bool(false) if is_schema => *node = json!({"not": {}}),
        _ => {}
    }
}

fn schema(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, members: &mut Mapping) {
    if rewriting.is_modern() {
        keywords::dialect(rewriting, at, members, "$schema");
        keywords::older(rewriting, at, members);
        keywords::empty_enum(members);
        drafts::rewrite(rewriting, at, members);
    }
    keywords::constant(rewriting, at, members);
    // Of several types each becomes a schema of its own, whose limits are rewritten there.
    types::rewrite(rewriting, at, members);
    keywords::exclusive_limits(rewriting, at, members);
    if rewriting.is_modern() {
        keywords::examples(rewriting, at, members);
        keywords::content(members);
        siblings::rewrite(rewriting, at, members);
    }
}

fn inner(
    rewriting: &mut Rewriting<'_>,
    at: &NodePath<'_>,
    object: &'static ObjectDef,
    members: &mut Mapping,
) {
    for (name, node) in members.iter_mut() {
        let wanted = match (object.field(name), object.others) {
            (Some(field), _) => field.value,
            (None, OtherFields::Named { form, value, .. }) if form(name) => *value,
            _ => continue,
        };
        value(rewriting, &at.key(name), wanted, node);
    }
}
