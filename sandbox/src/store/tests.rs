use std::fs;
use std::time::Duration;

use redb::TableDefinition;

use super::*;
use crate::bulk::{BulkRequestRecord, Caller, Item, Kind, Outcome, Reason, Role, Status};
use crate::instant::Instant;

const PROCESSING: Processing = Processing { delay: Duration::from_secs(2), partial: 0.0, seed: 1 };

fn caller(company: &str) -> Caller {
    Caller { application: "app".to_owned(), company: company.to_owned() }
}

fn item(id: &str, role: Role) -> Item {
    Item { external_id: id.to_owned(), role, outcome: Outcome::Waiting }
}

fn virtual_account(id: &str, parent: &str) -> Item {
    item(id, Role::Virtual(parent.to_owned()))
}

fn transaction(id: &str, account: &str) -> Item {
    item(id, Role::Transaction(account.to_owned()))
}

/// Accepts a request and processes it at once.
fn done(store: &Store, company: &str, kind: Kind, items: &[Item]) -> (BulkRequestRecord, Vec<Outcome>) {
    let now = Instant(1000);
    let accepted = store.accept(caller(company), kind, items, false, now, now).unwrap();
    assert_eq!(accepted.status, Status::InProgress);
    let [record] = <[_; 1]>::try_from(store.process(&PROCESSING, now).unwrap()).unwrap();
    assert_eq!(store.request(&accepted.id).unwrap().as_ref(), Some(&record));
    let outcomes = store.items(&record.id, 0, 10).unwrap().iter().map(|item| item.outcome).collect();
    (record, outcomes)
}

#[test]
fn items_end_as_the_pages_say() {
    use Outcome::{Created, Ignored};

    let store = Store::in_memory().unwrap();
    let accounts = [
        // The billing account stands behind it, in the same request.
        virtual_account("v-1", "m-1"),
        item("m-1", Role::Account),
        virtual_account("v-2", "nobody"),
        virtual_account("v-3", "v-1"),
    ];
    let (record, outcomes) = done(&store, "a", Kind::Accounts, &accounts);
    let unknown = Ignored(Reason::UnknownBillingAccount);
    assert_eq!(outcomes, [Created, Created, unknown, Ignored(Reason::VirtualBillingAccount)]);
    assert_eq!((record.status, record.processed, record.ignored), (Status::DoneWithErrors, 4, 2));
    assert_eq!(record.completed_at, Some(Instant(1000)));

    let (record, outcomes) = done(&store, "a", Kind::Accounts, &[virtual_account("v-4", "m-1")]);
    assert_eq!((record.status, outcomes), (Status::Done, vec![Created]));
    let again = [item("m-1", Role::Account), virtual_account("v-2", "m-1")];
    let (_, outcomes) = done(&store, "a", Kind::Accounts, &again);
    // What was ignored may come again.
    assert_eq!(outcomes, [Ignored(Reason::AlreadyKnown), Created]);

    let transactions = [transaction("t-1", "v-1"), transaction("t-2", "v-3"), transaction("m-1", "m-1")];
    let (_, outcomes) = done(&store, "a", Kind::Transactions, &transactions);
    assert_eq!(outcomes, [Created, Ignored(Reason::UnknownAccount), Created]);
    let (_, outcomes) = done(&store, "a", Kind::Transactions, &transactions[..1]);
    assert_eq!(outcomes, [Ignored(Reason::AlreadyKnown)]);
    // Companies know nothing of each other.
    let (_, outcomes) = done(&store, "b", Kind::Transactions, &transactions[..1]);
    assert_eq!(outcomes, [Ignored(Reason::UnknownAccount)]);
    assert_eq!((store.created(Kind::Accounts).unwrap(), store.created(Kind::Transactions).unwrap()), (4, 2));
}

#[test]
fn a_request_is_in_progress_until_its_time_has_come() {
    let store = Store::in_memory().unwrap();
    let items = [item("a", Role::Account)];
    let (now, due) = (Instant(1000), Instant(3000));
    let first = store.accept(caller("a"), Kind::Accounts, &items, false, now, due).unwrap();
    let second = store.accept(caller("a"), Kind::Accounts, &items, false, now, Instant(3001)).unwrap();
    assert!(store.process(&PROCESSING, Instant(2999)).unwrap().is_empty());
    assert_eq!(store.next_due().unwrap(), Some(due));
    let processed = store.process(&PROCESSING, due).unwrap();
    assert_eq!(processed.iter().map(|record| &record.id).collect::<Vec<_>>(), [&first.id]);
    // The requests are processed in the order in which they were accepted.
    assert_eq!(store.process(&PROCESSING, Instant(9000)).unwrap()[0].status, Status::DoneWithErrors);
    assert_eq!(store.next_due().unwrap(), None);
    let listed = store.latest(1).unwrap();
    assert_eq!((listed.requests[0].id.as_str(), listed.total), (second.id.as_str(), 2));
    let (empty, outcomes) = done(&store, "a", Kind::Accounts, &[]);
    assert_eq!((empty.status, outcomes.len()), (Status::Done, 0));
}

#[test]
fn some_requests_are_processed_in_two_steps() {
    let store = Store::in_memory().unwrap();
    let processing = Processing { partial: 1.0, ..PROCESSING };
    let items = ["a", "b", "a"].map(|id| item(id, Role::Account));
    let now = Instant(1000);
    let id = store.accept(caller("a"), Kind::Accounts, &items, false, now, now).unwrap().id;
    let record = store.process(&processing, now).unwrap().remove(0);
    assert_eq!((record.status, record.processed, record.completed_at), (Status::Partial, 1, None));
    assert_eq!(store.items(&id, 1, 1).unwrap()[0].outcome, Outcome::Waiting);
    assert!(store.process(&processing, Instant(2999)).unwrap().is_empty());
    let record = store.process(&processing, Instant(3000)).unwrap().remove(0);
    assert_eq!((record.status, record.processed, record.ignored), (Status::DoneWithErrors, 3, 1));
    let state = record.state().unwrap();
    assert_eq!(state.completed_at.unwrap().to_string(), "1970-01-01T00:00:03Z");
    assert_eq!((state.total_elements, state.status.to_string().as_str()), (3, "COMPLETED_WITH_ERRORS"));
}

#[test]
fn a_request_ends_with_warnings_unless_an_item_is_ignored() {
    let store = Store::in_memory().unwrap();
    let (items, now) = ([item("a", Role::Account)], Instant(1000));
    for status in ["COMPLETED_WITH_WARNINGS", "COMPLETED_WITH_ERRORS"] {
        store.accept(caller("a"), Kind::Accounts, &items, true, now, now).unwrap();
        let record = store.process(&PROCESSING, now).unwrap().remove(0);
        assert_eq!(record.state().unwrap().status.to_string(), status);
    }
}

#[test]
fn a_store_in_use_is_told_in_a_sentence() {
    let path = std::env::temp_dir().join(format!("cards-sandbox-{}.redb", std::process::id()));
    let held = Store::open(&path).unwrap();
    let told = Store::open(&path).unwrap_err().to_string();
    assert!(told.contains("is in use by another sandbox: "), "{told}");
    drop(held);
    fs::remove_file(path).unwrap();
}

/// Returns what is said of a store that can't be opened.
fn refused(path: &Path) -> String {
    Store::open(path).unwrap_err().to_string()
}

#[test]
fn what_is_no_store_is_told_with_what_to_do_about_it() {
    let folder = std::env::temp_dir().join(format!("cards-sandbox-stores-{}", std::process::id()));
    fs::create_dir_all(folder.join("folder")).unwrap();
    let file = |name: &str| folder.join(name);
    drop(Store::open(&file("good")).unwrap());
    let good = fs::read(file("good")).unwrap();
    let has_other_tables = |name: &str, table: TableDefinition<u64, u64>| {
        let database = Database::create(file(name)).unwrap();
        let transaction = database.begin_write().unwrap();
        transaction.open_table(table).unwrap();
        transaction.commit().unwrap();
    };
    has_other_tables("foreign", TableDefinition::new("others"));
    has_other_tables("older", TableDefinition::new("requests"));
    for (name, contents, told) in [
        (
            "text",
            &b"no store\n"[..],
            "is no store of the sandbox and was left as it is: give `--data` another",
        ),
        ("cut", &good[..100], "is damaged ("),
        // The database panics.
        ("half", &good[..good.len() / 2], "is damaged ("),
        ("folder/file/file", b"", "does not exist: create it"),
        ("folder", b"", "is a folder: `--data` needs the name of a file"),
        ("foreign", b"", "is no store of the sandbox"),
        ("older", b"", "is of another version of the sandbox ("),
    ] {
        if !contents.is_empty() {
            fs::write(file(name), contents).unwrap();
        }
        let found = refused(&file(name));
        assert!(found.contains(told), "{name}: {found}");
    }
    fs::write(file("empty"), "").unwrap();
    drop(Store::open(&file("empty")).unwrap());
    fs::remove_dir_all(folder).unwrap();
}
