//! What a server does with one request, fault by fault.

use std::io::{self, Read as _};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use super::Fault;
use super::http1::{Answer, Seen};
use super::server::Wire;

/// A connection in the middle of an exchange.
pub(super) struct Exchange<'a> {
    /// What passes through TLS, if there is any.
    pub(super) wire: &'a mut dyn Wire,
    /// The connection below it.
    pub(super) tcp: &'a TcpStream,
    pub(super) seen: &'a mut Seen,
    pub(super) answer: &'a dyn Fn(&Seen) -> Answer,
}

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Keep,
    Close,
    Reset,
    /// Wait until the client goes away.
    Linger,
}

impl Exchange<'_> {
    /// Plays the fault. An error is the client's going away in the middle of it.
    pub(super) fn play(&mut self, fault: Fault) -> io::Result<Then> {
        match fault {
            Fault::ResetBeforeRead => return Ok(Then::Reset),
            Fault::ResetMidRequest => {
                self.seen.read_head(self.wire)?;
                self.seen.read_body(self.wire, 1000)?;
                return Ok(Then::Reset);
            }
            Fault::EarlyRefusal => {
                self.seen.read_head(self.wire)?;
                let refusal = Answer::new(413, "{}").header("Connection", "close");
                self.send(&refusal.whole())?;
                self.tcp.shutdown(Shutdown::Write)?;
                return Ok(Then::Linger);
            }
            _ => {}
        }
        self.seen.read_head(self.wire)?;
        self.seen.read_body(self.wire, usize::MAX)?;
        let answer = (self.answer)(self.seen);
        self.answer(fault, &answer)
    }

    fn answer(&mut self, fault: Fault, answer: &Answer) -> io::Result<Then> {
        let whole = answer.whole();
        let head = whole.find("\r\n\r\n").map_or(0, |end| end + 4);
        let half = head + (whole.len() - head) / 2;
        let (text, then) = match fault {
            Fault::ResetAfterRequest => (String::new(), Then::Reset),
            Fault::CloseAfterRequest => (String::new(), Then::Close),
            Fault::Hang => (String::new(), Then::Linger),
            Fault::CutAt(count) => (whole[..count.min(whole.len())].to_owned(), Then::Close),
            Fault::CutInStatusLine => (whole[..12].to_owned(), Then::Close),
            Fault::CutInHeaders => (whole[..head - 5].to_owned(), Then::Close),
            Fault::ResetInHeaders => (whole[..head - 5].to_owned(), Then::Reset),
            Fault::HangAfterHeaders => (whole[..head].to_owned(), Then::Linger),
            Fault::CutAfterHeaders => (whole[..head].to_owned(), Then::Close),
            Fault::HangInBody => (whole[..half].to_owned(), Then::Linger),
            Fault::ResetInBody => (whole[..half].to_owned(), Then::Reset),
            Fault::LengthTooLong => (answer.with_length(answer.body.len() + 10), Then::Close),
            Fault::LengthTooShort => (answer.with_length(answer.body.len() - 4), Then::Keep),
            Fault::TwoLengths => {
                (answer.text("Content-Length: 3\r\nContent-Length: 4\r\n", &answer.body), Then::Keep)
            }
            Fault::LengthNoNumber => (answer.with_length("many"), Then::Keep),
            Fault::SlowBytes => return self.slowly(&whole),
            Fault::Chunked | Fault::ChunkedCut | Fault::ChunkedGarbled => return self.chunks(fault, answer),
            Fault::Http10 => (answer.text("", &answer.body).replacen("1.1", "1.0", 1), Then::Close),
            Fault::Garbage => ("220 mail.example.com ESMTP\r\n\r\n".to_owned(), Then::Close),
            Fault::BinaryGarbage => ("\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{16}".repeat(40), Then::Close),
            Fault::BadHeader => (answer.text("what is this\r\n", &answer.body), Then::Close),
            Fault::GarbageAfterJson => {
                let body = format!("{}</html>", answer.body);
                (Answer { body, ..answer.clone() }.whole(), Then::Keep)
            }
            Fault::HtmlBadGateway => (html(), Then::Keep),
            Fault::EmptyAccepted => (Answer::new(202, "").whole(), Then::Keep),
            Fault::Status(status) => (Answer { status, ..answer.clone() }.whole(), Then::Keep),
            Fault::BareStatus(status) => (Answer::new(status, "").whole(), Then::Keep),
            Fault::HugeLength => (answer.with_length(1 << 30), Then::Linger),
            Fault::EndlessHeaders | Fault::EndlessBody | Fault::EndlessChunks => return self.endless(fault),
            Fault::Redirect(status) => {
                (Answer::new(status, "").header("Location", "/elsewhere").whole(), Then::Keep)
            }
            Fault::Interim => {
                let hints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n";
                (format!("HTTP/1.1 100 Continue\r\n\r\n{hints}{whole}"), Then::Keep)
            }
            Fault::CloseWhenIdle => (whole, Then::Close),
            Fault::Unasked => (whole + &Answer::new(200, "\"unasked\"").whole(), Then::Keep),
            // The others come before this, or have nothing wrong.
            _ => (whole, Then::Keep),
        };
        self.send(&text)?;
        Ok(then)
    }

    fn send(&mut self, text: &str) -> io::Result<()> {
        self.wire.write_all(text.as_bytes())?;
        self.wire.flush()
    }

    fn slowly(&mut self, text: &str) -> io::Result<Then> {
        for byte in text.bytes() {
            self.wire.write_all(&[byte])?;
            self.wire.flush()?;
            thread::sleep(Duration::from_millis(1));
        }
        Ok(Then::Keep)
    }

    fn chunks(&mut self, fault: Fault, answer: &Answer) -> io::Result<Then> {
        let (first, second) = answer.body.split_at(answer.body.len() / 2);
        let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
        let body = match fault {
            Fault::ChunkedCut => chunk(first),
            Fault::ChunkedGarbled => format!("{}what\r\n{second}\r\n0\r\n\r\n", chunk(first)),
            _ => format!("{}{}0\r\n\r\n", chunk(first), chunk(second)),
        };
        self.send(&answer.text("Transfer-Encoding: chunked\r\n", &body))?;
        Ok(if fault == Fault::ChunkedCut { Then::Close } else { Then::Keep })
    }

    /// Sends until the client has enough of it.
    fn endless(&mut self, fault: Fault) -> io::Result<Then> {
        let (start, more) = match fault {
            Fault::EndlessHeaders => ("", format!("X-More: {}\r\n", "more ".repeat(200))),
            Fault::EndlessChunks => {
                ("Transfer-Encoding: chunked\r\n\r\n", format!("400\r\n{}\r\n", "x".repeat(0x400)))
            }
            _ => ("\r\n", "x".repeat(1024)),
        };
        self.send(&format!("HTTP/1.1 200 OK\r\n{start}"))?;
        loop {
            self.send(&more)?;
        }
    }
}

fn html() -> String {
    let body = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let head = "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length:";
    format!("{head} {}\r\n\r\n{body}", body.len())
}

/// Ends the connection; true: the client has gone first. A reset takes place when the last handle is dropped.
pub(super) fn end(tcp: &TcpStream, then: Then) -> bool {
    match then {
        Then::Keep => false,
        Then::Close => {
            let _ = tcp.shutdown(Shutdown::Write);
            // A close with bytes unread would be a reset.
            drain(tcp)
        }
        Then::Reset => {
            let _ = SockRef::from(tcp).set_linger(Some(Duration::ZERO));
            false
        }
        Then::Linger => drain(tcp),
    }
}

/// Reads until the client has gone; false: it has not within some seconds.
fn drain(mut tcp: &TcpStream) -> bool {
    let _ = tcp.set_read_timeout(Some(Duration::from_secs(5)));
    let mut piece = [0; 16 << 10];
    loop {
        match tcp.read(&mut piece) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => {
                return !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
            }
        }
    }
}
