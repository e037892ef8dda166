//! Discriminator values of which several mean one variant.

use crate::ident::{Scope, TypeIdent};
use crate::rust::{Discriminator, Variant};

/// Gives each value a variant of its own where the type does not keep it: with one variant for all of them, a value
/// would be written back as another.
pub(super) fn split(variants: &mut Vec<Variant>, discriminator: &mut Discriminator, scope: &mut Scope) {
    let property = &discriminator.property;
    for place in 0..variants.len() {
        let candidate = &variants[place].candidate;
        let keeps_value = candidate.kinds != ["Object"] || candidate.known.contains(property);
        let values = discriminator.mapping.iter_mut().filter(|(_, mapped)| *mapped == place);
        if keeps_value {
            continue;
        }
        for (value, mapped) in values.skip(1) {
            *mapped = variants.len();
            // Which of them a bare value of the type means, nobody can tell.
            variants[place].converts = false;
            let ident = scope.type_ident(TypeIdent::new(value, "Value"));
            variants.push(Variant { ident, ..variants[place].clone() });
        }
    }
}
