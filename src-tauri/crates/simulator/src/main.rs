//! muster-simulator
fn main() {}
