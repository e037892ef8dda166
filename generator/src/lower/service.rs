//! The document as a whole: info, servers, tags, security and shared components go in, the `Api`'s frame comes out.

use openapiv3::{APIKeyLocation, ReferenceOr};

use crate::api::{
    Api, Contact, Info, License, OAuth2Flow, ParameterLocation, SecurityScheme, SecuritySchemeKind, Server,
    ServerVariable, Status, Tag,
};
use crate::pointer::Pointer;

use super::Lowering;
use super::extension::Object;
use super::operation::requirements;
use super::origin::Place;

impl<'d> Lowering<'d> {
    /// Everything but schemas and operations.
    pub(super) fn service(&mut self, api: &mut Api) {
        let root = Pointer::root();
        let openapi = &self.document.openapi;
        self.check_extensions(&root, Object::Root);
        api.info = self.info(&root.child("info"), &openapi.info);
        api.servers = self.servers(&root, &openapi.servers);
        api.tags = self.tags(&root.child("tags"));
        api.security = openapi.security.as_deref().map(requirements).unwrap_or_default();
        api.security_schemes = self.security_schemes();
        api.external_docs = self.external_docs(&root, self.raw(&root));
        api.error_codes = self.error_codes();
        api.deviations = self.deviations();
    }

    fn info(&mut self, at: &Pointer, info: &openapiv3::Info) -> Info {
        self.check_extensions(at, Object::Info);
        let contact = info.contact.as_ref().map(|contact| {
            self.check_extensions(&at.child("contact"), Object::Contact);
            Contact { name: contact.name.clone(), url: contact.url.clone(), email: contact.email.clone() }
        });
        let license = info.license.as_ref().map(|license| {
            self.check_extensions(&at.child("license"), Object::License);
            License { name: license.name.clone(), url: license.url.clone() }
        });
        Info {
            title: info.title.clone(),
            version: info.version.clone(),
            description: info.description.clone(),
            terms_of_service: info.terms_of_service.clone(),
            contact,
            license,
            source: self.raw(at).text("x-source").or_else(|| self.raw(&Pointer::root()).text("x-source")),
        }
    }

    /// `servers` of the object at `of`.
    pub(super) fn servers(&mut self, of: &Pointer, servers: &[openapiv3::Server]) -> Vec<Server> {
        let at = of.child("servers");
        servers.iter().enumerate().map(|(index, server)| self.server(&at.child(index), server)).collect()
    }

    pub(super) fn server(&mut self, at: &Pointer, server: &openapiv3::Server) -> Server {
        self.check_extensions(at, Object::Server);
        let variables = server.variables.iter().flatten().map(|(name, variable)| {
            self.check_extensions(&at.child("variables").child(name), Object::ServerVariable);
            ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                description: variable.description.clone(),
            }
        });
        let variables = variables.collect();
        let (url, description) = (server.url.clone(), server.description.clone());
        Server { at: at.clone(), url, description, variables }
    }

    fn tags(&mut self, at: &Pointer) -> Vec<Tag> {
        let mut tags = Vec::with_capacity(self.document.openapi.tags.len());
        for (index, tag) in self.document.openapi.tags.iter().enumerate() {
            let at = at.child(index);
            self.check_extensions(&at, Object::Tag);
            tags.push(Tag { name: tag.name.clone(), docs: self.described(&at) });
        }
        tags
    }

    /// Reads the components that are no schemas, so that each is looked at, used or not.
    ///
    /// What is read here is not kept: the operations that refer to it read it again, and find its schemas
    /// declared.
    pub(super) fn other_components(&mut self) {
        let Some(components) = &self.document.openapi.components else { return };
        let at = Pointer::root().child("components");
        self.check_extensions(&at, Object::Components);
        let of = |group: &'static str, key: &String| Place::Component {
            group,
            key: key.clone(),
            prefix: String::new(),
        };
        for (key, node) in &components.parameters {
            self.parameter(&at.child("parameters").child(key), node, &of("parameter", key));
        }
        for (key, node) in &components.headers {
            self.shared_header(&at.child("headers").child(key), node, &of("header", key));
        }
        for (key, node) in &components.request_bodies {
            self.request_body(&at.child("requestBodies").child(key), node, &of("requestBody", key));
        }
        for (key, node) in &components.responses {
            let place = of("response", key);
            self.response(&at.child("responses").child(key), node, Status::Default, &place);
        }
        self.examples(&at, &components.examples);
        for (key, node) in &components.links {
            self.link(&at.child("links").child(key), key, node);
        }
        for (key, node) in &components.callbacks {
            let stated = at.child("callbacks").child(key);
            if let Some((at, callback)) = self.resolve(&stated, node) {
                let place = of("callback", key).of_target(&stated, &at);
                self.callback(&at, key, callback, &place);
            }
        }
        self.fill_declared();
    }

    fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.openapi.components else { return Vec::new() };
        let at = Pointer::root().child("components").child("securitySchemes");
        let schemes = components.security_schemes.iter();
        schemes.filter_map(|(name, node)| self.security_scheme(&at.child(name), name, node)).collect()
    }

    fn security_scheme(
        &mut self,
        at: &Pointer,
        name: &str,
        node: &'d ReferenceOr<openapiv3::SecurityScheme>,
    ) -> Option<SecurityScheme> {
        use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
        let (at, scheme) = self.resolve(at, node)?;
        self.check_extensions(&at, Object::SecurityScheme);
        let raw = self.raw(&at);
        let token = self.token_service(&at, raw, &raw.text("type").unwrap_or_default());
        let kind = match scheme {
            APIKey { location, name, .. } => SecuritySchemeKind::ApiKey {
                location: match location {
                    APIKeyLocation::Query => ParameterLocation::Query,
                    APIKeyLocation::Header => ParameterLocation::Header,
                    APIKeyLocation::Cookie => ParameterLocation::Cookie,
                },
                name: name.clone(),
            },
            HTTP { scheme, bearer_format, .. } => {
                SecuritySchemeKind::Http { scheme: scheme.clone(), bearer_format: bearer_format.clone() }
            }
            OAuth2 { .. } => SecuritySchemeKind::OAuth2 { flows: self.flows(&at.child("flows")), token },
            OpenIDConnect { open_id_connect_url, .. } => {
                SecuritySchemeKind::OpenIdConnect { url: open_id_connect_url.clone() }
            }
        };
        let description = raw.text("description");
        Some(SecurityScheme { at, name: name.to_owned(), description, kind })
    }

    /// openapiv3 has a type for each flow; in the tree they are alike.
    fn flows(&mut self, at: &Pointer) -> Vec<OAuth2Flow> {
        let mut flows = Vec::new();
        for name in ["implicit", "password", "clientCredentials", "authorizationCode"] {
            let at = at.child(name);
            let raw = self.raw(&at);
            if raw.members().next().is_none() {
                continue;
            }
            self.check_extensions(&at, Object::OAuthFlow);
            let scopes = self.raw(&at.child("scopes"));
            flows.push(OAuth2Flow {
                name,
                authorization_url: raw.text("authorizationUrl"),
                token_url: raw.text("tokenUrl"),
                refresh_url: raw.text("refreshUrl"),
                scopes: scopes
                    .members()
                    .map(|(scope, text)| (scope.to_owned(), text.as_str().unwrap_or_default().to_owned()))
                    .collect(),
            });
        }
        flows
    }
}
