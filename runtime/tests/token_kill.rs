//! A token file whose writer is killed in the middle: it holds the token before or the one after, whole.
#![cfg(all(unix, feature = "client"))]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use specwright_runtime::client::oauth2::{FileTokenStore, StoredToken};

const FILE: &str = "SPECWRIGHT_TOKEN_KILL_FILE";

/// What the killed process does: it writes, and says what it wrote.
#[test]
#[ignore = "is the process that another test starts"]
fn child() {
    let store = FileTokenStore::new(env::var_os(FILE).unwrap());
    let last = store.read().unwrap().map_or(0, |token| number(&token));
    let mut said = std::io::stdout();
    for number in last + 1.. {
        store.write(&StoredToken::new(number.to_string())).unwrap();
        writeln!(said, "\nwrote {number}").unwrap();
    }
}

fn number(token: &StoredToken) -> u64 {
    token.expose_refresh_token().unwrap().parse().unwrap()
}

#[test]
fn a_killed_writer_leaves_a_whole_token() {
    let folder = env::temp_dir().join(format!("specwright-token-kill-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("token.json");
    for round in 0..20 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture"])
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let wrote = |line: String| line.strip_prefix("wrote ")?.parse::<u64>().ok();
        let said = lines.by_ref().filter_map(wrote).nth(round).unwrap();
        child.kill().unwrap();
        let said = lines.filter_map(wrote).last().unwrap_or(said);
        child.wait().unwrap();
        let found = number(&FileTokenStore::new(&path).read().unwrap().unwrap());
        assert!(found == said || found == said + 1, "said {said}, found {found}");
    }
    fs::remove_dir_all(&folder).unwrap();
}
