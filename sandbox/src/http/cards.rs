//! The operations of Cards v4, on the server that was generated from the definition: it checks requests and
//! writes what they are refused with.

use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use concur_cards::Violation;
use concur_cards::models::{BulkApiResponse, Link};
use concur_cards::server::{
    self, Api, Authenticate, Claim, Context, CreateAccountsBulkRequest, CreateAccountsBulkResponse,
    CreateTransactionsBulkRequest, CreateTransactionsBulkResponse, Credential, Denied, Failure,
    GetBulkRequestRequest, GetBulkRequestResponse, Settings, StatusCode,
};

use super::around::Warned;
use crate::bulk::{Caller, Item, Kind};
use crate::instant::Instant;
use crate::sandbox::{Refused, Sandbox};

pub(super) fn router(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let watched = sandbox.clone();
    let settings = Settings::new().on_failure(move |failure| refused(&watched, failure));
    server::router_with(Arc::new(Cards(sandbox.clone())), settings)
}

/// Remembers what was refused, and answers.
fn refused(sandbox: &Sandbox, failure: Failure) -> Response {
    let told = |violation: &Violation| (violation.code().to_owned(), violation.data_path().to_owned());
    sandbox.refuse(Refused {
        at: Instant::now(),
        operation: failure.operation().map(|operation| operation.id),
        status: failure.status().as_u16(),
        violations: failure.violations().errors().map(told).collect(),
    });
    failure.into_response()
}

struct Cards(Arc<Sandbox>);

impl Authenticate for Cards {
    type Principal = Caller;

    async fn authenticate(&self, claims: &[Claim<'_>]) -> Result<Caller, Denied> {
        let [claim] = claims else { return Err(Denied::Credential) };
        let Credential::Bearer(token) = claim.credential else { return Err(Denied::Credential) };
        let grant = self.0.store().access(token, Instant::now()).map_err(Failure::internal)?;
        let grant = grant.ok_or(Denied::Credential)?;
        let covers = claim.scopes.iter().all(|scope| grant.scopes.iter().any(|granted| granted == scope));
        if covers { Ok(grant.caller) } else { Err(Denied::Scope) }
    }
}

impl Api for Cards {
    async fn create_accounts_bulk(
        &self,
        context: Context<Caller>,
        request: CreateAccountsBulkRequest,
    ) -> Result<CreateAccountsBulkResponse, Failure> {
        let items = request.body.accounts.iter().map(Item::from).collect();
        let body = self.accept(context, &request.company_id, Kind::Accounts, items).await?;
        Ok(CreateAccountsBulkResponse::Accepted { concur_correlationid: None, body })
    }

    async fn create_transactions_bulk(
        &self,
        context: Context<Caller>,
        request: CreateTransactionsBulkRequest,
    ) -> Result<CreateTransactionsBulkResponse, Failure> {
        let items = request.body.transactions.iter().map(Item::from).collect();
        let body = self.accept(context, &request.company_id, Kind::Transactions, items).await?;
        Ok(CreateTransactionsBulkResponse::Accepted { concur_correlationid: None, body })
    }

    async fn get_bulk_request(
        &self,
        context: Context<Caller>,
        request: GetBulkRequestRequest,
    ) -> Result<GetBulkRequestResponse, Failure> {
        let caller = context.principal;
        check_company(&caller, &request.company_id)?;
        let record = self.0.store().request(&request.request_id).map_err(Failure::internal)?;
        let record = record.filter(|record| record.caller.company == caller.company);
        let record = record.ok_or_else(|| Failure::new(StatusCode::NOT_FOUND))?;
        if record.caller.application != caller.application {
            return Err(Failure::new(StatusCode::FORBIDDEN));
        }
        let body = record.state().map_err(Failure::internal)?;
        Ok(GetBulkRequestResponse::Ok { concur_correlationid: None, body })
    }
}

impl Cards {
    async fn accept(
        &self,
        context: Context<Caller>,
        company: &str,
        kind: Kind,
        items: Vec<Item>,
    ) -> Result<BulkApiResponse, Failure> {
        let (caller, extensions) = (context.principal, context.parts.extensions);
        check_company(&caller, company)?;
        let has_warnings = extensions.get::<Warned>().is_some();
        let accepted = self.0.accept(caller, kind, items, has_warnings).await.map_err(Failure::internal)?;
        let href = format!("{}/cards/v4/companies/{company}/bulkrequests/{}", self.0.base_url(), accepted.id);
        let link = Link::builder().href(href).rel("self").build();
        let links = [link.map_err(Failure::internal)?];
        let response = BulkApiResponse::builder().request_id(accepted.id).links(links).build();
        response.map_err(Failure::internal)
    }
}

/// Refuses a company that the token does not belong to.
fn check_company(caller: &Caller, company: &str) -> Result<(), Failure> {
    if caller.company.eq_ignore_ascii_case(company) {
        return Ok(());
    }
    Err(Failure::new(StatusCode::FORBIDDEN).detail("The token belongs to another company"))
}
