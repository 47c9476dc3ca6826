//! What can be typed. Help texts are not here: `help` sets them in the language of the call.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::add::AddArguments;
use super::audit::AuditCommand;
use super::backup::BackupArguments;
use super::export::ExportArguments;
use super::known::KnownArguments;
use super::letter::LetterArguments;
use super::modem::ModemCommand;
use super::pdu::PduCommand;
use super::privacy::{AccessArguments, MarkArguments};
use super::propose::ProposeArguments;
use super::recap::RecapArguments;
use super::request::{AffectedArguments, RequestCommand};
use super::retention::RetentionCommand;
use super::search::SearchArguments;
use super::sms::SmsCommand;
use super::steps::{
    AnswerArguments, AssignArguments, CloseArguments, CopyArguments, HandOverArguments,
    NotEthicsArguments,
};

/// Where the configuration lies unless it is said.
pub const CONFIG: &str = "/etc/aduan/aduan.toml";

#[derive(Debug, Parser)]
#[command(name = "aduan", version)]
pub struct Arguments {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, clap::Args)]
pub struct Globals {
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "PATH")]
    pub socket: Option<PathBuf>,
    // Read before the arguments are, because their mistakes are told in it.
    #[arg(long, global = true, value_name = "LANG", value_parser = ["id", "en"])]
    pub lang: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(alias = "masuk")]
    Inbox {
        #[arg(long)]
        all: bool,
    },
    #[command(alias = "papan")]
    Board {
        #[arg(long)]
        watch: bool,
    },
    #[command(alias = "lihat")]
    Show {
        number: String,
    },
    #[command(alias = "cari")]
    Search(SearchArguments),
    #[command(alias = "teruskan")]
    Assign(AssignArguments),
    #[command(alias = "tembusan")]
    Copy(CopyArguments),
    #[command(alias = "usul")]
    Propose(ProposeArguments),
    #[command(alias = "setuju")]
    Approve {
        number: String,
    },
    #[command(alias = "tolak")]
    Reject {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "tambah")]
    Add(AddArguments),
    #[command(alias = "kirim")]
    Send {
        number: String,
        #[arg(long, value_name = "WAY")]
        by: Option<String>,
    },
    #[command(alias = "tak-sampai")]
    Undelivered {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "tutup")]
    Close(CloseArguments),
    #[command(alias = "gabung")]
    Merge {
        number: String,
        #[arg(value_name = "MAIN")]
        main: String,
    },
    #[command(alias = "jawab")]
    Answer(AnswerArguments),
    #[command(alias = "tanya")]
    Ask {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        missing: String,
    },
    #[command(alias = "lanjut")]
    Resume {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        learnt: String,
    },
    #[command(alias = "kembalikan")]
    ReturnUnit {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "naikkan")]
    Escalate {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "buka")]
    Reopen {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "ralat")]
    Correct {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "catat")]
    Note {
        number: String,
        text: String,
    },
    #[command(alias = "blokir")]
    Block {
        #[arg(value_name = "WHOM")]
        whom: String,
        #[arg(long, value_name = "DATE")]
        until: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "buka-blokir")]
    Unblock {
        #[arg(value_name = "WHOM")]
        whom: String,
    },
    #[command(alias = "diblokir")]
    Blocked,
    #[command(alias = "bertubi")]
    Floods,
    #[command(alias = "etik")]
    Ethics {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        indication: String,
        #[arg(long, value_name = "USER")]
        concerns: Vec<String>,
    },
    #[command(alias = "menyangkut")]
    Concern {
        number: String,
        #[arg(value_name = "USER", value_delimiter = ',', required = true)]
        concerns: Vec<String>,
    },
    #[command(alias = "serahkan")]
    HandOver(HandOverArguments),
    #[command(alias = "surat")]
    Letter(LetterArguments),
    #[command(alias = "bukan-etik")]
    NotEthics(NotEthicsArguments),
    #[command(alias = "ungkap")]
    Reveal {
        number: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
    #[command(alias = "tandai")]
    Mark(MarkArguments),
    #[command(alias = "akses")]
    Access(AccessArguments),
    #[command(subcommand, alias = "permintaan")]
    Request(RequestCommand),
    #[command(alias = "terdampak")]
    Affected(AffectedArguments),
    #[command(subcommand, alias = "retensi")]
    Retention(RetentionCommand),
    #[command(alias = "bank")]
    Known(KnownArguments),
    #[command(alias = "rekap")]
    Recap(RecapArguments),
    #[command(alias = "ekspor")]
    Export(ExportArguments),
    #[command(alias = "siapa")]
    Whoami,
    Status,
    #[command(subcommand)]
    Modem(ModemCommand),
    #[command(subcommand)]
    Sms(SmsCommand),
    Read {
        #[arg(long, value_name = "FILE")]
        units: Option<PathBuf>,
    },
    #[command(subcommand)]
    Pdu(PduCommand),
    #[command(alias = "putar")]
    Replay {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    #[command(subcommand)]
    Audit(AuditCommand),
    #[command(alias = "dokter")]
    Doctor,
    #[command(alias = "cadangkan")]
    Backup(BackupArguments),
    #[command(alias = "pulihkan")]
    Restore(BackupArguments),
    #[command(subcommand)]
    Config(ConfigCommand),
    Demo {
        #[arg(long)]
        keep: bool,
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        #[arg(long)]
        seed: Option<u64>,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    #[command(alias = "periksa")]
    Check,
}
