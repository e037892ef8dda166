//! The methods that begin a call, and the builder that they return.
//!
//! They are inline, so that they are compiled where they are called: a crate pays for the calls that it
//! makes, not for all that a service has.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::tokens::{self, deprecated, docs};
use super::responses;
use crate::ident::FieldIdent;
use crate::rust::{
    BodySetter, ClientMethod, ContentCheck, ContentFormat, ErrorEnum, OperationDef, PartDef, Passing, Setter,
    Style, Type,
};

/// The methods of the client: one, or where a body is required one for each way to pass it.
pub(super) fn methods(method: &ClientMethod, operation: &OperationDef) -> Vec<TokenStream> {
    let own = |body| method_of(method, operation, &method.ident, &method.docs, body);
    let mut bodies = method.bodies.iter().filter_map(|body| Some((body, body.method.as_ref()?)));
    let first = own(bodies.next().map(|(body, _)| body));
    let others = bodies.map(|(body, ident)| method_of(method, operation, ident, &body.docs, Some(body)));
    [first].into_iter().chain(others).collect()
}

/// A method that takes the arguments, and a body if one is required.
fn method_of(
    method: &ClientMethod,
    operation: &OperationDef,
    ident: &FieldIdent,
    lines: &[String],
    body: Option<&BodySetter>,
) -> TokenStream {
    let (docs, deprecated, builder) = (docs(lines), deprecated(operation.deprecated), &method.builder);
    let Arguments { declared, passed } = arguments(method, operation);
    let prepared = if begins_once(method) {
        let (client, end) = (quote! { &self.inner }, quote! { #builder { call } });
        begin_call(method, operation, &client, &end, Lent::AsPassed)
    } else {
        quote! { #builder::prepare_call(&self.inner, #passed) }
    };
    let content = body.and_then(|body| Some((body, operation.request_content(body.content)?)));
    let body = content.map(|(body, content)| {
        let ty = body_ty(body, &content.format, &content.ty);
        quote! { body: #ty }
    });
    let set = content.map(|(body, _)| {
        let setter = &body.ident;
        quote! { .#setter(body) }
    });
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(&self, #declared #body) -> #builder {
            #prepared #set
        }
    }
}

/// Returns whether one method alone begins the call.
fn begins_once(method: &ClientMethod) -> bool {
    let bodies = method.bodies.iter().filter(|body| body.method.is_some());
    method.items.is_none() && bodies.count() <= 1
}

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

fn ty<'a>(setter: &Setter, operation: &'a OperationDef) -> &'a Type {
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
fn lent_ty(passing: &Passing, ty: &Type, lifetime: Option<&TokenStream>) -> TokenStream {
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

/// The builder: its struct and its methods.
pub(super) fn builder(
    method: &ClientMethod,
    operation: &OperationDef,
    error: &ErrorEnum,
) -> [TokenStream; 2] {
    let read_error = &error.readers[method.error_reader].ident;
    let (ident, builder, error) = (&method.ident, &method.builder, &error.ident);
    let doc = docs(&[format!("A builder for a call of [`Client::{ident}`].")]);
    let prepare_call = (!begins_once(method)).then(|| prepare_call(method, operation));
    let bodies = method.bodies.iter().filter_map(|setter| body(setter, operation));
    let setters = method.setters.iter().map(|known| setter(known, operation));
    let (ty, read) = responses::of_success(&method.success, operation);
    let errors = docs(&[
        "The call failed, or the response is not one that the definition describes as a success.".to_owned(),
        format!("[`CallError::failure`] returns such a response as [`{error}`]."),
    ]);
    let structure = quote! {
        #doc
        #[derive(Debug, Clone)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #builder {
            call: Call,
        }
    };
    let methods = quote! {
        impl #builder {
            #prepare_call
            #(#bodies)*
            #(#setters)*

            /// Sends the request and reads the response.
            ///
            /// # Errors
            ///
            #errors
            pub async fn send(self) -> Result<Response<#ty>, CallError<#error>> {
                self.call.send(#read, #error::#read_error).await
            }

            specwright_runtime::call_setters!();
        }
    };
    [structure, methods]
}

/// The function that begins a call with its arguments.
fn prepare_call(method: &ClientMethod, operation: &OperationDef) -> TokenStream {
    let declared = if method.argument_struct.is_some() {
        arguments(method, operation).declared
    } else {
        let declared = method.arguments.iter().map(|argument| {
            let ident = &argument.ident;
            let ty = lent_ty(&argument.passing, ty(argument, operation), None);
            quote! { #ident: #ty, }
        });
        declared.collect()
    };
    let body =
        begin_call(method, operation, &quote! { client }, &quote! { Self { call } }, Lent::AsReferences);
    quote! {
        #[inline]
        fn prepare_call(client: &rt::Client, #declared) -> Self {
            #body
        }
    }
}

/// How the statements that begin a call have its arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lent {
    /// As the method of the client takes them.
    AsPassed,
    /// As references, where they are not copied.
    AsReferences,
}

/// The statements that begin a call with its arguments, and `end`.
fn begin_call(
    method: &ClientMethod,
    operation: &OperationDef,
    client: &TokenStream,
    end: &TokenStream,
    are_lent: Lent,
) -> TokenStream {
    let constant = &operation.ident;
    let taken_apart = method.argument_struct.as_ref().map(|structure| {
        let idents = method.arguments.iter().map(|argument| &argument.ident);
        quote! { let #structure { #(#idents),* } = arguments; }
    });
    let are_references = are_lent == Lent::AsReferences || taken_apart.is_some();
    let accept = method.accept.as_ref().map(|media_types| quote! { call.accept(#media_types); });
    let set = method.arguments.iter().map(|argument| {
        let ident = &argument.ident;
        let value = match &argument.passing {
            Passing::Text if are_references => quote! { #ident },
            passing => lent(passing, ident),
        };
        set(&quote! { call }, argument, operation, &value)
    });
    let mutable = (accept.is_some() || !method.arguments.is_empty()).then(|| quote! { mut });
    quote! {
        #taken_apart
        let #mutable call = Call::new(#client, &operations::#constant);
        #(#set)*
        #accept
        #end
    }
}

fn setter(setter: &Setter, operation: &OperationDef) -> TokenStream {
    let parameter = &operation.parameters[setter.parameter];
    let (docs, deprecated) = (docs(&parameter.docs), deprecated(parameter.deprecated));
    let (ident, ty) = (&setter.ident, passed(&setter.passing, &parameter.ty));
    let value = lent(&setter.passing, &tokens::ident("value"));
    let set = set(&quote! { self.call }, setter, operation, &value);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(mut self, value: #ty) -> Self {
            #set
            self
        }
    }
}

/// The statements that set a parameter of the call. `value` is a reference.
fn set(call: &TokenStream, setter: &Setter, operation: &OperationDef, value: &TokenStream) -> TokenStream {
    let parameter = &operation.parameters[setter.parameter];
    let (name, method) = (&parameter.name, tokens::ident(parameter.location.setter()));
    let style = style(parameter.style);
    let checked = parameter.check.as_ref().map(|table| {
        let check = tokens::ident(parameter.location.checker());
        quote! { #call.#check(#name, #value, &validators::#table); }
    });
    quote! {
        #checked
        #call.#method(#name, #value, #style);
    }
}

fn part_rule(part: &PartDef) -> TokenStream {
    let (name, types, headers) = (&part.name, &part.media_types, &part.headers);
    let required = part.required.then(|| quote! { .required() });
    let types = (!types.is_empty()).then(|| quote! { .media_types(&[#(#types),*]) });
    let object = part.is_object.then(|| quote! { .object() });
    let headers = (!headers.is_empty()).then(|| quote! { .headers(&[#(#headers),*]) });
    quote! { rt::PartRule::new(#name) #required #types #object #headers }
}

pub(in super::super) fn style(style: Style) -> TokenStream {
    let (function, explode) = (tokens::ident(style.function.name()), style.explode.into_iter());
    let reserved = style.reserved.then(|| quote! { .reserved() });
    quote! { Style::#function(#(#explode)*) #reserved }
}

/// The type of an argument for a value of the type.
fn passed(passing: &Passing, ty: &Type) -> TokenStream {
    match passing {
        Passing::Text => quote! { impl AsRef<str> },
        _ => lent_ty(passing, ty, None),
    }
}

/// The argument as a reference to a value that can be serialized.
fn lent(passing: &Passing, ident: &impl ToTokens) -> TokenStream {
    match passing {
        Passing::Text => quote! { #ident.as_ref() },
        Passing::Copied => quote! { &#ident },
        Passing::Slice(_) | Passing::Borrowed => quote! { #ident },
    }
}

fn body(setter: &BodySetter, operation: &OperationDef) -> Option<TokenStream> {
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
                let style = self::style(*style);
                quote! { (#name, #style) }
            });
            quote! { form(#media_type, #value, &[#(#styles),*]) }
        }
        (ContentFormat::Multipart(parts), ..) => {
            let parts = parts.iter().map(part_rule);
            quote! { multipart(body, &[#(#parts),*]) }
        }
        (ContentFormat::Text, ..) => quote! { text(#media_type, body) },
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
    let ty = body_ty(setter, &content.format, &content.ty);
    Some(quote! {
        #docs
        #[inline]
        #visibility fn #ident(mut self, body: #ty) -> Self {
            self.call.#set;
            #check
            self
        }
    })
}

/// The type of the argument for a body.
fn body_ty(setter: &BodySetter, format: &ContentFormat, ty: &Type) -> TokenStream {
    match (&setter.passing, format) {
        (Some(passing), _) => passed(passing, ty),
        (None, ContentFormat::Multipart(_)) => quote! { &rt::Multipart },
        (None, ContentFormat::Text) => quote! { impl Into<String> },
        (None, _) => quote! { impl Into<rt::Bytes> },
    }
}
