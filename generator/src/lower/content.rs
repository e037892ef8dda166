//! Bodies: request bodies, responses, media types, encodings, examples and links go in and come out by name.

use openapiv3::{LinkOperation, ReferenceOr, StatusCode};

use crate::api::{
    Docs, Encoding, Example, Link, MediaType, Origin, ParameterStyle, RequestBody, Response, Status,
};
use crate::pointer::Pointer;

use super::Lowering;
use super::extension::Object;
use super::origin::Place;
use super::parameter::query_style;

impl<'d> Lowering<'d> {
    pub(super) fn request_body(
        &mut self,
        stated: &Pointer,
        node: &'d ReferenceOr<openapiv3::RequestBody>,
        place: &Place,
    ) -> Option<RequestBody> {
        let (at, body) = self.resolve(stated, node)?;
        self.check_extensions(&at, Object::RequestBody);
        let place = place.clone().of_target(stated, &at);
        let content = self.content(&at.child("content"), &body.content, &place, &Place::request_body);
        Some(RequestBody { required: body.required, docs: self.described(&at), content, at })
    }

    /// Every response of an operation, in document order.
    pub(super) fn responses(
        &mut self,
        at: &Pointer,
        responses: &'d openapiv3::Responses,
        place: &Place,
    ) -> Vec<Response> {
        let mut lowered = Vec::new();
        for (key, _) in self.raw(at).members().filter(|(key, _)| !key.starts_with("x-")) {
            let spot = at.child(key);
            let found = match status(key) {
                Some(Status::Default) => Some(Status::Default).zip(responses.default.as_ref()),
                Some(status) => Some(status).zip(responses.responses.get(&status_code(status))),
                None => None,
            };
            if let Some((status, node)) = found {
                lowered.extend(self.response(&spot, node, status, place));
            }
        }
        lowered
    }

    pub(super) fn response(
        &mut self,
        stated: &Pointer,
        node: &'d ReferenceOr<openapiv3::Response>,
        status: Status,
        place: &Place,
    ) -> Option<Response> {
        let (at, response) = self.resolve(stated, node)?;
        self.check_extensions(&at, Object::Response);
        let place = place.clone().of_target(stated, &at);
        let of_content = |place: &Place, media: &str| place.response(status, media);
        let of_header = |place: &Place, name: &str| place.response_header(status, name);
        Some(Response {
            status,
            docs: self.described(&at),
            headers: self.headers(&at.child("headers"), response.headers.iter(), of_header, &place),
            content: self.content(&at.child("content"), &response.content, &place, &of_content),
            links: self.links(&at.child("links"), response),
            at,
        })
    }

    /// Media types by name; `origin` names their schemas.
    pub(super) fn content(
        &mut self,
        at: &Pointer,
        content: &'d openapiv3::Content,
        place: &Place,
        origin: &impl Fn(&Place, &str) -> Origin,
    ) -> Vec<MediaType> {
        let mut lowered = Vec::with_capacity(content.len());
        for (name, media) in content {
            let at = at.child(name);
            self.check_extensions(&at, Object::MediaType);
            let schema =
                media.schema.as_ref().map(|node| self.schema(&at.child("schema"), origin(place, name), node));
            lowered.push(MediaType {
                name: name.clone(),
                schema,
                example: media.example.clone(),
                examples: self.examples(&at, &media.examples),
                encoding: self.nested(&at, |this| this.encodings(&at.child("encoding"), media, place)),
            });
        }
        lowered
    }

    fn encodings(&mut self, at: &Pointer, media: &'d openapiv3::MediaType, place: &Place) -> Vec<Encoding> {
        let mut lowered = Vec::with_capacity(media.encoding.len());
        for (property, encoding) in &media.encoding {
            let at = at.child(property);
            self.check_extensions(&at, Object::Encoding);
            let style = encoding.style.as_ref().map(query_style);
            let raw = self.raw(&at);
            let explode = if raw.has("explode") {
                raw.flag("explode")
            } else {
                style.is_none_or(|style| style == ParameterStyle::Form)
            };
            let headers = encoding.headers.iter();
            lowered.push(Encoding {
                property: property.clone(),
                content_type: encoding.content_type.clone(),
                headers: self.headers(&at.child("headers"), headers, Place::parameter, place),
                style,
                explode,
                allow_reserved: encoding.allow_reserved,
            });
        }
        lowered
    }

    /// `examples` of the object at `at`.
    pub(super) fn examples<'e, E>(&mut self, at: &Pointer, examples: E) -> Vec<Example>
    where
        E: IntoIterator<Item = (&'e String, &'d ReferenceOr<openapiv3::Example>)>,
    {
        let at = at.child("examples");
        let mut lowered = Vec::new();
        for (name, node) in examples {
            let Some((at, example)) = self.resolve(&at.child(name), node) else { continue };
            self.check_extensions(&at, Object::Example);
            lowered.push(Example {
                name: name.clone(),
                docs: self.described(&at),
                value: example.value.clone(),
                external_value: example.external_value.clone(),
            });
        }
        lowered
    }

    fn links(&mut self, at: &Pointer, response: &'d openapiv3::Response) -> Vec<Link> {
        let mut lowered = Vec::with_capacity(response.links.len());
        for (name, node) in &response.links {
            lowered.extend(self.link(&at.child(name), name, node));
        }
        lowered
    }

    pub(super) fn link(
        &mut self,
        stated: &Pointer,
        name: &str,
        node: &'d ReferenceOr<openapiv3::Link>,
    ) -> Option<Link> {
        let (at, link) = self.resolve(stated, node)?;
        self.check_extensions(&at, Object::Link);
        let (operation_id, operation_ref) = match &link.operation {
            LinkOperation::OperationId(id) => (Some(id.clone()), None),
            LinkOperation::OperationRef(reference) => (None, Some(reference.clone())),
        };
        Some(Link {
            name: name.to_owned(),
            operation_id,
            operation_ref,
            docs: self.described(&at),
            parameters: link.parameters.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            request_body: link.request_body.clone(),
            server: link.server.as_ref().map(|server| self.server(&at.child("server"), server)),
        })
    }

    /// The words of the object at `at`.
    pub(super) fn described(&mut self, at: &Pointer) -> Docs {
        let raw = self.raw(at);
        Docs {
            summary: raw.text("summary"),
            description: raw.text("description"),
            deprecated: raw.flag("deprecated"),
            external: self.external_docs(at, raw),
            source: raw.text("x-source"),
            ..Docs::default()
        }
    }
}

/// A key of `responses`.
fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    match key.as_bytes() {
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(digit - b'0')),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}

fn status_code(status: Status) -> StatusCode {
    match status {
        Status::Code(code) => StatusCode::Code(code),
        Status::Range(digit) => StatusCode::Range(digit.into()),
        Status::Default => StatusCode::Code(0),
    }
}
