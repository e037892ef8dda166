use super::paragraphs;

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
fn odd_lines_are_none() {
    assert_eq!(paragraphs("a\rb\u{7}"), ["a b"]);
    assert_eq!(paragraphs(" \n "), Vec::<String>::new());
}

#[test]
fn elements_may_span_lines() {
    for (text, lines) in [
        (
            "<p>One [two]\nthree</p>\n\n<ul>\n<li>a < b</li>\n</ul>\n\n<ol>",
            &["<p>One [two]", "three</p>", "", "<ul>", "<li>a &lt; b</li>", "</ul>", "", "\\<ol>"][..],
        ),
        ("a <b>c\nd</b> [e]\n\n```\n<b>\n```", &["a <b>c d</b> \\[e\\]", "", "```text", "<b>", "```"]),
    ] {
        assert_eq!(paragraphs(text), lines, "{text}");
    }
}
