//! The log of what the client does, on standard error, for those who ask for it with `RUST_LOG`.

use std::env;
use std::io;

use tracing_subscriber::EnvFilter;

use crate::message::say;

const VARIABLE: &str = "RUST_LOG";

/// Starts to log what `RUST_LOG` names, such as `specwright_runtime=debug` or `warn`.
pub(crate) fn start() {
    if !is_on() {
        return;
    }
    match EnvFilter::try_from_env(VARIABLE) {
        Ok(filter) => {
            let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
            // Nobody else has started one.
            let _ = log.try_init();
        }
        Err(error) => say(&format!("warning: nothing is logged: `{VARIABLE}`: {error}")),
    }
}

/// Returns whether a log was asked for.
pub(crate) fn is_on() -> bool {
    env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}
