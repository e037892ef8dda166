//! The enums by status: the successes of a call, and its other responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, docs, number};
use crate::rust::{
    ClientMethod, ErrorEnum, ErrorReader, OperationDef, ReadResponse, Reader, ResponseStatus, StatusVariant,
    Success, Type,
};

/// The type that a response is read as; `None`: nothing is read.
pub(super) fn read_type(read: ReadResponse, operation: &OperationDef) -> Option<&Type> {
    let response = operation.responses.get(read.response?)?;
    response.read_content().filter(|_| read.reader != Reader::Nothing).map(|content| &content.ty)
}

/// The type that a response is read as, `()` for nothing.
pub(super) fn ty(read: ReadResponse, operation: &OperationDef) -> TokenStream {
    read_type(read, operation).map_or_else(|| quote! { () }, tokens::outer_ty)
}

/// The function that reads it.
pub(super) fn reader(read: ReadResponse) -> TokenStream {
    let function = tokens::ident(read.reader.name());
    quote! { read::#function }
}

/// The type that all successes of a call are read as, and the function that reads it.
pub(super) fn of_success(success: &Success, operation: &OperationDef) -> (TokenStream, TokenStream) {
    match success {
        Success::One(read) => (ty(*read, operation), reader(*read)),
        Success::Several(ident, _) => (quote! { #ident }, quote! { #ident::read }),
    }
}

/// The enum of several successes, if there are several.
pub(super) fn success(method: &ClientMethod, operation: &OperationDef) -> Vec<TokenStream> {
    let Success::Several(ident, variants) = &method.success else { return Vec::new() };
    let doc = docs(&[format!("The successful responses of [`Client::{}`], by status.", method.ident)]);
    let arms = variants.iter().map(|variant| {
        let (pattern, read) = (pattern(variant, operation), success_of(variant, operation));
        quote! { #pattern => #read, }
    });
    let variants = variants.iter().map(|variant| declared(variant, operation));
    let result = quote! { Result<Self, read::ReadError> };
    let structure = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
        }
    };
    let reading = quote! {
        impl #ident {
            fn read(answer: &rt::RawResponse) -> #result {
                match answer.status().as_u16() {
                    #(#arms)*
                    _ => read::undeclared(answer),
                }
            }
        }
    };
    vec![structure, reading]
}

fn success_of(variant: &StatusVariant, operation: &OperationDef) -> TokenStream {
    let (ident, reader) = (&variant.ident, reader(variant.read));
    if read_type(variant.read, operation).is_some() {
        quote! { #reader(answer).map(Self::#ident) }
    } else {
        quote! { Ok(Self::#ident) }
    }
}

/// The enum of all other responses, and a function for each set of them that operations have.
pub(super) fn error(
    error: &ErrorEnum,
    operations: &[OperationDef],
    methods: &[ClientMethod],
) -> [TokenStream; 2] {
    let ident = &error.ident;
    let sharing = methods.iter().filter(|method| methods[error.operation].error == method.error);
    let sharing: Vec<String> = sharing.map(|method| format!("[`Client::{}`]", method.ident)).collect();
    let owner = if let [only] = &*sharing { only } else { "several methods of [`Client`]" };
    let doc = docs(&[format!("The unsuccessful responses of {owner}, by status.")]);
    let variants = error.variants.iter().chain([&error.other]);
    let declared = variants.map(|failure| declared(&failure.variant, &operations[failure.operation]));
    let structure = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declared)*
        }
    };
    let readers = error.readers.iter().map(|reader| error_reader(reader, operations));
    [structure, quote! { impl #ident { #(#readers)* } }]
}

fn error_reader(reader: &ErrorReader, operations: &[OperationDef]) -> TokenStream {
    let (ident, operation) = (&reader.ident, &operations[reader.other.operation]);
    let other = error_of(&reader.other.variant, operation);
    let is_read = read_type(reader.other.variant.read, operation).is_some();
    let answer = tokens::ident(if is_read || !reader.variants.is_empty() { "answer" } else { "_" });
    let arms = reader.variants.iter().map(|failure| {
        let (pattern, read) = (pattern(&failure.variant, operation), error_of(&failure.variant, operation));
        quote! { #pattern => #read, }
    });
    let body = if reader.variants.is_empty() {
        other
    } else {
        quote! {
            match answer.status().as_u16() {
                #(#arms)*
                _ => #other,
            }
        }
    };
    quote! {
        fn #ident(#answer: &rt::RawResponse) -> Option<Self> {
            #body
        }
    }
}

fn error_of(variant: &StatusVariant, operation: &OperationDef) -> TokenStream {
    let (ident, reader) = (&variant.ident, reader(variant.read));
    if read_type(variant.read, operation).is_some() {
        quote! { #reader(answer).ok().map(Self::#ident) }
    } else {
        quote! { Some(Self::#ident) }
    }
}

fn declared(variant: &StatusVariant, operation: &OperationDef) -> TokenStream {
    let (docs, ident) = (docs(&variant.docs), &variant.ident);
    let body = read_type(variant.read, operation).map(|ty| {
        let ty = tokens::outer_ty(ty);
        quote! { (#ty) }
    });
    quote! {
        #docs
        #ident #body,
    }
}

/// The statuses of a response as a pattern.
fn pattern(variant: &StatusVariant, operation: &OperationDef) -> TokenStream {
    let response = variant.read.response.and_then(|index| operation.responses.get(index));
    match response.map_or(ResponseStatus::Default, |response| response.status) {
        ResponseStatus::Code(code) => number(code),
        ResponseStatus::Range(digit) => {
            let first = u16::from(digit) * 100;
            let (first, last) = (number(first), number(first + 99));
            quote! { #first..=#last }
        }
        ResponseStatus::Default => quote! { _ },
    }
}
