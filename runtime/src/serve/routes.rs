//! Which operation a request is for.

use std::{collections::BTreeMap, pin::Pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Method, StatusCode, header, request::Parts},
    response::Response,
    routing,
};

use super::{
    api_definition::ApiDefinition,
    failure::{Failure, Target},
    media_type,
    request::IncomingRequest,
    settings::Settings,
    template::{Template, Values},
};
use crate::operation::Operation;

type Answer = Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send>>;

type Handler<A> = Arc<dyn Fn(Arc<A>, IncomingRequest) -> Answer + Send + Sync>;

/// The operations of a server, each with its handler.
pub struct Routes<A> {
    shared: Arc<Shared<A>>,
    operations: Vec<Route<A>>,
}

/// What all handlers share.
struct Shared<A> {
    api: Arc<A>,
    definition: &'static ApiDefinition,
    settings: Arc<Settings>,
}

struct Route<A> {
    template: Template,
    operation: &'static Operation,
    handler: Handler<A>,
}

impl<A: Send + Sync + 'static> Routes<A> {
    /// Creates a server without operations.
    #[must_use]
    pub fn new(api: Arc<A>, definition: &'static ApiDefinition, settings: Settings) -> Self {
        let settings = Arc::new(settings);
        Self { shared: Arc::new(Shared { api, definition, settings }), operations: Vec::new() }
    }

    /// Adds an operation.
    #[must_use]
    pub fn operation<F, R>(mut self, operation: &'static Operation, handler: F) -> Self
    where
        F: Fn(Arc<A>, IncomingRequest) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Response, Failure>> + Send + 'static,
    {
        let handler: Handler<A> = Arc::new(move |api, request| Box::pin(handler(api, request)));
        self.operations.push(Route { template: Template::new(operation.path), operation, handler });
        self
    }

    /// Returns the router. Its fallback answers paths that the definition does not have.
    pub fn into_router<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let mut operations = self.operations;
        operations.sort_by_cached_key(|route| route.template.rank());
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, route) in operations.iter().enumerate() {
            groups.entry(route.template.route()).or_default().push(index);
        }
        let operations = Arc::new(operations);
        let handler = |group: Vec<usize>| {
            let (shared, operations) = (Arc::clone(&self.shared), Arc::clone(&operations));
            move |request: Request| async move { shared.answer(&operations, &group, request).await }
        };
        let router = Router::new();
        let router = groups
            .into_iter()
            .fold(router, |router, (path, group)| router.route(&path, routing::any(handler(group))));
        router.fallback(handler(Vec::new()))
    }
}

impl<A: Send + Sync + 'static> Shared<A> {
    /// Answers a request with the operation that it is for: one of the group whose route axum has chosen,
    /// if the path fits one of their templates.
    async fn answer(&self, routes: &[Route<A>], group: &[usize], request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let mut target = Target { api: self.definition, operation: None, path: parts.uri.path().to_owned() };
        let mut matched = matching(group.iter().filter_map(|index| routes.get(*index)), &parts);
        // axum compares segments letter by letter and as a whole: neither `/pets%3Abatch` nor, beside
        // `/files/{id}.json`, what fits `/{folder}/{id}` is found by it.
        if matched.is_empty() || parts.uri.path().contains('%') {
            matched = matching(routes.iter(), &parts);
            let meant = matched.first().map(|(route, _)| route.template.route());
            matched.retain(|(route, _)| Some(route.template.route()) == meant);
        }
        let result = match find(matched, &parts.method) {
            Ok((route, values)) => {
                target.operation = Some(route.operation);
                self.call(route, values, (parts, body)).await
            }
            Err(failure) => Err(failure),
        };
        // The body of a response to `HEAD` is left out by axum, which says how long it would be.
        result.unwrap_or_else(|failure| self.settings.answer(failure.with_target(&target)))
    }

    async fn call(
        &self,
        route: &Route<A>,
        values: Values,
        request: (Parts, Body),
    ) -> Result<Response, Failure> {
        let operation = route.operation;
        if !media_type::is_acceptable(operation, &request.0.headers) {
            let detail = "There is no response of a media type that the request accepts";
            return Err(Failure::new(StatusCode::NOT_ACCEPTABLE).detail(detail));
        }
        let settings = Arc::clone(&self.settings);
        let request = IncomingRequest::new(self.definition, operation, settings, values, request);
        (route.handler)(Arc::clone(&self.api), request).await
    }
}

/// Returns the routes that the path of a request fits, and the values of the path.
fn matching<'r, A: 'r>(
    routes: impl Iterator<Item = &'r Route<A>>,
    parts: &Parts,
) -> Vec<(&'r Route<A>, Values)> {
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    routes.filter_map(|route| Some((route, route.template.matched(path, query)?))).collect()
}

/// Returns the one of these routes that is for the method.
fn find<'r, A>(
    matched: Vec<(&'r Route<A>, Values)>,
    method: &Method,
) -> Result<(&'r Route<A>, Values), Failure> {
    let methods: Vec<&str> = matched.iter().map(|(route, _)| route.operation.method).collect();
    let is_for = |method: &str| methods.iter().position(|known| *known == method);
    let get = || (*method == Method::HEAD).then(|| is_for("GET")).flatten();
    match is_for(method.as_str()).or_else(get) {
        Some(index) => matched.into_iter().nth(index).ok_or_else(|| Failure::new(StatusCode::NOT_FOUND)),
        None if methods.is_empty() => {
            Err(Failure::new(StatusCode::NOT_FOUND).detail("There is no such path"))
        }
        None => {
            let detail = "The path does not have this method";
            Err(Failure::new(StatusCode::METHOD_NOT_ALLOWED)
                .detail(detail)
                .header(header::ALLOW, &allow(&methods)))
        }
    }
}

/// Returns the methods of a path. What can be read has its headers too.
fn allow(methods: &[&str]) -> String {
    let mut allowed: Vec<&str> = Vec::new();
    let head = methods.contains(&"GET").then_some("HEAD");
    for method in methods.iter().copied().chain(head) {
        if !allowed.contains(&method) {
            allowed.push(method);
        }
    }
    allowed.join(", ")
}
