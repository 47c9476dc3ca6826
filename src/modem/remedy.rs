//! What the recovery ladder calls for, carried out between two sessions: nothing here waits for an answer, since there is
//! none to be had.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::unix::pipe;
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::chat::{ChatError, Lost};
use super::recovery::Rung;
use super::{ModemConfig, SessionError, port};
use crate::at::Line;
use crate::store::{Store, modems};

/// How long the port may take nothing of what is written.
const WRITE_PATIENCE: Duration = Duration::from_secs(5);

/// How long a modem has to read what was written before the port is closed over it.
const READ_TIME: Duration = Duration::from_secs(1);

/// How long DTR stays low.
const DTR_LOW: Duration = Duration::from_secs(1);

/// How long a reset command may run before it is killed.
const COMMAND_PATIENCE: Duration = Duration::from_mins(1);

/// Octets kept of a reset command's output: its last line says why it failed.
const OUTPUT_BYTES_MAX: usize = 1024;

/// How long the rest of its output is awaited when it has ended: what it started may hold the pipe for ever.
const OUTPUT_PATIENCE: Duration = Duration::from_millis(100);

/// What restarts a modem that told nothing about its family.
const RESTART: &str = "AT+CFUN=1,1";

/// Does what a rung calls for; what does not work is logged, and the next rung comes by itself.
pub(super) async fn apply(
    rung: Rung,
    config: &ModemConfig,
    store: &Store,
    stop: &mut watch::Receiver<bool>,
) {
    match rung {
        Rung::Reopen => {}
        Rung::Restart => {
            tracing::warn!("it is told to restart");
            if let Err(error) = restart(config, store).await {
                tracing::warn!(%error, "it cannot be told to restart");
            }
        }
        Rung::LowerDtr => match lower_dtr(config).await {
            Ok(()) => tracing::warn!("DTR was lowered for a second"),
            // Not every adapter has it.
            Err(error) => tracing::debug!(%error, "DTR cannot be lowered"),
        },
        Rung::ResetCommand => reset(config, stop).await,
    }
}

/// Tells a modem to restart, in the words of its family where that is known.
///
/// # Errors
/// [`SessionError`]: the port does not open, or takes nothing.
pub(super) async fn restart(config: &ModemConfig, store: &Store) -> Result<(), SessionError> {
    let name = config.name.clone();
    let known = store.read(move |tx| modems::known(tx, &name)).await.ok().flatten();
    let line = known.and_then(|identity| config.quirks.of(&identity).restart);
    let mut port = port::open(&config.path, (config.baud, config.rts_cts)).await?;
    let written = write_restart(&mut port, line.as_ref()).await;
    Ok(written.map_err(|cause| ChatError::Gone(Lost::Port(cause)))?)
}

/// Leaves a half-open prompt, and tells the modem to restart.
async fn write_restart<L: AsyncWrite + Unpin>(port: &mut L, line: Option<&Line>) -> io::Result<()> {
    let line = line.map_or(RESTART, Line::as_str);
    let text = format!("\u{1b}\r{line}\r");
    timeout(WRITE_PATIENCE, port.write_all(text.as_bytes()))
        .await
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    sleep(READ_TIME).await;
    Ok(())
}

async fn lower_dtr(config: &ModemConfig) -> io::Result<()> {
    let mut port =
        port::open(&config.path, (config.baud, config.rts_cts)).await.map_err(io::Error::other)?;
    port.set_dtr(false)?;
    sleep(DTR_LOW).await;
    port.set_dtr(true)
}

async fn reset(config: &ModemConfig, stop: &mut watch::Receiver<bool>) {
    let Some(program) = config.reset_command.first() else { return };
    tracing::warn!(program, "the reset command is run");
    match run_reset_command(config, stop).await {
        Ok((Some(status), _)) if status.success() => tracing::info!("the reset command has ended"),
        Ok((Some(status), said)) => {
            tracing::error!(program, %status, said, "the reset command failed");
        }
        Ok((None, said)) => {
            tracing::error!(program, said, "the reset command did not end and was killed");
        }
        Err(error) => tracing::error!(program, %error, "the reset command cannot be run"),
    }
}

/// Runs it; how it ended, unless it had to be killed, and the last line that it wrote.
async fn run_reset_command(
    config: &ModemConfig,
    stop: &mut watch::Receiver<bool>,
) -> io::Result<(Option<ExitStatus>, String)> {
    let Some((program, arguments)) = config.reset_command.split_first() else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let (output, input) = io::pipe()?;
    let mut child = {
        let mut command = Command::new(program);
        command.args(arguments).env("ADUAN_MODEM", &config.name).env("ADUAN_PATH", &config.path);
        command.stdin(Stdio::null()).stdout(input.try_clone()?).stderr(input);
        // A group of its own: what it has started is killed with it.
        command.process_group(0).kill_on_drop(true).spawn()?
    };
    let mut output = pipe::Receiver::from_owned_fd(output.into())?;
    let (mut said, mut octets) = (Vec::new(), [0; OUTPUT_BYTES_MAX]);
    let mut keep = |octets: &[u8]| {
        said.extend_from_slice(octets);
        said.drain(..said.len().saturating_sub(OUTPUT_BYTES_MAX));
    };
    let mut time_is_up = std::pin::pin!(sleep(COMMAND_PATIENCE));
    let mut speaks = true;
    let status = loop {
        tokio::select! {
            status = child.wait() => break Some(status?),
            read = output.read(&mut octets), if speaks => match read {
                Ok(count @ 1..) => keep(octets.get(..count).unwrap_or_default()),
                Ok(0) | Err(_) => speaks = false,
            },
            () = &mut time_is_up => break None,
            _ = stop.changed() => break None,
        }
    };
    if status.is_none() {
        kill(&mut child).await;
    }
    // No more than a pipe holds.
    for _ in 0..64 {
        match timeout(OUTPUT_PATIENCE, output.read(&mut octets)).await {
            Ok(Ok(count @ 1..)) => keep(octets.get(..count).unwrap_or_default()),
            Ok(Ok(0) | Err(_)) | Err(_) => break,
        }
    }
    Ok((status, last_line(&said)))
}

async fn kill(child: &mut Child) {
    if let Some(group) = child.id().and_then(|id| i32::try_from(id).ok()) {
        // It may just have ended.
        let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
    }
    let _ = child.wait().await;
}

/// The last line with something in it, without what a log cannot show.
fn last_line(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let last = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    last.chars().filter(|sign| !sign.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;
    use crate::modem::{Receive, recovery::Patience};

    fn config(command: &[&str]) -> ModemConfig {
        ModemConfig {
            name: "modem-7".to_owned(),
            path: "/dev/nonexistent".into(),
            baud: 115_200,
            rts_cts: false,
            number: None,
            pin_file: None,
            pin_uncounted: false,
            receive: Receive::default(),
            quirks: crate::modem::quirks::Quirks::default(),
            record: None,
            credit: None,
            reset_command: command.iter().map(|word| (*word).to_owned()).collect(),
            patience: Patience::default(),
            pace: crate::store::claim::Pace::default(),
            routes: Vec::new(),
            found: crate::modem::Found::default(),
        }
    }

    async fn run(command: &[&str]) -> io::Result<(Option<ExitStatus>, String)> {
        let (_tell, mut stop) = watch::channel(false);
        run_reset_command(&config(command), &mut stop).await
    }

    #[tokio::test]
    async fn a_reset_command_is_told_which_modem_and_its_last_line_is_kept() {
        let script = "echo first; echo $ADUAN_MODEM at $ADUAN_PATH >&2; exit 3";
        let (status, said) = run(&["sh", "-c", script]).await.unwrap();
        assert_eq!(status.and_then(|status| status.code()), Some(3));
        assert_eq!(said, "modem-7 at /dev/nonexistent");
    }

    #[tokio::test]
    async fn its_words_are_no_shells() {
        let (status, said) = run(&["echo", "a;b", "$HOME", "*"]).await.unwrap();
        assert_eq!(status.map(ExitStatus::into_raw), Some(0));
        assert_eq!(said, "a;b $HOME *");
    }

    #[tokio::test]
    async fn one_that_cannot_be_run_is_an_error() {
        assert!(run(&["/nonexistent/uhubctl"]).await.is_err());
    }

    #[tokio::test]
    async fn one_that_writes_without_end_takes_no_room_and_what_it_leaves_behind_holds_nobody_up() {
        let script = "yes | head -c 300000; sleep 1000 & echo done";
        let (status, said) = run(&["sh", "-c", script]).await.unwrap();
        assert!(status.is_some_and(|status| status.success()), "{status:?}");
        assert_eq!(said, "done");
    }

    #[tokio::test]
    async fn the_end_of_the_daemon_ends_it() {
        let (tell, mut stop) = watch::channel(false);
        let config = config(&["sleep", "1000"]);
        let running = run_reset_command(&config, &mut stop);
        let told = async {
            tokio::task::yield_now().await;
            tell.send_replace(true);
        };
        let (ended, ()) = tokio::join!(running, told);
        assert_eq!(ended.unwrap().0, None);
    }

    #[tokio::test]
    async fn a_restart_leaves_an_open_prompt_first() {
        let (mut port, mut modem) = tokio::io::duplex(64);
        let line = Line::parse("AT#REBOOT").unwrap();
        write_restart(&mut port, Some(&line)).await.unwrap();
        drop(port);
        let mut heard = Vec::new();
        modem.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, b"\x1b\rAT#REBOOT\r");
    }
}
