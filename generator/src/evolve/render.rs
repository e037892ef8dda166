//! A comparison as text for people, as Markdown for a changelog, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::effect::{Effect, Respect};
use super::report::{ChangePlace, Comparison, DefinitionChange};

impl Comparison {
    /// Renders the changes for people, the gravest first, each with its places.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for change in &self.changes {
            // Writing to a `String` cannot fail.
            let _ = entry(&mut text, change);
        }
        text + &self.summary() + "\n"
    }

    /// Returns the counts of the changes, and the version that they need.
    #[must_use]
    pub fn summary(&self) -> String {
        if self.changes.is_empty() {
            return format!("nothing has changed for users of {}", self.package);
        }
        let count = |effect: Effect| self.changes.iter().filter(|change| change.effect() == effect).count();
        let (breaking, additive) = (count(Effect::Breaking), count(Effect::Additive));
        let others = self.changes.len() - breaking - additive;
        let (bump, of_rust) = (self.bump, self.bump_for(Respect::Rust));
        let rust = if of_rust < bump {
            format!("; the Rust surface alone asks for a {of_rust} version")
        } else {
            String::new()
        };
        format!("{breaking} breaking, {additive} additive, {others} without effect: {}{rust}", self.version())
    }

    /// Returns what the version has to be, and what it is.
    fn version(&self) -> String {
        let (package, bump) = (&self.package, self.bump);
        let (Some(old), Some(needed)) = (&self.old_version, &self.needed_version) else {
            return format!("{package} needs a new {bump} version");
        };
        let present = match &self.present_version {
            Some(present) if self.is_version_too_low() => format!("; its version {present} is too low"),
            Some(present) => format!("; its version {present} is high enough"),
            None => String::new(),
        };
        format!("{package} {old} needs {needed} ({bump}){present}")
    }

    /// Renders the changes as a list in Markdown, for a changelog.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        for change in &self.changes {
            let mark = match change.effect() {
                Effect::Breaking => "BREAKING",
                Effect::Additive => "ADDED",
                Effect::None => "CHANGED",
            };
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "* {mark}: {}. (`{}`)", change.message, change.kind);
        }
        text
    }

    /// Renders the comparison as one JSON object.
    #[must_use]
    pub fn to_json(&self) -> String {
        let bumps = Respect::ALL.iter().map(|(respect, name)| {
            let bump = self.bump_for(*respect);
            ((*name).to_owned(), Value::from(bump.name()))
        });
        let object = json!({
            "package": self.package,
            "old_version": self.old_version,
            "present_version": self.present_version,
            "needed_version": self.needed_version,
            "bump": self.bump.name(),
            "too_low": self.is_version_too_low(),
            "bumps": bumps.collect::<serde_json::Map<String, Value>>(),
            "changes": self.changes.iter().map(object).collect::<Vec<_>>(),
        });
        format!("{object:#}")
    }
}

fn entry(text: &mut String, change: &DefinitionChange) -> std::fmt::Result {
    let effect = match change.effect() {
        Effect::None => "no effect",
        other => other.name(),
    };
    writeln!(text, "{effect}[{}]: {}", change.kind, change.message)?;
    for (label, place) in [("old", &change.old), ("new", &change.new)] {
        if let Some(ChangePlace { file, line, column, .. }) = place {
            writeln!(text, "  {label} {}:{line}:{column}", file.display())?;
        }
    }
    let effects =
        change.effects.iter().map(|(respect, effect)| format!("{} {}", respect.name(), effect.name()));
    let mut notes: Vec<String> = effects.collect();
    if !change.affected.is_empty() {
        notes.push(format!("for {}", change.affected.join(" and ")));
    }
    if !notes.is_empty() {
        writeln!(text, "  {}: {}", notes.join(", "), change.why)?;
    }
    writeln!(text)
}

fn object(change: &DefinitionChange) -> Value {
    let effects =
        change.effects.iter().map(|(respect, effect)| (respect.name().to_owned(), effect.name().into()));
    json!({
        "kind": change.kind,
        "effect": change.effect().name(),
        "subject": change.subject,
        "message": change.message,
        "why": change.why,
        "effects": effects.collect::<serde_json::Map<String, Value>>(),
        "affected": change.affected,
        "old": change.old.as_ref().map(place),
        "new": change.new.as_ref().map(place),
    })
}

fn place(place: &ChangePlace) -> Value {
    json!({
        "file": place.file.display().to_string(),
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
    })
}
