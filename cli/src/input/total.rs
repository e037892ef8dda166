//! How many items a file has, for those who want to say how far they are.

use std::path::Path;

use super::problem::Cause;
use super::{Input, Kind, Problem, source};

/// Returns how many items a regular file has, by reading it once more; `None` if it is anything else, or
/// can't be read to its end.
///
/// # Errors
///
/// The file has items of both kinds, and none was asked for: better now than when the first kind is sent.
pub(crate) fn total(path: &Path, asked: Option<Kind>) -> Result<Option<u64>, Problem> {
    // What stands for an open file of this process may share its position, and is read once.
    let is_special = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
    if source::is_stdin(path) || is_special || !path.metadata().is_ok_and(|data| data.is_file()) {
        return Ok(None);
    }
    let Ok(mut items) = Input::open(path, asked).and_then(Input::items) else {
        return Ok(None);
    };
    let mut count = 0;
    for _ in &mut items {
        count += 1;
    }
    match items.finish() {
        Err(problem) if matches!(problem.cause(), Cause::BothKinds) => Err(problem),
        ended => Ok(ended.ok().map(|_| count)),
    }
}
