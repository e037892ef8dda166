//! The enums of unsuccessful responses. Operations with the same responses share one.

use super::super::resolve::Resolver;
use super::names::{MethodNames, Scopes};
use super::responses;
use crate::api::Operation;
use crate::rust::{ErrorEnum, OperationDef, StatusVariant};

/// The variants for the statuses of one operation, and the variant for all others.
type Variants = (Vec<StatusVariant>, StatusVariant);

/// Returns the enums, and for each operation the index of its enum.
///
/// An enum is named after its first operation. One that several operations share is `ServiceError` if there
/// is no other.
pub(super) fn errors(
    resolver: &Resolver<'_>,
    stated: &[Operation],
    operations: &[OperationDef],
    names: &[MethodNames],
    scopes: &mut Scopes,
) -> (Vec<ErrorEnum>, Vec<usize>) {
    let mut found: Vec<(usize, Variants)> = Vec::new();
    let mut indexes = Vec::new();
    for (index, (stated, operation)) in stated.iter().zip(operations).enumerate() {
        let variants = responses::failures(resolver, stated, operation);
        let known =
            found.iter().position(|(first, known)| is_same(&operations[*first], known, operation, &variants));
        indexes.push(known.unwrap_or(found.len()));
        if known.is_none() {
            found.push((index, variants));
        }
    }
    let is_shared_by_all = found.len() == 1 && operations.len() > 1;
    let enums = found.into_iter().map(|(operation, (variants, other))| {
        let owner = if is_shared_by_all { "Service" } else { names[operation].builder.as_str() };
        ErrorEnum { ident: scopes.type_ident(owner, "Error"), operation, variants, other }
    });
    (enums.collect(), indexes)
}

/// Returns whether the enums of two operations would be the same.
fn is_same(one: &OperationDef, of_one: &Variants, other: &OperationDef, of_other: &Variants) -> bool {
    let written = |operation: &OperationDef, variant: &StatusVariant| {
        let response = variant.read.response.map(|index| &operation.responses[index]);
        let ty = response.and_then(|response| response.read_content()).map(|content| content.ty.clone());
        let status = response.map(|response| response.status);
        (variant.ident.clone(), variant.docs.clone(), variant.read.reader, status, ty)
    };
    let all = |operation: &OperationDef, (variants, other): &Variants| {
        variants.iter().chain([other]).map(|variant| written(operation, variant)).collect::<Vec<_>>()
    };
    all(one, of_one) == all(other, of_other)
}
