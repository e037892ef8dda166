//! Keywords that OpenAPI defines and the generator does not use: each is a finding, so that none is dropped
//! silently.

use std::fmt;

use serde_json::Value as Json;

use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity};

use super::input::Input;

/// A keyword without effect, and why.
pub(super) struct Ignored {
    keyword: &'static str,
    help: Option<&'static str>,
}

impl Ignored {
    pub(super) const PARAMETER: &'static [Self] = &[Self {
        keyword: "allowEmptyValue",
        help: Some("OpenAPI advises against it; an empty string is sent as `name=` anyway"),
    }];
    pub(super) const ENCODING: &'static [Self] = &[Self {
        keyword: "contentType",
        help: Some("it is read for the parts of `multipart/form-data` alone"),
    }];
    pub(super) const EXAMPLE: &'static [Self] =
        &[Self { keyword: "externalValue", help: Some("write the example into `value`") }];
}

/// Reports each of the keywords that the object at `at` has. A flag that is `false` states the default.
pub(super) fn check_ignored(input: Input<'_>, report: &mut Report, at: &Pointer, keywords: &[Ignored]) {
    let raw = input.raw(at);
    for ignored in keywords {
        if raw.get(ignored.keyword).is_some_and(|value| *value != Json::Bool(false)) {
            report.push(&at.child(ignored.keyword), ignored);
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not supported; it has no effect", self.keyword)
    }
}

impl Finding for Ignored {
    fn code(&self) -> &'static str {
        "unsupported-keyword"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        self.help.map(str::to_owned)
    }

    fn part(&self) -> NodePart {
        NodePart::Key
    }
}
