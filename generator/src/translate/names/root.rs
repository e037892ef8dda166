//! Names of schemas that belong to no other: after an operation or a component.

use super::Names;
use super::words::{camel, joined, media_type_word, operation, response_suffix};
use crate::api::{MediaType, Origin, SchemaId, Status};

impl Names<'_> {
    /// Returns the name of a schema that belongs to no other.
    pub(super) fn root(&self, id: SchemaId) -> String {
        let schema = &self.api.schemas[id];
        match &schema.origin {
            Origin::Component(name) => name.clone(),
            Origin::Parameter { operation, name } | Origin::ResponseHeader { operation, name, .. } => {
                joined(&self.operation(*operation), name)
            }
            Origin::RequestBody { operation, media_type } => self.request(*operation, media_type),
            Origin::Response { operation, status, media_type } => {
                self.response(*operation, *status, media_type)
            }
            Origin::InComponent { group, key, detail } => {
                self.in_component(id, group, key, detail.as_deref())
            }
            Origin::Callback { operation, name, detail } => {
                let owner = joined(&self.operation(*operation), name);
                joined(
                    &owner,
                    detail
                        .rsplit_once(' ')
                        .filter(|_| detail.contains('/'))
                        .map_or(&**detail, |(what, _)| what),
                )
            }
            _ => schema.at.last().unwrap_or("Referenced").to_owned(),
        }
    }

    /// Returns the name of a schema in a component of another kind. The first media type of a body is no part
    /// of it.
    fn in_component(&self, id: SchemaId, group: &str, key: &str, detail: Option<&str>) -> String {
        let Some(detail) = detail else { return joined(key, group) };
        if group == "webhook" {
            return joined(key, detail.rsplit_once(' ').map_or(detail, |(what, _)| what));
        }
        if !detail.contains('/') {
            return joined(key, detail);
        }
        let is_sibling = |origin: &Origin| {
            matches!(origin, Origin::InComponent { group: of, key: other, detail: Some(media_type) }
                if *of == group && other == key && media_type.contains('/'))
        };
        let first = self.api.schemas.iter().find(|(_, schema)| is_sibling(&schema.origin));
        if first.is_none_or(|(first, _)| first == id) {
            // A component schema of that name keeps it.
            return if self.is_taken(&camel(key)) { joined(key, group) } else { key.to_owned() };
        }
        format!("{}{}", camel(key), media_type_word(detail))
    }

    fn request(&self, operation: usize, media_type: &str) -> String {
        let name = joined(&self.operation(operation), "Request");
        let body = self.api.operations.get(operation).and_then(|operation| operation.request_body.as_ref());
        let form = body.map(|body| self.form(&body.content, media_type)).unwrap_or_default();
        format!("{name}{form}")
    }

    fn response(&self, operation: usize, status: Status, media_type: &str) -> String {
        let name = self.operation(operation);
        let responses = self.api.operations.get(operation).map_or(&[][..], |found| &found.responses);
        let content = responses.iter().find(|response| response.status == status);
        let form = content.map(|response| self.form(&response.content, media_type)).unwrap_or_default();
        let rivals = responses.iter().filter(|other| {
            is_success(other.status) && other.content.iter().any(|media| self.is_inline(media))
        });
        let name = if is_success(status) && rivals.count() < 2 {
            joined(&name, "Response")
        } else {
            joined(&name, &response_suffix(status))
        };
        format!("{name}{form}")
    }

    /// Returns a suffix such as `Xml` for all media types of a body but the first with an inline schema.
    fn form(&self, content: &[MediaType], media_type: &str) -> String {
        let first = content.iter().find(|media| self.is_inline(media));
        if first.is_none_or(|first| first.name == media_type) {
            return String::new();
        }
        media_type_word(media_type)
    }

    /// Returns whether the schema is part of the body itself.
    fn is_inline(&self, media: &MediaType) -> bool {
        let origin = media.schema.map(|id| &self.api.schemas[id].origin);
        matches!(origin, Some(Origin::RequestBody { .. } | Origin::Response { .. }))
    }

    fn operation(&self, index: usize) -> String {
        self.api.operations.get(index).map_or_else(|| "Operation".to_owned(), operation)
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}
