//! Error codes: those that are named exist, those that exist are named.

use std::collections::BTreeSet;
use std::fmt;

use crate::api::{Api, Keyword, Schema, Shape};
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity, nearest};

/// A rule, a keyword or a format that has a code.
struct Use<'a> {
    at: Pointer,
    code: &'a str,
    /// Its limits fill the placeholders of a message.
    has_limits: bool,
}

/// Returns every use of a code.
fn uses(api: &Api) -> Vec<Use<'_>> {
    let root = Pointer::root().child("x-error-codes");
    let of_keyword = |at: &Pointer, keyword: Keyword, code| Use {
        at: at.child(name(keyword)),
        code,
        has_limits: has_limits(keyword),
    };
    let mut found: Vec<Use<'_>> = Vec::new();
    for (keyword, code) in &api.error_codes.keywords {
        found.push(of_keyword(&root.child("keywords"), *keyword, code));
    }
    for (format, code) in &api.error_codes.formats {
        // The range of an integer.
        let has_limits = format.starts_with("int") || format.starts_with("uint");
        found.push(Use { at: root.child("formats").child(format), code, has_limits });
    }
    for (_, schema) in api.schemas.iter() {
        let own = schema.at.child("x-error-code");
        let is_integer = matches!(schema.shape, Shape::Integer(_));
        found.extend(schema.codes.iter().map(|(keyword, code)| {
            let one = of_keyword(&own, *keyword, code);
            Use { has_limits: one.has_limits || is_integer && *keyword == Keyword::Format, ..one }
        }));
        for rule in &schema.rules {
            let code = rule.code.as_deref();
            found.extend(code.map(|code| Use { at: rule.at.child("code"), code, has_limits: false }));
        }
    }
    found
}

fn has_limits(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::MinLength
            | Keyword::MaxLength
            | Keyword::Minimum
            | Keyword::Maximum
            | Keyword::MultipleOf
            | Keyword::MinItems
            | Keyword::MaxItems
            | Keyword::MinProperties
            | Keyword::MaxProperties
    )
}

fn name(keyword: Keyword) -> &'static str {
    Keyword::ALL.iter().find(|(known, _)| *known == keyword).map_or("", |(_, name)| name)
}

/// A code that is named is declared, and is one that a validator may raise.
pub(super) fn check_declared(api: &Api, report: &mut Report) {
    for Use { at, code: name, .. } in uses(api) {
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
    let of_envelope = envelope(api).map(|(_, code)| code);
    let used: BTreeSet<&str> = uses(api).iter().map(|one| one.code).chain(of_envelope).collect();
    for code in api.error_codes.codes.iter().filter(|code| !code.server_only) {
        if !used.contains(&*code.name) {
            report.push(&code.at, &CodeFinding::Unused { name: code.name.clone() });
        }
    }
}

/// The placeholders of messages.
const PLACEHOLDERS: [&str; 3] = ["min", "max", "limits"];

/// Returns what stands in braces in a message.
fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// A message has no placeholders but those that have a meaning, and none of those where nothing fills them.
pub(super) fn check_messages(api: &Api, report: &mut Report) {
    for code in &api.error_codes.codes {
        let at = code.at.child("message");
        for name in placeholders(&code.message).filter(|name| !PLACEHOLDERS.contains(name)) {
            report.push(&at, &CodeFinding::Placeholder { name: name.to_owned() });
        }
    }
    for Use { at, code, .. } in uses(api).into_iter().filter(|one| !one.has_limits) {
        let Some(code) = api.error_codes.codes.iter().find(|known| known.name == code) else { continue };
        if let Some(name) = placeholders(&code.message).find(|name| PLACEHOLDERS.contains(name)) {
            let related = vec![(code.at.child("message"), "the message".to_owned())];
            let finding = CodeFinding::Unfilled { name: name.to_owned(), code: code.name.clone() };
            report.push_related(&at, &finding, related);
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
    Unfilled { name: String, code: String },
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
            Self::Unfilled { name, code } => {
                write!(
                    f,
                    "the message of `{code}` says `{{{name}}}`, and there are no limits here to fill it"
                )
            }
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
            Self::Unfilled { .. } => "unfilled-placeholder",
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
            Self::Placeholder { .. } => Some("the placeholders are {min}, {max} and {limits}".to_owned()),
            Self::Unfilled { .. } => Some(
                "give the rule a code whose message has no placeholder, or write another message".to_owned(),
            ),
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
