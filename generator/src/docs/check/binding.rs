//! Which section of the pages a component is documented in.

use crate::api::{Api, SchemaId};

use super::super::entry::normalised;
use super::super::facts::{DocumentedField, Requirement};
use super::super::surface;

/// A documented schema and a component that it describes.
pub(super) struct Binding {
    /// The index of the documented schema.
    pub(super) section: usize,
    pub(super) schema: SchemaId,
    pub(super) form: Option<String>,
}

impl Binding {
    /// Returns whether the page says that this form has the field always; `None` where it does not say.
    pub(super) fn requires(&self, api: &Api, field: &DocumentedField) -> Option<bool> {
        match &field.required {
            Requirement::Optional => Some(false),
            Requirement::Required => Some(true),
            Requirement::RequiredFor(form) => {
                let own = self.form.as_deref().unwrap_or(surface::name(&api.schemas[self.schema]));
                normalised(own).contains(&normalised(form)).then_some(true)
            }
        }
    }
}
