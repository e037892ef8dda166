//! The words of a page for types and formats.

/// Returns the type on the wire that a page's word means, and the format.
pub(super) fn wire_type(stated: &str) -> (&str, Option<&'static str>) {
    match &*stated.to_lowercase() {
        "enum" => ("string", None),
        "date" => ("string", Some("date")),
        "timestamp" | "datetime" | "date-time" | "date time" => ("string", Some("date-time")),
        "uuid" | "guid" => ("string", Some("uuid")),
        "uri" | "url" => ("string", Some("uri")),
        "email" => ("string", Some("email")),
        "int" | "long" => ("integer", None),
        "decimal" | "double" | "float" => ("number", None),
        "bool" => ("boolean", None),
        "list" => ("array", None),
        _ => (stated, None),
    }
}

/// Returns the format that a page's words mean.
pub(super) fn known_format(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    let table = [
        ("iso 3166", "country-code"),
        ("iso 4217", "currency-code"),
        ("hh:mm", "date-time"),
        ("date-time", "date-time"),
        ("yyyy-mm-dd", "date"),
        ("uuid", "uuid"),
        ("guid", "uuid"),
        ("e-mail", "email"),
        ("email", "email"),
        ("uri", "uri"),
        ("url", "uri"),
    ];
    table.into_iter().find(|(known, _)| lower.contains(known)).map(|(_, format)| format)
}
