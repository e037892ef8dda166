//! Items as columns: arrays that a statement unnests.

use std::collections::BTreeMap;

use specwright_runtime::journal::{HashKey, ItemKey, RefusedItem};
use tokio_postgres::types::Type;

use super::statement::Parameter;

/// Columns of items, in the same order.
#[derive(Default)]
pub(super) struct ItemColumns {
    pub(super) hashes: Vec<Vec<u8>>,
    keys: Vec<String>,
    is_hashed: Vec<bool>,
}

impl ItemColumns {
    pub(super) fn of<'a>(
        hash_key: HashKey,
        operation: &str,
        target: &str,
        keys: impl IntoIterator<Item = &'a ItemKey>,
    ) -> Self {
        let mut columns = Self::default();
        for key in keys {
            columns.hashes.push(stored(hash_key.item(operation, target, key)));
            match key.hash_value() {
                Some(hash) => columns.keys.push(format!("{hash:032x}")),
                None => columns.keys.push(key.text().map_or_else(|| key.to_string(), str::to_owned)),
            }
            columns.is_hashed.push(key.hash_value().is_some());
        }
        columns
    }

    /// Returns hashes, keys, and whether those are hashes, as three parameters.
    pub(super) fn parameters(&self) -> [Parameter<'_>; 3] {
        [
            (&self.hashes, Type::BYTEA_ARRAY),
            (&self.keys, Type::TEXT_ARRAY),
            (&self.is_hashed, Type::BOOL_ARRAY),
        ]
    }
}

/// Refused items as columns; each once, because a statement can't write a row twice.
#[derive(Default)]
pub(super) struct RefusedColumns {
    pub(super) items: ItemColumns,
    /// Each a JSON array: arrays of SQL in an array must be of the same length.
    pub(super) codes: Vec<String>,
}

impl RefusedColumns {
    pub(super) fn of<'a>(
        hash_key: HashKey,
        operation: &str,
        target: &str,
        items: impl IntoIterator<Item = &'a RefusedItem>,
    ) -> Self {
        let each: BTreeMap<&ItemKey, &[String]> =
            items.into_iter().map(|item| (&item.key, item.codes.as_slice())).collect();
        let codes = each.values().map(|codes| serde_json::Value::from(codes.to_vec()).to_string()).collect();
        Self { items: ItemColumns::of(hash_key, operation, target, each.into_keys()), codes }
    }
}

/// Returns the part of a statement that writes refused items: hashes, keys, whether those are hashes, and
/// codes are the parameters of these numbers, the scope is `$2` and the run `$3`.
pub(super) fn written([hashes, keys, is_hashed, codes]: [usize; 4]) -> String {
    format!(
        "aside AS (
            INSERT INTO specwright.set_aside (scope, hash, key, is_hashed, codes, run)
            SELECT $2, hash, key, is_hashed, ARRAY(SELECT jsonb_array_elements_text(codes::jsonb)), $3
            FROM unnest(${hashes}, ${keys}, ${is_hashed}, ${codes}) AS item (hash, key, is_hashed, codes)
            ORDER BY hash
            ON CONFLICT (scope, hash) DO UPDATE SET codes = excluded.codes, run = excluded.run, at = now()
        )"
    )
}

/// The 96 bits of a hash.
fn stored(hash: u128) -> Vec<u8> {
    hash.to_be_bytes().into_iter().skip(4).collect()
}

/// Returns the key of a row; `None` if it is damaged.
pub(super) fn key(text: &str, is_hashed: bool) -> Option<ItemKey> {
    if !is_hashed {
        return Some(ItemKey::verbatim(text));
    }
    u128::from_str_radix(text, 16).ok().map(ItemKey::hashed)
}
