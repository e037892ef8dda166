//! Violations: one broken rule, the list of them, their codes, and the error bodies of services.

mod code;
pub mod codes;
mod data_path;
mod decode;
mod display;
mod encode;
mod error_body;
mod items;
mod list;
mod position;
mod printable;
mod violation;

pub use code::{Code, Severity};
#[cfg(feature = "server")]
pub(crate) use data_path::join_name;
#[cfg(feature = "validators")]
pub(crate) use data_path::{push_name, push_plain};
pub use error_body::ErrorBody;
pub use items::ItemViolations;
#[cfg(feature = "validators")]
pub(crate) use list::LeftOut;
pub use list::Violations;
pub use position::Position;
pub use printable::Printable;
pub use violation::Violation;
