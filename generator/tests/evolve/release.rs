//! Revisions of a repository, and the version that a package needs since its last release.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use specwright::Generator;
use specwright::evolve::Revision;

const CONFIG: &str =
    "spec: spec/pets.yaml\npackage: {name: pets, version: 0.1.0}\nrelease: {changelog: CHANGES.md}\n";
const CHANGELOG: &str =
    "# Changes\n\n<!-- specwright changes: begin -->\n<!-- specwright changes: end -->\n\nThe end.\n";

/// A repository with one release, in a folder that is removed with it.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("specwright-test-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("spec")).unwrap();
        let repository = Self(folder);
        repository.write("specwright.yaml", CONFIG);
        repository.write("CHANGES.md", CHANGELOG);
        repository.write("spec/pets.yaml", &definition("name: {type: string}"));
        repository.git(&["init", "--quiet"]);
        repository.git(&["add", "."]);
        let author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        repository.git(&[&author[..], &["commit", "--quiet", "-m", "The first state."]].concat());
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let done = Command::new("git").arg("-C").arg(&self.0).args(arguments).status().unwrap();
        assert!(done.success(), "{arguments:?}");
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).unwrap();
    }

    fn generator(&self) -> Generator {
        Generator::from_config(self.0.join("specwright.yaml")).unwrap()
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn definition(properties: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         Pet: {{type: object, properties: {{{properties}}}}}\n"
    )
}

#[test]
fn the_version_is_held_against_the_last_release() {
    let repository = Repository::new("release");
    assert!(repository.generator().since_release().unwrap().is_none());
    repository.git(&["tag", "v0.1.0"]);
    let release = repository.generator().since_release().unwrap().unwrap();
    assert!(release.comparison.changes.is_empty());

    repository.write("spec/pets.yaml", &definition("name: {type: integer}"));
    let generator = repository.generator();
    let release = generator.since_release().unwrap().unwrap();
    let comparison = &release.comparison;
    assert_eq!((&*release.tag, comparison.needed_version.as_deref()), ("v0.1.0", Some("0.2.0")));
    assert!(comparison.is_version_too_low(), "{}", comparison.summary());
    let old = comparison.changes.iter().find_map(|change| change.old.as_ref()).unwrap();
    assert_eq!(old.file, Path::new("v0.1.0:spec/pets.yaml"));
    let changelog = generator.changelog(&release).unwrap().unwrap().new.unwrap();
    assert!(changelog.contains("begin -->\n\n* BREAKING: `Pet.name` has another type"), "{changelog}");
    assert!(changelog.ends_with("\n\n<!-- specwright changes: end -->\n\nThe end.\n"), "{changelog}");
    repository.write("CHANGES.md", &changelog);
    assert!(generator.changelog(&release).unwrap().is_none());

    repository.write("specwright.yaml", &CONFIG.replace("0.1.0", "0.2.0"));
    let release = repository.generator().since_release().unwrap().unwrap();
    assert!(!release.comparison.is_version_too_low(), "{}", release.comparison.summary());
}

#[test]
fn what_git_does_not_know_is_named() {
    let repository = Repository::new("revision");
    let error = Revision::read("v9", &repository.0).unwrap_err().to_string();
    assert_eq!(error, "git knows no revision `v9`");
    let error = Revision::read("--help", &repository.0).unwrap_err().to_string();
    assert_eq!(error, "git knows no revision `--help`");
    let revision = Revision::read("HEAD", &repository.0).unwrap();
    assert!(revision.path(&repository.0.join("spec/pets.yaml")).is_file());
    assert!(!revision.path(Path::new("CHANGES.md")).exists());
}
