//! Members for which absent, null and present are three states.
//!
//! serde's derive makes no difference between a null and an absent member of type `Option`. These functions
//! do, in `deserialize_with`.

use serde::{Deserialize, Deserializer};

/// Deserializes an optional member that may be null: absent is `None`, null is `Some(None)`.
///
/// ```
/// # use serde::{Deserialize, Serialize};
/// #[derive(Deserialize, Serialize)]
/// struct Account {
///     #[serde(
///         default,
///         deserialize_with = "specwright_runtime::nullable::deserialize",
///         skip_serializing_if = "Option::is_none"
///     )]
///     nickname: Option<Option<String>>,
/// }
///
/// assert_eq!(serde_json::from_str::<Account>("{}")?.nickname, None);
/// assert_eq!(serde_json::from_str::<Account>(r#"{"nickname":null}"#)?.nickname, Some(None));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Deserializes a required member that may be null: null is `None`, absent is serde's error "missing field".
///
/// ```
/// # use serde::Deserialize;
/// #[derive(Debug, Deserialize)]
/// struct Account {
///     #[serde(deserialize_with = "specwright_runtime::nullable::required")]
///     nickname: Option<String>,
/// }
///
/// assert_eq!(serde_json::from_str::<Account>(r#"{"nickname":null}"#)?.nickname, None);
/// let error = serde_json::from_str::<Account>("{}").unwrap_err();
/// assert!(error.to_string().starts_with("missing field `nickname`"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn required<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer)
}

/// Deserializes an optional member whose type has a value for null itself, such as [`Json`](crate::Json):
/// absent is `None`, null is `Some`.
///
/// ```
/// # use serde::Deserialize;
/// # use specwright_runtime::Json;
/// #[derive(Deserialize)]
/// struct Account {
///     #[serde(default, deserialize_with = "specwright_runtime::nullable::present")]
///     extra: Option<Json>,
/// }
///
/// assert_eq!(serde_json::from_str::<Account>("{}")?.extra, None);
/// assert_eq!(serde_json::from_str::<Account>(r#"{"extra":null}"#)?.extra, Some(Json::default()));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
