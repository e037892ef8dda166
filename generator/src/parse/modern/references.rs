//! References to `$anchor`, `$dynamicAnchor` and `$id`: each becomes the pointer of the schema that it names.
//!
//! A schema with `$id` is a resource: pointers and anchors of the references inside it begin there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::ModernFinding;
use crate::parse::context::Mapping;
use crate::parse::grammar::{ObjectDef, ObjectName, OtherFields, ROOT, ValueType};
use crate::parse::node_path::NodePath;
use crate::pointer::Pointer;
use crate::report::Report;

/// Replaces references to names by references to pointers. What names nothing stays, for a later stage.
pub(super) fn resolve(tree: &mut Value, report: &mut Report) {
    let mut names = Names::default();
    names.resources.push(Resource::default());
    names.value(&NodePath::ROOT, ValueType::Object(&ROOT), tree, 0);
    for reference in std::mem::take(&mut names.references) {
        let target = names.target(&reference.text, reference.resource, tree);
        if reference.is_dynamic && names.is_ambiguous(&reference.text) {
            report.push(&reference.at.child("$dynamicRef"), &ModernFinding::DynamicReference);
        }
        let Some(Value::Object(schema)) = tree.pointer_mut(&reference.at.to_string()) else { continue };
        if reference.is_dynamic {
            schema.shift_remove("$dynamicRef");
        }
        let target = target.map(|target| format!("#{}", target.to_string().replace('%', "%25")));
        schema.insert("$ref".to_owned(), target.unwrap_or(reference.text).into());
    }
}

/// The document, or a schema with `$id`.
#[derive(Debug, Default)]
struct Resource {
    at: Pointer,
    id: String,
}

/// A reference that is not a pointer from the root.
struct NamedReference {
    at: Pointer,
    resource: usize,
    text: String,
    is_dynamic: bool,
}

/// What references can name, and those that do.
#[derive(Default)]
struct Names {
    resources: Vec<Resource>,
    /// The schema of each anchor of a resource.
    anchors: BTreeMap<(usize, String), Pointer>,
    /// How many schemas have each `$dynamicAnchor`.
    dynamic: BTreeMap<String, usize>,
    references: Vec<NamedReference>,
}

impl Names {
    fn value(&mut self, at: &NodePath<'_>, wanted: ValueType, node: &Value, resource: usize) {
        match (wanted, node) {
            (ValueType::List(entry), Value::Array(entries)) => {
                for (index, node) in entries.iter().enumerate() {
                    self.value(&at.index(index), *entry, node, resource);
                }
            }
            (ValueType::Map(entry), Value::Object(members)) => {
                for (name, node) in members {
                    self.value(&at.key(name), *entry, node, resource);
                }
            }
            (
                ValueType::Object(object) | ValueType::OrRef(object) | ValueType::SchemaOrFlag(object),
                Value::Object(members),
            ) => self.object(at, object, members, resource),
            _ => {}
        }
    }

    fn object(&mut self, at: &NodePath<'_>, object: &'static ObjectDef, members: &Mapping, resource: usize) {
        let is_schema = object.name == ObjectName::Schema;
        let resource = if is_schema { self.schema(at, members, resource) } else { resource };
        for (name, node) in members {
            let wanted = match (object.field(name), object.others) {
                (Some(field), _) => field.value,
                (None, OtherFields::Named { form, value, .. }) if form(name) => *value,
                _ => continue,
            };
            self.value(&at.key(name), wanted, node, resource);
        }
    }

    /// Notes the names of a schema and its references, and returns the resource that it belongs to.
    fn schema(&mut self, at: &NodePath<'_>, members: &Mapping, around: usize) -> usize {
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let mut resource = around;
        match text("$id").map(|id| id.strip_prefix('#').ok_or(id)) {
            Some(Ok(anchor)) if !anchor.is_empty() => self.anchor(anchor, around, at),
            Some(Err(id)) => {
                let id = joined(&self.resources[around].id, id.trim_end_matches('#'));
                resource = self.resources.len();
                self.resources.push(Resource { at: at.pointer(), id });
            }
            _ => {}
        }
        if let Some(anchor) = text("$anchor") {
            self.anchor(anchor, resource, at);
        }
        if let Some(anchor) = text("$dynamicAnchor") {
            self.anchor(anchor, resource, at);
            *self.dynamic.entry(anchor.to_owned()).or_default() += 1;
        }
        for (key, is_dynamic) in [("$ref", false), ("$dynamicRef", true)] {
            if let Some(text) = text(key).filter(|text| resource > 0 || is_dynamic || !is_pointer(text)) {
                let (at, text) = (at.pointer(), text.to_owned());
                self.references.push(NamedReference { at, resource, text, is_dynamic });
            }
        }
        resource
    }

    fn anchor(&mut self, name: &str, resource: usize, at: &NodePath<'_>) {
        self.anchors.entry((resource, name.to_owned())).or_insert_with(|| at.pointer());
    }

    /// Returns the pointer of what a reference in a resource names.
    fn target(&self, text: &str, resource: usize, tree: &Value) -> Option<Pointer> {
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        let resource = if uri.is_empty() {
            resource
        } else {
            let uri = joined(&self.resources[resource].id, uri);
            self.resources.iter().position(|known| known.id == uri)?
        };
        let base = &self.resources[resource].at;
        if fragment.is_empty() {
            return Some(base.clone());
        }
        if !fragment.starts_with('/') {
            return self.anchors.get(&(resource, fragment.to_owned())).cloned();
        }
        let within = Pointer::parse(&format!("#{fragment}"))?;
        let tokens = base.tokens().iter().chain(within.tokens()).cloned().collect();
        let target = Pointer::from_tokens(tokens);
        tree.pointer(&target.to_string()).map(|_| target)
    }

    /// Returns whether the schema that a `$dynamicRef` names depends on how it was reached.
    fn is_ambiguous(&self, text: &str) -> bool {
        let (_, anchor) = text.split_once('#').unwrap_or((text, ""));
        self.dynamic.get(anchor).is_some_and(|count| *count > 1)
    }
}

/// Returns whether a reference is a pointer from the root.
fn is_pointer(text: &str) -> bool {
    text == "#" || text.starts_with("#/")
}

/// Returns a URI in relation to another one, as RFC 3986 joins them, as far as schemas need it.
fn joined(base: &str, uri: &str) -> String {
    let has_scheme = |uri: &str| {
        uri.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty()
                && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign))
        })
    };
    if has_scheme(uri) {
        return uri.to_owned();
    }
    if base.is_empty() {
        return without_dots(uri, 0);
    }
    let host_end = base
        .find("://")
        .map_or(0, |scheme| base[scheme + 3..].find('/').map_or(base.len(), |path| scheme + 3 + path));
    if uri.starts_with('/') {
        return without_dots(&format!("{}{uri}", &base[..host_end]), host_end);
    }
    let folder = base[host_end..].rfind('/').map_or(host_end, |slash| host_end + slash + 1);
    let separator = if folder == base.len() && host_end == folder && host_end > 0 { "/" } else { "" };
    without_dots(&format!("{}{separator}{uri}", &base[..folder]), host_end)
}

/// Returns a URI without the segments `.` and `..` behind its host, as far as there are folders to leave.
fn without_dots(uri: &str, host_end: usize) -> String {
    let (host, path) = uri.split_at(host_end);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." if segments.last().is_some_and(|last| !matches!(*last, "" | "..")) => _ = segments.pop(),
            // Nothing is above the host.
            ".." if segments.first() == Some(&"") => {}
            _ => segments.push(segment),
        }
    }
    format!("{host}{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn uris_are_joined() {
        for (base, uri, expected) in [
            ("", "item.json", "item.json"),
            ("https://a.b/c/d.json", "e.json", "https://a.b/c/e.json"),
            ("https://a.b/c/d.json", "/e.json", "https://a.b/e.json"),
            ("https://a.b/c/d", "/x/../e", "https://a.b/e"),
            ("https://a.b/c/", "./e", "https://a.b/c/e"),
            ("https://a.b/c/d", "../e", "https://a.b/e"),
            ("https://a.b/c/d", "../../../e", "https://a.b/e"),
            ("https://a.b/c/d", "x/../y/./z", "https://a.b/c/y/z"),
            ("c/d/e", "../f", "c/f"),
            ("c", "../f", "../f"),
            ("", "./item.json", "item.json"),
            ("https://a.b", "e", "https://a.b/e"),
            ("https://a.b/c", "urn:x", "urn:x"),
            ("c/d.json", "e.json", "c/e.json"),
        ] {
            assert_eq!(joined(base, uri), expected, "{base} {uri}");
        }
    }
}
