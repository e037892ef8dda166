//! Values survive the way from JSON into the models and back. The tests read the definition for themselves,
//! with an interpreter of their own, so that they do not share the generator's view of it.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod values {
    mod absent;
    mod arbitrary;
    mod builders;
    mod enums;
    mod forward;
    mod golden;
    mod json;
    #[path = "../../benches/payload/mod.rs"]
    mod payload;
    mod required;
    mod round_trip;
    mod sample;
    mod sensitive;
    mod spec;
    mod types;
    mod validated;
}
