//! The vendors' servers on loopback, with seeded people.
