//! Servers: an axum router whose handlers get typed requests and return typed responses.
//!
//! A generated server is a trait with a method for each operation, and a function that makes a router of
//! whatever implements it. A request takes these steps:
//!
//! 1. [`Routes`] finds the operation. There is none: 404, or 405 with `Allow`.
//! 2. The `Accept` header is compared with the media types of successes: 406.
//! 3. [`Authenticate`] is asked who calls, with the scheme, the scopes and the credential: 401 with
//!    `WWW-Authenticate`, or 403.
//! 4. The body is read up to the limit of [`Settings`], and is of a declared media type: 413, 415.
//! 5. Parameters and body are checked by the tables of the validators and decoded. All violations together
//!    are one [`Failure`], which is written as the service's error body, or as problem details (RFC 9457).
//! 6. The method gets a [`Context`] and the typed request.
//! 7. Its response is written. Where [`Settings::check_responses`] says so, which is the default of debug
//!    builds, it is held against the definition first.
//!
//! Whatever goes wrong is a [`Failure`], also what a method returns as its error. [`Settings::on_failure`]
//! sets how all of them are answered.
//!
//! | file | |
//! |---|---|
//! | `routes`, `template` | which operation a request is for |
//! | `request`, `parameters`, `body`, `form_data` | what generated handlers read |
//! | `text`, `pairs`, `deep`, `decode`, `form` | text of parameters and forms as JSON |
//! | `authenticate`, `challenge` | credentials |
//! | `media_type` | `Content-Type` and `Accept` |
//! | `failure`, `problem` | what is answered instead of a response |
//! | `response` | responses as generated code writes them |

mod api_definition;
mod authenticate;
mod body;
mod challenge;
mod decode;
mod deep;
mod failure;
mod form;
mod form_data;
mod media_type;
mod pairs;
mod parameters;
mod problem;
mod request;
mod response;
mod routes;
mod settings;
mod template;
#[cfg(test)]
mod tests;
mod text;

pub use crate::operation::{Location, SecurityKind, SecurityScheme, Style};
pub use crate::wire::{MediaBody, Shape};
pub use api_definition::ApiDefinition;
pub use authenticate::{Authenticate, Claim, Credential, Denied};
pub use axum::{self, Router, http, http::StatusCode, response::Response as HttpResponse};
pub use bytes::Bytes;
pub use failure::Failure;
pub use form_data::{FormData, FormPart, ServedPart};
pub use parameters::ServedParameter;
pub use request::{Context, IncomingRequest};
pub use response::ResponseWriter;
pub use routes::Routes;
pub use settings::Settings;
