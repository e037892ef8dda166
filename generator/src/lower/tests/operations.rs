//! Parameters, responses and callbacks.

use super::{findings, lowered, with_paths};
use crate::api::{Origin, ParameterContent, ParameterLocation, ParameterStyle, Shape, Status};

#[test]
fn parameters_are_merged_and_have_the_styles_of_their_places() {
    let text = with_paths(
        "{'/a/{id}': {
            parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string}}],
            get: {parameters: [{name: q, in: query, schema: {type: integer}}, {name: q, in: header, schema: {type: string}},
                               {name: Accept, in: header, schema: {type: string}},
                               {name: s, in: cookie, style: form, explode: false, schema: {type: string}},
                               {name: j, in: query, content: {application/json: {schema: {type: object}}}}],
                  responses: {'200': {description: ok}}}}}",
    );
    let (api, report) = lowered(&text);
    let parameters = &api.operations[0].parameters;
    let found: Vec<_> = parameters
        .iter()
        .map(|parameter| (&*parameter.name, parameter.location, parameter.style, parameter.explode))
        .collect();
    let expected = [
        ("id", ParameterLocation::Path, ParameterStyle::Simple, false),
        ("q", ParameterLocation::Query, ParameterStyle::Form, true),
        ("q", ParameterLocation::Header, ParameterStyle::Simple, false),
        ("s", ParameterLocation::Cookie, ParameterStyle::Form, false),
        ("j", ParameterLocation::Query, ParameterStyle::Form, true),
    ];
    assert_eq!(found, expected);
    let ParameterContent::Schema(id) = parameters[1].content else { panic!("a schema") };
    assert!(matches!(api.schemas[id].shape, Shape::Integer(_)), "the operation's own wins");
    assert!(matches!(parameters[4].content, ParameterContent::Media(_)));
    assert_eq!(findings(&report), ["ignored-header /paths/~1a~1{id}/get/parameters/2"]);
}

#[test]
fn path_parameters_fit_their_template() {
    let text = with_paths(
        "{'/a/{petId}': {get: {parameters: [{name: petID, in: path, required: true, schema: {type: string}}],
                             responses: {'200': {description: ok}}}}}",
    );
    let (api, report) = lowered(&text);
    let names: Vec<&str> = api.operations[0].parameters.iter().map(|parameter| &*parameter.name).collect();
    assert_eq!(names, ["petId"]);
    let expected = ["path-parameter-not-in-template", "path-parameter-not-stated"];
    assert_eq!(report.diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(), expected);
    assert_eq!(report.diagnostics[0].help.as_deref(), Some("did you mean `petId`?"));
}

#[test]
fn a_shared_response_has_one_schema_for_all_its_users() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a: {get: {responses: {default: {$ref: '#/components/responses/Bad'}, 2XX: {description: ok}, '404': {description: none}, '6': {description: no}}}}
  /b: {$ref: '#/paths/~1a'}
components:
  responses:
    Bad:
      description: bad
      headers: {X-Id: {schema: {type: string}}}
      content: {application/json: {schema: {type: array, items: {type: string}}}}
";
    let (api, report) = lowered(text);
    let statuses: Vec<Status> = api.operations[0].responses.iter().map(|response| response.status).collect();
    assert_eq!(statuses, [Status::Default, Status::Range(2), Status::Code(404)]);
    let body = |index: usize| api.operations[index].responses[0].content[0].schema;
    assert_eq!(body(0), body(1));
    let origin = &api.schemas[body(0).expect("a body")].origin;
    let detail = Some("application/json".to_owned());
    assert_eq!(*origin, Origin::InComponent { group: "response", key: "Bad".to_owned(), detail });
    assert_eq!(findings(&report), ["unknown-status /paths/~1a/get/responses/6"]);
}

#[test]
fn callbacks_keep_their_operations() {
    let text = with_paths(
        "{/a: {post: {responses: {'200': {description: ok}}, callbacks: {done: {'{$request.body#/url}': {post: {
            requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: ok}}}}}}}}}",
    );
    let (api, _) = lowered(&text);
    let operation = &api.operations[0].callbacks[0];
    assert_eq!(operation.path, "{$request.body#/url}");
    let body = operation.request_body.as_ref().expect("a body");
    let origin = &api.schemas[body.content[0].schema.expect("a schema")].origin;
    let detail = "post request application/json".to_owned();
    assert_eq!(*origin, Origin::Callback { operation: 0, name: "done".to_owned(), detail });
}
