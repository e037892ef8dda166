//! The bytes of an input: opened once, read once, and refused where they are no UTF-8 text.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use concur_cards::runtime::Printable;

use super::Position;
use super::problem::Cause;

/// As much is read at a time.
const CHUNK: usize = 64 * 1024;

/// A stream of which a part is at hand.
pub(crate) struct Source {
    reader: Box<dyn Read + Send>,
    /// Room, in part filled.
    buffer: Vec<u8>,
    /// What is before has been read.
    filled: usize,
    /// What is before has been consumed.
    start: usize,
    /// Where the part at hand begins.
    position: Position,
    /// The length of a byte order mark at the beginning, which is not counted in positions.
    mark: u64,
}

impl Source {
    /// Opens a file, or standard input for `-`, and looks at its first bytes.
    pub(super) fn open(path: &Path) -> Result<Self, Cause> {
        let reader: Box<dyn Read + Send> = if is_stdin(path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| Cause::Read(error, Position::START))?)
        };
        Self::new(reader)
    }

    pub(super) fn new(reader: Box<dyn Read + Send>) -> Result<Self, Cause> {
        let (buffer, position) = (Vec::new(), Position::START);
        let mut source = Self { reader, buffer, filled: 0, start: 0, position, mark: 0 };
        let longest = SIGNATURES.iter().map(|(signature, _)| signature.len()).max().unwrap_or_default();
        let failed = |error| Cause::Read(error, Position::START);
        while source.at_hand().len() < longest && source.more().map_err(failed)? {}
        refuse(source.at_hand())?;
        if source.at_hand().starts_with(MARK) {
            (source.start, source.mark) = (MARK.len(), MARK.len() as u64);
        }
        Ok(source)
    }

    /// Returns what has been read and not consumed.
    pub(crate) fn at_hand(&self) -> &[u8] {
        &self.buffer[self.start..self.filled]
    }

    /// Returns what is at hand, reading some if nothing is. Empty is the end.
    pub(crate) fn fill(&mut self) -> io::Result<&[u8]> {
        if self.at_hand().is_empty() {
            self.more()?;
        }
        Ok(self.at_hand())
    }

    /// Reads some more behind what is at hand. Returns `false` at the end.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        if self.buffer.len() < self.filled + CHUNK / 2 {
            self.buffer.resize(self.filled + CHUNK, 0);
        }
        let count = loop {
            match self.reader.read(&mut self.buffer[self.filled..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => break outcome?,
            }
        };
        self.filled += count;
        Ok(count > 0)
    }

    /// Goes on behind the first bytes at hand.
    pub(crate) fn consume(&mut self, count: usize) {
        let text = &self.buffer[self.start..self.start + count];
        self.position = self.position.behind(text);
        self.start += count;
    }

    /// Returns where the part at hand begins.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Returns how many bytes at the beginning of the file are not counted in positions.
    pub(crate) fn mark(&self) -> u64 {
        self.mark
    }
}

/// Returns whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns what messages call a file.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) { "stdin".to_owned() } else { Printable(&path.to_string_lossy()).to_string() }
}

/// Returns what tells a file from others, whichever of its names it is opened by.
pub(crate) fn identity(path: &Path) -> String {
    if is_stdin(path) {
        return "-".to_owned();
    }
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    path.to_string_lossy().into_owned()
}

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Refuses what is no text, or text in another encoding.
fn refuse(head: &[u8]) -> Result<(), Cause> {
    for (signature, content) in SIGNATURES {
        if head.starts_with(signature) {
            return Err(content.cause());
        }
    }
    // JSON begins with two characters of ASCII, and no text of it has a zero byte.
    let zeros = [0, 1, 2, 3].map(|index| head.get(index).map(|byte| *byte == 0));
    let encoding = match zeros {
        [Some(true), Some(true), ..] => "UTF-32BE",
        [Some(false), Some(true), Some(true), Some(true)] => "UTF-32LE",
        [Some(true), Some(false), ..] => "UTF-16BE",
        [Some(false), Some(true), ..] => "UTF-16LE",
        _ => return Ok(()),
    };
    Err(Cause::Encoding(encoding))
}

/// What a file with a certain beginning holds.
#[derive(Clone, Copy)]
enum Content {
    /// Text in an encoding.
    Text(&'static str),
    /// What a program compressed, and the command that undoes it.
    Compressed(&'static str, &'static str),
}

impl Content {
    fn cause(self) -> Cause {
        match self {
            Self::Text(encoding) => Cause::Encoding(encoding),
            Self::Compressed(program, command) => Cause::Compressed(program, command),
        }
    }
}

/// Beginnings of what can't be read, each before those that it begins with.
const SIGNATURES: [(&[u8], Content); 10] = [
    (b"\xff\xfe\0\0", Content::Text("UTF-32")),
    (b"\0\0\xfe\xff", Content::Text("UTF-32")),
    (b"\xff\xfe", Content::Text("UTF-16")),
    (b"\xfe\xff", Content::Text("UTF-16")),
    (b"\x1f\x8b", Content::Compressed("gzip", "gzip -dc")),
    (b"\x28\xb5\x2f\xfd", Content::Compressed("zstd", "zstd -dc")),
    (b"\xfd7zXZ\0", Content::Compressed("xz", "xz -dc")),
    (b"BZh", Content::Compressed("bzip2", "bzip2 -dc")),
    (b"PK\x03\x04", Content::Compressed("zip", "unzip -p")),
    (b"\x04\x22\x4d\x18", Content::Compressed("lz4", "lz4 -dc")),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(bytes: &'static [u8]) -> Result<Source, String> {
        Source::new(Box::new(bytes)).map_err(|cause| cause.of("x").to_string())
    }

    #[test]
    fn other_encodings_and_compressed_files_are_refused() {
        let utf16 =
            |name: &str| format!("`x` is {name}, not UTF-8; convert it, with `iconv -f {name} -t UTF-8` say");
        for (bytes, name) in [
            (&b"\xff\xfe{\0"[..], "UTF-16"),
            (b"\xfe\xff\0{", "UTF-16"),
            (b"{\0\"\0", "UTF-16LE"),
            (b"\0[\0]", "UTF-16BE"),
            (b"{\0", "UTF-16LE"),
            (b"\xff\xfe\0\0{\0\0\0", "UTF-32"),
            (b"\0\0\0{", "UTF-32BE"),
            (b"{\0\0\0", "UTF-32LE"),
        ] {
            assert_eq!(opened(bytes).err(), Some(utf16(name)), "{bytes:?}");
        }
        let told = "`x` is compressed by gzip; pipe the output of `gzip -dc` into `cards`";
        assert_eq!(opened(b"\x1f\x8b\x08\0").err().as_deref(), Some(told));
        for bytes in [&b""[..], b"{", b"{}", b"1", b"\xef\xbb", b"B", b"PK"] {
            assert!(opened(bytes).is_ok(), "{bytes:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_passed() {
        let mut source = opened(b"\xef\xbb\xbf{}\n").unwrap();
        assert_eq!((source.at_hand(), source.mark()), (&b"{}\n"[..], 3));
        source.consume(3);
        assert_eq!(source.position(), Position { offset: 3, line: 2, column: 1 });
        assert!(source.fill().unwrap().is_empty());
    }
}
