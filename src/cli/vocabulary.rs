//! Tokens in words: what the office stores, as an officer reads it. A token without a word is shown itself, made readable.

use super::terminal::one_line;
use super::words::Words;
use crate::control::protocol::Modem;

/// The family of a token: the first part of its sentence's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `BARU` …
    Stage,
    /// `PENGADUAN` …
    Category,
    /// `SPAM` …
    Reason,
    /// `emergency` …
    Flag,
    /// `national-near` …
    Mark,
    /// `petugas` …
    Role,
    /// `certain` …
    Certainty,
    /// `JAWABAN` or `TINDAK_LANJUT`.
    Draft,
    /// `proposed` …
    Decision,
    /// `answer`, `notice` …
    Purpose,
    /// `queued` … `delivered`.
    Fate,
    /// Why a text did not leave, in the gateway's words: `taken-back` …
    Unsent,
    /// `ticket` …
    Outcome,
    /// `TIKET_BARU` …
    Intake,
    /// `DISPOSISI` …
    Action,
    /// How something came or was given: `WA`, `SURAT` …
    Way,
    /// `ready` …
    Modem,
    /// `home`, `denied` …
    Registration,
    /// `no-card`, `weak-signal` …
    Warning,
    /// `expires`, `no-credit` …
    Notice,
    /// `under-voltage`, `hot` …
    Power,
    /// What a program is that holds a port: `modem-manager`, `gateway` …
    Holder,
    /// What a port is that takes no commands: `positions` …
    Looks,
    /// What to do about a refusal: `transient`, `operator` …
    Refusal,
    /// What a number of `+CMS ERROR` means: `8` …
    Cms,
    /// What a number of `+CME ERROR` means: `13` …
    Cme,
    /// Why the daemon cannot be asked: `no-socket`, `nobody-listens`, `in-vain`.
    Cause,
    /// Rows of the procedure: `2`, `3-4` …
    Row,
    /// Keys of the trail's details: `unit`, `sebab` …
    Detail,
    /// What the access log notes: `show`, `reveal` …
    Access,
    /// Kinds and ends of requests about own data: `copy`, `refused` …
    Request,
    /// Why a run of the retention was: `retention`, `request`, `restore`.
    Run,
}

impl Family {
    const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Category => "category",
            Self::Reason => "reason",
            Self::Flag => "flag",
            Self::Mark => "mark",
            Self::Role => "role",
            Self::Certainty => "certainty",
            Self::Draft => "draft",
            Self::Decision => "decision",
            Self::Purpose => "purpose",
            Self::Fate => "fate",
            Self::Unsent => "unsent",
            Self::Outcome => "outcome",
            Self::Intake => "intake",
            Self::Action => "action",
            Self::Way => "way",
            Self::Modem => "modem",
            Self::Registration => "registration",
            Self::Warning => "warning",
            Self::Notice => "notice",
            Self::Power => "power",
            Self::Holder => "holder",
            Self::Looks => "looks",
            Self::Refusal => "refusal",
            Self::Cms => "cms",
            Self::Cme => "cme",
            Self::Cause => "cause",
            Self::Row => "row",
            Self::Detail => "detail",
            Self::Access => "access",
            Self::Request => "request",
            Self::Run => "run",
        }
    }
}

/// The word for a token.
pub fn word(words: &Words, family: Family, token: &str) -> String {
    known(words, family, token).unwrap_or_else(|| one_line(token).replace('_', " ").to_lowercase())
}

/// The word for a token that has one.
pub fn known(words: &Words, family: Family, token: &str) -> Option<String> {
    words.find(&format!("{}-{token}", family.name()))
}

/// Why a text did not leave: the gateway's own tokens in words, and what modem or network said as they said it, with the meaning of
/// an error's number behind it.
pub fn unsent(words: &Words, said: &str) -> String {
    let meaning = |(mark, family)| {
        let (_, number) = said.rsplit_once(mark)?;
        known(words, family, number)
    };
    known(words, Family::Unsent, said).unwrap_or_else(|| {
        let marks = [("+CMS ERROR: ", Family::Cms), ("+CME ERROR: ", Family::Cme)];
        match marks.into_iter().find_map(meaning) {
            Some(meaning) => format!("{}, {meaning}", one_line(said)),
            None => one_line(said),
        }
    })
}

/// The words for several tokens, with commas between them.
pub fn list(words: &Words, family: Family, tokens: &[String]) -> String {
    tokens.iter().map(|token| word(words, family, token)).collect::<Vec<_>>().join(", ")
}

/// Where a modem stands, or what it is doing there.
pub fn standing(words: &Words, modem: &Modem) -> String {
    word(words, Family::Modem, modem.activity.as_ref().unwrap_or(&modem.state))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::desk::notices::Matter;
    use crate::modem::holder::Kind;
    use crate::ticket::{Category, Channel, CloseReason, Role, Stage, Way};

    fn spoken_in_both(family: Family, tokens: &[&str]) {
        for language in Language::ALL {
            let words = Words::new(language);
            for token in tokens {
                assert!(known(&words, family, token).is_some(), "{family:?} {token} {language:?}");
            }
        }
    }

    #[test]
    fn every_token_of_the_workflow_has_a_word() {
        let of = |tokens: Vec<&'static str>, family| spoken_in_both(family, &tokens);
        of(Stage::ALL.iter().map(|stage| stage.token()).collect(), Family::Stage);
        of(Category::ALL.iter().map(|category| category.token()).collect(), Family::Category);
        of(CloseReason::ALL.iter().map(|reason| reason.token()).collect(), Family::Reason);
        of(Role::ALL.iter().map(|role| role.token()).collect(), Family::Role);
        of(Way::ALL.iter().map(|way| way.token()).collect(), Family::Way);
        of(Channel::ALL.iter().map(|channel| channel.token()).collect(), Family::Way);
    }

    #[test]
    fn every_flag_outcome_and_fate_has_a_word() {
        use crate::complaint::Flag as F;
        let flags = [
            F::Abuse,
            F::BadNumber,
            F::Courtesy,
            F::Emergency,
            F::Empty,
            F::Ethics,
            F::Guessed,
            F::Nik,
            F::Otp,
            F::Secret,
            F::Spam,
            F::Unclear,
        ];
        spoken_in_both(Family::Flag, &flags.map(F::token));
        spoken_in_both(
            Family::Flag,
            &[
                "incomplete",
                crate::desk::flooding::FLAG,
                crate::store::tickets::ALARM,
                crate::desk::reading::UNREACHABLE,
                crate::desk::reading::LATER_MESSAGE,
                crate::desk::reading::TO_GIVE,
                crate::desk::giving::BY_SMS,
            ],
        );
        spoken_in_both(
            Family::Fate,
            &["queued", "claimed", "sent", "delivered", "failed", "expired", "unknown", "dropped"],
        );
        spoken_in_both(Family::Outcome, &["ticket", "addition", "command", "silence", "unread"]);
        spoken_in_both(
            Family::Purpose,
            &["acknowledgement", "command-reply", "notice", "answer", "admin"],
        );
        spoken_in_both(Family::Decision, &["proposed", "approved", "returned"]);
        spoken_in_both(Family::Draft, &["JAWABAN", "TINDAK_LANJUT"]);
        spoken_in_both(Family::Certainty, &["certain", "lenient", "guessed", "none", "assigned"]);
        spoken_in_both(
            Family::Modem,
            &[
                "absent",
                "opening",
                "syncing",
                "identifying",
                "unlocking",
                "configuring",
                "registering",
                "ready",
                "sending",
                "receiving",
                "held",
                "recovering",
                "blocked",
                "disabled",
            ],
        );
        spoken_in_both(
            Family::Registration,
            &["home", "roaming", "searching", "denied", "off", "unknown"],
        );
        spoken_in_both(
            Family::Warning,
            &[
                "not-answering",
                "no-card",
                "locked",
                "denied",
                "no-network",
                "no-centre",
                "credit-suspected",
                "unread",
                "not-stored",
                "class-0",
                "unacknowledged",
                "stored-instead",
                "no-notices",
                "power",
                "quota",
                "clock",
                "no-room",
                "store-full",
                "weak-signal",
                "card-expires",
                "low-credit",
                "credit-unknown",
            ],
        );
        spoken_in_both(Family::Notice, &Matter::ALL.map(Matter::token));
        spoken_in_both(
            Family::Power,
            &["under-voltage", "over-voltage", "cold", "hot", "off", "other"],
        );
        spoken_in_both(Family::Holder, &Kind::ALL.map(Kind::token));
        spoken_in_both(Family::Looks, &["positions", "diagnosis"]);
        spoken_in_both(Family::Refusal, &["transient", "permanent", "operator", "modem", "ignore"]);
        spoken_in_both(Family::Row, &["2", "3-4", "5", "7", "total"]);
    }

    #[test]
    fn why_a_text_did_not_leave_has_words() {
        use crate::store::outbox::Unsent;
        spoken_in_both(Family::Unsent, &Unsent::ALL.map(Unsent::token));
    }

    #[test]
    fn whatever_concerns_personal_data_has_a_word() {
        let noted = [
            "show",
            "recap",
            "recap-sign",
            "recap-acknowledge",
            "recap-return",
            "reveal",
            "access",
            "restore",
            "modem",
            "sms",
            "retention",
            "request",
            "export",
            "affected",
            "audit",
            "search",
            "block",
            "unblock",
        ];
        let ends = ["open", "begun", "granted", "refused"];
        spoken_in_both(Family::Request, &ends);
        spoken_in_both(
            Family::Request,
            &crate::store::requests::Kind::ALL.map(crate::store::requests::Kind::token),
        );
        spoken_in_both(Family::Run, &["retention", "request", "restore"]);
        spoken_in_both(Family::Access, &noted);
        spoken_in_both(
            Family::Flag,
            &crate::desk::privacy::Mark::ALL.map(crate::desk::privacy::Mark::token),
        );
    }

    #[test]
    fn an_unknown_token_is_shown_readably_and_harmlessly() {
        let words = Words::new(Language::Indonesian);
        assert_eq!(word(&words, Family::Action, "TINDAKAN_\u{1b}[1mBARU"), "tindakan baru");
    }
}
