//! The committed crate is what the definition gives today, and every way to generate it gives the same bytes.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "cargo/mod.rs"]
mod cargo;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use specwright::Generator;

/// Returns the Rust files of a folder and of the folders in it, by path.
fn rust_files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let below = rust_files(&path).into_iter();
            files.extend(below.map(|(below, text)| (format!("{name}/{below}"), text)));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    files
}

#[test]
fn the_committed_crate_is_fresh() {
    let generator = Generator::from_config("specwright.yaml").unwrap();
    let (changes, findings, _) = generator.check(&|_| {}).unwrap();
    assert!(findings.is_empty(), "{findings}");
    let paths: Vec<_> = changes.iter().map(|change| change.path.display().to_string()).collect();
    assert!(changes.is_empty(), "run `cargo run` and commit what it writes: {paths:?}");
}

/// Tables name their fields and are named for what they ask, so that nobody has to read a diff of all of
/// them.
#[test]
fn one_more_property_changes_its_own_tables_alone() {
    let validators = |definition: &str| {
        let (files, _) = Generator::from_text("cards-v4.yaml", definition).files().unwrap();
        files.into_iter().find(|(path, _)| path == "src/validators.rs").unwrap().1
    };
    let definition = fs::read_to_string("spec/cards-v4.yaml").unwrap();
    let before = validators(&definition);
    for (schema, property) in [
        ("CreateAccount", "{type: string, maxLength: 30}"),
        ("CreateAccount", "{type: string, maxLength: 33}"),
        ("CreateAccount", "{type: boolean}"),
        ("CreateTransaction", "{type: string, maxLength: 30}"),
        ("Address", "{type: integer, format: int32}"),
    ] {
        let (start, rest) = definition.split_once(&format!("\n    {schema}:\n")).unwrap();
        let (head, properties) = rest.split_once("      properties:\n").unwrap();
        let more = format!(
            "{start}\n    {schema}:\n{head}      properties:\n        addedForTheTest: {property}\n{properties}"
        );
        let after = validators(&more);
        let mut left = BTreeMap::<&str, usize>::new();
        for line in before.lines() {
            *left.entry(line).or_default() += 1;
        }
        let added = after.lines().filter(|line| match left.get_mut(line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        let added: Vec<&str> = added.collect();
        left.retain(|_, count| *count > 0);
        assert!(left.is_empty(), "{schema}: {property}: no longer there: {left:#?}");
        assert!(added.iter().any(|line| line.contains("\"addedForTheTest\"")), "{schema}: {added:#?}");
        assert!(added.len() <= 10, "{schema}: {property}: {added:#?}");
    }
}

/// Compares two files. Examples are not tests where a build script writes them: the name of its crate is not
/// known.
fn is_same(committed: &str, built: &str) -> bool {
    let plain =
        |text: &str| text.replace("/// ```no_run\n", "/// ```\n").replace("/// ```ignore\n", "/// ```\n");
    plain(committed) == plain(built)
}

#[test]
fn the_build_script_writes_the_committed_modules() {
    let mut built = rust_files(Path::new(env!("OUT_DIR")));
    let mut committed = rust_files(Path::new("generated/src"));
    assert!(built.remove("mod.rs").is_some());
    assert!(committed.remove("lib.rs").is_some());
    // Without features around it, the server is written where it is asked for.
    assert!(committed.remove("server.rs").is_some());
    assert_eq!(built.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, text) in built {
        assert!(is_same(&committed[&name], &text), "{name} differs between build script and generated/");
    }
}

/// Runs the command line in `folder`.
fn specwright(folder: &Path, arguments: &[&str]) -> Output {
    cargo::package("run", "specwright").arg("--").args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn the_command_line_writes_the_committed_crate_and_checks_it() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh");
    let _ = fs::remove_dir_all(&out);
    let out_text = out.to_str().unwrap();

    let written = specwright(here, &["generate", "--config", "specwright.yaml", "--out", out_text]);
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    for name in ["Cargo.toml", "README.md"] {
        assert_eq!(
            fs::read_to_string(out.join(name)).unwrap(),
            fs::read_to_string(here.join("generated").join(name)).unwrap()
        );
    }
    assert!(rust_files(&out.join("src")) == rust_files(&here.join("generated/src")), "src/ differs");

    // A file that is not as it should be: told with a diff and exit code 1, and left alone.
    let models = out.join("src/models.rs");
    let edited = fs::read_to_string(&models).unwrap().replacen("pub struct Amount {", "pub struct Sum {", 1);
    fs::write(&models, &edited).unwrap();
    let checked =
        specwright(here, &["generate", "--config", "specwright.yaml", "--out", out_text, "--check"]);
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(1), "{told}");
    assert!(told.contains("-pub struct Sum {") && told.contains("+pub struct Amount {"), "{told}");
    assert_eq!(fs::read_to_string(&models).unwrap(), edited);

    // Written once more, and then nothing is left to write.
    let mended = specwright(here, &["generate", "--config", "specwright.yaml", "--out", out_text]);
    assert!(String::from_utf8_lossy(&mended.stdout).starts_with("1 file written"), "{mended:?}");
    let again = specwright(here, &["generate", "--config", "specwright.yaml", "--out", out_text, "--check"]);
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    let told = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(told.starts_with("every file is up to date: ") && told.contains(" operations, "), "{told}");
}

#[test]
fn files_of_other_hands_are_never_overwritten() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(out.join("src")).unwrap();
    fs::write(out.join("src/lib.rs"), "// Written by hand.\n").unwrap();
    let arguments = ["generate", "spec/cards-v4.yaml", "--out", out.to_str().unwrap()];
    let output = specwright(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("was not written by specwright"), "{output:?}");
    assert_eq!(fs::read_to_string(out.join("src/lib.rs")).unwrap(), "// Written by hand.\n");
    assert!(!out.join("Cargo.toml").exists());
}

/// The README shows what `lint` prints of the definition, counts included.
#[test]
fn the_readme_shows_what_lint_prints() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = specwright(here, &["lint", "spec/cards-v4.yaml"]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let readme = fs::read_to_string("README.md").unwrap();
    let shown = readme.lines().skip_while(|line| !line.ends_with("lint spec/cards-v4.yaml")).nth(1);
    assert_eq!(shown, printed.lines().last());
}

/// The pages of a case, drafted and applied as a person does it.
#[test]
fn git_applies_a_draft() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/tests/docs/draft/yaml");
    let pages = case.join("pages");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("draft");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(case.join("spec.yaml"), folder.join("spec.yaml")).unwrap();
    let patch = specwright(&folder, &["docs", "draft", "--pages", pages.to_str().unwrap(), "spec.yaml"]);
    fs::write(folder.join("draft.patch"), &patch.stdout).unwrap();
    let mut git = std::process::Command::new("git");
    // The folder is within this repository, whose root paths would be relative to.
    git.args(["apply", "draft.patch"])
        .current_dir(&folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap());
    assert!(git.status().unwrap().success());
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    assert_eq!(read(&folder.join("spec.yaml")), read(&case.join("expected.yaml")));
    let check = specwright(&folder, &["docs", "check", "--pages", pages.to_str().unwrap(), "spec.yaml"]);
    assert!(check.status.success(), "{check:?}");
}

/// What a page shows can be pasted: it has no line that rustdoc alone leaves out.
#[test]
fn examples_on_pages_hide_no_line() {
    let folders = [".", "cli", "examples", "generated", "generator", "runtime", "sandbox"];
    for page in folders.map(|folder| format!("{folder}/README.md")) {
        let text = fs::read_to_string(&page).unwrap();
        let blocks = text
            .split("\n```rust")
            .skip(1)
            .filter_map(|rest| rest.split_once("\n```"))
            .map(|(block, _)| block);
        let hidden = blocks.flat_map(str::lines).find(|line| line.starts_with("# ") || *line == "#");
        assert_eq!(hidden, None, "{page}");
    }
}

/// The README shows what is said of a misspelt reference.
#[test]
fn the_readme_shows_a_finding_as_it_is() {
    let definition = fs::read_to_string("spec/cards-v4.yaml").unwrap();
    let (before, rest) = definition.split_once("\n    CreateTransaction:\n").unwrap();
    let (head, rest) = rest.split_once("\n        postedAmount:\n").unwrap();
    let rest = rest.replacen("schemas/Amount\"", "schemas/Ammount\"", 1);
    let text = format!("{before}\n    CreateTransaction:\n{head}\n        postedAmount:\n{rest}");
    let (findings, _) = Generator::from_text("spec/cards-v4.yaml", text).lint().unwrap();
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, shown) = readme.split_once("```text\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    assert!(findings.render(false).contains(shown.trim_end()), "{}", findings.render(false));
}

/// What a person adds to a written package is kept, and named in its manifest and README.
#[test]
fn what_is_added_by_hand_stays_and_is_named() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("added");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("out/benches")).unwrap();
    fs::create_dir_all(folder.join("out/tests")).unwrap();
    fs::write(folder.join("t.yaml"), "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n").unwrap();
    fs::write(folder.join("more.md"), "\n## Speed\n\nFast.\n\n").unwrap();
    let config = "spec: t.yaml\nout: out\nbenches: [speed]\nreadme-append: more.md\n\
                  dev-dependencies: {criterion: '\"0.8\"', serde_json: '{ version = \"1.0\", features = [\"raw_value\"] }'}\n";
    fs::write(folder.join("specwright.yaml"), config).unwrap();
    let by_hand = [("out/benches/speed.rs", "fn main() {}\n"), ("out/tests/speed.rs", "// By hand.\n")];
    for (path, text) in by_hand {
        fs::write(folder.join(path), text).unwrap();
    }

    let generator = Generator::from_config(folder.join("specwright.yaml")).unwrap();
    assert!(generator.inputs().contains(&folder.join("more.md")));
    let _ = generator.generate().unwrap();
    let read = |name: &str| fs::read_to_string(folder.join("out").join(name)).unwrap();
    assert!(read("README.md").ends_with("\n\n## Speed\n\nFast.\n"), "{}", read("README.md"));
    let manifest = read("Cargo.toml");
    let expected = "[dev-dependencies]\ncriterion = \"0.8\"\nserde_json = { version = \"1.0\", features = [\"raw_value\"] }\n\n\
                    [lib]\nbench = false\n\n[[bench]]\nname = \"speed\"\nharness = false\n";
    assert!(manifest.ends_with(expected), "{manifest}");
    for (path, text) in by_hand {
        assert_eq!(fs::read_to_string(folder.join(path)).unwrap(), text);
    }

    let changed = || {
        let (changes, _, _) = generator.check(&|_| {}).unwrap();
        changes.into_iter().map(|change| change.path).collect::<Vec<_>>()
    };
    assert_eq!(changed(), Vec::<std::path::PathBuf>::new());
    fs::write(folder.join("more.md"), "## Speed\n\nFaster.\n").unwrap();
    assert_eq!(changed(), [folder.join("out/README.md")]);
    fs::remove_file(folder.join("more.md")).unwrap();
    let error = generator.check(&|_| {}).unwrap_err().to_string();
    assert!(error.starts_with(&format!("cannot read `{}`: ", folder.join("more.md").display())), "{error}");
    let built = Generator::new(folder.join("t.yaml")).readme_append("no-such-file.md");
    assert!(built.files().unwrap_err().to_string().starts_with("cannot read `no-such-file.md`: "));
}

#[test]
fn settings_that_cannot_be_fail_the_run() {
    let definition = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let generator = || Generator::from_text("t.yaml", definition);
    assert!(generator().substitute("date", "chrono::NaiveDate").files().is_ok());
    for (wrong, expected) in [
        (
            generator().substitute("date", "chrono NaiveDate"),
            "`chrono NaiveDate` is not the path of a Rust type",
        ),
        (generator().package_name("fn"), "`fn` is not a package name"),
        (generator().package_version("x.y"), "`x.y` is not a version such as `1.2.3`"),
        (generator().dependency("chrono", "}{"), "`}{` is not the TOML value of a dependency"),
        (generator().dev_dependency("a b", "\"1\""), "`a b` is not a package name"),
        (generator().dev_dependency("criterion", "1"), "`1` is not the TOML value of a dependency"),
        (generator().bench("all.rs"), "`all.rs` is not the name of a bench"),
        (
            generator().rename("Amount", "not ident"),
            "`not ident` is not the name of a Rust type in UpperCamelCase",
        ),
    ] {
        assert_eq!(wrong.files().unwrap_err().to_string(), expected);
    }
}

#[test]
fn wrong_arguments_and_missing_files_exit_with_two() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bad = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(bad.join("latin.yaml"), b"openapi: 3.0.3\ninfo: { title: Caf\xe9 }\n").unwrap();
    fs::write(bad.join("wide.yaml"), b"\xff\xfeo\0p\0").unwrap();
    let (latin, wide) = (bad.join("latin.yaml"), bad.join("wide.yaml"));
    let (latin, wide) = (latin.to_str().unwrap(), wide.to_str().unwrap());
    let table: [(&[&str], &str); 7] = [
        (&["generate", "--no-such-flag"], "--no-such-flag"),
        (&["lint", "no-such-file.yaml"], "cannot read `no-such-file.yaml`: "),
        (&["generate", "no-such-file.yaml"], "cannot read `no-such-file.yaml`: "),
        (&["generate", "spec/cards-v4.yaml"], "no folder to write to: give one with `--out DIR`"),
        (
            &["generate", "spec/cards-v4.yaml", "--out", "README.md"],
            "cannot write to `README.md`: it is a file, not a folder",
        ),
        (&["lint", latin], "it is not UTF-8 text: the first bad byte is in line 2, at byte offset 33;"),
        (&["lint", wide], "it is UTF-16, not UTF-8: the first bad byte is in line 1, at byte offset 0;"),
    ];
    for (arguments, expected) in table {
        let output = specwright(here, arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
}
