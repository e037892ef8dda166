//! The part of a client that all its calls share.

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;

use super::{
    Hosts, ResponseLimits, Service, Token, TokenContext, TokenError, TokenProblem, Transport, base::Base,
    credentials::CredentialSources,
};
use crate::{
    send::retry::{Budget, Clock, Policy, Random},
    validate::Validation,
};

/// A client without generated methods: settings, connections, tokens, and the budgets of retries. Clones
/// share all of them and are cheap.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) service: &'static Service,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) policy: Policy,
    pub(crate) budget: Arc<Budget>,
    pub(crate) poll_budget: Arc<Budget>,
    pub(crate) timeout: Duration,
    pub(crate) limits: ResponseLimits,
    /// The server that the caller has set, which is called whatever tokens or the definition name.
    pub(crate) base: Option<Base>,
    /// The first server of the definition.
    pub(crate) server: Option<Base>,
    pub(crate) hosts: Hosts,
    pub(crate) credentials: CredentialSources,
    pub(crate) validation: Option<Validation>,
    pub(crate) headers: HeaderMap,
}

impl Client {
    pub(super) fn of(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Returns what the definition says of the service.
    #[must_use]
    pub fn service(&self) -> &'static Service {
        self.shared.service
    }

    /// Returns the budget that the retries of all calls share, pollers apart.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.shared.budget
    }

    /// Returns the budget that the retries of all [pollers](crate::send::poll) share.
    #[must_use]
    pub fn poll_budget(&self) -> &Budget {
        &self.shared.poll_budget
    }

    /// Returns a token that calls with this scheme of the definition would be authorised with now, for uses
    /// beside them.
    ///
    /// # Errors
    ///
    /// The client has no source for the scheme, or the source has no token and can't obtain one.
    pub async fn token(&self, scheme: &str) -> Result<Token, TokenError> {
        let source = self.shared.credentials.of(scheme);
        let source = source.ok_or_else(|| TokenError::new(TokenProblem::NoOther))?;
        source.token(self.shared.token_context(self.shared.timeout, None)).await
    }

    /// Returns the clock that calls take the time from.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.shared.clock
    }

    /// Returns the source of random numbers.
    #[must_use]
    pub fn random(&self) -> &Arc<dyn Random> {
        &self.shared.random
    }
}

impl Shared {
    /// Returns what a source of tokens is told.
    pub(super) fn token_context<'a>(
        &'a self,
        timeout: Duration,
        refused: Option<&'a Token>,
    ) -> TokenContext<'a> {
        TokenContext {
            transport: &self.transport,
            clock: self.clock.as_ref(),
            random: self.random.as_ref(),
            hosts: &self.hosts,
            limits: self.limits,
            timeout,
            refused,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("service", &self.shared.service.name).finish_non_exhaustive()
    }
}
