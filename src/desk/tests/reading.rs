//! What an officer sees, and what not.

use super::fixture::{ANNA, BENI, Bench, refused, staff};
use super::{hand_over, restrict};
use crate::desk::reading;
use crate::store::tickets;
use crate::ticket::Stage;

fn inbox(bench: &Bench, user: &str, all: bool) -> (Vec<String>, i64) {
    let inbox = bench
        .act(user, move |tx, office, who, now| reading::inbox(tx, office, who, all, now))
        .unwrap();
    (inbox.tickets.iter().map(|ticket| ticket.number.to_string()).collect(), inbox.sealed)
}

#[test]
fn in_a_flood_the_most_urgent_are_shown_and_the_others_counted() {
    const BEYOND: usize = 3;
    let bench = Bench::new();
    let numbers: Vec<String> = (0..reading::INBOX_MAX + BEYOND)
        .map(|place| bench.say(&format!("0812{place:08}"), "DISHUB # lampu mati").number())
        .collect();
    let inbox = bench
        .act("sari", |tx, office, who, now| reading::inbox(tx, office, who, false, now))
        .unwrap();
    let shown: Vec<String> = inbox.tickets.iter().map(|ticket| ticket.number.to_string()).collect();
    assert_eq!(shown, numbers[..reading::INBOX_MAX]);
    assert_eq!(inbox.more, i64::try_from(BEYOND).unwrap());
    // What others are waited for is not counted with hers.
    let other = bench
        .act("budi", |tx, office, who, now| reading::inbox(tx, office, who, false, now))
        .unwrap();
    assert_eq!((other.tickets.len(), other.more), (0, 0));
}

/// A list decides once for all tickets of a kind: it must be what it would decide for each.
pub fn lists_look_at_each(bench: &Bench, user: &str) {
    for all in [false, true] {
        let (listed, each, sealed) = bench
            .act(user, move |tx, office, who, now| {
                let inbox = reading::inbox(tx, office, who, all, now)?;
                let open = tickets::open_ones(tx)?;
                let rank = |ticket| reading::place(office, ticket, (who, all), now).rank;
                let sealed = open.iter().filter(|one| one.stage == Stage::EthicsClosed).count();
                let mut each: Vec<_> =
                    open.iter().filter_map(|one| Some((rank(one)?, one.id))).collect();
                each.sort_by_key(|(rank, _)| *rank as u8);
                let shown = inbox.tickets.iter().filter(|ticket| ticket.is_open());
                let listed: Vec<_> = shown.map(|one| (rank(one).unwrap(), one.id)).collect();
                Ok((listed, each, (inbox.sealed, i64::try_from(sealed).unwrap())))
            })
            .unwrap();
        assert_eq!(listed, each, "{user}, all: {all}");
        assert_eq!(sealed.0, sealed.1, "{user}, all: {all}");
    }
}

#[test]
fn tickets_that_differ_in_one_thing_are_told_apart_in_a_list() {
    const DIFFERENCES: [&str; 16] = [
        "flags = 'emergency'",
        "flags = 'emergency alarm'",
        "unit = 'DISHUB'",
        "assignee = 'budi'",
        "assignee = 'gone'",
        "drafter = 'hadi'",
        "drafter = 'ratna'",
        "escalated = 1",
        "restricted_by = 'sari'",
        "concerns = 'ratna'",
        "returns = 2",
        "copies = 'PUPR'",
        "later_at = received_at",
        "to_give_at = received_at",
        "due_at = received_at",
        "paused_at = received_at, due_at = received_at",
    ];
    const STAGES: [&str; 8] = [
        "BARU",
        "MENUNGGU_PEMOHON",
        "TELAAH",
        "PERSETUJUAN",
        "SIAP_KIRIM",
        "DIJAWAB",
        "TINDAK_LANJUT",
        "TERTUTUP_ETIK",
    ];
    for (stage, difference) in
        STAGES.iter().flat_map(|stage| DIFFERENCES.iter().map(move |one| (stage, one)))
    {
        let bench = Bench::new();
        bench.complaint();
        let other = bench.say(BENI, "DISHUB # lampu di pasar mati").number();
        bench.run(move |tx, _, _| {
            tx.run(&format!(
                "UPDATE ticket SET unit = 'DLH', stage = '{stage}', assignee = 'wati', drafter = 'wati', due_at = received_at + 999999"
            ))?;
            tx.run(&format!("UPDATE ticket SET {difference} WHERE number = '{other}'"))
        });
        for user in ["sari", "budi", "wati", "ratna", "hadi"] {
            lists_look_at_each(&bench, user);
        }
    }
}

fn show(bench: &Bench, user: &str, number: &str) -> Result<reading::CaseFile, crate::desk::Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now))
}

#[test]
fn a_ticket_waits_for_one_after_the_other() {
    let bench = Bench::new();
    let number = bench.complaint();
    let waits_for = |who: &str| {
        for user in ["sari", "budi", "wati", "ratna", "hadi"] {
            let (waiting, _) = inbox(&bench, user, false);
            assert_eq!(waiting == [number.clone()], user == who, "{user} {waiting:?}");
        }
    };
    waits_for("sari");
    bench.assign(&number).unwrap();
    waits_for("budi");
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    waits_for("ratna");
    bench.approve(&number, "ratna").unwrap();
    waits_for("sari");
    bench.send(&number, "sari").unwrap();
    waits_for("nobody");
    assert_eq!(inbox(&bench, "sari", true).0, [number]);
    assert_eq!(
        refused(
            bench.act("joko", |tx, office, who, now| reading::inbox(tx, office, who, true, now))
        ),
        "NOT_PERMITTED"
    );
}

#[test]
fn what_is_due_first_stands_in_front() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(5);
    let second = bench.say(BENI, "PUPR # jalan berlubang").number();
    assert_eq!(inbox(&bench, "sari", false).0, [first.clone(), second.clone()]);
    bench.assign(&first).unwrap();
    assert_eq!(inbox(&bench, "sari", true).0, [second, first]);
}

#[test]
fn a_ticket_of_somebody_who_has_left_waits_for_the_chair() {
    let people = staff().into_iter().filter(|person| person.id.as_str() != "budi").collect();
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    let id = bench.ticket(&number).id;
    bench.assign(&number).unwrap();
    // It was budi's.
    bench
        .act("ratna", move |tx, _, _, now| {
            let mut ticket = crate::store::tickets::by_id(tx, id)?.unwrap();
            ticket.assignee = Some("budi".to_owned());
            let entry = crate::store::trail::Entry {
                actor: "ratna",
                transition: None,
                action: "PINDAH",
                from: None,
                to: None,
                detail: serde_json::json!({}),
            };
            Ok(crate::store::tickets::record(tx, Stage::Analysis, &ticket, &entry, now)?)
        })
        .unwrap();
    assert_eq!(inbox(&bench, "ratna", false).0, [number]);
}

#[test]
fn a_member_sees_the_own_units_only() {
    let bench = Bench::new();
    let lamps = bench.complaint();
    let waste = bench.say(BENI, "DLH # sampah menumpuk").number();
    assert_eq!(inbox(&bench, "budi", true).0, std::slice::from_ref(&lamps));
    assert_eq!(refused(show(&bench, "budi", &waste)), "NO_SUCH_TICKET");
    assert_eq!(refused(show(&bench, "budi", &lamps)), "done");
    assert_eq!(refused(show(&bench, "joko", &lamps)), "NO_SUCH_TICKET");
}

#[test]
fn the_closed_path_is_a_number_to_others_and_no_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    for user in ["sari", "budi", "wati"] {
        assert_eq!(inbox(&bench, user, true), (vec![], 1), "{user}");
        assert_eq!(refused(show(&bench, user, &number)), "NO_SUCH_TICKET", "{user}");
        let missing = show(&bench, user, "P26-04071-7").unwrap_err().to_string();
        let hidden = show(&bench, user, &number).unwrap_err().to_string();
        assert_eq!(missing.replace("P26-04071-7", &number), hidden);
    }
    assert_eq!(inbox(&bench, "ratna", false).0, std::slice::from_ref(&number));
    hand_over(&bench, &number);
    assert_eq!(refused(show(&bench, "sari", &number)), "NO_SUCH_TICKET");
    assert_eq!(refused(show(&bench, "hadi", &number)), "done");
}

#[test]
fn what_was_withdrawn_from_the_closed_path_stays_hidden() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    let heard = bench.say(ANNA, &format!("BATAL {number}"));
    assert!(heard.reply().contains("ditangani tertutup"), "{}", heard.reply());
    assert_eq!(bench.stage(&number), Stage::Closed);
    assert_eq!(refused(show(&bench, "sari", &number)), "NO_SUCH_TICKET");
    assert_eq!(refused(show(&bench, "ratna", &number)), "done");
}

#[test]
fn the_whole_number_is_shown_to_petugas_and_ketua_and_nowhere_to_others() {
    let bench = Bench::new();
    let number = bench.complaint();
    for (user, whole) in [("sari", true), ("ratna", true), ("budi", false), ("hadi", false)] {
        let file = show(&bench, user, &number).unwrap();
        let told: Vec<&str> = std::iter::once(file.citizen.as_str())
            .chain(file.messages.iter().map(|message| message.sender.as_str()))
            .chain(file.replies.iter().map(|reply| reply.recipient.as_str()))
            .collect();
        assert_eq!(told.len(), 3);
        for shown in told {
            assert_eq!(shown, if whole { "081200000001" } else { "+62 812-****-*001" }, "{user}");
        }
    }
}

#[test]
fn who_asks_to_be_kept_secret_is_known_to_petugas_and_ketua_only() {
    let bench = Bench::new();
    let number =
        bench.say(ANNA, "DISHUB # lampu mati di pasar, mohon nomor saya dirahasiakan").number();
    assert!(bench.ticket(&number).flags.contains(&"secret".to_owned()));
    for (user, shown) in [
        ("sari", "081200000001"),
        ("ratna", "081200000001"),
        ("budi", reading::SECRET),
        ("hadi", reading::SECRET),
    ] {
        let file = show(&bench, user, &number).unwrap();
        assert_eq!(file.citizen, shown, "{user}");
        assert_eq!(file.messages[0].sender, shown, "{user}");
        assert_eq!(file.replies[0].recipient, shown, "{user}");
    }
}

#[test]
fn the_bank_is_listed_by_unit() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    super::remember(&bench, &number, None).unwrap();
    let known = |unit: Option<&'static str>| {
        bench
            .act("sari", move |tx, office, who, _| reading::known(tx, office, who, unit))
            .map(|notes| notes.len())
    };
    assert_eq!(known(None).unwrap(), 1);
    assert_eq!(known(Some("dinas perhubungan")).unwrap(), 1);
    assert_eq!(known(Some("PUPR")).unwrap(), 0);
    assert_eq!(refused(known(Some("PLN"))), "NO_SUCH_UNIT");
}

#[test]
fn a_unit_that_an_officer_chose_is_told_from_one_that_was_read() {
    use crate::complaint::Flag;
    use crate::desk::officer::{self, Destination};
    use crate::ticket::Category;

    let bench = Bench::new();
    let chosen = |number: &str| {
        let number = number.to_owned();
        let file = bench
            .act("sari", move |tx, office, who, now| reading::show(tx, office, who, &number, now));
        file.unwrap().unit_chosen
    };
    let assign = |number: &str, unit: &'static str| {
        let number = number.to_owned();
        bench
            .act("sari", move |tx, office, who, now| {
                let (unit, category) = (Some(unit), Some(Category::Complaint));
                let to = Destination { unit, category, ..Destination::default() };
                officer::assign(tx, office, who, (&number, &to), now)
            })
            .unwrap();
    };
    let read = bench.complaint();
    assert!(!chosen(&read));
    assign(&read, "PUPR");
    assert!(chosen(&read), "it was read as DISHUB");
    bench.minutes(31);
    let unread = bench.say(ANNA, "lampu di Jl Melati mati sejak kemarin pak").number();
    assert!(!chosen(&unread));
    assign(&unread, "DISHUB");
    assert!(chosen(&unread));
    bench.minutes(31);
    let guessed = bench.say(ANNA, "DISHUBB # lampu di Jl Mawar mati").number();
    let is_guess =
        |number: &str| bench.ticket(number).flags.contains(&Flag::Guessed.token().to_owned());
    assert!(!chosen(&guessed) && is_guess(&guessed));
    assign(&guessed, "DISHUB");
    assert!(chosen(&guessed) && !is_guess(&guessed));
}
