use super::{code, escaped, one_line, paragraphs};

#[test]
fn nothing_becomes_a_doctest() {
    let table: [(&str, &[&str]); 8] = [
        ("a\n      b\n```\nlet x;\n```", &["a b", "```text", "let x;", "```"]),
        ("```json\n{}", &["```text", "{}", "```"]),
        ("````\n```\n````\nend", &["````text", "```", "````", "end"]),
        ("~~~\n```\n~~~", &["~~~text", "```", "~~~"]),
        ("```inline``` and more", &["```inline``` and more"]),
        ("a\n\n    code\n\n      more\n\nb", &["a", "", "```text", "code", "", "  more", "```", "", "b"]),
        ("a\n\n    ```\n    x\n    ```", &["a", "", "```text", "x", "```"]),
        ("- a\n    - b\n\n    c", &["- a", "   - b", "", "   c"]),
    ];
    for (text, lines) in table {
        assert_eq!(paragraphs(text), lines, "{text}");
    }
}

#[test]
fn nothing_becomes_a_link_or_a_tag() {
    assert_eq!(escaped("an [array] of <b> and `Vec<u8>`"), "an \\[array\\] of \\<b> and `Vec<u8>`");
    assert_eq!(escaped("``a ` [b]`` \\[c] ` d"), "``a ` [b]`` \\[c\\] \\` d");
    assert_eq!(escaped("a `` b ` c"), "a \\`\\` b \\` c");
}

#[test]
fn a_line_stays_a_line() {
    assert_eq!(one_line(" a\r\n*/\u{202e} b\u{0}\n\n    c"), "a */ b c");
    assert_eq!(one_line("~~~ a"), "\\~~~ a");
    assert_eq!(paragraphs("a\rb\u{7}"), ["a b"]);
    assert_eq!(paragraphs(" \n "), Vec::<String>::new());
}

#[test]
fn code_holds_backticks() {
    assert_eq!(code("^`[<>]`$"), "``^`[<>]`$``");
    assert_eq!(code("`x``"), "``` `x`` ```");
    assert_eq!(code("a\n b"), "`a b`");
}
