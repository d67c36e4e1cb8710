//! The vendors' HTTP APIs: one transport, one module a vendor.
//!
//! A vendor's module builds requests as values (`request`), and reads what comes back (`wire`).
//! Everything between, from pacing to errors, is the transport's and the same for every vendor.

mod access;
mod error;
pub mod medipim;
pub mod transport;

pub use access::{Access, BaseUrl, BaseUrlError};
pub use error::{Fate, VendorError};
pub use medipim::Medipim;
pub use transport::{
    PLACEHOLDER, Pace, Paces, Request, Transport, TransportError, TransportOptions, Turn,
};
