//! The workflow against the procedure: its tables (9.2, 9.3) in `table`, what each step asks for, who reads what, and the clocks.

mod table;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::calendar::{Calendar, Rules, Week, Zone};

fn at(text: &str) -> DateTime<Utc> {
    let local = NaiveDate::parse_from_str(text.split_once(' ').unwrap().0, "%d-%m-%Y").unwrap();
    let (hour, minute) = text.split_once(' ').unwrap().1.split_once('.').unwrap();
    let time = local.and_hms_opt(hour.parse().unwrap(), minute.parse().unwrap(), 0).unwrap();
    time.and_utc() - TimeDelta::hours(7)
}

fn noon() -> DateTime<Utc> {
    at("24-11-2026 10.00")
}

fn case(stage: Stage) -> Case {
    Case {
        stage,
        before_pause: (stage == Stage::WaitingCitizen).then_some(Stage::Analysis),
        drafter: Some(OfficerId::from("budi")),
        drafted_by_chair: false,
        escalated: false,
        unit: Some("DISHUB".to_owned()),
        assignee: Some(OfficerId::from("budi")),
        chair_assigns: false,
        objections: 0,
        objecting: Objecting::default(),
        stage_since: noon(),
        last_answer_at: Some(noon()),
        needs_follow_up: true,
        restricted: false,
        concerns: Vec::new(),
        closed_as: (stage == Stage::Closed).then_some(CloseReason::NotOurs),
        secret: false,
        specific: false,
        copies: Vec::new(),
    }
}

fn text(words: &str) -> String {
    words.to_owned()
}

/// Lists the actions; one that is not among them does not compile here, and then it needs its rows in the table.
macro_rules! one_of_each {
    ($($action:ident $({ $($field:ident: $value:expr),+ })?),+ $(,)?) => {{
        const fn listed(action: &Action) {
            match action { $(Action::$action { .. } => (),)+ }
        }
        let all = vec![$(Action::$action $({ $($field: $value),+ })?),+];
        all.iter().for_each(listed);
        all
    }};
}

fn actions() -> Vec<Action> {
    let date = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    one_of_each![
        Answer { note_valid: true, same_unit: true },
        Assign {
            unit: text("DISHUB"),
            category: Category::Complaint,
            member: OfficerId::from("budi")
        },
        Ask { missing: text("alamat") },
        Resume,
        GiveUp,
        Restrict { indication: text("pungli") },
        HandOver { body: text("Inspektorat"), letter: text("700/12"), date: date },
        Unrestrict { reason: text("soal layanan") },
        Close { reason: CloseReason::Spam, main: None, addressee: None },
        ReturnUnit { reason: text("urusan PUPR") },
        Propose { follow_up: None },
        Approve,
        Reject { reason: text("kurang jelas") },
        Escalate { reason: text("lintas dinas") },
        Send,
        DeliveryFailed,
        StartFollowUp,
        ReportResult,
        Finish,
        Object { reason: text("masih mati") },
        Withdraw,
        Reopen { reason: text("salah tutup") },
        Correct { reason: text("salah tanggal") },
    ]
}

/// The unit of the ticket, to which whoever acts is bound.
fn own_unit() -> [String; 1] {
    ["DISHUB".to_owned()]
}

/// Runs a step as `sistem`, `pemohon`, or an officer who is called after the role.
fn step_as(who: &str, case: &Case, action: &Action) -> Result<Advance, Refusal> {
    step_at(who, case, action, noon())
}

fn step_at(
    who: &str,
    case: &Case,
    action: &Action,
    now: DateTime<Utc>,
) -> Result<Advance, Refusal> {
    let id = OfficerId::from(who);
    let roles: Vec<Role> = Role::from_token(who).into_iter().collect();
    let actor = match who {
        "sistem" => Actor::System,
        "pemohon" => Actor::Citizen,
        _ => Actor::Officer { id: &id, roles: &roles, units: &own_unit() },
    };
    advance(case, action, &actor, now)
}

#[test]
fn a_pause_returns_to_where_it_came_from() {
    for before in [Stage::New, Stage::Analysis] {
        let paused = Case { before_pause: Some(before), ..case(Stage::WaitingCitizen) };
        assert_eq!(step_as("sistem", &paused, &Action::Resume).unwrap().to, before);
    }
}

/// 9.3: "own units", whatever else the person is; and the closed path is anybody's to ask for (A8).
#[test]
fn whoever_is_an_anggota_too_is_one_for_the_own_units_only() {
    let steps = [
        (Stage::Analysis, Action::Propose { follow_up: None }, Role::Chair),
        (Stage::Analysis, Action::ReturnUnit { reason: text("urusan PUPR") }, Role::Member),
        (Stage::Analysis, Action::Ask { missing: text("alamat") }, Role::Chair),
        (Stage::FollowUp, Action::ReportResult, Role::Chair),
        (Stage::Answered, Action::Correct { reason: text("salah tanggal") }, Role::Chair),
    ];
    let id = OfficerId::from("wati");
    let takes = |roles: &[Role], units: &[&str], case: &Case, action: &Action| {
        let units: Vec<String> = units.iter().copied().map(text).collect();
        let actor = Actor::Officer { id: &id, roles, units: &units };
        advance(case, action, &actor, noon()).map(|_| ())
    };
    for (stage, action, alone) in &steps {
        for other in [Role::Operator, Role::Director] {
            let roles = [other, Role::Member];
            let foreign = takes(&roles, &["DLH"], &case(*stage), action);
            let by_the_other = other == Role::Operator && matches!(action, Action::Correct { .. });
            let expected = if by_the_other { Ok(()) } else { Err(Refusal::NotPermitted) };
            assert_eq!(foreign, expected, "{other:?} {action:?}");
            for (units, assignee) in [(["DISHUB"], "budi"), (["*"], "budi"), (["DLH"], "wati")] {
                let case = Case { assignee: Some(OfficerId::from(assignee)), ..case(*stage) };
                assert_eq!(takes(&roles, &units, &case, action), Ok(()), "{units:?} {action:?}");
            }
            let copied = Case { copies: vec![text("DLH")], ..case(*stage) };
            assert_eq!(takes(&roles, &["DLH"], &copied, action), expected, "{action:?}");
        }
        if *alone == Role::Chair {
            assert_eq!(takes(&[Role::Chair], &[], &case(*stage), action), Ok(()));
        }
    }
    let named = Action::Restrict { indication: text("pungli") };
    let roles = [Role::Director, Role::Member];
    assert_eq!(takes(&roles, &["DLH"], &case(Stage::Analysis), &named), Ok(()));
}

#[test]
fn nobody_decides_on_the_own_draft() {
    let reject = Action::Reject { reason: text("x") };
    for drafter in ["ketua", "pengarah"] {
        let own = Case {
            drafter: Some(OfficerId::from(drafter)),
            drafted_by_chair: drafter == "ketua",
            escalated: drafter == "pengarah",
            ..case(Stage::Approval)
        };
        assert_eq!(step_as(drafter, &own, &Action::Approve), Err(Refusal::OwnDraft));
        assert_eq!(step_as(drafter, &own, &reject), Err(Refusal::OwnDraft));
    }
}

#[test]
fn a_chairs_draft_is_decided_by_another_chair_or_the_director_and_an_escalated_one_by_the_director()
{
    let reject = Action::Reject { reason: text("x") };
    let of_a_chair = Case {
        drafter: Some(OfficerId::from("wakil")),
        drafted_by_chair: true,
        ..case(Stage::Approval)
    };
    let escalated = Case { escalated: true, ..case(Stage::Approval) };
    for action in [&Action::Approve, &reject] {
        assert!(step_as("ketua", &of_a_chair, action).is_ok());
        assert_eq!(step_as("ketua", &escalated, action), Err(Refusal::DirectorDecides));
        for case in [&of_a_chair, &escalated] {
            assert!(step_as("pengarah", case, action).is_ok());
        }
    }
    // An ordinary one is not the director's matter (A23).
    let ordinary = case(Stage::Approval);
    assert_eq!(step_as("pengarah", &ordinary, &Action::Approve), Err(Refusal::NotPermitted));
}

#[test]
fn after_a_second_wrong_unit_only_the_chair_assigns() {
    let assign = &actions()[1];
    assert!(step_as("petugas", &case(Stage::New), assign).is_ok());
    let twice = Case { chair_assigns: true, ..case(Stage::New) };
    assert_eq!(step_as("petugas", &twice, assign), Err(Refusal::ChairMustAssign));
    assert!(step_as("ketua", &twice, assign).is_ok());
}

#[test]
fn belum_counts_twice_and_for_ten_days_after_the_answer() {
    let belum = Action::Object { reason: text("masih rusak") };
    let days = |count| noon() + TimeDelta::days(count);
    let answered = case(Stage::Answered);
    assert!(step_at("pemohon", &answered, &belum, days(10)).is_ok());
    let late = days(10) + TimeDelta::seconds(1);
    assert_eq!(step_at("pemohon", &answered, &belum, late), Err(Refusal::TooLate));
    let twice = Case { objections: 2, ..answered };
    assert_eq!(step_at("pemohon", &twice, &belum, days(1)), Err(Refusal::TooOften { max: 2 }));
    let once = Case { objections: 1, ..case(Stage::Answered) };
    assert!(step_at("pemohon", &once, &belum, days(1)).is_ok());
}

#[test]
fn the_ten_days_of_belum_run_from_the_answer_also_once_the_case_is_finished() {
    let belum = Action::Object { reason: text("rusak lagi") };
    let finished = Case { stage_since: noon() + TimeDelta::days(10), ..case(Stage::Finished) };
    let day_eleven = noon() + TimeDelta::days(11);
    assert_eq!(step_at("pemohon", &finished, &belum, day_eleven), Err(Refusal::TooLate));
    let by_puas = Case { stage_since: noon() + TimeDelta::days(1), ..case(Stage::Finished) };
    assert!(step_at("pemohon", &by_puas, &belum, noon() + TimeDelta::days(9)).is_ok());
}

#[test]
fn work_that_remains_is_begun_only_where_it_was_promised() {
    let done = Case { needs_follow_up: false, ..case(Stage::Answered) };
    let refused = step_as("sistem", &done, &Action::StartFollowUp);
    assert_eq!(refused, Err(Refusal::OutOfTurn { stage: Stage::Answered }));
}

#[test]
fn what_was_handed_over_is_not_reopened() {
    let reopen = Action::Reopen { reason: text("x") };
    for reason in CloseReason::ALL {
        let closed = Case { closed_as: Some(*reason), ..case(Stage::Closed) };
        let found = step_as("ketua", &closed, &reopen);
        assert_eq!(found.is_ok(), *reason != CloseReason::HandedOver, "{}", reason.token());
    }
}

#[test]
fn the_system_takes_up_nothing_but_a_duplicate_and_lifts_no_seal() {
    let reopen = Action::Reopen { reason: text("pengaduan utama dicabut") };
    for (restricted, to) in [(false, Stage::New), (true, Stage::EthicsClosed)] {
        for reason in CloseReason::ALL {
            let closed = Case { closed_as: Some(*reason), restricted, ..case(Stage::Closed) };
            let found = step_as("sistem", &closed, &reopen).ok();
            let expected = Advance { to, transition: 23 };
            let is_duplicate = *reason == CloseReason::Duplicate;
            assert_eq!(found, is_duplicate.then_some(expected), "{}", reason.token());
            assert!(step_as("pemohon", &closed, &reopen).is_err());
        }
    }
}

#[test]
fn each_step_asks_for_what_its_condition_names() {
    let date = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let blank = || text(" \n");
    let close = |reason, main, addressee: Option<&str>| Action::Close {
        reason,
        main,
        addressee: addressee.map(text),
    };
    let assign = Action::Assign {
        unit: blank(),
        category: Category::Complaint,
        member: OfficerId::from("budi"),
    };
    let missing: [(Stage, Action, &str); 12] = [
        (Stage::New, assign, "unit"),
        (Stage::New, Action::Ask { missing: blank() }, "missing"),
        (Stage::New, Action::Restrict { indication: blank() }, "indication"),
        (Stage::EthicsClosed, Action::HandOver { body: blank(), letter: text("1"), date }, "body"),
        (
            Stage::EthicsClosed,
            Action::HandOver { body: text("x"), letter: blank(), date },
            "letter",
        ),
        (Stage::EthicsClosed, Action::Unrestrict { reason: blank() }, "reason"),
        (Stage::Approval, Action::Reject { reason: blank() }, "reason"),
        (Stage::Approval, Action::Escalate { reason: blank() }, "reason"),
        (Stage::Closed, Action::Reopen { reason: blank() }, "reason"),
        (Stage::New, close(CloseReason::Duplicate, None, None), "main"),
        (Stage::New, close(CloseReason::NotOurs, None, None), "party"),
        (Stage::New, close(CloseReason::NotOurs, None, Some(" ")), "party"),
    ];
    for (stage, action, what) in missing {
        let found = step_as("ketua", &case(stage), &action);
        assert_eq!(found, Err(Refusal::Incomplete(what)), "{action:?}");
    }
    let returned = Action::ReturnUnit { reason: blank() };
    let found = step_as("anggota", &case(Stage::Analysis), &returned);
    assert_eq!(found, Err(Refusal::Incomplete("reason")));
    for (note_valid, same_unit, refusal) in
        [(false, true, Refusal::NoteNotValid), (true, false, Refusal::NoteOfOtherUnit)]
    {
        let answer = Action::Answer { note_valid, same_unit };
        assert_eq!(step_as("petugas", &case(Stage::New), &answer), Err(refusal));
    }
}

#[test]
fn reasons_of_the_citizen_and_of_the_closed_path_are_not_given_by_hand() {
    for reason in CloseReason::ALL {
        let action = Action::Close { reason: *reason, main: Some(1), addressee: Some(text("PLN")) };
        let found = step_as("petugas", &case(Stage::New), &action);
        let by_hand = !matches!(reason, CloseReason::Withdrawn | CloseReason::HandedOver);
        let by_citizen_or_body = Refusal::ReasonNotByHand { reason: *reason };
        assert_eq!(found.err(), (!by_hand).then_some(by_citizen_or_body));
    }
}

#[test]
fn who_is_concerned_does_not_decide_on_the_closed_path() {
    let named = Case { concerns: vec![OfficerId::from("ketua")], ..case(Stage::EthicsClosed) };
    let back = Action::Unrestrict { reason: text("x") };
    assert_eq!(step_as("ketua", &named, &back), Err(Refusal::NotPermitted));
    assert!(step_as("pengarah", &named, &back).is_ok());
}

fn reads(who: &str, units: &[&str], case: &Case) -> bool {
    let id = OfficerId::from(who);
    let roles: Vec<Role> = Role::from_token(who).into_iter().collect();
    let units: Vec<String> = units.iter().map(|unit| text(unit)).collect();
    may_read(case, &Actor::Officer { id: &id, roles: &roles, units: &units })
}

#[test]
fn ordinary_tickets_are_read_by_the_office_and_by_the_own_member() {
    let ordinary = case(Stage::Analysis);
    for who in ["petugas", "ketua", "pengarah"] {
        assert!(reads(who, &[], &ordinary), "{who}");
    }
    assert!(reads("anggota", &["DISHUB"], &ordinary));
    assert!(reads("anggota", &["*"], &ordinary));
    assert!(!reads("anggota", &["PUPR"], &ordinary));
    let in_hand = Case { assignee: Some(OfficerId::from("anggota")), ..ordinary.clone() };
    assert!(reads("anggota", &["PUPR"], &in_hand));
    let undecided = Case { unit: None, assignee: None, ..ordinary.clone() };
    assert!(!reads("anggota", &["*"], &undecided));
    assert!(!reads("admin", &["*"], &ordinary));
}

#[test]
fn a_copy_is_read_by_its_unit_and_nothing_more() {
    let id = OfficerId::from("anggota");
    let units = ["PUPR".to_owned()];
    let member = |roles| Actor::Officer { id: &id, roles, units: &units };
    let only = member(&[Role::Member]);
    let stages = Stage::ALL.iter().filter(|stage| **stage != Stage::EthicsClosed);
    for stage in stages.copied() {
        let apart = Case { assignee: None, ..case(stage) };
        assert!(!may_read(&apart, &only) && !reads_a_copy(&apart, &only), "{stage:?}");
        let copied = Case { copies: vec!["DLH".to_owned(), "PUPR".to_owned()], ..apart };
        assert!(may_read(&copied, &only) && reads_a_copy(&copied, &only), "{stage:?}");
        for action in actions() {
            assert!(advance(&copied, &action, &only, noon()).is_err(), "{stage:?} {action:?}");
        }
        // Whoever has it in hand, or sorts as well, does not read it for the copy.
        let in_hand = Case { assignee: Some(id.clone()), ..copied.clone() };
        assert!(!reads_a_copy(&in_hand, &only), "{stage:?}");
        assert!(!reads_a_copy(&copied, &member(&[Role::Member, Role::Operator])), "{stage:?}");
    }
    let sealed = Case { copies: units.to_vec(), ..case(Stage::EthicsClosed) };
    assert!(!may_read(&sealed, &only));
}

#[test]
fn the_closed_path_exists_for_chair_and_director_only_whatever_became_of_it() {
    let sealed = case(Stage::EthicsClosed);
    let handed_over = Case { closed_as: Some(CloseReason::HandedOver), ..case(Stage::Closed) };
    // Taken back by the citizen while it was restricted: it does not become an ordinary one by that.
    let withdrawn =
        Case { closed_as: Some(CloseReason::Withdrawn), restricted: true, ..case(Stage::Closed) };
    for case in [sealed, handed_over, withdrawn] {
        for (who, may) in [
            ("petugas", false),
            ("anggota", false),
            ("admin", false),
            ("ketua", true),
            ("pengarah", true),
        ] {
            assert_eq!(reads(who, &["*"], &case), may, "{who} {case:?}");
            let id = OfficerId::from(who);
            let roles = [Role::from_token(who).unwrap()];
            let actor = Actor::Officer { id: &id, roles: &roles, units: &[] };
            assert_eq!(sight(&case, &actor) == Sight::Whole, may, "{who}");
        }
        let named = Case { concerns: vec![OfficerId::from("ketua")], ..case };
        assert!(!reads("ketua", &[], &named));
    }
}

#[test]
fn the_whole_number_is_for_petugas_and_ketua_and_less_of_it_for_others() {
    use Sight::{Masked, Nothing, Revealable, Whole};
    let secret = Case { secret: true, ..case(Stage::Analysis) };
    for (who, ordinary, kept_secret) in [
        ("petugas", Whole, Whole),
        ("anggota", Masked, Nothing),
        ("ketua", Whole, Whole),
        ("pengarah", Revealable, Nothing),
        ("admin", Masked, Nothing),
    ] {
        let id = OfficerId::from(who);
        let roles = [Role::from_token(who).unwrap()];
        let actor = Actor::Officer { id: &id, roles: &roles, units: &[] };
        assert_eq!(sight(&case(Stage::Analysis), &actor), ordinary, "{who}");
        assert_eq!(sight(&secret, &actor), kept_secret, "{who}");
    }
}

#[test]
fn tokens_read_back_and_are_told_apart() {
    fn check<T: Copy + PartialEq + std::fmt::Debug>(
        all: &[T],
        token: impl Fn(T) -> &'static str,
        back: impl Fn(&str) -> Option<T>,
    ) {
        for value in all {
            assert_eq!(back(token(*value)), Some(*value));
        }
        assert_eq!(back("lain"), None);
    }
    check(Stage::ALL, Stage::token, Stage::from_token);
    check(CloseReason::ALL, CloseReason::token, CloseReason::from_token);
    check(Category::ALL, Category::token, Category::from_token);
    check(Channel::ALL, Channel::token, Channel::from_token);
    check(Role::ALL, Role::token, Role::from_token);
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let refusals = [
        Refusal::OutOfTurn { stage: Stage::New },
        Refusal::NotPermitted,
        Refusal::OwnDraft,
        Refusal::DirectorDecides,
        Refusal::NobodyDecides,
        Refusal::ChairMustAssign,
        Refusal::Incomplete("x"),
        Refusal::NoteNotValid,
        Refusal::NoteOfOtherUnit,
        Refusal::TooLate,
        Refusal::TooOften { max: 2 },
        Refusal::ReasonNotByHand { reason: CloseReason::Withdrawn },
    ];
    let codes: std::collections::HashSet<_> = refusals.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), refusals.len());
}

fn calendar() -> Calendar {
    let days = ["2026-12-24", "2026-12-25", "2027-01-01"];
    Calendar::new(Rules {
        zone: Zone::Wib,
        ordinary: Week::ordinary(),
        ramadan: Week::ramadan(),
        ramadan_days: Vec::new(),
        holidays: days.iter().map(|day| day.parse().unwrap()).collect(),
    })
    .unwrap()
}

/// Section 6, "Worked examples".
#[test]
fn the_clocks_keep_the_procedures_worked_examples() {
    let (calendar, standards) = (calendar(), Standards::default());
    let by = clock::Reckoning { calendar: &calendar, standards: &standards };
    for (received, sorted, answered, five_days, fourteen_days) in [
        (
            "24-11-2026 08.00",
            "24-11-2026 08.15",
            "24-11-2026 15.00",
            "01-12-2026 16.00",
            "14-12-2026 16.00",
        ),
        (
            "24-11-2026 12.20",
            "24-11-2026 13.15",
            "25-11-2026 10.30",
            "01-12-2026 16.00",
            "14-12-2026 16.00",
        ),
        (
            "26-11-2026 15.50",
            "27-11-2026 07.35",
            "27-11-2026 14.50",
            "03-12-2026 16.00",
            "16-12-2026 16.00",
        ),
        (
            "27-11-2026 14.00",
            "27-11-2026 14.15",
            "30-11-2026 11.00",
            "04-12-2026 16.30",
            "17-12-2026 16.00",
        ),
        (
            "28-11-2026 21.10",
            "30-11-2026 07.45",
            "30-11-2026 14.30",
            "04-12-2026 16.30",
            "17-12-2026 16.00",
        ),
        (
            "23-12-2026 15.30",
            "23-12-2026 15.45",
            "28-12-2026 14.00",
            "04-01-2027 16.00",
            "15-01-2027 16.30",
        ),
    ] {
        let received = at(received);
        let due = clock::due(by, Stage::New, received);
        assert_eq!(due, Some(at(sorted)));
        assert_eq!(calendar.add_minutes(received, standards.answer), at(answered));
        let national = |category: Category| clock::national_due(by, received, category, &[]);
        assert_eq!(national(Category::Information), at(five_days));
        assert_eq!(national(Category::Complaint), at(fourteen_days));
    }
    assert_eq!(standards.national_limit(Category::Oversight), 60);
}

#[test]
fn each_row_has_its_standard_time_and_the_citizens_states_have_none() {
    let (calendar, standards) = (calendar(), Standards::default());
    let by = clock::Reckoning { calendar: &calendar, standards: &standards };
    let since = at("24-11-2026 08.00");
    for (stage, due) in [
        (Stage::New, Some("24-11-2026 08.15")),
        (Stage::Analysis, Some("24-11-2026 08.45")),
        (Stage::Approval, Some("24-11-2026 14.00")),
        (Stage::ReadyToSend, Some("24-11-2026 14.00")),
        (Stage::EthicsClosed, Some("25-11-2026 16.00")),
        (Stage::WaitingCitizen, None),
        (Stage::Answered, None),
        (Stage::FollowUp, None),
        (Stage::Finished, None),
        (Stage::Closed, None),
    ] {
        assert_eq!(clock::due(by, stage, since), due.map(at), "{stage:?}");
    }
}

proptest! {
    /// 9.4, rule 6.
    #[test]
    fn a_pause_leaves_the_remaining_minutes_as_they_were(
        received in 0i64..40 * 1440,
        standard in 1i64..1000,
        worked in 0i64..40 * 1440,
        paused in 0i64..40 * 1440,
    ) {
        let calendar = calendar();
        let received = at("01-11-2026 00.00") + TimeDelta::minutes(received);
        let due = calendar.add_minutes(received, standard);
        let paused_at = received + TimeDelta::minutes(worked);
        let resumed_at = paused_at + TimeDelta::minutes(paused);
        let moved = calendar.postpone(due, paused_at, resumed_at);
        prop_assert_eq!(
            calendar.minutes_between(resumed_at, moved),
            calendar.minutes_between(paused_at, due)
        );
        prop_assert_eq!(moved <= resumed_at, due <= paused_at, "overdue before is overdue after");
        // A pause of no length changes no remaining minute either.
        let at_once = calendar.postpone(due, paused_at, paused_at);
        prop_assert_eq!(
            calendar.minutes_between(paused_at, at_once),
            calendar.minutes_between(paused_at, due)
        );
    }
}
