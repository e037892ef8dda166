//! Writes the journal of a run, on a thread of its own if writing may block.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread::{self, JoinHandle},
};

use tokio::sync::oneshot;

use crate::send::journal::{Journal, JournalError, JournalState, Ledger, Record, RecordError};

/// The journal of a run. Records are written one after the other, and the state can be read meanwhile.
///
/// No thread of an executor waits for a disk.
pub(super) struct JournalWriter<J> {
    state: Arc<Mutex<JournalState>>,
    access: Access<J>,
}

/// How the journal is written.
enum Access<J> {
    /// By whoever asks, because it takes no time.
    Here(Mutex<J>),
    Thread(Thread),
}

/// A thread that has the journal. It ends when the channel is closed.
struct Thread {
    jobs: Option<mpsc::Sender<Job>>,
    /// Signals that the journal is closed.
    closed: Option<oneshot::Receiver<()>>,
    handle: Option<JoinHandle<()>>,
}

struct Job {
    record: Record,
    done: oneshot::Sender<Result<(), RecordError>>,
}

/// States are taken over whole, even when somebody panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<J: Journal + 'static> JournalWriter<J> {
    /// Opens the journal and reads it.
    pub(super) async fn open(journal: J) -> Result<Self, JournalError> {
        if !journal.blocks() {
            return Self::open_here(journal);
        }
        let slot = Arc::new(Mutex::new(Some(journal)));
        let (jobs, received) = mpsc::channel();
        let ((opened, state), (ended, closed)) = (oneshot::channel(), oneshot::channel());
        let work = {
            let slot = Arc::clone(&slot);
            move || {
                let journal = locked(&slot).take();
                if let Some(journal) = journal {
                    work(journal, opened, &received);
                }
                let _ = ended.send(());
            }
        };
        let Ok(handle) = thread::Builder::new().name("journal".to_owned()).spawn(work) else {
            // There are no threads here, as in a browser.
            let journal = locked(&slot).take().ok_or(JournalError::Poisoned)?;
            return Self::open_here(journal);
        };
        let thread = Thread { jobs: Some(jobs), closed: Some(closed), handle: Some(handle) };
        let state = state.await.unwrap_or(Err(JournalError::Poisoned))?;
        Ok(Self { state, access: Access::Thread(thread) })
    }

    fn open_here(journal: J) -> Result<Self, JournalError> {
        let (journal, state) = Ledger::open(journal)?.into_parts();
        Ok(Self { state: Arc::new(Mutex::new(state)), access: Access::Here(Mutex::new(journal)) })
    }

    /// Looks at the state. `look` must be quick.
    pub(super) fn state<T>(&self, look: impl FnOnce(&JournalState) -> T) -> T {
        look(&locked(&self.state))
    }

    /// Writes a step down. After an error, what depends on it must not be done.
    pub(super) async fn record(&self, record: Record) -> Result<(), RecordError> {
        let thread = match &self.access {
            Access::Here(journal) => return write(&mut *locked(journal), &self.state, record),
            Access::Thread(thread) => thread,
        };
        let (done, written) = oneshot::channel();
        let job = Job { record: record.clone(), done };
        let is_sent = thread.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        match written.await {
            Ok(written) if is_sent => written,
            // The thread has panicked, so nobody knows what it wrote.
            _ => Err(RecordError::Write { record: Box::new(record), source: JournalError::Poisoned }),
        }
    }

    /// Closes the journal, so that somebody else may open it, and returns its last state.
    pub(super) async fn close(self) -> JournalState {
        if let Access::Thread(mut thread) = self.access {
            thread.jobs = None;
            if let Some(closed) = thread.closed.take() {
                let _ = closed.await;
            }
        }
        match Arc::try_unwrap(self.state) {
            Ok(state) => state.into_inner().unwrap_or_else(PoisonError::into_inner),
            Err(shared) => locked(&shared).clone(),
        }
    }
}

/// The journal can't be opened again before the thread has closed it. Records that were passed to it are
/// written, at most one for each request under way.
impl Drop for Thread {
    fn drop(&mut self) {
        self.jobs = None;
        // A waker that has the run in it may be dropped by the thread itself.
        if let Some(handle) =
            self.handle.take().filter(|handle| handle.thread().id() != thread::current().id())
        {
            let _ = handle.join();
        }
    }
}

fn work<J: Journal>(
    journal: J,
    opened: oneshot::Sender<Result<Arc<Mutex<JournalState>>, JournalError>>,
    jobs: &mpsc::Receiver<Job>,
) {
    let (mut journal, state) = match Ledger::open(journal) {
        Ok(ledger) => ledger.into_parts(),
        Err(error) => {
            let _ = opened.send(Err(error));
            return;
        }
    };
    let state = Arc::new(Mutex::new(state));
    let _ = opened.send(Ok(Arc::clone(&state)));
    for Job { record, done } in jobs {
        let _ = done.send(write(&mut journal, &state, record));
    }
}

/// Does what [`Ledger::record`] does, without holding the lock of the state while the journal writes.
fn write<J: Journal>(
    journal: &mut J,
    state: &Mutex<JournalState>,
    record: Record,
) -> Result<(), RecordError> {
    let record = record.guarded();
    locked(state).check(&record).map_err(RecordError::Illegal)?;
    match journal.append(&record) {
        Ok(()) => locked(state).apply(record).map_err(RecordError::Illegal),
        Err(source) => Err(RecordError::Write { record: Box::new(record), source }),
    }
}
