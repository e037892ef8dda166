//! The files that name an error code: those of a folder of test cases.

use std::io;
use std::path::{Path, PathBuf};

use crate::source;

use super::super::page::CodeTable;

/// Adds the files below a folder, or one file, to the codes that they name as a word. A file that is not text
/// is none of them.
///
/// # Errors
///
/// Returns the error of the file system if something can't be read.
pub(in super::super) fn add(table: &mut CodeTable, folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    for file in files {
        let text = match source::read(&file) {
            Ok(source) => source.text,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => continue,
            Err(error) => return Err(named(&file, &error)),
        };
        table.cases += 1;
        let name = file.strip_prefix(folder).ok().filter(|name| !name.as_os_str().is_empty());
        let name = name.unwrap_or(&file).display().to_string();
        for code in table.codes.iter_mut().filter(|code| names(&text, &code.name)) {
            code.cases.push(name.clone());
        }
    }
    table.cases_from.push(folder.display().to_string());
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|error| named(path, &error))? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read `{}`: {error}", path.display()))
}

/// Returns whether a text has the code, and not as a part of a longer name.
fn names(text: &str, code: &str) -> bool {
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    !code.is_empty()
        && text.match_indices(code).any(|(start, found)| {
            let (before, after) = (&text[..start], &text[start + found.len()..]);
            !before.ends_with(is_of_name) && !after.starts_with(is_of_name)
        })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_code_is_named_as_a_whole_word() {
        let table = [
            ("error invalidEnum accounts[0]", true),
            ("\"invalidEnum\"", true),
            ("invalidEnums", false),
            ("not-invalidEnum", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(names(text, "invalidEnum"), expected, "{text}");
        }
        assert!(!names("text", ""));
    }
}
