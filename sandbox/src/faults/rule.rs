//! One rule: which calls it is about, how often, and what goes wrong.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What goes wrong, with which calls, and how often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Rule {
    /// What goes wrong.
    pub fault: Fault,
    /// The operation that it goes wrong with, or every one.
    pub operation: Option<Operation>,
    /// With which share of the calls, from 0 to 1.
    pub probability: f64,
    /// How many times at most.
    pub count: Option<u64>,
    /// How long after the rules were set it begins.
    pub from: Duration,
    /// How long after the rules were set it ends.
    pub until: Option<Duration>,
}

/// What can go wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call has its effect, and its answer comes, so much later. If the client gives up before, it has
    /// none.
    Delay(Duration),
    /// 429, with `Retry-After` in seconds or without.
    TooManyRequests(Option<u64>),
    /// 500; the call has no effect.
    InternalServerError,
    /// 503; the call has no effect.
    ServiceUnavailable,
    /// The connection is reset before the call has an effect.
    Reset,
    /// The call has its effect, and its answer breaks off.
    TruncatedBody,
    /// Somebody in between answers with a page of HTML and status 200; the call has no effect.
    HtmlPage,
    /// The token of the call expires, which is refused with 401.
    ExpiredToken,
    /// The call has its effect at once, and the answer comes so much later.
    LateAnswer(Duration),
    /// The call has its effect, and the connection is reset before the answer.
    LostAnswer,
    /// The bulk request that the call makes ends with warnings, unless an item of it is ignored.
    CompletedWithWarnings,
}

impl Fault {
    /// Returns whether calls of an operation can meet it.
    pub(super) fn is_possible(self, operation: Operation) -> bool {
        match self {
            Self::ExpiredToken => operation != Operation::Token,
            Self::CompletedWithWarnings => {
                matches!(operation, Operation::CreateAccountsBulk | Operation::CreateTransactionsBulk)
            }
            _ => true,
        }
    }
}

/// Operations that rules can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// Accounts are created.
    CreateAccountsBulk,
    /// Transactions are created.
    CreateTransactionsBulk,
    /// The state of a bulk request is asked for.
    GetBulkRequest,
    /// A token is obtained or refreshed.
    Token,
}

/// A rule as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    fault: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Name {
    Delay,
    TooManyRequests,
    InternalServerError,
    ServiceUnavailable,
    Reset,
    TruncatedBody,
    HtmlPage,
    ExpiredToken,
    LateAnswer,
    LostAnswer,
    CompletedWithWarnings,
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let probability = written.probability.unwrap_or(1.0);
        if !(0.0..=1.0).contains(&probability) {
            return Err("`probability` is from 0 to 1".to_owned());
        }
        let from = seconds("from", written.from)?.unwrap_or_default();
        let until = seconds("until", written.until)?;
        if until.is_some_and(|until| until <= from) {
            return Err("`until` is later than `from`".to_owned());
        }
        let fault = written.fault()?;
        if written.operation.is_some_and(|operation| !fault.is_possible(operation)) {
            return Err("the operation can't meet this fault".to_owned());
        }
        Ok(Self { fault, operation: written.operation, probability, count: written.count, from, until })
    }
}

impl Written {
    fn fault(&self) -> Result<Fault, String> {
        if self.seconds.is_some() && !matches!(self.fault, Name::Delay | Name::LateAnswer) {
            return Err("`seconds` is for the faults `delay` and `lateAnswer`".to_owned());
        }
        if self.retry_after.is_some() && self.fault != Name::TooManyRequests {
            return Err("`retryAfter` is for the fault `tooManyRequests`".to_owned());
        }
        Ok(match self.fault {
            Name::Delay => {
                let delay = seconds("seconds", self.seconds)?;
                Fault::Delay(delay.ok_or("the fault `delay` needs `seconds`")?)
            }
            Name::TooManyRequests => Fault::TooManyRequests(self.retry_after),
            Name::InternalServerError => Fault::InternalServerError,
            Name::ServiceUnavailable => Fault::ServiceUnavailable,
            Name::Reset => Fault::Reset,
            Name::TruncatedBody => Fault::TruncatedBody,
            Name::HtmlPage => Fault::HtmlPage,
            Name::ExpiredToken => Fault::ExpiredToken,
            Name::LateAnswer => {
                let delay = seconds("seconds", self.seconds)?;
                Fault::LateAnswer(delay.ok_or("the fault `lateAnswer` needs `seconds`")?)
            }
            Name::LostAnswer => Fault::LostAnswer,
            Name::CompletedWithWarnings => Fault::CompletedWithWarnings,
        })
    }
}

fn seconds(name: &str, seconds: Option<f64>) -> Result<Option<Duration>, String> {
    let read = |seconds| {
        Duration::try_from_secs_f64(seconds).map_err(|_| format!("`{name}` is in seconds, from 0 on"))
    };
    seconds.map(read).transpose()
}

impl From<Rule> for Written {
    fn from(rule: Rule) -> Self {
        let (fault, seconds, retry_after) = match rule.fault {
            Fault::Delay(delay) => (Name::Delay, Some(delay.as_secs_f64()), None),
            Fault::TooManyRequests(retry_after) => (Name::TooManyRequests, None, retry_after),
            Fault::InternalServerError => (Name::InternalServerError, None, None),
            Fault::ServiceUnavailable => (Name::ServiceUnavailable, None, None),
            Fault::Reset => (Name::Reset, None, None),
            Fault::TruncatedBody => (Name::TruncatedBody, None, None),
            Fault::HtmlPage => (Name::HtmlPage, None, None),
            Fault::ExpiredToken => (Name::ExpiredToken, None, None),
            Fault::LateAnswer(delay) => (Name::LateAnswer, Some(delay.as_secs_f64()), None),
            Fault::LostAnswer => (Name::LostAnswer, None, None),
            Fault::CompletedWithWarnings => (Name::CompletedWithWarnings, None, None),
        };
        Self {
            fault,
            operation: rule.operation,
            probability: (rule.probability < 1.0).then_some(rule.probability),
            count: rule.count,
            from: (!rule.from.is_zero()).then_some(rule.from.as_secs_f64()),
            until: rule.until.map(|until| until.as_secs_f64()),
            seconds,
            retry_after,
        }
    }
}
