//! The extensions as data. `EXTENSIONS.md` documents the same table; a test compares the two.

/// The kind of object that an extension belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExtensionScope {
    /// Any object.
    Any,
    Root,
    Schema,
    Operation,
    Parameter,
    SecurityScheme,
    /// A schema or an operation.
    Documented,
    /// Everything that has no extension of its own.
    Other,
}

/// The form that a schema must have to carry an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchemaForm {
    Anything,
    Enum,
    /// A string without `enum`.
    OpenString,
    Array,
    Object,
    /// A string, or what may hold strings.
    Strings,
}

/// One extension.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Extension {
    pub(crate) name: &'static str,
    pub(crate) scope: ExtensionScope,
    pub(crate) form: SchemaForm,
}

const fn row(name: &'static str, scope: ExtensionScope, form: SchemaForm) -> Extension {
    Extension { name, scope, form }
}

/// All of them.
pub(crate) const EXTENSIONS: &[Extension] = &[
    row("x-source", ExtensionScope::Any, SchemaForm::Anything),
    row("x-error-codes", ExtensionScope::Root, SchemaForm::Anything),
    row("x-null-is-absent", ExtensionScope::Root, SchemaForm::Anything),
    row("x-error-code", ExtensionScope::Schema, SchemaForm::Anything),
    row("x-severity", ExtensionScope::Schema, SchemaForm::Anything),
    row("x-sensitive", ExtensionScope::Schema, SchemaForm::Anything),
    row("x-enum-labels", ExtensionScope::Schema, SchemaForm::Enum),
    row("x-enum-varnames", ExtensionScope::Schema, SchemaForm::Enum),
    row("x-preferred-values", ExtensionScope::Schema, SchemaForm::OpenString),
    row("x-no-card-number", ExtensionScope::Schema, SchemaForm::Strings),
    row("x-unique-by", ExtensionScope::Schema, SchemaForm::Array),
    row("x-no-reference-to", ExtensionScope::Schema, SchemaForm::Array),
    row("x-at-most-one-of", ExtensionScope::Schema, SchemaForm::Object),
    row("x-required-when", ExtensionScope::Schema, SchemaForm::Object),
    row("x-forbidden-when", ExtensionScope::Schema, SchemaForm::Object),
    row("x-same-value", ExtensionScope::Schema, SchemaForm::Object),
    row("x-bulk", ExtensionScope::Operation, SchemaForm::Anything),
    row("x-poll", ExtensionScope::Operation, SchemaForm::Anything),
    row("x-correlation-id", ExtensionScope::Parameter, SchemaForm::Anything),
    row("x-token", ExtensionScope::SecurityScheme, SchemaForm::Anything),
    row("x-documented-as", ExtensionScope::Documented, SchemaForm::Anything),
    row("x-deviations", ExtensionScope::Root, SchemaForm::Anything),
];

impl Extension {
    /// Returns the objects that may carry it, for a sentence.
    pub(crate) fn carriers(&self) -> &'static str {
        match (self.scope, self.form) {
            (ExtensionScope::Any | ExtensionScope::Other, _) => "any object",
            (ExtensionScope::Root, _) => "the document's root",
            (ExtensionScope::Operation, _) => "an operation",
            (ExtensionScope::Documented, _) => "a schema or an operation",
            (ExtensionScope::Parameter, _) => "a header parameter",
            (ExtensionScope::SecurityScheme, _) => "an `oauth2` security scheme",
            (ExtensionScope::Schema, SchemaForm::Anything) => "a schema",
            (ExtensionScope::Schema, SchemaForm::Enum) => "a schema with `enum`",
            (ExtensionScope::Schema, SchemaForm::OpenString) => "a string schema without `enum`",
            (ExtensionScope::Schema, SchemaForm::Array) => "an array schema",
            (ExtensionScope::Schema, SchemaForm::Object) => "an object schema",
            (ExtensionScope::Schema, SchemaForm::Strings) => "a string, array or object schema",
        }
    }
}

/// Returns the extension of this name.
pub(super) fn named(name: &str) -> Option<&'static Extension> {
    EXTENSIONS.iter().find(|extension| extension.name == name)
}

/// Returns the extension that a name nearly spells.
///
/// Names of other vendors are legal, so this is careful: one typing error in names of up to eight letters
/// after `x-`, two in longer ones.
pub(super) fn misspelt(name: &str) -> Option<&'static str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let near = |extension: &&Extension| {
        let own: Vec<char> = extension.name.chars().collect();
        within(&name, &own, if own.len() > 10 { 2 } else { 1 })
    };
    EXTENSIONS.iter().find(near).map(|extension| extension.name)
}

/// Returns whether at most `errors` typing errors lie between two names: a letter more, less, changed or
/// swapped.
fn within(left: &[char], right: &[char], errors: usize) -> bool {
    let same = left.iter().zip(right).take_while(|(one, other)| one == other).count();
    let (left, right) = (&left[same..], &right[same..]);
    if left.is_empty() || right.is_empty() {
        return left.len().max(right.len()) <= errors;
    }
    if errors == 0 {
        return false;
    }
    let swapped = left.len() > 1 && right.len() > 1 && left[0] == right[1] && left[1] == right[0];
    (swapped && within(&left[2..], &right[2..], errors - 1))
        || within(&left[1..], &right[1..], errors - 1)
        || within(&left[1..], right, errors - 1)
        || within(left, &right[1..], errors - 1)
}
