//! `aduan`: the officer's, member's, chair's and director's commands.
fn main() {}
