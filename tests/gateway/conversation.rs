//! One complaint from the citizen's phone to the answer and back: simulated modem, real daemon, real database, real `aduan`.

use serde_json::{Value, json};

use crate::support::{CARD, Gateway};

const PHONE: &str = "+6281234567890";

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_travels_to_the_answer_and_back() {
    let office = Gateway::start().await;
    let complaint = "DISHUB # Lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi";
    let number = office.complain(PHONE, complaint).await;

    // The officer reads what the citizen typed, to the letter.
    let inbox = office.desk().tell("sari", &["inbox"]).await;
    assert_eq!(inbox["tickets"][0]["number"], number.as_str());
    assert_eq!(inbox["tickets"][0]["unit"], "DISHUB");
    let ticket = office.desk().tell("sari", &["show", &number]).await;
    assert_eq!(ticket["messages"][0]["text"], complaint);
    assert_eq!(ticket["body"], "Lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi");
    assert_eq!(ticket["stage"], "BARU");

    let assigned =
        office.desk().tell("sari", &["assign", &number, "--category", "pengaduan"]).await;
    assert_eq!((&assigned["stage"], &assigned["with"]), (&"TELAAH".into(), &"budi".into()));

    let wording = "Lampu Simpang Pasar diperbaiki hari ini oleh regu malam.";
    let draft = ["--recommendation", "Ganti modul lampu", "--rules", "tidak ada", "--note"];
    let propose = [
        &["propose", &number],
        &draft[..],
        &["Modul rusak, suku cadang ada", "--wording", wording],
    ]
    .concat();
    // Only the member has the ticket now, and nobody decides about a draft that is not there.
    assert_eq!(office.desk().refused("sari", &propose).await, "NOT_PERMITTED");
    assert_eq!(office.desk().refused("ratna", &["approve", &number]).await, "OUT_OF_TURN");
    office.desk().tell("budi", &propose).await;
    assert_eq!(office.desk().refused("budi", &["approve", &number]).await, "NOT_PERMITTED");

    office.desk().tell("ratna", &["reject", &number, "--reason", "Sebutkan jamnya"]).await;
    let wording = "Lampu Simpang Pasar diperbaiki hari ini pukul 19.00 oleh regu malam.";
    let propose =
        [&["propose", &number], &draft[..], &["Regu malam pukul 19.00", "--wording", wording]]
            .concat();
    office.desk().tell("budi", &propose).await;
    office.desk().tell("ratna", &["approve", &number]).await;
    office.desk().tell("sari", &["send", &number]).await;

    // The citizen reads the approved wording, and the office learns that it arrived.
    let answer = office.next_message().await;
    assert_eq!(answer.to, PHONE);
    assert_eq!(
        answer.text,
        format!(
            "Jawaban No {number}: {wording} Belum sesuai? Balas BELUM {number} alasan. Pemkab Sukamaju"
        )
    );
    let ticket = office
        .desk()
        .ticket_until(&number, |ticket| {
            let replies = ticket["replies"].as_array().expect("replies");
            replies.len() == 2 && replies.iter().all(|reply| reply["state"] == "delivered")
        })
        .await;
    assert_eq!(ticket["stage"], "DIJAWAB");
    let drafts: Vec<&str> = ticket["drafts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|draft| draft["state"].as_str().unwrap())
        .collect();
    assert_eq!(drafts, ["returned", "approved"]);

    // The citizen is satisfied, and the month's figures say so.
    office.simulation.text(PHONE, CARD, &format!("puas {number}")).unwrap();
    let closing = office.next_message().await;
    assert!(closing.text.contains("selesai"), "{closing:?}");
    let ticket = office.desk().tell("sari", &["show", &number]).await;
    assert_eq!(ticket["stage"], "SELESAI");
    let month = ticket["received_at"].as_str().unwrap().get(..7).unwrap().to_owned();
    let recap = office.desk().tell("hadi", &["recap", &month]).await;
    assert_eq!(
        (&recap["summary"]["received"], &recap["summary"]["finished"]),
        (&1.into(), &1.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_with_emoji_come_through_whole() {
    let office = Gateway::start().await;
    let complaint = format!(
        "RSUD # toilet ruang tunggu kotor 🤮 {}",
        "air mati sejak pagi, tolong 🙏 ".repeat(8)
    );
    let complaint = complaint.trim_end();
    let number = office.complain(PHONE, complaint).await;
    let ticket = office.desk().tell("sari", &["show", &number]).await;
    assert_eq!(ticket["messages"][0]["text"], complaint);
    assert_eq!(ticket["messages"][0]["complete"], true);
    assert_eq!(ticket["unit"], "RSUD");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_answered_and_open_no_ticket() {
    let office = Gateway::start().await;
    let number = office.complain(PHONE, "DLH # sampah di TPS belakang pasar tidak diangkut").await;
    for (text, says) in [
        (format!("STATUS {number}"), "diterima sejak"),
        ("BANTUAN".to_owned(), "Ketik: KODE # ISI"),
        ("kode".to_owned(), "DISHUB lalin"),
    ] {
        office.simulation.text(PHONE, CARD, &text).unwrap();
        let reply = office.next_message().await;
        assert!(reply.text.contains(says), "{text}: {reply:?}");
    }
    // A stranger learns nothing, not even that the number exists.
    office.simulation.text("+6285600000009", CARD, &format!("STATUS {number}")).unwrap();
    let reply = office.next_message().await;
    assert!(reply.text.contains("tidak kami temukan"), "{reply:?}");
    let inbox = office.desk().tell("sari", &["inbox", "--all"]).await;
    assert_eq!(inbox["tickets"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_the_operator_is_kept_and_never_answered() {
    let office = Gateway::start().await;
    office
        .simulation
        .notice("TELKOMSEL", CARD, "Masa aktif kartu Anda berakhir 30-11-2026")
        .unwrap();
    // What comes after it is answered, and so it was handled before.
    let number = office.complain(PHONE, "PDAM # air mati 3 hari").await;
    let inbox = office.desk().tell("sari", &["inbox", "--all"]).await;
    assert_eq!(inbox["tickets"].as_array().unwrap().len(), 1);
    assert_eq!(inbox["tickets"][0]["number"], number.as_str());
    assert!(office.simulation.phone("TELKOMSEL").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_that_is_pulled_out_comes_back_with_what_waited() {
    let office = Gateway::start().await;
    office.complain(PHONE, "PUPR # jalan berlubang di km 3").await;
    office.simulation.unplug(0);
    office.simulation.text("+6285600000001", CARD, "DLH # sampah menumpuk di sungai").unwrap();
    office.simulation.plug_in(0);
    let receipt = office.next_message().await;
    assert_eq!(receipt.to, "+6285600000001", "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_on_record_goes_out_at_once() {
    let office = Gateway::start().await;
    let first = office.complain(PHONE, "DISDUKCAPIL # syarat bikin KIA apa saja?").await;
    office.desk().tell("sari", &["assign", &first, "--category", "informasi"]).await;
    let wording = "Syarat KIA: KK, akta lahir, foto 2x3. Gratis, loket 4.";
    let text = [
        "--recommendation",
        "Jelaskan",
        "--rules",
        "Permendagri 2/2016",
        "--note",
        "Syarat baku",
        "--wording",
        wording,
    ];
    office.desk().tell("wati", &[&["propose", &first], &text[..]].concat()).await;
    office.desk().tell("ratna", &["approve", &first]).await;
    office.desk().tell("sari", &["send", &first]).await;
    office.next_message().await;
    office.desk().ticket_until(&first, |ticket| ticket["stage"] == "DIJAWAB").await;
    assert_eq!(
        office.desk().refused("sari", &["known", "add", &first, "--matter", "Syarat KIA"]).await,
        "NOT_PERMITTED"
    );
    let note =
        office.desk().tell("ratna", &["known", "add", &first, "--matter", "Syarat KIA"]).await;
    let note = note["note"].to_string();

    let second = office.complain("+6285600000002", "DISDISDUKCAPIL # KIA syaratnya apa").await;
    assert_ne!(first, second);
    let third = office.complain("+6285600000003", "DISDUKCAPIL # mau buat KIA, syaratnya?").await;
    office.desk().tell("sari", &["answer", &third, "--note", &note]).await;
    let answer = office.next_message().await;
    assert_eq!(answer.to, "+6285600000003");
    assert!(answer.text.contains(wording), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_over_long_wording_changes_nothing() {
    let office = Gateway::start().await;
    let number = office.complain(PHONE, "DISHUB # parkir liar depan toko emas").await;
    office.desk().tell("sari", &["assign", &number, "--category", "pengaduan"]).await;
    let wording = "panjang sekali ".repeat(60);
    let propose = [
        "propose",
        &number,
        "--recommendation",
        "a",
        "--rules",
        "b",
        "--note",
        "c",
        "--wording",
        &wording,
    ];
    assert_eq!(office.desk().refused("budi", &propose).await, "TOO_LONG");
    let ticket = office.desk().tell("sari", &["show", &number]).await;
    assert_eq!(ticket["stage"], "TELAAH");
    assert!(ticket["drafts"].as_array().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_still_there_after_a_restart() {
    let office = Gateway::start().await;
    let number = office.complain(PHONE, "DINKES # obat kosong di puskesmas").await;
    let office = office.restart().await;
    let ticket = office.desk().tell("sari", &["show", &number]).await;
    assert_eq!(ticket["unit"], "DINKES");
    let next = office.complain("+6285600000004", "DINKES # antrean panjang").await;
    assert!(next > number);
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_send_texts_and_see_none() {
    let office = Gateway::start().await;
    assert_eq!(
        office.desk().refused("sari", &["sms", "send", "081234567890", "halo"]).await,
        "NOT_PERMITTED"
    );
    office.desk().tell("joko", &["sms", "send", "0812-3456-7890", "Uji coba gateway"]).await;
    let message = office.next_message().await;
    assert_eq!((message.to.as_str(), message.text.as_str()), (PHONE, "Uji coba gateway"));
    assert_eq!(office.desk().refused("joko", &["inbox"]).await, "NOT_PERMITTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_goes_out_whole_or_not_at_all() {
    let office = Gateway::start().await;
    let batch = ["--json", "sms", "send", "--batch"];
    let wrong = "081234567890\tsatu\nbukan nomor\tdua\n";
    let refused = office.desk().aduan_reading("joko", &batch, wrong).await;
    assert_eq!(refused.status.code(), Some(64), "{refused:?}");
    let right = "081234567890\tsatu\n+6285600000001\tdua\n";
    let sent = office.desk().aduan_reading("joko", &batch, right).await;
    assert!(sent.status.success(), "{sent:?}");
    let mut texts = vec![office.next_message().await.text, office.next_message().await.text];
    texts.sort();
    assert_eq!(texts, ["dua", "satu"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_units_that_a_citizen_names_one_answers_and_the_other_reads() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    let number = gateway.complain("+6281200000001", "DISHUB DLH # simpang gelap dan kotor").await;
    let shown = desk.tell("sari", &["show", &number]).await;
    assert_eq!((&shown["unit"], &shown["named"]), (&Value::Null, &json!(["DISHUB", "DLH"])));
    let page = |user: &'static str, arguments: [&'static str; 2]| {
        let (desk, number) = (&desk, &number);
        async move {
            let arguments: Vec<&str> =
                arguments.iter().map(|word| if *word == "N" { number } else { *word }).collect();
            let output = desk.aduan(user, &arguments).await;
            String::from_utf8(output.stdout).unwrap()
        }
    };
    let told = page("sari", ["lihat", "N"]).await;
    let hint = format!("aduan teruskan {number} --unit DISHUB --copy DLH --category ...");
    assert!(told.contains(&hint) && told.contains("SKPD disebut"), "{told}");
    assert!(page("sari", ["masuk", "--all"]).await.contains("DISHUB? +DLH?"));

    let assign = ["teruskan", &number, "--unit", "DISHUB", "--category", "pengaduan"];
    let copied = [&assign[..], &["--tembusan", "pupr,dlh"]].concat();
    assert_eq!(desk.tell("sari", &copied).await["stage"], "TELAAH");
    let shown = desk.tell("sari", &["show", &number]).await;
    assert_eq!((&shown["unit"], &shown["copies"]), (&json!("DISHUB"), &json!(["PUPR", "DLH"])));
    assert!(page("sari", ["masuk", "--all"]).await.contains("DISHUB +PUPR +DLH"));
    desk.tell("sari", &["tembusan", &number, "PUPR"]).await;
    assert_eq!(desk.refused("budi", &["copy", &number, "DLH"]).await, "NOT_PERMITTED");
    let story = desk.aduan("ratna", &["audit", "lihat", &number]).await;
    let story = String::from_utf8(story.stdout).unwrap();
    for told in ["(tembusan: PUPR DLH)", "menetapkan tembusan untuk PUPR"] {
        assert!(story.contains(told), "{told}: {story}");
    }
    desk.tell("sari", &["tembusan", &number, "--none"]).await;
    let nothing = desk.aduan("sari", &["tembusan", &number]).await;
    assert_eq!(nothing.status.code(), Some(64), "{nothing:?}");
    gateway.close().await;
}
