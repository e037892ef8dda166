//! Applications and companies, all made up. They are no secrets: the sandbox prints them.

use super::Refusal;
use super::answer::refusals;

/// An application that may ask for tokens.
#[derive(Debug)]
pub struct Application {
    /// The `client_id`.
    pub id: &'static str,
    /// The `client_secret`.
    pub secret: &'static str,
    /// The request token, with which it gets a token of any of the companies.
    pub request_token: &'static str,
}

/// A company that may be named.
#[derive(Debug)]
pub struct Company {
    /// The `username` of the password grant, and the `companyId` of calls.
    pub id: &'static str,
    /// Why no token can be had for it, for trying that.
    pub refusal: Option<Refusal>,
}

/// Two applications, of which neither may read what the other has sent.
pub static APPLICATIONS: [Application; 2] = [
    Application {
        id: "0f4b5a5e-6d1c-4c3c-9a63-52a7c1a8e001",
        secret: "7c2d9e1f-3b8a-4f60-8d15-9e4f6a0b5c01",
        request_token: "request-token-1",
    },
    Application {
        id: "0f4b5a5e-6d1c-4c3c-9a63-52a7c1a8e002",
        secret: "7c2d9e1f-3b8a-4f60-8d15-9e4f6a0b5c02",
        request_token: "request-token-2",
    },
];

/// Two companies with tokens, and companies that are refused.
pub static COMPANIES: [Company; 6] = [
    Company { id: "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10", refusal: None },
    Company { id: "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b11", refusal: None },
    Company { id: "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b16", refusal: Some(refusals::ELSEWHERE) },
    Company { id: "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b53", refusal: Some(refusals::COMPANY_NOT_ENABLED) },
    Company { id: "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b14", refusal: Some(refusals::LOCKED) },
    Company { id: "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b34", refusal: Some(refusals::MAINTENANCE) },
];
