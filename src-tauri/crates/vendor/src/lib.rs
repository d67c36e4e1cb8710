//! The vendors' HTTP APIs: one transport, one module a vendor.
