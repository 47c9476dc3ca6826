//! Who sees what of a citizen, and that it was seen.

use super::fixture::{ANNA, BENI, Bench, person, refused, staff};
use super::{restrict, restrict_naming};
use crate::desk::privacy::{self, Access, Mark};
use crate::desk::search::{self, Search};
use crate::desk::{Error, blocking, reading, recap};
use crate::ticket::Role;

fn reveal(bench: &Bench, user: &str, number: &str, reason: &str) -> Result<String, Error> {
    let (number, reason) = (number.to_owned(), reason.to_owned());
    bench
        .act(user, move |tx, office, who, now| {
            privacy::reveal(tx, office, who, (&number, &reason), now)
        })
        .map(|(_, citizen)| citizen)
}

fn mark(
    bench: &Bench,
    user: &str,
    number: &str,
    mark: Mark,
    remove: bool,
) -> Result<Vec<String>, Error> {
    let number = number.to_owned();
    bench
        .act(user, move |tx, office, who, now| {
            privacy::mark(tx, office, who, (&number, mark, remove, None), now)
        })
        .map(|(_, flags)| flags)
}

fn accesses(bench: &Bench, user: &str, number: Option<&str>) -> Result<Vec<Access>, Error> {
    let number = number.map(str::to_owned);
    bench.act(user, move |tx, office, who, now| {
        privacy::accesses(tx, office, who, (number.as_deref(), None, None), now)
    })
}

fn show(bench: &Bench, user: &str, number: &str) -> reading::CaseFile {
    let number = number.to_owned();
    bench
        .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now))
        .unwrap()
}

#[test]
fn a_number_is_revealed_to_the_pengarah_for_a_reason_that_stays() {
    let bench = Bench::new();
    let number = bench.complaint();
    let why = "dihubungi langsung, NIK 3204110405900001, 081300001111";
    assert_eq!(refused(reveal(&bench, "hadi", &number, "  ")), "MISSING");
    assert!(!bench.story(&number).contains("NOMOR_DIUNGKAP"));
    assert_eq!(reveal(&bench, "hadi", &number, why).unwrap(), "081200000001");
    assert_eq!(reveal(&bench, "sari", &number, why).unwrap(), "081200000001");
    assert_eq!(refused(reveal(&bench, "budi", &number, why)), "NOT_PERMITTED");
    assert_eq!(refused(reveal(&bench, "joko", &number, why)), "NO_SUCH_TICKET");
    assert!(bench.story(&number).ends_with("NOMOR_DIUNGKAP NOMOR_DIUNGKAP"));
    let line = bench.trail(&number).pop().unwrap();
    assert_eq!(
        line.detail,
        r#"{"sebab":"dihubungi langsung, NIK 3204********0001, 0813*****111"}"#
    );
    let log = accesses(&bench, "ratna", Some(&number)).unwrap();
    assert_eq!((log[1].officer.as_str(), log[1].action.as_str()), ("hadi", "reveal"));
    assert!(log[1].detail.starts_with("dihubungi"));
}

#[test]
fn who_asked_for_secrecy_is_not_revealed_to_the_pengarah() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(mark(&bench, "sari", &number, Mark::Secret, false).unwrap(), ["secret"]);
    assert_eq!(refused(reveal(&bench, "hadi", &number, "perlu")), "NOT_PERMITTED");
    assert_eq!(reveal(&bench, "ratna", &number, "perlu").unwrap(), "081200000001");
    // Of the closed path the pengarah has the number, whoever asked for what: nobody else may be left to act (A8).
    restrict(&bench, &number, "sari");
    assert_eq!(reveal(&bench, "hadi", &number, "perlu").unwrap(), "081200000001");
    assert_eq!(refused(reveal(&bench, "sari", &number, "perlu")), "NO_SUCH_TICKET");
}

#[test]
fn marks_are_given_and_taken_away_by_petugas_and_ketua() {
    let bench = Bench::new();
    let number = bench.complaint();
    for (user, code) in
        [("budi", "NOT_PERMITTED"), ("hadi", "NOT_PERMITTED"), ("joko", "NO_SUCH_TICKET")]
    {
        assert_eq!(refused(mark(&bench, user, &number, Mark::Specific, false)), code, "{user}");
    }
    assert_eq!(mark(&bench, "sari", &number, Mark::Specific, false).unwrap(), ["specific"]);
    assert_eq!(mark(&bench, "ratna", &number, Mark::Specific, false).unwrap(), ["specific"]);
    assert_eq!(
        mark(&bench, "ratna", &number, Mark::Secret, false).unwrap(),
        ["specific", "secret"]
    );
    assert_eq!(mark(&bench, "ratna", &number, Mark::Specific, true).unwrap(), ["secret"]);
    assert!(mark(&bench, "ratna", &number, Mark::Secret, true).unwrap().is_empty());
    assert!(mark(&bench, "ratna", &number, Mark::Secret, true).unwrap().is_empty());
    assert!(bench.ticket(&number).flags.is_empty());
    // What changed nothing is no step.
    assert!(bench.story(&number).ends_with("MASUK DITANDAI DITANDAI TANDA_DICABUT TANDA_DICABUT"));
}

#[test]
fn an_emergency_that_is_none_ceases_to_be_one_for_a_reason() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DAMKAR # kebakaran rumah di Jl Mawar, api besar").number();
    assert_eq!(bench.ticket(&number).flags, ["emergency", "alarm"]);
    let unmark = |user: &str, reason: Option<&str>| {
        let (number, reason) = (number.clone(), reason.map(str::to_owned));
        bench.act(user, move |tx, office, who, now| {
            let taken = (&*number, Mark::Emergency, true, reason.as_deref());
            Ok(privacy::mark(tx, office, who, taken, now)?.1)
        })
    };
    for (user, reason, code) in [
        ("wati", Some("latihan"), "NOT_PERMITTED"),
        ("hadi", Some("latihan"), "NOT_PERMITTED"),
        ("sari", None, "MISSING"),
        ("sari", Some("  "), "MISSING"),
    ] {
        assert_eq!(refused(unmark(user, reason)), code, "{user} {reason:?}");
    }
    assert_eq!(bench.ticket(&number).flags, ["emergency", "alarm"]);
    assert!(unmark("sari", Some("latihan, kata 081299990000")).unwrap().is_empty());
    let ticket = bench.ticket(&number);
    assert!(ticket.flags.is_empty() && !crate::desk::alarming::comes_first(&ticket));
    let line = bench.trail(&number).pop().unwrap();
    assert_eq!((line.action.as_str(), line.actor.as_str()), ("TANDA_DICABUT", "sari"));
    assert!(
        line.detail.contains("latihan") && !line.detail.contains("99990000"),
        "{}",
        line.detail
    );
    // What the citizen writes then is judged anew, and a person may say that it is one after all.
    assert_eq!(mark(&bench, "ratna", &number, Mark::Emergency, false).unwrap(), ["emergency"]);
}

#[test]
fn specific_data_are_for_petugas_the_assigned_anggota_and_ketua() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    mark(&bench, "sari", &number, Mark::Specific, false).unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    for (user, reads) in
        [("sari", true), ("budi", true), ("ratna", true), ("wati", false), ("hadi", false)]
    {
        let file = show(&bench, user, &number);
        assert_eq!(file.text_withheld, !reads, "{user}");
        let told = format!(
            "{:?}",
            (&file.ticket.body, &file.messages, &file.drafts, &file.replies, &file.trail)
        );
        for words in ["Lampu", "DISHUB"] {
            assert_eq!(told.contains(words), reads, "{user} {words} {told}");
        }
        assert_eq!(file.messages.len(), 1);
        let listed = bench
            .act(user, |tx, office, who, now| reading::inbox(tx, office, who, true, now))
            .unwrap();
        assert_eq!(listed.tickets[0].body.contains("Lampu"), reads, "{user}");
    }
}

#[test]
fn a_pengarah_reads_the_draft_that_is_the_pengarahs_to_decide() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    mark(&bench, "sari", &number, Mark::Specific, false).unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    assert!(show(&bench, "hadi", &number).drafts.is_empty());
    super::turn(&bench, &number, "ratna", "anggaran", crate::desk::turning::escalate).unwrap();
    let file = show(&bench, "hadi", &number);
    assert!(file.text_withheld && file.ticket.body.is_empty() && file.messages[0].text.is_none());
    assert_eq!(file.drafts.len(), 1);
    assert!(show(&bench, "wati", &number).drafts.is_empty());
}

#[test]
fn the_access_log_is_for_ketua_and_pengarah_and_hides_what_they_may_not_know() {
    let bench = Bench::new();
    let first = bench.complaint();
    let second = bench.say(BENI, "PUPR # jalan berlubang").number();
    show(&bench, "sari", &first);
    show(&bench, "budi", &second);
    bench
        .act("ratna", |tx, _, who, now| recap::note(tx, who, recap::Month::new(2026, 11)?, now))
        .unwrap();
    for (user, code) in
        [("sari", "NOT_PERMITTED"), ("budi", "NOT_PERMITTED"), ("joko", "NOT_PERMITTED")]
    {
        assert_eq!(refused(accesses(&bench, user, None)), code, "{user}");
    }
    let told = |user: &str, number: Option<&str>| -> Vec<String> {
        let log = accesses(&bench, user, number).unwrap();
        log.iter()
            .map(|row| {
                format!("{} {} {}", row.officer, row.action, row.number.as_deref().unwrap_or("-"))
            })
            .collect()
    };
    let all =
        ["ratna recap -".to_owned(), format!("budi show {second}"), format!("sari show {first}")];
    assert_eq!(told("hadi", None), all);
    assert_eq!(told("ratna", Some(&first)), [format!("sari show {first}")]);
    // Named in it, the ketua does not learn that there is such a case.
    restrict_naming(&bench, &second, "sari", &["ratna"]).unwrap();
    assert!(!told("ratna", None).iter().any(|row| row.contains(&second)));
    assert!(told("hadi", None).iter().any(|row| row.contains(&second)));
    assert_eq!(refused(accesses(&bench, "ratna", Some(&second))), "NO_SUCH_TICKET");
    assert!(told("hadi", None).iter().any(|row| row.starts_with("ratna access")));
}

#[test]
fn of_a_case_that_a_ketua_is_named_in_the_access_log_tells_no_block_and_no_search() {
    for by_number in [false, true] {
        let mut people = staff();
        people.push(person("tuti", &[Role::Chair], &[]));
        let bench = Bench::with_staff(people);
        let number = bench.complaint();
        restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
        let other = bench.say(BENI, "PUPR # jalan berlubang").number();
        let whom = if by_number { ANNA.to_owned() } else { number.clone() };
        let blocks = |whom: String| {
            bench.act("tuti", move |tx, office, who, now| {
                blocking::block(
                    tx,
                    office,
                    who,
                    (&whom, "2026-12-01".parse().unwrap(), "ancaman"),
                    now,
                )?;
                blocking::list(tx, office, who, now)?;
                blocking::unblock(tx, office, who, &whom, now)
            })
        };
        blocks(whom).unwrap();
        blocks(other.clone()).unwrap();
        for (words, phone) in [("suap ketua", None), ("", Some(ANNA.to_owned()))] {
            let wanted = Search { words: words.to_owned(), phone, ..Search::default() };
            bench
                .act("tuti", move |tx, office, who, now| {
                    search::note(tx, office, who, &wanted, now)
                })
                .unwrap();
        }
        let told = |user: &str| -> Vec<(String, String)> {
            let log = accesses(&bench, user, None).unwrap().into_iter();
            let by_tuti = log.filter(|row| row.officer == "tuti");
            by_tuti
                .map(|row| {
                    (format!("{} {}", row.action, row.number.as_deref().unwrap_or("-")), row.detail)
                })
                .collect()
        };
        let beni = "+62 812-****-*002".to_owned();
        let seen = [
            ("search -".to_owned(), String::new()),
            ("search -".to_owned(), String::new()),
            (format!("unblock {other}"), beni.clone()),
            ("blocked -".to_owned(), String::new()),
            (format!("block {other}"), beni),
            ("blocked -".to_owned(), String::new()),
        ];
        assert_eq!(told("ratna"), seen);
        // Who looked for it and the pengarah read all of it, numbers masked as ever.
        let all = told("hadi");
        assert_eq!(all.len(), 8);
        assert!(
            all[1].1.contains("suap ketua") && all[0].1.contains("+62 812-****-*001"),
            "{all:?}"
        );
        assert_eq!(all[5], (format!("unblock {number}"), "+62 812-****-*001".to_owned()));
        assert_eq!(all[7].0, format!("block {number}"));
        assert_eq!(told("tuti")[..8], all);
        let trail: Vec<String> = bench.trail(&number).into_iter().map(|line| line.action).collect();
        assert!(trail.ends_with(&["BLOKIR".to_owned(), "BUKA_BLOKIR".to_owned()]), "{trail:?}");
    }
}

#[test]
fn a_step_of_an_officer_keeps_the_marks() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DISHUB # lampu mati, tolong rahasiakan nomor saya").number();
    mark(&bench, "sari", &number, Mark::Specific, false).unwrap();
    bench.assign(&number).unwrap();
    let flags = bench.ticket(&number).flags;
    assert!(
        flags.contains(&"specific".to_owned()) && flags.contains(&"secret".to_owned()),
        "{flags:?}"
    );
}

#[test]
fn the_trail_repeats_nothing_that_a_citizen_wrote() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    bench.say(ANNA, &format!("BELUM {number} masih mati, NIK 3204110405900001, hub 081300001111"));
    // Out of turn, too.
    bench.say(ANNA, &format!("BELUM {number} tolonglah segera"));
    let trail = bench.trail(&number);
    assert_eq!(trail.iter().filter(|line| line.action == "BELUM").count(), 2);
    for words in ["masih mati", "3204", "0813", "tolonglah"] {
        assert!(trail.iter().all(|line| !line.detail.contains(words)), "{words}: {trail:?}");
    }
    // The message that it names stays as it came, until its time is over.
    assert!(bench.messages(ANNA).iter().any(|message| {
        message.text.as_ref().is_some_and(|text| text.contains("3204110405900001"))
    }));
}
