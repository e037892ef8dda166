//! What operations refer to, directly and through what they refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::select::{METHODS, OperationKey, path_item};
use crate::pointer::Pointer;

/// How many references a pointer may pass through.
const MAX_JUMPS: usize = 32;

/// The nodes that operations refer to.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Components, by group and name.
    components: BTreeSet<(String, String)>,
    /// Operations that are referred to, or something within them.
    operations: BTreeSet<OperationKey>,
    /// Path items that are referred to, or something of theirs that belongs to no operation.
    paths: BTreeSet<String>,
}

impl Reached {
    pub(super) fn has_component(&self, group: &str, name: &str) -> bool {
        self.components.contains(&(group.to_owned(), name.to_owned()))
    }

    pub(super) fn has_operation(&self, path: &str, method: &str) -> bool {
        self.operations.contains(&OperationKey::new(path, method))
    }

    pub(super) fn has_path(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}

/// Returns what the operations, the parameters of their path items and webhooks reach.
pub(super) fn reached(tree: &Value, operations: &BTreeSet<OperationKey>) -> Reached {
    let mut walk = Walk {
        tree,
        heirs: heirs(tree),
        reached: Reached::default(),
        seen: BTreeSet::new(),
        open: Vec::new(),
    };
    for OperationKey { path, method } in operations {
        let Some(node) = tree.get("paths").and_then(|paths| paths.get(path)) else { continue };
        let item = path_item(tree, node);
        walk.open.extend(item.get(method));
        walk.open.extend(item.get("parameters"));
    }
    walk.open.extend(tree.get("webhooks"));
    walk.run();
    walk.reached
}

struct Walk<'t> {
    tree: &'t Value,
    heirs: BTreeMap<&'t str, Vec<&'t str>>,
    reached: Reached,
    /// Targets of references that are no components.
    seen: BTreeSet<Pointer>,
    open: Vec<&'t Value>,
}

impl<'t> Walk<'t> {
    fn run(&mut self) {
        while let Some(node) = self.open.pop() {
            match node {
                Value::Array(entries) => self.open.extend(entries),
                Value::Object(members) => {
                    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                        self.refer(reference);
                    }
                    let mapping = members.get("discriminator").and_then(|stated| stated.get("mapping"));
                    for target in mapping.and_then(Value::as_object).into_iter().flat_map(|m| m.values()) {
                        self.map_to(target);
                    }
                    self.open.extend(members.values());
                }
                _ => {}
            }
        }
    }

    fn refer(&mut self, reference: &str) {
        if let Some(target) = Pointer::parse(reference).filter(|_| reference.starts_with('#')) {
            self.reach(&target, MAX_JUMPS);
        }
    }

    /// A value of a discriminator's mapping is a reference, or the bare name of a component.
    fn map_to(&mut self, target: &'t Value) {
        let Some(target) = target.as_str() else { return };
        self.refer(target);
        self.reach_component("schemas", target);
    }

    fn reach(&mut self, target: &Pointer, jumps: usize) {
        let mut node = self.tree;
        for (index, token) in target.tokens().iter().enumerate() {
            if let Some(child) = child(node, token) {
                node = child;
                continue;
            }
            // A pointer may pass through a `$ref`.
            let passed = target.tokens()[..index].to_vec();
            let reference = node.get("$ref").and_then(Value::as_str).and_then(Pointer::parse);
            if let (Some(reference), Some(jumps)) = (reference, jumps.checked_sub(1)) {
                self.arrive(&Pointer::from_tokens(passed), node);
                let rest = target.tokens()[index..].iter().cloned();
                let joined = reference.tokens().iter().cloned().chain(rest).collect();
                self.reach(&Pointer::from_tokens(joined), jumps);
            }
            return;
        }
        self.arrive(target, node);
    }

    fn arrive(&mut self, target: &Pointer, node: &'t Value) {
        match target.tokens() {
            [components, group, name, ..] if components == "components" && !group.starts_with("x-") => {
                self.reach_component(group, name);
                return;
            }
            [paths, path, method, ..] if paths == "paths" && METHODS.contains(&method.as_str()) => {
                self.reached.operations.insert(OperationKey::new(path, method));
            }
            [paths, path, ..] if paths == "paths" => {
                self.reached.paths.insert(path.clone());
            }
            _ => {}
        }
        if self.seen.insert(target.clone()) {
            self.open.push(node);
        }
    }

    fn reach_component(&mut self, group: &str, name: &str) {
        let groups = self.tree.get("components").and_then(|components| components.get(group));
        let Some(node) = groups.and_then(|named| named.get(name)) else { return };
        if !self.reached.components.insert((group.to_owned(), name.to_owned())) {
            return;
        }
        self.open.push(node);
        if group == "schemas" && is_base(node) {
            for heir in self.heirs.remove(name).unwrap_or_default() {
                self.reach_component(group, heir);
            }
        }
    }
}

fn child<'t>(node: &'t Value, token: &str) -> Option<&'t Value> {
    match node {
        Value::Object(members) => members.get(token),
        Value::Array(entries) => entries.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Returns whether any schema that extends this one may be in its place: nothing needs to refer to them.
fn is_base(schema: &Value) -> bool {
    let is_union = |key| schema.get(key).and_then(Value::as_array).is_some_and(|members| !members.is_empty());
    schema.get("discriminator").is_some() && !is_union("oneOf") && !is_union("anyOf")
}

/// For each component schema that is a base those that extend it through `allOf`, directly or through others.
fn heirs(tree: &Value) -> BTreeMap<&str, Vec<&str>> {
    let Some(schemas) = tree.pointer("/components/schemas").and_then(Value::as_object) else {
        return BTreeMap::new();
    };
    let component = |reference: &Value| match Pointer::parse(reference.as_str()?)?.tokens() {
        [_, _, name] => schemas.get_key_value(name).map(|(name, _)| name.as_str()),
        _ => None,
    };
    let mut direct: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, schema) in schemas {
        let mut open = vec![schema];
        while let Some(part) = open.pop() {
            if let Some(base) = part.get("$ref").and_then(component) {
                direct.entry(base).or_default().push(name);
            }
            open.extend(part.get("allOf").and_then(Value::as_array).into_iter().flatten());
        }
    }
    let bases = schemas.iter().filter(|(_, schema)| is_base(schema)).map(|(name, _)| name.as_str());
    bases.map(|base| (base, extending(&direct, base))).collect()
}

fn extending<'t>(direct: &BTreeMap<&'t str, Vec<&'t str>>, base: &str) -> Vec<&'t str> {
    let mut found = direct.get(base).cloned().unwrap_or_default();
    let mut at = 0;
    while let Some(heir) = found.get(at).copied() {
        at += 1;
        for next in direct.get(heir).into_iter().flatten() {
            if !found.contains(next) {
                found.push(next);
            }
        }
    }
    found
}
