//! The definition of Cards v4 as JSON, with this sandbox as its server.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router, routing};
use serde_json::{Value, json};
use tracing::error;

use crate::sandbox::Sandbox;

const DEFINITION: &str = include_str!("../../../spec/cards-v4.yaml");

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new().route("/openapi.json", routing::get(definition))
}

async fn definition(State(sandbox): State<Arc<Sandbox>>) -> Response {
    match at(sandbox.base_url()) {
        Ok(definition) => Json(definition).into_response(),
        Err(error) => {
            error!(%error, "the definition can't be read");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Returns the definition with the server and the token service at a URL.
fn at(base_url: &str) -> Result<Value, serde_yaml::Error> {
    let mut definition: Value = serde_yaml::from_str(DEFINITION)?;
    definition["servers"] = json!([{"url": base_url, "description": "This sandbox."}]);
    let token_url = format!("{base_url}/oauth2/v0/token");
    let flow = &mut definition["components"]["securitySchemes"]["companyToken"]["flows"]["password"];
    flow["tokenUrl"] = token_url.clone().into();
    flow["refreshUrl"] = token_url.into();
    Ok(definition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_names_the_sandbox_alone() {
        let definition = at("http://127.0.0.1:1").unwrap();
        let text = definition.to_string();
        assert!(text.contains("http://127.0.0.1:1/oauth2/v0/token"));
        assert!(!text.contains("glz.api.concursolutions.com"), "another server is named");
        assert_eq!(definition["paths"].as_object().unwrap().len(), 3);
    }
}
