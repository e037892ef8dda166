//! The same body in many spellings: white space, escapes, and what else JSON leaves to the writer.

use super::{chance::Chance, json::Json};

/// A body with white space between its tokens and escapes in its strings, by chance.
pub(crate) fn render(body: &Json, chance: &mut Chance) -> String {
    let mut text = String::new();
    let spaces = chance.below(3) * 20;
    let escapes = chance.below(3) * 8;
    Writer { text: &mut text, chance, spaces, escapes }.value(body);
    text
}

struct Writer<'a> {
    text: &'a mut String,
    chance: &'a mut Chance,
    /// How often, in percent.
    spaces: usize,
    escapes: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Json) {
        self.space();
        match value {
            Json::Text(text) => self.string(text),
            Json::Array(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.text.push_str(if index == 0 { "" } else { "," });
                    self.value(item);
                }
                self.space();
                self.text.push(']');
            }
            Json::Object(members) => {
                self.text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    self.text.push_str(if index == 0 { "" } else { "," });
                    self.space();
                    self.string(name);
                    self.space();
                    self.text.push(':');
                    self.value(value);
                }
                self.space();
                self.text.push('}');
            }
            other => self.text.push_str(&other.to_string()),
        }
        self.space();
    }

    fn space(&mut self) {
        while self.chance.percent(self.spaces) {
            let space = self.chance.pick(&[" ", "\n", "\r\n", "\t", "    ", "\n        "]);
            self.text.push_str(space);
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for one in text.chars() {
            if self.chance.percent(self.escapes) {
                let mut units = [0; 2];
                for unit in one.encode_utf16(&mut units) {
                    let escape = if self.chance.percent(50) {
                        format!("\\u{unit:04x}")
                    } else {
                        format!("\\u{unit:04X}")
                    };
                    self.text.push_str(&escape);
                }
            } else {
                let written = Json::text(one).to_string();
                self.text.push_str(&written[1..written.len() - 1]);
            }
        }
        self.text.push('"');
    }
}

#[test]
fn spelling_changes_nothing() {
    let body = Json::parse(r#"{"a b":["ä\n\"\\😀",-0.10,{},[],null],"":true}"#).unwrap();
    let mut chance = Chance::new(1);
    for _ in 0..200 {
        assert_eq!(Json::parse(&render(&body, &mut chance)).unwrap(), body);
    }
}
