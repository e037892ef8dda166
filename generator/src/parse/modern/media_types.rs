//! Media types that are components, since OpenAPI 3.2: each is copied to where it is used, because OpenAPI
//! 3.0 has none.

use serde_json::Value;

use super::finding::ModernFinding;
use crate::parse::context::Mapping;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::SourceFiles;

/// Copies what `content` refers to, and removes the components.
pub(super) fn copy(tree: &mut Value, files: &mut SourceFiles, report: &mut Report) {
    let components = tree.get_mut("components").and_then(Value::as_object_mut);
    if let Some(Value::Object(media_types)) = components.and_then(|group| group.shift_remove("mediaTypes")) {
        Copies { media_types: &media_types, files, report, open: Vec::new() }.below(tree, &Pointer::root());
    }
}

struct Copies<'c> {
    media_types: &'c Mapping,
    files: &'c mut SourceFiles,
    report: &'c mut Report,
    /// The names of those that are being copied, one inside another.
    open: Vec<String>,
}

impl Copies<'_> {
    fn below(&mut self, node: &mut Value, at: &Pointer) {
        match node {
            Value::Object(members) => {
                for (name, node) in members.iter_mut() {
                    let at = at.child(name);
                    match (name.as_str(), &mut *node) {
                        ("content", Value::Object(content)) => {
                            for (name, media_type) in content.iter_mut() {
                                self.media_type(media_type, &at.child(name));
                            }
                        }
                        _ => self.below(node, &at),
                    }
                }
            }
            Value::Array(entries) => {
                for (index, node) in entries.iter_mut().enumerate() {
                    self.below(node, &at.child(index));
                }
            }
            _ => {}
        }
    }

    /// Follows references until the media type is there. What is copied may refer to others.
    fn media_type(&mut self, node: &mut Value, at: &Pointer) {
        let Some((target, name)) = referred(node) else { return self.below(node, at) };
        let found = self.media_types.get(&name).cloned();
        let problem = match found {
            None => Some(ModernFinding::NoMediaType { name: format!("#{target}") }),
            Some(_) if self.open.contains(&name) => {
                Some(ModernFinding::MediaTypeInItself { name: name.clone() })
            }
            Some(_) => None,
        };
        if let Some(problem) = problem {
            self.report.push(&at.child("$ref"), &problem);
            *node = Value::Object(Mapping::new());
            return;
        }
        *node = found.unwrap_or_default();
        let origin = self.files.origin(&target);
        self.files.set_origin(at, origin);
        self.open.push(name);
        self.media_type(node, at);
        self.open.pop();
    }
}

/// Returns the pointer of the component that a node refers to, and its name.
fn referred(node: &Value) -> Option<(Pointer, String)> {
    let target = Pointer::parse(node.get("$ref")?.as_str()?)?;
    let [components, group, name] = target.tokens() else { return None };
    let name = name.clone();
    (components == "components" && group == "mediaTypes").then_some((target, name))
}
