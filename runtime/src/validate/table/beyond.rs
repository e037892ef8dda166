//! Keywords that look at parts of a value again, once the value was read by its type.

use super::{object::Additional, pattern::Pattern, schema::Schema};
use crate::violations::Code;

/// What one schema asks of the parts of a value beyond the keywords of its type.
#[derive(Debug, Clone, Copy)]
pub struct Beyond {
    /// The schemas of the first items.
    pub(crate) first_items: &'static [&'static Schema],
    /// The schema of the items after these.
    pub(crate) other_items: Option<&'static Schema>,
    pub(crate) contains: Option<Contains>,
    /// Schemas of members by patterns of their names.
    pub(crate) patterns: &'static [(&'static Pattern, &'static Schema)],
    /// The names of members that are no others, and what the others may be.
    pub(crate) other_members: Option<(&'static [&'static str], Additional)>,
    /// The schema of the names of members.
    pub(crate) names: Option<&'static Schema>,
    /// Members, those that must be there with each of them, and the code of one that is not.
    pub(crate) dependent: &'static [(&'static str, &'static [&'static str], &'static Code)],
    /// Members, and the schema of an object that has each of them.
    pub(crate) dependent_schemas: &'static [(&'static str, &'static Schema)],
    pub(crate) when: Option<When>,
    /// What members may be that no schema looked at.
    pub(crate) unevaluated_members: Option<(&'static Evaluated, Additional)>,
    /// The schema of items that no schema looked at.
    pub(crate) unevaluated_items: Option<(&'static Evaluated, &'static Schema)>,
}

/// How many items fit a schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contains {
    pub(crate) schema: &'static Schema,
    pub(crate) min: u32,
    pub(crate) max: u32,
}

/// What is asked of a value that fits a schema, and of one that does not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When {
    pub(crate) fits: &'static Schema,
    pub(crate) then: Option<&'static Schema>,
    pub(crate) otherwise: Option<&'static Schema>,
}

impl Beyond {
    /// Creates a table that allows every value.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            first_items: &[],
            other_items: None,
            contains: None,
            patterns: &[],
            other_members: None,
            names: None,
            dependent: &[],
            dependent_schemas: &[],
            when: None,
            unevaluated_members: None,
            unevaluated_items: None,
        }
    }

    /// Sets the schemas of the first items of an array, one each.
    #[must_use]
    pub const fn first_items(mut self, schemas: &'static [&'static Schema]) -> Self {
        self.first_items = schemas;
        self
    }

    /// Sets the schema of the items behind the first ones.
    #[must_use]
    pub const fn other_items(mut self, schema: &'static Schema) -> Self {
        self.other_items = Some(schema);
        self
    }

    /// Asks for an array of which so many items fit a schema: otherwise
    /// [`codes::TOO_FEW_MATCHES`](crate::validate::codes::TOO_FEW_MATCHES) or
    /// [`codes::TOO_MANY_MATCHES`](crate::validate::codes::TOO_MANY_MATCHES).
    #[must_use]
    pub const fn contains(mut self, schema: &'static Schema, min: u32, max: u32) -> Self {
        self.contains = Some(Contains { schema, min, max });
        self
    }

    /// Sets the schemas of members whose names match patterns. Each that matches applies.
    #[must_use]
    pub const fn patterns(mut self, patterns: &'static [(&'static Pattern, &'static Schema)]) -> Self {
        self.patterns = patterns;
        self
    }

    /// Sets what members may be that have none of these names and match no pattern.
    #[must_use]
    pub const fn other_members(mut self, names: &'static [&'static str], others: Additional) -> Self {
        self.other_members = Some((names, others));
        self
    }

    /// Sets the schema of the names of all members.
    #[must_use]
    pub const fn names(mut self, schema: &'static Schema) -> Self {
        self.names = Some(schema);
        self
    }

    /// Sets which members must be there with another one, each with the code of one that is not.
    #[must_use]
    pub const fn dependent(
        mut self,
        dependent: &'static [(&'static str, &'static [&'static str], &'static Code)],
    ) -> Self {
        self.dependent = dependent;
        self
    }

    /// Sets the schemas of objects that have a member.
    #[must_use]
    pub const fn dependent_schemas(mut self, schemas: &'static [(&'static str, &'static Schema)]) -> Self {
        self.dependent_schemas = schemas;
        self
    }

    /// Sets what is asked of a value that fits a schema, and of one that does not.
    #[must_use]
    pub const fn when(
        mut self,
        fits: &'static Schema,
        then: Option<&'static Schema>,
        otherwise: Option<&'static Schema>,
    ) -> Self {
        self.when = Some(When { fits, then, otherwise });
        self
    }

    /// Sets what members may be that are not evaluated.
    #[must_use]
    pub const fn unevaluated_members(mut self, evaluated: &'static Evaluated, others: Additional) -> Self {
        self.unevaluated_members = Some((evaluated, others));
        self
    }

    /// Sets the schema of items that are not evaluated.
    #[must_use]
    pub const fn unevaluated_items(mut self, evaluated: &'static Evaluated, schema: &'static Schema) -> Self {
        self.unevaluated_items = Some((evaluated, schema));
        self
    }
}

impl Default for Beyond {
    fn default() -> Self {
        Self::new()
    }
}

/// Which members and items of a value a schema evaluates: those that it has a schema for.
#[derive(Debug, Clone, Copy)]
pub struct Evaluated {
    pub(crate) names: &'static [&'static str],
    pub(crate) patterns: &'static [&'static Pattern],
    pub(crate) all_members: bool,
    /// How many items, from the first on.
    pub(crate) items: usize,
    pub(crate) all_items: bool,
    /// The schema of further items.
    pub(crate) contains: Option<&'static Schema>,
    /// What other schemas about the same value evaluate.
    pub(crate) parts: &'static [EvaluatedPart],
}

/// What another schema about the same value evaluates, if it applies.
#[derive(Debug, Clone, Copy)]
pub struct EvaluatedPart {
    pub(crate) condition: Applies,
    pub(crate) evaluated: &'static Evaluated,
}

/// When a schema about the same value applies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Applies {
    Always,
    /// The value fits the schema, or does not.
    Fits(&'static Schema, bool),
    /// The object has a member.
    Has(&'static str),
}

impl Evaluated {
    /// Creates the table of a schema that evaluates nothing.
    #[must_use]
    pub const fn nothing() -> Self {
        Self {
            names: &[],
            patterns: &[],
            all_members: false,
            items: 0,
            all_items: false,
            contains: None,
            parts: &[],
        }
    }

    /// Adds members: by name, and by patterns of their names.
    #[must_use]
    pub const fn members(
        mut self,
        names: &'static [&'static str],
        patterns: &'static [&'static Pattern],
    ) -> Self {
        (self.names, self.patterns) = (names, patterns);
        self
    }

    /// Adds every member.
    #[must_use]
    pub const fn all_members(mut self) -> Self {
        self.all_members = true;
        self
    }

    /// Adds the first items.
    #[must_use]
    pub const fn items(mut self, count: usize) -> Self {
        self.items = count;
        self
    }

    /// Adds every item.
    #[must_use]
    pub const fn all_items(mut self) -> Self {
        self.all_items = true;
        self
    }

    /// Adds the items that fit a schema.
    #[must_use]
    pub const fn contains(mut self, schema: &'static Schema) -> Self {
        self.contains = Some(schema);
        self
    }

    /// Adds what other schemas about the same value evaluate.
    #[must_use]
    pub const fn parts(mut self, parts: &'static [EvaluatedPart]) -> Self {
        self.parts = parts;
        self
    }
}

impl EvaluatedPart {
    /// Creates the part of a schema that always applies.
    #[must_use]
    pub const fn always(evaluated: &'static Evaluated) -> Self {
        Self { condition: Applies::Always, evaluated }
    }

    /// Creates the part of a schema that applies if the value fits another one.
    #[must_use]
    pub const fn if_fits(schema: &'static Schema, evaluated: &'static Evaluated) -> Self {
        Self { condition: Applies::Fits(schema, true), evaluated }
    }

    /// Creates the part of a schema that applies if the value does not fit another one.
    #[must_use]
    pub const fn unless_fits(schema: &'static Schema, evaluated: &'static Evaluated) -> Self {
        Self { condition: Applies::Fits(schema, false), evaluated }
    }

    /// Creates the part of a schema that applies to objects with a member.
    #[must_use]
    pub const fn if_has(member: &'static str, evaluated: &'static Evaluated) -> Self {
        Self { condition: Applies::Has(member), evaluated }
    }
}
