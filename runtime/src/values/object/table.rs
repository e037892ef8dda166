//! The macro that makes code of a table of members.

/// Implements `Deserialize` and `Serialize` for a struct that is a JSON object.
///
/// Each field is listed with its presence and the name of its member:
///
/// | presence | type of the field | absent is | `null` is |
/// |---|---|---|---|
/// | `required` | `T` | an error | what `T` says |
/// | `required_nullable` | `Option<T>` | an error | `None` |
/// | `optional` | `Option<T>` | `None` | `None` |
/// | `nullable` | `Option<Option<T>>` | `None` | `Some(None)` |
/// | `present` | `Option<T>` | `None` | what `T` says, such as [`Json`](crate::Json) |
/// | `rest` | `BTreeMap<String, T>` | | |
///
/// The field that is `rest` comes last and holds the members that no other field names; without one, they
/// are dropped. With `#[sensitive]` before a field, errors do not show its value. Of a name
/// that is given twice, the last value counts. `required<"id", exact>` and `exact_rest` read numbers as
/// [`Exact`](crate::Exact) does.
///
/// ```
/// struct Pet {
///     name: String,
///     nickname: Option<Option<String>>,
/// }
///
/// specwright_runtime::object! {
///     struct Pet {
///         name: required<"name">,
///         #[sensitive]
///         nickname: nullable<"nickName">,
///     }
/// }
///
/// let pet: Pet = serde_json::from_str(r#"{"nickName":null,"name":"Rex"}"#)?;
/// assert_eq!(pet.nickname, Some(None));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"name":"Rex","nickName":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    (struct $name:ident {
        $($(#[$sensitive:ident])? $field:ident: $presence:ident
            $(<$member:literal $(, $form:ident)? $(,)?>)?),* $(,)?
    }) => {
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::object::deserialize(deserializer)
            }
        }

        impl<'de> $crate::object::FromMembers<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const MEMBERS: &'static [&'static str] = &[$($($member,)?)*];

            fn from_members<A: $crate::__private::serde::de::MapAccess<'de>>(
                mut members: $crate::object::MemberReader<A>,
            ) -> ::core::result::Result<Self, A::Error> {
                /// The index of each member; `rest` has the one that follows the last name.
                #[allow(non_camel_case_types, reason = "they are the names of the fields")]
                enum At { $($field),* }
                $(let mut $field = ::core::option::Option::None;)*
                while let ::core::option::Option::Some(_at) = members.next_name(Self::MEMBERS)? {
                    $(if _at == At::$field as usize {
                        $crate::object!(@read members $field $presence $($sensitive)?);
                        continue;
                    })*
                    members.skip()?;
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::object!(@take $field $presence $($member $($form)?)?)),*
                })
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let mut object = $crate::object::ObjectWriter::new(serializer)?;
                $($crate::object!(@write object self $field $presence $($member)?);)*
                object.end()
            }
        }
    };
    (@read $members:ident $field:ident exact_rest $($sensitive:ident)?) => {
        $crate::object!(@read $members $field rest $($sensitive)?)
    };
    (@read $members:ident $field:ident rest) => { $members.rest(&mut $field)? };
    (@read $members:ident $field:ident rest sensitive) => { $members.sensitive_rest(&mut $field)? };
    (@read $members:ident $field:ident $presence:ident) => { $members.read(&mut $field)? };
    (@read $members:ident $field:ident $presence:ident sensitive) => {
        $members.read_sensitive(&mut $field)?
    };
    (@take $field:ident exact_rest) => {
        $field
            .unwrap_or_default()
            .into_iter()
            .map(|(name, $crate::Exact(value))| (name, value))
            .collect()
    };
    (@take $field:ident $presence:ident $member:literal exact) => {{
        let $field = $field.map(|$crate::Exact(value)| value);
        $crate::object!(@take $field $presence $member)
    }};
    (@take $field:ident rest) => { $field.unwrap_or_default() };
    (@take $field:ident required $member:literal) => { $crate::object::required($field, $member)? };
    (@take $field:ident required_nullable $member:literal) => { $crate::object::required($field, $member)? };
    (@take $field:ident optional $member:literal) => { $field.flatten() };
    (@take $field:ident nullable $member:literal) => { $field };
    (@take $field:ident present $member:literal) => { $field };
    (@write $object:ident $self:ident $field:ident exact_rest) => {
        $crate::object!(@write $object $self $field rest)
    };
    (@write $object:ident $self:ident $field:ident rest) => {
        $object.rest(&$self.$field, <Self as $crate::object::FromMembers<'_>>::MEMBERS)?
    };
    (@write $object:ident $self:ident $field:ident required $member:literal) => {
        $object.required($member, &$self.$field)?
    };
    (@write $object:ident $self:ident $field:ident required_nullable $member:literal) => {
        $object.required($member, &$self.$field)?
    };
    (@write $object:ident $self:ident $field:ident $presence:ident $member:literal) => {
        $object.optional($member, &$self.$field)?
    };
}
