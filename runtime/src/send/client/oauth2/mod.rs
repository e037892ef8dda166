//! Tokens by OAuth 2.0 (RFC 6749): obtained with a grant, refreshed before they expire, and stored for the
//! next process.
//!
//! An [`OAuth2Scheme`] says how a service issues tokens; generated code has one for each scheme of its
//! definition. [`OAuth2`] is the user's side: credentials and a [`TokenStore`]. It is a
//! [`TokenSource`](super::TokenSource), so a client asks it before every attempt, and it asks the token
//! service as seldom as it can:
//!
//! | a call asks, and | then |
//! |---|---|
//! | there is a token with more than 5 minutes, or a tenth of its lifetime, to go | it is given |
//! | there is one with less to go | one call refreshes it; the others are given the old one |
//! | there is none, or it has expired | one call obtains one, the others wait for the same response |
//! | the service has refused the token | the same, once: one that was obtained for a refused one within 10 seconds is the best there is ([`NoOther`]) |
//! | the service has refused an older one | the present one is given |
//!
//! A token is used for at least 10 seconds, unless the service refuses it. So a service that states a
//! lifetime of zero or less is asked once in 10 seconds and not before every call. A token without a stated
//! lifetime is used until it is refused.
//!
//! A new token comes from the store if another process has put one there, for the refresh token otherwise,
//! and for the grant where there is no refresh token or the token service finds it bad. What the response
//! means:
//!
//! | the token service answers | then |
//! |---|---|
//! | with a token | it is used, at the host that the response names; the refresh token of the response replaces the one before |
//! | with an error of [`moved`](OAuth2Scheme::moved) | the same request goes to the host that the error names, once |
//! | that the refresh token is bad ([`new_grant_needed`](OAuth2Scheme::new_grant_needed)) | the store is read again, and another refresh token in it is used; then the grant is tried; if that is refused too: [`NewGrantNeeded`] |
//! | 408, 429, 5xx, an error of [`later`](OAuth2Scheme::later), or not at all | [`Unreachable`], which is transient; 429 and 503 count as throttling |
//! | in no way that may be trusted, since its certificate is the wrong one | [`Unreachable`], and not transient |
//! | another error | [`Refused`] |
//! | with a host that may not receive a secret | [`ForeignHost`] |
//! | with something else | [`Unreadable`] |
//!
//! The last two may carry a new refresh token, and the one before may be dead by then. So the new one is
//! stored, for the host that gave it, before the call fails.
//!
//! Returns the old token instead of the error, as long as it is valid and was not refused.
//!
//! # Storing tokens
//!
//! A service may end a refresh token when it issues the next, so the new one must outlive the process. It is
//! put to use first and saved then. Where saving fails, calls go on: the token is in memory, a call tries
//! again every 10 seconds, and until it succeeds [`OAuth2::last_store_error`] says why, as does a `tracing`
//! event at `WARN`. Who watches either loses nothing, and stopping all calls would not make the store any
//! better.
//!
//! The beginning is another matter. If the store can't be read, or if it says that it can't be locked or
//! written, the first request to the token service is not made, and the call fails with [`NotStored`]: the
//! store may have the only refresh token that is good, and a new one would be lost with the process.
//!
//! Processes may share a store that has a [lock](TokenStore::lock), as [`FileTokenStore`] does. The lock is
//! held while the store is read, the token service is asked, and the response is saved. A process that comes
//! later waits as long as an exchange may take and finds the new token in the store. If the other one holds
//! the lock for longer, the call fails with [`NotStored`], which is transient in this case. With a token that
//! is still good it does not wait at all. When a process is killed, its lock is released; if it was waiting
//! for a response, the refresh token in that response is lost, and the grant is left.
//!
//! A call that is dropped while the token service answers, because its deadline is over, say, does not lose
//! the response. Where other processes wait for the lock, a thread waits for the response, for as long as an
//! exchange may take, saves it and releases the lock. Otherwise the next call waits for that response instead
//! of asking again. Only if the process ends before, or the connection does, is a new refresh token lost.
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

mod background;
mod base_url;
mod exchange;
mod failure;
mod file;
mod form;
mod pending;
mod printable;
mod refresh;
mod request;
mod response;
mod scheme;
mod source;
mod state;
mod store;
mod stored;
#[cfg(test)]
mod tests;
mod token;

pub use file::FileTokenStore;
pub use scheme::OAuth2Scheme;
pub use source::OAuth2;
pub use store::{MemoryTokenStore, StoreError, StoreLock, TokenStore};
pub use stored::StoredToken;
