//! Media types that are components, since OpenAPI 3.2: each is copied to where it is used, because OpenAPI 3.0
//! has none.

use serde_json::Value;

use crate::parse::context::Mapping;
use crate::pointer::Pointer;
use crate::source::SourceFiles;

/// Copies what `content` refers to, and removes the components.
pub(super) fn copy(tree: &mut Value, files: &mut SourceFiles) {
    let components = tree.get_mut("components").and_then(Value::as_object_mut);
    if let Some(Value::Object(media_types)) = components.and_then(|group| group.shift_remove("mediaTypes")) {
        below(tree, &Pointer::root(), &media_types, files);
    }
}

fn below(node: &mut Value, at: &Pointer, media_types: &Mapping, files: &mut SourceFiles) {
    match node {
        Value::Object(members) => {
            for (name, node) in members.iter_mut() {
                let at = at.child(name);
                if let ("content", Value::Object(content)) = (name.as_str(), &mut *node) {
                    for (name, media_type) in content.iter_mut() {
                        replace(media_type, &at.child(name), media_types, files);
                    }
                }
                below(node, &at, media_types, files);
            }
        }
        Value::Array(entries) => {
            for (index, node) in entries.iter_mut().enumerate() {
                below(node, &at.child(index), media_types, files);
            }
        }
        _ => {}
    }
}

fn replace(media_type: &mut Value, at: &Pointer, media_types: &Mapping, files: &mut SourceFiles) {
    let reference = media_type.get("$ref").and_then(Value::as_str);
    let Some(target) = reference.and_then(Pointer::parse) else { return };
    let [components, group, name] = target.tokens() else { return };
    if let Some(found) = media_types.get(name).filter(|_| components == "components" && group == "mediaTypes")
    {
        *media_type = found.clone();
        let origin = files.origin(&target);
        files.set_origin(at, origin);
    }
}
