//! Discriminator values that share a variant.

use crate::ident::{Scope, TypeIdent};
use crate::rust::{JsonType, UnionTag, UnionVariant};

/// Gives each value a variant of its own where the type does not keep it: with one variant for all of them, a
/// value would be written back as another.
pub(super) fn split(variants: &mut Vec<UnionVariant>, tag: &mut UnionTag, scope: &mut Scope) {
    for index in 0..variants.len() {
        let candidate = &variants[index].candidate;
        if candidate.ty != Some(JsonType::Object) || candidate.known.contains(&tag.property) {
            continue;
        }
        for (value, mapped) in tag.mapping.iter_mut().filter(|(_, mapped)| *mapped == index).skip(1) {
            *mapped = variants.len();
            // The type alone does not determine the value.
            variants[index].converts = false;
            let ident = scope.type_ident(TypeIdent::new(value, "Value"));
            variants.push(UnionVariant { ident, ..variants[index].clone() });
        }
    }
}
