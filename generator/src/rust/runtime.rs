//! Names of the runtime crate that generated code is written with.
//!
//! `tests/runtime_names.rs` compiles this file and compares each name with the item of the runtime.

/// Declares an enum and the name that each variant has in the runtime.
macro_rules! names {
    ($($(#[$doc:meta])* $enum:ident { $($variant:ident => $name:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $enum {
            $($variant),*
        }

        impl $enum {
            #[allow(dead_code, reason = "of most enums, the test of the names alone needs the list")]
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];

            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }
        }
    )*};
}

names! {
    /// A type that fields may have. All but `Json` are `Copy`, and all are `Eq`.
    RuntimeType {
        Date => "Date",
        Decimal => "Decimal",
        Json => "Json",
        LocalTimestamp => "LocalTimestamp",
        Timestamp => "Timestamp",
    }

    /// A variant of `operation::Location`.
    Location { Path => "Path", Query => "Query", Header => "Header", Cookie => "Cookie" }

    /// A variant of `operation::Repeatable` other than the default.
    Repeatable { ByKey => "ByKey", Always => "Always" }

    /// A function of `client::Style` that creates a style.
    StyleFunction {
        Simple => "simple",
        Form => "form",
        Label => "label",
        Matrix => "matrix",
        SpaceDelimited => "space_delimited",
        PipeDelimited => "pipe_delimited",
        DeepObject => "deep_object",
        Json => "json",
    }

    /// A function of `client::read`, which reads the body of a response.
    Reader {
        Nothing => "nothing",
        Json => "json",
        ExactJson => "exact_json",
        OneOrMany => "one_or_many",
        Text => "text",
        Bytes => "bytes",
        Media => "media",
    }

    /// A function of `union::table`, which makes a candidate of that type.
    JsonType {
        Object => "map",
        Array => "array",
        String => "string",
        Integer => "integer",
        Number => "number",
        Boolean => "boolean",
    }

    /// A method of `union::Candidate`: what a type does with members that it does not name.
    OtherMembers { Kept => "keeps_others", Dropped => "drops_others", Refused => "refuses_others" }

    /// A function of `union::table`, which makes a keyword of that format.
    TextFormat { Uuid => "uuid", Ipv4 => "ipv4", Ipv6 => "ipv6", Ip => "ip" }
}

impl RuntimeType {
    /// Returns the type of that name, with or without the name of the crate before it.
    pub(crate) fn from_path(path: &str) -> Option<Self> {
        let is_meant = |ty: &Self| path == ty.name() || path == format!("specwright_runtime::{}", ty.name());
        Self::ALL.iter().copied().find(is_meant)
    }
}

impl Location {
    /// Returns the method of `client::Call` that takes a parameter of the location.
    pub(crate) fn setter(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// Returns the method of `client::Call` that validates one.
    pub(crate) fn checker(self) -> &'static str {
        match self {
            Self::Path => "check_path",
            Self::Query => "check_query",
            Self::Header => "check_header",
            Self::Cookie => "check_cookie",
        }
    }
}

/// The methods that `call_setters!` gives to the builder of a call.
pub(crate) const CALL_SETTERS: [&str; 7] =
    ["correlation_id", "deadline", "header", "retry", "timeout", "validation", "without_validation"];
