//! Faults: rules that say which calls go wrong, and how.
//!
//! Rules are JSON, in a file or as a body:
//!
//! ```
//! use concur_cards_sandbox::faults;
//!
//! let rules = faults::read(br#"[
//!     {"fault": "serviceUnavailable", "operation": "createTransactionsBulk", "probability": 0.05},
//!     {"fault": "tooManyRequests", "retryAfter": 2, "count": 3},
//!     {"fault": "delay", "seconds": 1.5, "from": 10, "until": 60}
//! ]"#)?;
//! assert_eq!(rules.len(), 3);
//!
//! let error = faults::read(br#"[{"fault": "delay"}]"#).unwrap_err();
//! assert_eq!(error.to_string(), "1:20: the fault `delay` needs `seconds`");
//! # Ok::<(), faults::RulesError>(())
//! ```

mod error;
mod plan;
mod rule;

pub use error::RulesError;
pub use plan::{Faults, Trouble};
pub use rule::{Fault, Operation, Rule};

/// Reads rules.
///
/// # Errors
///
/// The text is no JSON or no list of rules. The error has the line and column where the mistake was noticed:
/// behind a rule whose members do not go together.
pub fn read(text: &[u8]) -> Result<Vec<Rule>, RulesError> {
    Ok(serde_json::from_slice(text)?)
}
