//! `aduand`: the daemon that drives the modems and keeps the register.
fn main() {}
