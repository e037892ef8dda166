//! Which file imports from which: every path followed through re-exports to the file that has the item.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Crate, File};

pub(crate) type Edges = BTreeMap<String, BTreeSet<String>>;

/// For each file, the others that it uses something of.
pub(crate) fn edges(krate: &Crate) -> Edges {
    let of = |file: &File| {
        let used = file.paths.iter().filter_map(|path| resolve(krate, &file.module, path, 0));
        used.filter(|target| *target != file.module.join("/")).collect()
    };
    krate.files.iter().map(|(name, file)| (name.clone(), of(file))).collect()
}

/// The file that has the item at the end of a path, seen from a module; none for other crates and for names
/// of the file itself.
fn resolve(krate: &Crate, from: &[String], path: &[String], depth: usize) -> Option<String> {
    // Re-exports that lead back to each other end here.
    if depth > 8 {
        return None;
    }
    let (mut module, mut rest) = match path[0].as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (from.to_vec(), &path[1..]),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            (from[..from.len().checked_sub(up)?].to_vec(), &path[up..])
        }
        first => {
            let mut child = from.to_vec();
            child.push(first.to_owned());
            let is_known = krate.has_module(&child) || imported(krate, from, first).is_some();
            if !is_known {
                return None;
            }
            (from.to_vec(), path)
        }
    };
    while let Some((first, others)) = rest.split_first() {
        module.push(first.clone());
        if !krate.has_module(&module) {
            module.pop();
            break;
        }
        rest = others;
    }
    if let Some(name) = rest.first()
        && let Some(target) = imported(krate, &module, name)
    {
        let mut target = target.clone();
        target.extend_from_slice(&rest[1..]);
        if let Some(found) = resolve(krate, &module, &target, depth + 1) {
            return Some(found);
        }
    }
    if let Some(name) = rest.first()
        && let Some(found) = through_glob(krate, &module, name, depth)
    {
        return Some(found);
    }
    krate.has_module(&module).then(|| module.join("/"))
}

/// The path behind a name that a module imports.
fn imported<'a>(krate: &'a Crate, module: &[String], name: &str) -> Option<&'a Vec<String>> {
    let file = krate.files.get(&module.join("/"))?;
    file.imported.iter().find(|(known, path)| known == name && path.len() > 1).map(|(_, path)| path)
}

/// The file behind `pub use child::*` that has a visible type or any word of that name at its top.
fn through_glob(krate: &Crate, module: &[String], name: &str, depth: usize) -> Option<String> {
    let file = krate.files.get(&module.join("/"))?;
    if file.types.iter().any(|known| known == name) {
        return None;
    }
    file.imported.iter().filter(|(known, _)| known == "*").find_map(|(_, path)| {
        let target = resolve(krate, module, path, depth + 1)?;
        krate.files[&target].types.iter().any(|known| known == name).then_some(target)
    })
}

/// Groups of files of which each is reached from each other one.
pub(crate) fn rings(edges: &Edges) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        edges.keys().map(|start| (start, reachable(edges, start))).collect();
    let mut rings: BTreeSet<Vec<String>> = BTreeSet::new();
    for (start, targets) in &reached {
        let ring: Vec<String> = targets
            .iter()
            .filter(|target| reached[*target].contains(start))
            .map(|file| (*file).clone())
            .collect();
        if ring.len() > 1 {
            rings.insert(ring);
        }
    }
    rings.into_iter().collect()
}

fn reachable<'a>(edges: &'a Edges, start: &'a String) -> BTreeSet<&'a String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![start]);
    while let Some(file) = open.pop() {
        open.extend(edges[file].iter().filter(|target| found.insert(*target)));
    }
    found
}
