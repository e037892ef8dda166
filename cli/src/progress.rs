//! How far a command is: a bar where somebody looks at it, and otherwise a line every few seconds. Both on
//! standard error, and without anything of the items.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::message::say;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Say every so many seconds how far it is; 0: never. On a terminal a bar does.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    progress: u64,
}

/// How far a command is at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusLine {
    /// How many items have been read.
    pub(crate) read: u64,
    /// What else there is to tell, such as `9000 accepted, 120 refused`.
    pub(crate) text: String,
}

/// Tells how far a command is until it is dropped.
pub(crate) struct Progress {
    /// Closed when there is nothing more to tell.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// The bar moves this often.
const FRAME: Duration = Duration::from_millis(200);

impl Progress {
    /// Starts to tell what a function returns. `total` is the number of items, if it is known.
    pub(crate) fn start(
        arguments: &Arguments,
        total: Option<u64>,
        status: impl Fn() -> StatusLine + Send + 'static,
    ) -> Self {
        if arguments.progress == 0 {
            return Self { stop: None, thread: None };
        }
        // A bar would be torn apart by what is printed between: findings on the same terminal, or a log.
        let is_alone = !io::stdout().is_terminal() && !crate::logging::is_on();
        let bar = (io::stderr().is_terminal() && is_alone).then(|| bar(total));
        let interval = if bar.is_some() { FRAME } else { Duration::from_secs(arguments.progress) };
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut last = None;
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(interval) {
                let now = status();
                match &bar {
                    Some(bar) => {
                        bar.set_position(now.read);
                        bar.set_message(now.text);
                    }
                    // A second line that says the same tells nothing.
                    None if last.as_ref() == Some(&now) => {}
                    None => {
                        say(&line(&now, total));
                        last = Some(now);
                    }
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing to return, and a panic of its own has been printed.
            let _ = thread.join();
        }
    }
}

/// `12000 of 25000 items read, 9000 accepted, 120 refused`
fn line(status: &StatusLine, total: Option<u64>) -> String {
    let StatusLine { read, text } = status;
    match total {
        Some(total) => format!("{read} of {total} items read, {text}"),
        None if *read == 1 => format!("1 item read, {text}"),
        None => format!("{read} items read, {text}"),
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let template = match total {
        Some(_) => "{bar:30} {pos} of {len} items read, {msg} [{elapsed}]",
        None => "{spinner} {pos} items read, {msg} [{elapsed}]",
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_how_much_of_how_much() {
        let status = StatusLine { read: 12_000, text: "9000 accepted, 120 refused".to_owned() };
        assert_eq!(line(&status, Some(25_000)), "12000 of 25000 items read, 9000 accepted, 120 refused");
        assert_eq!(line(&status, None), "12000 items read, 9000 accepted, 120 refused");
    }
}
