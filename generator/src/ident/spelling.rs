//! Spells out letters and symbols that identifiers cannot have.

/// Returns the text with such characters spelled out or replaced by a separator.
pub(super) fn spelled(name: &str) -> String {
    let has_letters = name.chars().any(|c| c.is_ascii_alphanumeric());
    let mut out = String::with_capacity(name.len());
    let mut before: Option<char> = None;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            _ if c.is_ascii_alphanumeric() => out.push(c),
            '-' if before.is_none() && digit_follows => out.push_str("minus "),
            '+' if before.is_none() && digit_follows => out.push_str("plus "),
            _ if !c.is_ascii() && c.is_alphanumeric() => {
                out.push_str(
                    &transliterated(c).map_or_else(|| format!(" u{:x} ", u32::from(c)), str::to_owned),
                );
            }
            _ if has_letters => out.push(' '),
            _ => {
                out.push(' ');
                out.push_str(symbol(c));
                out.push(' ');
            }
        }
        before = Some(c);
    }
    out
}

/// Returns the usual ASCII spelling of a few letters of European languages.
fn transliterated(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'Ä' | 'Æ' => "Ae",
        'ö' | 'ø' | 'œ' => "oe",
        'Ö' | 'Ø' => "Oe",
        'ü' => "ue",
        'Ü' => "Ue",
        'ß' => "ss",
        'á' | 'à' | 'â' | 'ã' | 'å' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'É' | 'È' | 'Ê' => "E",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' => "o",
        'ú' | 'ù' | 'û' => "u",
        'ç' => "c",
        'ñ' => "n",
        _ => return None,
    })
}

/// Returns the name of a symbol, for names that consist of symbols.
fn symbol(c: char) -> &'static str {
    match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        '(' | ')' | '[' | ']' | '{' | '}' => "bracket",
        '"' | '\'' | '`' => "quote",
        ' ' => "blank",
        _ => "symbol",
    }
}
