//! Classes that are ASCII in ECMA-262 and Unicode in `fancy-regex`.

/// Writes `\d`, `\w`, `\s` and their opposites as ASCII classes.
pub(super) fn with_ascii_classes(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut letters = source.chars();
    let mut is_in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let escaped = letters.next();
                match escaped.and_then(|escaped| class(escaped, is_in_class)) {
                    Some(class) => text.push_str(&class),
                    None => text.extend(std::iter::once('\\').chain(escaped)),
                }
                continue;
            }
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            _ => {}
        }
        text.push(letter);
    }
    text
}

fn class(escaped: char, is_in_class: bool) -> Option<String> {
    let members = match escaped.to_ascii_lowercase() {
        'd' => "0-9",
        'w' => "A-Za-z0-9_",
        's' => r"\t-\r ",
        _ => return None,
    };
    Some(match (escaped.is_ascii_uppercase(), is_in_class) {
        (true, _) => format!("[^{members}]"),
        (false, true) => members.to_owned(),
        (false, false) => format!("[{members}]"),
    })
}
