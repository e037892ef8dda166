//! The answer, read piece by piece and within its limits.

use ::reqwest::Response;
use bytes::{Bytes, BytesMut};

use super::{
    super::{Exchange, ResponseLimits, TransportError, TransportProblem},
    classify::classify,
};
use crate::send::retry::Sent;

/// The most that is set aside for a body before its bytes are there: the length is the server's word alone.
const MAX_AHEAD: usize = 1 << 20;

/// Reads the whole answer.
pub(super) async fn read(mut answer: Response, limits: ResponseLimits) -> Exchange {
    let limit = limits.max_response_bytes;
    let announced = answer.content_length();
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
        return Err(too_large(limit));
    }
    let body = body(&mut answer, limit, announced).await?;

    let mut response = http::Response::new(body);
    *response.status_mut() = answer.status();
    *response.version_mut() = answer.version();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(response)
}

async fn body(answer: &mut Response, limit: usize, announced: Option<u64>) -> Result<Bytes, TransportError> {
    // An answer in one piece, as most are, is not copied.
    let Some(first) = piece(answer).await? else { return Ok(Bytes::new()) };
    if first.len() > limit {
        return Err(too_large(limit));
    }
    let Some(second) = piece(answer).await? else { return Ok(first) };

    let announced = announced.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut all = BytesMut::with_capacity(announced.min(MAX_AHEAD).max(first.len() + second.len()));
    all.extend_from_slice(&first);
    let mut next = Some(second);
    while let Some(more) = next {
        if more.len() > limit - all.len() {
            return Err(too_large(limit));
        }
        all.extend_from_slice(&more);
        next = piece(answer).await?;
    }
    Ok(all.freeze())
}

async fn piece(answer: &mut Response) -> Result<Option<Bytes>, TransportError> {
    answer.chunk().await.map_err(|error| classify(error, false))
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(TransportProblem::TooLarge(limit), Sent::Maybe)
}
