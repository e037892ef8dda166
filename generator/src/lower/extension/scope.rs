//! Reports the extensions of an object that mean nothing there. `parse` does so for the keywords of OpenAPI.

use crate::lower::input::Input;
use crate::pointer::Pointer;
use crate::report::Report;

use super::finding::ExtensionFinding;
use super::table::{ExtensionScope, misspelt, named};

/// An object of the specification that may carry extensions.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct ExtendedObject {
    /// What findings call it.
    title: &'static str,
    scope: ExtensionScope,
}

impl ExtendedObject {
    pub(in crate::lower) const ROOT: Self = Self::new("the document", ExtensionScope::Root);
    pub(in crate::lower) const INFO: Self = Self::new("info", ExtensionScope::Other);
    pub(in crate::lower) const CONTACT: Self = Self::new("a contact", ExtensionScope::Other);
    pub(in crate::lower) const LICENSE: Self = Self::new("a license", ExtensionScope::Other);
    pub(in crate::lower) const SERVER: Self = Self::new("a server", ExtensionScope::Other);
    pub(in crate::lower) const SERVER_VARIABLE: Self = Self::new("a server variable", ExtensionScope::Other);
    pub(in crate::lower) const TAG: Self = Self::new("a tag", ExtensionScope::Other);
    pub(in crate::lower) const EXTERNAL_DOCS: Self =
        Self::new("external documentation", ExtensionScope::Other);
    pub(in crate::lower) const COMPONENTS: Self = Self::new("components", ExtensionScope::Other);
    pub(in crate::lower) const PATH_ITEM: Self = Self::new("a path item", ExtensionScope::Other);
    pub(in crate::lower) const OPERATION: Self = Self::new("an operation", ExtensionScope::Operation);
    pub(in crate::lower) const PARAMETER: Self = Self::new("a parameter", ExtensionScope::Parameter);
    pub(in crate::lower) const HEADER: Self = Self::new("a header", ExtensionScope::Other);
    pub(in crate::lower) const REQUEST_BODY: Self = Self::new("a request body", ExtensionScope::Other);
    pub(in crate::lower) const MEDIA_TYPE: Self = Self::new("a media type", ExtensionScope::Other);
    pub(in crate::lower) const ENCODING: Self = Self::new("an encoding", ExtensionScope::Other);
    pub(in crate::lower) const RESPONSE: Self = Self::new("a response", ExtensionScope::Other);
    pub(in crate::lower) const LINK: Self = Self::new("a link", ExtensionScope::Other);
    pub(in crate::lower) const EXAMPLE: Self = Self::new("an example", ExtensionScope::Other);
    pub(in crate::lower) const SCHEMA: Self = Self::new("a schema", ExtensionScope::Schema);
    pub(in crate::lower) const DISCRIMINATOR: Self = Self::new("a discriminator", ExtensionScope::Other);
    pub(in crate::lower) const SECURITY_SCHEME: Self =
        Self::new("a security scheme", ExtensionScope::SecurityScheme);
    pub(in crate::lower) const OAUTH_FLOW: Self = Self::new("an OAuth flow", ExtensionScope::Other);

    /// Returns true for what a section of documentation pages can be about.
    fn is_documented(self) -> bool {
        matches!(self.scope, ExtensionScope::Schema | ExtensionScope::Operation)
    }

    const fn new(title: &'static str, scope: ExtensionScope) -> Self {
        Self { title, scope }
    }
}

/// Reports the extensions of the object at `at` that are misspelt or mean nothing there.
pub(in crate::lower) fn check_extensions(
    input: Input<'_>,
    report: &mut Report,
    at: &Pointer,
    object: ExtendedObject,
) {
    for (key, value) in input.raw(at).members().filter(|(key, _)| key.starts_with("x-")) {
        let spot = at.child(key);
        match named(key) {
            Some(extension) if extension.scope == object.scope || extension.scope == ExtensionScope::Any => {}
            Some(extension) if extension.scope == ExtensionScope::Documented && object.is_documented() => {}
            Some(extension) => {
                report.push(&spot, &ExtensionFinding::misplaced(extension, object.title));
            }
            None => check_spelling(report, &spot, key),
        }
        if key == "x-source" && !value.as_str().is_some_and(is_one_line) {
            report.push(&spot, &ExtensionFinding::wrong("`x-source`", "one line of text"));
        }
    }
}

/// An extension beside a `$ref` has no effect: ours there is a mistake, other vendors' are left alone.
pub(in crate::lower) fn check_beside_reference(input: Input<'_>, report: &mut Report, at: &Pointer) {
    for (key, _) in input.raw(at).members().filter(|(key, _)| key.starts_with("x-")) {
        let spot = at.child(key);
        match named(key) {
            Some(extension) => {
                report.push(&spot, &ExtensionFinding::BesideReference { name: extension.name });
            }
            None => check_spelling(report, &spot, key),
        }
    }
}

fn check_spelling(report: &mut Report, spot: &Pointer, key: &str) {
    if let Some(near) = misspelt(key) {
        report.push(spot, &ExtensionFinding::Misspelt { name: key.to_owned(), near });
    }
}

/// Whether a text has one line; block scalars of YAML end in a line break.
fn is_one_line(text: &str) -> bool {
    !text.trim_end().contains(['\n', '\r'])
}
