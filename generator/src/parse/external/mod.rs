//! References to other files are replaced by references within the tree, to copies of what they name. The
//! grammar says where a reference may be and what it names.
//!
//! A component that is a reference becomes what it names. Anything else that is referred to becomes a
//! component of its own, under its last name; a path item is copied to where it is used.

mod finding;
mod name;
mod target;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use self::finding::{BrokenReference, FileFinding};
use self::target::FileTargets;
use super::context::Mapping;
use super::exact::ExactNumbers;
use super::finding::{LEFT_OUT, Problem};
use super::grammar::{ObjectDef, ObjectName, OtherFields, ROOT, ValueType};
use super::reader::DEPTH_LIMIT;
use super::version::Version;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::{FileId, FileNode, SourceFiles};

/// Copies what the tree refers to in other files into the tree. Returns the references that name nothing, if
/// the run is to go on: they stay, and have been reported.
pub(super) fn bundle(
    tree: &mut Value,
    version: Version,
    files: &mut SourceFiles,
    exact: &mut ExactNumbers,
    report: &mut Report,
) -> BTreeSet<Pointer> {
    if !files.may_read_others() || !may_refer_to_files(tree) {
        return BTreeSet::new();
    }
    let names = components(tree).map(|(group, name)| (group.to_owned(), name.to_owned())).collect();
    let mut bundle = Bundle {
        targets: FileTargets::new(tree.clone(), files, exact, report),
        names,
        copies: BTreeMap::new(),
        open: VecDeque::new(),
        inlined: Vec::new(),
        left_out: BTreeSet::new(),
        siblings_apply: version >= Version::V31,
    };
    bundle.claim_components(tree);
    bundle.value(tree, ValueType::Object(&ROOT), &Pointer::root(), SourceFiles::DEFINITION);
    while let Some(copy) = bundle.open.pop_front() {
        let Some(mut node) = bundle.targets.node(&copy.from).cloned() else { continue };
        bundle.targets.files.set_origin(&copy.to, copy.from.clone());
        bundle.value(&mut node, ValueType::Object(copy.object), &copy.to, copy.from.file);
        insert(tree, &copy.to, node);
    }
    bundle.left_out
}

/// Returns whether any reference may name another file. Nearly all documents have none.
fn may_refer_to_files(tree: &Value) -> bool {
    let is_file = |text: &Value| text.as_str().is_some_and(|text| !text.starts_with('#'));
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match node {
            Value::Array(entries) => open.extend(entries),
            Value::Object(members) => {
                let mapping = members.get("mapping").and_then(Value::as_object);
                let texts =
                    members.get("$ref").into_iter().chain(mapping.into_iter().flat_map(Mapping::values));
                if texts.into_iter().any(is_file) {
                    return true;
                }
                open.extend(members.values());
            }
            _ => {}
        }
    }
    false
}

/// Returns the group and the name of every component.
fn components(tree: &Value) -> impl Iterator<Item = (&str, &str)> {
    let groups = tree.get("components").and_then(Value::as_object).into_iter().flatten();
    groups.flat_map(|(group, named)| {
        let named = named.as_object().into_iter().flatten();
        named.map(move |(name, _)| (group.as_str(), name.as_str()))
    })
}

fn insert(tree: &mut Value, at: &Pointer, node: Value) {
    let mut around = tree;
    for token in at.tokens() {
        let Value::Object(members) = around else { return };
        around = members.entry(token.clone()).or_insert_with(|| Value::Object(Mapping::new()));
    }
    *around = node;
}

/// A node that is still to be copied into the tree.
struct CopiedNode {
    from: FileNode,
    to: Pointer,
    object: &'static ObjectDef,
}

struct Bundle<'b> {
    targets: FileTargets<'b>,
    /// Components that there are, by group and name.
    names: BTreeSet<(String, String)>,
    /// Where the copy of a node is, by the group that it belongs to.
    copies: BTreeMap<(&'static str, FileNode), Pointer>,
    open: VecDeque<CopiedNode>,
    /// The path items around the node that is being read.
    inlined: Vec<FileNode>,
    /// References that name nothing and stay, because the run is to go on.
    left_out: BTreeSet<Pointer>,
    /// Keywords beside the `$ref` of a schema apply too.
    siblings_apply: bool,
}

impl Bundle<'_> {
    /// Lets components that are references become what they name.
    fn claim_components(&mut self, tree: &mut Value) {
        let Some(Value::Object(components)) = tree.get_mut("components") else { return };
        for (group, named) in components.iter_mut() {
            let (Some(object), Value::Object(named)) = (object_of(group), named) else { continue };
            for (name, node) in named.iter_mut() {
                let at = Pointer::root().child("components").child(group).child(name);
                let Some(reference) = external(node) else { continue };
                if self.has_keywords_beside(node, object) {
                    continue;
                }
                let Some(from) = self.target(&reference, &at, SourceFiles::DEFINITION, node, object) else {
                    continue;
                };
                let key = (group_of(object.name), from.clone());
                if from.file == SourceFiles::DEFINITION || self.copies.contains_key(&key) {
                    continue;
                }
                self.report_siblings(node, &at);
                self.copies.insert(key, at.clone());
                self.open.push_back(CopiedNode { from, to: at, object });
                // Until the copy takes its place.
                *node = Value::Null;
            }
        }
    }

    /// Replaces the references in a node, which is at `at` of the tree and was read from `file`.
    fn value(&mut self, node: &mut Value, wanted: ValueType, at: &Pointer, file: FileId) {
        match (wanted, node) {
            (ValueType::List(entry), Value::Array(entries)) => {
                for (index, node) in entries.iter_mut().enumerate() {
                    self.value(node, *entry, &at.child(index), file);
                }
            }
            (ValueType::Map(entry), Value::Object(members)) => {
                for (name, node) in members.iter_mut() {
                    self.value(node, *entry, &at.child(name), file);
                }
            }
            (ValueType::OrRef(object) | ValueType::SchemaOrFlag(object), node)
                if node.get("$ref").is_some_and(Value::is_string) =>
            {
                let has_keywords = self.has_keywords_beside(node, object);
                self.reference(node, object, at, file);
                if let Value::Object(members) = node
                    && has_keywords
                {
                    self.members(members, object, at, file);
                }
            }
            (
                ValueType::Object(object) | ValueType::OrRef(object) | ValueType::SchemaOrFlag(object),
                Value::Object(members),
            ) => {
                if object.name == ObjectName::Discriminator {
                    self.mapping(members, at, file);
                }
                self.members(members, object, at, file);
            }
            _ => {}
        }
    }

    /// Returns whether a reference has keywords beside it that apply.
    fn has_keywords_beside(&self, node: &Value, object: &ObjectDef) -> bool {
        let count = node.as_object().map_or(0, Mapping::len);
        self.siblings_apply && object.name == ObjectName::Schema && count > 1
    }

    fn members(&mut self, members: &mut Mapping, object: &'static ObjectDef, at: &Pointer, file: FileId) {
        for (name, node) in members.iter_mut() {
            let wanted = match (object.field(name), object.others) {
                (Some(field), _) => field.value,
                (None, OtherFields::Named { form, value, .. }) if form(name) => *value,
                _ => continue,
            };
            self.value(node, wanted, &at.child(name), file);
        }
    }

    fn reference(&mut self, node: &mut Value, object: &'static ObjectDef, at: &Pointer, file: FileId) {
        let Some(reference) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) else { return };
        if file == SourceFiles::DEFINITION && reference.starts_with('#') {
            return;
        }
        let Some(from) = self.target(&reference, at, file, node, object) else { return };
        if from.file != SourceFiles::DEFINITION && object.name == ObjectName::PathItem {
            self.inline(node, object, at, from);
        } else {
            let to = self.copy(from, object);
            node["$ref"] = format!("#{}", fragment(&to)).into();
        }
    }

    /// Values of a mapping are references to schemas, or names of schemas of the same file.
    fn mapping(&mut self, members: &mut Mapping, at: &Pointer, file: FileId) {
        let Some(Value::Object(mapping)) = members.get_mut("mapping") else { return };
        let Some(schema) = object_of("schemas") else { return };
        let at = at.child("mapping");
        for (value, node) in mapping.iter_mut() {
            let Some(text) = node.as_str().map(str::to_owned) else { continue };
            let name = format!("#/components/schemas/{text}");
            let is_name = !text.starts_with('#') && self.targets.has(&name, file);
            let reference = if is_name { name } else { text };
            let is_file = reference.contains(['#', '/']) || name::has_extension(&reference);
            if !is_file || file == SourceFiles::DEFINITION && reference.starts_with('#') {
                continue;
            }
            if let Some(from) = self.target(&reference, &at.child(value), file, node, schema) {
                let to = self.copy(from, schema);
                *node = format!("#{}", fragment(&to)).into();
            }
        }
        // What was replaced by a stub has been reported.
        mapping.retain(|_, node| node.is_string());
    }

    /// Returns what a reference names. After a finding a stub replaces the node, or it stays for `lower` if
    /// the run is to go on.
    fn target(
        &mut self,
        reference: &str,
        at: &Pointer,
        file: FileId,
        node: &mut Value,
        object: &'static ObjectDef,
    ) -> Option<FileNode> {
        match self.targets.resolve(reference, file) {
            Ok(from) => Some(from),
            // A later stage reports it: it knows what else the name may mean.
            Err(FileFinding::NoFileName) => None,
            Err(finding) => {
                let is_mapped = node.is_string();
                let spot = if is_mapped { at.clone() } else { at.child("$ref") };
                let reading = match object.name {
                    _ if is_mapped => "the entry is left out",
                    ObjectName::Schema => "it is read as any value",
                    ObjectName::RequestBody | ObjectName::Response => "it is read as JSON of any value",
                    _ => LEFT_OUT,
                };
                if !matches!(finding, FileFinding::NoTree) {
                    self.targets.report.push(&spot, &BrokenReference { finding, reading });
                }
                let stays = !is_mapped && object.name != ObjectName::PathItem;
                if stays && self.targets.report.keep_going {
                    self.left_out.insert(at.clone());
                } else {
                    *node = serde_json::from_str(object.stub).unwrap_or_default();
                }
                None
            }
        }
    }

    /// Returns where the copy of a node is in the tree, and makes one if there is none yet.
    fn copy(&mut self, from: FileNode, object: &'static ObjectDef) -> Pointer {
        if from.file == SourceFiles::DEFINITION {
            return from.at;
        }
        let group = group_of(object.name);
        let key = (group, from.clone());
        if let Some(known) = self.copies.get(&key) {
            return known.clone();
        }
        let path = &self.targets.files.get(from.file).path;
        let is_taken = |name: &str| self.names.contains(&(group.to_owned(), name.to_owned()));
        let name = name::free(&from.at, path, is_taken);
        self.names.insert((group.to_owned(), name.clone()));
        let to = Pointer::root().child("components").child(group).child(name);
        self.copies.insert(key, to.clone());
        self.open.push_back(CopiedNode { from, to: to.clone(), object });
        to
    }

    fn inline(&mut self, node: &mut Value, object: &'static ObjectDef, at: &Pointer, from: FileNode) {
        let is_deep = at.tokens().len() > DEPTH_LIMIT;
        if is_deep || self.inlined.contains(&from) {
            let name = node.get("$ref").and_then(Value::as_str).unwrap_or_default().to_owned();
            let finding = FileFinding::InItself { name };
            self.targets.report.push(&at.child("$ref"), &BrokenReference { finding, reading: LEFT_OUT });
            *node = Value::Object(Mapping::new());
            return;
        }
        self.report_siblings(node, at);
        *node = self.targets.node(&from).cloned().unwrap_or_default();
        self.targets.files.set_origin(at, from.clone());
        let file = from.file;
        self.inlined.push(from);
        self.value(node, ValueType::Object(object), at, file);
        self.inlined.pop();
    }

    /// Reports what is beside a `$ref` that its target replaces. Then another file has the node, so the
    /// finding states its file.
    fn report_siblings(&mut self, node: &Value, at: &Pointer) {
        let names = node.as_object().into_iter().flat_map(Mapping::keys);
        let names: Vec<String> = names.filter(|name| *name != "$ref").cloned().collect();
        let Some(first) = names.first() else { return };
        let FileNode { file, at } = self.targets.files.origin(&at.child(first));
        let mut own = Report::default();
        own.push(&at, &Problem::ReferenceSiblings { names });
        self.targets.report.add_of_file(file, own);
    }
}

/// Returns the reference of a node, if it may name another file.
fn external(node: &Value) -> Option<String> {
    let reference = node.get("$ref")?.as_str()?;
    (!reference.starts_with('#')).then(|| reference.to_owned())
}

/// A pointer as the fragment of a reference.
fn fragment(at: &Pointer) -> String {
    at.to_string().replace('%', "%25")
}

/// Returns the object that the components of a group are.
fn object_of(group: &str) -> Option<&'static ObjectDef> {
    let components = ROOT.field("components")?.value;
    let ValueType::Object(components) = components else { return None };
    match components.field(group)?.value {
        ValueType::Map(ValueType::OrRef(object)) => Some(object),
        _ => None,
    }
}

/// Returns the group of components that an object belongs to.
fn group_of(object: ObjectName) -> &'static str {
    match object {
        ObjectName::Response => "responses",
        ObjectName::Parameter => "parameters",
        ObjectName::Example => "examples",
        ObjectName::RequestBody => "requestBodies",
        ObjectName::Header => "headers",
        ObjectName::SecurityScheme => "securitySchemes",
        ObjectName::Link => "links",
        ObjectName::Callback => "callbacks",
        _ => "schemas",
    }
}
