//! Who issues card numbers.
