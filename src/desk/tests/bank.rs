//! The answer bank's ways in and out: proposed by an anggota, approved or put there by a ketua (procedure.md 9.3).

use super::fixture::{ANNA, BENI, Bench, local, person, proposal, refused, staff};
use super::{answer, mark, remember, restrict_naming, turn};
use crate::desk::Error;
use crate::desk::bank::{self, Noted, Taking};
use crate::desk::drafting::Proposal;
use crate::desk::privacy::Mark;
use crate::desk::{correcting, reading, timing};
use crate::store::answers;
use crate::ticket::{Category, Role, Stage};

fn put(bench: &Bench, user: &str, number: &str, wording: Option<&'static str>) -> Noted {
    let number = number.to_owned();
    bench
        .act(user, move |tx, office, who, now| {
            bank::remember(tx, office, who, (&number, "Lampu merah mati", wording, None), now)
        })
        .unwrap()
}

fn approve(bench: &Bench, user: &str, note: i64) -> Result<Noted, Error> {
    bench.act(user, move |tx, office, who, now| bank::approve(tx, office, who, note, now))
}

#[test]
fn what_an_anggota_proposes_is_used_once_a_ketua_has_approved_it() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let Noted { note, approved, .. } = put(&bench, "budi", &first, None);
    assert!(!approved);
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    assert_eq!(refused(answer(&bench, &second, "sari", note, &[])), "NO_SUCH_NOTE");
    assert!(
        bench
            .act("sari", {
                let second = second.clone();
                move |tx, office, who, now| reading::show(tx, office, who, &second, now)
            })
            .unwrap()
            .known
            .is_empty()
    );
    for (user, code) in
        [("sari", "NOT_PERMITTED"), ("budi", "NOT_PERMITTED"), ("hadi", "NOT_PERMITTED")]
    {
        assert_eq!(refused(approve(&bench, user, note)), code);
    }
    approve(&bench, "ratna", note).unwrap();
    let again = approve(&bench, "ratna", note).unwrap_err();
    assert!(matches!(again, Error::NotProposed(told) if told == note), "{again}");
    assert_eq!(again.code(), "NO_SUCH_NOTE");
    answer(&bench, &second, "sari", note, &[]).unwrap();
    let found = bench.run(move |tx, _, _| answers::find(tx, note)).unwrap();
    assert_eq!((found.uses, found.used_at), (1, Some(bench.now())));
    assert_eq!(
        (found.proposed_by.as_deref(), found.approved_by.as_deref()),
        (Some("budi"), Some("ratna"))
    );
    assert!(bench.story(&first).ends_with("USUL_CATATAN_JAWABAN MASUK_CATATAN_JAWABAN"));
}

#[test]
fn who_may_not_answer_from_the_bank_learns_that_and_nothing_of_the_note() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let note = put(&bench, "ratna", &first, None).note;
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    for note in [note, 99] {
        for user in ["budi", "ratna", "hadi"] {
            let refusal = refused(answer(&bench, &second, user, note, &[]));
            assert_eq!(refusal, "NOT_PERMITTED", "{user}, note {note}");
        }
        assert_eq!(refused(answer(&bench, &first, "sari", note, &[])), "OUT_OF_TURN");
    }
}

#[test]
fn nobody_approves_an_own_proposal() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Member, Role::Chair], &["*"]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "tuti", "Lampu di Simpang Pasar diperbaiki.").unwrap();
    let typed = number.clone();
    bench
        .act("hadi", move |tx, office, who, now| {
            crate::desk::drafting::approve(tx, office, who, &typed, now)
        })
        .unwrap();
    bench.send(&number, "sari").unwrap();
    // As it was approved by somebody else, a ketua keeps the own wording; another one is a new text.
    assert!(put(&bench, "tuti", &number, None).approved);
    let changed = put(&bench, "tuti", &number, Some("Lampu di {tempat} diperbaiki."));
    assert!(!changed.approved);
    assert_eq!(refused(approve(&bench, "tuti", changed.note)), "OWN_DRAFT");
    approve(&bench, "ratna", changed.note).unwrap();
}

#[test]
fn a_wording_that_a_ketua_changes_waits_for_somebody_else() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu di Simpang Pasar diperbaiki Kamis 26-11 oleh regu malam.");
    for blanks in [
        "Lampu di Simpang Pasar diperbaiki Kamis 26-11 oleh regu malam.",
        "Lampu di {tempat} diperbaiki {hari} oleh regu malam.",
        "Lampu di {tempat}  diperbaiki Kamis {tanggal} oleh {siapa}.",
    ] {
        assert!(put(&bench, "ratna", &number, Some(blanks)).approved, "{blanks}");
    }
    for own in [
        "Perbaikan lampu dipungut biaya 50.000.",
        "Lampu di {tempat} tidak diperbaiki {hari} oleh regu malam.",
        "Lampu di {tempat} diperbaiki {hari} oleh regu malam. Bayar di loket.",
        "Mohon maaf. Lampu di {tempat} diperbaiki {hari} oleh regu malam.",
        "{isi}",
        "Lampu {isi}",
        "Lampu di {a} diperbaiki {b}{c}.",
        "Lampu di {a} diperbaiki {b",
        "Lampu di {a}{b}",
    ] {
        assert!(!put(&bench, "ratna", &number, Some(own)).approved, "{own}");
    }
}

#[test]
fn what_a_ketua_proposes_the_pengarah_decides_on_where_there_is_no_other_ketua() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let Noted { note, approved, .. } =
        put(&bench, "ratna", &number, Some("Lampu merah diganti tiap tahun."));
    assert!(!approved);
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    assert_eq!(refused(answer(&bench, &second, "sari", note, &[])), "NO_SUCH_NOTE");
    let listed = |user: &str| {
        let known = bench.act(user, |tx, office, who, _| reading::known(tx, office, who, None));
        known.unwrap().iter().map(|note| note.id).collect::<Vec<_>>()
    };
    assert_eq!(["sari", "ratna", "hadi"].map(listed), [vec![], vec![note], vec![note]]);
    // It waits for who may decide on it, and not for who proposed it.
    let waits =
        |user: &str| bench.act(user, |tx, office, who, _| bank::waiting(tx, office, who)).unwrap();
    assert_eq!(["sari", "budi", "joko", "ratna", "hadi"].map(waits), [0, 0, 0, 0, 1]);
    assert_eq!(refused(approve(&bench, "ratna", note)), "OWN_DRAFT");
    for user in ["sari", "budi", "joko"] {
        assert_eq!(refused(approve(&bench, user, note)), "NOT_PERMITTED", "{user}");
    }
    approve(&bench, "hadi", note).unwrap();
    assert_eq!(waits("hadi"), 0);
    answer(&bench, &second, "sari", note, &[]).unwrap();
    let draft = &bench.drafts(&second)[0];
    assert_eq!(draft.decided_by.as_deref(), Some("hadi"));
    // What is in the bank the ketua takes out; what an anggota proposes is the ketua's alone.
    let forget = |user: &str, note| {
        bench.act(user, move |tx, office, who, now| bank::forget(tx, office, who, note, now))
    };
    assert_eq!(refused(forget("hadi", note)), "NOT_PERMITTED");
    let other = put(&bench, "ratna", &number, Some("Lampu merah itu milik kami.")).note;
    forget("hadi", other).unwrap();
    let of_member = put(&bench, "budi", &number, None).note;
    assert_eq!(["budi", "ratna", "hadi"].map(waits), [0, 1, 0]);
    assert_eq!(refused(approve(&bench, "hadi", of_member)), "NOT_PERMITTED");
    assert_eq!(refused(forget("hadi", of_member)), "NOT_PERMITTED");
}

#[test]
fn proposals_are_listed_for_who_writes_and_approves_and_turned_down_by_the_ketua() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    remember(&bench, &number, None).unwrap();
    let proposal = put(&bench, "budi", &number, None).note;
    let listed = |user: &str| {
        let known = bench.act(user, |tx, office, who, _| reading::known(tx, office, who, None));
        known.unwrap().iter().map(|note| note.id).collect::<Vec<_>>()
    };
    assert_eq!(listed("sari").len(), 1);
    for user in ["budi", "ratna"] {
        assert_eq!(listed(user).last(), Some(&proposal), "{user}");
    }
    let forget = |user: &str| {
        bench.act(user, move |tx, office, who, now| bank::forget(tx, office, who, proposal, now))
    };
    assert_eq!(refused(forget("budi")), "NOT_PERMITTED");
    forget("ratna").unwrap();
    assert_eq!(refused(approve(&bench, "ratna", proposal)), "NO_SUCH_NOTE");
    assert_eq!(listed("ratna").len(), 1);
}

#[test]
fn marked_blanks_are_listed_once_each() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let note = put(&bench, "ratna", &number, Some("Di {tempat} {hari}, ya {tempat} } {x")).note;
    let found = bench.run(move |tx, _, _| answers::find(tx, note)).unwrap();
    assert_eq!(found.blanks(), ["tempat", "hari"]);
}

#[test]
fn what_is_proposed_out_of_specific_data_is_shown_to_who_reads_those() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    mark(&bench, &number, Mark::Specific);
    let proposed = {
        let number = number.clone();
        bench.act("budi", move |tx, office, who, now| {
            bank::remember(tx, office, who, (&number, "lampu mati", None, None), now)
        })
    };
    assert!(!proposed.unwrap().approved);
    for (user, count) in [("budi", 1), ("ratna", 1), ("wati", 0)] {
        let known = bench.act(user, |tx, office, who, _| reading::known(tx, office, who, None));
        assert_eq!(known.unwrap().len(), count, "{user}");
    }
    let empty = bench.act("ratna", move |tx, office, who, now| {
        bank::remember(tx, office, who, (&number, "lampu mati", Some(" "), None), now)
    });
    assert_eq!(refused(empty), "MISSING");
}

#[test]
fn a_complaint_without_a_unit_is_answered_for_that_of_the_note_and_one_of_another_where_it_is_said()
{
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let note = remember(&bench, &first, None).unwrap();
    bench.minutes(31);
    let answered = |number: &str, unit: Option<&'static str>| {
        let typed = number.to_owned();
        bench.act("sari", move |tx, office, who, now| {
            let taking = Taking { note, blanks: &[], category: None, unit };
            bank::answer(tx, office, who, (&typed, &taking), now)
        })
    };
    let unnamed = bench.say(ANNA, "lampu merah di Jl Melati mati sejak kemarin").number();
    assert_eq!(bench.ticket(&unnamed).unit, None);
    let done = answered(&unnamed, None).unwrap();
    assert_eq!(done.ticket.unit.as_deref(), Some("DISHUB"));
    assert_eq!(bench.ticket(&unnamed).unit_name.as_deref(), Some("Dinas Perhubungan"));
    let taken = bench.trail(&unnamed).into_iter().find(|line| line.action == "JAWAB_DARI_CATATAN");
    assert!(taken.unwrap().detail.contains("\"unit\":\"DISHUB\""));

    let wrong = bench.say(BENI, "DLH # lampu merah di Jl Mawar mati sejak kemarin").number();
    assert_eq!(refused(answered(&wrong, None)), "NOTE_OF_OTHER_UNIT");
    assert_eq!(refused(answered(&wrong, Some("TIDAKADA"))), "NO_SUCH_UNIT");
    assert_eq!(refused(answered(&wrong, Some("DLH"))), "NOTE_OF_OTHER_UNIT");
    assert_eq!(bench.ticket(&wrong).unit.as_deref(), Some("DLH"), "nothing of a refusal is kept");
    let done = answered(&wrong, Some("dishub")).unwrap();
    assert_eq!(done.ticket.unit.as_deref(), Some("DISHUB"));
}

#[test]
fn what_is_answered_from_the_bank_has_a_category_and_a_national_limit() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let note = remember(&bench, &first, None).unwrap();
    bench.minutes(31);
    let given = |category| {
        let number = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
        let typed = number.clone();
        bench
            .act("sari", move |tx, office, who, now| {
                let taking = Taking { note, blanks: &[], category, unit: None };
                bank::answer(tx, office, who, (&typed, &taking), now)
            })
            .unwrap();
        bench.days(2);
        bench.ticket(&number)
    };
    // The note is from a complaint; the petugas may say otherwise.
    let like_its_source = given(None);
    assert_eq!(like_its_source.category, Some(Category::Complaint));
    assert_eq!(like_its_source.national_due_at, Some(local("14-12-2026 16.00")));
    let as_said = given(Some(Category::Appreciation));
    assert_eq!(as_said.category, Some(Category::Appreciation));
    let replayed = bench.run(move |tx, office, _| timing::replayed(tx, office, &as_said));
    assert_eq!(replayed.national_due_at, Some(local("03-12-2026 16.00")));
    let told = bench.recap(2026, 11).categories;
    assert_eq!(told.get("-"), None, "{told:?}");
    assert_eq!(told["APRESIASI"], 1);
}

#[test]
fn a_proposal_is_shown_to_who_reads_its_ticket() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DLH # sampah di Jl Melati menumpuk").number();
    bench.assign(&number).unwrap();
    bench.propose(&number, "wati", "Sampah diangkut.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    let typed = number.clone();
    let proposed = bench.act("wati", move |tx, office, who, now| {
        bank::remember(tx, office, who, (&typed, "sampah menumpuk", None, None), now)
    });
    assert!(!proposed.unwrap().approved);
    // Budi is bound to other units.
    for (user, count) in [("wati", 1), ("ratna", 1), ("budi", 0)] {
        let known = bench.act(user, |tx, office, who, _| reading::known(tx, office, who, None));
        assert_eq!(known.unwrap().len(), count, "{user}");
    }
}

#[test]
fn what_came_from_a_ticket_leaves_the_bank_when_it_is_sealed() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    bench.answered(&number, "Lampu merah di simpang pasar diperbaiki.");
    let approved = remember(&bench, &number, None).unwrap();
    let proposed = put(&bench, "budi", &number, None).note;
    bench.minutes(31);
    let other = bench.say(ANNA, "DISHUB # Lampu merah Simpang Pasar mati lagi").number();
    let suggested = || {
        let other = other.clone();
        let file = bench
            .act("sari", move |tx, office, who, now| reading::show(tx, office, who, &other, now));
        file.unwrap().known.len()
    };
    assert_eq!(suggested(), 1);
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    assert_eq!(suggested(), 0);
    for user in ["sari", "budi", "ratna", "tuti", "hadi"] {
        let known = bench.act(user, |tx, office, who, _| reading::known(tx, office, who, None));
        assert_eq!(known.unwrap(), [], "{user}");
    }
    assert_eq!(refused(answer(&bench, &other, "sari", approved, &[])), "NOTE_NOT_VALID");
    for user in ["ratna", "tuti"] {
        assert_eq!(refused(approve(&bench, user, proposed)), "NO_SUCH_NOTE", "{user}");
    }
    let story = bench.story(&number);
    assert!(story.ends_with("JALUR_TERTUTUP CATATAN_DITARIK CATATAN_DITARIK"), "{story}");
    // Nor does anything of it go in as long as it is sealed.
    for user in ["tuti", "budi", "ratna"] {
        let number = number.clone();
        let put = bench.act(user, move |tx, office, who, now| {
            bank::remember(tx, office, who, (&number, "lampu mati", None, None), now)
        });
        let code = if user == "tuti" { "OUT_OF_TURN" } else { "NO_SUCH_TICKET" };
        assert_eq!(refused(put), code, "{user}");
    }
}

#[test]
fn a_blank_holds_a_particular_and_no_wording() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu di Simpang Pasar diperbaiki Kamis.");
    let note = remember(&bench, &first, Some("Lampu di {tempat} diperbaiki {hari}.")).unwrap();
    bench.minutes(31);
    let number = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    let filled = |place: &str, more: &[(&str, &str)]| {
        answer(&bench, &number, "sari", note, &[&[("tempat", place)], more].concat())
    };
    let day = [("hari", "Jumat")];
    for (place, more, field, value) in [
        ("Jl Melati. Biayanya lima puluh ribu rupiah", &day[..], "particular of a blank", None),
        ("Jl Melati\nBayar di loket", &day, "particular of a blank", None),
        ("Jl Melati\rBayar", &day, "particular of a blank", None),
        ("Jl Melati\u{2028}Bayar", &day, "particular of a blank", None),
        (
            "Jl Melati \u{1f64f}\u{9999}",
            &day,
            "part of the SMS alphabet",
            Some("\u{1f64f}\u{9999}"),
        ),
        (
            "Jl Melati",
            &[("hari", "Jumat"), ("tempat", "Jl Mawar")],
            "blank to fill twice",
            Some("tempat"),
        ),
        ("Jl Melati", &[("hari", "Jumat"), ("hari", "Jumat")], "blank to fill twice", Some("hari")),
    ] {
        let refusal = filled(place, more).unwrap_err();
        let Error::Invalid { what, value: told } = refusal else { panic!("{place}: {refusal}") };
        assert_eq!((what, told.as_str()), (field, value.unwrap_or(place)));
    }
    bench.told(ANNA);
    // Six words, and what is written plainly anyway.
    filled("\u{201c}Jl Melati\u{201d} \u{2013} RT 03 ", &day).unwrap();
    let told = bench.told(ANNA);
    assert!(told[0].contains("Lampu di \"Jl Melati\" - RT 03 diperbaiki Jumat."), "{told:?}");
}

#[test]
fn a_last_day_that_has_passed_is_none() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let until = |user: &str, day: &str| {
        let (number, day) = (number.clone(), day.parse().unwrap());
        bench.act(user, move |tx, office, who, now| {
            bank::remember(tx, office, who, (&number, "lampu mati", None, Some(day)), now)
        })
    };
    for (user, day) in [("ratna", "2026-11-23"), ("budi", "2020-01-01")] {
        let refusal = until(user, day).unwrap_err();
        assert_eq!(refusal.to_string(), format!("\"{day}\" is no last day of a note"));
    }
    assert!(until("ratna", "2026-11-24").unwrap().approved, "today is a day of validity");
    let proposed = until("budi", "2026-11-25").unwrap().note;
    bench.at("26-11-2026 08.00");
    assert_eq!(refused(approve(&bench, "ratna", proposed)), "INVALID");
    let found = bench.run(move |tx, _, _| answers::find(tx, proposed)).unwrap();
    assert_eq!(found.approved_by, None);
    bench.at("25-11-2026 23.59");
    approve(&bench, "ratna", proposed).unwrap();
}

#[test]
fn an_answer_that_is_corrected_or_objected_to_does_not_go_into_the_bank() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Diperbaiki Senin.");
    let add = |user: &str| {
        let number = number.clone();
        bench.act(user, move |tx, office, who, now| {
            bank::remember(tx, office, who, (&number, "lampu mati", None, None), now)
        })
    };
    let proposed = add("budi").unwrap().note;
    turn(&bench, &number, "sari", "harinya keliru", correcting::correct).unwrap();
    let is_refused = || {
        for user in ["budi", "ratna"] {
            assert_eq!(refused(add(user)), "OUT_OF_TURN", "{user}");
        }
        assert_eq!(refused(approve(&bench, "ratna", proposed)), "OUT_OF_TURN");
    };
    is_refused();
    bench.propose(&number, "budi", "Diperbaiki Selasa.").unwrap();
    is_refused();
    bench.approve(&number, "ratna").unwrap();
    is_refused();
    bench.send(&number, "sari").unwrap();
    assert!(add("ratna").unwrap().wording.contains("Diperbaiki Selasa."));

    assert_eq!(bench.say(ANNA, &format!("BELUM {number} masih mati")).reason, "BELUM");
    is_refused();
    // What was withdrawn meanwhile was not answered since.
    bench.say(ANNA, &format!("BATAL {number}"));
    assert_eq!(bench.stage(&number), Stage::Closed);
    is_refused();
}

#[test]
fn an_answer_stands_while_its_work_goes_on_and_when_the_case_has_ended() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let day = Some("2026-12-01".parse().unwrap());
    let draft = Proposal { follow_up: day, ..proposal("Lampu dipesan.") };
    bench.propose_with(&number, "budi", draft).unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    assert_eq!(bench.stage(&number), Stage::FollowUp);
    assert!(put(&bench, "ratna", &number, None).approved);
    let other = bench.say(BENI, "DISHUB # lampu Jl Mawar mati").number();
    bench.answered(&other, "Lampu diganti.");
    bench.say(BENI, &format!("PUAS {other}"));
    assert_eq!(bench.stage(&other), Stage::Finished);
    assert!(put(&bench, "ratna", &other, None).approved);
}

#[test]
fn a_blank_that_nobody_could_fill_does_not_go_in() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki pukul 10.");
    for (wording, name) in [
        ("RW {} diperbaiki", ""),
        ("RW { } diperbaiki", " "),
        ("RW { rw } diperbaiki", " rw "),
        ("pukul {a=b}", "a=b"),
        ("pukul {jam}, RW {=}", "="),
        ("RW {rw diperbaiki {hari}", "rw diperbaiki {hari"),
    ] {
        let refusal = remember(&bench, &number, Some(wording)).unwrap_err();
        assert_eq!(refusal.to_string(), format!("{name:?} is no name of a blank"), "{wording}");
    }
    for wording in ["RW {nomor rw} a=b", "{a}{b} = {c}", "tanpa } apa {pun"] {
        remember(&bench, &number, Some(wording)).unwrap();
    }
}

#[test]
fn who_may_not_read_specific_data_proposes_none_and_who_approves_it_is_told() {
    let mut people = staff();
    people.push(person("tono", &[Role::Member], &["DISHUB"]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let add = |user: &str| {
        let number = number.clone();
        bench.act(user, move |tx, office, who, now| {
            bank::remember(tx, office, who, (&number, "lampu mati", None, None), now)
        })
    };
    assert!(!add("tono").unwrap().specific, "as long as nobody has marked it");
    mark(&bench, &number, Mark::Specific);
    let assignee = bench.ticket(&number).assignee.unwrap();
    let (may, may_not) = if assignee == "tono" { ("tono", "budi") } else { ("budi", "tono") };
    assert_eq!(refused(add(may_not)), "NOT_PERMITTED");
    let proposed = add(may).unwrap();
    assert!(proposed.specific && !proposed.approved);
    assert!(add("ratna").unwrap().specific);
    assert!(approve(&bench, "ratna", proposed.note).unwrap().specific);
    let ordinary = bench.say(BENI, "DISHUB # lampu Jl Mawar mati").number();
    bench.answered(&ordinary, "Lampu diganti.");
    let proposed = put(&bench, "budi", &ordinary, None);
    assert!(!proposed.specific && !approve(&bench, "ratna", proposed.note).unwrap().specific);
}

fn correct(bench: &Bench, number: &str, wording: &str) -> [Vec<i64>; 3] {
    let corrected = turn(bench, number, "sari", "keliru", correcting::correct).unwrap();
    let proposed = bench.propose(number, "budi", wording).unwrap();
    let approved = bench.approve(number, "ratna").unwrap();
    bench.send(number, "sari").unwrap();
    bench.told(ANNA);
    [corrected.notes, proposed.notes, approved.notes]
}

#[test]
fn what_corrected_an_answer_stands_in_the_bank_without_its_mark() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Poli anak buka Senin.");
    assert_eq!(
        correct(&bench, &number, "Poli anak buka Selasa."),
        [vec![], vec![], Vec::<i64>::new()]
    );
    assert_eq!(bench.drafts(&number)[1].content.wording, "RALAT: Poli anak buka Selasa.");
    for (user, given, wording) in [
        ("ratna", None, "Poli anak buka Selasa."),
        ("ratna", Some("Poli anak buka Selasa."), "Poli anak buka Selasa."),
        ("ratna", Some("RALAT: Poli anak buka {hari}."), "Poli anak buka {hari}."),
        ("budi", None, "Poli anak buka Selasa."),
    ] {
        let noted = put(&bench, user, &number, given);
        assert_eq!((&*noted.wording, noted.approved), (wording, user == "ratna"), "{given:?}");
    }
}

#[test]
fn who_corrects_an_answer_is_told_of_the_notes_that_belong_to_it() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki Senin.");
    let note = put(&bench, "ratna", &first, None).note;
    let proposed = put(&bench, "budi", &first, None).note;
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    answer(&bench, &second, "sari", note, &[]).unwrap();
    bench.told(ANNA);
    // The one that an answer was taken from, and those that were taken from an answer.
    let told = correct(&bench, &second, "Lampu diperbaiki Selasa.");
    assert_eq!(told, [[note], [note], [note]]);
    let told = correct(&bench, &first, "Lampu diperbaiki Selasa.");
    assert!(told.iter().all(|notes| *notes == [note, proposed]), "{told:?}");
    // Not what is withdrawn, and nothing of an answer that corrects none.
    bench
        .act("ratna", move |tx, office, who, now| bank::forget(tx, office, who, note, now))
        .unwrap();
    let told = correct(&bench, &first, "Lampu diperbaiki Rabu.");
    assert!(told.iter().all(|notes| *notes == [proposed]), "{told:?}");
    let third = bench.say(BENI, "DISHUB # lampu merah Jl Mawar mati").number();
    bench.assign(&third).unwrap();
    assert!(bench.propose(&third, "budi", "Lampu diperbaiki.").unwrap().notes.is_empty());
    assert!(bench.approve(&third, "ratna").unwrap().notes.is_empty());
}

#[test]
fn what_is_answered_from_the_bank_was_approved_when_its_note_was() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let proposed = put(&bench, "budi", &first, None).note;
    bench.minutes(10);
    approve(&bench, "ratna", proposed).unwrap();
    let approved_at = bench.now();
    bench.days(2);
    let second = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    answer(&bench, &second, "sari", proposed, &[]).unwrap();
    let draft = bench.drafts(&second).pop().unwrap();
    assert_eq!((draft.decided_by.as_deref(), draft.decided_at), (Some("ratna"), Some(approved_at)));
    assert_eq!((draft.written_at, draft.sent_at), (bench.now(), Some(bench.now())));
    // A draft is approved when it is.
    let draft = bench.drafts(&first).pop().unwrap();
    assert!(draft.decided_at.unwrap() < approved_at && draft.decided_at >= Some(draft.written_at));
}

#[test]
fn what_is_kept_and_approved_is_what_is_sent_to_the_letter() {
    const TYPED: &str = " Loket \u{201c}B\u{201d} \u{2013} buka Senin\u{2026} ";
    const SENT: &str = "Loket \"B\" - buka Senin...";
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, TYPED);
    assert_eq!(bench.drafts(&number)[0].content.wording, SENT);
    let body = |number: &str| bench.outgoing(number).pop().unwrap().body;
    assert!(body(&number).contains(SENT));
    // As it was typed, or copied from what was sent, it is the same wording; with blanks too.
    for (given, wording) in [
        (Some(TYPED), SENT),
        (Some(SENT), SENT),
        (Some("Loket \"B\" - buka {hari}..."), "Loket \"B\" - buka {hari}..."),
        (
            Some("Loket \u{201c}B\u{201d} \u{2013} buka {hari}\u{2026}"),
            "Loket \"B\" - buka {hari}...",
        ),
    ] {
        let noted = put(&bench, "ratna", &number, given);
        assert_eq!((&*noted.wording, noted.approved), (wording, true), "{given:?}");
    }
    let note = put(&bench, "ratna", &number, Some("Loket \"B\" - buka {hari}...")).note;
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # loket kir buka hari apa").number();
    answer(&bench, &second, "sari", note, &[("hari", "Sabtu\u{2013}Minggu")]).unwrap();
    assert_eq!(bench.drafts(&second)[0].content.wording, "Loket \"B\" - buka Sabtu-Minggu...");
    assert!(body(&second).contains("Loket \"B\" - buka Sabtu-Minggu..."));
    correct(&bench, &second, "Ralat \u{2013} buka Minggu");
    assert_eq!(bench.drafts(&second)[1].content.wording, "Ralat - buka Minggu");
    turn(&bench, &second, "sari", "keliru", correcting::correct).unwrap();
    assert_eq!(refused(bench.propose(&second, "budi", "\u{200b}")), "MISSING");
}
