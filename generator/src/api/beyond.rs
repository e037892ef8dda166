//! Keywords of JSON Schema 2020-12 that look at parts of a value again, beside those of its type.

use super::schema_id::SchemaId;

/// What a schema asks beyond the keywords of a type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Applicators {
    /// The schemas of the first items; `items` is that of the others.
    pub(crate) prefix_items: Vec<SchemaId>,
    pub(crate) contains: Option<Contains>,
    pub(crate) unevaluated_items: Option<SchemaId>,
    /// The schemas of members by patterns of their names.
    pub(crate) pattern_properties: Vec<(String, SchemaId)>,
    pub(crate) property_names: Option<SchemaId>,
    /// A member, and those that must be there with it.
    pub(crate) dependent_required: Vec<(String, Vec<String>)>,
    /// A member, and the schema of an object that has it.
    pub(crate) dependent_schemas: Vec<(String, SchemaId)>,
    pub(crate) unevaluated_properties: Option<SchemaId>,
    pub(crate) when: Option<When>,
}

/// `contains`: how many items fit a schema.
#[derive(Debug, Clone)]
pub(crate) struct Contains {
    pub(crate) schema: SchemaId,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

/// `if`, with what is asked of a value that fits it, and of one that does not.
#[derive(Debug, Clone)]
pub(crate) struct When {
    pub(crate) fits: SchemaId,
    pub(crate) then: Option<SchemaId>,
    pub(crate) otherwise: Option<SchemaId>,
}

impl Applicators {
    /// Returns the schemas of all keywords.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let named = self.pattern_properties.iter().chain(&self.dependent_schemas).map(|(_, schema)| *schema);
        let when = self.when.iter().flat_map(|when| [Some(when.fits), when.then, when.otherwise]);
        let single = [self.unevaluated_items, self.property_names, self.unevaluated_properties];
        let contains = self.contains.iter().map(|contains| contains.schema);
        let prefix = self.prefix_items.iter().copied();
        prefix.chain(named).chain(when.flatten()).chain(single.into_iter().flatten()).chain(contains)
    }

    /// Returns whether it says something of members that `properties` does not name.
    pub(crate) fn looks_at_members(&self) -> bool {
        !self.pattern_properties.is_empty()
            || !self.dependent_schemas.is_empty()
            || self.unevaluated_properties.is_some()
            || self.when.is_some()
    }

    /// Returns the schemas that are about the same value as the schema itself.
    pub(crate) fn of_same_value(&self) -> impl Iterator<Item = SchemaId> {
        let when = self.when.iter().flat_map(|when| [when.then, when.otherwise]);
        let dependent = self.dependent_schemas.iter().map(|(_, schema)| *schema);
        when.flatten().chain(dependent)
    }
}
