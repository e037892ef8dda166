//! The decisions: a struct, an enum, a union, a plain type, or the type of another schema.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;

use super::directions::Directions;
use super::flat::Flat;
use super::parts;
use crate::api::{Api, EnumValue, Property, SchemaId};

/// The decision for one schema.
#[derive(Debug, Clone)]
pub(in crate::translate) enum Plan {
    /// The same as that schema.
    Transparent(SchemaId),
    Struct(Flat),
    StringEnum(Vec<EnumValue>),
    IntegerEnum(Vec<EnumValue>),
    Union(UnionPlan),
    /// `None`: items of any type.
    Vec(Option<SchemaId>),
    Map(Option<SchemaId>),
    /// A list of exactly these items.
    Tuple(Vec<SchemaId>),
    Boolean,
    Integer(Option<String>),
    Number(Option<String>),
    String(Option<String>),
    Any,
}

/// Members in document order, `null` left out.
#[derive(Debug, Clone)]
pub(in crate::translate) struct UnionPlan {
    pub(in crate::translate) members: Vec<SchemaId>,
    /// The schema with the discriminator.
    pub(in crate::translate) discriminated_by: Option<SchemaId>,
    pub(in crate::translate) beyond: Beyond,
    /// The names that each member without a type asks for, of those that ask for some.
    pub(in crate::translate) asked: Vec<BTreeSet<String>>,
}

/// Which values a union allows besides those of exactly one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::translate) enum Beyond {
    /// None: `oneOf`, and parents with a discriminator.
    Nothing,
    /// Those of several members at once: `anyOf`.
    Several,
    /// All: a member such as `{}` states no type.
    Anything,
}

/// A decision for every schema.
#[derive(Debug)]
pub(in crate::translate) struct Plans {
    pub(super) decided: Vec<Plan>,
    pub(super) nullable: Vec<bool>,
    /// The schema whose type each one has: itself, or the one that stands for all that are equal to it.
    pub(super) types: Vec<SchemaId>,
    /// Those that stand for others, with all that have the type.
    pub(super) shared: BTreeMap<SchemaId, Vec<SchemaId>>,
    pub(in crate::translate) directions: Directions,
}

impl Index<SchemaId> for Plans {
    type Output = Plan;

    fn index(&self, id: SchemaId) -> &Plan {
        &self.decided[id.0]
    }
}

impl Plans {
    /// Follows transparent schemas to the one that has a type.
    pub(in crate::translate) fn resolve(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        while let Plan::Transparent(target) = self[at] {
            at = target;
        }
        at
    }

    /// Returns the schema that gives this one its type: itself, unless it shares the type of an equal one.
    pub(in crate::translate) fn type_of(&self, id: SchemaId) -> SchemaId {
        self.types[id.0]
    }

    /// Returns all schemas that have their type in common with this one, itself included, in document order;
    /// none, if the type is its own.
    pub(in crate::translate) fn sharing(&self, id: SchemaId) -> &[SchemaId] {
        self.shared.get(&self.type_of(id)).map_or(&[], Vec::as_slice)
    }

    /// Returns every schema that gives its type to others, with all that have it.
    pub(in crate::translate) fn shared_types(&self) -> &BTreeMap<SchemaId, Vec<SchemaId>> {
        &self.shared
    }

    /// Returns the properties of an object that every value has to obey: of a choice, a property says nothing
    /// where another alternative is meant.
    pub(in crate::translate) fn sure_properties(&self, api: &Api, id: SchemaId) -> &[Property] {
        let id = self.resolve(id);
        let is_choice = |part: &SchemaId| parts::states_choice(api, *part);
        match &self[id] {
            Plan::Struct(flat) if !parts::parts(api, id).iter().any(is_choice) => &flat.properties,
            _ => &[],
        }
    }

    /// Returns whether `null` is a value of the schema besides those of its type.
    pub(in crate::translate) fn is_nullable(&self, id: SchemaId) -> bool {
        let mut at = id;
        loop {
            if self.nullable[at.0] {
                return true;
            }
            match self[at] {
                Plan::Transparent(target) => at = target,
                _ => return false,
            }
        }
    }
}
