//! The vendor's error envelope `[V]`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use muster_directory::Role;
use serde::Serialize;

/// Why a request is not answered.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    violations: Vec<Violation>,
}

/// One thing that is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Where: `filter.and[1].foo`.
    pub path: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            violations: Vec::new(),
        }
    }

    /// 400: the body is not JSON `[V]`.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// 401: no key, or not this secret `[V]`.
    pub fn not_authenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "authentication.not_authenticated",
            "A valid API key is required",
        )
    }

    /// 403: the role of the key's user does not allow this `[C]`.
    pub fn access_denied() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "authorization.access_denied",
            "The role of this key's user does not give access",
        )
    }

    /// 403: the rules do not let this role do this `[C]`.
    pub fn not_allowed(action: &str, role: &Role) -> Self {
        let message = format!("The role {role} of this key's user does not allow {action}");
        Self {
            message,
            ..Self::access_denied()
        }
    }

    /// 404: no such user or key, or none that this key reaches `[C]`.
    pub fn unknown_id(what: &str, id: u64) -> Self {
        Self {
            message: format!("There is no {what} {id}"),
            ..Self::not_found()
        }
    }

    /// Any status, because the simulator was told to refuse.
    pub fn told(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
            StatusCode::INTERNAL_SERVER_ERROR => "internal_server_error",
            StatusCode::SERVICE_UNAVAILABLE => "service_unavailable",
            _ => "simulated_fault",
        };
        Self::new(status, code, "The simulator was told to refuse this")
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// 404: no such route `[C]`.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "No such endpoint")
    }

    /// 405: another method than POST `[C]`.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This endpoint takes POST only",
        )
    }

    /// 413: more than this reads `[C]`.
    pub fn payload_too_large(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            format!("The body is larger than {most} bytes"),
        )
    }

    /// 422: JSON, but not a query `[V]`.
    pub fn invalid(violations: Vec<Violation>) -> Self {
        let message = match violations.len() {
            1 => "The body has 1 violation".to_owned(),
            count => format!("The body has {count} violations"),
        };
        Self {
            violations,
            ..Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "validation_error",
                message,
            )
        }
    }

    /// 429: the minute is used up `[V]`.
    pub fn too_many_requests() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            "Too many requests for this API key in the last minute",
        )
    }

    /// 500: a fault of the simulator itself.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_server_error",
            message,
        )
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Body<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    status: u16,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    violations: &'a [Violation],
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let envelope = Envelope {
            error: Body {
                status: self.status.as_u16(),
                code: self.code,
                message: &self.message,
                violations: &self.violations,
            },
        };
        let mut response = (self.status, axum::Json(envelope)).into_response();
        let header = match self.status {
            StatusCode::UNAUTHORIZED => (header::WWW_AUTHENTICATE, "Basic realm=\"medipim\""),
            StatusCode::METHOD_NOT_ALLOWED => (header::ALLOW, "POST"),
            _ => return response,
        };
        let (name, value) = header;
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
        response
    }
}
