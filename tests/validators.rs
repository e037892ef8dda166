//! Validators say what the API would say, all of it. The tests read the definition for themselves and know
//! nothing of the code that they test.
//!
//! A case that a person wrote is a file in `validators/bodies`: a new one needs no Rust. What follows from
//! the definition's rules is made from them, and `spec/COVERAGE.md` shows that no code and no rule goes
//! without.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod local_sandbox;

mod validators {
    mod agreement;
    mod bodies;
    mod boundary;
    mod bounds;
    mod case;
    mod chance;
    mod check;
    mod coverage;
    mod cursor;
    mod documented;
    mod draft;
    mod formats;
    mod hostile;
    mod json;
    mod leaf;
    mod mutate;
    mod oracle;
    mod path;
    mod patterns;
    mod places;
    mod proof;
    mod render;
    mod rules;
    mod same;
    mod sample;
    mod sandbox;
    mod spec;
}
