//! Placeholder until `build.rs` stands.
