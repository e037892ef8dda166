//! The server that the tests use.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use tokio_postgres::{Client, NoTls};

/// The variable with the URL of the server.
pub(crate) const VARIABLE: &str = "SPECWRIGHT_POSTGRES_URL";
/// The variable with the host and port of a pooler before it, in transaction mode, which the library is then to use.
const POOLER: &str = "SPECWRIGHT_POSTGRES_POOLER";

/// A database of one test, which is dropped with it.
pub(crate) struct TestDatabase {
    name: String,
    direct_url: String,
    pub(crate) url: String,
}

impl TestDatabase {
    /// Creates an empty database.
    pub(crate) async fn create() -> Self {
        static CREATED: AtomicU32 = AtomicU32::new(0);
        let server = server();
        let ordinal = CREATED.fetch_add(1, Ordering::Relaxed);
        let name = format!("specwright_{}_{ordinal}", std::process::id());
        let statement = format!("CREATE DATABASE {name}");
        connect(&server).await.batch_execute(&statement).await.unwrap();
        let direct_url = with_name(&server, &name);
        let url = match (env::var(POOLER), direct_url.split_once('@')) {
            (Ok(pooler), Some((role, _))) => format!("{role}@{pooler}/{name}?"),
            _ => direct_url.clone(),
        };
        Self { name, direct_url, url }
    }

    /// Makes a connection for statements of the test itself.
    pub(crate) async fn client(&self) -> Client {
        connect(&self.direct_url).await
    }

    /// The same database for another role, whose password is `secret`.
    pub(crate) fn url_of(&self, role: &str) -> String {
        let (_, host) = self.url.rsplit_once('@').unwrap();
        format!("postgres://{role}:secret@{host}")
    }

    pub(crate) async fn drop(self) {
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        connect(&server()).await.batch_execute(&statement).await.unwrap();
    }
}

fn server() -> String {
    env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set"))
}

/// The same server, with another database.
fn with_name(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (host, _) = address.rsplit_once('/').unwrap();
    format!("{host}/{name}?{query}")
}

pub(crate) async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
