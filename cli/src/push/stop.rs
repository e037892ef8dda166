//! How the process is told to end: Ctrl-C, and SIGTERM where there is one.

use std::{process, thread};

use tokio::{runtime, sync::oneshot};

use crate::message::say;

/// Completes when the process is told to end. Told once more, or after the run, it ends at once: nothing is
/// lost, but what is under way is unclear then.
pub(super) async fn told_to_end() {
    let (tell, told) = oneshot::channel();
    // Signals are heard on a thread of their own, whatever the run is waiting for.
    let listener = thread::Builder::new().name("signals".to_owned()).spawn(move || listen(tell));
    if listener.is_err() || told.await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Waits for signals as long as the process lives.
fn listen(tell: oneshot::Sender<()>) {
    let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async {
        let Some(mut signals) = Signals::listen() else { return };
        signals.next().await;
        if tell.send(()).is_ok() {
            say(
                "told to end: requests that are under way are completed, nothing new is sent; once more ends \
                 at once",
            );
            signals.next().await;
        }
        say("error: ended at once; what was under way is unclear");
        process::exit(2);
    });
}

/// The signals that end a process, which it now handles itself.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Without a place to listen at, the signals do what they always do.
    fn listen() -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let terminate = signal(SignalKind::terminate()).ok()?;
        Some(Self { terminate, interrupt: signal(SignalKind::interrupt()).ok()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Option<Self> {
        Some(Self {})
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
