//! One life of the real `aduand`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use aduan::demo::Home;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::sync::watch;

use crate::PATIENCE;

pub struct Daemon {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    ready: watch::Receiver<bool>,
    reader: std::thread::JoinHandle<()>,
}

impl Daemon {
    /// Starts it, and waits for nothing.
    pub fn launch(home: &Home) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_aduand"))
            .arg("--config")
            .arg(home.config_file())
            .env("ADUAN_LOG", "info,aduan::control=warn")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (tell, ready) = watch::channel(false);
        let into = Arc::clone(&log);
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if line.ends_with(" ready") {
                    tell.send_replace(true);
                }
                into.lock().unwrap().push(line);
            }
        });
        Self { child, log, ready, reader }
    }

    /// Waits until it serves.
    pub async fn ready(&self) {
        let mut ready = self.ready.clone();
        let served = tokio::time::timeout(PATIENCE, ready.wait_for(|ready| *ready)).await;
        assert!(matches!(served, Ok(Ok(_))), "it does not start: {:#?}", self.log.lock().unwrap());
    }

    /// SIGKILL; what it had said.
    pub fn kill(mut self) -> Vec<String> {
        let ended = self.child.try_wait().unwrap();
        assert!(ended.is_none(), "it ended by itself, {ended:?}: {:#?}", self.log.lock().unwrap());
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.said()
    }

    /// SIGTERM, as the service manager does; what it had said, and what was wrong with its end.
    pub fn stop(mut self) -> Result<Vec<String>, (Vec<String>, String)> {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
        let status = self.child.wait().unwrap();
        let said = self.said();
        if status.success() { Ok(said) } else { Err((said, format!("it ended with {status}"))) }
    }

    fn said(self) -> Vec<String> {
        self.reader.join().unwrap();
        std::mem::take(&mut self.log.lock().unwrap())
    }
}
