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
    let code: String = ["models.rs", "builders.rs"]
        .iter()
        .filter_map(|name| fs::read_to_string(folder.join(name)).ok())
        .collect();
    let mut models = String::new();
    let mut setters = String::new();
    for block in code.split("\nimpl ").skip(1) {
        let Some((name, body)) = block.split_once(" {\n") else { continue };
        if body.starts_with("    ") && block.contains("    pub fn builder() -> ") {
            writeln!(models, "{name}").expect("a string grows");
        }
        let Some(model) = name.strip_suffix("Builder") else { continue };
        let body = body.split("\n}\n").next().unwrap_or_default();
        for setter in body.split("    pub fn ").skip(1) {
            let Some((setter, rest)) = setter.split_once('(') else { continue };
            let takes = rest.split(") -> Self").next().unwrap_or_default();
            if takes.trim_end_matches([',', ' ', '\n']).ends_with("value: impl Into<String>") {
                writeln!(setters, "{model} {setter}").expect("a string grows");
            }
        }
    }
    let enums = code.split("open_enum!(").skip(1).filter_map(|rest| rest.split_once(");"));
    let enums: Vec<&str> = enums.map(|(name, _)| name).collect();
    let lists = [("model", models), ("enum", enums.join(" ")), ("text_setter", setters)];
    let macros: String = lists
        .iter()
        .map(|(of, list)| {
            format!("macro_rules! for_each_{of} {{ ($list:ident) => {{ $list! {{ {list} }} }}; }}\n")
        })
        .collect();
    fs::write(folder.join("types.in"), macros).expect("OUT_DIR can be written to");
}
