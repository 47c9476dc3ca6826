//! `aduand`: the gateway itself. Runs in the foreground; logs to standard error or the journal.

use std::path::PathBuf;
use std::process::ExitCode;

use aduan::config::Config;
use aduan::daemon::{self, Daemon, Door};
use anyhow::Context;
use clap::Parser;
use nix::sys::stat::{Mode, umask};

/// Threads that drive modems and sockets; what blocks has threads of its own.
const WORKERS: usize = 2;

/// A fault: configuration, database, socket.
const FAULT: u8 = 2;
/// Wrong arguments (`EX_USAGE` of sysexits.h).
const USAGE: u8 = 64;

/// SMS complaint gateway: drives the modems, keeps the register, serves the officers' `aduan`.
#[derive(Debug, Parser)]
#[command(name = "aduand", version)]
struct Arguments {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "/etc/aduan/aduan.toml")]
    config: PathBuf,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // The terminal is gone when even this cannot be printed.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS };
        }
    };
    daemon::log_to_stderr();
    // Whoever starts it, and from wherever: citizens' words are for the daemon's eyes. The socket has its own mode.
    umask(Mode::S_IRWXG | Mode::S_IRWXO);
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::from(FAULT)
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let config = Config::load(&arguments.config)?;
    let office = config.load_office()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
        .context("starting the runtime")?;
    let ended = runtime.block_on(async {
        let signals = daemon::signals().context("watching for signals")?;
        let door = Door::of(&config);
        let daemon = Daemon::open(&config.database, office, config.modems, &[door]).await?;
        daemon.serve_until(signals).await;
        Ok(())
    });
    // A disk or a port that does not answer must not hold up the end.
    runtime.shutdown_background();
    ended
}
