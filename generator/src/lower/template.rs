//! Path templates: an operation goes in, and goes out with exactly the path parameters that its path has.

use std::fmt;

use crate::api::{
    Docs, Operation, Parameter, ParameterContent, ParameterLocation, ParameterStyle, Shape, Text,
};
use crate::pointer::Pointer;
use crate::report::{Finding, Part, Severity, nearest};

use super::Lowering;
use super::origin::Place;

impl Lowering<'_> {
    /// Sees to it that every brace of a template opens or closes a name; false after an error.
    pub(super) fn check_template(&mut self, at: &Pointer, path: &str) -> bool {
        if let Some(problem) = malformed(path) {
            self.say(at, &TemplateFinding::Malformed { path: path.to_owned(), problem });
            return false;
        }
        for name in placeholders(path) {
            let name = name.to_owned();
            if path.matches(&format!("{{{name}}}")).count() > 1 {
                self.say(at, &TemplateFinding::Twice { path: path.to_owned(), name });
            }
        }
        true
    }

    /// Sees to it that the path parameters are exactly those that the template has.
    pub(super) fn fit_to_template(&mut self, operation: &mut Operation, place: &Place) {
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
                self.say(&parameter.at, &TemplateFinding::NotInTemplate { name, path, near });
            }
            known
        });
        for name in names.iter().filter(|name| !stated.iter().any(|stated| stated == *name)) {
            let (name, path) = ((*name).to_owned(), operation.path.clone());
            self.say(&operation.at, &TemplateFinding::NotStated { name: name.clone(), path });
            let parameter = self.assumed_parameter(&operation.at, name, place);
            operation.parameters.push(parameter);
        }
    }

    fn assumed_parameter(&mut self, at: &Pointer, name: String, place: &Place) -> Parameter {
        let schema = self.blank(at, place.parameter(&name));
        self.schemas.0[schema.0].shape = Shape::String(Text::default());
        Parameter {
            at: at.clone(),
            name,
            location: ParameterLocation::Path,
            required: true,
            docs: Docs::default(),
            style: ParameterStyle::Simple,
            explode: false,
            allow_reserved: false,
            allow_empty_value: false,
            content: ParameterContent::Schema(schema),
            examples: Vec::new(),
            correlation_id: false,
        }
    }
}

/// What is wrong with the braces of a template, if anything.
fn malformed(path: &str) -> Option<&'static str> {
    let mut name: Option<usize> = None;
    for letter in path.chars() {
        match (letter, name) {
            ('{', None) => name = Some(0),
            ('{', Some(_)) => return Some("a `{` stands inside of another one"),
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

/// The names in the braces of a template, each once.
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
            Self::Twice { path, name } => write!(f, "the path `{path}` has two places for `{name}`"),
            Self::NotInTemplate { name, path, .. } => {
                write!(f, "the path `{path}` has no place for the path parameter `{name}`; it is left out")
            }
            Self::NotStated { name, path } => {
                write!(
                    f,
                    "the path `{path}` has a place for `{name}`, but no such path parameter; read as a string"
                )
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

    fn help(&self) -> Option<String> {
        match self {
            Self::Malformed { .. } => {
                Some("a parameter is written `{name}`; a brace that is none, `%7B` or `%7D`".to_owned())
            }
            Self::Twice { .. } => {
                Some("give each place a name of its own; until then both get one value".to_owned())
            }
            Self::NotInTemplate { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NotStated { name, .. } => {
                Some(format!("add a parameter with `name: {name}`, `in: path` and `required: true`"))
            }
        }
    }

    fn part(&self) -> Part {
        match self {
            Self::Malformed { .. } | Self::Twice { .. } => Part::Key,
            _ => Part::Value,
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
