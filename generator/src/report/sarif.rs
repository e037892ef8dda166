//! Findings in the format of static analysis tools, SARIF 2.1.0.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use serde_json::{Value, json};

use super::annotation::{Annotation, AnnotationLevel, Region};
use super::explanation::explanation;

/// Returns the log of one run.
pub(crate) fn sarif(annotations: &[Annotation]) -> String {
    let rules: BTreeSet<&str> = annotations.iter().map(|annotation| annotation.rule).collect();
    let rules: Vec<Value> = rules
        .into_iter()
        .map(|id| match explanation(id) {
            Some(page) => json!({ "id": id, "help": { "text": page, "markdown": page } }),
            None => json!({ "id": id }),
        })
        .collect();
    let driver = json!({
        "name": "specwright",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let results: Vec<Value> = annotations.iter().map(result).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(annotation: &Annotation) -> Value {
    let level = match annotation.level {
        AnnotationLevel::Error => "error",
        AnnotationLevel::Warning => "warning",
        AnnotationLevel::Note => "note",
    };
    let mut result = json!({
        "ruleId": annotation.rule,
        "level": level,
        "message": { "text": annotation.message },
    });
    if let Some(region) = &annotation.region {
        let mut location = json!({ "physicalLocation": physical(region) });
        if let Some(pointer) = &annotation.pointer {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer }]);
        }
        result["locations"] = json!([location]);
        if let Some(text) = &annotation.replacement {
            result["fixes"] = json!([{
                "artifactChanges": [{
                    "artifactLocation": { "uri": uri(&region.file) },
                    "replacements": [{
                        "deletedRegion": lines(region),
                        "insertedContent": { "text": text },
                    }],
                }],
            }]);
        }
    }
    let related = annotation
        .related
        .iter()
        .map(|(region, label)| json!({ "physicalLocation": physical(region), "message": { "text": label } }));
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn physical(region: &Region) -> Value {
    json!({ "artifactLocation": { "uri": uri(&region.file) }, "region": lines(region) })
}

fn lines(region: &Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

/// Returns a path as a URI: relative to the folder of the run, or with a scheme.
fn uri(path: &Path) -> String {
    let mut segments = Vec::new();
    for component in path.components() {
        match component {
            Component::RootDir => segments.push(String::new()),
            Component::CurDir => {}
            other => segments.push(escaped(&other.as_os_str().to_string_lossy())),
        }
    }
    let joined = segments.join("/");
    if path.is_absolute() {
        format!("file://{}{joined}", if joined.starts_with('/') { "" } else { "/" })
    } else {
        joined
    }
}

fn escaped(segment: &str) -> String {
    let is_free = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte);
    let escape = |byte: u8| if is_free(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    segment.bytes().map(escape).collect()
}
