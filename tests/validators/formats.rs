//! Formats, written once more and by other hands than the code under test.

/// The formats that these tests can judge.
pub(crate) const FORMATS: [&str; 6] =
    ["country-code", "currency-code", "uuid", "email", "date", "local-date-time"];

/// Texts of a format, the first one for samples.
pub(crate) fn of_format(format: &str) -> &'static [&'static str] {
    match format {
        "country-code" => &["NL", "US", "CH", "AX"],
        "currency-code" => &["EUR", "USD", "XCG"],
        "uuid" => &["0c9a3f4e-71d6-4b0a-9a55-d2c8e6b7f013", "0C9A3F4E-71D6-4B0A-9A55-D2C8E6B7F013"],
        "email" => &["m.jansen@lindenhaven.example", "a@b"],
        "date" => &["2024-02-29", "2000-02-29", "1999-12-31"],
        // The last two can be read, and the patterns say that they are not as documented.
        "local-date-time" => &["2024-02-29T12:30:00.250", "2024-02-29T12:30:00", "2024-02-29T12:30:00.250Z"],
        other => panic!("{other} is not in FORMATS"),
    }
}

/// Texts of the right length that are not of a format.
pub(crate) fn not_of_format(format: &str) -> &'static [&'static str] {
    match format {
        "country-code" => &["XX", "XK", "UK", "ZZ", "nl"],
        "currency-code" => &["ANG", "eur", "ABC"],
        "uuid" => &["0c9a3f4e71d64b0a9a55d2c8e6b7f013", ""],
        "email" => &["lindenhaven.example", "@b", "a@", ""],
        "date" => &["2023-02-29", "1900-02-29", "2024-2-9", "2024-02-29T00:00:00", ""],
        "local-date-time" => &["2023-02-29T12:30:00.250", "2024-02-29", "2024-02-29T25:00:00.000", ""],
        other => panic!("{other} is not in FORMATS"),
    }
}

/// Whether a text is of a format. Codes are known by example: the tests write no others.
pub(crate) fn is_of_format(format: &str, text: &str) -> bool {
    match format {
        "uuid" => is_of_form(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        "email" => is_mailbox(text),
        "date" => is_date(text),
        "local-date-time" => is_local_date_time(text),
        _ => of_format(format).contains(&text),
    }
}

/// `0` stands for a digit, `x` for a hexadecimal one, everything else for itself.
pub(crate) fn is_of_form(text: &str, form: &str) -> bool {
    let fits = |(one, form): (char, char)| match form {
        '0' => one.is_ascii_digit(),
        'x' => one.is_ascii_hexdigit(),
        _ => one == form,
    };
    text.chars().count() == form.len() && text.chars().zip(form.chars()).all(fits)
}

fn is_date(text: &str) -> bool {
    if !is_of_form(text, "0000-00-00") {
        return false;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Date and time with or without a fraction and a `Z`, in either case; the tests write no other offset.
fn is_local_date_time(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let text = text.strip_suffix('Z').unwrap_or(&text);
    let Some((date, time)) = text.split_once('T') else { return false };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(date) && is_fraction && is_of_form(time, "00:00:00") && &time[..2] < "24" && &time[3..5] < "60"
}

/// A mailbox without quotation marks and brackets, which the tests do not write.
pub(crate) fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_atom = |part: &str| {
        let inside = |one: char| one.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(one);
        !part.is_empty() && part.chars().all(inside)
    };
    let is_label = |part: &str| {
        let inside = |one: char| one.is_ascii_alphanumeric() || one == '-';
        let is_whole = !part.starts_with('-') && !part.ends_with('-');
        (1..=63).contains(&part.len()) && part.chars().all(inside) && is_whole
    };
    local.split('.').all(is_atom) && domain.split('.').all(is_label)
}
