//! One crate of many outputs, compiled under `deny(warnings)`.
#![allow(dead_code, reason = "each of those who include the module uses a part of it")]

#[path = "../cargo/mod.rs"]
mod cargo;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// An attribute of large crates, which has an effect at the root alone.
const RECURSION_LIMIT: &str = "#![recursion_limit = \"2048\"]\n";

/// The files of each output, with its name.
type Outputs = Vec<(String, Vec<(String, String)>)>;

/// Puts every output into a module of one crate and lets cargo check it.
pub(crate) fn check(crate_name: &str, outputs: Outputs) {
    cargo_output(&["check"], crate_name, outputs, None, "");
}

/// Lets cargo check every output, and a `main` that uses them and these dependencies, lines of a manifest.
pub(crate) fn check_with(crate_name: &str, outputs: Outputs, main: String, dependencies: &str) {
    cargo_output(&["check"], crate_name, outputs, Some((main, None)), dependencies);
}

/// Puts every output into a module of one crate, runs its `main`, with these dependencies and lines of input,
/// and returns what it prints.
pub(crate) fn run(
    crate_name: &str,
    outputs: Outputs,
    main: String,
    input: &str,
    dependencies: &str,
) -> String {
    let path = cargo::scratch().join(format!("{crate_name}.input"));
    fs::write(&path, input).unwrap();
    cargo_output(&["run"], crate_name, outputs, Some((main, Some(&path))), dependencies)
}

/// Lets cargo check one output with each group of operations alone, with each of the others' parts, and
/// without any group.
pub(crate) fn check_groups(name: &str, output: Vec<(String, String)>) {
    let groups: Vec<String> =
        group_features(&output).into_iter().filter(|feature| feature != "all").collect();
    assert!(groups.len() > 1, "{name} has no groups");
    let outputs = vec![(name.to_owned(), output)];
    for part in ["", "validators", "client"] {
        for group in groups.iter().map(String::as_str).chain([""]) {
            let subcommand = ["check", "--no-default-features", "--features", &format!("{part} {group}")];
            cargo_output(&subcommand, "groups", outputs.clone(), None, "");
        }
    }
}

/// The features of groups that the manifest of an output declares.
fn group_features(output: &[(String, String)]) -> Vec<String> {
    let manifest = output.iter().find(|(path, _)| path == "Cargo.toml").map_or("", |(_, text)| text);
    let names = manifest.lines().filter_map(|line| line.split_once(" = [")).map(|(name, _)| name.to_owned());
    names.filter(|name| name == "all" || name.starts_with("group-")).collect()
}

/// Writes a crate and calls cargo, offline and with the workspace's lock. Files that are as they should be
/// are left alone, so that cargo has nothing to do when no output has changed.
fn cargo_output(
    subcommand: &[&str],
    crate_name: &str,
    outputs: Outputs,
    main: Option<(String, Option<&Path>)>,
    dependencies: &str,
) -> String {
    let folder = cargo::scratch().join(crate_name);
    let source = folder.join("src");
    let mut library = format!("{RECURSION_LIMIT}#![deny(warnings)]\n#![allow(missing_docs)]\n");
    let (mut files, mut groups) = (BTreeMap::new(), BTreeSet::new());
    for (name, output) in outputs {
        let module = format!("case_{}", name.replace(['-', '.'], "_"));
        writeln!(library, "pub mod {module};").unwrap();
        groups.extend(group_features(&output));
        for (path, text) in output.into_iter().filter(|(path, _)| is(path, "rs")) {
            let path = match path.as_str() {
                "src/lib.rs" => "mod.rs",
                other => other.trim_start_matches("src/"),
            };
            files.insert(source.join(&module).join(path), text.replace(RECURSION_LIMIT, ""));
        }
    }
    files.insert(source.join("lib.rs"), library);
    let (main, input) = main.unzip();
    files.extend(main.map(|main| (source.join("main.rs"), main)));
    files.insert(folder.join("Cargo.toml"), manifest(crate_name, dependencies, &groups));
    remove_others(&source, &files);
    for (path, text) in files {
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::copy(cargo::workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let input = input.flatten().map_or_else(Stdio::null, |path| Stdio::from(fs::File::open(path).unwrap()));
    let output = cargo::for_crate(subcommand[0], &folder)
        .args(&subcommand[1..])
        .stdin(input)
        .args(["--color", "never"])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Removes the files of a folder, and of those in it, that are not among the given ones.
fn remove_others(folder: &Path, files: &BTreeMap<PathBuf, String>) {
    for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            remove_others(&path, files);
        } else if !files.contains_key(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}

/// True when the file has the ending.
pub(crate) fn is(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == ending)
}

/// All groups are on by default. Nobody looks for the lines of generated code in a debugger, and without them
/// the output is half as large.
fn manifest(name: &str, dependencies: &str, groups: &BTreeSet<String>) -> String {
    let mut default = String::new();
    let mut features = String::new();
    for group in groups {
        let _ = write!(default, ", {group:?}");
        let _ = writeln!(features, "{group} = []");
    }
    let runtime = cargo::workspace().join("runtime");
    format!(
        "[package]\nname = \"case-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\
         serde = {{ version = \"1.0\", features = [\"derive\"] }}\n\
         specwright-runtime = {{ path = {:?}, features = [\"client\", \"lookaround\", \"server\"] }}\n\n\
         [features]\ndefault = [\"client\", \"server\"{default}]\nblocking = []\nclient = [\"validators\"]\nreqwest = []\n\
         server = [\"validators\"]\ntesting = []\n\
         validators = []\n{features}\n[workspace]\n\n[profile.dev.package.case-{name}]\ndebug = false\n",
        runtime.display().to_string()
    )
}
