//! Commands: a message counts as one only if the whole of it, less particles, is that command (procedure.md section 10).

use super::address;
use super::text::{self, Word};
use crate::number::{self, Mention, TicketNumber};

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

/// Words that do not change what a command asks for: forms of address and particles.
pub(super) const PARTICLES: &[&str] = &[
    "dong", "donk", "pak", "bapak", "bpk", "bu", "ibu", "min", "admin", "ya", "yah", "yaa", "kak",
    "mas", "mbak", "bang", "deh", "nih", "sih", "gan", "bos", "om",
];

/// Thanks, which do not change it either.
const THANKS: &[&str] = &["makasih", "terimakasih", "trims", "thx", "tks"];

/// Two words that are thanks together: "kasih bantuan" by itself asks for something.
const THANKS_IN_TWO: [&str; 2] = ["terima", "kasih"];

/// Please. Alone with BANTUAN or STOP it begins a complaint ("mohon bantuan", "tolong stop"); with more it is a particle.
const PLEASE: &[&str] = &["tolong", "tlg", "mohon", "mhn", "please", "pls", "plis", "minta"];

const STATUS_CORE: &[&str] = &["status", "cek", "statusnya"];

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
    "nomer",
    "nmr",
    "saya",
    "sy",
    "sms",
];

/// How, in a question for STATUS.
const HOW: &[&str] = &["bagaimana", "bgmn", "gimana", "gmana", "gmn", "kumaha", "piye"];

/// Words of a STATUS without its number, at most.
const STATUS_WORDS_MAX: usize = 4;

/// What may stand between PUAS, BELUM or BATAL and the number.
const NUMBER_COMPANY: &[&str] =
    &["no", "nomor", "nomer", "nmr", "tiket", "laporan", "pengaduan", "aduan"];

const BELUM: [&str; 2] = ["belum", "blm"];

/// What may stand behind BELUM where there is no number: the words with which templates ask for it.
const BELUM_COMPANY: &[&str] = &["puas", "sesuai", "beres"];

/// What denies that a citizen is content, before "puas".
const DENIALS: &[&str] = &[
    "tidak", "tdk", "tak", "gak", "ga", "gk", "nggak", "ngga", "enggak", "kurang", "krg", "belum",
    "blm",
];

/// Words that make a question of a text that begins with PUAS, BELUM or BATAL.
const QUESTIONS: &[&str] = &[
    "apa",
    "apakah",
    "bagaimana",
    "bgmn",
    "cek",
    "gimana",
    "gmana",
    "gmn",
    "kapan",
    "kenapa",
    "knp",
    "kpn",
    "mana",
    "mengapa",
    "status",
];

/// Behind PUAS it says that somebody is not.
const CONTRASTS: &[&str] = &[
    "tapi", "tp", "tpi", "tetapi", "namun", "cuma", "hanya", "masih", "msh", "belum", "blm", "kok",
    "malah", "kurang",
];

/// Behind BELUM at the start of a text: its citizen waits for the answer, and speaks of none.
const UNANSWERED: &[&str] =
    &["dijawab", "dibalas", "direspon", "direspons", "ditanggapi", "diproses"];

/// What "belum ada" and its like wait for, where they do not speak of the matter ("belum ada perbaikan").
const ANSWERS: &[&str] = &[
    "jawaban",
    "jawabannya",
    "jwban",
    "balasan",
    "balasannya",
    "tanggapan",
    "tanggapannya",
    "respon",
    "respons",
    "responnya",
    "kabar",
    "kabarnya",
    "kelanjutan",
    "kelanjutannya",
    "info",
    "infonya",
];

/// Words with which a reason begins behind "P26-00123-0 BELUM". Behind any other, "belum" belongs to what is said ("belum ada
/// jawaban", "belum diperbaiki"): that asks after the ticket.
const REASON_OPENINGS: &[&str] = &[
    "puas", "masih", "msh", "tetap", "ttp", "karena", "krn", "karna", "soalnya", "sebab", "malah",
    "cuma", "hanya",
];

const HELP_CORE: &[&str] = &["bantuan", "help", "info", "menu"];

/// Words that ask how it is done, alone or in a question.
const HELP_HOW: &[&str] =
    &["format", "formatnya", "cara", "caranya", "carane", "petunjuk", "panduan"];

/// What a question for the way may hold beside them.
const HELP_COMPANY: &[&str] = &[
    "lapor",
    "melapor",
    "laporan",
    "ngelapor",
    "lapornya",
    "melapornya",
    "ngelapornya",
    "ngadunya",
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
    "minta",
];

/// What BANTUAN, HELP, INFO and MENU may be said of: this service.
const HELP_OBJECT: &[&str] = &["sms", "aduan", "pengaduan", "lapor", "melapor", "laporan"];

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
    let asks = |c: char| matches!(c, '?' | '\u{FF1F}');
    if trimmed.contains(asks) && trimmed.chars().all(|c| asks(c) || c.is_whitespace()) {
        return Some(of(Kind::Help));
    }
    let written = text::words(trimmed);
    let words = written.get(address::greetings(&written)..).unwrap_or_default();
    let mentions: Vec<Mention> = number::attempts(trimmed);
    let number = number::named(&mentions);
    let mentioned = |word: &Word| {
        mentions.iter().any(|mention| mention.start <= word.start && word.end <= mention.end)
    };
    let numeric = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_digit());
    let digits = words.iter().any(|word| numeric(word) && !mentioned(word));
    let said = words.iter().filter(|word| !mentioned(word) && !numeric(word));
    let rest = without_particles(said.map(|word| word.folded.as_str()).collect());
    let any_number = digits || !mentions.is_empty();
    let numbered =
        |kind| Command { kind, number, bad_number: any_number && number.is_none(), reason: "" };
    // The number of a command may be called one: "PUAS nomor P26-00123-0".
    let alone = || rest.iter().skip(1).all(|word| NUMBER_COMPANY.contains(word));
    let leading = rest.iter().find(|word| !NUMBER_COMPANY.contains(word));
    match rest.first().copied() {
        // A number alone asks after its ticket, and so does one with the shape but not the check digit.
        None if !digits
            && mentions.iter().any(|mention| mention.number.is_ok() || mention.marked) =>
        {
            return Some(numbered(Kind::Status));
        }
        Some("puas") if alone() => return Some(numbered(Kind::Satisfied)),
        Some("batal") if alone() => return Some(numbered(Kind::Withdraw)),
        Some(word) if BELUM.contains(&word) && !any_number && !trimmed.contains(asks) => {
            let others = rest.get(1..).unwrap_or_default();
            if others.len() <= 1 && others.iter().all(|word| BELUM_COMPANY.contains(word)) {
                return Some(of(Kind::Unsatisfied));
            }
        }
        Some(_) if !any_number && !trimmed.contains(asks) && rest.len() == 2 && denies(&rest) => {
            return Some(of(Kind::Unsatisfied));
        }
        _ if leading.is_some_and(|word| BELUM.contains(word)) => {
            let named = number_behind_belum(words, &mentions)
                .map(|mention| (mention, mention.end))
                .or_else(|| number_before_belum(words, &mentions, trimmed));
            if let Some((mention, end)) = named {
                let behind = trimmed.get(end..).unwrap_or_default();
                let reason = text::trim(behind.trim_start_matches(|c: char| {
                    c.is_whitespace() || matches!(c, ':' | ',' | '.' | '-' | '#' | '=' | ';')
                }));
                let (kind, number) = (Kind::Unsatisfied, mention.number.ok());
                return Some(Command { kind, number, bad_number: number.is_none(), reason });
            }
        }
        _ => {}
    }
    if trimmed.contains(asks) || rest.iter().any(|word| QUESTIONS.contains(word)) {
        // Who asks is answered: "PUAS P26-00123-0 sudah beres?"
    } else if let Some(reason) = objection(words, &mentions, trimmed) {
        return Some(Command { reason, ..numbered(Kind::Unsatisfied) });
    } else if let ([mention], true) = (&*mentions, denies(&rest))
        && mention.marked
        && mention.number.is_ok()
    {
        return Some(Command { reason: trimmed, ..numbered(Kind::Unsatisfied) });
    } else if let Some(mention) = number_directly_behind(words, &mentions) {
        let kind = match rest.first().copied() {
            Some("puas") if !rest.iter().any(|word| CONTRASTS.contains(word)) => {
                Some(Kind::Satisfied)
            }
            Some("batal") if !rest.contains(&"kok") => Some(Kind::Withdraw),
            _ => None,
        };
        if let (Some(kind), Ok(number)) = (kind, mention.number) {
            return Some(Command { number: Some(number), ..of(kind) });
        }
    }
    if let Some(kind) = plain(&rest, any_number) {
        return Some(if kind == Kind::Status { numbered(kind) } else { of(kind) });
    }
    // "a sentence holding a valid number": somebody asks after a ticket.
    number.map(|_| numbered(Kind::Status))
}

/// What is left of `words` without particles and thanks.
fn without_particles(words: Vec<&str>) -> Vec<&str> {
    let mut left = without_thanks(words, |word| word);
    left.retain(|word| !PARTICLES.contains(word));
    left
}

/// What is left of `words` without thanks.
pub(super) fn without_thanks<W>(words: Vec<W>, spelt: impl Fn(&W) -> &str) -> Vec<W> {
    let [terima, kasih] = THANKS_IN_TWO;
    let mut left: Vec<W> = Vec::with_capacity(words.len());
    for word in words {
        if spelt(&word) == kasih && left.last().is_some_and(|last| spelt(last) == terima) {
            left.pop();
        } else if !THANKS.contains(&spelt(&word)) {
            left.push(word);
        }
    }
    left
}

/// The number directly behind BELUM, where that opens the text.
fn number_behind_belum(words: &[Word], mentions: &[Mention]) -> Option<Mention> {
    let opens = BELUM.contains(&words.first()?.folded.as_str());
    number_directly_behind(words, mentions).filter(|_| opens)
}

/// The number directly behind the word that opens the text.
fn number_directly_behind(words: &[Word], mentions: &[Mention]) -> Option<Mention> {
    let mention = mentions.first()?;
    let first = words.first()?;
    let between = words.iter().skip(1).take_while(|word| word.start < mention.start);
    let between = without_particles(between.map(|word| word.folded.as_str()).collect());
    let company = between.iter().all(|word| NUMBER_COMPANY.contains(word));
    (first.start < mention.start && company).then_some(*mention)
}

/// Whether a text says that its citizen is not content: "tidak puas", "kurang puas".
fn denies(words: &[&str]) -> bool {
    words.windows(2).any(|pair| {
        let [denial, content] = pair else { return false };
        DENIALS.contains(denial) && *content == "puas"
    })
}

/// The reason of a text that begins with BELUM and names its one ticket further on, in the form of such a number: all the rest of it,
/// without the number where that ends it.
fn objection<'t>(words: &[Word], mentions: &[Mention], text: &'t str) -> Option<&'t str> {
    let (belum, behind) = words.split_first()?;
    let [mention] = mentions else { return None };
    let is_one = BELUM.contains(&belum.folded.as_str()) && mention.marked && mention.number.is_ok();
    let spelt = |word: &Word| word.start < mention.start || mention.end <= word.start;
    let said = behind.iter().filter(|word| spelt(word)).map(|word| word.folded.as_str());
    let said = without_particles(said.collect());
    let waits = match said.first() {
        Some(&("ada" | "dapat" | "dpt" | "menerima")) => {
            said.iter().any(|word| ANSWERS.contains(word))
        }
        Some(first) => UNANSWERED.contains(first),
        None => false,
    };
    if !is_one || waits {
        return None;
    }
    let ends = words.iter().rev().take_while(|word| word.start >= mention.end);
    let ends = without_particles(ends.map(|word| word.folded.as_str()).collect()).is_empty();
    let until = if ends { mention.start } else { text.len() };
    let reason = text.get(belum.end..until)?;
    let separates =
        |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '.' | '-' | '#' | '=' | ';');
    let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '-' | ',' | ':' | '#');
    Some(text::trim(reason.trim_start_matches(separates).trim_end_matches(opens)))
}

/// The number that stands before BELUM, and where BELUM ends: nothing behind it, or what can only be its reason.
fn number_before_belum(
    words: &[Word],
    mentions: &[Mention],
    text: &str,
) -> Option<(Mention, usize)> {
    let mention = mentions.first()?;
    let at = words.iter().position(|word| BELUM.contains(&word.folded.as_str()))?;
    let belum = words.get(at)?;
    let before = words
        .get(..at)?
        .iter()
        .filter(|word| word.end <= mention.start || mention.end <= word.start);
    let before = without_particles(before.map(|word| word.folded.as_str()).collect());
    let company = before.iter().all(|word| NUMBER_COMPANY.contains(word));
    let next = words.get(at + 1);
    let gap = text.get(belum.end..next.map_or(text.len(), |word| word.start)).unwrap_or_default();
    let set_apart = gap.contains([':', ',', '.', ';', '#', '=', '\n', '-', '!']);
    let reason = next.is_none_or(|word| {
        let word = word.folded.as_str();
        set_apart || PARTICLES.contains(&word) || REASON_OPENINGS.contains(&word)
    });
    (mention.end <= belum.start && company && reason).then_some((*mention, belum.end))
}

/// The command that these words are, whether or not a number stands with them. Only STATUS takes one.
fn plain(rest: &[&str], any_number: bool) -> Option<Kind> {
    let polite = rest.iter().any(|word| PLEASE.contains(word));
    let bare: Vec<&str> = rest.iter().copied().filter(|word| !PLEASE.contains(word)).collect();
    let (first, others) = bare.split_first()?;
    let led_by = |core: &[&str], others: &[&str], company: &[&str]| {
        core.contains(first) && others.iter().all(|word| company.contains(word))
    };
    let asked: Vec<&str> = bare.iter().copied().filter(|word| !HOW.contains(word)).collect();
    if let Some((first, others)) = asked.split_first()
        && STATUS_CORE.contains(first)
        && others.iter().all(|word| STATUS_COMPANY.contains(word))
        && asked.len() <= STATUS_WORDS_MAX
    {
        return Some(Kind::Status);
    }
    if any_number {
        return None;
    }
    let holds = |list: &[&str]| bare.iter().any(|word| list.contains(word));
    let all_in =
        |lists: &[&[&str]]| bare.iter().all(|word| lists.iter().any(|list| list.contains(word)));
    if holds(&["kode", "kodenya"]) && all_in(&[CODES_COMPANY]) {
        return Some(Kind::Codes);
    }
    if holds(HELP_HOW) && all_in(&[HELP_HOW, HELP_CORE, HELP_COMPANY]) {
        return Some(Kind::Help);
    }
    let said_of = |objects: &[&str]| !polite || !objects.is_empty();
    if led_by(HELP_CORE, others, HELP_OBJECT) && said_of(others) {
        return Some(Kind::Help);
    }
    // "stop sms ini"; "stop ini" is said of something else.
    let others = match others {
        [others @ .., last] if *last == "ini" && !others.is_empty() => others,
        others => others,
    };
    if led_by(STOP_CORE, others, STOP_COMPANY) && said_of(others) {
        return Some(Kind::Stop);
    }
    (led_by(START_CORE, others, START_COMPANY) && said_of(others)).then_some(Kind::Start)
}
