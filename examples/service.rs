//! A stand-in for Cards v4 on this machine, for trying clients without access to the service.
//!
//! `cargo run -p cards-from-spec --example service -- --port 8080` prints its URL and runs until it is
//! stopped. It takes the token `local`, and gives others at `/oauth2/v0/token`. It forgets everything when it
//! ends.

#[path = "../tests/service/mod.rs"]
mod service;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use service::Service;

/// A stand-in for Cards v4 on this machine.
#[derive(Debug, Parser)]
struct Arguments {
    /// The port of 127.0.0.1 to listen on; 0: one that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

fn main() -> ExitCode {
    let service = match Service::start(Arguments::parse().port) {
        Ok(service) => service,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot listen: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut out = io::stdout();
    // Whoever started it may wait for this line.
    if writeln!(out, "{}", service.url()).and_then(|()| out.flush()).is_err() {
        return ExitCode::FAILURE;
    }
    loop {
        std::thread::park();
    }
}
