//! The sandbox over HTTP.
//!
//! | file | |
//! |---|---|
//! | `cards` | the operations of Cards v4, on the generated server |
//! | `token` | the token service |
//! | `own` | what the sandbox tells of itself, below `/_sandbox/`, and `/healthz` |
//! | `page` | the page that shows it |
//! | `definition` | the definition, as JSON |
//! | `docs` | an explorer of it |
//! | `around` | what happens around every request: its log, the timeout of its body, and faults |
//! | `connection` | accepts connections, which can be reset |
//! | `server` | all of them together, until it is told to end |

mod around;
mod cards;
mod connection;
mod definition;
mod docs;
mod own;
mod page;
mod server;
mod token;

pub use server::{Bound, ServeError};
