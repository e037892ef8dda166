//! From the words of a schema to its table: each keyword in the runtime's terms, each part with a table of
//! its own.

use serde_json::Value as Json;

use super::super::plan::Plan;
use super::context::{Context, Move};
use super::draft::{AdditionalDraft, ArrayDraft, Draft, DraftShape, ObjectDraft};
use super::keys::Key;
use super::scalars::{NumberDraft, TextDraft};
use super::tables::Builder;
use crate::api::{DataStep, Keyword, RuleKind, SchemaId};
use crate::rust::validators::{
    Additional, Array, Bound, CodeRef, Field, Number, Object, Scalar, Schema, Shape, TableId, Text,
};

impl Builder<'_> {
    /// The paths that lead on from here: those from above, and those of the rules that begin here.
    pub(super) fn here(&self, above: &Context, draft: &Draft) -> Context {
        let mut context = above.clone();
        for (schema, index) in &draft.rules {
            if let Some(slot) = self.captured.slot(*schema, *index) {
                context.positions.extend(self.captured.start(slot));
            }
        }
        context
    }

    /// The finished table: `composed` has what stands beside the shape.
    pub(super) fn schema(
        &mut self,
        id: TableId,
        draft: Draft,
        key: &Key,
        context: &Context,
        composed: Schema,
    ) -> Schema {
        let is_composed = !composed.all.is_empty() || !composed.choices.is_empty();
        let mut values =
            draft.values.map(|(values, code)| (values.iter().map(scalar).collect::<Vec<_>>(), code));
        let shape = match draft.shape {
            DraftShape::Any => Shape::Any,
            DraftShape::Boolean => Shape::Boolean,
            DraftShape::Number(number) => Shape::Number(self.number(number, key)),
            DraftShape::Text(text) => {
                let mut text = self.text(text, context);
                text.values = values.take().map(|(values, code)| (texts(values), code));
                Shape::Text(text)
            }
            DraftShape::Array(array) => Shape::Array(self.array(id, array, &draft.rules, context)),
            DraftShape::Object(object) => {
                Shape::Object(self.object(id, object, &draft.rules, key, context, is_composed))
            }
        };
        // Without a type, `null` is a value like any other.
        let is_anything = matches!(shape, Shape::Any) && values.is_none() && !composed.is_composed();
        let nullable = key.nullable || (is_anything && !key.roots.is_empty());
        let card_number = context.card.clone().filter(|_| is_anything);
        Schema { shape, nullable, wrong_type: draft.wrong_type, values, card_number, ..composed }
    }

    fn number(&self, draft: NumberDraft, key: &Key) -> Number {
        let mut table = Number {
            integer: draft.integer,
            range: None,
            decimal: None,
            minimum: draft.minimum,
            maximum: draft.maximum,
            multiple_of: draft.multiple_of,
        };
        let stated = draft.formats.iter().find_map(|(format, code)| Some((width(format)?, code.clone())));
        let is_binary = draft.formats.iter().any(|(format, _)| format == "float" || format == "double");
        let too_long = CodeRef::Local("TOO_MANY_DIGITS");
        match (&table.integer, stated) {
            (Some(_), Some((width, code))) => bound_to(&mut table, width, code),
            (Some(_), None) => match self.planned(key) {
                Some(width) => bound_to(&mut table, width, CodeRef::Local("OUT_OF_RANGE")),
                None => table.decimal = Some(too_long),
            },
            (None, _) if is_binary => {}
            (None, _) => {
                let code = draft.formats.into_iter().find(|(format, _)| format == "decimal");
                table.decimal = Some(code.map_or(too_long, |(_, code)| code));
            }
        }
        table
    }

    /// How wide the model of an integer without a format is; none when it is a decimal.
    fn planned(&self, key: &Key) -> Option<Width> {
        let id = key.roots.last()?.id();
        match &self.plans[self.plans.resolve(id)] {
            Plan::Number(_) => None,
            Plan::Integer(Some(format)) => width(format).or(Some(Width::Signed(i64::MIN, i64::MAX))),
            _ => Some(Width::Signed(i64::MIN, i64::MAX)),
        }
    }

    fn text(&mut self, draft: TextDraft, context: &Context) -> Text {
        let patterns = draft.patterns.into_iter();
        let patterns = patterns
            .filter_map(|(source, schema, code)| Some((self.pattern(&source, schema)?, code)))
            .collect();
        Text {
            min_length: draft.min,
            max_length: draft.max,
            format: draft.format,
            patterns,
            values: None,
            card_number: context.card.clone(),
        }
    }

    fn array(
        &mut self,
        id: TableId,
        draft: ArrayDraft,
        rules: &[(SchemaId, usize)],
        context: &Context,
    ) -> Array {
        let items = match draft.items[..] {
            [] => context.card.clone().map(|code| self.anything_without_card(id, code)),
            _ => Some(self.child(id, &draft.items, context, Move::Item).0),
        };
        for (schema, index) in rules {
            let rule = &self.api.schemas[*schema].rules[*index];
            match &rule.kind {
                RuleKind::UniqueBy { key } => {
                    let code = self.codes.rule(rule, "DUPLICATE_ITEM");
                    self.nodes[id.0].unique_by.push((key.clone(), code));
                }
                RuleKind::NoReferenceTo { from, .. } => {
                    if let (Some(DataStep::Property(name)), Some(slot)) =
                        (from.steps.first(), self.captured.slot(*schema, *index))
                    {
                        let code = self.codes.rule(rule, "FORBIDDEN_REFERENCE");
                        self.nodes[id.0].references.push((slot, name.clone(), code));
                    }
                }
                _ => {}
            }
        }
        Array {
            items,
            min_items: draft.min,
            max_items: draft.max,
            unique: draft.unique,
            unique_by: Vec::new(),
            references: Vec::new(),
        }
    }

    fn object(
        &mut self,
        id: TableId,
        draft: ObjectDraft,
        rules: &[(SchemaId, usize)],
        key: &Key,
        context: &Context,
        is_composed: bool,
    ) -> Object {
        let is_alone = !is_composed && !key.open;
        let silent = draft.properties.is_empty() || !is_alone;
        let mut fields: Vec<Field> = Vec::new();
        for (name, schemas) in &draft.properties {
            let (table, captures) = self.child(id, schemas, context, Move::Property(name));
            let required = draft.required.contains(name).then(|| self.required(schemas)).flatten();
            fields.push(Field { name: name.clone(), table, required, captures });
        }
        for name in &draft.required {
            if fields.iter().all(|field| field.name != *name) {
                let code = key.roots.last().map(|root| &self.api.schemas[root.id()]);
                let code = code
                    .map(|schema| self.codes.keyword(schema, Keyword::Required, "MISSING_REQUIRED_FIELD"));
                fields.push(Field { required: code, ..self.unnamed_field(id, name) });
            }
        }
        let rules = self.rules(id, rules, &mut fields);
        let additional = match draft.additional {
            AdditionalDraft::Unstated if silent => {
                self.nodes[id.0].is_undecided = !draft.properties.is_empty() && !key.open;
                Additional::Any
            }
            AdditionalDraft::Unstated => Additional::Unstated,
            AdditionalDraft::Any => Additional::Any,
            AdditionalDraft::Forbidden(code) => Additional::Forbidden(code),
            AdditionalDraft::Schemas(schemas) => {
                Additional::Schema(self.child(id, &schemas, context, Move::Other).0)
            }
        };
        // Members that other tables name are looked at there.
        let card = context.card.clone().filter(|_| is_alone);
        let others = card.map(|code| self.anything_without_card(id, code));
        Object { fields, additional, others, min_properties: draft.min, max_properties: draft.max, rules }
    }

    /// A field that rules or `required` name and that no schema describes.
    pub(super) fn unnamed_field(&mut self, id: TableId, name: &str) -> Field {
        let card = self.nodes[id.0].key.context.card.clone();
        let above = Context { card, ..Context::default() };
        let (table, _) = self.child(id, &[], &above, Move::Other);
        Field { name: name.to_owned(), table, required: None, captures: Vec::new() }
    }

    /// The code of a property that is missing; none for one that is missing in one direction by right.
    fn required(&mut self, schemas: &[SchemaId]) -> Option<CodeRef> {
        let id = *schemas.last()?;
        let (own, deciding) = (&self.api.schemas[id], &self.api.schemas[self.plans.resolve(id)]);
        let one_way = [own, deciding].iter().any(|schema| schema.read_only || schema.write_only);
        (!one_way).then(|| self.codes.keyword(own, Keyword::Required, "MISSING_REQUIRED_FIELD"))
    }

    /// The table of a part, and what is kept of its value.
    fn child(
        &mut self,
        id: TableId,
        schemas: &[SchemaId],
        context: &Context,
        step: Move<'_>,
    ) -> (TableId, Vec<crate::rust::validators::Capture>) {
        let (captures, positions) = self.captured.split(self.captured.after(&context.positions, step));
        let below = Context { card: context.card.clone(), positions };
        let key = self.key(schemas, &below, false);
        (self.table(key, Some(id)), captures)
    }
}

/// The room of an integer format.
#[derive(Debug, Clone, Copy)]
enum Width {
    Signed(i64, i64),
    /// More than an `i64` holds.
    Unsigned64,
}

fn width(format: &str) -> Option<Width> {
    Some(match format {
        "int8" => Width::Signed(i8::MIN.into(), i8::MAX.into()),
        "int16" => Width::Signed(i16::MIN.into(), i16::MAX.into()),
        "int32" => Width::Signed(i32::MIN.into(), i32::MAX.into()),
        "int64" => Width::Signed(i64::MIN, i64::MAX),
        "uint8" => Width::Signed(0, u8::MAX.into()),
        "uint16" => Width::Signed(0, u16::MAX.into()),
        "uint32" => Width::Signed(0, u32::MAX.into()),
        "uint" | "uint64" => Width::Unsigned64,
        _ => return None,
    })
}

fn bound_to(table: &mut Number, width: Width, code: CodeRef) {
    match width {
        Width::Signed(low, high) => table.range = Some((low, high, code)),
        Width::Unsigned64 => {
            let bound = |value: u64| Bound { value: value.to_string(), exclusive: false, code: code.clone() };
            // A stated limit is one of an unsigned number, and stricter.
            table.minimum.get_or_insert_with(|| bound(0));
            table.maximum.get_or_insert_with(|| bound(u64::MAX));
        }
    }
}

/// A value as a table names it.
pub(super) fn scalar(value: &Json) -> Scalar {
    match value {
        Json::Null => Scalar::Null,
        Json::Bool(value) => Scalar::Boolean(*value),
        Json::Number(value) => Scalar::Number(value.to_string()),
        Json::String(text) => Scalar::Text(text.clone()),
        Json::Array(_) | Json::Object(_) => Scalar::Json(value.to_string()),
    }
}

/// The strings among the values, each once: no other value is a string.
fn texts(values: Vec<Scalar>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        if let Scalar::Text(text) = value
            && !found.contains(&text)
        {
            found.push(text);
        }
    }
    found
}
