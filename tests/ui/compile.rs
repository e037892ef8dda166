//! One crate of many outputs, compiled under `deny(warnings)`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Puts every output into a module of one crate and lets cargo check it, offline and with the workspace's lock.
pub(crate) fn check(crate_name: &str, outputs: Vec<(String, Vec<(String, String)>)>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(crate_name);
    let source = folder.join("src");
    let _ = fs::remove_dir_all(&source);
    let mut library = String::from("#![deny(warnings)]\n#![allow(missing_docs)]\n");
    for (name, files) in outputs {
        let module = format!("case_{}", name.replace(['-', '.'], "_"));
        writeln!(library, "pub mod {module};").unwrap();
        for (path, text) in files.iter().filter(|(path, _)| is(path, "rs")) {
            let path = match path.as_str() {
                "src/lib.rs" => format!("{module}/mod.rs"),
                other => format!("{module}/{}", other.trim_start_matches("src/")),
            };
            let path = source.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    fs::write(source.join("lib.rs"), library).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest(crate_name)).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--color", "never"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// True when the file has the ending.
pub(crate) fn is(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == ending)
}

fn manifest(name: &str) -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    format!(
        "[package]\nname = \"case-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = {{ version = \"1.0\", features = [\"derive\"] }}\n\
         specwright-runtime = {{ path = {:?}, features = [\"client\", \"lookaround\"] }}\n\n\
         [features]\ndefault = [\"client\"]\nblocking = []\nclient = [\"validators\"]\ntesting = []\n\
         validators = []\n\n[workspace]\n",
        runtime.display().to_string()
    )
}
