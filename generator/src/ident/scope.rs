//! Unique identifiers.

use std::collections::BTreeSet;

use super::identifiers::{ConstIdent, FieldIdent, TypeIdent};

/// A module, a struct or an enum, in which every identifier is used once.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// Creates a scope in which some names are taken.
    pub(crate) fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Takes a name, so that no later identifier gets it.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Returns whether an identifier has the name.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes the name for a type, or the name with the lowest number from 2 on that is still free.
    pub(crate) fn type_ident(&mut self, wanted: TypeIdent) -> TypeIdent {
        TypeIdent(self.take(wanted.0, ""))
    }

    /// Takes the name for the variant of all other values, or another word for it if the name is taken.
    pub(crate) fn catch_all(&mut self, wanted: &str) -> TypeIdent {
        let words = [wanted, "Unrecognized", "Unlisted"];
        let free = words.into_iter().find(|word| !self.is_taken(word)).unwrap_or(wanted);
        self.type_ident(TypeIdent::new(free, ""))
    }

    /// Takes the name, or the name with a word appended, or that with a number.
    pub(crate) fn type_ident_or(&mut self, wanted: TypeIdent, word: &str) -> TypeIdent {
        if self.is_taken(&wanted.0) {
            return self.type_ident(TypeIdent(format!("{wanted}{word}")));
        }
        self.type_ident(wanted)
    }

    pub(crate) fn field_ident(&mut self, wanted: FieldIdent) -> FieldIdent {
        FieldIdent(self.take(wanted.0, "_"))
    }

    /// Takes the first name, or where it is no longer free the second.
    pub(crate) fn field_ident_or(&mut self, wanted: FieldIdent, other: FieldIdent) -> FieldIdent {
        if self.taken.contains(wanted.as_str()) { self.field_ident(other) } else { self.field_ident(wanted) }
    }

    pub(crate) fn const_ident(&mut self, wanted: ConstIdent) -> ConstIdent {
        ConstIdent(self.take(wanted.0, "_"))
    }

    /// Takes identifiers for several names, in their order. An identifier gets a number only where it would
    /// be a duplicate.
    pub(crate) fn type_idents<T: AsRef<str>>(&mut self, names: &[T], fallback: &str) -> Vec<TypeIdent> {
        let wanted = |name: &str| TypeIdent::new(name, fallback).0;
        self.take_all(names, wanted, "").into_iter().map(TypeIdent).collect()
    }

    pub(crate) fn field_idents<T: AsRef<str>>(&mut self, names: &[T]) -> Vec<FieldIdent> {
        let wanted = |name: &str| FieldIdent::new(name).0;
        self.take_all(names, wanted, "_").into_iter().map(FieldIdent).collect()
    }

    /// Names that are identifiers already come first, then those whose identifier is free, then the rest.
    fn take_all<T: AsRef<str>>(
        &mut self,
        names: &[T],
        wanted: impl Fn(&str) -> String,
        separator: &str,
    ) -> Vec<String> {
        let wanted: Vec<String> = names.iter().map(|name| wanted(name.as_ref())).collect();
        let mut given: Vec<Option<String>> = vec![None; names.len()];
        for only_exact in [true, false] {
            for (index, wanted) in wanted.iter().enumerate() {
                let fits = !only_exact || wanted.trim_start_matches("r#") == names[index].as_ref();
                if given[index].is_none() && fits && self.taken.insert(wanted.clone()) {
                    given[index] = Some(wanted.clone());
                }
            }
        }
        let rest = given.into_iter().zip(wanted);
        rest.map(|(given, wanted)| given.unwrap_or_else(|| self.take(wanted, separator))).collect()
    }

    fn take(&mut self, wanted: String, separator: &str) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        // A raw keyword or a trailing underscore is not needed once a number follows.
        let stem = wanted.strip_prefix("r#").unwrap_or(&wanted).trim_end_matches('_');
        let separator = if stem.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { separator };
        let mut number = 2_usize;
        loop {
            let candidate = format!("{stem}{separator}{number}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldIdent, Scope, TypeIdent};

    #[test]
    fn collisions_get_numbers() {
        let mut scope = Scope::default();
        let mut take = |name| scope.type_ident(TypeIdent::new(name, "Value")).as_str().to_owned();
        assert_eq!(take("asc"), "Asc");
        assert_eq!(take("ASC"), "Asc2");
        assert_eq!(take("Asc2"), "Asc2_2");
        let mut fields = Scope::default();
        assert_eq!(fields.field_ident(FieldIdent::new("type")).as_str(), "r#type");
        assert_eq!(fields.field_ident(FieldIdent::new("Type")).as_str(), "type_2");
    }

    #[test]
    fn exact_names_win() {
        let mut scope = Scope::default();
        let names = scope.type_idents(&["foo", "Foo", "FOO", "Foo2", "foo_3"], "Type");
        let names: Vec<&str> = names.iter().map(TypeIdent::as_str).collect();
        assert_eq!(names, ["Foo4", "Foo", "Foo5", "Foo2", "Foo3"]);
        let fields = Scope::with(&["build"]).field_idents(&["Type", "type", "build", "build_"]);
        let fields: Vec<&str> = fields.iter().map(FieldIdent::as_str).collect();
        assert_eq!(fields, ["type_2", "r#type", "build_2", "build_"]);
    }
}
