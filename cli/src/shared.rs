//! Journals on PostgreSQL, which several hosts write at the same time: feature `postgres`.

use std::path::Path;
use std::sync::Arc;

use concur_cards::journal::SharedJournal;
#[cfg(feature = "postgres")]
use {crate::told, concur_cards::blocking::Wait as _, specwright_postgres::PostgresJournal};

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

/// Connects to a journal that a push writes.
#[cfg(feature = "postgres")]
pub(crate) fn journal(url: &str) -> Result<Arc<dyn SharedJournal>, String> {
    Ok(Arc::new(connect(url)?))
}

#[cfg(not(feature = "postgres"))]
pub(crate) fn journal(_: &str) -> Result<Arc<dyn SharedJournal>, String> {
    Err(MISSING.to_owned())
}

#[cfg(not(feature = "postgres"))]
pub(crate) const MISSING: &str = "this build has no journals on PostgreSQL: it lacks the feature `postgres`";
