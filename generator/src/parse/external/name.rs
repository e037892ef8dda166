//! Names of components that come from other files.

use std::path::Path;

use crate::pointer::Pointer;

/// Returns a name for the copy of a node that is not taken: its last name or that of its file, and if two
/// files have nodes of one name, both.
pub(super) fn free(at: &Pointer, path: &Path, is_taken: impl Fn(&str) -> bool) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let own = at.last().filter(|token| token.parse::<usize>().is_err()).map(str::to_owned);
    let both = own.as_ref().map(|own| format!("{stem}_{own}"));
    let names = own.into_iter().chain(both).chain([stem.clone()]);
    let numbered = (2_u64..).map(|number| format!("{stem}{number}"));
    names.chain(numbered).find(|name| !name.is_empty() && !is_taken(name)).unwrap_or_default()
}

/// Returns whether a reference ends like the name of a file.
pub(super) fn has_extension(reference: &str) -> bool {
    let extension = Path::new(reference).extension().map(std::ffi::OsStr::to_ascii_lowercase);
    extension.is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

#[cfg(test)]
mod tests {
    use super::{free, has_extension};
    use crate::pointer::Pointer;

    #[test]
    fn names_come_from_the_pointer_or_the_file() {
        let table: [(&str, &[&str], &str); 5] = [
            ("#/components/schemas/Pet", &[], "Pet"),
            ("#/components/schemas/Pet", &["Pet"], "pets_Pet"),
            ("#/components/schemas/Pet", &["Pet", "pets_Pet", "pets"], "pets2"),
            ("#", &[], "pets"),
            ("#/allOf/0", &["pets"], "pets2"),
        ];
        for (at, taken, expected) in table {
            let at = Pointer::parse(at).unwrap_or_default();
            assert_eq!(
                free(&at, "a/pets.v1/pets.yaml".as_ref(), |name| taken.contains(&name)),
                expected,
                "{at}"
            );
        }
        assert!(has_extension("a.YAML"));
        assert!(!has_extension("Pet.v1"));
    }
}
