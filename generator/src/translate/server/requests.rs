//! The struct of a request: a field for each parameter, and one for the body.

use super::super::shapes::Shapes;
use super::names::{media_type, type_ident};

use crate::ident::{FieldIdent, Scope};
use crate::rust::{
    BodyChoice, BodyVariant, ContentDef, ContentFormat, OperationDef, ParameterDef, RequestField,
    RequestStruct, ResponseCheck,
};

/// Variables of handlers, and the field of the body.
const VARIABLES: [&str; 7] = ["api", "body", "call", "context", "principal", "request", "response"];

pub(super) fn request(
    names: &mut Scope,
    shapes: &mut Shapes<'_, '_>,
    operation: &OperationDef,
    owner: &str,
) -> Option<RequestStruct> {
    let mut scope = Scope::with(&VARIABLES);
    let parameters = operation.parameters.iter().enumerate();
    let fields = parameters.map(|(index, parameter)| RequestField {
        ident: field(&mut scope, parameter),
        parameter: index,
        shape: shapes.of(&parameter.ty),
    });
    let fields: Vec<RequestField> = fields.collect();
    let contents = operation.request.as_ref().map(|request| &*request.content);
    let contents = contents.filter(|contents| !contents.is_empty());
    let body = contents.map(|contents| choice(names, shapes, contents, owner));
    (!fields.is_empty() || body.is_some()).then(|| RequestStruct {
        ident: type_ident(names, owner, "Request"),
        fields,
        body,
    })
}

/// The second one of a name says where the parameter is sent.
fn field(scope: &mut Scope, parameter: &ParameterDef) -> FieldIdent {
    let plain = FieldIdent::new(&parameter.name);
    let suffix = if VARIABLES.contains(&plain.as_str()) { "parameter" } else { parameter.location.setter() };
    scope.field_ident_or(plain, FieldIdent::new(&format!("{} {suffix}", parameter.name)))
}

fn choice(
    names: &mut Scope,
    shapes: &mut Shapes<'_, '_>,
    contents: &[ContentDef],
    owner: &str,
) -> BodyChoice {
    let mut scope = Scope::default();
    let variants = contents.iter().enumerate().map(|(index, content)| BodyVariant {
        ident: media_type(&mut scope, content),
        content: index,
        shape: matches!(content.format, ContentFormat::Form(_)).then(|| shapes.of(&content.ty)),
        check: ResponseCheck::Unchecked,
    });
    let contents: Vec<BodyVariant> = variants.collect();
    BodyChoice { ident: (contents.len() > 1).then(|| type_ident(names, owner, "RequestBody")), contents }
}
