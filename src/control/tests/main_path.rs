//! One complaint through the office, each person at an own socket, and what they are refused on the way.

use super::*;
use crate::control::protocol::{CaseFile, Done, Line};

struct Team {
    bench: Bench,
    sari: Client,
    budi: Client,
    ratna: Client,
    hadi: Client,
    joko: Client,
}

impl Team {
    /// With one complaint in the house.
    async fn at_work() -> (Self, String) {
        let mut bench = Bench::new();
        bench.receive(&format!("DISHUB # Lampu simpang\nmati, NIK {NIK}")).await;
        let [sari, budi, ratna, hadi, joko] =
            ["sari", "budi", "ratna", "hadi", "joko"].map(|user| bench.client_of(user));
        let team = Self { bench, sari, budi, ratna, hadi, joko };
        let number = inbox_of(&team.sari).await[0].number.clone();
        (team, number)
    }
}

async fn inbox_of(client: &Client) -> Vec<Line> {
    let Tell::Inbox { tickets, .. } = tell(client, Ask::Inbox { all: false }).await else {
        panic!()
    };
    tickets
}

async fn done(client: &Client, ask: Ask) -> Done {
    let Tell::Done(done) = tell(client, ask).await else { panic!() };
    done
}

async fn show(client: &Client, number: &str) -> CaseFile {
    let Tell::Show(file) = tell(client, Ask::Show { number: number.to_owned() }).await else {
        panic!()
    };
    *file
}

fn assign(number: &str) -> Ask {
    Ask::Assign {
        number: number.to_owned(),
        unit: None,
        category: "pengaduan".to_owned(),
        member: None,
        copies: None,
    }
}

fn propose(number: &str, wording: &str) -> Ask {
    Ask::Propose {
        number: number.to_owned(),
        recommendation: "Ganti lampu".to_owned(),
        rules: "tidak ada".to_owned(),
        note: "Lampu diganti hari ini".to_owned(),
        wording: wording.to_owned(),
        follow_up: None,
    }
}

fn approve(number: &str) -> Ask {
    Ask::Approve { number: number.to_owned() }
}

fn send(number: &str) -> Ask {
    Ask::Send { number: number.to_owned(), by: None }
}

#[tokio::test]
async fn a_complaint_goes_from_hand_to_hand_until_its_answer_waits_in_the_outbox() {
    let (team, number) = Team::at_work().await;
    let list = inbox_of(&team.sari).await;
    assert_eq!(list[0].subject, "Lampu simpang mati, NIK 3201********0123");
    assert_eq!(list[0].unit.as_deref(), Some("DISHUB"));
    assert!(list[0].answer_due_at.is_some() && !list[0].overdue);
    assert!(inbox_of(&team.budi).await.is_empty());

    let assigned = done(&team.sari, assign(&number)).await;
    assert_eq!((assigned.stage.as_str(), assigned.with.as_deref()), ("TELAAH", Some("budi")));

    let opened = show(&team.budi, &number).await;
    assert!(opened.body.contains(NIK) && opened.messages[0].text.as_ref().unwrap().contains(NIK));
    assert!(opened.line.subject.contains("3201********0123"));
    assert!(
        !opened.citizen.contains("34567"),
        "an anggota reads a masked number: {}",
        opened.citizen
    );
    assert!(show(&team.sari, &number).await.citizen.contains("081234567890"));

    let proposed = done(&team.budi, propose(&number, "Lampu sudah menyala.")).await;
    assert_eq!(proposed.stage, "PERSETUJUAN");
    assert!(proposed.text.unwrap().contains("Lampu sudah menyala."));
    assert_eq!(inbox_of(&team.ratna).await.len(), 1);

    assert_eq!(done(&team.ratna, approve(&number)).await.stage, "SIAP_KIRIM");
    let sent = done(&team.sari, send(&number)).await;
    assert_eq!(sent.stage, "DIJAWAB");

    let file = show(&team.ratna, &number).await;
    assert_eq!(file.line.answer_due_at, None);
    assert_eq!(file.drafts[0].decided_by.as_deref(), Some("ratna"));
    let answer = file.replies.last().unwrap();
    assert_eq!((answer.purpose.as_str(), answer.state.as_str()), ("answer", "queued"));
    assert_eq!(Some(&answer.text), sent.text.as_ref());
    let steps: Vec<_> = file.trail.iter().filter_map(|step| step.transition).collect();
    assert_eq!(steps, [1, 3, 12, 13, 16]);
    assert_eq!(file.trail[1].detail["anggota"], "budi");

    let note = Ask::KnownAdd {
        number: number.clone(),
        matter: "Lampu mati".to_owned(),
        wording: None,
        valid_until: None,
    };
    assert_eq!(
        tell(&team.ratna, note).await,
        Tell::Noted {
            note: 1,
            proposed: false,
            never_by_sms: Vec::new(),
            foreign: String::new(),
            specific: false
        }
    );
    let Tell::Known { notes } = tell(&team.sari, Ask::Known { unit: None }).await else { panic!() };
    assert_eq!((notes[0].wording.as_str(), notes[0].valid), ("Lampu sudah menyala.", true));

    let month = chrono::Datelike::month(&Zone::Wib.local(Utc::now()));
    let year = chrono::Datelike::year(&Zone::Wib.local(Utc::now()));
    let Tell::Recap(recap) = tell(&team.hadi, Ask::Recap { year, month, register: true }).await
    else {
        panic!()
    };
    assert_eq!((recap.summary.received, recap.summary.answered), (1, 1));
    assert_eq!((recap.office.as_str(), recap.zone.as_str()), ("Pemkab Sukamaju", "WIB"));
    let [complaint] = recap.register.as_ref().unwrap().entries.as_slice() else { panic!() };
    assert_eq!(complaint.answer.as_deref(), Some("Lampu sudah menyala."));
    assert!(!complaint.subject.contains(NIK), "{complaint:?}");

    let Tell::Status(status) = tell(&team.joko, Ask::Status).await else { panic!() };
    assert_eq!(status.modems[0].name, "modem-1");
    // The receipt and the answer.
    assert_eq!(status.outbox[0], ("queued".to_owned(), 2));
    team.bench.end().await;
}

/// As it goes over the socket.
async fn recap_of(client: &Client, month: u32) -> serde_json::Value {
    let ask = Ask::Recap { year: 2020, month, register: false };
    serde_json::to_value(tell(client, ask).await).unwrap()
}

#[tokio::test]
async fn a_signed_month_is_told_again_as_it_was_with_who_signed_it() {
    let (team, _) = Team::at_work().await;
    let Tell::RecapSigned { month, signing } =
        tell(&team.ratna, Ask::RecapSign { year: 2020, month: 1 }).await
    else {
        panic!()
    };
    assert_eq!((month.as_str(), signing.signed_by.as_str()), ("2020-01", "RATNA"));
    let first = recap_of(&team.hadi, 1).await;
    assert_eq!(first["signing"]["signed_by"], "RATNA");
    let live = recap_of(&team.hadi, 2).await;
    assert_eq!(recap_of(&team.sari, 1).await, first, "to the octet");
    assert_ne!(recap_of(&team.sari, 2).await["counted_at"], live["counted_at"]);
    // Its register is made anew, and says when; that of a month that is not signed is as old as its figures.
    for (month, is_signed) in [(1, true), (2, false)] {
        let ask = Ask::Recap { year: 2020, month, register: true };
        let Tell::Recap(recap) = tell(&team.sari, ask).await else { panic!() };
        assert_eq!(recap.register.unwrap().made_at.is_some(), is_signed);
    }
    let again = trouble(&team.ratna, Ask::RecapSign { year: 2020, month: 1 }).await;
    assert_eq!(again.code, "INVALID");
    tell(&team.hadi, Ask::RecapAcknowledge { year: 2020, month: 1 }).await;
    assert_eq!(recap_of(&team.sari, 1).await["signing"]["acknowledged_by"], "HADI");
    // Given back, it is counted anew.
    tell(&team.ratna, Ask::RecapSign { year: 2020, month: 2 }).await;
    let reason = "catatan ketua belum ada".to_owned();
    tell(&team.hadi, Ask::RecapReturn { year: 2020, month: 2, reason }).await;
    let returned = recap_of(&team.sari, 2).await;
    assert_eq!(returned["signing"]["reason"], "catatan ketua belum ada");
    assert_ne!(returned["counted_at"], recap_of(&team.sari, 2).await["counted_at"]);
    team.bench.end().await;
}

#[tokio::test]
async fn a_note_of_the_bank_answers_the_next_one_at_once() {
    let (team, number) = Team::at_work().await;
    done(&team.sari, assign(&number)).await;
    done(&team.budi, propose(&number, "Diganti {hari}.")).await;
    done(&team.ratna, approve(&number)).await;
    done(&team.sari, send(&number)).await;
    let add =
        Ask::KnownAdd { number, matter: "Lampu mati".to_owned(), wording: None, valid_until: None };
    let Tell::Noted { note, .. } = tell(&team.ratna, add).await else { panic!() };
    team.bench.receive("DISHUB # Lampu di pasar juga mati").await;
    let line = inbox_of(&team.sari).await[0].clone();
    assert_eq!(
        line.hint.as_ref().map(|hint| (hint.note, &*hint.matter)),
        Some((note, "Lampu mati"))
    );
    let number = line.number;
    let known = &show(&team.sari, &number).await.known[0];
    assert_eq!((known.id, known.score), (note, line.hint.map(|hint| hint.score)));
    assert_eq!(known.blanks, ["hari"]);
    let answer = |blanks: &[(&str, &str)]| Ask::Answer {
        number: number.clone(),
        note,
        blanks: blanks.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        category: None,
        unit: None,
    };
    let left = trouble(&team.sari, answer(&[])).await;
    assert_eq!((left.code.as_str(), left.details["blank"].as_str()), ("BLANK_LEFT", "hari"));
    let sent = done(&team.sari, answer(&[("hari", "Senin")])).await;
    assert_eq!(sent.stage, "DIJAWAB");
    assert!(sent.text.unwrap().contains("Diganti Senin."));
    let add = Ask::KnownAdd {
        number: number.clone(),
        matter: "Lampu".to_owned(),
        wording: None,
        valid_until: None,
    };
    let Tell::Noted { note: proposal, proposed: true, .. } = tell(&team.budi, add).await else {
        panic!()
    };
    let approve = Ask::KnownApprove { note: proposal };
    assert_eq!(trouble(&team.budi, approve.clone()).await.code, "NOT_PERMITTED");
    let approved = Tell::Noted {
        note: proposal,
        proposed: false,
        never_by_sms: Vec::new(),
        foreign: String::new(),
        specific: false,
    };
    assert_eq!(tell(&team.ratna, approve).await, approved);
    assert_eq!(
        tell(&team.ratna, Ask::KnownWithdraw { note }).await,
        Tell::Noted {
            note,
            proposed: false,
            never_by_sms: Vec::new(),
            foreign: String::new(),
            specific: false
        }
    );
    assert_eq!(trouble(&team.ratna, Ask::KnownWithdraw { note }).await.code, "NO_SUCH_NOTE");
    team.bench.end().await;
}

#[tokio::test]
async fn whoever_is_out_of_turn_or_role_is_told_why_and_changes_nothing() {
    let (team, number) = Team::at_work().await;
    // At BARU.
    let early = trouble(&team.ratna, approve(&number)).await;
    assert_eq!((early.code.as_str(), early.details["stage"].as_str()), ("OUT_OF_TURN", "BARU"));
    let hadi = trouble(&team.hadi, assign(&number)).await;
    assert_eq!((hadi.code.as_str(), hadi.details["role"].as_str()), ("NOT_PERMITTED", "pengarah"));
    let path = team.bench.home.path();
    let ask = serde_json::to_string(&approve(&number)).unwrap();
    assert_eq!(post(&path.join("ratna"), &ask).await.0, 409);
    let ask = serde_json::to_string(&assign(&number)).unwrap();
    assert_eq!(post(&path.join("hadi"), &ask).await.0, 403);

    // An own draft: the chair may write one, and then another one decides.
    done(&team.sari, assign(&number)).await;
    done(&team.ratna, propose(&number, "Lampu sudah menyala.")).await;
    assert_eq!(trouble(&team.ratna, approve(&number)).await.code, "OWN_DRAFT");
    assert_eq!(trouble(&team.sari, approve(&number)).await.code, "NOT_PERMITTED");
    let reject = Ask::Reject { number: number.clone(), reason: " ".to_owned() };
    assert_eq!(trouble(&team.hadi, reject).await.details["field"], "reason");
    assert_eq!(show(&team.sari, &number).await.line.stage, "PERSETUJUAN");
    assert_eq!(done(&team.hadi, approve(&number)).await.stage, "SIAP_KIRIM");
    team.bench.end().await;
}

#[tokio::test]
async fn what_does_not_exist_for_somebody_is_not_found() {
    let (team, number) = Team::at_work().await;
    for typed in ["999", "P26-99999-9", "", "x'; DROP TABLE ticket", &NIK.repeat(4)] {
        let told = trouble(&team.sari, Ask::Show { number: typed.to_owned() }).await;
        assert_eq!(told.code, "NO_SUCH_TICKET", "{typed}");
    }
    let ask = r#"{"ask":"show","number":"999"}"#;
    assert_eq!(post(&team.bench.home.path().join("sari"), ask).await.0, 404);
    // An admin reads no tickets.
    assert_eq!(
        trouble(&team.joko, Ask::Show { number: number.clone() }).await.code,
        "NO_SUCH_TICKET"
    );
    assert_eq!(trouble(&team.joko, Ask::Inbox { all: true }).await.code, "NOT_PERMITTED");
    let unit = Some("TIDAKADA".to_owned());
    assert_eq!(trouble(&team.sari, Ask::Known { unit }).await.details["unit"], "TIDAKADA");
    let answer = Ask::Answer { number, note: 77, blanks: Vec::new(), category: None, unit: None };
    assert_eq!(trouble(&team.sari, answer).await.details["note"], "77");
    team.bench.end().await;
}

#[tokio::test]
async fn values_that_cannot_be_used_name_their_field() {
    let (team, number) = Team::at_work().await;
    let mut ask = assign(&number);
    if let Ask::Assign { category, .. } = &mut ask {
        "SESUATU".clone_into(category);
    }
    let told = trouble(&team.sari, ask).await;
    assert_eq!((told.code.as_str(), told.details["value"].as_str()), ("INVALID", "SESUATU"));
    assert_eq!(
        trouble(&team.hadi, Ask::Recap { year: 2026, month: 13, register: false }).await.code,
        "INVALID"
    );
    done(&team.sari, assign(&number)).await;
    let long = trouble(&team.budi, propose(&number, &"kata ".repeat(200))).await;
    assert_eq!((long.code.as_str(), long.details["max"].as_str()), ("TOO_LONG", "4"));
    // A letter that no SMS has makes it dear, and whoever writes it is told.
    let dear = done(&team.budi, propose(&number, "Sudah \u{1f64f} beres \u{1f64f}")).await;
    assert_eq!((&*dear.foreign, dear.parts), ("\u{1f64f}", Some(2)));
    team.bench.end().await;
}

#[tokio::test]
async fn what_is_given_is_looked_at_as_an_sms_is() {
    let (team, _) = Team::at_work().await;
    let missing = "NIK, kode OTP, lihat bit.ly/x";
    for (channel, held) in [
        ("WA", &["nik", "otp", "link"][..]),
        ("TELEPON", &["otp", "link"]),
        ("LOKET", &["otp", "link"]),
    ] {
        let added = Ask::Add {
            channel: channel.to_owned(),
            from: Some("081200000077".to_owned()),
            text: format!("DISHUB # rambu hilang {channel}"),
            at: None,
            unit: None,
            to: None,
            again: true,
            by_sms: false,
        };
        let Tell::Added(added) = tell(&team.sari, added).await else { panic!() };
        let (number, missing) = (added.number.unwrap(), missing.to_owned());
        let asked = done(&team.sari, Ask::Ask { number, missing }).await;
        assert_eq!((asked.text, asked.give.len()), (None, 1), "{channel}");
        assert_eq!(asked.never_by_sms, held, "{channel}");
    }
    team.bench.end().await;
}

#[tokio::test]
async fn what_no_sms_should_ask_for_is_told_to_whoever_writes_it() {
    let (team, number) = Team::at_work().await;
    let missing = "nama lengkap, NIK 16 angka dan alamat".to_owned();
    let asked = done(&team.sari, Ask::Ask { number: number.clone(), missing }).await;
    assert_eq!(asked.never_by_sms, ["nik"]);
    assert!(asked.text.is_some_and(|text| text.contains("NIK")), "it warns, and refuses nothing");
    let learnt = "lewat telepon".to_owned();
    done(&team.sari, Ask::Resume { number: number.clone(), learnt }).await;
    done(&team.sari, assign(&number)).await;
    let wording = "Mohon balas dengan PIN Anda dan transfer biayanya.";
    assert_eq!(done(&team.budi, propose(&number, wording)).await.never_by_sms, ["pin", "transfer"]);
    done(&team.ratna, approve(&number)).await;
    done(&team.sari, send(&number)).await;
    let add = Ask::KnownAdd {
        number,
        matter: "Lampu".to_owned(),
        wording: Some("Balas dengan nomor KK {nama}.".to_owned()),
        valid_until: None,
    };
    let Tell::Noted { never_by_sms, proposed, .. } = tell(&team.ratna, add).await else { panic!() };
    assert_eq!((never_by_sms, proposed), (vec!["kk".to_owned()], true));
    team.bench.end().await;
}

#[tokio::test]
async fn a_dear_letter_in_the_bank_is_told_to_who_writes_it_and_to_who_approves_it() {
    let (team, number) = Team::at_work().await;
    done(&team.sari, assign(&number)).await;
    done(&team.budi, propose(&number, "Lampu diganti.")).await;
    done(&team.ratna, approve(&number)).await;
    done(&team.sari, send(&number)).await;
    let add = |wording: &str| Ask::KnownAdd {
        number: number.clone(),
        matter: "Lampu".to_owned(),
        wording: Some(wording.to_owned()),
        valid_until: None,
    };
    let dear = "Lampu di {tempat} \u{1f64f} diganti. Balas dengan PIN.";
    for user in [&team.budi, &team.ratna] {
        let Tell::Noted { foreign, .. } = tell(user, add(dear)).await else { panic!() };
        assert_eq!(foreign, "\u{1f64f}");
    }
    let Tell::Noted { note, foreign, .. } = tell(&team.budi, add(dear)).await else { panic!() };
    assert_eq!(foreign, "\u{1f64f}");
    let approved = tell(&team.ratna, Ask::KnownApprove { note }).await;
    let Tell::Noted { foreign, never_by_sms, proposed: false, .. } = approved else { panic!() };
    assert_eq!((&*foreign, &*never_by_sms), ("\u{1f64f}", &["pin".to_owned()][..]));
    // What leaves in the SMS alphabet costs no more.
    let plain = tell(
        &team.ratna,
        add("Lampu \u{2013} di {tempat} \u{2013} \u{201c}diganti\u{201d}\u{2026}"),
    );
    let Tell::Noted { foreign, .. } = plain.await else { panic!() };
    assert_eq!(foreign, "");
    let Tell::Noted { foreign, .. } = tell(&team.ratna, Ask::KnownWithdraw { note }).await else {
        panic!()
    };
    assert_eq!(foreign, "", "of what is out of use nothing is told");
    team.bench.end().await;
}

#[tokio::test]
async fn texts_of_an_admin_are_queued_all_or_none() {
    let (team, _) = Team::at_work().await;
    let texts = |numbers: &[&str]| Ask::SmsSend {
        messages: numbers.iter().map(|number| ((*number).to_owned(), "uji".to_owned())).collect(),
        urgent: false,
    };
    assert_eq!(trouble(&team.joko, texts(&["081298765432", "bukan"])).await.code, "INVALID");
    assert_eq!(trouble(&team.sari, texts(&["081298765432"])).await.code, "NOT_PERMITTED");
    let Tell::Queued { ids } = tell(&team.joko, texts(&["081298765432", "081298765433"])).await
    else {
        panic!()
    };
    assert_eq!(ids.len(), 2);
    let Tell::Status(status) = tell(&team.sari, Ask::Status).await else { panic!() };
    assert_eq!(status.outbox[0], ("queued".to_owned(), 3));
    team.bench.end().await;
}

#[tokio::test]
async fn closing_needs_what_its_reason_asks_for() {
    let (team, number) = Team::at_work().await;
    let close = |reason: &str, party: Option<&str>| Ask::Close {
        number: number.clone(),
        reason: reason.to_owned(),
        main: None,
        party: party.map(str::to_owned),
        contact: Some("112".to_owned()),
        words: None,
    };
    assert_eq!(trouble(&team.sari, close("BUKAN_WENANG", None)).await.details["field"], "party");
    let by_hand = trouble(&team.sari, close("DICABUT", None)).await;
    assert_eq!(by_hand.details["reason"], "DICABUT");
    let closed = done(&team.sari, close("bukan_wenang", Some("PLN"))).await;
    assert_eq!(closed.stage, "DITUTUP");
    assert!(closed.text.unwrap().contains("PLN"));
    let file = show(&team.sari, &number).await;
    assert_eq!(file.closed_as.as_deref(), Some("BUKAN_WENANG"));
    assert_eq!(file.line.answer_due_at, None);
    team.bench.end().await;
}

#[tokio::test]
async fn a_fault_is_gangguan_for_all_but_the_admin() {
    let (team, number) = Team::at_work().await;
    team.bench.context.store.close().await;
    let told = trouble(&team.sari, assign(&number)).await;
    assert_eq!((told.code.as_str(), told.message.as_str()), ("FAULT", "gangguan"));
    assert!(told.fault);
    let ask = Ask::SmsSend {
        messages: vec![("081298765432".to_owned(), "uji".to_owned())],
        urgent: false,
    };
    let cause = trouble(&team.joko, ask).await;
    assert!(cause.fault && cause.message.contains("writer"), "{cause:?}");
    let ask = serde_json::to_string(&assign(&number)).unwrap();
    assert_eq!(post(&team.bench.home.path().join("sari"), &ask).await.0, 503);
    team.bench.end().await;
}

#[tokio::test]
async fn what_is_given_by_hand_holds_the_number_for_petugas_and_ketua_only() {
    let (team, _) = Team::at_work().await;
    let add = |channel: &str| Ask::Add {
        channel: channel.to_owned(),
        from: Some("081234567891".to_owned()),
        text: "DISHUB # Halte di depan sekolah rusak".to_owned(),
        at: None,
        unit: None,
        to: None,
        again: false,
        by_sms: false,
    };
    assert_eq!(trouble(&team.sari, add("sms")).await.details["field"], "channel");
    assert_eq!(trouble(&team.hadi, add("wa")).await.code, "NOT_PERMITTED");
    let Tell::Added(added) = tell(&team.sari, add("wa")).await else { panic!() };
    assert!(added.link.unwrap().contains("6281234567891"));
    let number = added.number.unwrap();
    done(&team.sari, assign(&number)).await;
    let ask = Ask::Ask { number: number.clone(), missing: "sekolah mana".to_owned() };
    let asked = done(&team.budi, ask).await;
    assert_eq!((asked.text, &asked.give[0].link), (None, &None));
    assert!(asked.give[0].text.contains("sekolah mana"));
    assert_eq!(show(&team.budi, &number).await.give, None);
    assert!(show(&team.ratna, &number).await.give.unwrap().link.is_some());
    team.bench.end().await;
}

#[tokio::test]
async fn a_one_time_code_is_told_to_who_opens_its_ticket_and_in_no_list() {
    let (team, number) = Team::at_work().await;
    let add = Ask::Add {
        channel: "WA".to_owned(),
        from: Some("081234567892".to_owned()),
        text: "Kode OTP Anda 482716. JANGAN BERIKAN kepada siapa pun".to_owned(),
        at: None,
        unit: None,
        to: None,
        again: false,
        by_sms: false,
    };
    tell(&team.sari, add).await;
    let list = inbox_of(&team.sari).await;
    let holding = list.iter().find(|line| line.number != number).unwrap();
    assert_eq!((holding.subject.as_str(), holding.flags.contains(&"otp".to_owned())), ("", true));
    let search = Ask::Search {
        words: "kode".to_owned(),
        unit: None,
        stage: None,
        from: None,
        to: None,
        phone: None,
    };
    let month = chrono::Datelike::month(&Zone::Wib.local(Utc::now()));
    let year = chrono::Datelike::year(&Zone::Wib.local(Utc::now()));
    for ask in
        [Ask::Inbox { all: true }, search, Ask::Board, Ask::Recap { year, month, register: true }]
    {
        let told = serde_json::to_string(&tell(&team.sari, ask.clone()).await).unwrap();
        assert!(!told.contains("482716"), "{ask:?}: {told}");
    }
    let opened = show(&team.sari, &holding.number).await;
    assert!(opened.body.contains("482716"), "{opened:?}");
    team.bench.end().await;
}
