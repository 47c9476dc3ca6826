//! `aduan`: the officer's, member's, chair's and director's commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    aduan::cli::run(std::env::args_os())
}
