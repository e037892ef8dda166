use super::*;

/// The events of a text that comes in pieces of so many bytes, each with what was used before it.
fn events(text: &str, piece: usize) -> (Vec<(String, Event)>, bool) {
    let (mut scanner, mut found, mut used) = (Scanner::new(), Vec::new(), String::new());
    let mut all = Vec::new();
    for bytes in text.as_bytes().chunks(piece) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (count, event) = scanner.scan(rest);
            all.extend_from_slice(&rest[..count]);
            rest = &rest[count..];
            if let Some(event) = event {
                used.push_str(std::str::from_utf8(&all).unwrap());
                all.clear();
                found.push((std::mem::take(&mut used), event));
                if matches!(event, Event::Broken(_)) {
                    return (found, false);
                }
            }
        }
    }
    (found, scanner.is_complete())
}

/// The items of each list.
fn items(text: &str, piece: usize) -> (Vec<String>, bool) {
    let (events, is_complete) = events(text, piece);
    let values = events.into_iter().filter(|(_, event)| *event == Event::ValueEnds(Role::Item));
    (values.map(|(text, _)| text).collect(), is_complete)
}

#[test]
fn items_are_found_however_the_text_is_cut() {
    let text = r#" {"note": {"transactions": [1, {"a": "]"}]}, "\u0061ccounts" : [ {"a": "}\"]\\"} ,
        [[], {}], "x,y\\", 12.5e3, null , {"é": "ü"}] , "transactions":[{"b":[]}],"end": "\"" } "#;
    let expected =
        [r#"{"a": "}\"]\\"}"#, "[[], {}]", r#""x,y\\""#, "12.5e3", "null", r#"{"é": "ü"}"#, r#"{"b":[]}"#];
    for piece in (1..8).chain([text.len()]) {
        // Pieces may end within a character.
        let text = if piece < 8 { &text.replace(['é', 'ü'], "x") } else { text };
        let (found, is_complete) = items(text, piece);
        let expected =
            expected.map(|item| if piece < 8 { item.replace(['é', 'ü'], "x") } else { item.into() });
        assert_eq!((found.as_slice(), is_complete), (expected.as_slice(), true), "{piece}");
    }
    assert_eq!(items("[{}, 1]\n", 1), (vec!["{}".to_owned(), "1".to_owned()], true));
    assert_eq!(items("[]", 1), (Vec::new(), true));
    assert_eq!(items("{\"accounts\": []}", 3), (Vec::new(), true));
}

#[test]
fn lists_are_told_from_other_values() {
    let (found, _) = events(r#"{"accounts": null, "transactions": [], "x": [1]}"#, 100);
    let found: Vec<Event> = found.into_iter().map(|(_, event)| event).collect();
    let instead = Role::InsteadOfList(Kind::Accounts);
    assert_eq!(
        found,
        [
            Event::ValueBegins(instead),
            Event::ValueEnds(instead),
            Event::ListBegins(Some(Kind::Transactions)),
            Event::ListEnds,
            Event::ValueBegins(Role::Other),
            Event::ValueEnds(Role::Other),
            Event::TextEnds,
        ]
    );
}

#[test]
fn what_is_no_json_around_the_items_is_told() {
    for (text, used, reason) in [
        ("{accounts: []}", "{", "the name of a member is expected here, in quotes"),
        ("{\"accounts\" []}", "{\"accounts\" ", "a colon is expected here"),
        ("{\"accounts\":}", "{\"accounts\":", "a value is expected here"),
        ("[1,]", "[1,", "a value is expected here"),
        ("[1 2]", "[1 ", "a comma or a closing bracket is expected here"),
        ("[] x", "[] ", "nothing may follow the value"),
        ("{\"a\": 1 \"b\": 2}", "{\"a\": 1 ", "a comma or a closing brace is expected here"),
        ("[{\"a\": ]}", "[{\"a\": ", "a comma or a closing brace is expected here"),
        ("{}}", "{}", "nothing may follow the value"),
    ] {
        let (found, _) = events(text, 1);
        let before: String = found.iter().map(|(text, _)| text.as_str()).collect();
        let (_, last) = found.last().unwrap();
        assert_eq!((before.as_str(), *last), (used, Event::Broken(reason)), "{text}");
    }
    for text in ["{", "[", "{\"accounts\": [{}", "[1", "[1,", "{\"a", "{\"a\": \"x"] {
        let (_, is_complete) = events(text, 1);
        assert!(!is_complete, "{text}");
    }
    let deep = "[".repeat(200);
    let (found, _) = events(&deep, 7);
    assert_eq!(found.last().unwrap().1, Event::Broken("the containers are nested too deep"));
}
