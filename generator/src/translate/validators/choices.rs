//! `oneOf`, `anyOf`, `not` and parents with a discriminator: the tables beside a shape.

use super::super::models::unions;
use super::super::plan::{self, Plan, UnionPlan};
use super::context::Context;
use super::keys::{Key, Root};
use super::tables::Builder;
use crate::api::SchemaId;
use crate::rust::validators::{Additional, Choice, Object, Schema, Shape, TableId};

/// `oneOf` or `anyOf` as a schema states it, `null` left out.
pub(super) struct Stated {
    any: bool,
    members: Vec<SchemaId>,
    tag: Option<(String, Vec<(String, usize)>)>,
}

impl Builder<'_> {
    /// The choices that the roots of a key state, each with its discriminator if that tells all members
    /// apart.
    pub(super) fn stated(&self, key: &Key, parts: &[SchemaId]) -> Vec<Stated> {
        let mut found = Vec::new();
        for root in key.roots.iter().filter(|root| parts.contains(&root.id())) {
            let Root::Whole(root) = *root else { continue };
            for choice in plan::choices_of(self.api, root, &plan::parts_of(self.api, root)) {
                let members = choice.members.iter().copied().filter(|member| !self.is_null(*member));
                let members: Vec<SchemaId> = members.collect();
                if members.is_empty() {
                    continue;
                }
                let discriminates = |part: &SchemaId| self.api.schemas[*part].discriminator.is_some();
                let by = Some(choice.part).filter(discriminates);
                let by = by.or_else(|| parts.iter().copied().find(discriminates));
                let tag = by.and_then(|by| self.tag(&members, by));
                found.push(Stated { any: choice.any, members, tag });
            }
        }
        found
    }

    /// True when the member that a discriminator names says all that the schema object says.
    pub(super) fn is_told(&self, part: SchemaId, choices: &[Stated]) -> bool {
        choices.iter().filter(|choice| choice.tag.is_some()).any(|choice| {
            choice.members.iter().all(|member| plan::parts_of(self.api, *member).contains(&part))
        })
    }

    /// What stands beside the shape of a schema; `shared`: other tables name members of the object too.
    pub(super) fn composed(
        &mut self,
        id: TableId,
        parts: &[SchemaId],
        choices: Vec<Stated>,
        context: &Context,
        shared: bool,
    ) -> Schema {
        let mut made = Schema::new(Shape::Any);
        let shared = shared || choices.len() > 1;
        for Stated { any, members, tag } in choices {
            let property = tag.as_ref().map(|(property, _)| property.as_str());
            let mut tables = Vec::new();
            for member in members {
                let open = property.is_some_and(|property| shared || !self.names_property(member, property));
                let key = self.key(&[member], context, open);
                tables.push(self.table(key, Some(id)));
            }
            made.choices.push(Choice { members: tables, any, tag });
        }
        for not in parts.iter().filter_map(|part| self.api.schemas[*part].not).collect::<Vec<_>>() {
            let key = self.key(&[not], &Context::default(), false);
            let table = self.table(key, Some(id));
            match made.not {
                None => made.not = Some(table),
                // A table has room for one; each further one has a table that says nothing else.
                Some(_) => made.all.push(self.negation(table, id)),
            }
        }
        made
    }

    fn is_null(&self, member: SchemaId) -> bool {
        plan::is_null(&self.api.schemas[self.api.schemas.resolve(member)])
    }

    /// A parent that states a discriminator: a value is one of its heirs, which take in what the parent says.
    pub(super) fn union_of_heirs(
        &mut self,
        id: TableId,
        key: &Key,
        parent: SchemaId,
        union: &UnionPlan,
    ) -> Schema {
        let mut tag = union.discriminated_by.and_then(|by| self.tag(&union.members, by));
        let property = tag.as_ref().map(|(property, _)| property.clone());
        let mut members: Vec<TableId> = Vec::new();
        for member in &union.members {
            let open = property.as_ref().is_some_and(|property| !self.names_property(*member, property));
            let key = self.key(&[*member], &key.context, open);
            members.push(self.table(key, Some(id)));
        }
        if let Some((_, mapping)) = &mut tag {
            let own = self.own_values(parent, mapping);
            if !own.is_empty() {
                let roots = plan::parts_of(self.api, parent).into_iter().map(Root::Own).collect();
                let key = self.settled(roots, false, &key.context, false);
                mapping.extend(own.into_iter().map(|value| (value, members.len())));
                members.push(self.table(key, Some(id)));
            }
        }
        let is_object = plan::parts_of(self.api, parent)
            .iter()
            .any(|part| matches!(self.api.schemas[*part].shape, crate::api::Shape::Object(_)));
        let shape = if is_object {
            Shape::Object(Object { additional: Additional::Any, ..Object::default() })
        } else {
            Shape::Any
        };
        let any = self.api.schemas[parent].one_of.is_none();
        Schema { choices: vec![Choice { members, any, tag }], ..Schema::new(shape) }
    }

    /// The values of the discriminator that mean the parent itself.
    fn own_values(&self, parent: SchemaId, mapping: &[(String, usize)]) -> Vec<String> {
        let stated = self.api.schemas[parent].discriminator.iter().flat_map(|stated| &stated.mapping);
        let own = stated.filter(|(_, id)| self.api.schemas.resolve(*id) == parent);
        let own = own.filter(|(value, _)| mapping.iter().all(|(known, _)| known != value));
        own.map(|(value, _)| value.clone()).collect()
    }

    /// The discriminator's property and what its values mean, when every member has one and they are strings.
    fn tag(&self, members: &[SchemaId], by: SchemaId) -> Option<(String, Vec<(String, usize)>)> {
        let stated = self.api.schemas[by].discriminator.as_ref()?;
        let union = UnionPlan { members: members.to_vec(), discriminated_by: Some(by) };
        let mapping = unions::mapping(self.api, self.plans, &union, stated);
        let is_mapped = |place| mapping.iter().any(|(_, mapped)| *mapped == place);
        let is_told = (0..members.len()).all(is_mapped)
            && members.iter().all(|member| self.has_text_tag(*member, &stated.property));
        is_told.then(|| (stated.property.clone(), mapping))
    }

    /// False when the member's discriminator is known to be no string.
    fn has_text_tag(&self, member: SchemaId, property: &str) -> bool {
        let schema = self.property(member, property);
        schema.is_none_or(|id| {
            matches!(self.plans[self.plans.resolve(id)], Plan::StringEnum(_) | Plan::String(_) | Plan::Any)
        })
    }

    fn names_property(&self, member: SchemaId, property: &str) -> bool {
        self.property(member, property).is_some()
            || matches!(self.plans[self.plans.resolve(member)], Plan::Union(_))
    }

    fn property(&self, member: SchemaId, property: &str) -> Option<SchemaId> {
        let parts = plan::parts_of(self.api, member);
        let objects = parts.iter().rev().filter_map(|part| match &self.api.schemas[*part].shape {
            crate::api::Shape::Object(object) => Some(object),
            _ => None,
        });
        let mut properties = objects.flat_map(|object| &object.properties);
        properties.find(|found| found.name == property).map(|found| found.schema)
    }
}
