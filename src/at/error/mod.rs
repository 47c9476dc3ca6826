//! What the numbered errors mean and what to do about each: tables, not code.

mod cme;
mod cms;

/// What kind of trouble an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// May go through later; nobody is told before the last try.
    Transient,
    /// The same message will fail again.
    Permanent,
    /// A person must act: card, PIN, credit, barring.
    Operator,
    /// The equipment is in a bad state.
    Modem,
    /// No message was lost.
    Ignore,
}

/// What to do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reaction {
    /// Retry this message with growing pauses, keep the modem.
    Backoff,
    /// Check registration and signal, hold the modem's queue, retry after 30 s and on.
    BackoffNet,
    /// Fail this message, go on with the queue.
    Fail,
    /// Fail this message and log the PDU: the encoder or the length is wrong.
    FailBug,
    /// Fail this message: the number is wrong or gone.
    FailNum,
    /// Hold all sending on this card and alert the operator.
    HoldAlert,
    /// Repeat the same command after 0.2 s, 0.4 s, 0.8 s … up to 30 s; no reset before that.
    Busy,
    /// Wait 2 s and repeat, up to 60 s; then restart the modem once; then alert.
    SimWait,
    /// Stop using this modem and alert the operator; try nothing that counts as an attempt.
    SimOp,
    /// Enter the configured PIN once if three tries are left; otherwise stop and alert.
    Pin,
    /// Retry once after 5 s; on the second failure restart the modem.
    Reset,
    /// The place is empty or the store is wrong: list, and go on.
    Empty,
    /// Read out and delete at once, then repeat.
    Full,
    /// The command is not supported: use the fallback, never send it again to this modem.
    Skip,
    /// Own mistake in state or syntax: re-initialise the message mode, retry once.
    Local,
    /// Nothing to do.
    None,
}

/// What a table says about one error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The meaning in a few English words.
    pub meaning: &'static str,
    /// The kind of trouble.
    pub class: Class,
    /// What to do.
    pub reaction: Reaction,
}

/// One row: an inclusive range of codes (mostly a single one) and what it means.
struct Row {
    codes: (u16, u16),
    meaning: &'static str,
    class: Class,
    reaction: Reaction,
}

impl Row {
    fn verdict(&self) -> Verdict {
        Verdict { meaning: self.meaning, class: self.class, reaction: self.reaction }
    }
}

/// A number in `+CMS ERROR: <number>` (3GPP TS 27.005 §3.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CmsCode(pub u16);

/// A number in `+CME ERROR: <number>` (3GPP TS 27.007 §9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CmeCode(pub u16);

impl CmsCode {
    /// The catch-all of the message service, which also stands for a bare `ERROR` after a PDU.
    pub const UNKNOWN: Self = Self(500);
    /// The centre has the message already (TP-FCS 0xC5, 3GPP TS 23.040 §9.2.3.22).
    pub const DUPLICATE: Self = Self(197);
    /// The modem can make nothing of the PDU that it read (3GPP TS 27.005 §3.2.5).
    pub const INVALID_PDU: Self = Self(304);
    /// The network did not answer the modem in time (3GPP TS 27.005 §3.2.5).
    pub const NETWORK_TIME_OUT: Self = Self(332);
    /// Wavecom: the network's acknowledgement was lost.
    pub const ACKNOWLEDGEMENT_LOST: Self = Self(513);

    /// What the table says; a number it does not know is read by the range it lies in.
    pub fn verdict(self) -> Verdict {
        find(cms::ROWS, self.0).unwrap_or(match self.0 {
            // Reserved equipment errors: as `unknown error`.
            300..=511 => Verdict {
                meaning: "unlisted equipment error",
                class: Class::Transient,
                reaction: Reaction::Reset,
            },
            // A network, a centre or a vendor with a number of its own: no proof against a second try.
            0..=299 | 512..=u16::MAX => Verdict {
                meaning: "unlisted error",
                class: Class::Transient,
                reaction: Reaction::Backoff,
            },
        })
    }

    /// The number behind the words a modem uses with `AT+CMEE=2`.
    pub fn from_words(words: &str) -> Option<Self> {
        by_words(CMS_WORDS, cms::ROWS, words).map(Self)
    }
}

impl CmeCode {
    /// The catch-all of the equipment, which also stands for a bare `ERROR`.
    pub const UNKNOWN: Self = Self(100);
    /// The command was broken off, which some modems say in a word of its own.
    pub const ABORTED: Self = Self(52);
    /// The network did not answer the modem in time (3GPP TS 27.007 §9.2).
    pub const NETWORK_TIME_OUT: Self = Self(31);

    /// What the table says; a number it does not know is worth another try later.
    pub fn verdict(self) -> Verdict {
        find(cme::ROWS, self.0).unwrap_or(Verdict {
            meaning: "unlisted error",
            class: Class::Transient,
            reaction: Reaction::Backoff,
        })
    }

    /// The number behind the words a modem uses with `AT+CMEE=2`.
    pub fn from_words(words: &str) -> Option<Self> {
        by_words(CME_WORDS, cme::ROWS, words).map(Self)
    }
}

fn find(rows: &[Row], code: u16) -> Option<Verdict> {
    rows.iter().find(|row| (row.codes.0..=row.codes.1).contains(&code)).map(Row::verdict)
}

/// Looks words up among those of the standard, then among the meanings of the table.
fn by_words(words_table: &[(&str, u16)], rows: &[Row], words: &str) -> Option<u16> {
    let wanted = plain(words);
    if wanted.is_empty() {
        return None;
    }
    words_table
        .iter()
        .find(|(known, _)| plain(known) == wanted)
        .map(|(_, code)| *code)
        .or_else(|| rows.iter().find(|row| plain(row.meaning) == wanted).map(|row| row.codes.0))
}

/// Letters and digits only, one case, one spelling of `-ise` and of `(U)SIM`: firmware differs in all the rest.
fn plain(words: &str) -> String {
    let letters: String = words
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .map(|letter| if letter == 'z' { 's' } else { letter })
        .collect();
    letters.replace("usim", "sim")
}

/// Verbose texts of 3GPP TS 27.007 §9.2.1 where they differ from the table's meanings, and vendors' variants.
const CME_WORDS: &[(&str, u16)] = &[
    ("no connection to phone", 1),
    ("phone-adaptor link reserved", 2),
    ("phone adapter link reserved", 2),
    ("PH-SIM PIN required", 5),
    ("PH-FSIM PIN required", 6),
    ("PH-FSIM PUK required", 7),
    ("SIM PIN necessary", 11),
    ("SIM PUK necessary", 12),
    ("SIM PIN2 necessary", 17),
    ("SIM PUK2 necessary", 18),
    ("invalid characters in text string", 25),
    ("no network", 30),
    ("network timeout", 31),
    ("network not allowed - emergency calls only", 32),
    ("network not allowed, emergency calls only", 32),
    ("PH-SIM PUK required", 48),
    ("EAP method not supported", 49),
    ("invalid parameters", 50),
    ("invalid parameter", 50),
    ("command implemented but currently disabled", 51),
    ("command aborted by user", 52),
    ("not attached to network due to MT functionality restrictions", 53),
    ("modem not allowed - MT restricted to emergency calls only", 54),
    ("operation not allowed because of MT functionality restrictions", 55),
    ("fixed dial number only allowed - called number is not a fixed dial number", 56),
    ("temporarily out of service due to other MT usage", 57),
    ("language/alphabet not supported", 58),
    ("unknown error", 100),
    ("illegal MS", 103),
    ("illegal ME", 106),
    ("GPRS services not allowed", 107),
    ("PLMN not allowed", 111),
    ("roaming not allowed in this location area", 113),
    ("operation temporary not allowed", 126),
    ("service option not supported", 132),
    ("requested service option not subscribed", 133),
    ("unspecified GPRS error", 148),
    ("PDP authentication failure", 149),
    ("SIM powered down", 772),
];

/// Texts for `+CMS ERROR` as vendors word the lists of 3GPP TS 27.005, TS 24.011 and TS 23.040.
const CMS_WORDS: &[(&str, u16)] = &[
    ("unassigned (unallocated) number", 1),
    ("destination out of service", 27),
    ("resources unavailable, unspecified", 47),
    ("invalid short message transfer reference value", 81),
    ("invalid message, unspecified", 95),
    ("message type non-existent or not implemented", 97),
    ("message not compatible with short message protocol state", 98),
    ("information element non-existent or not implemented", 99),
    ("protocol error, unspecified", 111),
    ("short message type 0 not supported", 129),
    ("SC busy", 192),
    ("no SC subscription", 193),
    ("SC system failure", 194),
    ("invalid SME address", 195),
    ("destination SME barred", 196),
    ("SM rejected - duplicate SM", 197),
    ("SIM SMS storage full", 208),
    ("no SMS storage capability in SIM", 209),
    ("error in MS", 210),
    ("ME failure", 300),
    ("phone failure", 300),
    ("SMS service of ME reserved", 301),
    ("SMS ME reserved", 301),
    ("invalid PDU mode", 304),
    ("invalid text mode", 305),
    ("SIM PIN necessary", 311),
    ("PH-SIM PIN required", 312),
    ("PH-SIM PIN necessary", 312),
    ("SIM PUK necessary", 316),
    ("SIM PIN2 necessary", 317),
    ("SIM PUK2 necessary", 318),
    ("invalid index", 321),
    ("SIM memory full", 322),
    ("SMSC address unknown", 330),
    ("SCA address unknown", 330),
    ("no network", 331),
    ("network timeout", 332),
    ("no +CNMA acknowledgement expected", 340),
    ("no CNMA acknowledgement expected", 340),
    ("CNMA ACK not expected", 340),
    ("unknown", 500),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn class(word: &str) -> Class {
        match word {
            "transient" => Class::Transient,
            "permanent" => Class::Permanent,
            "operator" => Class::Operator,
            "modem" => Class::Modem,
            "ignore" => Class::Ignore,
            other => panic!("class {other}"),
        }
    }

    fn reaction(word: &str) -> Reaction {
        match word {
            "backoff" => Reaction::Backoff,
            "backoff-net" => Reaction::BackoffNet,
            "fail" => Reaction::Fail,
            "fail-bug" => Reaction::FailBug,
            "fail-num" => Reaction::FailNum,
            "hold-alert" => Reaction::HoldAlert,
            "busy" => Reaction::Busy,
            "sim-wait" => Reaction::SimWait,
            "sim-op" => Reaction::SimOp,
            "pin" => Reaction::Pin,
            "reset" => Reaction::Reset,
            "empty" => Reaction::Empty,
            "full" => Reaction::Full,
            "skip" => Reaction::Skip,
            "local" => Reaction::Local,
            "none" => Reaction::None,
            other => panic!("reaction {other}"),
        }
    }

    fn check(table: &str, verdict: impl Fn(u16) -> Verdict) {
        let mut rows = 0;
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (first, last) = cells[0].split_once('-').unwrap_or((cells[0], cells[0]));
            for code in first.parse::<u16>().unwrap()..=last.parse().unwrap() {
                let expected = Verdict {
                    meaning: verdict(code).meaning,
                    class: class(cells[2]),
                    reaction: reaction(cells[3]),
                };
                assert_eq!(verdict(code), expected, "code {code}");
                assert_eq!(verdict(code).meaning, cells[1]);
            }
            rows += 1;
        }
        assert!(rows > 50, "the table is whole");
    }

    #[test]
    fn every_code_of_the_reference_tables_has_its_class_and_reaction() {
        check(include_str!("../../../tests/data/errors/cms.tsv"), |code| CmsCode(code).verdict());
        check(include_str!("../../../tests/data/errors/cme.tsv"), |code| CmeCode(code).verdict());
    }

    #[test]
    fn words_find_their_number_whatever_their_case_and_punctuation() {
        assert_eq!(CmeCode::from_words("SIM not inserted"), Some(CmeCode(10)));
        assert_eq!(CmeCode::from_words("incorrect password"), Some(CmeCode(16)));
        assert_eq!(CmeCode::from_words("Network personalization PIN required"), Some(CmeCode(40)));
        assert_eq!(CmsCode::from_words("unknown error"), Some(CmsCode(500)));
        assert_eq!(CmsCode::from_words("No network service."), Some(CmsCode(331)));
        assert_eq!(CmsCode::from_words("Invalid memory index"), Some(CmsCode(321)));
        assert_eq!(CmsCode::from_words("the moon is full"), None);
        assert_eq!(CmsCode::from_words(""), None);
    }

    /// The texts of the standards' lists (3GPP TS 27.007 §9.2.1, TS 27.005 §3.2.5), as they stand there.
    #[test]
    fn the_words_of_the_standards_find_their_number() {
        for (words, code) in STANDARD_CME {
            assert_eq!(CmeCode::from_words(words), Some(CmeCode(*code)), "{words}");
        }
        for (words, code) in STANDARD_CMS {
            assert_eq!(CmsCode::from_words(words), Some(CmsCode(*code)), "{words}");
        }
    }

    #[rustfmt::skip] // a table reads best with one row a line
    const STANDARD_CME: &[(&str, u16)] = &[
        ("phone failure", 0), ("no connection to phone", 1), ("phone-adaptor link reserved", 2),
        ("operation not allowed", 3), ("operation not supported", 4), ("PH-SIM PIN required", 5),
        ("PH-FSIM PIN required", 6), ("PH-FSIM PUK required", 7), ("SIM not inserted", 10),
        ("SIM PIN required", 11), ("SIM PUK required", 12), ("SIM failure", 13), ("SIM busy", 14),
        ("SIM wrong", 15), ("incorrect password", 16), ("SIM PIN2 required", 17), ("SIM PUK2 required", 18),
        ("memory full", 20), ("invalid index", 21), ("not found", 22), ("memory failure", 23),
        ("text string too long", 24), ("invalid characters in text string", 25), ("dial string too long", 26),
        ("invalid characters in dial string", 27), ("no network service", 30), ("network timeout", 31),
        ("network not allowed - emergency calls only", 32), ("network personalization PIN required", 40),
        ("network personalization PUK required", 41), ("network subset personalization PIN required", 42),
        ("network subset personalization PUK required", 43), ("service provider personalization PIN required", 44),
        ("service provider personalization PUK required", 45), ("corporate personalization PIN required", 46),
        ("corporate personalization PUK required", 47), ("hidden key required", 48), ("EAP method not supported", 49),
        ("Incorrect parameters", 50), ("command implemented but currently disabled", 51),
        ("command aborted by user", 52), ("not attached to network due to MT functionality restrictions", 53),
        ("modem not allowed - MT restricted to emergency calls only", 54),
        ("operation not allowed because of MT functionality restrictions", 55),
        ("fixed dial number only allowed - called number is not a fixed dial number", 56),
        ("temporarily out of service due to other MT usage", 57), ("language/alphabet not supported", 58),
        ("unexpected data value", 59), ("system failure", 60), ("data missing", 61), ("call barred", 62),
        ("message waiting indication subscription failure", 63), ("unknown", 100), ("Illegal MS", 103),
        ("Illegal ME", 106), ("GPRS services not allowed", 107), ("PLMN not allowed", 111),
        ("Location area not allowed", 112), ("Roaming not allowed in this location area", 113),
        ("service option not supported", 132), ("requested service option not subscribed", 133),
        ("service option temporarily out of order", 134), ("unspecified GPRS error", 148),
        ("PDP authentication failure", 149), ("invalid mobile class", 150),
    ];

    #[rustfmt::skip]
    const STANDARD_CMS: &[(&str, u16)] = &[
        ("ME failure", 300), ("SMS service of ME reserved", 301), ("operation not allowed", 302),
        ("operation not supported", 303), ("invalid PDU mode parameter", 304), ("invalid text mode parameter", 305),
        ("(U)SIM not inserted", 310), ("(U)SIM PIN required", 311), ("PH-(U)SIM PIN required", 312),
        ("(U)SIM failure", 313), ("(U)SIM busy", 314), ("(U)SIM wrong", 315), ("(U)SIM PUK required", 316),
        ("(U)SIM PIN2 required", 317), ("(U)SIM PUK2 required", 318), ("memory failure", 320),
        ("invalid memory index", 321), ("memory full", 322), ("SMSC address unknown", 330),
        ("no network service", 331), ("network timeout", 332), ("no +CNMA acknowledgement expected", 340),
        ("unknown error", 500),
    ];

    #[test]
    fn every_listed_word_leads_to_a_row_of_its_table() {
        for (words, code) in CMS_WORDS {
            assert!(find(cms::ROWS, *code).is_some(), "{words}");
        }
        for (words, code) in CME_WORDS {
            assert!(find(cme::ROWS, *code).is_some(), "{words}");
        }
    }

    #[test]
    fn an_unlisted_number_is_never_a_reason_to_give_a_message_up() {
        for code in 0..=u16::MAX {
            if find(cms::ROWS, code).is_none() {
                assert_eq!(CmsCode(code).verdict().class, Class::Transient);
            }
            if find(cme::ROWS, code).is_none() {
                assert_eq!(CmeCode(code).verdict().class, Class::Transient);
            }
        }
    }
}
