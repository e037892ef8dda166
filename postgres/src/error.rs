//! Errors of the database.

use std::{error, fmt, time::Duration};

use tokio_postgres::error::SqlState;

/// Why the database could not be used.
///
/// It shows no URL, no parameter of a statement and no row, so that neither passwords nor tokens reach a log.
#[derive(Debug)]
#[non_exhaustive]
pub enum PostgresError {
    /// The URL can't be read.
    Url(String),
    /// The certificates to trust can't be read.
    Certificates(String),
    /// No connection could be made.
    Connect(ServerError),
    /// All connections of the pool were in use for this long.
    Busy {
        /// How long the caller has waited.
        waited: Duration,
    },
    /// The server has not answered a statement for this long. Whether it was done is not known.
    Silent {
        /// What the statement was to do.
        doing: &'static str,
        /// How long the caller has waited.
        waited: Duration,
    },
    /// The database has no tables of this library.
    NoSchema,
    /// The schema is of an earlier version of this library.
    OldSchema {
        /// The version of the schema.
        found: i32,
        /// The version that this library needs.
        needed: i32,
    },
    /// The schema is of a later version of this library.
    NewSchema {
        /// The version of the schema.
        found: i32,
        /// The latest version that this library knows.
        known: i32,
    },
    /// A row holds what this library has not written.
    Damaged {
        /// The row, in words.
        row: String,
    },
    /// A statement failed.
    Statement {
        /// What the statement was to do.
        doing: &'static str,
        /// What the server said.
        cause: ServerError,
    },
}

impl PostgresError {
    /// Returns the function that makes the error of a statement that was to do this.
    pub(crate) fn doing(doing: &'static str) -> impl Fn(tokio_postgres::Error) -> Self {
        move |error| Self::Statement { doing, cause: error.into() }
    }

    /// Returns true if the same may succeed later, without a change: the server restarts, the network is
    /// cut, all connections are in use, or the transaction met another one.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Busy { .. } | Self::Silent { .. } => true,
            Self::Connect(cause) | Self::Statement { cause, .. } => cause.is_transient(),
            _ => false,
        }
    }
}

impl fmt::Display for PostgresError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(problem) => write!(f, "the URL of the database can't be read: {problem}"),
            Self::Certificates(problem) => write!(
                f,
                "the certificates to trust can't be read: {problem}; `sslrootcert=FILE` in the URL names some, \
                 `sslmode=disable` goes without TLS"
            ),
            Self::Connect(cause) => write!(f, "can't connect to the database: {cause}{}", cause.help()),
            Self::Busy { waited } => {
                write!(f, "every connection to the database was in use for {} s", waited.as_secs())
            }
            Self::Silent { doing, waited } => {
                write!(f, "can't {doing}: the database has not answered for {} s", waited.as_secs())
            }
            Self::NoSchema => f.write_str(
                "the database has no tables of specwright-postgres; `specwright-postgres migrate` makes them",
            ),
            Self::OldSchema { found, needed } => write!(
                f,
                "the schema of the database has version {found}, and this program needs {needed}; \
                 `specwright-postgres migrate` brings it up to date"
            ),
            Self::NewSchema { found, known } => write!(
                f,
                "the schema of the database has version {found}, which is later than {known}, the latest that \
                 this program knows; update the program"
            ),
            Self::Damaged { row } => write!(f, "{row} is damaged; it was left as it is"),
            Self::Statement { doing, cause } => write!(f, "can't {doing}: {cause}{}", cause.help()),
        }
    }
}

impl error::Error for PostgresError {}

/// What the server or the connection to it said: a message, and the code of SQL if the server sent one.
///
/// Details and hints of the server are left out, because they may show rows.
#[derive(Debug, Clone)]
pub struct ServerError {
    code: Option<SqlState>,
    message: String,
    is_tls: bool,
}

/// What helps against what the server says.
const HELP: [(SqlState, &str); 7] = [
    // So says a pooler, whatever it is.
    (SqlState::PROTOCOL_VIOLATION, "; see user, password and database in the URL, and the log of the pooler"),
    (SqlState::INVALID_PASSWORD, "; see user and password in the URL"),
    (SqlState::INVALID_AUTHORIZATION_SPECIFICATION, "; see the user in the URL, and pg_hba.conf"),
    (SqlState::INVALID_CATALOG_NAME, "; `createdb` makes it"),
    (SqlState::INSUFFICIENT_PRIVILEGE, "; OPERATIONS.md lists the privileges"),
    (SqlState::UNDEFINED_TABLE, "; `specwright-postgres migrate` makes what is missing"),
    (SqlState::INVALID_SCHEMA_NAME, "; `specwright-postgres migrate` makes what is missing"),
];

impl ServerError {
    /// Returns the `SQLSTATE`, if the server sent one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(SqlState::code)
    }

    /// Returns true if the same may succeed later, without a change.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let Some(code) = self.code() else { return !self.is_tls };
        // Connection, resources, the operator, and transactions that met each other.
        ["08", "53", "57P", "40"].iter().any(|class| code.starts_with(class))
            || self.code == Some(SqlState::READ_ONLY_SQL_TRANSACTION)
            || self.code == Some(SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT)
    }

    /// What to do about it, as the end of a sentence.
    fn help(&self) -> &'static str {
        if self.is_tls {
            return "; `sslrootcert=FILE` in the URL names the certificates to trust";
        }
        let help = HELP.iter().find(|(code, _)| self.code.as_ref() == Some(code));
        help.map_or("", |(_, help)| help)
    }
}

impl From<tokio_postgres::Error> for ServerError {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(said) = error.as_db_error() {
            return Self {
                code: Some(said.code().clone()),
                message: said.message().to_owned(),
                is_tls: false,
            };
        }
        let mut message = error.to_string();
        let mut is_tls = false;
        let mut cause = error::Error::source(&error);
        while let Some(deeper) = cause {
            message = format!("{message}: {deeper}");
            is_tls |= is_certificate(deeper);
            cause = deeper.source();
        }
        Self { code: None, message, is_tls }
    }
}

/// Whether TLS failed in a way that lasts. It comes within an error of input and output.
fn is_certificate(error: &(dyn error::Error + 'static)) -> bool {
    let outer = error.downcast_ref::<std::io::Error>();
    match outer.and_then(std::io::Error::get_ref) {
        Some(inner) => inner.is::<rustls::Error>(),
        None => error.is::<rustls::Error>(),
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code() {
            Some(code) => write!(f, "{} (SQLSTATE {code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl error::Error for ServerError {}
