//! The workflow table: procedure.md 9.2, T1 to T23, and T24 for the second answer of A24, as one pure function.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::role::{is_whose, reads_a_copy};
use super::{Actor, Category, CloseReason, OfficerId, Role, Stage};

/// How long, and how often, BELUM reopens a case (T21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objecting {
    /// Time from the answer.
    pub within: TimeDelta,
    /// How often.
    pub times: u8,
}

impl Default for Objecting {
    fn default() -> Self {
        Self { within: TimeDelta::days(10), times: 2 }
    }
}

/// What the table looks at.
#[expect(clippy::struct_excessive_bools, reason = "facts of a ticket, each of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Where it stands.
    pub stage: Stage,
    /// The stage that a pause returns to.
    pub before_pause: Option<Stage>,
    /// Who wrote the draft that waits.
    pub drafter: Option<OfficerId>,
    /// Whether a chair wrote it: then another chair decides, or the director.
    pub drafted_by_chair: bool,
    /// Passed on to the director.
    pub escalated: bool,
    /// Unit code.
    pub unit: Option<String>,
    /// The member who has it.
    pub assignee: Option<OfficerId>,
    /// Returned as belonging to another unit so often that the chair must assign it (T11).
    pub chair_assigns: bool,
    /// BELUM, how often.
    pub objections: u8,
    /// How often and how long it may come.
    pub objecting: Objecting,
    /// When it came to its stage.
    pub stage_since: DateTime<Utc>,
    /// The last answer; the days for an objection run from it.
    pub last_answer_at: Option<DateTime<Utc>>,
    /// Work remains after the answer.
    pub needs_follow_up: bool,
    /// Moved to the closed path, and not brought back: also after its end.
    pub restricted: bool,
    /// Officers named in a case of the closed path.
    pub concerns: Vec<OfficerId>,
    /// Why it was closed.
    pub closed_as: Option<CloseReason>,
    /// The citizen asked that the number be kept secret (procedure.md A19).
    pub secret: bool,
    /// Health, children, disability, poverty: somebody marked it as specific data (procedure.md 12.8).
    pub specific: bool,
    /// Codes of the units that get a copy.
    pub copies: Vec<String>,
}

impl Case {
    /// Whether it belongs to the closed path, in its hands or ended on it.
    pub fn on_closed_path(&self) -> bool {
        self.restricted
            || self.stage == Stage::EthicsClosed
            || self.closed_as == Some(CloseReason::HandedOver)
    }

    /// Whether a role decides on the draft that waits (A10, A23): a chair, until it is passed on to the director; the director on
    /// what was passed on, and on what a chair wrote, of which another chair is judge as well. Never its writer.
    pub const fn is_judged_by(&self, role: Role) -> bool {
        match role {
            Role::Chair => !self.escalated,
            Role::Director => self.escalated || self.drafted_by_chair,
            Role::Operator | Role::Member | Role::Admin => false,
        }
    }
}

/// What somebody wants to do: one for each transition, with what its condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// T2: with a note of the answer bank.
    Answer {
        /// In use and not past its last day.
        note_valid: bool,
        /// Of the ticket's unit.
        same_unit: bool,
    },
    /// T3.
    Assign {
        /// Unit code.
        unit: String,
        /// What kind of message it is.
        category: Category,
        /// Who gets it.
        member: OfficerId,
    },
    /// T4.
    Ask {
        /// What is missing.
        missing: String,
    },
    /// T5.
    Resume,
    /// T6.
    GiveUp,
    /// T7.
    Restrict {
        /// What indicates it.
        indication: String,
    },
    /// T8.
    HandOver {
        /// The authorised body.
        body: String,
        /// Number of the cover letter.
        letter: String,
        /// Its date.
        date: NaiveDate,
    },
    /// T9.
    Unrestrict {
        /// Why it is no ethics matter.
        reason: String,
    },
    /// T10.
    Close {
        /// Why.
        reason: CloseReason,
        /// Main ticket of a duplicate.
        main: Option<i64>,
        /// Whose matter it is.
        addressee: Option<String>,
    },
    /// T11.
    ReturnUnit {
        /// Why it is another unit's.
        reason: String,
    },
    /// T12.
    Propose {
        /// Day by which remaining work is promised.
        follow_up: Option<NaiveDate>,
    },
    /// T13.
    Approve,
    /// T14.
    Reject {
        /// What is to be changed.
        reason: String,
    },
    /// T15.
    Escalate {
        /// Why.
        reason: String,
    },
    /// T16.
    Send,
    /// T17.
    DeliveryFailed,
    /// T18.
    StartFollowUp,
    /// T19.
    ReportResult,
    /// T20.
    Finish,
    /// T21, BELUM.
    Object {
        /// What is still wrong.
        reason: String,
    },
    /// T22, BATAL.
    Withdraw,
    /// T23.
    Reopen {
        /// Why.
        reason: String,
    },
    /// T24, RALAT: the answer was wrong, and another one follows it (A24).
    Correct {
        /// What was wrong.
        reason: String,
    },
}

impl Action {
    /// How the trail calls it.
    pub const fn token(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "JAWAB_DARI_CATATAN",
            Self::Assign { .. } => "DISPOSISI",
            Self::Ask { .. } => "TANYA",
            Self::Resume => "LANJUT",
            Self::GiveUp => "TIDAK_DILENGKAPI",
            Self::Restrict { .. } => "JALUR_TERTUTUP",
            Self::HandOver { .. } => "DITERUSKAN",
            Self::Unrestrict { .. } => "BUKAN_ETIK",
            Self::Close { .. } => "TUTUP",
            Self::ReturnUnit { .. } => "BUKAN_UNIT_KAMI",
            Self::Propose { .. } => "USUL",
            Self::Approve => "SETUJU",
            Self::Reject { .. } => "DIKEMBALIKAN",
            Self::Escalate { .. } => "NAIKKAN",
            Self::Send => "KIRIM",
            Self::DeliveryFailed => "GAGAL_KIRIM",
            Self::StartFollowUp => "TINDAK_LANJUT",
            Self::ReportResult => "HASIL",
            Self::Finish => "SELESAI",
            Self::Object { .. } => "BELUM",
            Self::Withdraw => "BATAL",
            Self::Reopen { .. } => "BUKA",
            Self::Correct { .. } => "RALAT",
        }
    }
}

/// A step that the table allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advance {
    /// Where it leads.
    pub to: Stage,
    /// T-number.
    pub transition: u8,
}

/// A rule of the procedure said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not at this stage.
    #[error("this cannot be done to a ticket that is {}", stage.token())]
    OutOfTurn {
        /// Where it stands.
        stage: Stage,
    },
    /// Not by this person.
    #[error("your role does not allow this")]
    NotPermitted,
    /// Nobody approves the own draft.
    #[error("nobody decides on his or her own draft")]
    OwnDraft,
    /// Only the director decides what was escalated.
    #[error("this one is decided by the pengarah")]
    DirectorDecides,
    /// Nobody on the staff may decide on what this person writes.
    #[error("nobody on the staff may decide on it")]
    NobodyDecides,
    /// After a second wrong unit, or as many as the office has set, the chair must assign.
    #[error("it was returned too often as another unit's: the ketua must assign it")]
    ChairMustAssign,
    /// Something that the step needs is missing.
    #[error("{0} is missing")]
    Incomplete(&'static str),
    /// The note is past its last day or was withdrawn.
    #[error("the note is not valid any more")]
    NoteNotValid,
    /// The note is another unit's.
    #[error("the note belongs to another unit")]
    NoteOfOtherUnit,
    /// BELUM after its time.
    #[error("the time for objections is over")]
    TooLate,
    /// BELUM too often.
    #[error("it was reopened {max} times already")]
    TooOften {
        /// As often as the office allows.
        max: u8,
    },
    /// A reason that only the system or the closed path may give.
    #[error("{} is not given by hand", reason.token())]
    ReasonNotByHand {
        /// The reason.
        reason: CloseReason,
    },
}

impl Refusal {
    /// Stable, for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfTurn { .. } => "OUT_OF_TURN",
            Self::NotPermitted => "NOT_PERMITTED",
            Self::OwnDraft => "OWN_DRAFT",
            Self::DirectorDecides => "DIRECTOR_DECIDES",
            Self::NobodyDecides => "NOBODY_DECIDES",
            Self::ChairMustAssign => "CHAIR_MUST_ASSIGN",
            Self::Incomplete(_) => "INCOMPLETE",
            Self::NoteNotValid => "NOTE_NOT_VALID",
            Self::NoteOfOtherUnit => "NOTE_OF_OTHER_UNIT",
            Self::TooLate => "TOO_LATE",
            Self::TooOften { .. } => "TOO_OFTEN",
            Self::ReasonNotByHand { .. } => "REASON_NOT_BY_HAND",
        }
    }
}

/// Who may take a step, besides the officers' roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct May {
    roles: &'static [Role],
    system: bool,
    citizen: bool,
}

const fn by(roles: &'static [Role]) -> May {
    May { roles, system: false, citizen: false }
}

const fn by_system(roles: &'static [Role]) -> May {
    May { roles, system: true, citizen: false }
}

/// Who opens a case again: of a duplicate, whose main ticket may have ended without the answer that all senders wait for (section 5),
/// the system too.
const fn takes_up(case: &Case, roles: &'static [Role]) -> May {
    May { roles, system: matches!(case.closed_as, Some(CloseReason::Duplicate)), citizen: false }
}

const BY_CITIZEN: May = May { roles: &[], system: false, citizen: true };

/// Takes one step of the procedure, or says which rule forbids it.
///
/// # Errors
/// [`Refusal`]: first whether the stage allows the step, then whether the person may, then what the step needs.
pub fn advance(
    case: &Case,
    action: &Action,
    actor: &Actor<'_>,
    now: DateTime<Utc>,
) -> Result<Advance, Refusal> {
    use {Action as A, Role as R, Stage as S};
    let step = |to, transition| Advance { to, transition };
    let (next, may) = match (case.stage, action) {
        (S::New, A::Answer { .. }) => (step(S::ReadyToSend, 2), by(&[R::Operator])),
        (S::New, A::Assign { .. }) => (step(S::Analysis, 3), by(&[R::Operator, R::Chair])),
        // "Ketua may reassign" (A9): to somebody else, or under another unit or category; the same step goes on. For all others it
        // is sorted.
        (stage @ (S::Analysis | S::FollowUp), A::Assign { .. }) if actor.is(R::Chair) => {
            (step(stage, 3), by(&[R::Chair]))
        }
        (S::New, A::Ask { .. }) => (step(S::WaitingCitizen, 4), by(&[R::Operator, R::Chair])),
        (S::Analysis, A::Ask { .. }) => (step(S::WaitingCitizen, 4), by(&[R::Member, R::Chair])),
        (S::WaitingCitizen, A::Resume) => {
            (step(case.before_pause.unwrap_or(S::New), 5), by_system(&[R::Operator]))
        }
        (S::WaitingCitizen, A::GiveUp) => (step(S::Closed, 6), by_system(&[])),
        (stage, A::Restrict { .. }) if stage.is_open() && stage != S::EthicsClosed => {
            (step(S::EthicsClosed, 7), by(&[R::Operator, R::Member, R::Chair]))
        }
        (S::EthicsClosed, A::HandOver { .. }) => (step(S::Closed, 8), by(&[R::Chair, R::Director])),
        (S::EthicsClosed, A::Unrestrict { .. }) => {
            (step(S::Analysis, 9), by(&[R::Chair, R::Director]))
        }
        (S::New, A::Close { .. }) => (step(S::Closed, 10), by(&[R::Operator, R::Chair])),
        (S::Analysis, A::ReturnUnit { .. }) => (step(S::New, 11), by(&[R::Member])),
        (S::Analysis, A::Propose { .. }) => (step(S::Approval, 12), by(&[R::Member, R::Chair])),
        (S::Approval, A::Approve) => (step(S::ReadyToSend, 13), by(&[R::Chair, R::Director])),
        (S::Approval, A::Reject { .. }) => (step(S::Analysis, 14), by(&[R::Chair, R::Director])),
        (S::Approval, A::Escalate { .. }) => (step(S::Approval, 15), by(&[R::Chair])),
        (S::ReadyToSend, A::Send) => (step(S::Answered, 16), by_system(&[R::Operator, R::Chair])),
        // With work promised T18 has followed at once, before the network could tell.
        (S::Answered | S::FollowUp, A::DeliveryFailed) => {
            (step(S::ReadyToSend, 17), by_system(&[R::Operator]))
        }
        (S::Answered, A::StartFollowUp) if case.needs_follow_up => {
            (step(S::FollowUp, 18), by_system(&[]))
        }
        (S::FollowUp, A::ReportResult) => (step(S::Approval, 19), by(&[R::Member, R::Chair])),
        (S::Answered, A::Finish) => {
            (step(S::Finished, 20), May { roles: &[], system: true, citizen: true })
        }
        (S::Answered | S::Finished, A::Object { .. }) => (step(S::Analysis, 21), BY_CITIZEN),
        (stage, A::Withdraw) if stage.is_open() => (step(S::Closed, 22), BY_CITIZEN),
        (S::Closed, A::Reopen { .. }) if case.closed_as == Some(CloseReason::HandedOver) => {
            return Err(Refusal::OutOfTurn { stage: case.stage });
        }
        // Only T9 lifts the seal: what was sealed when it was closed is decided on where it was, and by whoever decides there.
        (S::Closed, A::Reopen { .. }) if case.restricted => {
            (step(S::EthicsClosed, 23), takes_up(case, &[R::Chair, R::Director]))
        }
        (S::Closed, A::Reopen { .. }) => (step(S::New, 23), takes_up(case, &[R::Chair])),
        (S::Answered | S::FollowUp | S::Finished, A::Correct { .. }) => {
            (step(S::Analysis, 24), by(&[R::Operator, R::Member, R::Chair]))
        }
        (stage, _) => return Err(Refusal::OutOfTurn { stage }),
    };
    permitted(case, action, actor, may)?;
    complete(case, action, now)?;
    Ok(next)
}

fn permitted(case: &Case, action: &Action, actor: &Actor<'_>, may: May) -> Result<(), Refusal> {
    let (id, roles) = match actor {
        Actor::System => return if may.system { Ok(()) } else { Err(Refusal::NotPermitted) },
        Actor::Citizen => return if may.citizen { Ok(()) } else { Err(Refusal::NotPermitted) },
        Actor::Officer { id, roles, .. } => (*id, *roles),
    };
    let is = |role: Role| roles.contains(&role);
    if !may.roles.iter().any(|role| is(*role)) {
        return Err(Refusal::NotPermitted);
    }
    if reads_a_copy(case, actor) {
        return Err(Refusal::NotPermitted);
    }
    // Whoever reads it by another role still works as an anggota for the own units only; an indication is anybody's to name (A8).
    let as_member = may.roles.iter().filter(|role| is(**role)).all(|role| *role == Role::Member);
    if as_member && !is_whose(case, actor) && !matches!(action, Action::Restrict { .. }) {
        return Err(Refusal::NotPermitted);
    }
    if matches!(action, Action::Approve | Action::Reject { .. }) {
        // Taking one's own draft back is no approval, but it is a decision: it is left to somebody else too.
        if case.drafter.as_ref() == Some(id) {
            return Err(Refusal::OwnDraft);
        }
        if !roles.iter().any(|role| case.is_judged_by(*role)) {
            let escalated = case.escalated;
            return Err(if escalated { Refusal::DirectorDecides } else { Refusal::NotPermitted });
        }
    }
    // It is the director's already.
    if matches!(action, Action::Escalate { .. }) && case.escalated {
        return Err(Refusal::DirectorDecides);
    }
    // It is the ketua's to sort then, whatever becomes of it (T11).
    let sorts = matches!(
        action,
        Action::Answer { .. } | Action::Assign { .. } | Action::Ask { .. } | Action::Close { .. }
    );
    if sorts && case.stage == Stage::New && case.chair_assigns && !is(Role::Chair) {
        return Err(Refusal::ChairMustAssign);
    }
    // Whoever is concerned does not decide on the closed path: the director does (A8).
    let decides_there = matches!(
        action,
        Action::HandOver { .. } | Action::Unrestrict { .. } | Action::Reopen { .. }
    );
    if decides_there && case.concerns.contains(id) {
        return Err(Refusal::NotPermitted);
    }
    Ok(())
}

/// What the step's own condition asks for.
fn complete(case: &Case, action: &Action, now: DateTime<Utc>) -> Result<(), Refusal> {
    let said = |text: &str, what| {
        if text.trim().is_empty() { Err(Refusal::Incomplete(what)) } else { Ok(()) }
    };
    match action {
        Action::Answer { note_valid: false, .. } => Err(Refusal::NoteNotValid),
        Action::Answer { same_unit: false, .. } => Err(Refusal::NoteOfOtherUnit),
        Action::Assign { unit, .. } => said(unit, "unit"),
        Action::Ask { missing } => said(missing, "missing"),
        Action::Restrict { indication } => said(indication, "indication"),
        Action::HandOver { body, letter, .. } => {
            said(body, "body").and_then(|()| said(letter, "letter"))
        }
        Action::Unrestrict { reason }
        | Action::ReturnUnit { reason }
        | Action::Reject { reason }
        | Action::Escalate { reason }
        | Action::Reopen { reason }
        | Action::Correct { reason } => said(reason, "reason"),
        Action::Close { reason, main, addressee } => match reason {
            CloseReason::Duplicate if main.is_none() => Err(Refusal::Incomplete("main")),
            CloseReason::NotOurs => said(addressee.as_deref().unwrap_or(""), "party"),
            CloseReason::Withdrawn | CloseReason::HandedOver => {
                Err(Refusal::ReasonNotByHand { reason: *reason })
            }
            CloseReason::Spam
            | CloseReason::Abuse
            | CloseReason::NotAComplaint
            | CloseReason::Duplicate
            | CloseReason::Incomplete => Ok(()),
        },
        Action::Object { .. } if case.objections >= case.objecting.times => {
            Err(Refusal::TooOften { max: case.objecting.times })
        }
        // The days run from the answer, also where PUAS or silence has finished the case since.
        Action::Object { .. }
            if now - case.last_answer_at.unwrap_or(case.stage_since) > case.objecting.within =>
        {
            Err(Refusal::TooLate)
        }
        Action::Answer { .. }
        | Action::Object { .. }
        | Action::Resume
        | Action::GiveUp
        | Action::Propose { .. }
        | Action::Approve
        | Action::Send
        | Action::DeliveryFailed
        | Action::StartFollowUp
        | Action::ReportResult
        | Action::Finish
        | Action::Withdraw => Ok(()),
    }
}
