//! The SQLite files on this computer: what the vendor said, what people here decided.
