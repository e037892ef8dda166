//! How methods and builders take the values of parameters and bodies.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::tokens::{self, docs};
use crate::rust::{ClientMethod, OperationDef, Passing, Setter, Style, Type};

/// The arguments of a method without the body, each with a comma after it.
pub(super) struct Arguments {
    pub(super) declared: TokenStream,
    /// As `prepare_call` takes them.
    pub(super) passed: TokenStream,
}

pub(super) fn arguments(method: &ClientMethod, operation: &OperationDef) -> Arguments {
    if let Some(ident) = &method.argument_struct {
        let lifetime = is_lent(method).then(|| quote! { <'_> });
        return Arguments {
            declared: quote! { arguments: #ident #lifetime, },
            passed: quote! { arguments, },
        };
    }
    let declared = method.arguments.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, passed(&argument.passing, ty(argument, operation)));
        quote! { #ident: #ty, }
    });
    let lent = method.arguments.iter().map(|argument| match (&argument.passing, &argument.ident) {
        (Passing::Text, ident) => quote! { #ident.as_ref(), },
        (_, ident) => quote! { #ident, },
    });
    Arguments { declared: declared.collect(), passed: lent.collect() }
}

pub(super) fn ty<'a>(setter: &Setter, operation: &'a OperationDef) -> &'a Type {
    &operation.parameters[setter.parameter].ty
}

/// Returns whether an argument is passed as a reference.
fn is_lent(method: &ClientMethod) -> bool {
    method.arguments.iter().any(|argument| argument.passing != Passing::Copied)
}

/// The struct that has the arguments as its fields.
pub(super) fn argument_struct(method: &ClientMethod, operation: &OperationDef) -> Option<TokenStream> {
    let ident = method.argument_struct.as_ref()?;
    let doc = docs(&[format!("The arguments of [`Client::{}`].", method.ident)]);
    let lifetime = is_lent(method).then(|| quote! { 'a });
    let generics = lifetime.as_ref().map(|lifetime| quote! { <#lifetime> });
    let fields = method.arguments.iter().map(|argument| {
        let parameter = &operation.parameters[argument.parameter];
        let (docs, ident) = (docs(&parameter.docs), &argument.ident);
        let ty = lent_ty(&argument.passing, &parameter.ty, lifetime.as_ref());
        quote! {
            #docs
            pub #ident: #ty,
        }
    });
    Some(quote! {
        #doc
        #[derive(Clone, Copy)]
        pub struct #ident #generics {
            #(#fields)*
        }
    })
}

/// The type of an argument that is text, or passed as another method takes it.
pub(super) fn lent_ty(passing: &Passing, ty: &Type, lifetime: Option<&TokenStream>) -> TokenStream {
    match passing {
        Passing::Text => quote! { &#lifetime str },
        Passing::Copied => tokens::outer_ty(ty),
        Passing::Slice(item) => {
            let item = tokens::outer_ty(item);
            quote! { &#lifetime [#item] }
        }
        Passing::Borrowed => {
            let ty = tokens::outer_ty(ty);
            quote! { &#lifetime #ty }
        }
    }
}

/// The type of an argument for a value of the type.
pub(super) fn passed(passing: &Passing, ty: &Type) -> TokenStream {
    match passing {
        Passing::Text => quote! { impl AsRef<str> },
        _ => lent_ty(passing, ty, None),
    }
}

/// The argument as a reference to a value that can be serialized.
pub(super) fn lent(passing: &Passing, ident: &impl ToTokens) -> TokenStream {
    match passing {
        Passing::Text => quote! { #ident.as_ref() },
        Passing::Copied => quote! { &#ident },
        Passing::Slice(_) | Passing::Borrowed => quote! { #ident },
    }
}

pub(in super::super) fn style(style: Style) -> TokenStream {
    let (function, explode) = (tokens::ident(style.function.name()), style.explode.into_iter());
    let reserved = style.reserved.then(|| quote! { .reserved() });
    quote! { Style::#function(#(#explode)*) #reserved }
}
