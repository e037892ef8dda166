//! One mistake in a value, as people make them.

use serde_json::{Value, json};

use super::super::chance::Chance;
use super::{UNNAMED, any};

/// Makes a mistake somewhere in a value.
pub(crate) fn make(chance: &mut Chance, value: &mut Value) {
    let pointers = pointers(value);
    let chosen = &pointers[chance.below(pointers.len())];
    let place = value.pointer_mut(chosen).unwrap();
    let in_kind = chance.percent(75);
    match place {
        Value::Object(members) if in_kind => {
            let names: Vec<String> = members.keys().cloned().collect();
            if names.is_empty() || chance.percent(30) {
                members.insert(UNNAMED.to_owned(), any(chance));
            } else {
                members.shift_remove(&names[chance.below(names.len())]);
            }
        }
        Value::Array(items) if in_kind => {
            if items.is_empty() || chance.percent(30) {
                items.push(any(chance));
            } else if chance.percent(50) {
                items.pop();
            } else {
                items.push(items[0].clone());
            }
        }
        Value::String(text) if in_kind => match chance.below(4) {
            0 => text.clear(),
            1 => text.push('~'),
            2 => drop(text.pop()),
            _ => text.push_str(&"long".repeat(30)),
        },
        Value::Number(number) if in_kind => {
            let found = number.as_f64().unwrap();
            *place = match (chance.below(3), number.as_i64()) {
                (0, Some(whole)) => json!(whole.saturating_add(1)),
                (1, Some(whole)) => json!(whole.saturating_neg()),
                // Not a whole number, which would be written with a fraction of zero.
                _ => json!(found % 1e9 + 0.125),
            };
        }
        other => *other = any(chance),
    }
}

/// Returns the pointers of a value and of all values in it.
fn pointers(value: &Value) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            let escaped = |name: &String| name.replace('~', "~0").replace('/', "~1");
            members.iter().map(|(name, member)| (escaped(name), member)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    let below = inner.into_iter().flat_map(|(name, inner)| {
        pointers(inner).into_iter().map(move |pointer| format!("/{name}{pointer}"))
    });
    std::iter::once(String::new()).chain(below).collect()
}
