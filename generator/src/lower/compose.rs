//! `allOf`, `oneOf`, `anyOf` and `discriminator`: members go in, ids come out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use openapiv3::ReferenceOr;

use crate::api::{Composition, Discriminator, Origin, SchemaId, Union};
use crate::pointer::Pointer;
use crate::report::{Finding, nearest};

use super::Lowering;
use super::extension::Object;
use super::refs::Node;

impl<'d> Lowering<'d> {
    /// The members of one composing keyword.
    pub(super) fn members(
        &mut self,
        of: SchemaId,
        at: &Pointer,
        keyword: Composition,
        members: &'d [ReferenceOr<openapiv3::Schema>],
    ) -> Vec<SchemaId> {
        let at = at.child(match keyword {
            Composition::AllOf => "allOf",
            Composition::OneOf => "oneOf",
            Composition::AnyOf => "anyOf",
            Composition::Not => "not",
        });
        let members = members.iter().enumerate();
        members
            .map(|(index, node)| self.schema(&at.child(index), Origin::Member { of, keyword, index }, node))
            .collect()
    }

    pub(super) fn union(
        &mut self,
        of: SchemaId,
        at: &Pointer,
        keyword: Composition,
        members: &'d [ReferenceOr<openapiv3::Schema>],
    ) -> Option<Union> {
        let members = self.members(of, at, keyword, members);
        (!members.is_empty()).then_some(Union { members })
    }

    /// The discriminator with the mapping that it states; [`Self::complete_discriminators`] adds the rest.
    pub(super) fn discriminator(
        &mut self,
        at: &Pointer,
        stated: Option<&'d openapiv3::Discriminator>,
    ) -> Option<Discriminator> {
        let stated = stated?;
        let at = at.child("discriminator");
        self.check_extensions(&at, Object::Discriminator);
        let mut mapping = Vec::with_capacity(stated.mapping.len());
        for (value, target) in &stated.mapping {
            let spot = at.child("mapping").child(value);
            if let Some(id) = self.mapped(&spot, target) {
                mapping.push((value.clone(), id));
            }
        }
        Some(Discriminator { property: stated.property_name.clone(), mapping })
    }

    /// The schema that a value of `mapping` names: a reference, or the bare name of a component.
    fn mapped(&mut self, spot: &Pointer, target: &'d str) -> Option<SchemaId> {
        if let Some(id) = self.component_id(target).or_else(|| self.mapped_reference(target)) {
            return Some(id);
        }
        let group = Pointer::root().child("components").child("schemas");
        let name = target.rsplit('/').next().unwrap_or(target);
        let near = nearest(name, self.document.keys_at(&group)).map(str::to_owned);
        self.say(spot, &MappingFinding { target: target.to_owned(), near });
        None
    }

    /// The id of a component, declared already or about to be.
    fn component_id(&self, key: &str) -> Option<SchemaId> {
        let group = Pointer::root().child("components").child("schemas");
        self.by_place.get(&group.child(key)).copied()
    }

    fn mapped_reference(&mut self, reference: &'d str) -> Option<SchemaId> {
        let (target, node) = self.target::<openapiv3::Schema>(reference, &[]).ok()?;
        match node {
            ReferenceOr::Reference { reference } => self.resolve_schema(&target, reference),
            ReferenceOr::Item(schema) => {
                Some(self.declare(&target, Origin::Referenced, Node::Schema(schema)))
            }
        }
    }

    /// Adds what the specification says without words: a schema is also known by its component key.
    ///
    /// The schemas in question are the members of the union or, on a schema that is no union, the
    /// components that extend it through `allOf`.
    pub(super) fn complete_discriminators(&mut self) {
        let extenders = self.extenders();
        for index in 0..self.schemas.0.len() {
            let id = SchemaId(index);
            let schema = &self.schemas[id];
            let Some(discriminator) = &schema.discriminator else { continue };
            let unions = [&schema.one_of, &schema.any_of];
            let mut members: Vec<SchemaId> =
                unions.into_iter().flatten().flat_map(|union| &union.members).copied().collect();
            if members.is_empty() {
                members = extending(&extenders, id).into_iter().collect();
            }
            let mapping = &discriminator.mapping;
            let implicit: Vec<(String, SchemaId)> = members
                .into_iter()
                .filter(|member| !mapping.iter().any(|(_, mapped)| mapped == member))
                .filter_map(|member| match &self.schemas[member].origin {
                    Origin::Component(key) => Some((key.clone(), member)),
                    _ => None,
                })
                .filter(|(key, _)| !mapping.iter().any(|(value, _)| value == key))
                .collect();
            if let Some(discriminator) = &mut self.schemas.0[index].discriminator {
                discriminator.mapping.extend(implicit);
            }
        }
    }

    /// For each schema those that name it in their `allOf`, aliases followed.
    fn extenders(&self) -> BTreeMap<SchemaId, Vec<SchemaId>> {
        let mut extenders: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
        for (id, schema) in self.schemas.iter() {
            for base in &schema.all_of {
                extenders.entry(self.schemas.resolve(*base)).or_default().push(id);
            }
        }
        extenders
    }
}

/// Every schema that extends `base` directly or through others, in document order.
fn extending(extenders: &BTreeMap<SchemaId, Vec<SchemaId>>, base: SchemaId) -> BTreeSet<SchemaId> {
    let mut found = BTreeSet::new();
    let mut open = vec![base];
    while let Some(next) = open.pop() {
        let new = extenders.get(&next).into_iter().flatten().filter(|id| found.insert(**id));
        open.extend(new);
    }
    found.remove(&base);
    found
}

/// A discriminator's mapping leads nowhere.
struct MappingFinding {
    target: String,
    near: Option<String>,
}

impl fmt::Display for MappingFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the discriminator maps to `{}`, which is no schema", self.target)
    }
}

impl Finding for MappingFinding {
    fn code(&self) -> &'static str {
        "unresolved-mapping"
    }

    fn help(&self) -> Option<String> {
        self.near.as_ref().map(|near| format!("did you mean `#/components/schemas/{near}`?"))
    }
}
