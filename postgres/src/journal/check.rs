//! Whether the tables of the journal contradict each other.

use super::{PostgresJournal, read::only};
use crate::error::PostgresError;

/// What a check of a journal found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalCheck {
    /// The number of batches.
    pub batches: u64,
    /// The number of items in them.
    pub items: u64,
    /// What is wrong, at most 100 sentences.
    pub problems: Vec<String>,
}

/// A statement that returns what is wrong in batches, and the words for it.
const CHECKS: [(&str, &str); 4] = [
    (
        "has not as many items as it was planned with",
        "SELECT b.batch FROM specwright.batches b
         LEFT JOIN (SELECT batch, count(*) AS items FROM specwright.items GROUP BY batch) i USING (batch)
         WHERE coalesce(i.items, 0) <> b.size - b.moved ORDER BY b.batch LIMIT 25",
    ),
    (
        "is missing, and items are in it",
        "SELECT DISTINCT i.batch FROM specwright.items i
         WHERE NOT EXISTS (SELECT 1 FROM specwright.batches b WHERE b.batch = i.batch)
         ORDER BY i.batch LIMIT 25",
    ),
    (
        "is in a state that its attempts contradict",
        "SELECT batch FROM specwright.batches
         WHERE (phase = 'planned') <> (attempts = 0) OR unclear_attempts < 0
            OR (phase = 'finished') <> (outcome IS NOT NULL) ORDER BY batch LIMIT 25",
    ),
    (
        "has items of another operation or target",
        "SELECT DISTINCT b.batch FROM specwright.batches b JOIN specwright.items i USING (batch)
         WHERE i.scope <> b.scope ORDER BY b.batch LIMIT 25",
    ),
];

impl PostgresJournal {
    /// Reads all batches and items, and returns what contradicts itself. Nothing is changed.
    ///
    /// # Errors
    ///
    /// Returns an error of the database.
    pub async fn check(&self) -> Result<JournalCheck, PostgresError> {
        let sql = "SELECT (SELECT count(*) FROM specwright.batches), (SELECT count(*) FROM specwright.items)";
        let rows = self.patient_rows("count items", sql, &[]).await?;
        let row = only(&rows, "a count")?;
        let count = |index| u64::try_from(row.get::<_, i64>(index)).unwrap_or_default();
        let mut found = JournalCheck { batches: count(0), items: count(1), problems: Vec::new() };
        for (wrong, sql) in CHECKS {
            let rows = self.patient_rows("check batches", sql, &[]).await?;
            found.problems.extend(rows.iter().map(|row| format!("batch {} {wrong}", row.get::<_, i64>(0))));
        }
        Ok(found)
    }
}
