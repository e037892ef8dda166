//! The builder of clients.

mod error;

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

pub use error::BuildError;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{
    Client, Hosts, ResponseLimits, Service, TokenSource, Transport, base::Base, client::Shared,
    credentials::CredentialSources, defaults,
};
use crate::{
    send::retry::{Budget, Clock, Policy, Random, Seeded},
    validate::Validation,
};

/// How long one attempt may take by default, the body of the response included.
const ATTEMPT: Duration = Duration::from_secs(60);

/// Builds a client.
///
/// | setting | default |
/// |---|---|
/// | [`base_url`](Self::base_url) | the server that the token names, or the first one of the definition |
/// | [`timeout`](Self::timeout) | 60 s for an attempt, body included; the default transport gives a connection 3 s |
/// | [`retry`](Self::retry) | [`Policy::new`]: 8 attempts within 10 minutes |
/// | [`budget`](Self::budget) | [`Budget::new`]: 500 tokens for the retries of calls |
/// | [`poll_budget`](Self::poll_budget) | [`Budget::new`]: 500 tokens for the retries of pollers |
/// | [`validation`](Self::validation) | bodies and parameters are checked before they are sent; errors keep them from leaving |
/// | [`max_response_bytes`](Self::max_response_bytes) | 16 MiB |
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C> {
    service: &'static Service,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    random: Arc<dyn Random>,
    policy: Policy,
    budget: Arc<Budget>,
    poll_budget: Arc<Budget>,
    timeout: Duration,
    limits: ResponseLimits,
    base_url: Option<String>,
    variables: Vec<(String, String)>,
    allowed: Vec<String>,
    credentials: CredentialSources,
    validation: Option<Validation>,
    headers: Vec<(String, String)>,
    user_agent: Option<String>,
    makes: PhantomData<fn() -> C>,
}

impl<C: From<Client>> Builder<C> {
    /// Creates a builder for clients of this service. Generated code calls it.
    pub fn new(service: &'static Service) -> Self {
        Self {
            service,
            transport: None,
            clock: None,
            random: Arc::new(Seeded::new()),
            policy: Policy::new(),
            budget: Arc::new(Budget::new()),
            poll_budget: Arc::new(Budget::new()),
            timeout: ATTEMPT,
            limits: ResponseLimits::new(),
            base_url: None,
            variables: Vec::new(),
            allowed: Vec::new(),
            credentials: CredentialSources::default(),
            validation: Some(Validation::new()),
            headers: Vec::new(),
            user_agent: None,
            makes: PhantomData,
        }
    }

    /// Sets the token for all security schemes without one of their own.
    pub fn token(mut self, source: impl TokenSource + 'static) -> Self {
        self.credentials.add(None, Arc::new(source));
        self
    }

    /// Sets the token for this security scheme of the definition. It takes precedence over
    /// [`token`](Self::token).
    pub fn credential(mut self, scheme: impl Into<String>, source: impl TokenSource + 'static) -> Self {
        self.credentials.add(Some(scheme.into()), Arc::new(source));
        self
    }

    /// Calls this server, whatever the token or the definition names. Its host must be one that may receive a
    /// token: see [`allow_host`](Self::allow_host).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Chooses the value of a variable in the definition's server URL.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Lets secrets go to this host and the names below it, in addition to those of the definition: for a
    /// sandbox or a gateway of your own. Plain `http` stays forbidden but for this machine.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.allowed.push(host.into());
        self
    }

    /// Sends through this transport.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes the time from this clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Takes the random part of waits and ids from this source, instead of [`Seeded::new`]. In the browser
    /// that one gives everybody the same numbers.
    pub fn random(mut self, random: impl Random + 'static) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// Sets how often calls are repeated, and after which waits.
    pub fn retry(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets the budget that the retries of all calls share, those of pollers apart. Several clients may share
    /// one.
    pub fn budget(mut self, budget: impl Into<Arc<Budget>>) -> Self {
        self.budget = budget.into();
        self
    }

    /// Sets the budget that the retries of all [pollers](crate::send::poll) share, so that polling in an
    /// outage uses up nothing that calls need. Several clients may share one, and it may be the one of
    /// [`budget`](Self::budget).
    pub fn poll_budget(mut self, budget: impl Into<Arc<Budget>>) -> Self {
        self.poll_budget = budget.into();
        self
    }

    /// Sets how long one attempt may take, body included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how many bytes of a response are read.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits = self.limits.max_response_bytes(bytes);
        self
    }

    /// Sets the rules that bodies and parameters are checked by before they are sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = Some(validation);
        self
    }

    /// Sends bodies and parameters unchecked.
    pub fn without_validation(mut self) -> Self {
        self.validation = None;
        self
    }

    /// Sends this header with every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Puts this product in front of the crate's own name and version in `User-Agent`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// A URL, header or variable is not valid, or there is no transport or no clock: see [`BuildError`].
    pub fn build(self) -> Result<C, BuildError> {
        let base = self.base_url.as_deref().map(Base::parse).transpose()?;
        let server = self.server()?;
        let hosts = self.hosts(server.as_ref());
        if let Some(base) = &base
            && !self.credentials.is_empty()
        {
            hosts.check(base.url()).map_err(BuildError::Host)?;
        }
        let headers = self.default_headers()?;
        let transport = self.transport.map_or_else(defaults::transport, Ok)?;
        let clock = self.clock.map_or_else(defaults::clock, Ok)?;
        let shared = Shared {
            service: self.service,
            transport,
            clock,
            random: self.random,
            policy: self.policy,
            budget: self.budget,
            poll_budget: self.poll_budget,
            timeout: self.timeout,
            limits: self.limits,
            base,
            server,
            hosts,
            credentials: self.credentials,
            validation: self.validation,
            headers,
        };
        Ok(C::from(Client::of(shared)))
    }

    /// Returns the first server of the definition, unless its URL is relative: then the caller or a token
    /// names one.
    fn server(&self) -> Result<Option<Base>, BuildError> {
        let servers = self.service.servers;
        for (name, _) in &self.variables {
            let known = servers.iter().flat_map(|server| server.variables);
            if !known.clone().any(|variable| variable.name == name) {
                return Err(BuildError::UnknownVariable(name.clone()));
            }
        }
        match servers.first().map(|server| Base::of_server(server, &self.variables)) {
            None | Some(Err(BuildError::BaseUrl(_))) => Ok(None),
            Some(base) => base.map(Some),
        }
    }

    fn hosts(&self, server: Option<&Base>) -> Hosts {
        let mut hosts = self.service.token_hosts.iter().fold(Hosts::none(), Hosts::allow);
        if self.service.token_hosts.is_empty() {
            let servers =
                self.service.servers.iter().filter_map(|found| Base::of_server(found, &self.variables).ok());
            hosts = servers.chain(server.cloned()).fold(hosts, |hosts, base| hosts.allow(base.host()));
        }
        self.allowed.iter().fold(hosts, Hosts::allow)
    }

    fn default_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        let own = format!("{}/{}", self.service.name, self.service.version);
        let product = self.user_agent.as_ref().map_or(own.clone(), |product| format!("{product} {own}"));
        let all = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in std::iter::once(("user-agent", product.as_str())).chain(all) {
            let wrong = || BuildError::Header(name.to_owned());
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| wrong())?;
            // It may be a secret, whatever its name.
            value.set_sensitive(true);
            headers.insert(header, value);
        }
        Ok(headers)
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("service", &self.service.name).finish_non_exhaustive()
    }
}
