//! One of the two states that are compared.

use crate::api::Api;
use crate::rust::Crate;
use crate::settings::Settings;
use crate::source::SourceFiles;

/// A definition with what it was read from and what is generated from it.
pub(crate) struct Side {
    pub(crate) files: SourceFiles,
    pub(crate) api: Api,
    pub(crate) krate: Crate,
    pub(crate) settings: Settings,
}
