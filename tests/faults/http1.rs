//! As much of HTTP/1.1 as a server needs that knows what its client sends.

use std::fmt::Write as _;
use std::io::{self, Read};

/// What has arrived of one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// The running number of the connection, from zero.
    pub(crate) connection: usize,
    /// The first line and the headers, without the empty line behind them.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// The values of a header, whose name is given in lower case.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
    }

    /// Method and path.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    fn length(&self) -> usize {
        self.header("content-length").first().and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    /// Reads the head, and what may have come with it of the body.
    pub(super) fn read_head(&mut self, wire: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            read_some(wire, &mut bytes)?;
        };
        self.head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        self.body = bytes.split_off(end + 4);
        Ok(())
    }

    /// Reads the body, or so many bytes of it.
    pub(super) fn read_body(&mut self, wire: &mut dyn Read, at_most: usize) -> io::Result<()> {
        let wanted = self.length().min(at_most);
        while self.body.len() < wanted {
            read_some(wire, &mut self.body)?;
        }
        Ok(())
    }
}

fn read_some(wire: &mut dyn Read, into: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = [0; 16 << 10];
    match wire.read(&mut piece)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        count => {
            into.extend_from_slice(&piece[..count]);
            Ok(())
        }
    }
}

/// A status, its headers, and a body.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// With this as the length of its body, which it may be or not.
    pub(super) fn with_length(&self, length: impl std::fmt::Display) -> String {
        self.text(&format!("Content-Length: {length}\r\n"), &self.body)
    }

    /// As it should be.
    pub(super) fn whole(&self) -> String {
        self.with_length(self.body.len())
    }

    /// With these lines in place of its length, and this body.
    pub(super) fn text(&self, framing: &str, body: &str) -> String {
        let mut text = format!("HTTP/1.1 {} Status\r\n", self.status);
        if !self.body.is_empty() {
            text.push_str("Content-Type: application/json\r\n");
        }
        for (name, value) in &self.headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        text + framing + "\r\n" + body
    }
}
