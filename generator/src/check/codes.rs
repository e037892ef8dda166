//! Error codes: those that are named exist, those that exist are named.

use std::collections::BTreeSet;
use std::fmt;

use crate::api::{Api, Keyword, Schema, Shape};
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity, nearest};

/// Returns every code of a rule, with its pointer.
fn uses(api: &Api) -> Vec<(Pointer, &str)> {
    let root = Pointer::root().child("x-error-codes");
    let mut found: Vec<(Pointer, &str)> = Vec::new();
    for (keyword, code) in &api.error_codes.keywords {
        found.push((root.child("keywords").child(name(*keyword)), code));
    }
    for (format, code) in &api.error_codes.formats {
        found.push((root.child("formats").child(format), code));
    }
    for (_, schema) in api.schemas.iter() {
        let own = schema.at.child("x-error-code");
        found.extend(schema.codes.iter().map(|(keyword, code)| (own.child(name(*keyword)), &**code)));
        for rule in &schema.rules {
            found.extend(rule.code.as_deref().map(|code| (rule.at.child("code"), code)));
        }
    }
    found
}

fn name(keyword: Keyword) -> &'static str {
    Keyword::ALL.iter().find(|(known, _)| *known == keyword).map_or("", |(_, name)| name)
}

/// A code that is named is declared, and is one that a validator may raise.
pub(super) fn check_declared(api: &Api, report: &mut Report) {
    for (at, name) in uses(api) {
        let code = api.error_codes.codes.iter().find(|code| code.name == name);
        match code {
            None => report.push(&at, &undeclared(api, name)),
            Some(code) if code.server_only => {
                let related = vec![(code.at.child("raised-by"), "declared here".to_owned())];
                report.push_related(&at, &CodeFinding::ServerOnly { name: name.to_owned() }, related);
            }
            Some(_) => {}
        }
    }
}

/// The object around the service's errors has a declared code. The server alone may raise it: no rule has it.
pub(super) fn check_envelope(api: &Api, report: &mut Report) {
    let Some((at, name)) = envelope(api) else { return };
    if !api.error_codes.codes.iter().any(|code| code.name == name) {
        report.push(&at, &undeclared(api, name));
    }
}

fn envelope(api: &Api) -> Option<(Pointer, &str)> {
    let body = api.error_codes.body.as_ref()?;
    Some((body.at.child("envelope"), &body.envelope.as_ref()?.code))
}

fn undeclared(api: &Api, name: &str) -> CodeFinding {
    let known = api.error_codes.codes.iter().map(|code| &*code.name);
    let near = nearest(name, known).map(str::to_owned);
    CodeFinding::Undeclared { name: name.to_owned(), near }
}

/// A code that validators could raise is named somewhere.
pub(super) fn check_used(api: &Api, report: &mut Report) {
    let named = uses(api).into_iter().chain(envelope(api));
    let used: BTreeSet<&str> = named.map(|(_, code)| code).collect();
    for code in api.error_codes.codes.iter().filter(|code| !code.server_only) {
        if !used.contains(&*code.name) {
            report.push(&code.at, &CodeFinding::Unused { name: code.name.clone() });
        }
    }
}

/// A message has no placeholders but those that have a meaning.
pub(super) fn check_messages(api: &Api, report: &mut Report) {
    for code in &api.error_codes.codes {
        let braced = code.message.split('{').skip(1).filter_map(|part| part.split_once('}'));
        for (name, _) in braced.filter(|(name, _)| !["min", "max"].contains(name)) {
            let finding = CodeFinding::Placeholder { name: name.to_owned() };
            report.push(&code.at.child("message"), &finding);
        }
    }
}

/// A schema that gives a keyword its own code or severity has the keyword.
pub(super) fn check_effective(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        let stated = schema.codes.keys().map(|keyword| ("x-error-code", *keyword));
        let stated = stated.chain(schema.severities.keys().map(|keyword| ("x-severity", *keyword)));
        for (extension, keyword) in stated {
            if !has_keyword(schema, keyword) {
                let finding = CodeFinding::Ineffective { keyword: name(keyword) };
                report.push(&schema.at.child(extension).child(name(keyword)), &finding);
            }
        }
    }
}

/// Returns whether the keyword can be violated at the schema; `type` and `required` always can, and of a
/// composed schema we do not ask.
fn has_keyword(schema: &Schema, keyword: Keyword) -> bool {
    let composed = !schema.all_of.is_empty() || schema.one_of.is_some() || schema.any_of.is_some();
    let own = match (&schema.shape, keyword) {
        (_, Keyword::Type | Keyword::Required) | (Shape::Object(_), Keyword::AdditionalProperties) => true,
        (_, Keyword::Enum) => schema.enumeration.is_some(),
        (Shape::String(text), Keyword::Format) => text.format.is_some(),
        (Shape::String(text), Keyword::MinLength) => text.min_length.is_some(),
        (Shape::String(text), Keyword::MaxLength) => text.max_length.is_some(),
        (Shape::String(text), Keyword::Pattern) => text.pattern.is_some(),
        (Shape::Integer(number) | Shape::Number(number), keyword) => match keyword {
            Keyword::Format => number.format.is_some(),
            Keyword::Minimum => number.minimum.is_some(),
            Keyword::Maximum => number.maximum.is_some(),
            Keyword::MultipleOf => number.multiple_of.is_some(),
            _ => false,
        },
        (Shape::Array(array), Keyword::MinItems) => array.min_items.is_some(),
        (Shape::Array(array), Keyword::MaxItems) => array.max_items.is_some(),
        (Shape::Array(array), Keyword::UniqueItems) => array.unique_items,
        (Shape::Object(object), Keyword::MinProperties) => object.min_properties.is_some(),
        (Shape::Object(object), Keyword::MaxProperties) => object.max_properties.is_some(),
        _ => false,
    };
    own || composed
}

enum CodeFinding {
    Undeclared { name: String, near: Option<String> },
    ServerOnly { name: String },
    Unused { name: String },
    Ineffective { keyword: &'static str },
    Placeholder { name: String },
}

impl fmt::Display for CodeFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undeclared { name, .. } => write!(f, "the error code `{name}` is not declared"),
            Self::ServerOnly { name } => {
                write!(f, "only the server raises the error code `{name}`, so a rule can't have it")
            }
            Self::Unused { name } => write!(f, "no rule has the error code `{name}`"),
            Self::Placeholder { name } => write!(f, "`{{{name}}}` in the message is not a placeholder"),
            Self::Ineffective { keyword } => write!(f, "the schema has no `{keyword}` to violate"),
        }
    }
}

impl Finding for CodeFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Undeclared { .. } => "undeclared-error-code",
            Self::ServerOnly { .. } => "server-error-code",
            Self::Unused { .. } => "unused-error-code",
            Self::Ineffective { .. } => "ineffective-error-code",
            Self::Placeholder { .. } => "unknown-placeholder",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Undeclared { .. } | Self::ServerOnly { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Undeclared { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::Undeclared { near: None, .. } => Some("declare it in `x-error-codes.codes`".to_owned()),
            Self::Unused { .. } => Some("name it in a rule, or mark it with `raised-by: server`".to_owned()),
            Self::Placeholder { .. } => Some("the placeholders are {min} and {max}".to_owned()),
            Self::ServerOnly { .. } | Self::Ineffective { .. } => None,
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Unused { .. } | Self::Ineffective { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
