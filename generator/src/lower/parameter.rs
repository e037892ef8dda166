//! Parameters and headers: openapiv3's objects go in, entries with styles and schemas come out.

use std::fmt;

use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use crate::api::{
    Docs, Header, Origin, Parameter, ParameterContent, ParameterLocation, ParameterStyle, Status,
};
use crate::pointer::Pointer;
use crate::report::{Finding, Severity};

use super::Lowering;
use super::extension::Object;
use super::origin::Place;

/// Headers that OpenAPI describes by other means; a parameter of this name is ignored.
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'d> Lowering<'d> {
    /// A list of parameters, each name and location once.
    pub(super) fn parameters(
        &mut self,
        at: &Pointer,
        list: &'d [ReferenceOr<openapiv3::Parameter>],
        place: &Place,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::with_capacity(list.len());
        for (index, node) in list.iter().enumerate() {
            let spot = at.child(index);
            let Some(parameter) = self.parameter(&spot, node, place) else { continue };
            let (name, location) = (&parameter.name, parameter.location);
            if parameters.iter().any(|known| (&known.name, known.location) == (name, location)) {
                self.say(&spot, &ParameterFinding::Twice { name: name.clone() });
            } else {
                parameters.push(parameter);
            }
        }
        parameters
    }

    /// One parameter; `None` where it can't be read, or where the specification ignores it.
    pub(super) fn parameter(
        &mut self,
        stated: &Pointer,
        node: &'d ReferenceOr<openapiv3::Parameter>,
        place: &Place,
    ) -> Option<Parameter> {
        let (at, parameter) = self.resolve(stated, node)?;
        self.check_extensions(&at, Object::Parameter);
        let data = parameter.parameter_data_ref();
        let place = place.clone().of_target(stated, &at);
        let (location, style) = location_and_style(parameter);
        let lowered = Parameter {
            name: data.name.clone(),
            location,
            required: data.required,
            docs: self.parameter_docs(&at),
            style,
            explode: data.explode.unwrap_or(style == ParameterStyle::Form),
            allow_reserved: matches!(parameter, openapiv3::Parameter::Query { allow_reserved: true, .. }),
            allow_empty_value: self.raw(&at).flag("allowEmptyValue"),
            content: self.parameter_content(&at, &data.format, place.parameter(&data.name), &place),
            examples: self.examples(&at, &data.examples),
            correlation_id: self.correlation_id(&at, self.raw(&at), location),
            at,
        };
        let ignored = location == ParameterLocation::Header && is_ignored(&data.name, &IGNORED);
        if ignored {
            self.say(&lowered.at, &ParameterFinding::Ignored { name: data.name.clone() });
        }
        (!ignored).then_some(lowered)
    }

    /// The headers of a response or of a part of a form.
    pub(super) fn headers<'h>(
        &mut self,
        at: &Pointer,
        headers: impl Iterator<Item = (&'h String, &'d ReferenceOr<openapiv3::Header>)>,
        origin: impl Fn(&Place, &str) -> Origin,
        place: &Place,
    ) -> Vec<Header> {
        let mut lowered = Vec::new();
        for (name, node) in headers {
            let spot = at.child(name);
            if is_ignored(name, &["content-type"]) {
                self.say(&spot, &ParameterFinding::Ignored { name: name.clone() });
                continue;
            }
            lowered.extend(self.header(&spot, name, node, &origin, place));
        }
        lowered
    }

    fn header(
        &mut self,
        stated: &Pointer,
        name: &str,
        node: &'d ReferenceOr<openapiv3::Header>,
        origin: &impl Fn(&Place, &str) -> Origin,
        place: &Place,
    ) -> Option<Header> {
        let (at, header) = self.resolve(stated, node)?;
        self.check_extensions(&at, Object::Header);
        let place = place.clone().of_target(stated, &at);
        Some(Header {
            name: name.to_owned(),
            required: header.required,
            docs: self.parameter_docs(&at),
            explode: self.raw(&at).flag("explode"),
            content: self.parameter_content(&at, &header.format, origin(&place, name), &place),
            examples: self.examples(&at, &header.examples),
        })
    }

    /// A header that stands among the components, under no name but its key.
    pub(super) fn shared_header(
        &mut self,
        at: &Pointer,
        node: &'d ReferenceOr<openapiv3::Header>,
        place: &Place,
    ) {
        self.header(
            at,
            "",
            node,
            &|place: &Place, name: &str| place.response_header(Status::Default, name),
            place,
        );
    }

    fn parameter_content(
        &mut self,
        at: &Pointer,
        format: &'d ParameterSchemaOrContent,
        origin: Origin,
        place: &Place,
    ) -> ParameterContent {
        match format {
            ParameterSchemaOrContent::Schema(node) => {
                ParameterContent::Schema(self.schema(&at.child("schema"), origin, node))
            }
            ParameterSchemaOrContent::Content(content) => {
                let at = at.child("content");
                if content.len() != 1 {
                    self.say(&at, &ParameterFinding::NotOneContent { count: content.len() });
                }
                let mut content = self.content(&at, content, place, &|_, _| origin.clone());
                content.truncate(1);
                content.pop().map_or(ParameterContent::Nothing, ParameterContent::Media)
            }
        }
    }

    fn parameter_docs(&mut self, at: &Pointer) -> Docs {
        let raw = self.raw(at);
        Docs {
            description: raw.text("description"),
            deprecated: raw.flag("deprecated"),
            example: raw.get("example").cloned(),
            source: raw.text("x-source"),
            ..Docs::default()
        }
    }
}

fn is_ignored(name: &str, ignored: &[&str]) -> bool {
    ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

fn location_and_style(parameter: &openapiv3::Parameter) -> (ParameterLocation, ParameterStyle) {
    use openapiv3::Parameter::{Cookie, Header, Path, Query};
    match parameter {
        Query { style, .. } => (ParameterLocation::Query, query_style(style)),
        Header { style: HeaderStyle::Simple, .. } => (ParameterLocation::Header, ParameterStyle::Simple),
        Path { style, .. } => (ParameterLocation::Path, path_style(style)),
        Cookie { style: CookieStyle::Form, .. } => (ParameterLocation::Cookie, ParameterStyle::Form),
    }
}

fn path_style(style: &PathStyle) -> ParameterStyle {
    match style {
        PathStyle::Matrix => ParameterStyle::Matrix,
        PathStyle::Label => ParameterStyle::Label,
        PathStyle::Simple => ParameterStyle::Simple,
    }
}

pub(super) fn query_style(style: &QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}

enum ParameterFinding {
    Twice { name: String },
    Ignored { name: String },
    NotOneContent { count: usize },
}

impl fmt::Display for ParameterFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice { name } => write!(f, "the parameter `{name}` is listed twice; the first one counts"),
            Self::Ignored { name } => write!(f, "OpenAPI ignores a header of the name `{name}`"),
            Self::NotOneContent { count } => {
                write!(f, "a parameter has exactly one media type, here are {count}; the first one counts")
            }
        }
    }
}

impl Finding for ParameterFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Twice { .. } => "duplicate-parameter",
            Self::Ignored { .. } => "ignored-header",
            Self::NotOneContent { .. } => "parameter-content",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Ignored { .. } => {
                Some("describe it by `security`, by `content`, or by the responses' media types".to_owned())
            }
            Self::Twice { .. } | Self::NotOneContent { .. } => None,
        }
    }
}
