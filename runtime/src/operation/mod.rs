//! Operations as constants: what they are called with, and how they respond.
//!
//! Generated code makes them with the `const` functions here, so that a later version can add to them without
//! a breaking change.

#[cfg(any(feature = "client", feature = "server"))]
mod literal;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
mod operation;
mod parts;
mod server;
mod style;

#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use literal::literal;
pub use operation::{BulkDescription, Operation, PollDescription, Repeatable, StatusOperation};
pub use parts::{DeclaredResponse, Location, Parameter, RequestBody, Scheme, Status};
pub use server::{SecurityKind, SecurityScheme, Server, Variable};
pub use style::Style;
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use style::StyleKind;
