//! Tokens by OAuth 2.0 (RFC 6749): got for a grant, renewed before they expire, and kept for the next process.
//!
//! An [`OAuth2Scheme`] says how a service gives tokens; generated code has one for each scheme of its definition. [`OAuth2`] is
//! the user's side: credentials, and a [`TokenStore`]. It is a [`TokenSource`](super::TokenSource), so a client asks it before
//! every attempt, and it asks the service as seldom as it can:
//!
//! | a call asks, and | then |
//! |---|---|
//! | there is a token with more than 5 minutes, or a tenth of its lifetime, to go | it is given |
//! | there is one with less to go | one call renews it; the others are given the old one |
//! | there is none, or it has expired | one call gets one, the others wait for the same answer |
//! | the service has refused the token | the same, once: one that was got for a refused one within 10 seconds is the best there is ([`NoOther`]) |
//! | the service has refused an older one | the present one is given |
//!
//! A new token comes from the store if another process has put one there, for the refresh token otherwise, and for the grant
//! where there is no refresh token or the service finds it bad. What the answer means:
//!
//! | the service answers | then |
//! |---|---|
//! | with a token | it is used, at the host that the answer names; the refresh token of the answer replaces the one before |
//! | with an error of [`moved`](OAuth2Scheme::moved) | the same question goes to the host that the error names, once |
//! | that the refresh token is bad ([`new_grant_needed`](OAuth2Scheme::new_grant_needed)) | the store is read again, then the grant is tried; if that is refused too: [`NewGrantNeeded`] |
//! | 408, 429, 5xx, an error of [`later`](OAuth2Scheme::later), or not at all | [`Unreachable`]; a `Retry-After` of up to 5 minutes is kept to |
//! | in no way that may be trusted, since its certificate is the wrong one | [`Unreachable`], of the lasting kind |
//! | another error | [`Refused`] |
//! | with a host that may not be told a secret | [`ForeignHost`]; what the store has stays as it was |
//! | with something else | [`Unreadable`] |
//!
//! As long as the old token is valid and was not refused, calls go on with it whatever the answer is, and the service is asked
//! again after 10 seconds. Every failure that is not [transient](super::TokenError::is_transient) is the answer to all calls for 10 seconds. Of an error, its
//! code and its `error` word are shown, and nothing else.
//!
//! # Keeping tokens
//!
//! A service may end a refresh token when it gives the next, so the new one must outlive the process. It is put to use first and
//! saved then. Where saving fails, calls go on: the token is in memory, a call tries again every 10 seconds, and until it
//! succeeds [`OAuth2::last_store_error`] says why, as does a `tracing` event at `WARN`. Who watches either loses nothing, and
//! stopping all calls would not make the store any better. A store that can't even be read at the beginning is another matter:
//! then there is no token ([`NotStored`]), because the store may have the only one that is good.
//!
//! Processes may share a store. Each reads it before it renews, so one that comes later takes what another was given. Only if
//! two renew in the same second may one of them be told that its refresh token is bad; it then finds the other's in the store.
//!
//! A call that is dropped while the service answers, because its deadline is over, say, leaves its question behind: the next
//! call waits for that answer instead of asking again. So a refresh token in it is lost only if the process ends before
//! another call asks, or if the connection does; then the grant is left.
//!
//! ```
//! use specwright_runtime::client::oauth2::{FileTokenStore, OAuth2, OAuth2Scheme};
//!
//! // Generated code has this.
//! static SHOP: OAuth2Scheme = OAuth2Scheme::new("shopToken", "https://login.example.com/oauth2/token")
//!     .form(&[("kind", "company")])
//!     .base_url_member("region_url")
//!     .hosts(&["example.com"])
//!     .moved(&["16"])
//!     .new_grant_needed(&["108"]);
//!
//! let tokens = OAuth2::password(&SHOP, "client id", "client secret", "company", "request token")
//!     .store(FileTokenStore::new("/var/lib/shop/token.json"));
//! assert_eq!(format!("{tokens:?}"), r#"OAuth2 { scheme: "shopToken", grant: "password", .. }"#);
//! ```
//!
//! [`NoOther`]: super::TokenProblem::NoOther
//! [`NewGrantNeeded`]: super::TokenProblem::NewGrantNeeded
//! [`Unreachable`]: super::TokenProblem::Unreachable
//! [`Refused`]: super::TokenProblem::Refused
//! [`ForeignHost`]: super::TokenProblem::ForeignHost
//! [`Unreadable`]: super::TokenProblem::Unreadable
//! [`NotStored`]: super::TokenProblem::NotStored

mod answer;
mod background;
mod base_url;
mod exchange;
mod failure;
mod file;
mod form;
mod question;
mod renew;
mod scheme;
mod source;
mod state;
mod store;
mod stored;
#[cfg(test)]
mod tests;
mod words;

pub use file::FileTokenStore;
pub use scheme::OAuth2Scheme;
pub use source::OAuth2;
pub use store::{MemoryTokenStore, StoreError, StoreLock, TokenStore};
pub use stored::StoredToken;
