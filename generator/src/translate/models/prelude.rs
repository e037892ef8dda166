//! How `models.rs` writes names that are not its own.

use super::super::names::Names;
use crate::rust::{Prelude, RuntimeType};

/// Returns the names without a path, unless a schema has such a name.
pub(super) fn prelude(names: &Names<'_>) -> Prelude {
    let pick = |name, plain, full| if names.is_taken(name) { full } else { plain };
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
        code: pick("Code", "Code", "specwright_runtime::Code"),
        shadowed: RuntimeType::ALL.iter().copied().filter(|ty| names.is_taken(ty.name())).collect(),
    }
}
