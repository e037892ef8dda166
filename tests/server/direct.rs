//! A transport that hands requests to a router, without a network between them.

use std::future::poll_fn;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use concur_cards::transport::{BoxFuture, Exchange, ResponseLimits, Transport};
use http::{Request, Response};
use http_body_util::BodyExt as _;
use tower_service::Service as _;

/// A router as the other side of a client.
pub(crate) struct Direct(pub(crate) Router);

impl Transport for Direct {
    fn send(&self, request: Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        Box::pin(async move { Ok(answer(&self.0, request).await) })
    }
}

/// Returns the whole response to a request.
pub(crate) async fn answer(router: &Router, request: Request<Bytes>) -> Response<Bytes> {
    let mut router = router.clone();
    let ready: Result<(), std::convert::Infallible> = poll_fn(|context| {
        <Router as tower_service::Service<Request<Body>>>::poll_ready(&mut router, context)
    })
    .await;
    let Ok(()) = ready;
    let Ok(response) = router.call(request.map(Body::from)).await;
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}
