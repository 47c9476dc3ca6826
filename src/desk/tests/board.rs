//! The office's wall.

use super::fixture::{ANNA, BENI, Bench, refused};
use super::{ask, mark, restrict, turn};
use crate::desk::board::{self, Board};
use crate::desk::privacy::Mark;
use crate::desk::reading;
use crate::desk::turning;
use crate::ticket::{Role, Stage};

fn board(bench: &Bench, user: &str) -> Board {
    bench.act(user, board::board).unwrap()
}

fn count(board: &Board, stage: Stage) -> (i64, i64) {
    let rows = board.stages.iter().filter(|row| row.stage == stage);
    rows.fold((0, 0), |(open, late), row| (open + row.open, late + row.late))
}

#[test]
fn the_wall_counts_what_waits_where_and_shows_the_latest_first() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(5);
    let second = bench.say(BENI, "PUPR # jalan berlubang").number();
    let third = bench.say("081200000003", "DLH # sampah menumpuk").number();
    ask(&bench, &third, "sari");
    bench.assign(&second).unwrap();
    bench.at("24-11-2026 08.30");
    bench.round();
    let wall = board(&bench, "hadi");
    assert!(wall.open);
    assert_eq!(count(&wall, Stage::New), (1, 1));
    assert_eq!(count(&wall, Stage::Analysis), (1, 0));
    assert_eq!(count(&wall, Stage::WaitingCitizen), (1, 0));
    let [(late, standing)] = &wall.overdue[..] else { panic!("{:?}", wall.overdue) };
    assert_eq!((late.number.to_string(), standing.left_minutes), (first, Some(-15)));
    let [(soon, standing)] = &wall.soon[..] else { panic!("{:?}", wall.soon) };
    assert_eq!((soon.number.to_string(), standing.left_minutes), (second.clone(), Some(20)));
    let [told] = &wall.reminded[..] else { panic!("{:?}", wall.reminded) };
    assert_eq!((told.number, told.stage), (late.number, Stage::New));

    bench.at("24-11-2026 09.00");
    bench.round();
    bench.at("24-11-2026 18.00");
    let wall = board(&bench, "ratna");
    assert!(!wall.open);
    assert_eq!(wall.overdue.len(), 2);
    assert_eq!(wall.reminded[0].number.to_string(), second, "the last one first");
    bench.days(3);
    assert_eq!(board(&bench, "sari").reminded, []);
}

#[test]
fn the_closed_path_is_a_number_on_the_wall_and_nothing_else() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(20);
    bench.round();
    restrict(&bench, &number, "sari");
    bench.days(3);
    bench.round();
    for user in ["sari", "ratna", "hadi"] {
        let wall = board(&bench, user);
        assert_eq!((wall.sealed, wall.overdue.len(), wall.reminded.len()), (1, 0, 0), "{user}");
        assert!(wall.stages.iter().all(|row| row.open == 0), "{user}");
    }
}

#[test]
fn what_was_late_is_told_of_the_stage_where_it_was() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.at("24-11-2026 08.30");
    bench.round();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Sudah.").unwrap();
    let stages = |wall: &Board| wall.reminded.iter().map(|told| told.stage).collect::<Vec<_>>();
    let wall = board(&bench, "ratna");
    assert_eq!((count(&wall, Stage::Approval).0, stages(&wall)), (1, vec![Stage::New]));
    // What is late where it waits now is told of that, beside the other.
    bench.at("25-11-2026 08.00");
    bench.round();
    let told = stages(&board(&bench, "ratna"));
    assert_eq!(told.first(), Some(&Stage::Approval));
    assert_eq!(told.last(), Some(&Stage::New));
}

#[test]
fn the_wall_is_for_petugas_ketua_and_pengarah() {
    let bench = Bench::new();
    for (user, code) in [
        ("sari", "done"),
        ("budi", "NOT_PERMITTED"),
        ("ratna", "done"),
        ("hadi", "done"),
        ("joko", "NOT_PERMITTED"),
    ] {
        assert_eq!(refused(bench.act(user, board::board)), code, "{user}");
    }
}

#[test]
fn national_limits_are_counted_and_an_answered_ticket_has_none() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.at("10-12-2026 08.00");
    assert_eq!(board(&bench, "ratna").national, (1, 0));
    bench.at("15-12-2026 08.00");
    assert_eq!(board(&bench, "ratna").national, (0, 1));
    bench.answered(&number, "Sudah.");
    let wall = board(&bench, "ratna");
    assert_eq!((wall.national, count(&wall, Stage::Answered)), ((0, 0), (1, 0)));
    assert_eq!(bench.told(ANNA), Vec::<String>::new());
}

#[test]
fn who_asked_for_secrecy_does_not_hang_on_the_wall() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(20);
    let shown = |user: &str| {
        let (ticket, _) = board(&bench, user).overdue.remove(0);
        reading::number_as_seen(&ticket, board::sight(&ticket))
    };
    assert_eq!(shown("sari"), "+62 812-****-*001");
    mark(&bench, &number, Mark::Secret);
    for user in ["sari", "ratna", "hadi"] {
        assert_eq!(shown(user), reading::SECRET, "{user}");
    }
}

fn waiting(bench: &Bench, stage: Stage) -> Vec<(Role, i64)> {
    let rows = board(bench, "hadi").stages.into_iter().filter(|row| row.stage == stage);
    rows.map(|row| (row.role.unwrap(), row.open)).collect()
}

#[test]
fn what_was_returned_twice_waits_for_the_ketua() {
    let bench = Bench::new();
    let number = bench.complaint();
    for waits in [Role::Operator, Role::Chair] {
        bench.assign(&number).unwrap();
        turn(&bench, &number, "budi", "bukan unit kami", turning::return_unit).unwrap();
        let ticket = bench.ticket(&number);
        assert_eq!(board::waits_at(&bench.office, &ticket), Some(waits));
    }
    assert_eq!(waiting(&bench, Stage::New), [(Role::Operator, 0), (Role::Chair, 1)]);
    bench.say(BENI, "DISHUB # rambu hilang");
    assert_eq!(waiting(&bench, Stage::New), [(Role::Operator, 1), (Role::Chair, 1)]);
}

#[test]
fn what_no_ketua_may_decide_on_waits_for_the_pengarah() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Sudah.").unwrap();
    assert_eq!(waiting(&bench, Stage::Approval), [(Role::Chair, 1)]);
    turn(&bench, &number, "ratna", "perlu pimpinan", turning::escalate).unwrap();
    assert_eq!(waiting(&bench, Stage::Approval), [(Role::Chair, 0), (Role::Director, 1)]);
    // So does what the only ketua has written.
    let own = bench.say(BENI, "DISHUB # rambu hilang").number();
    bench.assign(&own).unwrap();
    bench.propose(&own, "ratna", "Sudah.").unwrap();
    assert_eq!(waiting(&bench, Stage::Approval), [(Role::Chair, 0), (Role::Director, 2)]);
}
