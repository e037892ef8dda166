//! `oneOf`, `anyOf`, `not` and parents with a discriminator: the tables beside a shape.

use super::super::models::unions;
use super::super::plan::{self, Plan, UnionPlan};
use super::context::Context;
use super::draft::{Draft, DraftShape};
use super::keys::{Key, Root};
use super::tables::Builder;
use crate::api::SchemaId;
use crate::rust::validators::{Additional, Choice, Object, Schema, Shape, TableId};

impl Builder<'_> {
    /// What stands beside the shape of a schema whose words are in `parts`.
    pub(super) fn composed(
        &mut self,
        id: TableId,
        key: &Key,
        parts: &[SchemaId],
        draft: &Draft,
        context: &Context,
        is_apart: bool,
    ) -> Schema {
        let mut made = Schema::new(Shape::Any);
        let roots: Vec<SchemaId> = key
            .roots
            .iter()
            .filter_map(|root| if let Root::Whole(id) = root { Some(*id) } else { None })
            .filter(|id| parts.contains(id))
            .collect();
        let api = self.api;
        let choices: Vec<plan::Choice<'_>> =
            roots.iter().flat_map(|root| plan::choices_of(api, *root, &plan::parts_of(api, *root))).collect();
        let has_fields = matches!(&draft.shape, DraftShape::Object(object) if !object.properties.is_empty());
        let shared = has_fields || is_apart || choices.len() > 1;
        for choice in choices {
            let choice = self.choice(id, parts, choice, context, shared);
            made.choices.extend(choice);
        }
        let whole = |part: &&SchemaId| !roots.is_empty() && api.schemas[**part].not.is_some();
        for part in parts.iter().filter(whole) {
            let Some(not) = api.schemas[*part].not else { continue };
            let key = self.key(&[not], &Context::default(), false);
            let table = self.table(key, Some(id));
            if made.not.is_none() {
                made.not = Some(table);
            }
        }
        made
    }

    fn choice(
        &mut self,
        id: TableId,
        parts: &[SchemaId],
        choice: plan::Choice<'_>,
        context: &Context,
        shared: bool,
    ) -> Option<Choice> {
        let api = self.api;
        let is_null = |member: &&SchemaId| plan::is_null(&api.schemas[api.schemas.resolve(**member)]);
        let members: Vec<SchemaId> =
            choice.members.iter().filter(|member| !is_null(member)).copied().collect();
        if members.is_empty() {
            return None;
        }
        let discriminates = |part: &SchemaId| api.schemas[*part].discriminator.is_some();
        let discriminated_by =
            Some(choice.part).filter(discriminates).or_else(|| parts.iter().copied().find(discriminates));
        let tag = discriminated_by.and_then(|by| self.tag(&members, by));
        let property = tag.as_ref().map(|(property, _)| property.as_str());
        let tables = members.iter().map(|member| {
            let open = property.is_some_and(|property| shared || !self.names_property(*member, property));
            let key = self.key(&[*member], context, open);
            self.table(key, Some(id))
        });
        let tables = tables.collect();
        Some(Choice { members: tables, any: choice.any, tag })
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
