//! The builders of generated structs.

/// Defines a builder: a struct that holds each member as an option, and the setters of each member.
///
/// A member `name: (set_name, T)` gets the setters `name(impl Into<T>)` and `set_name(Option<T>)`. One that
/// is `(set_name, boxed, T)` is kept in a `Box`, one that is `(set_name, boxed_nullable, T)` may be `null` as
/// well, and `(rest, T)` holds what the definition does not name. `#[builds(Pet)]` names the struct that is
/// built: the documentation of each setter is a link to its field. `#[redacted]` keeps all values out of
/// `Debug`.
///
/// ```
/// specwright_runtime::builder! {
///     #[builds(Pet)]
///     pub struct PetBuilder {
///         name: (set_name, String),
///         mother: (set_mother, boxed, PetBuilder),
///     }
/// }
///
/// let builder = PetBuilder::default().name("rex").set_mother(None);
/// assert_eq!(format!("{builder:?}"), r#"PetBuilder { name: Some("rex"), mother: None }"#);
/// ```
#[macro_export]
macro_rules! builder {
    (#[builds($of:ident)] #[redacted] pub struct $builder:ident { $($members:tt)* }) => {
        $crate::builder! { @struct $of $builder { $($members)* } }

        impl ::core::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($builder)).finish_non_exhaustive()
            }
        }
    };
    (#[builds($of:ident)] pub struct $builder:ident { $($members:tt)* }) => {
        $crate::builder! { @struct #[derive(Debug)] $of $builder { $($members)* } }
    };
    (@struct $(#[$attribute:meta])* $of:ident $builder:ident {
        $($(#[$setter:meta])* $name:ident: ($($member:tt)+)),* $(,)?
    }) => {
        #[doc = concat!("A builder of [`", stringify!($of), "`].")]
        $(#[$attribute])*
        #[derive(Clone, Default)]
        #[must_use]
        pub struct $builder {
            $($name: $crate::builder!(@type $($member)+),)*
        }

        impl $builder {
            $($crate::builder! { @setters $of [$(#[$setter])*] $name $($member)+ })*
        }
    };
    (@type rest, $ty:ty $(,)?) => { $ty };
    (@type $set:ident, boxed, $ty:ty $(,)?) => { ::core::option::Option<::std::boxed::Box<$ty>> };
    (@type $set:ident, boxed_nullable, $ty:ty $(,)?) => {
        ::core::option::Option<::core::option::Option<::std::boxed::Box<$ty>>>
    };
    (@type $set:ident, $ty:ty $(,)?) => { ::core::option::Option<$ty> };
    (@setters $of:ident [$(#[$setter:meta])*] $name:ident rest, $ty:ty $(,)?) => {
        #[doc = concat!("Sets [`", stringify!($name), "`](", stringify!($of), "::", stringify!($name), ").")]
        $(#[$setter])*
        #[inline]
        pub fn $name(mut self, value: $ty) -> Self {
            self.$name = value;
            self
        }
    };
    (@setters $of:ident [$(#[$setter:meta])*] $name:ident $set:ident, boxed, $ty:ty $(,)?) => {
        $crate::builder! { @pair $of [$(#[$setter])*] $name $set [$ty] ::std::boxed::Box::new }
    };
    (@setters $of:ident [$(#[$setter:meta])*] $name:ident $set:ident, boxed_nullable, $ty:ty $(,)?) => {
        $crate::builder! {
            @pair $of [$(#[$setter])*] $name $set [::core::option::Option<$ty>]
            (|value: ::core::option::Option<$ty>| value.map(::std::boxed::Box::new))
        }
    };
    (@setters $of:ident [$(#[$setter:meta])*] $name:ident $set:ident, $ty:ty $(,)?) => {
        $crate::builder! { @pair $of [$(#[$setter])*] $name $set [$ty] ::core::convert::identity }
    };
    (@pair $of:ident [$(#[$setter:meta])*] $name:ident $set:ident [$ty:ty] $keep:expr) => {
        #[doc = concat!("Sets [`", stringify!($name), "`](", stringify!($of), "::", stringify!($name), ").")]
        $(#[$setter])*
        #[inline]
        pub fn $name(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$name = ::core::option::Option::Some($keep(value.into()));
            self
        }

        #[doc = concat!(
            "Sets [`", stringify!($name), "`](", stringify!($of), "::", stringify!($name),
            "); with `None`, the member is absent."
        )]
        $(#[$setter])*
        #[inline]
        pub fn $set(mut self, value: ::core::option::Option<$ty>) -> Self {
            self.$name = value.map($keep);
            self
        }
    };
}
