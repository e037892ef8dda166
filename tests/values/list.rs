//! Lists the generated types as macros, so that the tests see each without naming it. Part of the build
//! script.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Writes `types.in` beside the generated modules.
pub(crate) fn write() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let folder = Path::new(&out);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let code = read("models.rs");
    let builders = read("models/builders.rs");
    let mut models = String::new();
    for block in code.split("\nimpl ").skip(1) {
        let Some((name, body)) = block.split_once(" {\n") else { continue };
        if body.contains("    pub fn builder() -> ") {
            writeln!(models, "{name}").expect("a string grows");
        }
    }
    // A builder lists its members as `name: (set_name, String),`.
    let mut setters = String::new();
    for block in builders.split("    pub struct ").skip(1) {
        let Some((model, members)) = block.split_once("Builder {\n") else { continue };
        let members = members.split("\n    }\n").next().unwrap_or_default();
        let texts = members.lines().filter(|line| line.ends_with(", String),"));
        for (setter, _) in texts.filter_map(|line| line.trim().split_once(": (")) {
            writeln!(setters, "{model} {setter}").expect("a string grows");
        }
    }
    let enums = code.split("open_enum! {\n    enum ").skip(1).filter_map(|rest| rest.split_once(" {"));
    let enums: Vec<&str> = enums.map(|(name, _)| name).collect();
    let lists = [("model", models), ("enum", enums.join(" ")), ("text_setter", setters)];
    let mut macros = String::new();
    for (of, list) in lists {
        writeln!(macros, "macro_rules! for_each_{of} {{ ($list:ident) => {{ $list! {{ {list} }} }}; }}")
            .expect("a string grows");
    }
    fs::write(folder.join("types.in"), macros).expect("OUT_DIR can be written to");
}
