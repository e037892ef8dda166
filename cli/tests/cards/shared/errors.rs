//! What is told when something is wrong.

use std::fs;

use super::{Shared, cards, folder, push, text};
use crate::desk::item;
use crate::local_sandbox::LocalSandbox;

#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn what_is_wrong_with_the_database_is_told() {
    let (folder, database) = (folder("errors"), Shared::create("errors"));
    let service = LocalSandbox::start();
    fs::write(folder.join("a.jsonl"), item("t-1", "") + "\n").unwrap();
    let told = |journal: &str| {
        let output = push(&folder, &service, journal, "a.jsonl").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        text(&output)
    };
    assert!(told(&database.url).contains("`specwright-postgres migrate`"), "{}", told(&database.url));
    database.migrate();
    let (user, rest) = database.url.split_once('@').unwrap();
    let (user, _) = user.rsplit_once(':').unwrap();
    let wrong = told(&format!("{user}:wrong@{rest}"));
    assert!(wrong.contains("see user and password in the URL") && !wrong.contains("wrong@"), "{wrong}");
    let nobody = told("postgres://cards:secret@127.0.0.1:1/cards");
    assert!(nobody.contains("can't connect to the database"), "{nobody}");
    let refused = |more: &[&str], journal: &str| {
        let output = push(&folder, &service, journal, "a.jsonl").args(more).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        text(&output)
    };
    let short = refused(&["--lease", "5s"], &database.url);
    assert!(short.contains("the lease of 5s is shorter than an attempt may take, which is 1m"), "{short}");
    assert!(refused(&["--wait", "5s"], "j").contains("are for a journal in a database"));
    assert_eq!(service.items(), 0);

    let pushed = push(&folder, &service, &database.url, "a.jsonl").output().unwrap();
    assert!(pushed.status.success(), "{}", text(&pushed));
    let shown = cards(&folder, &["journal", "show", &database.url]).output().unwrap();
    assert_eq!(text(&shown), "1 item: 1 accepted\n");
}
