//! How the module writes names that are not its own.

use std::collections::BTreeSet;

use super::super::types::{self, Types};
use crate::rust::{Item, Prelude};

/// The short names of runtime types that the items mention.
pub(super) fn imports(items: &[Item], prelude: &Prelude, code_type: Option<&String>) -> Vec<String> {
    let mut found: BTreeSet<&str> = code_type.map(String::as_str).into_iter().collect();
    for item in items {
        item.types().into_iter().for_each(|ty| found.extend(ty.innermost_path()));
        if matches!(item, Item::Struct(item) if item.has_builder()) {
            found.insert(prelude.violations);
        }
    }
    let importable = |name: &&str| types::RUNTIME.contains(name) || ["Code", "Violations"].contains(name);
    found.into_iter().filter(importable).map(str::to_owned).collect()
}

/// The standard types by their plain names, unless a schema goes by one of them.
pub(super) fn prelude(types: &Types<'_>) -> Prelude {
    let pick = |name, plain, full| if types.names.is_taken(name) { full } else { plain };
    Prelude {
        option: pick("Option", "Option", "std::option::Option"),
        string: pick("String", "String", "std::string::String"),
        vec: pick("Vec", "Vec", "std::vec::Vec"),
        boxed: pick("Box", "Box", "std::boxed::Box"),
        result: pick("Result", "Result", "std::result::Result"),
        from: pick("From", "From", "std::convert::From"),
        default: pick("Default", "Default", "std::default::Default"),
        some: pick("Some", "Some", "std::option::Option::Some"),
        ok: pick("Ok", "Ok", "std::result::Result::Ok"),
        err: pick("Err", "Err", "std::result::Result::Err"),
        violations: pick("Violations", "Violations", "specwright_runtime::Violations"),
    }
}
