//! The officer's commands: arguments to a question, the answer to the terminal.

pub mod pdu;
pub mod read;

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::complaint::Directory;

/// The table of units that is used where none is named.
const UNITS: &str = include_str!("../../config/units.tsv");

/// A fault: file, pipe, value that cannot be used.
const FAULT: u8 = 2;
/// Wrong arguments (`EX_USAGE` of sysexits.h).
const USAGE: u8 = 64;

#[derive(Debug, Parser)]
#[command(name = "aduan", version, about = "Gerbang pengaduan masyarakat melalui SMS")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Menguji bacaan teks warga: satu teks per baris (\n dan \\ ditulis demikian), satu objek JSON per baris
    Read {
        /// Daftar satuan kerja (units.tsv); tanpa ini dipakai daftar bawaan
        #[arg(long, value_name = "FILE")]
        units: Option<PathBuf>,
    },
    /// Membaca dan menyusun TPDU SMS dalam heksadesimal
    #[command(subcommand)]
    Pdu(pdu::PduCommand),
}

/// Runs the program; nothing is printed twice, and a closed pipe is no fault.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // The terminal is gone when even this cannot be printed.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match execute(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "aduan: {error:#}");
            ExitCode::from(FAULT)
        }
    }
}

fn execute(command: Command) -> anyhow::Result<()> {
    let input = io::stdin().lock();
    let output = io::stdout().lock();
    match command {
        Command::Read { units } => read::run(&directory(units.as_deref())?, input, output)?,
        Command::Pdu(command) => pdu::run(command, input, output)?,
    }
    Ok(())
}

fn directory(file: Option<&Path>) -> anyhow::Result<Directory> {
    let Some(file) = file else { return Ok(Directory::from_tsv(UNITS)?) };
    let table = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Directory::from_tsv(&table).with_context(|| file.display().to_string())
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
