//! A subscriber that keeps every word of every span and event, at all levels.
//!
//! It is there for the whole process, and keeps what happens on the threads that ask for it. One that came
//! and went with a test would miss what another test came by first: whether anybody listens is remembered at
//! each place that speaks.

use std::{
    cell::RefCell,
    fmt::{Debug, Write as _},
    sync::{
        Once,
        atomic::{AtomicU64, Ordering},
    },
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
    subscriber::Interest,
};

/// What is logged.
pub(crate) struct Log;

thread_local! {
    static KEPT: RefCell<Option<String>> = const { RefCell::new(None) };
}

impl Log {
    /// Runs `work` while everything on this thread is kept.
    pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (T, String) {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| tracing::subscriber::set_global_default(Keeper(AtomicU64::new(1))).unwrap());
        KEPT.set(Some(String::new()));
        let result = work();
        (result, KEPT.take().unwrap_or_default())
    }
}

struct Keeper(AtomicU64);

fn keep(write: impl FnOnce(&mut String)) {
    KEPT.with_borrow_mut(|kept| kept.as_mut().map(write));
}

struct Words<'a>(&'a mut String);

impl Visit for Words<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Keeper {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        KEPT.with_borrow(Option::is_some)
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        keep(|text| {
            let _ = write!(text, "\n{}", attributes.metadata().name());
            attributes.record(&mut Words(text));
        });
        span::Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        keep(|text| values.record(&mut Words(text)));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        keep(|text| {
            text.push_str("\n-");
            event.record(&mut Words(text));
        });
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
