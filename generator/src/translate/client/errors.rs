//! The enums of unsuccessful responses. Operations whose responses do not contradict each other share one, so
//! that one more response, or one more operation, adds variants and changes no type.

use super::super::resolve::Resolver;
use super::names::{MethodNames, Scopes};
use super::responses;
use crate::api::Operation;
use crate::ident::FieldIdent;
use crate::rust::{
    ErrorEnum, ErrorReader, ErrorVariant, OperationDef, Reader, ResponseStatus, StatusVariant, Type,
};

/// Returns the enums, and for each operation the index of its enum and of the function that reads it.
///
/// The enum of the first operation is `ServiceError`. Others are named after their first operation.
pub(super) fn errors(
    resolver: &Resolver<'_>,
    stated: &[Operation],
    operations: &[OperationDef],
    names: &[MethodNames],
    scopes: &mut Scopes,
) -> (Vec<ErrorEnum>, Vec<(usize, usize)>) {
    let mut enums: Vec<ErrorEnum> = Vec::new();
    let mut indexes = Vec::new();
    for (index, (stated, operation)) in stated.iter().zip(operations).enumerate() {
        let (variants, other) = responses::failures(resolver, stated, operation);
        let variants = variants.into_iter().map(|variant| ErrorVariant { operation: index, variant });
        let own = Failures {
            variants: variants.collect(),
            other: ErrorVariant { operation: index, variant: other },
        };
        let shared = enums.iter().position(|known| own.fits(known, operations));
        let position = shared.unwrap_or_else(|| {
            let owner = if enums.is_empty() { "Service" } else { names[index].builder.as_str() };
            enums.push(ErrorEnum {
                ident: scopes.type_ident(owner, "Error"),
                operation: index,
                variants: Vec::new(),
                other: own.other.clone(),
                readers: Vec::new(),
            });
            enums.len() - 1
        });
        indexes.push((position, own.join(&mut enums[position], operations, &names[index].method)));
    }
    for known in &mut enums {
        known.variants.sort_by_key(|variant| order(status(variant, operations)));
    }
    (enums, indexes)
}

/// The unsuccessful responses of one operation.
struct Failures {
    variants: Vec<ErrorVariant>,
    other: ErrorVariant,
}

impl Failures {
    /// Returns whether no response contradicts one of an enum.
    fn fits(&self, known: &ErrorEnum, operations: &[OperationDef]) -> bool {
        let is_same = |one: &ErrorVariant, other: &ErrorVariant| {
            one.variant.ident == other.variant.ident && held(one, operations) == held(other, operations)
        };
        let same_status = |one: &ErrorVariant, other: &ErrorVariant| {
            status(one, operations) == status(other, operations) || one.variant.ident == other.variant.ident
        };
        let contradicts = |one: &ErrorVariant| {
            known.variants.iter().any(|other| same_status(one, other) && !is_same(one, other))
        };
        is_same(&self.other, &known.other) && !self.variants.iter().any(contradicts)
    }

    /// Adds the responses to an enum, and returns the index of the function that reads these and no others.
    fn join(self, known: &mut ErrorEnum, operations: &[OperationDef], method: &FieldIdent) -> usize {
        for own in &self.variants {
            let same = |other: &&mut ErrorVariant| other.variant.ident == own.variant.ident;
            match known.variants.iter_mut().find(same) {
                Some(other) => add_docs(&mut other.variant, &own.variant),
                None => known.variants.push(own.clone()),
            }
        }
        add_docs(&mut known.other.variant, &self.other.variant);
        let statuses = |variants: &[ErrorVariant]| -> Vec<_> {
            variants.iter().map(|variant| status(variant, operations)).collect()
        };
        let own = statuses(&self.variants);
        if let Some(index) = known.readers.iter().position(|reader| statuses(&reader.variants) == own) {
            return index;
        }
        let name = if known.readers.is_empty() { String::new() } else { method.as_str().replace("r#", "") };
        known.readers.push(ErrorReader {
            ident: FieldIdent::new(&format!("read {name}")),
            variants: self.variants,
            other: self.other,
        });
        known.readers.len() - 1
    }
}

/// Adds what another operation says of the same status.
fn add_docs(variant: &mut StatusVariant, other: &StatusVariant) {
    let is_known = variant.docs.windows(other.docs.len().max(1)).any(|lines| lines == other.docs);
    if !is_known && !other.docs.is_empty() {
        variant.docs.push(String::new());
        variant.docs.extend(other.docs.iter().cloned());
    }
}

fn status(variant: &ErrorVariant, operations: &[OperationDef]) -> Option<ResponseStatus> {
    let index = variant.variant.read.response?;
    Some(operations[variant.operation].responses[index].status)
}

/// Codes in their order, and then ranges, which stand for what is not listed.
fn order(status: Option<ResponseStatus>) -> (u8, u16) {
    match status {
        Some(ResponseStatus::Code(code)) => (0, code),
        Some(ResponseStatus::Range(digit)) => (1, digit.into()),
        Some(ResponseStatus::Default) | None => (2, 0),
    }
}

/// What a variant holds, and the function that reads it.
fn held<'a>(variant: &ErrorVariant, operations: &'a [OperationDef]) -> (Reader, Option<&'a Type>) {
    let reader = variant.variant.read.reader;
    let response = variant.variant.read.response.map(|index| &operations[variant.operation].responses[index]);
    let content = response.and_then(|response| response.read_content());
    (reader, content.filter(|_| reader != Reader::Nothing).map(|content| &content.ty))
}
