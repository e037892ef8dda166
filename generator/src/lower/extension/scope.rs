//! Reports the extensions of an object that mean nothing there. `parse` does so for the keywords of OpenAPI.

use crate::lower::input::Input;
use crate::pointer::Pointer;
use crate::report::Report;

use super::finding::ExtensionFinding;
use super::table::{ExtensionScope, misspelt, named};

/// An object of the specification that may carry extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum ExtendedObject {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Link,
    Example,
    Schema,
    Discriminator,
    SecurityScheme,
    OAuthFlow,
}

impl ExtendedObject {
    /// What findings call it.
    fn description(self) -> &'static str {
        match self {
            Self::Root => "the document",
            Self::Info => "info",
            Self::Contact => "a contact",
            Self::License => "a license",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Tag => "a tag",
            Self::ExternalDocs => "external documentation",
            Self::Components => "components",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Link => "a link",
            Self::Example => "an example",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlow => "an OAuth flow",
        }
    }

    /// Returns true for what a section of documentation pages can be about.
    fn is_documented(self) -> bool {
        matches!(self, Self::Schema | Self::Operation)
    }

    fn scope(self) -> ExtensionScope {
        match self {
            Self::Root => ExtensionScope::Root,
            Self::Operation => ExtensionScope::Operation,
            Self::Parameter => ExtensionScope::Parameter,
            Self::SecurityScheme => ExtensionScope::SecurityScheme,
            Self::Schema => ExtensionScope::Schema,
            _ => ExtensionScope::Other,
        }
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
            Some(extension)
                if extension.scope == object.scope() || extension.scope == ExtensionScope::Any => {}
            Some(extension) if extension.scope == ExtensionScope::Documented && object.is_documented() => {}
            Some(extension) => {
                report.push(&spot, &ExtensionFinding::misplaced(extension, object.description()));
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

/// A line break at the end is how YAML's block scalars end.
fn is_one_line(text: &str) -> bool {
    !text.trim_end().contains(['\n', '\r'])
}
