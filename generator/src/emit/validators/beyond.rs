//! Tables of keywords that look at parts of a value again.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::number;
use super::scalars::slice;
use super::schemas::Tables;
use crate::rust::validators::{
    Applies, BeyondTable, EvaluatedId, EvaluatedTable, OtherMembers, TableId, WhenTable,
};

impl Tables<'_> {
    pub(super) fn beyond(&self, table: &BeyondTable) -> TokenStream {
        let first_items = self.references(&table.first_items).map(|all| quote! { .first_items(#all) });
        let other_items = table.other_items.map(|id| {
            let items = self.reference(id);
            quote! { .other_items(#items) }
        });
        let contains = table.contains.map(|(id, min, max)| {
            let (schema, min) = (self.reference(id), number(min));
            let max = if max == u32::MAX {
                quote! { u32::MAX }
            } else {
                number(max)
            };
            quote! { .contains(#schema, #min, #max) }
        });
        let members = self.beyond_members(table);
        let when = table.when.as_ref().map(|when| self.when(when));
        let unevaluated = table.unevaluated_items.map(|(evaluated, id)| {
            let (evaluated, schema) = (self.evaluated_reference(evaluated), self.reference(id));
            quote! { .unevaluated_items(#evaluated, #schema) }
        });
        quote! { Beyond::new() #first_items #other_items #contains #members #when #unevaluated }
    }

    fn beyond_members(&self, table: &BeyondTable) -> TokenStream {
        let patterns = table.patterns.iter().map(|(pattern, id)| {
            let (pattern, schema) = (self.pattern_reference(*pattern), self.reference(*id));
            quote! { (#pattern, #schema) }
        });
        let patterns = slice(patterns).map(|all| quote! { .patterns(#all) });
        let others = table.other_members.as_ref().map(|(names, others)| {
            let others = self.others(others);
            quote! { .other_members(&[#(#names),*], #others) }
        });
        let names = table.names.map(|id| {
            let schema = self.reference(id);
            quote! { .names(#schema) }
        });
        let dependent = table.dependent.iter().map(|(member, needed)| {
            quote! { (#member, &[#(#needed),*], &codes::REQUIRED_HERE) }
        });
        let dependent = slice(dependent).map(|all| quote! { .dependent(#all) });
        let schemas = table.dependent_schemas.iter().map(|(member, id)| {
            let schema = self.reference(*id);
            quote! { (#member, #schema) }
        });
        let schemas = slice(schemas).map(|all| quote! { .dependent_schemas(#all) });
        let unevaluated = table.unevaluated_members.as_ref().map(|(evaluated, others)| {
            let (evaluated, others) = (self.evaluated_reference(*evaluated), self.others(others));
            quote! { .unevaluated_members(#evaluated, #others) }
        });
        quote! { #patterns #others #names #dependent #schemas #unevaluated }
    }

    fn when(&self, when: &WhenTable) -> TokenStream {
        let option = |id: Option<TableId>| {
            let schema = id.map(|id| self.reference(id));
            schema.map_or_else(|| quote! { None }, |schema| quote! { Some(#schema) })
        };
        let (fits, then, otherwise) = (self.reference(when.fits), option(when.then), option(when.otherwise));
        quote! { .when(#fits, #then, #otherwise) }
    }

    fn others(&self, others: &OtherMembers) -> TokenStream {
        match others {
            OtherMembers::Forbidden(code) => quote! { Additional::Reported(&#code) },
            OtherMembers::Schema(id) => {
                let schema = self.reference(*id);
                quote! { Additional::Schema(#schema) }
            }
        }
    }

    /// Returns a static for each table of what schemas evaluate.
    pub(super) fn all_evaluated(&self) -> impl Iterator<Item = TokenStream> {
        self.0.evaluated.iter().map(|table| self.evaluated(table))
    }

    fn evaluated(&self, table: &EvaluatedTable) -> TokenStream {
        let (ident, names) = (&table.ident, &table.names);
        let patterns: Vec<TokenStream> =
            table.patterns.iter().map(|pattern| self.pattern_reference(*pattern)).collect();
        let has_members = !names.is_empty() || !patterns.is_empty();
        let members = has_members.then(|| quote! { .members(&[#(#names),*], &[#(#patterns),*]) });
        let all_members = table.all_members.then(|| quote! { .all_members() });
        let items = (table.items > 0).then(|| {
            let count = number(i128::try_from(table.items).unwrap_or_default());
            quote! { .items(#count) }
        });
        let all_items = table.all_items.then(|| quote! { .all_items() });
        let contains = table.contains.map(|id| {
            let schema = self.reference(id);
            quote! { .contains(#schema) }
        });
        let parts = table.parts.iter().map(|(applies, id)| self.evaluated_part(applies, *id));
        let parts = slice(parts).map(|all| quote! { .parts(#all) });
        quote! {
            static #ident: Evaluated =
                Evaluated::nothing() #members #all_members #items #all_items #contains #parts;
        }
    }

    fn evaluated_part(&self, applies: &Applies, id: EvaluatedId) -> TokenStream {
        let evaluated = self.evaluated_reference(id);
        match applies {
            Applies::Always => quote! { EvaluatedPart::always(#evaluated) },
            Applies::IfFits(id) => {
                let schema = self.reference(*id);
                quote! { EvaluatedPart::if_fits(#schema, #evaluated) }
            }
            Applies::UnlessFits(id) => {
                let schema = self.reference(*id);
                quote! { EvaluatedPart::unless_fits(#schema, #evaluated) }
            }
            Applies::IfHas(member) => quote! { EvaluatedPart::if_has(#member, #evaluated) },
        }
    }

    fn evaluated_reference(&self, id: EvaluatedId) -> TokenStream {
        let ident = self.0.evaluated.get(id.0).map(|table| &table.ident);
        ident.map_or_else(|| quote! { &Evaluated::nothing() }, |ident| quote! { &#ident })
    }

    fn pattern_reference(&self, index: usize) -> TokenStream {
        let ident = self.0.patterns.get(index).map(|pattern| &pattern.ident);
        ident.map_or_else(|| quote! { &Pattern::regex("") }, |ident| quote! { &#ident })
    }
}
