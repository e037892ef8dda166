//! The forms that values have as text, and what validates parts of `multipart/form-data` by them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{PartCheck, WireForms, WireObject, WireScalar, WireShape};

/// The call that gives a part its check.
pub(super) fn part_check(check: &PartCheck) -> TokenStream {
    let (table, shape) = (&check.table, forms(&check.shape));
    quote! { .check(&validators::#table, &#shape) }
}

/// A reference to a shape.
pub(super) fn reference(shape: &WireShape) -> TokenStream {
    match shape {
        WireShape::Named(ident) => quote! { &#ident },
        WireShape::Inline(known) => {
            let known = forms(known);
            quote! { &#known }
        }
    }
}

pub(super) fn forms(forms: &WireForms) -> TokenStream {
    let each = forms.scalars.iter().map(|scalar| match scalar {
        WireScalar::Text => quote! { .text() },
        WireScalar::Integer => quote! { .integer() },
        WireScalar::Number => quote! { .number() },
        WireScalar::Boolean => quote! { .boolean() },
    });
    let are_all = WireScalar::ALL.iter().all(|scalar| forms.scalars.contains(scalar));
    let scalars: TokenStream = if are_all {
        quote! { .any() }
    } else {
        each.collect()
    };
    let items = forms.items.as_ref().map(|items| {
        let items = reference(items);
        quote! { .items(#items) }
    });
    let object = forms.object.as_ref().map(object);
    quote! { rt::Shape::new() #scalars #items #object }
}

fn object(object: &WireObject) -> TokenStream {
    let members = object.members.iter().map(|(name, member)| {
        let member = reference(member);
        quote! { (#name, #member) }
    });
    let members = quote! { &[#(#members),*] };
    if let Some(rest) = &object.rest {
        let rest = reference(rest);
        quote! { .open_members(#members, #rest) }
    } else {
        quote! { .members(#members) }
    }
}
