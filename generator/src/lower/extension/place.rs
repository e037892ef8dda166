//! Where extensions stand: an object goes in, findings on those of its extensions that mean nothing there come out.
//!
//! OpenAPI's own keys are the business of `parse`.

use crate::lower::Lowering;
use crate::pointer::Pointer;

use super::{ExtensionFinding, Kind, misspelt, named};

/// An object of the specification that may carry extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Object {
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

impl Object {
    /// What people call it.
    fn words(self) -> &'static str {
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

    fn kind(self) -> Kind {
        match self {
            Self::Root => Kind::Root,
            Self::Operation => Kind::Operation,
            Self::Parameter => Kind::Parameter,
            Self::SecurityScheme => Kind::SecurityScheme,
            Self::Schema => Kind::Schema,
            _ => Kind::Other,
        }
    }
}

impl Lowering<'_> {
    /// Reports the extensions of the object at `at` that are misspelt or mean nothing there.
    pub(in crate::lower) fn check_extensions(&mut self, at: &Pointer, object: Object) {
        for (key, value) in self.raw(at).members().filter(|(key, _)| key.starts_with("x-")) {
            let spot = at.child(key);
            match named(key) {
                Some(extension) if extension.kind == object.kind() || extension.kind == Kind::Any => {}
                Some(extension) if extension.kind == Kind::Documented && object.is_documented() => {}
                Some(extension) => self.say(&spot, &ExtensionFinding::misplaced(extension, object.words())),
                None => self.check_spelling(&spot, key),
            }
            if key == "x-source" && !value.as_str().is_some_and(is_one_line) {
                self.say(&spot, &ExtensionFinding::wrong("`x-source`", "one line of text"));
            }
        }
    }

    /// An extension beside a `$ref` has no effect: ours there is a mistake, other vendors' are left alone.
    pub(in crate::lower) fn check_beside_reference(&mut self, at: &Pointer) {
        for (key, _) in self.raw(at).members().filter(|(key, _)| key.starts_with("x-")) {
            let spot = at.child(key);
            match named(key) {
                Some(extension) => {
                    self.say(&spot, &ExtensionFinding::BesideReference { name: extension.name });
                }
                None => self.check_spelling(&spot, key),
            }
        }
    }

    fn check_spelling(&mut self, spot: &Pointer, key: &str) {
        if let Some(near) = misspelt(key) {
            self.say(spot, &ExtensionFinding::Misspelt { name: key.to_owned(), near });
        }
    }
}

/// A line break at the end is how YAML's block scalars end.
fn is_one_line(text: &str) -> bool {
    !text.trim_end().contains(['\n', '\r'])
}
