//! The findings about documents of OpenAPI 3.1 and later.

use std::fmt;

use crate::report::{Finding, Severity};

#[derive(Debug)]
pub(super) enum ModernFinding {
    /// Keywords of OpenAPI 3.2.
    Unused { names: Vec<String> },
    /// A `$dynamicRef` to one of several `$dynamicAnchor`s.
    DynamicReference,
    /// A `const` beside an `enum` without it.
    NotListed,
    /// Another dialect than the one of OpenAPI.
    Dialect { name: String },
    /// A path item has a callback with the same path item.
    InItself { name: String },
    /// Within a media type, a part of it has the same media type.
    MediaTypeInItself { name: String },
    /// A reference to a media type that is not there.
    NoMediaType { name: String },
}

impl fmt::Display for ModernFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unused { names } => {
                write!(f, "this is OpenAPI 3.2, of which `{}` is not used", names.join("`, `"))
            }
            Self::DynamicReference => f.write_str(
                "several schemas have this `$dynamicAnchor`, and which one is meant depends on the way to \
                 the reference; it is read as a `$ref`",
            ),
            Self::NotListed => f.write_str("`const` is none of the values of `enum`: no value is valid"),
            Self::Dialect { name } => {
                write!(f, "`{name}` is another dialect of schemas; they are read as JSON Schema 2020-12")
            }
            Self::InItself { name } => write!(f, "the path item `{name}` has itself among its callbacks"),
            Self::MediaTypeInItself { name } => write!(f, "the media type `{name}` contains itself"),
            Self::NoMediaType { name } => write!(f, "`{name}` is no media type of this document"),
        }
    }
}

impl Finding for ModernFinding {
    fn is_of_defect(&self) -> bool {
        !matches!(self, Self::Unused { .. })
    }

    fn reading(&self) -> Option<&'static str> {
        matches!(self, Self::InItself { .. } | Self::MediaTypeInItself { .. } | Self::NoMediaType { .. })
            .then_some("it is left out")
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unused { .. } => "unused-version",
            Self::DynamicReference => "dynamic-reference",
            Self::NotListed => "contradictory-values",
            Self::Dialect { .. } => "other-dialect",
            Self::InItself { .. } | Self::MediaTypeInItself { .. } => "reference-cycle",
            Self::NoMediaType { .. } => "unresolved-reference",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::InItself { .. } | Self::MediaTypeInItself { .. } | Self::NoMediaType { .. } => {
                Severity::Error
            }
            Self::Unused { .. } | Self::DynamicReference | Self::NotListed | Self::Dialect { .. } => {
                Severity::Warning
            }
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unused { .. } => None,
            Self::InItself { .. } => {
                Some("leave the callback out, or describe it by a path item of its own".to_owned())
            }
            Self::MediaTypeInItself { .. } => {
                Some("describe the inner one where it is used, without a reference".to_owned())
            }
            Self::NoMediaType { .. } => {
                Some("a reference is `#/components/mediaTypes/` and the name of one of them".to_owned())
            }
            Self::DynamicReference => {
                Some("use `$ref`, or give each schema an `$anchor` of its own".to_owned())
            }
            Self::NotListed => Some("remove one of the two".to_owned()),
            Self::Dialect { .. } => Some("remove it, and use the keywords of JSON Schema 2020-12".to_owned()),
        }
    }
}
