//! The macro that makes code of a table of candidates.

/// Implements `Deserialize` and `Serialize` for an enum whose variants hold the forms that a value may have.
///
/// The variant that keeps every other value, as [`Json`](crate::Json), comes first; then the others. The
/// static `CANDIDATES` says in their order what each is known by; it is written with the functions of
/// [`table`](crate::union::table). Where the type of a variant lacks the discriminator, `tagged` gives the
/// name and the value to write; `exact` reads numbers as [`Exact`](crate::Exact) does.
///
/// ```
/// struct Pet {
///     name: String,
/// }
///
/// specwright_runtime::object! {
///     struct Pet {
///         name: required<"name">,
///     }
/// }
///
/// enum Owned {
///     Pet(Pet),
///     String(String),
///     Unknown(specwright_runtime::Json),
/// }
///
/// specwright_runtime::union! {
///     enum Owned {
///         Unknown,
///         Pet = tagged("kind", "pet"),
///         String,
///     }
///     static CANDIDATES: specwright_runtime::union::Candidates =
///         one_of(&[object::<Pet>().required(&["name"]), string()]);
/// }
///
/// let pet: Owned = serde_json::from_str(r#"{"name":"Rex"}"#)?;
/// assert!(matches!(&pet, Owned::Pet(pet) if pet.name == "Rex"));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"kind":"pet","name":"Rex"}"#);
/// assert!(matches!(serde_json::from_str("7")?, Owned::Unknown(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    (
        enum $name:ident {
            $unknown:ident
            $(, $variant:ident $(= $form:ident $(($property:literal, $tag:literal $(,)?))?)?)* $(,)?
        }
        $($table:item)+
    ) => {
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                #[allow(unused_imports, reason = "no table needs all of them")]
                use $crate::union::table::*;
                $($table)+
                /// The index of each candidate.
                enum __At { $($variant),* }
                let json: $crate::Json = $crate::__private::serde::Deserialize::deserialize(deserializer)?;
                let found = CANDIDATES.read(json.raw(), |_at| {
                    $(if _at == __At::$variant as usize {
                        return $crate::union!(@decode json $($form)?).map(Self::$variant);
                    })*
                    ::core::option::Option::None
                });
                ::core::result::Result::Ok(found.unwrap_or(Self::$unknown(json)))
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::union!(@write serializer value $($form $($property $tag)?)?)
                    })*
                    Self::$unknown(value) => $crate::union!(@write serializer value),
                }
            }
        }
    };
    (@decode $json:ident $(tagged)?) => { $crate::union::decode($json.raw()) };
    (@decode $json:ident exact) => {
        $crate::union::decode($json.raw()).map(|$crate::Exact(value)| value)
    };
    (@write $serializer:ident $value:ident $(exact)?) => {
        $crate::__private::serde::Serialize::serialize($value, $serializer)
    };
    (@write $serializer:ident $value:ident tagged $property:literal $tag:literal) => {
        $crate::union::serialize_tagged($serializer, $property, $tag, $value)
    };
}
