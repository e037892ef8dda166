//! Servers, as requests meet them.
