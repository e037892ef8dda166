//! Tables. Each template reads like the call that builds the table.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::groups::Share;
use super::super::tokens::{docs, number};
use super::scalars::{self, slice};
use crate::rust::validators::{
    AdditionalMembers, ArrayTable, Capture, ChoiceTable, FieldCondition, FieldTable, NoReference, ObjectRule,
    ObjectRuleKind, ObjectTable, Role, SchemaTable, Table, TableId, TableShape, Validators,
};

/// All tables, so that one can be written inside another.
pub(super) struct Tables<'a>(pub(super) &'a Validators);

impl Tables<'_> {
    /// Returns a static for each of the tables that has a name.
    pub(super) fn written<'t>(
        &self,
        tables: impl Iterator<Item = &'t Table>,
        share: Share<'_>,
    ) -> impl Iterator<Item = TokenStream> {
        // Tables of several files refer to those of the first one, and those without a group to all.
        let hidden = (!share.is_root()).then(|| quote! { pub(super) });
        tables.filter_map(move |table| self.table(table, hidden.as_ref()))
    }

    fn table(&self, table: &Table, hidden: Option<&TokenStream>) -> Option<TokenStream> {
        let (docs, ident, schema) = (docs(&table.docs), table.ident.as_ref()?, self.schema(&table.schema));
        let visibility = if table.public { Some(quote! { pub }) } else { hidden.cloned() };
        Some(quote! {
            #docs
            #visibility static #ident: Schema = #schema;
        })
    }

    /// Returns `&NAME`, or the table itself behind `&`.
    pub(super) fn reference(&self, id: TableId) -> TokenStream {
        let Some(table) = self.0.tables.get(id.0) else { return quote! { &Schema::any() } };
        if let Some(ident) = &table.ident {
            return quote! { &#ident };
        }
        let schema = self.schema(&table.schema);
        quote! { &#schema }
    }

    fn schema(&self, schema: &SchemaTable) -> TokenStream {
        let shape = match &schema.shape {
            TableShape::Any => quote! { Schema::any() },
            TableShape::Boolean => quote! { Schema::boolean() },
            TableShape::Number(table) => {
                let table = scalars::numeric(table);
                quote! { Schema::number(#table) }
            }
            TableShape::Text(table) => {
                let table = scalars::text(table, &self.0.patterns);
                quote! { Schema::text(#table) }
            }
            TableShape::Array(table) => {
                let table = self.array(table);
                quote! { Schema::array(#table) }
            }
            TableShape::Object(table) => {
                let table = self.object(table);
                quote! { Schema::object(#table) }
            }
        };
        let nullable = schema.nullable.then(|| quote! { .nullable() });
        let wrong_type = schema.wrong_type.as_ref().map(|code| quote! { .wrong_type(&#code) });
        let values = schema.values.as_ref().map(|(values, code)| {
            let values = values.iter().map(scalars::scalar);
            quote! { .values(&[#(#values),*], &#code) }
        });
        let all = self.references(&schema.all).map(|all| quote! { .all(#all) });
        let choices = schema.choices.iter().map(|choice| self.choice(choice));
        let choices = slice(choices).map(|all| quote! { .choices(#all) });
        let not = schema.not.map(|id| {
            let not = self.reference(id);
            quote! { .not(#not, &codes::FORBIDDEN_FORM) }
        });
        let other_types = schema.other_types.then(|| quote! { .other_types() });
        let beyond = schema.beyond.iter().map(|table| self.beyond(table));
        let beyond = slice(beyond).map(|all| quote! { .beyond(#all) });
        let card = schema.card_number.as_ref().map(|code| quote! { .no_card_number(&#code) });
        let types = quote! { #nullable #other_types #wrong_type };
        quote! { #shape #types #values #all #choices #beyond #not #card }
    }

    fn array(&self, array: &ArrayTable) -> TokenStream {
        let items = array.items.map(|id| {
            let items = self.reference(id);
            quote! { .items(#items) }
        });
        let min = scalars::limit("min_items", array.min_items.as_ref());
        let max = scalars::limit("max_items", array.max_items.as_ref());
        let unique = array.unique.as_ref().map(|code| quote! { .unique_items(&#code) });
        let keys = array.unique_by.iter().map(|(field, code)| quote! { UniqueBy::new(#field, &#code) });
        let unique_by = slice(keys).map(|keys| quote! { .unique_by(#keys) });
        let references = array.references.iter().map(|NoReference { slot, field, code }| {
            let slot = number(*slot);
            quote! { NoReference::new(#slot, #field, &#code) }
        });
        let references = slice(references).map(|all| quote! { .no_references(#all) });
        quote! { Array::new() #items #min #max #unique #unique_by #references }
    }

    fn object(&self, object: &ObjectTable) -> TokenStream {
        let fields = object.fields.iter().map(|field| self.field(field));
        let additional = match &object.additional {
            AdditionalMembers::Unstated => None,
            AdditionalMembers::Any => Some(quote! { .additional(Additional::Any) }),
            AdditionalMembers::Forbidden(code) => Some(quote! { .additional(Additional::Reported(&#code)) }),
            AdditionalMembers::Schema(id) => {
                let schema = self.reference(*id);
                Some(quote! { .additional(Additional::Schema(#schema)) })
            }
        };
        let others = object.others.map(|id| {
            let others = self.reference(id);
            quote! { .others(#others) }
        });
        let min = scalars::limit("min_properties", object.min_properties.as_ref());
        let max = scalars::limit("max_properties", object.max_properties.as_ref());
        let rules = slice(object.rules.iter().map(rule)).map(|rules| quote! { .rules(#rules) });
        quote! { Object::new(&[#(#fields),*]) #additional #others #min #max #rules }
    }

    fn field(&self, field: &FieldTable) -> TokenStream {
        let (name, table) = (&field.name, self.reference(field.table));
        let required = field.required.as_ref().map(|code| quote! { .required(&#code) });
        let captures = field.captures.iter().map(capture);
        let captures = slice(captures).map(|captures| quote! { .captures(#captures) });
        let is_text = self.0.tables.get(field.table.0).is_some_and(|table| table.schema.is_text());
        let new = if is_text {
            quote! { text }
        } else {
            quote! { new }
        };
        quote! { Field::#new(#name, #table) #required #captures }
    }

    fn choice(&self, choice: &ChoiceTable) -> TokenStream {
        let members = choice.members.iter().map(|id| self.reference(*id));
        let tag = choice.tag.as_ref().map(|(property, mapping)| {
            let mapping = mapping.iter().map(|(value, index)| {
                let index = number(i128::try_from(*index).unwrap_or_default());
                quote! { (#value, #index) }
            });
            quote! { .tagged(#property, &[#(#mapping),*]) }
        });
        if choice.any {
            quote! { Choice::any_of(&[#(#members),*]) #tag }
        } else {
            quote! { Choice::one_of(&[#(#members),*]) #tag }
        }
    }

    pub(super) fn references(&self, ids: &[TableId]) -> Option<TokenStream> {
        slice(ids.iter().map(|id| self.reference(*id)))
    }
}

fn capture(capture: &Capture) -> TokenStream {
    let slot = number(capture.slot);
    match &capture.role {
        Role::Reference => quote! { Capture::reference(#slot) },
        Role::Follower => quote! { Capture::follower(#slot) },
        Role::Key => quote! { Capture::item_key(#slot) },
        Role::Barred(values) => {
            let values = values.iter().map(scalars::scalar);
            quote! { Capture::barred(#slot, &[#(#values),*]) }
        }
        Role::Link => quote! { Capture::link(#slot) },
    }
}

fn rule(rule: &ObjectRule) -> TokenStream {
    let code = &rule.code;
    match &rule.kind {
        ObjectRuleKind::AtMostOneOf(fields) => {
            quote! { Rule::at_most_one_of(&[#(#fields),*], &#code) }
        }
        ObjectRuleKind::RequiredWhen(field, when) => {
            let when = condition(when);
            quote! { Rule::required_when(#field, #when, &#code) }
        }
        ObjectRuleKind::ForbiddenWhen(field, when) => {
            let when = condition(when);
            quote! { Rule::forbidden_when(#field, #when, &#code) }
        }
        ObjectRuleKind::SameValue(slot) => {
            let slot = number(*slot);
            quote! { Rule::same_value(#slot, &#code) }
        }
    }
}

fn condition(condition: &FieldCondition) -> TokenStream {
    let (field, values) = (&condition.field, condition.values.iter().map(scalars::scalar));
    quote! { Condition::new(#field, &[#(#values),*]) }
}
