//! The table of extensions against its page, and the names that are near it.
use super::misspelt;

#[test]
fn only_typing_errors_are_taken_for_ours() {
    let table = [
        ("x-unique-bye", Some("x-unique-by")),
        ("x-uniqeu-by", Some("x-unique-by")),
        ("x-sensitiv", Some("x-sensitive")),
        ("x-bluk", Some("x-bulk")),
        ("x-sources", Some("x-source")),
        ("x-required-wen", Some("x-required-when")),
        ("x-resource", None),
        ("x-unique", None),
        ("x-is-unique", None),
        ("x-enum", None),
        ("x-enum-descriptions", None),
        ("x-public", None),
        ("x-pool-size", None),
    ];
    for (name, expected) in table {
        assert_eq!(misspelt(name), expected, "{name}");
    }
}
