//! The command line of the generator.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Half of the time of a run goes into many small allocations, which this allocator makes much faster than
/// the system's. The library leaves the choice to its user.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
