//! The items of a report, page by page.

use std::{collections::VecDeque, pin::Pin};

use futures_util::{Stream, stream};
use specwright_runtime::journal::{
    Fate, ItemKey, JournalError, RefusedItem, ReportItem, ReportOf, ReportStream, Standing,
};
use tokio_postgres::types::Type;

use super::{
    PostgresJournal,
    items::key,
    read::is_under_way,
    row::{self, COLUMNS, IS_LEASED, large},
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
    /// Returns the items in the order of their batches, then those that were set aside.
    pub(super) fn report_items(&self, of: &ReportOf) -> ReportStream<'_> {
        let start = (Filter::of(of), Next::Batches(-1), Items::new());
        Box::pin(stream::try_unfold(start, move |(filter, mut next, mut items)| async move {
            loop {
                if let Some(item) = items.pop_front() {
                    return Ok(Some((item, (filter, next, items))));
                }
                let page = match &next {
                    Next::Batches(last) => self.batches_after(&filter, *last).await,
                    Next::Aside(scope, hash) => self.aside_after(&filter, *scope, hash).await,
                    Next::End => return Ok(None),
                };
                (items, next) = page.map_err(JournalError::other)?;
            }
        }))
    }

    /// Returns the batches that are not over, in the order of their numbers, each with all items that are in
    /// it.
    #[must_use]
    pub fn unfinished(&self) -> UnfinishedStream<'_> {
        let start = (-1, VecDeque::new());
        Box::pin(stream::try_unfold(start, move |(last, mut page)| async move {
            if page.is_empty() {
                page = self.unfinished_after(last).await.map_err(JournalError::other)?;
            }
            let Some(found): Option<Standing> = page.pop_front() else { return Ok(None) };
            let last = large(found.batch.id().0);
            Ok(Some((found, (last, page))))
        }))
    }

    async fn unfinished_after(&self, last: i64) -> Result<VecDeque<Standing>, PostgresError> {
        let sql = format!(
            "SELECT batch FROM specwright.batches WHERE NOT is_over AND batch > $1
             ORDER BY batch LIMIT {BATCHES}"
        );
        let rows = self.patient_rows("read batches", &sql, &[(&last, Type::INT8)]).await?;
        let numbers: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
        let items = self.items_of(&numbers).await?;
        Ok(self.standings(&numbers, items).await?.into())
    }

    async fn batches_after(&self, filter: &Filter, last: i64) -> Result<(Items, Next), PostgresError> {
        let sql = format!(
            "SELECT {COLUMNS}, {IS_LEASED} FROM specwright.batches b JOIN specwright.scopes s USING (scope)
             WHERE b.batch > $1 AND ($2 IS NULL OR b.run = $2)
                AND ($3 IS NULL OR b.planned_at >= to_timestamp($3))
                AND ($4 IS NULL OR b.planned_at < to_timestamp($4))
             ORDER BY b.batch LIMIT {BATCHES}"
        );
        let parameters = [
            (&last as _, Type::INT8),
            (&filter.run as _, Type::INT8),
            (&filter.from as _, Type::FLOAT8),
            (&filter.to as _, Type::FLOAT8),
        ];
        let rows = self.patient_rows("read batches", &sql, &parameters).await?;
        let numbers: Vec<i64> = rows.iter().map(|row| row.get("batch")).collect();
        let Some(last) = numbers.last().copied() else {
            return Ok((Items::new(), Next::Aside(0, Vec::new())));
        };
        let mut of_batches = self.items_of(&numbers).await?;
        let mut items = Items::new();
        for (row, number) in rows.iter().zip(&numbers) {
            let of_batch = of_batches.remove(number).unwrap_or_default();
            let batch = row::batch(row, of_batch)?.batch;
            let under_way = is_under_way(&batch, row.get("is_leased"));
            items.extend(batch.plan().keys.iter().map(|key| {
                let (fate, item) = ReportItem::in_batch(&batch, key.clone());
                (fate, item.with_sender(under_way))
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
        let rows = self.patient_rows("read items", &sql, &parameters).await?;
        let next = rows.last().map_or(Next::End, |row| Next::Aside(row.get(0), row.get(1)));
        let item = |row: &tokio_postgres::Row| -> Result<(Fate, ReportItem), PostgresError> {
            let key: ItemKey = key(row.get(4), row.get(5))?;
            let refused = RefusedItem { key, codes: row.get(6) };
            Ok((Fate::RejectedByValidator, ReportItem::set_aside(row.get(2), row.get(3), refused)))
        };
        Ok((rows.iter().map(item).collect::<Result<_, _>>()?, next))
    }
}
