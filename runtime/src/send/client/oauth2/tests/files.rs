//! Tokens in real files.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use super::*;

/// A folder that goes with the test.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("specwright-tokens-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn file(&self) -> PathBuf {
        self.0.join("token.json")
    }

    /// A file for its owner only.
    fn write(&self, text: &str) -> FileTokenStore {
        fs::write(self.file(), text).unwrap();
        fs::set_permissions(self.file(), fs::Permissions::from_mode(0o600)).unwrap();
        FileTokenStore::new(self.file())
    }

    fn names(&self) -> Vec<String> {
        let names =
            fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn tokens_outlive_the_process() {
    let folder = Folder::new("again");
    let bench = Bench::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    let source = || password().store(FileTokenStore::new(folder.file()));
    assert_eq!(bench.secret(&source()), "a1");
    assert_eq!(bench.secret(&source()), "a1");
    bench.advance(3600);
    assert_eq!(bench.secret(&source()), "a2");
    assert_eq!(bench.sent(), ["password", "r1"]);
    assert_eq!((mode(&folder.file()), mode(&folder.0.join("token.json.lock"))), (0o600, 0o600));
    assert_eq!(folder.names(), ["token.json", "token.json.lock"]);
    assert!(
        fs::read_to_string(folder.file())
            .unwrap()
            .starts_with(r#"{"format":"specwright-tokens","version":1"#)
    );
}

#[test]
fn a_file_that_others_may_read_is_not_used() {
    let folder = Folder::new("open");
    let store = FileTokenStore::new(folder.file());
    store.write(&StoredToken::new("r1")).unwrap();
    for open in [0o640, 0o604, 0o620, 0o601] {
        fs::set_permissions(folder.file(), fs::Permissions::from_mode(open)).unwrap();
        let error = store.read().unwrap_err();
        assert!(matches!(&error, StoreError::OpenToOthers { mode, .. } if *mode == open), "{error}");
        assert!(
            error.to_string().contains(&format!("is open to others (mode {open:03o}); `chmod 600 ")),
            "{error}"
        );
        assert!(store.write(&StoredToken::new("r2")).is_err());
        let bench = Bench::new([]);
        assert_eq!(bench.problem(&refresh_only(store.clone())), TokenProblem::NotStored);
    }
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(store.read().unwrap().unwrap().expose_refresh_token(), Some("r1"));
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let folder = Folder::new("foreign");
    FileTokenStore::new(folder.file()).write(&StoredToken::new("SECRET")).unwrap();
    let whole = fs::read_to_string(folder.file()).unwrap();
    let body = whole.trim_end();
    let torn = (0..body.len()).map(|end| (body[..end].to_owned(), "is damaged"));
    let others = [
        ("hello".to_owned(), "is not a token file"),
        ("{}".to_owned(), "is not a token file"),
        (r#"{"format":"other","token":{}}"#.to_owned(), "is not a token file"),
        ("[".repeat(100_000), "is not a token file"),
        (whole.replace("\"version\":1", "\"version\":2"), "has version 2"),
        (whole.replace("\"version\":1", "\"version\":\"1\""), "is damaged"),
        (whole.replace("\"SECRET\"", "{\"SECRET\":\"SECRET\"}"), "is damaged"),
        (format!("{whole}more"), "is damaged"),
    ];
    for (text, message) in torn.chain(others) {
        let store = folder.write(&text);
        let errors = [store.read().map(drop).unwrap_err(), store.write(&StoredToken::new("r2")).unwrap_err()];
        for error in errors {
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(message), "{text:.80}: {shown}");
            assert!(!shown.contains("SECRET"), "{shown}");
        }
        assert_eq!(fs::read_to_string(folder.file()).unwrap(), text);
    }
    assert_eq!(folder.names(), ["token.json", "token.json.lock"]);
    let folder = FileTokenStore::new(&folder.0);
    assert!(matches!(folder.read(), Err(StoreError::Foreign { .. })));
}

#[test]
fn a_file_that_goes_bad_meanwhile_does_not_stop_the_calls() {
    let folder = Folder::new("meanwhile");
    let bench = Bench::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    let source = password().store(FileTokenStore::new(folder.file()));
    assert_eq!(bench.secret(&source), "a1");
    folder.write("somebody's notes");
    bench.advance(3600);
    assert_eq!(bench.secret(&source), "a2");
    assert!(matches!(&*source.last_store_error().unwrap(), StoreError::Foreign { .. }));
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), "somebody's notes");
    // Once it is out of the way, what was got is saved.
    fs::remove_file(folder.file()).unwrap();
    bench.advance(10);
    bench.token(&source).unwrap();
    assert!(source.last_store_error().is_none());
    let stored = FileTokenStore::new(folder.file()).read().unwrap().unwrap();
    assert_eq!(stored.expose_refresh_token(), Some("r2"));
}

#[test]
fn what_a_crash_left_is_replaced() {
    let folder = Folder::new("crash");
    let left = folder.0.join("token.json.new");
    fs::write(&left, "half a tok").unwrap();
    let store = FileTokenStore::new(folder.file());
    store.write(&StoredToken::new("r1")).unwrap();
    assert!(!left.exists());
    assert_eq!(mode(&folder.file()), 0o600);
}

#[test]
fn a_link_stays_a_link() {
    let folder = Folder::new("link");
    let link = folder.0.join("link.json");
    FileTokenStore::new(folder.file()).write(&StoredToken::new("r1")).unwrap();
    symlink(folder.file(), &link).unwrap();
    let store = FileTokenStore::new(&link);
    store.write(&StoredToken::new("r2")).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let stored = FileTokenStore::new(folder.file()).read().unwrap().unwrap();
    assert_eq!(stored.expose_refresh_token(), Some("r2"));
}

#[test]
fn a_missing_folder_is_said() {
    let folder = Folder::new("missing");
    let store = FileTokenStore::new(folder.0.join("no").join("token.json"));
    assert!(store.read().unwrap().is_none());
    let error = store.write(&StoredToken::new("r1")).unwrap_err();
    assert!(error.to_string().starts_with("can't lock the token file "), "{error}");
}

#[test]
fn a_save_that_comes_late_undoes_nothing() {
    let folder = Folder::new("late");
    let store = FileTokenStore::new(folder.file());
    let token = StoredToken::new("r1");
    let early = store.save(&token);
    store.write(&StoredToken::new("r2")).unwrap();
    block_on(early).unwrap();
    assert_eq!(store.read().unwrap().unwrap().expose_refresh_token(), Some("r2"));
}

#[test]
fn writers_at_the_same_time_leave_a_whole_file() {
    let folder = Folder::new("writers");
    let store = FileTokenStore::new(folder.file());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            // Each with a store of its own, as processes have.
            let (store, ours) = (FileTokenStore::new(folder.file()), store.clone());
            scope.spawn(move || {
                for round in 0..25 {
                    store.write(&StoredToken::new(format!("r{writer}-{round}"))).unwrap();
                    assert!(ours.read().unwrap().is_some());
                }
            });
        }
    });
    assert_eq!(folder.names(), ["token.json", "token.json.lock"]);
}

#[test]
fn a_file_that_can_not_be_replaced_is_told_before_the_service_is_asked() {
    let folder = Folder::new("unwritable");
    FileTokenStore::new(folder.file()).write(&StoredToken::new("r1")).unwrap();
    let before = fs::read(folder.file()).unwrap();
    let other = Folder::new("unwritable-too");
    let no_folder = other.0.join("no").join("token.json");
    // A folder in the way keeps the new file from being made, whoever runs the test.
    fs::create_dir(folder.0.join("token.json.new")).unwrap();
    fs::create_dir(other.0.join("token.json.new")).unwrap();
    let blocked = Folder::new("unlockable");
    fs::create_dir(blocked.0.join("token.json.lock")).unwrap();
    for (path, doing) in
        [(folder.file(), "replace"), (other.file(), "replace"), (no_folder, "lock"), (blocked.file(), "lock")]
    {
        let bench = Bench::new([granted_with("a1", "r1")]);
        let error = bench.token(&password().store(FileTokenStore::new(&path))).unwrap_err();
        assert_eq!((error.problem(), error.is_transient()), (TokenProblem::NotStored, false));
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, format!("can't {doing} the token file {}", path.display()));
        assert_eq!(bench.count(), 0);
    }
    assert_eq!(fs::read(folder.file()).unwrap(), before);
    assert_eq!(folder.names(), ["token.json", "token.json.lock", "token.json.new"]);

    // It is no longer an error that stops calls once the first token has been saved.
    fs::remove_dir(folder.0.join("token.json.new")).unwrap();
    let bench = Bench::new([granted_with("a1", "r2"), granted_with("a2", "r3")]);
    let source = refresh_only(FileTokenStore::new(folder.file()));
    assert_eq!(bench.secret(&source), "a1");
    fs::create_dir(folder.0.join("token.json.new")).unwrap();
    bench.advance(3600);
    assert_eq!(bench.secret(&source), "a2");
    assert!(matches!(&*source.last_store_error().unwrap(), StoreError::Io { doing: "replace", .. }));
    fs::remove_dir(folder.0.join("token.json.new")).unwrap();
    bench.advance(10);
    assert_eq!(bench.secret(&source), "a2");
    assert!(source.last_store_error().is_none());
}

#[test]
fn a_good_token_in_a_file_that_can_not_be_written_is_used() {
    let folder = Folder::new("read-only");
    let bench = Bench::new([granted_with("a1", "r1")]);
    assert_eq!(bench.secret(&password().store(FileTokenStore::new(folder.file()))), "a1");
    fs::create_dir(folder.0.join("token.json.new")).unwrap();
    let source = password().store(FileTokenStore::new(folder.file()));
    assert_eq!(bench.secret(&source), "a1");
    bench.advance(3600);
    assert_eq!(bench.problem(&source), TokenProblem::NotStored);
    assert_eq!(bench.count(), 1);
}

#[test]
fn a_link_to_a_file_that_is_not_there_yet_stays_a_link() {
    let folder = Folder::new("dangling");
    let (first, link) = (folder.0.join("first.json"), folder.0.join("link.json"));
    symlink("token.json", &first).unwrap();
    symlink(&first, &link).unwrap();
    FileTokenStore::new(&link).write(&StoredToken::new("r1")).unwrap();
    assert_eq!(folder.names(), ["first.json", "link.json", "token.json", "token.json.lock"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
