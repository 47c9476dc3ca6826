//! Commands: a message counts as one only if the whole of it, less particles, is that command (procedure.md section 10).

use super::text::{self, Word};
use crate::number::TicketNumber;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Complaint, suggestion, question, thanks: everything that is no command.
    Complaint,
    /// STATUS: how does my ticket stand?
    Status,
    /// BANTUAN: how is it done?
    Help,
    /// KODE: which units are there?
    Codes,
    /// STOP.
    Stop,
    /// MULAI.
    Start,
    /// PUAS.
    Satisfied,
    /// BELUM, with a reason.
    Unsatisfied,
    /// BATAL.
    Withdraw,
}

impl Kind {
    /// How scripts call it.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Status => "status",
            Self::Help => "help",
            Self::Codes => "codes",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Satisfied => "satisfied",
            Self::Unsatisfied => "unsatisfied",
            Self::Withdraw => "withdraw",
        }
    }
}

/// A command as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command<'t> {
    pub kind: Kind,
    pub number: Option<TicketNumber>,
    /// Digits stood where a number belongs, but they make none.
    pub bad_number: bool,
    /// The reason of BELUM.
    pub reason: &'t str,
}

/// Words that do not change what a command asks for.
const PARTICLES: &[&str] = &[
    "dong",
    "donk",
    "pak",
    "bapak",
    "bpk",
    "bu",
    "ibu",
    "min",
    "admin",
    "ya",
    "yah",
    "yaa",
    "kak",
    "mas",
    "mbak",
    "bang",
    "tolong",
    "tlg",
    "mohon",
    "mhn",
    "please",
    "pls",
    "plis",
    "deh",
    "nih",
    "sih",
    "gan",
    "bos",
    "om",
    "makasih",
    "trims",
    "thx",
    "terimakasih",
    "tks",
];

/// What may follow STATUS and CEK beside the number.
const STATUS_COMPANY: &[&str] = &[
    "status",
    "cek",
    "laporan",
    "lapor",
    "pengaduan",
    "aduan",
    "tiket",
    "no",
    "nomor",
    "nmr",
    "saya",
    "sy",
    "sms",
];

const HELP_CORE: &[&str] = &[
    "bantuan",
    "help",
    "info",
    "format",
    "cara",
    "caranya",
    "carane",
    "menu",
    "petunjuk",
    "panduan",
    "formatnya",
];

const HELP_COMPANY: &[&str] = &[
    "lapor",
    "melapor",
    "laporan",
    "ngelapor",
    "mengadu",
    "ngadu",
    "pengaduan",
    "aduan",
    "gmn",
    "gimana",
    "gmana",
    "bagaimana",
    "bgmn",
    "sms",
    "kirim",
    "mengirim",
    "ngirim",
    "pakai",
    "penggunaan",
    "informasi",
    "untuk",
    "utk",
    "isi",
    "apa",
    "piye",
    "kumaha",
];

const CODES_COMPANY: &[&str] = &[
    "daftar", "kode", "kodenya", "dinas", "skpd", "opd", "unit", "list", "apa", "saja", "aja",
    "instansi", "semua", "minta", "info", "lihat",
];

const STOP_CORE: &[&str] = &["stop", "berhenti", "unreg"];
const STOP_COMPANY: &[&str] = &["sms", "aduan", "langganan", "berlangganan", "pemberitahuan"];
const START_CORE: &[&str] = &["mulai", "start", "aktif", "aktifkan"];
const START_COMPANY: &[&str] = &["lagi", "sms", "kembali", "pemberitahuan"];

/// The command that a whole message is, if it is one.
pub(super) fn command(message: &str) -> Option<Command<'_>> {
    let trimmed = text::trim(message);
    let of = |kind| Command { kind, number: None, bad_number: false, reason: "" };
    if !trimmed.is_empty() && trimmed.chars().all(|c| c == '?' || c.is_whitespace()) {
        return Some(of(Kind::Help));
    }
    let words = text::words(trimmed);
    let number = TicketNumber::find_in(trimmed);
    let digits = digits_of(&words);
    let rest: Vec<&str> = words
        .iter()
        .zip(&digits)
        .filter(|(word, is_digits)| !**is_digits && !PARTICLES.contains(&word.folded.as_str()))
        .map(|(word, _)| word.folded.as_str())
        .collect();
    let any_digits = digits.contains(&true);
    let numbered =
        |kind| Command { kind, number, bad_number: any_digits && number.is_none(), reason: "" };
    let all_in = |list: &[&str]| rest.iter().all(|word| list.contains(word));
    let one_of = |list: &[&str]| rest.iter().any(|word| list.contains(word));
    match rest.first().copied() {
        None if number.is_some() => return Some(numbered(Kind::Status)),
        Some("status" | "cek" | "sttus" | "statusnya")
            if all_in(STATUS_COMPANY) && rest.len() <= 4 =>
        {
            return Some(numbered(Kind::Status));
        }
        Some("puas") if rest.len() == 1 => return Some(numbered(Kind::Satisfied)),
        Some("batal") if any_digits && rest.len() == 1 => return Some(numbered(Kind::Withdraw)),
        Some("belum" | "blm") if number.is_some() || TicketNumber::is_meant_in(trimmed) => {
            let reason = behind_number(trimmed, &words, &digits);
            return Some(Command { reason, ..numbered(Kind::Unsatisfied) });
        }
        _ => {}
    }
    if !any_digits && !rest.is_empty() {
        let led_by = |core: &[&str], company: &[&str]| {
            rest.first().is_some_and(|word| core.contains(word))
                && rest.iter().skip(1).all(|word| company.contains(word))
        };
        if led_by(STOP_CORE, STOP_COMPANY) {
            return Some(of(Kind::Stop));
        }
        if led_by(START_CORE, START_COMPANY) {
            return Some(of(Kind::Start));
        }
        if one_of(&["kode", "kodenya"]) && all_in(CODES_COMPANY) {
            return Some(of(Kind::Codes));
        }
        let help = |word: &&str| HELP_CORE.contains(word) || HELP_COMPANY.contains(word);
        if one_of(HELP_CORE) && rest.iter().all(help) {
            return Some(of(Kind::Help));
        }
    }
    // "a sentence holding a valid number": somebody asks after a ticket.
    number.map(|_| numbered(Kind::Status))
}

/// Which words belong to a ticket number: digits, and the P in front of them.
fn digits_of(words: &[Word]) -> Vec<bool> {
    let numeric = |word: &Word| {
        let digits = word.folded.strip_prefix('p').unwrap_or(&word.folded);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            numeric(word) || (word.folded == "p" && words.get(at + 1).is_some_and(numeric))
        })
        .collect()
}

/// What stands behind the first number of a text, without the separators in front of it.
fn behind_number<'t>(message: &'t str, words: &[Word], digits: &[bool]) -> &'t str {
    /// Digits of a ticket number, the P not counted.
    const DIGITS: usize = 8;
    let mut seen = 0;
    let mut end = 0;
    for (word, is_digits) in words.iter().zip(digits).skip_while(|(_, is_digits)| !**is_digits) {
        if !is_digits || seen >= DIGITS {
            break;
        }
        seen += word.folded.bytes().filter(u8::is_ascii_digit).count();
        end = word.end;
    }
    let behind = message.get(end..).unwrap_or_default();
    text::trim(behind.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | ',' | '.' | '-' | '#' | '=')
    }))
}
