//! Tokens that are good.

use redb::{ReadableDatabase as _, ReadableTable as _};
use serde::{Deserialize, Serialize};

use super::tables::{ACCESS_TOKENS, REFRESH_TOKENS, get, put};
use super::{Store, StoreError};
use crate::bulk::Caller;
use crate::instant::Instant;

/// What a token is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Whose it is.
    #[serde(flatten)]
    pub caller: Caller,
    /// The scopes that it covers.
    pub scopes: Vec<String>,
    /// When it ends to be good.
    pub expires_at: Instant,
}

impl Store {
    /// Keeps a new access token and a new refresh token, and forgets the refresh token that they replace.
    /// Access tokens that have expired are forgotten too. Returns false, and changes nothing, if the refresh
    /// token that they replace was used meanwhile.
    ///
    /// # Errors
    ///
    /// The database failed: the old token stays good, the new ones are not.
    pub fn grant(
        &self,
        access: (&str, &Grant),
        refresh: (&str, &Grant),
        replaces: Option<&str>,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let transaction = self.database.begin_write()?;
        {
            let mut refreshes = transaction.open_table(REFRESH_TOKENS)?;
            if let Some(token) = replaces
                && refreshes.remove(token)?.is_none()
            {
                // Nothing was written, and dropping the transaction takes it back.
                return Ok(false);
            }
            put(&mut refreshes, refresh.0, refresh.1)?;
            let mut accesses = transaction.open_table(ACCESS_TOKENS)?;
            let mut expired = Vec::new();
            for entry in accesses.iter()? {
                let (token, grant) = entry?;
                if serde_json::from_slice::<Grant>(grant.value())?.expires_at <= now {
                    expired.push(token.value().to_owned());
                }
            }
            for token in expired {
                accesses.remove(token.as_str())?;
            }
            put(&mut accesses, access.0, access.1)?;
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Returns what an access token is good for, unless it has expired.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn access(&self, token: &str, now: Instant) -> Result<Option<Grant>, StoreError> {
        let table = self.database.begin_read()?.open_table(ACCESS_TOKENS)?;
        Ok(get::<_, Grant>(&table, token)?.filter(|grant| grant.expires_at > now))
    }

    /// Returns what a refresh token is good for, unless it has expired or was used.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn refresh(&self, token: &str, now: Instant) -> Result<Option<Grant>, StoreError> {
        let table = self.database.begin_read()?.open_table(REFRESH_TOKENS)?;
        Ok(get::<_, Grant>(&table, token)?.filter(|grant| grant.expires_at > now))
    }

    /// Makes an access token expire.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn expire(&self, token: &str) -> Result<(), StoreError> {
        let transaction = self.database.begin_write()?;
        transaction.open_table(ACCESS_TOKENS)?.remove(token)?;
        transaction.commit()?;
        Ok(())
    }
}
