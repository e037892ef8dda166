//! The operations of Cards v4.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing};
use concur_cards::models::{BulkApiResponse, CreateAccountList, CreateTransactionList, Link};
use concur_cards::operations::{CREATE_ACCOUNTS_BULK, CREATE_TRANSACTIONS_BULK, GET_BULK_REQUEST};
use concur_cards::runtime::operation::Operation;
use concur_cards::{Validate, Violations};
use tracing::error;

use crate::bulk::{Caller, Item, Kind};
use crate::store::StoreError;
use crate::{Instant, Refused, Sandbox};

/// How many bytes a body may have.
const BODY_LIMIT: usize = 16 << 20;

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route(CREATE_ACCOUNTS_BULK.path, routing::post(create_accounts))
        .route(CREATE_TRANSACTIONS_BULK.path, routing::post(create_transactions))
        .route(GET_BULK_REQUEST.path, routing::get(bulk_request))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// Why a call is refused.
enum Refusal {
    Status(StatusCode),
    /// With the name of the list that the body should have had.
    Invalid(Violations, String),
}

async fn create_accounts(
    State(sandbox): State<Arc<Sandbox>>,
    Path(company): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let read = |list: CreateAccountList| list.accounts.iter().map(Item::from).collect();
    let call = Call { sandbox: &sandbox, operation: &CREATE_ACCOUNTS_BULK, company, headers: &headers };
    let created = call.create(Kind::Accounts, &body, read).await;
    call.answer(created)
}

async fn create_transactions(
    State(sandbox): State<Arc<Sandbox>>,
    Path(company): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let read = |list: CreateTransactionList| list.transactions.iter().map(Item::from).collect();
    let call = Call { sandbox: &sandbox, operation: &CREATE_TRANSACTIONS_BULK, company, headers: &headers };
    let created = call.create(Kind::Transactions, &body, read).await;
    call.answer(created)
}

async fn bulk_request(
    State(sandbox): State<Arc<Sandbox>>,
    Path((company, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let call = Call { sandbox: &sandbox, operation: &GET_BULK_REQUEST, company, headers: &headers };
    call.answer(call.state(&id))
}

/// A call, before anything of it is believed.
struct Call<'c> {
    sandbox: &'c Arc<Sandbox>,
    operation: &'static Operation,
    company: String,
    headers: &'c HeaderMap,
}

impl Call<'_> {
    async fn create<L: Validate + serde::de::DeserializeOwned>(
        &self,
        kind: Kind,
        body: &[u8],
        read: impl FnOnce(L) -> Vec<Item>,
    ) -> Result<Response, Refusal> {
        let caller = self.caller()?;
        self.check_content_type()?;
        let list = L::decode_json(body).map_err(|violations| {
            let path = self.operation.path.replace("{companyId}", &self.company);
            Refusal::Invalid(violations, path.trim_start_matches("/cards").to_owned())
        })?;
        let accepted = self.sandbox.accept(caller, kind, read(list)).await?;
        let (base_url, company) = (self.sandbox.base_url(), &self.company);
        let href = format!("{base_url}/cards/v4/companies/{company}/bulkrequests/{}", accepted.id);
        let link = Link::builder().href(href).rel("self").build()?;
        let response = BulkApiResponse::builder().request_id(accepted.id).links([link]).build()?;
        Ok((StatusCode::ACCEPTED, Json(response)).into_response())
    }

    fn state(&self, id: &str) -> Result<Response, Refusal> {
        let caller = self.caller()?;
        let record = self.sandbox.store().request(id)?;
        let record = record.filter(|record| record.caller.company == caller.company);
        let record = record.ok_or(Refusal::Status(StatusCode::NOT_FOUND))?;
        if record.caller.application != caller.application {
            return Err(Refusal::Status(StatusCode::FORBIDDEN));
        }
        let state = record.state().map_err(|error| failed(&format!("{error:?}")))?;
        Ok(Json(state).into_response())
    }

    /// Returns who calls, if the token covers the operation and the company.
    fn caller(&self) -> Result<Caller, Refusal> {
        let header = self.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = header.and_then(|header| header.split_once(' ')).unwrap_or_default();
        let grant = match scheme.eq_ignore_ascii_case("Bearer") {
            true => self.sandbox.store().access(token.trim(), Instant::now())?,
            false => None,
        };
        let grant = grant.ok_or(Refusal::Status(StatusCode::UNAUTHORIZED))?;
        let mut needed = self.operation.security.iter().flat_map(|schemes| schemes.iter());
        let mut scopes = needed.by_ref().flat_map(|scheme| scheme.scopes);
        let covers = scopes.all(|scope| grant.scopes.iter().any(|granted| granted == scope));
        if !covers || !grant.caller.company.eq_ignore_ascii_case(&self.company) {
            return Err(Refusal::Status(StatusCode::FORBIDDEN));
        }
        Ok(grant.caller)
    }

    fn check_content_type(&self) -> Result<(), Refusal> {
        let value = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default();
        if essence.trim().eq_ignore_ascii_case("application/json") {
            return Ok(());
        }
        Err(Refusal::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE))
    }

    /// Remembers what was refused, and answers.
    fn answer(&self, result: Result<Response, Refusal>) -> Response {
        let refusal = match result {
            Ok(response) => return response,
            Err(refusal) => refusal,
        };
        let of_violation = |violation: &concur_cards::Violation| {
            (violation.code().to_owned(), violation.data_path().to_owned())
        };
        let violations = match &refusal {
            Refusal::Invalid(violations, _) => violations.errors().map(of_violation).collect(),
            Refusal::Status(_) => Vec::new(),
        };
        let response = refusal.into_response();
        let status = response.status().as_u16();
        self.sandbox.refuse(Refused {
            at: Instant::now(),
            operation: Some(self.operation.id),
            status,
            violations,
        });
        response
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Status(StatusCode::UNAUTHORIZED) => {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
            }
            Self::Status(status) => status.into_response(),
            Self::Invalid(violations, path) => match serde_json::to_value(&violations) {
                Ok(mut body) => {
                    // The path of the call is the service's to add.
                    body[0]["dataPath"] = path.into();
                    (StatusCode::BAD_REQUEST, Json(body)).into_response()
                }
                Err(error) => failed(&error.to_string()).into_response(),
            },
        }
    }
}

fn failed(error: &str) -> Refusal {
    error!(error, "a call failed");
    Refusal::Status(StatusCode::INTERNAL_SERVER_ERROR)
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        failed(&error.to_string())
    }
}

/// A response of the sandbox itself lacks something.
impl From<Violations> for Refusal {
    fn from(violations: Violations) -> Self {
        failed(&violations.to_string())
    }
}
