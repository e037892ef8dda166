//! `allOf`, `oneOf`, `anyOf` and `discriminator`: members go in, ids come out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use openapiv3::ReferenceOr;

use crate::api::{Composition, Discriminator, Origin, SchemaId, Shape, Union};
use crate::pointer::Pointer;
use crate::report::{Finding, Severity, nearest};

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

    /// Adds what the specification says without words: a schema is also known by its component key, and a member
    /// of a union by the one value that its own schema leaves to the property.
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
            let members: Vec<SchemaId> =
                unions.into_iter().flatten().flat_map(|union| &union.members).copied().collect();
            let known = if members.is_empty() {
                extending(&extenders, id).into_iter().collect()
            } else {
                members.clone()
            };
            let stated = &discriminator.mapping;
            let unmapped = |id: &SchemaId| !stated.iter().any(|(_, mapped)| mapped == id);
            let keys = known.into_iter().filter(unmapped).filter_map(|id| {
                let Origin::Component(key) = &self.schemas[id].origin else { return None };
                Some((key.clone(), id))
            });
            let mut mapping = stated.clone();
            mapping.extend(keys.filter(|(key, _)| !stated.iter().any(|(value, _)| value == key)));
            let constants: Vec<(String, SchemaId)> = members
                .iter()
                .copied()
                .filter(unmapped)
                .filter_map(|id| Some((self.constant(id, &discriminator.property)?, id)))
                .collect();
            // What several members claim tells none of them.
            let is_claimed =
                |value: &String| constants.iter().filter(|(claimed, _)| claimed == value).count() > 1;
            for (value, id) in constants.iter().filter(|(value, _)| !is_claimed(value)) {
                if mapping.iter().all(|(known, _)| known != value) {
                    mapping.push((value.clone(), *id));
                }
            }
            let untold: Vec<SchemaId> = members
                .into_iter()
                .filter(|id| !self.is_told(*id, &discriminator.property, &mapping))
                .collect();
            let property = discriminator.property.clone();
            for id in untold {
                let at = self.schemas[id].at.clone();
                self.say(&at, &WithoutValue { property: property.clone() });
            }
            if let Some(discriminator) = &mut self.schemas.0[index].discriminator {
                discriminator.mapping = mapping;
            }
        }
    }

    /// The one text that a schema allows for a property, members of its `allOf` included.
    fn constant(&self, id: SchemaId, property: &str) -> Option<String> {
        self.made_of(id).into_iter().find_map(|id| {
            let Shape::Object(object) = &self.schemas[id].shape else { return None };
            let property = object.properties.iter().find(|known| known.name == property)?;
            self.made_of(property.schema).into_iter().find_map(|id| {
                match &*self.schemas[id].enumeration.as_ref()?.values {
                    [only] => only.value.as_str().map(str::to_owned),
                    _ => None,
                }
            })
        })
    }

    /// A schema and whatever it names in `allOf`, aliases followed.
    fn made_of(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut found = vec![self.schemas.resolve(id)];
        let mut at = 0;
        while let Some(&id) = found.get(at) {
            at += 1;
            for member in &self.schemas[id].all_of {
                let member = self.schemas.resolve(*member);
                if !found.contains(&member) {
                    found.push(member);
                }
            }
        }
        found
    }

    /// Whether some value of the property means the member, or the member tells by the same property what it is.
    fn is_told(&self, member: SchemaId, property: &str, mapping: &[(String, SchemaId)]) -> bool {
        let schema = &self.schemas[self.schemas.resolve(member)];
        let by_itself = schema.discriminator.as_ref().is_some_and(|stated| stated.property == property);
        // A reference that leads nowhere has its finding.
        let is_lost = self.raw(&schema.at).has("$ref");
        let is_mapped = |mapped: SchemaId| self.schemas.resolve(mapped) == self.schemas.resolve(member);
        by_itself || is_lost || mapping.iter().any(|(_, mapped)| is_mapped(*mapped))
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

/// No value of the discriminator means the member.
struct WithoutValue {
    property: String,
}

impl fmt::Display for WithoutValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no value of the discriminator's property `{}` means this member", self.property)
    }
}

impl Finding for WithoutValue {
    fn code(&self) -> &'static str {
        "discriminator-without-value"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(format!("give its `{}` an `enum` of one value, or make it a component", self.property))
    }
}
