//! Path templates: gives each operation exactly the path parameters that its path has.

use std::fmt;

use crate::api::{
    Docs, Operation, Parameter, ParameterContent, ParameterLocation, ParameterStyle, Shape, Text,
};
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity, nearest};

use super::arena::Arena;
use super::origin::Owner;

/// Checks that every brace of a template opens or closes a name. Returns false after an error.
pub(super) fn check_template(report: &mut Report, at: &Pointer, path: &str) -> bool {
    if let Some(problem) = malformed(path) {
        report.push(at, &TemplateFinding::Malformed { path: path.to_owned(), problem });
        return false;
    }
    for name in placeholders(path) {
        let name = name.to_owned();
        if path.matches(&format!("{{{name}}}")).count() > 1 {
            report.push(at, &TemplateFinding::Twice { path: path.to_owned(), name });
        }
    }
    true
}

/// Makes the path parameters of an operation those of its template.
pub(super) fn fit_to_template(
    arena: &mut Arena<'_>,
    report: &mut Report,
    operation: &mut Operation,
    owner: &Owner,
) {
    let names = placeholders(&operation.path);
    let stated: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == ParameterLocation::Path)
        .map(|parameter| parameter.name.clone())
        .collect();
    operation.parameters.retain(|parameter| {
        let known = parameter.location != ParameterLocation::Path || names.contains(&&*parameter.name);
        if !known {
            let free = names.iter().copied().filter(|name| !stated.iter().any(|stated| stated == name));
            let near = nearest(&parameter.name, free).map(str::to_owned);
            let (name, path) = (parameter.name.clone(), operation.path.clone());
            report.push(&parameter.at, &TemplateFinding::NotInTemplate { name, path, near });
        }
        known
    });
    for name in names.iter().filter(|name| !stated.iter().any(|stated| stated == *name)) {
        let (name, path) = ((*name).to_owned(), operation.path.clone());
        report.push(&operation.at, &TemplateFinding::NotStated { name: name.clone(), path });
        let parameter = assumed_parameter(arena, &operation.at, name, owner);
        operation.parameters.push(parameter);
    }
}

fn assumed_parameter(arena: &mut Arena<'_>, at: &Pointer, name: String, owner: &Owner) -> Parameter {
    let schema = arena.add_any(at, owner.parameter(&name));
    arena.schemas.0[schema.0].shape = Shape::String(Text::default());
    Parameter {
        at: at.clone(),
        name,
        location: ParameterLocation::Path,
        required: true,
        docs: Docs::default(),
        style: ParameterStyle::Simple,
        explode: false,
        allow_reserved: false,
        content: ParameterContent::Schema(schema),
        correlation_id: false,
    }
}

/// What is wrong with the braces of a template, if anything.
fn malformed(path: &str) -> Option<&'static str> {
    let mut name: Option<usize> = None;
    for letter in path.chars() {
        match (letter, name) {
            ('{', None) => name = Some(0),
            ('{', Some(_)) => return Some("a `{` is inside another one"),
            ('}', None) => return Some("a `}` closes nothing"),
            ('}', Some(0)) => return Some("there is no name between `{` and `}`"),
            ('}', Some(_)) => name = None,
            ('/', Some(_)) => return Some("a `{` is not closed before the next `/`"),
            (_, Some(length)) => name = Some(length + 1),
            (_, None) => {}
        }
    }
    name.map(|_| "a `{` is not closed")
}

/// Returns the names in the braces of a template, each once.
fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

enum TemplateFinding {
    Malformed { path: String, problem: &'static str },
    Twice { path: String, name: String },
    NotInTemplate { name: String, path: String, near: Option<String> },
    NotStated { name: String, path: String },
}

impl fmt::Display for TemplateFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { path, problem } => write!(f, "the path `{path}` can't be read: {problem}"),
            Self::Twice { path, name } => write!(f, "the path `{path}` has `{{{name}}}` twice"),
            Self::NotInTemplate { name, path, .. } => {
                write!(f, "the path `{path}` does not contain the path parameter `{name}`; it is left out")
            }
            Self::NotStated { name, path } => {
                write!(f, "there is no path parameter `{name}` for the path `{path}`; it is read as a string")
            }
        }
    }
}

impl Finding for TemplateFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed-path",
            Self::Twice { .. } => "repeated-path-parameter",
            Self::NotInTemplate { .. } => "path-parameter-not-in-template",
            Self::NotStated { .. } => "path-parameter-not-stated",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Malformed { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn reading(&self) -> Option<&'static str> {
        matches!(self, Self::Malformed { .. }).then_some("the path is left out")
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Malformed { .. } => {
                Some("write a parameter as `{name}`, and any other brace as `%7B` or `%7D`".to_owned())
            }
            Self::Twice { .. } => {
                Some("give each owner a name of its own; until then both get one value".to_owned())
            }
            Self::NotInTemplate { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NotStated { name, .. } => {
                Some(format!("add a parameter with `name: {name}`, `in: path` and `required: true`"))
            }
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Malformed { .. } | Self::Twice { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{malformed, placeholders};

    #[test]
    fn finds_the_names_of_a_template() {
        let table: [(&str, &[&str]); 5] = [
            ("/pets", &[]),
            ("/pets/{id}", &["id"]),
            ("/{a}/x{b}.{c}/{a}", &["a", "b", "c"]),
            ("/{open", &[]),
            ("/close}", &[]),
        ];
        for (path, names) in table {
            assert_eq!(placeholders(path), names, "{path}");
        }
    }

    #[test]
    fn finds_braces_that_are_none_of_a_name() {
        for path in ["/open/{brace", "/close/brace}", "/empty/{}", "/nested/{a{b}}", "/{a/b}"] {
            assert!(malformed(path).is_some(), "{path}");
        }
        for path in ["/", "/pets/{id}", "/{a}{b}.{c}"] {
            assert_eq!(malformed(path), None, "{path}");
        }
    }
}
