//! Path templates: an operation goes in, and goes out with exactly the path parameters that its path has.

use std::fmt;

use crate::api::{
    Docs, Operation, Parameter, ParameterContent, ParameterLocation, ParameterStyle, Shape, Text,
};
use crate::pointer::Pointer;
use crate::report::{Finding, Severity, nearest};

use super::Lowering;
use super::origin::Place;

impl Lowering<'_> {
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
        }
    }
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
    NotInTemplate { name: String, path: String, near: Option<String> },
    NotStated { name: String, path: String },
}

impl fmt::Display for TemplateFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
            Self::NotInTemplate { .. } => "path-parameter-not-in-template",
            Self::NotStated { .. } => "path-parameter-not-stated",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::NotInTemplate { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NotStated { name, .. } => {
                Some(format!("add a parameter with `name: {name}`, `in: path` and `required: true`"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::placeholders;

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
}
