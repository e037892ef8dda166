//! A server of Cards that remembers what it is asked, and answers what it is told to.

use std::sync::{Arc, Mutex};

use concur_cards::models::{BulkApiResponse, BulkRequest, CreateAccountList, CreateTransactionList};
use concur_cards::server::{
    Api, Authenticate, Claim, Context, CreateAccountsBulkRequest, CreateAccountsBulkResponse,
    CreateTransactionsBulkRequest, CreateTransactionsBulkResponse, Credential, Denied, Failure,
    GetBulkRequestRequest, GetBulkRequestResponse, Router, StatusCode, router,
};

/// The token that may do everything.
pub(crate) const TOKEN: &str = "good";

/// A token without scopes.
pub(crate) const WEAK_TOKEN: &str = "weak";

/// What the last request of each kind had.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    pub(crate) principal: String,
    pub(crate) company: String,
    pub(crate) request: String,
    pub(crate) accounts: Option<CreateAccountList>,
    pub(crate) transactions: Option<CreateTransactionList>,
}

#[derive(Default)]
pub(crate) struct Cards {
    seen: Mutex<Seen>,
    pub(crate) accepted: Mutex<Option<BulkApiResponse>>,
    pub(crate) state: Mutex<Option<BulkRequest>>,
}

impl Cards {
    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }

    fn see(&self, context: Context<String>, company: String, add: impl FnOnce(&mut Seen)) {
        let mut seen = Seen { principal: context.principal, company, ..Seen::default() };
        add(&mut seen);
        *self.seen.lock().unwrap() = seen;
    }
}

pub(crate) fn routed(cards: &Arc<Cards>) -> Router {
    router(Arc::clone(cards))
}

impl Authenticate for Cards {
    type Principal = String;

    async fn authenticate(&self, claims: &[Claim<'_>]) -> Result<String, Denied> {
        match claims {
            [Claim { scheme: "companyToken", credential: Credential::Bearer(TOKEN), scopes, .. }] => {
                Ok(scopes.join(" "))
            }
            [Claim { credential: Credential::Bearer(WEAK_TOKEN), .. }] => Err(Denied::Scope),
            [Claim { credential: Credential::Bearer("outage"), .. }] => {
                Err(Failure::new(StatusCode::SERVICE_UNAVAILABLE).into())
            }
            _ => Err(Denied::Credential),
        }
    }
}

impl Api for Cards {
    async fn create_accounts_bulk(
        &self,
        context: Context<String>,
        request: CreateAccountsBulkRequest,
    ) -> Result<CreateAccountsBulkResponse, Failure> {
        self.see(context, request.company_id, |seen| seen.accounts = Some(request.body));
        let body = self.accepted.lock().unwrap().clone();
        let body = body.ok_or_else(|| Failure::new(StatusCode::TOO_MANY_REQUESTS))?;
        let concur_correlationid = request.concur_correlationid;
        Ok(CreateAccountsBulkResponse::Accepted { concur_correlationid, body })
    }

    async fn create_transactions_bulk(
        &self,
        context: Context<String>,
        request: CreateTransactionsBulkRequest,
    ) -> Result<CreateTransactionsBulkResponse, Failure> {
        self.see(context, request.company_id, |seen| seen.transactions = Some(request.body));
        let body = self.accepted.lock().unwrap().clone();
        let body = body.ok_or_else(|| Failure::new(StatusCode::TOO_MANY_REQUESTS))?;
        Ok(CreateTransactionsBulkResponse::Accepted { concur_correlationid: None, body })
    }

    async fn get_bulk_request(
        &self,
        context: Context<String>,
        request: GetBulkRequestRequest,
    ) -> Result<GetBulkRequestResponse, Failure> {
        self.see(context, request.company_id, |seen| seen.request = request.request_id);
        let state = self.state.lock().unwrap().clone();
        Ok(match state {
            Some(body) => GetBulkRequestResponse::Ok { concur_correlationid: None, body },
            None => GetBulkRequestResponse::NotFound { concur_correlationid: None },
        })
    }
}
