//! Stages, categories, channels and reasons, with the office's own tokens (procedure.md 9.1).

/// Gives an enum its stored tokens, one table for both ways.
macro_rules! tokens {
    ($type:ident { $($variant:ident = $token:literal),+ $(,)? }) => {
        impl $type {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The office's word: stored, printed, and typed at the terminal.
            pub const fn token(self) -> &'static str {
                match self { $(Self::$variant => $token),+ }
            }

            /// The inverse of [`token`](Self::token).
            pub fn from_token(token: &str) -> Option<Self> {
                match token { $($token => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(super) use tokens;

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Registered, acknowledged, not sorted yet.
    New,
    /// More was asked of the citizen; the clocks are paused.
    WaitingCitizen,
    /// Analysis, recommendation, solution note and wording.
    Analysis,
    /// Decision on note and wording.
    Approval,
    /// The approved wording is ready.
    ReadyToSend,
    /// Sent.
    Answered,
    /// Answered, work remains.
    FollowUp,
    /// Finished.
    Finished,
    /// The closed path.
    EthicsClosed,
    /// Ended without handling.
    Closed,
}

tokens!(Stage {
    New = "BARU",
    WaitingCitizen = "MENUNGGU_PEMOHON",
    Analysis = "TELAAH",
    Approval = "PERSETUJUAN",
    ReadyToSend = "SIAP_KIRIM",
    Answered = "DIJAWAB",
    FollowUp = "TINDAK_LANJUT",
    Finished = "SELESAI",
    EthicsClosed = "TERTUTUP_ETIK",
    Closed = "DITUTUP",
});

impl Stage {
    /// What STATUS calls it.
    pub const fn shown_to_citizen(self) -> &'static str {
        match self {
            Self::New => "diterima",
            Self::WaitingCitizen => "menunggu kelengkapan",
            Self::Analysis => "sedang ditelaah",
            Self::Approval | Self::ReadyToSend => "menunggu persetujuan",
            Self::Answered => "sudah dijawab",
            Self::FollowUp => "dalam tindak lanjut",
            Self::Finished => "selesai",
            Self::EthicsClosed => "ditangani tertutup",
            Self::Closed => "ditutup",
        }
    }

    /// Neither finished nor closed.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Finished | Self::Closed)
    }
}

/// Why a ticket ended without handling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// Unwanted advertising or fraud.
    Spam,
    /// Abuse without a subject.
    Abuse,
    /// Not a complaint.
    NotAComplaint,
    /// Another body's matter.
    NotOurs,
    /// Joined to another ticket.
    Duplicate,
    /// The citizen did not complete it.
    Incomplete,
    /// The citizen took it back.
    Withdrawn,
    /// Handed to the authorised body.
    HandedOver,
}

tokens!(CloseReason {
    Spam = "SPAM",
    Abuse = "KASAR",
    NotAComplaint = "BUKAN_PENGADUAN",
    NotOurs = "BUKAN_WENANG",
    Duplicate = "DUPLIKAT",
    Incomplete = "TIDAK_LENGKAP",
    Withdrawn = "DICABUT",
    HandedOver = "DITERUSKAN_ETIK",
});

impl CloseReason {
    /// What `TIDAK_DIPROSES` says where the officer wrote nothing.
    pub const fn shown_to_citizen(self) -> &'static str {
        match self {
            Self::Spam | Self::NotAComplaint => "bukan pengaduan layanan",
            Self::Abuse => "pokok masalah tidak jelas",
            Self::NotOurs => "bukan kewenangan kami",
            Self::Duplicate => "sudah dilaporkan",
            Self::Incomplete => "keterangan belum lengkap",
            Self::Withdrawn => "dicabut pelapor",
            Self::HandedOver => "ditangani tertutup",
        }
    }
}

/// What kind of message it is; decides the national limit (PermenPANRB 62/2018).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// Request for information.
    Information,
    /// Complaint without an oversight element.
    Complaint,
    /// Complaint with an oversight element.
    Oversight,
    /// Suggestion, aspiration.
    Suggestion,
    /// Thanks.
    Appreciation,
}

tokens!(Category {
    Information = "INFORMASI",
    Complaint = "PENGADUAN",
    Oversight = "PENGAWASAN",
    Suggestion = "SARAN",
    Appreciation = "APRESIASI",
});

/// How a complaint came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By SMS to a modem.
    Sms,
    /// WhatsApp, entered by an officer.
    WhatsApp,
    /// Telephone, entered by an officer.
    Telephone,
    /// At the counter, entered by an officer.
    Counter,
}

tokens!(Channel { Sms = "SMS", WhatsApp = "WA", Telephone = "TELEPON", Counter = "LOKET" });

/// How a wording reaches its citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// By SMS, from the outbox.
    Sms,
    /// WhatsApp, from the officer's handset.
    WhatsApp,
    /// Told by telephone.
    Telephone,
    /// At the counter.
    Counter,
    /// By letter.
    Letter,
}

tokens!(Way {
    Sms = "SMS",
    WhatsApp = "WA",
    Telephone = "TELEPON",
    Counter = "LOKET",
    Letter = "SURAT",
});
