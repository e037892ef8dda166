//! What can go wrong.

/// What a server does with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is wrong: the answer comes, and the connection stays open.
    Nothing,

    /// Nobody listens. It holds for a server as a whole.
    Refuse,
    /// The connection is never made. It holds for a server as a whole.
    ConnectHang,
    /// The connection is closed as soon as it is there.
    CloseAtOnce,

    /// Reset when the first byte is there, before any is read.
    ResetBeforeRead,
    /// Reset when the head is read, and a part of the body.
    ResetMidRequest,
    /// Reset when all of the request is read.
    ResetAfterRequest,
    /// Closed in good order when all of the request is read.
    CloseAfterRequest,
    /// All is read, and nothing happens.
    Hang,

    /// Closed when so many bytes of the answer are out.
    CutAt(usize),
    /// Closed within the first line of the answer.
    CutInStatusLine,
    /// Closed within the headers.
    CutInHeaders,
    /// Reset within the headers.
    ResetInHeaders,
    /// A whole head, then nothing.
    HangAfterHeaders,
    /// A whole head, then closed.
    CutAfterHeaders,
    /// Half of the body, then nothing.
    HangInBody,
    /// Half of the body, then reset.
    ResetInBody,
    /// The length is greater than the body, after which the connection is closed.
    LengthTooLong,
    /// The length is smaller than the body.
    LengthTooShort,
    /// There are two lengths, and they differ.
    TwoLengths,
    /// The length is no number.
    LengthNoNumber,
    /// One byte at a time.
    SlowBytes,
    /// In chunks, as it should be.
    Chunked,
    /// In chunks, closed before the last one.
    ChunkedCut,
    /// In chunks, the second of which has no length.
    ChunkedGarbled,
    /// HTTP/1.0, where the end of the connection is that of the body.
    Http10,

    /// The answer is none.
    Garbage,
    /// The answer is binary.
    BinaryGarbage,
    /// A header has no colon.
    BadHeader,
    /// Headers without end.
    EndlessHeaders,
    /// The body has more behind its JSON, as its length says.
    GarbageAfterJson,
    /// 502 with a page for people.
    HtmlBadGateway,
    /// 202 without a body.
    EmptyAccepted,
    /// This status with a body.
    Status(u16),
    /// This status without a body.
    BareStatus(u16),
    /// The length says a gigabyte.
    HugeLength,
    /// No length, and a body without end.
    EndlessBody,
    /// In chunks without end.
    EndlessChunks,

    /// To another path, with this status.
    Redirect(u16),
    /// 100 and 103 before the answer.
    Interim,
    /// 413 as soon as the head is read, and the connection is for reading alone.
    EarlyRefusal,
    /// The answer, and then the connection is closed, which was not announced.
    CloseWhenIdle,
    /// The answer, and behind it another one that nobody has asked for.
    Unasked,
}

impl Fault {
    /// All of them, with the statuses that matter.
    pub(crate) const ALL: &[Self] = &[
        Self::Nothing,
        Self::Refuse,
        Self::ConnectHang,
        Self::CloseAtOnce,
        Self::ResetBeforeRead,
        Self::ResetMidRequest,
        Self::ResetAfterRequest,
        Self::CloseAfterRequest,
        Self::Hang,
        Self::CutInStatusLine,
        Self::CutInHeaders,
        Self::ResetInHeaders,
        Self::HangAfterHeaders,
        Self::CutAfterHeaders,
        Self::HangInBody,
        Self::ResetInBody,
        Self::LengthTooLong,
        Self::LengthTooShort,
        Self::TwoLengths,
        Self::LengthNoNumber,
        Self::SlowBytes,
        Self::Chunked,
        Self::ChunkedCut,
        Self::ChunkedGarbled,
        Self::Http10,
        Self::Garbage,
        Self::BinaryGarbage,
        Self::BadHeader,
        Self::EndlessHeaders,
        Self::GarbageAfterJson,
        Self::HtmlBadGateway,
        Self::EmptyAccepted,
        Self::Status(400),
        Self::Status(401),
        Self::Status(403),
        Self::Status(404),
        Self::Status(408),
        Self::Status(409),
        Self::Status(429),
        Self::Status(500),
        Self::Status(503),
        Self::Status(504),
        Self::BareStatus(400),
        Self::BareStatus(404),
        Self::BareStatus(500),
        Self::BareStatus(503),
        Self::HugeLength,
        Self::EndlessBody,
        Self::EndlessChunks,
        Self::Redirect(301),
        Self::Redirect(302),
        Self::Redirect(307),
        Self::Redirect(308),
        Self::Interim,
        Self::EarlyRefusal,
        Self::CloseWhenIdle,
        Self::Unasked,
    ];
}
