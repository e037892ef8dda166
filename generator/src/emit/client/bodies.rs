//! The methods of builders that set a body.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::shapes;
use super::super::tokens::{self, docs};
use super::arguments::{self, lent, passed};
use crate::rust::{BodySetter, ContentCheck, ContentFormat, OperationDef, PartDef, Type};

/// The method for one media type of the body.
pub(super) fn body(setter: &BodySetter, operation: &OperationDef) -> Option<TokenStream> {
    let content = operation.request_content(setter.content)?;
    let (ident, media_type) = (&setter.ident, &content.media_type);
    let is_public = setter.method.is_none();
    let (docs, visibility) = (is_public.then(|| docs(&setter.docs)), is_public.then(|| quote! { pub }));
    let value = setter.passing.as_ref().map(|passing| lent(passing, &tokens::ident("body")));
    let of_type = (content.check == Some(ContentCheck::Type)).then(|| tokens::outer_ty(&content.ty));
    let set = match (&content.format, value, &of_type) {
        (ContentFormat::Json, Some(value), Some(ty)) => {
            quote! { json_checked::<#ty>(#media_type, #value) }
        }
        (ContentFormat::Json, Some(value), None) => quote! { json(#media_type, #value) },
        (ContentFormat::Json, None, Some(ty)) => quote! { json_text_checked::<#ty>(#media_type, body) },
        (ContentFormat::Json, None, None) => quote! { json_text(#media_type, body) },
        (ContentFormat::Form(styles), Some(value), _) => {
            let styles = styles.iter().map(|(name, style)| {
                let style = arguments::style(*style);
                quote! { (#name, #style) }
            });
            quote! { form(#media_type, #value, &[#(#styles),*]) }
        }
        (ContentFormat::Multipart(_), ..) => quote! { multipart(body, PARTS) },
        (ContentFormat::Text, ..) => quote! { text(#media_type, body) },
        (ContentFormat::Media, ..) => quote! { media(#media_type, body) },
        _ => quote! { bytes(#media_type, body) },
    };
    let checked = match (&content.check, &content.format, of_type) {
        (Some(ContentCheck::Table(table)), ContentFormat::Text, _) => {
            Some(quote! { check_text(&validators::#table) })
        }
        (Some(ContentCheck::Table(table)), ..) => Some(quote! { check_body(&validators::#table) }),
        (_, ContentFormat::Form(_), Some(ty)) => {
            Some(quote! { check_body(<#ty as specwright_runtime::Validate>::SCHEMA) })
        }
        _ => None,
    };
    let check = checked.map(|checked| quote! { self.call.#checked; });
    let parts = match &content.format {
        ContentFormat::Multipart(parts) => {
            let parts = parts.iter().map(part_rule);
            Some(quote! { static PARTS: &[rt::PartRule] = &[#(#parts),*]; })
        }
        _ => None,
    };
    let ty = body_ty(setter, &content.format, &content.ty);
    Some(quote! {
        #docs
        #[inline]
        #visibility fn #ident(mut self, body: #ty) -> Self {
            #parts
            self.call.#set;
            #check
            self
        }
    })
}

/// The type of the argument for a body.
pub(super) fn body_ty(setter: &BodySetter, format: &ContentFormat, ty: &Type) -> TokenStream {
    match (&setter.passing, format) {
        (Some(passing), _) => passed(passing, ty),
        (None, ContentFormat::Multipart(_)) => quote! { &rt::Multipart },
        (None, ContentFormat::Text) => quote! { impl Into<String> },
        (None, ContentFormat::Media) => quote! { rt::MediaBody },
        (None, _) => quote! { impl Into<rt::Bytes> },
    }
}

fn part_rule(part: &PartDef) -> TokenStream {
    let (name, types, headers) = (&part.name, &part.media_types, &part.headers);
    let required = part.required.then(|| quote! { .required() });
    let types = (!types.is_empty()).then(|| quote! { .media_types(&[#(#types),*]) });
    let object = part.is_object.then(|| quote! { .object() });
    let headers = (!headers.is_empty()).then(|| quote! { .headers(&[#(#headers),*]) });
    let check = part.check.as_ref().map(shapes::part_check);
    quote! { rt::PartRule::new(#name) #required #types #object #headers #check }
}
