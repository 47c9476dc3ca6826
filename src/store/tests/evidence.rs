//! What was received, decided and said is never changed behind anybody's back.

use super::*;
use crate::store::drafts::{Kind, NewDraft};

fn filled() -> Bench {
    let bench = Bench::new();
    let tx = bench.tx();
    let inbox::Recorded::Fresh(id) = inbox::record_part(&tx, &part(1), now()).unwrap() else {
        panic!("it was there before");
    };
    inbox::queue(&tx, &inbound("+6281200000001", "lampu mati"), &[id], now()).unwrap();
    let ticket = opened(&tx, 1);
    let draft = NewDraft {
        kind: Kind::Answer,
        recommendation: "perbaiki".to_owned(),
        rules: "tidak ada".to_owned(),
        note: "sudah dicek".to_owned(),
        wording: "Sudah diperbaiki.".to_owned(),
        answer_id: None,
        writer: "budi".to_owned(),
    };
    drafts::propose(&tx, ticket.id, &draft, now()).unwrap();
    super::super::outbox::queue(&tx, &message("+6281200000001", Purpose::Admin), now()).unwrap();
    bench
}

#[test]
fn evidence_cannot_be_changed_or_deleted() {
    let bench = filled();
    for sql in [
        "UPDATE part SET pdu = x'00'",
        "UPDATE part SET sender = '+62000000000'",
        "UPDATE part SET wide = 1",
        "UPDATE part SET received_at = 0",
        "DELETE FROM part",
        "UPDATE inbound SET text = 'lain'",
        "UPDATE inbound SET sender = 'lain'",
        "UPDATE inbound SET silent_class = 'PORT'",
        "UPDATE inbound SET channel = 'WA'",
        "UPDATE inbound SET entered_by = 'sari'",
        "DELETE FROM inbound",
        "UPDATE trail SET actor = 'lain'",
        "UPDATE trail SET digest = x'00'",
        "DELETE FROM trail",
        "UPDATE draft SET wording = 'lain'",
        "UPDATE draft SET writer = 'lain'",
        "UPDATE outbox SET body = 'lain'",
        "UPDATE outbox SET recipient = 'lain'",
    ] {
        let changed = bench.connection.execute(sql, []);
        assert!(changed.is_err(), "{sql} was allowed");
    }
    assert_eq!(bench.text("SELECT text FROM inbound"), "lampu mati");
    // What is no evidence moves on.
    bench.connection.execute("UPDATE part SET repeats = repeats + 1", []).unwrap();
    bench.connection.execute("UPDATE outbox SET state = 'claimed'", []).unwrap();
}

#[test]
fn only_a_run_of_the_retention_takes_evidence_away_and_it_cannot_be_left_open() {
    let bench = filled();
    let id = retention::begin(&bench.tx(), "joko", "retention", now()).unwrap();
    // Whoever says that a run is at work, and commits that, is refused.
    for left_open in ["UPDATE retention SET working = 0", "UPDATE retention SET working = 1"] {
        assert!(bench.connection.execute(left_open, []).is_err(), "{left_open}");
    }
    bench.connection.execute_batch("BEGIN").unwrap();
    let forbidden = [
        "UPDATE inbound SET text = 'lain', sender = '+999000000000000'",
        "UPDATE inbound SET sender = '+6281300000000'",
        "UPDATE inbound SET channel = 'WA'",
        "UPDATE inbound SET entered_by = 'sari'",
        "UPDATE part SET pdu = x'00'",
        "DELETE FROM inbound",
        "DELETE FROM part",
        "UPDATE outbox SET body = 'lain', recipient = '+999000000000000'",
        "UPDATE outbox SET recipient = '+6281300000000'",
        "UPDATE draft SET wording = 'lain'",
        "UPDATE trail SET actor = 'lain'",
        "DELETE FROM retention",
    ];
    let worked = retention::within(&bench.tx(), id, || -> Result<_, Fault> {
        for sql in forbidden {
            assert!(bench.connection.execute(sql, []).is_err(), "{sql} was allowed");
        }
        for sql in [
            // Somebody without a number stays that.
            "UPDATE inbound SET sender = sender",
            "UPDATE inbound SET text = NULL, sender = '+999000000000000'",
            "UPDATE part SET pdu = x'', sender = '+999000000000000'",
            "UPDATE outbox SET body = '', recipient = '+999000000000000'",
            "UPDATE draft SET recommendation = '', rules = '', note = '', wording = ''",
        ] {
            assert_eq!(bench.connection.execute(sql, [])?, 1, "{sql}");
        }
        Ok(retention::Counts { destroyed: 1, ..retention::Counts::default() })
    });
    assert_eq!(worked.unwrap().destroyed, 1);
    bench.connection.execute_batch("COMMIT").unwrap();
    assert!(bench.connection.execute("UPDATE outbox SET body = ''", []).is_err());
    let record = retention::finish(&bench.tx(), id, minutes(1)).unwrap();
    assert_eq!((record.counts.destroyed, record.officer.as_str()), (1, "joko"));
    assert!(bench.connection.execute("UPDATE retention SET destroyed = 0", []).is_err());
    let again = retention::within(&bench.tx(), id, || Ok::<_, Fault>(retention::Counts::default()));
    assert!(matches!(again, Err(Fault::Stale { table: "retention", .. })));
}

#[test]
fn a_part_is_bound_to_one_message_only() {
    let bench = filled();
    let tx = bench.tx();
    let again = inbox::queue(&tx, &inbound("+6281200000001", "x"), &[1], now());
    assert!(matches!(again, Err(Fault::Stale { table: "part", id: 1 })));
}

#[test]
fn the_trail_is_whole_as_long_as_nobody_touches_it() {
    let bench = Bench::new();
    let tx = bench.tx();
    assert_eq!(trail::first_broken(&tx).unwrap(), None, "an empty one");
    for serial in 1..=5 {
        opened(&tx, serial);
    }
    assert_eq!(trail::first_broken(&tx).unwrap(), None);
}

#[test]
fn the_chain_finds_a_tampered_row() {
    for tampering in [
        "UPDATE trail SET actor = 'sari' WHERE id = 3",
        "UPDATE trail SET detail = '{}' WHERE id = 3",
        "UPDATE trail SET at = at + 1 WHERE id = 3",
        "UPDATE trail SET to_stage = 'SELESAI' WHERE id = 3",
        "UPDATE trail SET from_stage = 'BARU', to_stage = NULL WHERE id = 3",
        "UPDATE trail SET ticket_id = 1 WHERE id = 3",
        // Neither text nor a number any more.
        "UPDATE trail SET action = CAST (x'ff80' AS TEXT) WHERE id = 3",
        // Two rows in each other's place.
        "UPDATE trail SET id = 9 WHERE id = 3; UPDATE trail SET id = 3 WHERE id = 4; UPDATE trail SET id = 4 WHERE id = 9",
        // A row taken out breaks the seal of the next one.
        "DELETE FROM trail WHERE id = 2",
    ] {
        let bench = Bench::new();
        let tx = bench.tx();
        for serial in 1..=5 {
            opened(&tx, serial);
        }
        bench
            .connection
            .execute_batch(&format!(
                "DROP TRIGGER trail_is_final; DROP TRIGGER trail_stays; {tampering};"
            ))
            .unwrap();
        assert_eq!(trail::first_broken(&tx).unwrap(), Some(3), "{tampering}");
        let found = trail::verify(&tx, None).unwrap();
        let broken = found.broken.unwrap();
        assert_eq!((broken.id, broken.ticket.is_some()), (3, true), "{tampering}");
        assert!(found.rows < 3 && found.strayed.is_none(), "{tampering}");
    }
}

/// A trail of five rows after `tampering`.
fn verified(tampering: &str, pin: Option<&str>) -> trail::Verified {
    let bench = Bench::new();
    let tx = bench.tx();
    for serial in 1..=4 {
        opened(&tx, serial);
    }
    let mut ticket = tickets::by_id(&tx, 4).unwrap().unwrap();
    ticket.stage = Stage::Analysis;
    let step = Entry { from: Some("BARU"), to: Some("TELAAH"), ..entry("DISPOSISI") };
    tickets::record(&tx, Stage::New, &ticket, &step, minutes(1)).unwrap();
    let free = "DROP TRIGGER trail_is_final; DROP TRIGGER trail_stays;";
    bench.connection.execute_batch(&format!("{free} {tampering};")).unwrap();
    trail::verify(&tx, pin).unwrap()
}

#[test]
fn last_rows_that_are_missing_show_by_where_their_ticket_stands() {
    let whole = verified("", None);
    assert_eq!((whole.rows, whole.broken, whole.strayed), (5, None, None));
    let cut = verified("DELETE FROM trail WHERE id = 5", None);
    assert_eq!((cut.rows, cut.broken), (4, None));
    let strayed = cut.strayed.unwrap();
    assert_eq!((strayed.stands.as_str(), strayed.led.as_deref()), ("TELAAH", Some("BARU")));
    let bare = verified("DELETE FROM trail WHERE ticket_id = 4", None).strayed.unwrap();
    assert_eq!(bare.led, None);
    // A ticket that was moved without a word.
    let moved = verified("UPDATE ticket SET stage = 'SELESAI' WHERE id = 2", None);
    assert_eq!(moved.strayed.unwrap().stands, "SELESAI");
}

#[test]
fn where_the_ticket_was_set_back_as_well_only_a_seal_kept_elsewhere_tells() {
    let newest = verified("", None).newest.unwrap();
    assert_eq!((newest.id, newest.seal.len(), newest.at), (5, 64, minutes(1)));
    let pin = newest.seal.to_uppercase();
    assert_eq!(verified("", Some(&pin)).pinned, Some(5));
    assert_eq!(verified("", Some(&pin[..16])).pinned, Some(5));
    let forged = "DELETE FROM trail WHERE id = 5; UPDATE ticket SET stage = 'BARU' WHERE id = 4";
    let forged = verified(forged, Some(&pin));
    assert_eq!((forged.broken, forged.strayed, forged.pinned), (None, None, None));
}

#[test]
fn the_newest_seal_is_that_of_the_last_row() {
    let bench = Bench::new();
    let tx = bench.tx();
    assert_eq!(trail::newest(&tx).unwrap(), None);
    opened(&tx, 1);
    opened(&tx, 2);
    assert_eq!(trail::newest(&tx).unwrap(), trail::verify(&tx, None).unwrap().newest);
}

#[test]
fn a_ticket_reads_back_as_it_was_written() {
    let bench = Bench::new();
    let tx = bench.tx();
    let bystander = opened(&tx, 2);
    let mut ticket = opened(&tx, 1);
    assert_eq!(ticket, Ticket { id: ticket.id, ..super::ticket(1) });
    ticket.unit = None;
    ticket.flags = vec!["ethics".to_owned(), "secret".to_owned()];
    ticket.category = Some(crate::ticket::Category::Oversight);
    ticket.stage = Stage::WaitingCitizen;
    ticket.before_pause = Some(Stage::Analysis);
    ticket.assignee = Some("budi".to_owned());
    ticket.drafter = Some("budi".to_owned());
    ticket.escalated = true;
    ticket.restricted_by = Some("sari".to_owned());
    ticket.concerns = vec!["ratna".to_owned(), "budi".to_owned()];
    ticket.returns = 2;
    ticket.objections = 1;
    ticket.follow_up = true;
    ticket.follow_up_on = Some("2026-12-01".parse().unwrap());
    ticket.national_due_at = Some(minutes(9000));
    ticket.paused_at = Some(minutes(5));
    ticket.answered_at = Some(minutes(6));
    ticket.last_answer_at = Some(minutes(7));
    let change = Entry { transition: Some(4), from: Some("BARU"), ..entry("TANYA") };
    tickets::record(&tx, Stage::New, &ticket, &change, minutes(5)).unwrap();
    assert_eq!(tickets::find(&tx, &ticket.number).unwrap(), Some(ticket.clone()));
    assert_eq!(tickets::by_id(&tx, bystander.id).unwrap(), Some(bystander.clone()));
    assert_eq!(trail::of_ticket(&tx, ticket.id).unwrap().len(), 2);
    assert_eq!(trail::of_ticket(&tx, bystander.id).unwrap().len(), 1);
    // Somebody was quicker: the ticket is not at that stage any more.
    let late = tickets::record(&tx, Stage::New, &ticket, &change, minutes(6));
    assert!(matches!(late, Err(Fault::Stale { table: "ticket", .. })));
}

#[test]
fn serials_run_by_year_and_begin_again_at_one() {
    let bench = Bench::new();
    let tx = bench.tx();
    assert_eq!(tickets::next_serial(&tx, 26).unwrap(), 1);
    opened(&tx, 41);
    assert_eq!(tickets::next_serial(&tx, 26).unwrap(), 42);
    assert_eq!(tickets::next_serial(&tx, 27).unwrap(), 1);
}

#[test]
fn a_signed_month_is_frozen() {
    let bench = Bench::new();
    let tx = bench.tx();
    for month in ["2026-10", "2026-11"] {
        signatures::sign(&tx, (month, "{}", "{}"), "ratna", now()).unwrap();
    }
    let again = signatures::sign(&tx, ("2026-11", "{}", "{}"), "ratna", now());
    assert!(again.is_err(), "a month is signed once");
    let october = signatures::last(&tx, "2026-10").unwrap().unwrap().id;
    signatures::acknowledge(&tx, october, "hadi", now()).unwrap();
    assert!(signatures::give_back(&tx, october, ("hadi", "x"), now()).is_err());
    for sql in [
        "UPDATE recap SET told = '[]'",
        "UPDATE recap SET figures = '[]' WHERE month = '2026-11'",
        "UPDATE recap SET signed_by = 'lain' WHERE month = '2026-11'",
        "UPDATE recap SET acknowledged_by = 'lain' WHERE month = '2026-10'",
        "DELETE FROM recap",
    ] {
        assert!(tx.connection.execute(sql, []).is_err(), "{sql} was allowed");
    }
}

/// A ticket with a remark in its trail, and the row of that where it is the first one.
fn remarked(tx: &Tx<'_>, serial: u32) -> (Ticket, i64) {
    let ticket = opened(tx, serial);
    let detail = serde_json::json!({ "isi": trail_words::free("tanya Bu Siti"), "utama": null });
    let remark = Entry { to: None, transition: None, detail, ..entry("CATATAN") };
    trail::append(tx, ticket.id, &remark, now()).unwrap();
    opened(tx, serial + 1);
    (ticket, 2)
}

fn remark(tx: &Tx<'_>, ticket: &Ticket) -> serde_json::Value {
    let lines = trail::of_ticket(tx, ticket.id).unwrap();
    serde_json::from_str(&lines.last().unwrap().detail).unwrap()
}

#[test]
fn words_stand_beside_the_trail_and_are_told_in_it() {
    let bench = Bench::new();
    let tx = bench.tx();
    let (ticket, row) = remarked(&tx, 1);
    assert_eq!(remark(&tx, &ticket), serde_json::json!({ "isi": "tanya Bu Siti", "utama": null }));
    let stored = bench.text(&format!("SELECT detail FROM trail WHERE id = {row}"));
    assert!(!stored.contains("Siti"), "{stored}");
    // The same words have another fingerprint: who knows one cannot look for it.
    let second = remarked(&tx, 3).0;
    assert_eq!(remark(&tx, &second)["isi"], "tanya Bu Siti");
    assert_eq!(
        bench.text("SELECT COUNT (DISTINCT detail) || '' FROM trail WHERE action = 'CATATAN'"),
        "2"
    );
    for sql in ["UPDATE trail_words SET words = 'lain'", "DELETE FROM trail_words"] {
        assert!(bench.connection.execute(sql, []).is_err(), "{sql} was allowed");
    }
}

#[test]
fn words_that_were_changed_or_taken_away_break_the_chain_where_they_stood() {
    for tampering in [
        "UPDATE trail_words SET words = 'tanya Bu Ani'",
        "UPDATE trail_words SET salt = x'00'",
        "UPDATE trail_words SET fact = 'sebab'",
        "UPDATE trail_words SET words = CAST (x'ff80' AS TEXT)",
        "DELETE FROM trail_words",
    ] {
        let bench = Bench::new();
        let tx = bench.tx();
        let (_, row) = remarked(&tx, 1);
        assert_eq!(trail::first_broken(&tx).unwrap(), None);
        bench
            .connection
            .execute_batch(&format!(
                "DROP TRIGGER trail_words_are_final; DROP TRIGGER trail_words_stay; {tampering};"
            ))
            .unwrap();
        assert_eq!(trail::first_broken(&tx).unwrap(), Some(row), "{tampering}");
    }
}

#[test]
fn words_of_a_destroyed_ticket_are_gone_and_the_chain_holds() {
    let bench = Bench::new();
    let tx = bench.tx();
    let (ticket, _) = remarked(&tx, 1);
    let sealed = trail::newest(&tx).unwrap();
    let run = retention::begin(&tx, "joko", "retention", now()).unwrap();
    let key = pseudonym::Key::beside(&bench.home.path().join("aduan.db")).unwrap();
    bench.connection.execute_batch("BEGIN").unwrap();
    retention::within(&tx, run, || {
        retention::retire(&tx, &key, (ticket.id, retention::Fate::Destroyed), now())?;
        Ok::<_, Fault>(retention::Counts::default())
    })
    .unwrap();
    bench.connection.execute_batch("COMMIT").unwrap();
    assert_eq!(bench.count("SELECT COUNT (*) FROM trail_words"), 0);
    let told = remark(&tx, &ticket);
    assert!(told["isi"][trail_words::FINGERPRINT].is_string(), "{told}");
    let verified = trail::verify(&tx, None).unwrap();
    assert_eq!((verified.broken, verified.newest), (None, sealed));
}
