//! The builders of generated structs.

/// Defines a builder: a struct that holds each member as an option, and the setters of each member.
///
/// A member `name: (set_name, T)` gets the setters `name(impl Into<T>)` and `set_name(Option<T>)`. One that
/// is
/// `(set_name, boxed, T)` is kept in a `Box`, one that is `(set_name, boxed_nullable, T)` may be `null` as
/// well, and `(rest, T)` holds what the definition does not name. `#[redacted]` keeps all values out of
/// `Debug`.
///
/// ```
/// specwright_runtime::builder! {
///     /// A builder of pets.
///     pub struct PetBuilder {
///         /// What it is called.
///         name: (set_name, String),
///         /// Its mother.
///         mother: (set_mother, boxed, PetBuilder),
///     }
/// }
///
/// let builder = PetBuilder::default().name("rex").set_mother(None);
/// assert_eq!(format!("{builder:?}"), r#"PetBuilder { name: Some("rex"), mother: None }"#);
/// ```
#[macro_export]
macro_rules! builder {
    (#[redacted] $(#[$attribute:meta])* pub struct $builder:ident { $($members:tt)* }) => {
        $crate::builder! { @struct $(#[$attribute])* $builder { $($members)* } }

        impl ::core::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($builder)).finish_non_exhaustive()
            }
        }
    };
    ($(#[$attribute:meta])* pub struct $builder:ident { $($members:tt)* }) => {
        $crate::builder! { @struct $(#[$attribute])* #[derive(Debug)] $builder { $($members)* } }
    };
    (@struct $(#[$attribute:meta])* $builder:ident {
        $($(#[$setter:meta])* $name:ident: ($($member:tt)+)),* $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Default)]
        #[must_use]
        pub struct $builder {
            $($name: $crate::builder!(@type $($member)+),)*
        }

        impl $builder {
            $($crate::builder! { @setters [$(#[$setter])*] $name $($member)+ })*
        }
    };
    (@type rest, $ty:ty) => { $ty };
    (@type $set:ident, boxed, $ty:ty) => { ::core::option::Option<::std::boxed::Box<$ty>> };
    (@type $set:ident, boxed_nullable, $ty:ty) => {
        ::core::option::Option<::core::option::Option<::std::boxed::Box<$ty>>>
    };
    (@type $set:ident, $ty:ty) => { ::core::option::Option<$ty> };
    (@setters [$(#[$setter:meta])*] $name:ident rest, $ty:ty) => {
        $(#[$setter])*
        pub fn $name(mut self, value: $ty) -> Self {
            self.$name = value;
            self
        }
    };
    (@setters [$(#[$setter:meta])*] $name:ident $set:ident, boxed, $ty:ty) => {
        $crate::builder! { @pair [$(#[$setter])*] $name $set [$ty] ::std::boxed::Box::new }
    };
    (@setters [$(#[$setter:meta])*] $name:ident $set:ident, boxed_nullable, $ty:ty) => {
        $crate::builder! {
            @pair [$(#[$setter])*] $name $set [::core::option::Option<$ty>]
            (|value: ::core::option::Option<$ty>| value.map(::std::boxed::Box::new))
        }
    };
    (@setters [$(#[$setter:meta])*] $name:ident $set:ident, $ty:ty) => {
        $crate::builder! { @pair [$(#[$setter])*] $name $set [$ty] ::core::convert::identity }
    };
    (@pair [$(#[$setter:meta])*] $name:ident $set:ident [$ty:ty] $keep:expr) => {
        $(#[$setter])*
        pub fn $name(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$name = ::core::option::Option::Some($keep(value.into()));
            self
        }

        $(#[$setter])*
        ///
        /// With `None`, the member is absent.
        pub fn $set(mut self, value: ::core::option::Option<$ty>) -> Self {
            self.$name = value.map($keep);
            self
        }
    };
}
