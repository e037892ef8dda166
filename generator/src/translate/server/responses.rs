//! The enum of the responses of an operation, by status, with their headers and bodies.

use super::super::resolve::Resolver;
use super::super::types::Types;
use super::super::{media_types, status};
use super::names::{media_type, type_ident};
use crate::api::{Header, Method, Operation, ParameterContent, Response};
use crate::ident::{FieldIdent, Scope, TypeIdent};
use crate::rust::{
    BodyChoice, BodyVariant, ContentDef, ContentFormat, OperationDef, Operations, ResponseCheck, ResponseDef,
    ResponseEnum, ResponseHeader, ResponseStatus, ResponseVariant, ServerMethod, Type,
};

pub(super) fn response(
    types: &mut Types<'_>,
    names: &mut Scope,
    resolver: &Resolver<'_>,
    stated: &Operation,
    operation: &OperationDef,
    owner: &str,
) -> ResponseEnum {
    let ident = type_ident(names, owner, "Response");
    let mut scope = Scope::default();
    let responses = operation.responses.iter().zip(&stated.responses).enumerate();
    let variants = responses.map(|(index, (response, of_response))| {
        let ident = status::variant(&mut scope, response.status);
        let owner = format!("{owner}{ident}");
        ResponseVariant {
            docs: status::variant_docs(of_response, response.status),
            response: Some(index),
            headers: headers(types, of_response),
            body: body(names, resolver, stated.method, response, &owner),
            ident,
        }
    });
    let mut variants: Vec<ResponseVariant> = variants.collect();
    if variants.is_empty() {
        variants.push(ResponseVariant {
            ident: TypeIdent::new("Undescribed", ""),
            docs: vec!["Any status, without a body: the definition describes no response.".to_owned()],
            response: None,
            headers: Vec::new(),
            body: None,
        });
    }
    ResponseEnum { ident, variants, same_as: None }
}

/// Returns the enum of an earlier method with the same responses, told in the same words.
pub(super) fn same_as(
    methods: &[ServerMethod],
    operations: &Operations,
    response: &ResponseEnum,
    operation: &OperationDef,
) -> Option<TypeIdent> {
    let is_same = |earlier: &&ServerMethod| {
        let responses = &operations.operations[earlier.operation].responses;
        earlier.response.variants == response.variants && written(responses).eq(written(&operation.responses))
    };
    let earlier = methods.iter().filter(|earlier| earlier.response.same_as.is_none()).find(is_same)?;
    Some(earlier.response.ident.clone())
}

type Written<'a> = (&'a str, &'a ContentFormat, &'a Type);

/// What of responses is written, wherever the definition has them.
fn written(responses: &[ResponseDef]) -> impl Iterator<Item = (ResponseStatus, Vec<Written<'_>>)> {
    responses.iter().map(|response| {
        let content = response.content.iter();
        let content = content.map(|content| (&*content.media_type, &content.format, &content.ty));
        (response.status, content.collect())
    })
}

fn headers(types: &mut Types<'_>, response: &Response) -> Vec<ResponseHeader> {
    let mut scope = Scope::with(&["body", "response", "status"]);
    let headers = response.headers.iter();
    headers
        .map(|header| ResponseHeader {
            ident: scope.field_ident_or(
                FieldIdent::new(&header.name),
                FieldIdent::new(&format!("{} header", header.name)),
            ),
            name: header.name.clone(),
            required: header.required,
            ty: header_type(types, header),
            is_json: match &header.content {
                ParameterContent::Media(media) => media_types::is_json(&media.name),
                ParameterContent::Schema(_) | ParameterContent::Nothing => false,
            },
            explode: header.explode,
        })
        .collect()
}

fn header_type(types: &mut Types<'_>, header: &Header) -> Type {
    header.content.schema().map_or(Type::String, |schema| types.of(schema))
}

/// Neither a response to `HEAD` nor one of status 1xx, 204, 205 or 304 has a body, whatever the definition
/// says.
fn body(
    names: &mut Scope,
    resolver: &Resolver<'_>,
    method: Method,
    response: &ResponseDef,
    owner: &str,
) -> Option<BodyChoice> {
    let has_none = matches!(response.status, ResponseStatus::Code(100..=199 | 204 | 205 | 304));
    if method == Method::Head || has_none || response.content.is_empty() {
        return None;
    }
    let mut scope = Scope::default();
    let variants = response.content.iter().enumerate().map(|(index, content)| BodyVariant {
        ident: media_type(&mut scope, content),
        content: index,
        shape: None,
        check: check(resolver, content),
    });
    let contents: Vec<BodyVariant> = variants.collect();
    let ident = (contents.len() > 1).then(|| type_ident(names, owner, "Body"));
    Some(BodyChoice { ident, contents })
}

fn check(resolver: &Resolver<'_>, content: &ContentDef) -> ResponseCheck {
    if content.format != ContentFormat::Json {
        return ResponseCheck::Unchecked;
    }
    match resolver.resolved(&content.ty) {
        ty if resolver.is_validated(ty) => ResponseCheck::Type,
        Type::Vec(item) if resolver.is_validated(item) => ResponseCheck::Items,
        Type::Map(value) if resolver.is_validated(value) => ResponseCheck::Values,
        _ => ResponseCheck::Unchecked,
    }
}
