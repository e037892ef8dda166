//! Violations: one broken rule, the list of them, its codes, and the body in which a service tells of them.

mod code;
pub mod codes;
mod display;
mod error_body;
mod items;
mod list;
mod pointer;
mod printable;
mod received;
#[cfg(feature = "validators")]
mod step;
mod violation;
mod written;

pub use code::{Code, Severity};
pub use error_body::ErrorBody;
pub(crate) use error_body::ErrorEnvelope;
pub use items::ItemViolations;
pub use list::Violations;
pub(crate) use pointer::item_end;
pub use printable::Printable;
#[cfg(feature = "validators")]
pub(crate) use step::{push_name, push_plain};
pub use violation::{Place, Violation};
