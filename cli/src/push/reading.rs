//! Reads the items on a thread of its own: neither answers of the service nor signals wait for a slow pipe.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use concur_cards::bulk::JsonItem;
use futures_util::{Stream, stream};
use tokio::sync::mpsc as channel;

use super::texts::{AllUndecodable, Texts};
use crate::input::{Ending, Items};

/// How many items are read before the run takes them.
const AHEAD: usize = 64;
/// So long somebody may wait for the number of the items that were not read.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is left of an input when the run has ended.
pub(super) struct Reading {
    /// The thread returns the texts at their end, or when nobody wants more of them.
    texts: mpsc::Receiver<Texts>,
    undecodable: Arc<Mutex<AllUndecodable>>,
}

/// How the reading of an input ended.
pub(super) struct Read {
    /// How many items the run did not take, if that is known.
    pub(super) unread: Option<u64>,
    /// What came at the end, if the reading came to it and the run took every item.
    pub(super) ending: Option<Result<Ending, String>>,
}

impl Reading {
    /// Begins to read, and returns the items as they come.
    pub(super) fn start(items: Items) -> (Self, impl Stream<Item = JsonItem> + Send) {
        let undecodable = Arc::default();
        let mut texts = Texts::new(items, Arc::clone(&undecodable));
        let (sender, mut receiver) = channel::channel(AHEAD);
        let (done, ended) = mpsc::channel();
        thread::spawn(move || {
            for text in &mut texts {
                if sender.blocking_send(text).is_err() {
                    break;
                }
            }
            drop(sender);
            // Nobody wants to know where the run ended long ago.
            let _ = done.send(texts);
        });
        (Self { texts: ended, undecodable }, stream::poll_fn(move |context| receiver.poll_recv(context)))
    }

    /// Returns why items of the run are no JSON.
    pub(super) fn undecodable(&self) -> AllUndecodable {
        std::mem::take(&mut self.undecodable.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says how the reading ended. The run took this many items, and the input has `total`, if that is known.
    ///
    /// A pipe whose other end stays open is not waited for, and what can't be read to its end has no number.
    pub(super) fn end(self, taken: u64, total: Option<u64>) -> Read {
        let unread = total.map(|total| total.saturating_sub(taken));
        let Ok(texts) = self.texts.recv_timeout(PATIENCE) else { return Read { unread, ending: None } };
        let handed_on = texts.handed_on();
        if !texts.has_ended() {
            let rest = || texts.count_rest(PATIENCE).map(|rest| (handed_on + rest).saturating_sub(taken));
            return Read { unread: unread.or_else(rest), ending: None };
        }
        let left = handed_on.saturating_sub(taken);
        match texts.finish() {
            Err(problem) => Read { unread: None, ending: Some(Err(problem.to_string())) },
            Ok(ending) => Read { unread: Some(left), ending: (left == 0).then_some(Ok(ending)) },
        }
    }
}
