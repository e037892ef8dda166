//! A server over plain TCP that misbehaves as it is told, on 127.0.0.1 alone. Included by several test
//! binaries.
//!
//! [`Fault`] lists what can go wrong between a client and a server, [`FaultServer`] plays it, one fault for
//! each request, and remembers what has arrived.
#![allow(dead_code, reason = "not every test that includes this needs all of it")]

mod fault;
mod http1;
mod play;
mod server;

pub(crate) use fault::Fault;
pub(crate) use http1::{Answer, Seen};
pub(crate) use server::FaultServer;
#[allow(unused_imports, reason = "not every test that includes this puts TLS on the wire")]
pub(crate) use server::Wire;
