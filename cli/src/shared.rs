//! What several hosts share on PostgreSQL, journals and tokens: feature `postgres`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use concur_cards::client::OAuth2;
use concur_cards::journal::SharedJournal;
#[cfg(feature = "postgres")]
use {
    crate::message::told,
    concur_cards::blocking::Wait as _,
    specwright_postgres::{Database, PostgresJournal, PostgresTokenStore},
};

/// Returns the URL, if the journal is in a database.
pub(crate) fn url(journal: &Path) -> Option<&str> {
    let text = journal.to_str()?;
    ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)).then_some(text)
}

/// Connects to a journal.
#[cfg(feature = "postgres")]
pub(crate) fn connect(url: &str) -> Result<PostgresJournal, String> {
    PostgresJournal::connect(url).wait().map_err(|error| told(&error))
}

/// Connects to a journal that a push writes. Others may take its batches over after this lease.
#[cfg(feature = "postgres")]
pub(crate) fn journal(url: &str, lease: Duration) -> Result<Arc<dyn SharedJournal>, String> {
    Ok(Arc::new(connect(url)?.with_lease(lease)))
}

#[cfg(not(feature = "postgres"))]
pub(crate) fn journal(_: &str, _: Duration) -> Result<Arc<dyn SharedJournal>, String> {
    Err(MISSING.to_owned())
}

/// Keeps the tokens of a company in a database.
#[cfg(feature = "postgres")]
pub(crate) fn tokens(source: OAuth2, url: &str, company: &str) -> Result<OAuth2, String> {
    let database = Database::connect(url).wait().map_err(|error| told(&error))?;
    Ok(source.store(PostgresTokenStore::new(&database, company)))
}

#[cfg(not(feature = "postgres"))]
pub(crate) fn tokens(_: OAuth2, _: &str, _: &str) -> Result<OAuth2, String> {
    Err(MISSING.to_owned())
}

#[cfg(not(feature = "postgres"))]
pub(crate) const MISSING: &str = "this build can't use PostgreSQL: it lacks the feature `postgres`";
