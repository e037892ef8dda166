//! The items of a report, page by page.

use std::{collections::VecDeque, pin::Pin};

use futures_util::{Stream, TryStreamExt as _, stream};
use specwright_runtime::journal::{
    Fate, JournalError, RefusedItem, ReportItem, ReportOf, ReportStream, Standing,
};
use tokio_postgres::types::Type;

use super::{
    PostgresJournal,
    items::key,
    read::{ALL_ITEMS, batches_with_items, standing},
    row::large,
    snapshot::Snapshot,
    statement::Parameter,
};
use crate::error::PostgresError;

/// How many batches, and how many items that were set aside, are read at a time.
const BATCHES: usize = 50;
const ASIDE: usize = 10_000;

/// Batches that are not over, one by one.
pub type UnfinishedStream<'a> = Pin<Box<dyn Stream<Item = Result<Standing, JournalError>> + Send + 'a>>;

type Items = VecDeque<(Fate, ReportItem)>;

/// How far a report is.
enum Next {
    /// The batches after this one.
    Batches(i64),
    /// The items that were set aside after the one of this scope and hash.
    Aside(i32, Vec<u8>),
    End,
}

/// Which rows are reported, as parameters: none of a kind is all.
#[derive(Clone, Copy)]
struct Filter {
    run: Option<i64>,
    from: Option<f64>,
    to: Option<f64>,
}

impl Filter {
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 have far fewer digits")]
    fn of(of: &ReportOf) -> Self {
        let mut filter = Self { run: None, from: None, to: None };
        match of {
            ReportOf::Run(run) => filter.run = Some(large(run.0)),
            ReportOf::Time(time) => {
                (filter.from, filter.to) = (Some(time.start as f64), Some(time.end as f64));
            }
            _ => {}
        }
        filter
    }
}

impl PostgresJournal {
    /// Returns the items in the order of their batches, then those that were set aside, all as they are when
    /// the first one is read.
    pub(super) fn report_items(&self, of: &ReportOf) -> ReportStream<'_> {
        let filter = Filter::of(of);
        let items = stream::once(async move { self.snapshot().await.map_err(JournalError::other) });
        Box::pin(items.map_ok(move |snapshot| items_of(snapshot, filter)).try_flatten())
    }

    /// Returns the batches that are not over, in the order of their numbers, each with all items that are in
    /// it, as they are when the first one is read.
    ///
    /// That is one transaction on a connection of its own, which ends with the stream: one that is kept for
    /// long keeps the server from cleaning up, and it ends with an error if the connection is lost.
    #[must_use]
    pub fn unfinished(&self) -> UnfinishedStream<'_> {
        let batches = stream::once(async move { self.snapshot().await.map_err(JournalError::other) });
        Box::pin(batches.map_ok(unfinished_of).try_flatten())
    }
}

/// Returns the items of a snapshot.
fn items_of(
    snapshot: Snapshot,
    filter: Filter,
) -> impl Stream<Item = Result<(Fate, ReportItem), JournalError>> + Send {
    let start = (snapshot, filter, Next::Batches(-1), Items::new());
    stream::try_unfold(start, |(snapshot, filter, mut next, mut items)| async move {
        loop {
            if let Some(item) = items.pop_front() {
                return Ok(Some((item, (snapshot, filter, next, items))));
            }
            let page = match &next {
                Next::Batches(last) => snapshot.batches_after(&filter, *last).await,
                Next::Aside(scope, hash) => snapshot.aside_after(&filter, *scope, hash).await,
                Next::End => return Ok(None),
            };
            (items, next) = page.map_err(JournalError::other)?;
        }
    })
}

/// Returns the batches of a snapshot that are not over.
fn unfinished_of(snapshot: Snapshot) -> impl Stream<Item = Result<Standing, JournalError>> + Send {
    let start = (snapshot, -1, VecDeque::new());
    stream::try_unfold(start, |(snapshot, last, mut page)| async move {
        if page.is_empty() {
            page = snapshot.unfinished_after(last).await.map_err(JournalError::other)?;
        }
        let Some(found): Option<Standing> = page.pop_front() else { return Ok(None) };
        let last = large(found.batch.id().0);
        Ok(Some((found, (snapshot, last, page))))
    })
}

impl Snapshot {
    async fn batches(
        &self,
        batches: &str,
        parameters: &[Parameter<'_>],
    ) -> Result<Vec<Standing>, PostgresError> {
        let rows = self.rows("read batches", &batches_with_items(batches, ALL_ITEMS), parameters).await?;
        rows.iter().map(standing).collect()
    }

    async fn unfinished_after(&self, last: i64) -> Result<VecDeque<Standing>, PostgresError> {
        let batches = format!(
            "SELECT batch FROM specwright.batches WHERE NOT is_over AND batch > $1
             ORDER BY batch LIMIT {BATCHES}"
        );
        Ok(self.batches(&batches, &[(&last, Type::INT8)]).await?.into())
    }

    async fn batches_after(&self, filter: &Filter, last: i64) -> Result<(Items, Next), PostgresError> {
        let batches = format!(
            "SELECT batch FROM specwright.batches
             WHERE batch > $1 AND ($2 IS NULL OR run = $2)
                AND ($3 IS NULL OR planned_at >= to_timestamp($3))
                AND ($4 IS NULL OR planned_at < to_timestamp($4))
             ORDER BY batch LIMIT {BATCHES}"
        );
        let parameters = [
            (&last as _, Type::INT8),
            (&filter.run as _, Type::INT8),
            (&filter.from as _, Type::FLOAT8),
            (&filter.to as _, Type::FLOAT8),
        ];
        let page = self.batches(&batches, &parameters).await?;
        let Some(last) = page.last().map(|found| large(found.batch.id().0)) else {
            return Ok((Items::new(), Next::Aside(0, Vec::new())));
        };
        let mut items = Items::new();
        for Standing { batch, is_under_way } in page {
            items.extend(batch.plan().keys.iter().map(|key| {
                let (fate, item) = ReportItem::in_batch(&batch, key.clone());
                (fate, item.with_sender(is_under_way))
            }));
        }
        Ok((items, Next::Batches(last)))
    }

    async fn aside_after(
        &self,
        filter: &Filter,
        scope: i32,
        hash: &[u8],
    ) -> Result<(Items, Next), PostgresError> {
        let sql = format!(
            "SELECT a.scope, a.hash, s.operation, s.target, a.key, a.is_hashed, a.codes
             FROM specwright.set_aside a JOIN specwright.scopes s USING (scope)
             WHERE (a.scope, a.hash) > ($1, $2) AND ($3 IS NULL OR a.run = $3)
                AND ($4 IS NULL OR a.at >= to_timestamp($4)) AND ($5 IS NULL OR a.at < to_timestamp($5))
                AND NOT EXISTS (SELECT 1 FROM specwright.items i WHERE i.scope = a.scope AND i.hash = a.hash)
             ORDER BY a.scope, a.hash LIMIT {ASIDE}"
        );
        let parameters = [
            (&scope as _, Type::INT4),
            (&hash as _, Type::BYTEA),
            (&filter.run as _, Type::INT8),
            (&filter.from as _, Type::FLOAT8),
            (&filter.to as _, Type::FLOAT8),
        ];
        let rows = self.rows("read items", &sql, &parameters).await?;
        let next = rows.last().map_or(Next::End, |row| Next::Aside(row.get(0), row.get(1)));
        let item = |row: &tokio_postgres::Row| -> Result<(Fate, ReportItem), PostgresError> {
            let damaged = || PostgresError::Damaged { row: "the key of an item".to_owned() };
            let key = key(row.get(4), row.get(5)).ok_or_else(damaged)?;
            let refused = RefusedItem { key, codes: row.get(6) };
            Ok((Fate::RejectedByValidator, ReportItem::set_aside(row.get(2), row.get(3), refused)))
        };
        Ok((rows.iter().map(item).collect::<Result<_, _>>()?, next))
    }
}
