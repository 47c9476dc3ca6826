//! What ails a modem, and why one did not carry out an order: a stable code and named details, from which whoever shows it
//! makes a sentence in the reader's language.

use std::path::PathBuf;

use super::holder::Kind;
use super::interface::Looks;
use crate::at::{Class, Refusal};

/// Characters of a text that system, card or modem chose: a sentence at most.
const TEXT_CHARS: usize = 120;

/// Digits in one word from which it is taken for a number or a PDU.
const NUMBER_DIGITS: usize = 5;

/// What ails a modem. Its `Display` is for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Ailment {
    /// Its path is not there.
    #[error("{} is not there: not plugged in, or the path is wrong", path.display())]
    NotThere {
        /// As it is configured.
        path: PathBuf,
    },
    /// Another program has its port.
    #[error("another program holds {}: {program} (process {process})", path.display())]
    PortHeld {
        /// The port.
        path: PathBuf,
        /// As the program calls itself.
        program: String,
        /// Its number.
        process: u32,
    },
    /// This program itself has the port, under another path.
    #[error("this program itself has {}, under another path", path.display())]
    PortHeldHere {
        /// The port.
        path: PathBuf,
    },
    /// Another program has the port, and it may be one of these.
    #[error("another program may hold {}: {}", path.display(), programs.join(", "))]
    PortSuspected {
        /// The port.
        path: PathBuf,
        /// Those that run and are known to take ports.
        programs: Vec<&'static str>,
    },
    /// Another program has the port; which one does not show.
    #[error("another program may hold {}", path.display())]
    PortTaken {
        /// The port.
        path: PathBuf,
    },
    /// The daemon may not open the port.
    #[error("{} may not be opened", path.display())]
    PortForbidden {
        /// The port.
        path: PathBuf,
    },
    /// The port does not open as a serial port does.
    #[error("{} does not open as a serial port: {cause}", path.display())]
    PortUnfit {
        /// The port.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The port is gone: unplugged, or the modem restarted its USB side.
    #[error("the port is gone")]
    PortGone,
    /// The port takes nothing that is written.
    #[error("the port takes nothing that is written")]
    PortStuck,
    /// The port broke in another way.
    #[error("the port is gone: {cause}")]
    PortBroken {
        /// What the system said.
        cause: String,
    },
    /// Octets come without end, and nothing that a modem says.
    #[error("only noise comes")]
    Noise,
    /// A command was not answered in time.
    #[error("{command}: no answer in time")]
    NoAnswer {
        /// Its name.
        command: String,
    },
    /// A command was refused.
    #[error("{command}: {}", harmless(&refusal.to_string()))]
    Refused {
        /// Its name.
        command: String,
        /// The final result code.
        refusal: Refusal,
        /// Whether a TPDU had been written.
        after_payload: bool,
    },
    /// The modem restarted in the middle of a command.
    #[error("{command}: the modem restarted")]
    RestartedMeanwhile {
        /// Its name.
        command: String,
    },
    /// The line was closed in the middle of a command.
    #[error("{command}: the line was reset")]
    LineReset {
        /// Its name.
        command: String,
    },
    /// The answer to a command holds nothing usable.
    #[error("{command}: the answer holds nothing usable")]
    UnusableAnswer {
        /// Its name.
        command: String,
    },
    /// The port speaks another protocol.
    #[error("the port speaks another protocol ({}): {because}", looks_token(*looks))]
    WrongInterface {
        /// Which.
        looks: Looks,
        /// The other ports of the stick.
        siblings: Vec<PathBuf>,
        /// How that showed.
        because: Box<Self>,
    },
    /// The port does not talk, and never did; another one of the stick may.
    #[error("another port of the stick may be the right one: {because}")]
    OtherInterface {
        /// The other ports of the stick.
        siblings: Vec<PathBuf>,
        /// How that showed.
        because: Box<Self>,
    },
    /// There is no card.
    #[error("there is no SIM card")]
    NoCard,
    /// A PIN was entered a moment ago, and nobody knows what came of it: the card is asked again in a minute.
    #[error(
        "a PIN was entered less than a minute ago, and nobody knows what came of it: the card is asked again in a minute"
    )]
    PinSettles,
    /// The card asks for a PIN, and the configuration has none.
    #[error("the SIM asks for a PIN and none is configured")]
    PinMissing,
    /// The card asks for its PUK.
    #[error("the SIM asks for its PUK")]
    PukAsked,
    /// Card or modem ask for another code.
    #[error("the SIM asks for {lock}")]
    LockAsked {
        /// As the modem names it.
        lock: String,
    },
    /// The file with the PIN cannot be read.
    #[error("the PIN cannot be read from {}: {cause}", path.display())]
    PinFileUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The file with the PIN holds none.
    #[error("{} does not hold four to eight digits", path.display())]
    PinFileWrong {
        /// The file.
        path: PathBuf,
    },
    /// Not all tries of the PIN are left: none is entered.
    #[error("fewer than three tries of the PIN are left")]
    PinFewTries,
    /// The PIN that is configured was refused before.
    #[error("the configured PIN was tried before")]
    PinTried,
    /// Nobody tells how many tries of the PIN are left: none is entered.
    #[error("the modem does not tell how many tries of the PIN are left")]
    PinUntold,
    /// A PIN was tried, and nobody tells how many tries are left.
    #[error("a PIN was tried before, and the modem does not tell how many tries are left")]
    PinUncounted,
    /// The PIN was refused.
    #[error("the configured PIN was refused: {because}")]
    PinRefused {
        /// In which words.
        because: Box<Self>,
    },
    /// The modem is served under another name.
    #[error("{modem} serves this modem already")]
    Twin {
        /// Which.
        modem: String,
    },
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The database could not keep something.
    #[error("{cause}")]
    Database {
        /// What it said.
        cause: String,
    },
    /// It answers, and shows nothing of what it has stored.
    #[error("the modem refuses to show what it has stored")]
    Unread,
    /// It restarted by itself.
    #[error("the modem restarted")]
    Restarted,
    /// The gateway had it restarted.
    #[error("the modem was restarted after this: {because}")]
    Mended {
        /// What for.
        because: Box<Self>,
    },
    /// The gateway brings it up anew.
    #[error("the modem is brought up anew after this: {because}")]
    Changed {
        /// What for.
        because: Box<Self>,
    },
    /// It had no network for long.
    #[error("there is no network")]
    NoNetwork,
    /// An admin set something by hand.
    #[error("an admin set something by hand")]
    SetByHand,
    /// An admin had it restarted.
    #[error("restarted by an admin")]
    Reset,
    /// An admin took it out of service.
    #[error("taken out of service by an admin")]
    Disabled,
    /// Its task died.
    #[error("its task died by a fault of the program")]
    Crashed,
    /// It goes down when it sends: nothing is sent by it for now.
    #[error("it goes down whenever it sends a text: {because}")]
    GoesDown {
        /// How that showed.
        because: Box<Self>,
    },
    /// What becomes of its texts is not told: nothing is sent by it for now.
    #[error("nobody says what became of its texts: {because}")]
    NobodySays {
        /// How that showed.
        because: Box<Self>,
    },
    /// The network did not answer a USSD code.
    #[error("the network did not answer within {seconds} s")]
    UssdSilent {
        /// How long it had.
        seconds: u64,
    },
    /// The network ended a USSD dialogue without a word.
    #[error("the network ended it without a word")]
    UssdWordless,
    /// Another device has answered (`+CUSD: 3`).
    #[error("another device has answered")]
    UssdElsewhere,
    /// The network does not know the code (`+CUSD: 4`).
    #[error("the network does not know this code (+CUSD: 4)")]
    UssdUnknown,
    /// The network took too long (`+CUSD: 5`).
    #[error("the network took too long (+CUSD: 5)")]
    UssdLate,
    /// The network's answer is not understood.
    #[error("the network gave an answer that is not understood")]
    UssdOdd,
}

impl Ailment {
    /// What scripts and texts know it by.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotThere { .. } => "not-there",
            Self::PortHeld { .. } => "port-held",
            Self::PortHeldHere { .. } => "port-held-here",
            Self::PortSuspected { .. } => "port-suspected",
            Self::PortTaken { .. } => "port-taken",
            Self::PortForbidden { .. } => "port-forbidden",
            Self::PortUnfit { .. } => "port-unfit",
            Self::PortGone => "port-gone",
            Self::PortStuck => "port-stuck",
            Self::PortBroken { .. } => "port-broken",
            Self::Noise => "noise",
            Self::NoAnswer { .. } => "no-answer",
            Self::Refused { refusal: Refusal::Cms(_), .. } => "refused-cms",
            Self::Refused { refusal: Refusal::Cme(_), .. } => "refused-cme",
            Self::Refused { .. } => "refused",
            Self::RestartedMeanwhile { .. } => "restarted-meanwhile",
            Self::LineReset { .. } => "line-reset",
            Self::UnusableAnswer { .. } => "unusable-answer",
            Self::WrongInterface { .. } => "wrong-interface",
            Self::OtherInterface { .. } => "other-interface",
            Self::NoCard => "no-card",
            Self::PinSettles => "pin-settles",
            Self::PinMissing => "pin-missing",
            Self::PukAsked => "puk-asked",
            Self::LockAsked { .. } => "lock-asked",
            Self::PinFileUnreadable { .. } => "pin-file-unreadable",
            Self::PinFileWrong { .. } => "pin-file-wrong",
            Self::PinFewTries => "pin-few-tries",
            Self::PinTried => "pin-tried",
            Self::PinUntold => "pin-untold",
            Self::PinUncounted => "pin-uncounted",
            Self::PinRefused { .. } => "pin-refused",
            Self::Twin { .. } => "twin",
            Self::DiskFull => "disk-full",
            Self::Database { .. } => "database",
            Self::Unread => "unread",
            Self::Restarted => "restarted",
            Self::Mended { .. } => "mended",
            Self::Changed { .. } => "changed",
            Self::NoNetwork => "no-network",
            Self::SetByHand => "set-by-hand",
            Self::Reset => "reset",
            Self::Disabled => "disabled",
            Self::Crashed => "crashed",
            Self::GoesDown { .. } => "goes-down",
            Self::NobodySays { .. } => "nobody-says",
            Self::UssdSilent { .. } => "ussd-silent",
            Self::UssdWordless => "ussd-wordless",
            Self::UssdElsewhere => "ussd-elsewhere",
            Self::UssdUnknown => "ussd-unknown",
            Self::UssdLate => "ussd-late",
            Self::UssdOdd => "ussd-odd",
        }
    }

    /// What a sentence about it speaks of, by name. Several of one kind stand with spaces between them, as paths and names of
    /// programs hold none.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotThere { path }
            | Self::PortHeldHere { path }
            | Self::PortTaken { path }
            | Self::PortForbidden { path }
            | Self::PinFileWrong { path } => vec![("path", path.display().to_string())],
            Self::PortHeld { path, program, process } => vec![
                ("path", path.display().to_string()),
                ("program", harmless(program)),
                ("process", process.to_string()),
                ("kind", Kind::of(program).token().to_owned()),
            ],
            Self::PortSuspected { path, programs } => {
                let mut kinds: Vec<&str> =
                    programs.iter().map(|program| Kind::of(program).token()).collect();
                kinds.dedup();
                vec![
                    ("path", path.display().to_string()),
                    ("programs", programs.join(" ")),
                    ("kinds", kinds.join(" ")),
                ]
            }
            Self::PortUnfit { path, cause } | Self::PinFileUnreadable { path, cause } => {
                vec![("path", path.display().to_string()), ("said", harmless(cause))]
            }
            Self::PortBroken { cause } | Self::Database { cause } => {
                vec![("said", harmless(cause))]
            }
            Self::NoAnswer { command }
            | Self::RestartedMeanwhile { command }
            | Self::LineReset { command }
            | Self::UnusableAnswer { command } => vec![("command", command.clone())],
            Self::Refused { command, refusal, after_payload } => {
                let answer = match refusal {
                    Refusal::Cms(code) => ("number", code.0.to_string()),
                    Refusal::Cme(code) => ("number", code.0.to_string()),
                    Refusal::Plain
                    | Refusal::NotSupported(_)
                    | Refusal::CmsWords(_)
                    | Refusal::CmeWords(_)
                    | Refusal::Call(_) => ("answer", harmless(&refusal.to_string())),
                };
                let class = class_token(refusal.verdict(*after_payload).class).to_owned();
                vec![("command", command.clone()), answer, ("class", class)]
            }
            Self::WrongInterface { looks, siblings, .. } => {
                vec![("looks", looks_token(*looks).to_owned()), ("siblings", joined(siblings))]
            }
            Self::OtherInterface { siblings, .. } => vec![("siblings", joined(siblings))],
            Self::LockAsked { lock } => vec![("lock", harmless(lock))],
            Self::Twin { modem } => vec![("modem", modem.clone())],
            Self::UssdSilent { seconds } => vec![("seconds", seconds.to_string())],
            Self::PortGone
            | Self::PortStuck
            | Self::Noise
            | Self::NoCard
            | Self::PinSettles
            | Self::PinMissing
            | Self::PukAsked
            | Self::PinFewTries
            | Self::PinTried
            | Self::PinUntold
            | Self::PinUncounted
            | Self::PinRefused { .. }
            | Self::DiskFull
            | Self::Unread
            | Self::Restarted
            | Self::Mended { .. }
            | Self::Changed { .. }
            | Self::NoNetwork
            | Self::SetByHand
            | Self::Reset
            | Self::Disabled
            | Self::Crashed
            | Self::GoesDown { .. }
            | Self::NobodySays { .. }
            | Self::UssdWordless
            | Self::UssdElsewhere
            | Self::UssdUnknown
            | Self::UssdLate
            | Self::UssdOdd => Vec::new(),
        }
    }

    /// What it comes from, where that is known.
    pub fn because(&self) -> Option<&Self> {
        match self {
            Self::WrongInterface { because, .. }
            | Self::OtherInterface { because, .. }
            | Self::PinRefused { because }
            | Self::Mended { because }
            | Self::Changed { because }
            | Self::GoesDown { because }
            | Self::NobodySays { because } => Some(because),
            Self::NotThere { .. }
            | Self::PortHeld { .. }
            | Self::PortHeldHere { .. }
            | Self::PortSuspected { .. }
            | Self::PortTaken { .. }
            | Self::PortForbidden { .. }
            | Self::PortUnfit { .. }
            | Self::PortGone
            | Self::PortStuck
            | Self::PortBroken { .. }
            | Self::Noise
            | Self::NoAnswer { .. }
            | Self::Refused { .. }
            | Self::RestartedMeanwhile { .. }
            | Self::LineReset { .. }
            | Self::UnusableAnswer { .. }
            | Self::NoCard
            | Self::PinSettles
            | Self::PinMissing
            | Self::PukAsked
            | Self::LockAsked { .. }
            | Self::PinFileUnreadable { .. }
            | Self::PinFileWrong { .. }
            | Self::PinFewTries
            | Self::PinTried
            | Self::PinUntold
            | Self::PinUncounted
            | Self::Twin { .. }
            | Self::DiskFull
            | Self::Database { .. }
            | Self::Unread
            | Self::Restarted
            | Self::NoNetwork
            | Self::SetByHand
            | Self::Reset
            | Self::Disabled
            | Self::Crashed
            | Self::UssdSilent { .. }
            | Self::UssdWordless
            | Self::UssdElsewhere
            | Self::UssdUnknown
            | Self::UssdLate
            | Self::UssdOdd => None,
        }
    }
}

const fn looks_token(looks: Looks) -> &'static str {
    match looks {
        Looks::Positions => "positions",
        Looks::Diagnosis => "diagnosis",
    }
}

const fn class_token(class: Class) -> &'static str {
    match class {
        Class::Transient => "transient",
        Class::Permanent => "permanent",
        Class::Operator => "operator",
        Class::Modem => "modem",
        Class::Ignore => "ignore",
    }
}

fn joined(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
}

/// A text that the system, the card or the modem chose, without what steers a terminal: in one line, not too long, and words
/// that hold a number, or may be a PDU, as stars.
fn harmless(text: &str) -> String {
    let word = |word: &str| -> String {
        let hides = word.chars().filter(|sign| sign.is_numeric()).count() >= NUMBER_DIGITS;
        let shown = word.chars().filter(|sign| !sign.is_control());
        shown.map(|sign| if hides && sign.is_alphanumeric() { '*' } else { sign }).collect()
    };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    words.join(" ").chars().take(TEXT_CHARS).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::at::{CmeCode, CmsCode};

    /// One of each code.
    pub fn every_ailment() -> Vec<Ailment> {
        use Ailment as A;
        let path = PathBuf::from("/dev/ttyUSB0");
        let command = || "AT+CMGS".to_owned();
        let cause = || "Not a typewriter".to_owned();
        let because = || Box::new(A::NoAnswer { command: "AT".to_owned() });
        let siblings = ["/dev/ttyUSB1", "/dev/ttyUSB2"].map(PathBuf::from).to_vec();
        let refused = |refusal| A::Refused { command: command(), refusal, after_payload: true };
        vec![
            A::NotThere { path: path.clone() },
            A::PortHeld { path: path.clone(), program: "ModemManager".to_owned(), process: 812 },
            A::PortHeldHere { path: path.clone() },
            A::PortSuspected { path: path.clone(), programs: vec!["brltty", "smsd"] },
            A::PortTaken { path: path.clone() },
            A::PortForbidden { path: path.clone() },
            A::PortUnfit { path: path.clone(), cause: cause() },
            A::PortGone,
            A::PortStuck,
            A::PortBroken { cause: cause() },
            A::Noise,
            A::NoAnswer { command: command() },
            refused(Refusal::Cms(CmsCode(8))),
            refused(Refusal::Cme(CmeCode(13))),
            refused(Refusal::Plain),
            A::RestartedMeanwhile { command: command() },
            A::LineReset { command: command() },
            A::UnusableAnswer { command: command() },
            A::WrongInterface {
                looks: Looks::Positions,
                siblings: siblings.clone(),
                because: because(),
            },
            A::OtherInterface { siblings, because: because() },
            A::NoCard,
            A::PinSettles,
            A::PinMissing,
            A::PukAsked,
            A::LockAsked { lock: "PH-NET PIN".to_owned() },
            A::PinFileUnreadable { path: path.clone(), cause: cause() },
            A::PinFileWrong { path },
            A::PinFewTries,
            A::PinTried,
            A::PinUntold,
            A::PinUncounted,
            A::PinRefused { because: because() },
            A::Twin { modem: "modem-1".to_owned() },
            A::DiskFull,
            A::Database { cause: "database: no such table: part".to_owned() },
            A::Unread,
            A::Restarted,
            A::Mended { because: because() },
            A::Changed { because: because() },
            A::NoNetwork,
            A::SetByHand,
            A::Reset,
            A::Disabled,
            A::Crashed,
            A::GoesDown { because: because() },
            A::NobodySays { because: because() },
            A::UssdSilent { seconds: 60 },
            A::UssdWordless,
            A::UssdElsewhere,
            A::UssdUnknown,
            A::UssdLate,
            A::UssdOdd,
        ]
    }

    #[test]
    fn one_of_each_is_one_of_each() {
        let source = include_str!("ailment.rs");
        let (_, behind) = source.split_once("pub const fn code").unwrap();
        let (table, _) = behind.split_once("pub fn details").unwrap();
        let codes: Vec<_> = table
            .lines()
            .filter_map(|line| line.trim().strip_suffix("\",")?.split('"').nth(1))
            .collect();
        let named: Vec<_> = every_ailment().iter().map(Ailment::code).collect();
        assert_eq!(named, codes);
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "a code stands twice");
    }

    #[test]
    fn what_system_and_modem_say_holds_no_number_and_steers_no_terminal() {
        assert_eq!(harmless("no space\r\nleft\u{1b}[1m on 3 disks"), "no space left[1m on 3 disks");
        assert_eq!(
            harmless("+CME ERROR: from +6281234567890, ok"),
            "+CME ERROR: from +*************, ok"
        );
        assert_eq!(harmless("0791261801B2 38"), "************ 38");
        assert_eq!(harmless(&"a".repeat(999)).len(), TEXT_CHARS);
        let refusal = Refusal::CmeWords("call +6281234567890".to_owned());
        let ailment = Ailment::Refused { command: "AT".to_owned(), refusal, after_payload: false };
        assert!(!format!("{ailment} {:?}", ailment.details()).contains("812"));
    }
}
