//! The explorer of the definition: Swagger UI, whose files come with the program.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing};
use tracing::error;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;
use zip::result::ZipError;

use super::page;
use crate::sandbox::Sandbox;

/// The files of Swagger UI that are shown to browsers, by name, with their media types.
const WANTED: [(&str, &str); 2] = [("swagger-ui-bundle.js", page::SCRIPT), ("swagger-ui.css", page::STYLE)];

static FILES: LazyLock<Result<BTreeMap<&'static str, Bytes>, ZipError>> = LazyLock::new(unpacked);

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/docs", routing::get(|| async { Redirect::temporary("/docs/") }))
        .route("/docs/", routing::get(|| async { page::file(page::HTML, include_str!("docs/index.html")) }))
        .route(
            "/docs/docs.css",
            routing::get(|| async { page::file(page::STYLE, include_str!("docs/docs.css")) }),
        )
        .route(
            "/docs/start.js",
            routing::get(|| async { page::file(page::SCRIPT, include_str!("docs/start.js")) }),
        )
        .route("/docs/{file}", routing::get(file))
}

async fn file(Path(name): Path<String>) -> Response {
    let files = match &*FILES {
        Ok(files) => files,
        Err(error) => {
            error!(%error, "the files of the explorer can't be unpacked");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let wanted = WANTED.iter().find(|(known, _)| *known == name);
    match wanted.and_then(|(name, media_type)| Some((media_type, files.get(name)?))) {
        Some((media_type, bytes)) => page::file(media_type, bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Takes the files out of the archive that they come in.
fn unpacked() -> Result<BTreeMap<&'static str, Bytes>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let path = entry.name()?.into_owned();
        let wanted = WANTED.iter().find(|(name, _)| path.ends_with(&format!("/dist/{name}")));
        if let Some((name, _)) = wanted {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(*name, bytes.into());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_the_archive() {
        let files = FILES.as_ref().unwrap();
        for (name, _) in WANTED {
            assert!(files[name].len() > 10_000, "{name}");
        }
    }
}
