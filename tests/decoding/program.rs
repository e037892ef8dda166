//! A program with the generated code of several definitions, which validates, decodes and encodes values.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use specwright::{Generator, Part};

use super::cargo;

/// A definition, and the code that is generated from it.
pub(crate) struct Document {
    module: String,
    pub(crate) tree: Value,
    files: Vec<(String, String)>,
}

impl Document {
    pub(crate) fn generated(path: &Path) -> Self {
        let (files, _) =
            Generator::new(path).only([Part::Models, Part::Validators]).as_module().files().unwrap();
        let tree = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let stem = path.file_stem().unwrap().to_string_lossy().replace(['-', '.'], "_");
        Self { module: format!("case_{stem}"), tree, files }
    }

    /// Returns whether its schemas are those of JSON Schema, draft 2020-12.
    pub(crate) fn is_modern(&self) -> bool {
        self.tree["openapi"].as_str().is_some_and(|version| !version.starts_with("3.0"))
    }

    /// Returns the path of each type of a component, with the name of the component.
    pub(crate) fn types(&self) -> Vec<(String, String)> {
        let validators = &self.files.iter().find(|(path, _)| path.ends_with("validators.rs")).unwrap().1;
        let schemas = self.tree["components"]["schemas"].as_object().into_iter().flatten();
        let named = schemas.map(|(name, _)| (name.replace(['-', '_'], ""), name.clone()));
        let has_type =
            |(ty, _): &(String, String)| validators.contains(&format!("impl Validate for models::{ty} {{"));
        named.filter(has_type).map(|(ty, name)| (format!("{}::models::{ty}", self.module), name)).collect()
    }
}

/// What becomes of a value.
pub(crate) struct Verdict {
    /// The JSON pointers of the errors that the validator finds.
    pub(crate) violations: Vec<String>,
    /// The value as its type writes it, or why it can't be decoded.
    pub(crate) written: Result<Value, String>,
}

/// Builds the program and hands the values to it, each with the path of its type.
pub(crate) fn run(name: &str, documents: &[Document], values: &[(&str, &Value)]) -> Vec<Verdict> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    write(&folder, name, documents);
    let mut child =
        cargo::for_crate("run", &folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = String::new();
    for (ty, value) in values {
        writeln!(lines, "{ty}\t{value}").unwrap();
    }
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(verdict).collect()
}

fn verdict(line: &str) -> Verdict {
    let (violations, rest) = line.split_once('\t').unwrap();
    let written = match rest.split_once('\t').unwrap() {
        ("written", json) => Ok(serde_json::from_str(json).unwrap()),
        (_, error) => Err(error.to_owned()),
    };
    Verdict { violations: serde_json::from_str(violations).unwrap(), written }
}

fn write(folder: &Path, name: &str, documents: &[Document]) {
    let source = folder.join("src");
    let _ = fs::remove_dir_all(&source);
    let mut main =
        String::from("#![recursion_limit = \"2048\"]\n#![allow(dead_code, deprecated, unused_imports)]\n");
    let mut arms = String::new();
    for document in documents {
        writeln!(main, "mod {};", document.module).unwrap();
        for (path, text) in document.files.iter().filter(|(path, _)| is_rust(path)) {
            let path: PathBuf = source.join(&document.module).join(path.trim_start_matches("src/"));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for (ty, _) in document.types() {
            writeln!(arms, "            {ty:?} => check::<{ty}>(json),").unwrap();
        }
    }
    write!(main, "{}", MAIN.replace("ARMS", &arms)).unwrap();
    fs::write(source.join("main.rs"), main).unwrap();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = {{ version = \"1.0\", features = [\"derive\"] }}\nserde_json = \"1.0\"\n\
         specwright-runtime = {{ path = {:?}, features = [\"client\", \"lookaround\"] }}\n\n[workspace]\n",
        runtime.display().to_string()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

const MAIN: &str = r#"
use specwright_runtime::Validate;

fn check<T: Validate + serde::de::DeserializeOwned>(json: &str) -> String {
    let violations = T::validate_json(json.as_bytes());
    let pointers: Vec<String> = violations.errors().map(|error| error.to_json_pointer()).collect();
    let pointers = serde_json::to_string(&pointers).unwrap();
    match serde_json::from_str::<T>(json) {
        Ok(value) => format!("{pointers}\twritten\t{}", serde_json::to_string(&value).unwrap()),
        Err(error) => format!("{pointers}\trefused\t{error}"),
    }
}

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (ty, json) = line.split_once('\t').unwrap();
        let verdict = match ty {
ARMS            _ => unreachable!("{ty}"),
        };
        println!("{verdict}");
    }
}
"#;
