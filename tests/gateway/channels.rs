//! Beside the ordinary way of an SMS: a complaint by WhatsApp from the officer's handset to the answer, an answer that is
//! corrected, a number that is blocked. The real `aduan`, the real daemon.

use serde_json::Value;

use crate::support::{CARD, Gateway, outbox};

const PHONE: &str = "081234567890";

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_by_whatsapp_is_entered_answered_by_hand_and_finished() {
    let office = Gateway::start().await;
    let desk = office.desk();
    let enter = ["add", "--channel", "wa", "--from", PHONE];
    assert_eq!(
        desk.refused("budi", &[&enter[..], &["DISHUB # x y"]].concat()).await,
        "NOT_PERMITTED"
    );

    // Typed on standard input, as it stands on the handset.
    let text = "DISHUB # Lampu merah\nSimpang Pasar mati";
    let arguments = [&["--json"], &enter[..]].concat();
    let output = desk.aduan_reading("sari", &arguments, &format!("{text}\n")).await;
    assert!(output.status.success(), "{output:?}");
    let added: Value = serde_json::from_slice(&output.stdout).unwrap();
    let number = added["number"].as_str().unwrap().to_owned();
    assert_eq!((&added["outcome"], &added["by_sms"]), (&"ticket".into(), &false.into()));
    assert!(added["text"].as_str().unwrap().contains(&number));
    assert!(added["link"].as_str().unwrap().starts_with("https://wa.me/6281234567890?text="));

    // The same once more is told in words, and opens no second ticket.
    let output = desk.aduan("sari", &[&enter[..], &[text]].concat()).await;
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains(&number) && told.contains("--again"), "{told}");

    desk.tell("sari", &["assign", &number, "--category", "pengaduan"]).await;
    let draft = ["--recommendation", "Ganti", "--rules", "tidak ada", "--note", "Ada", "--wording"];
    let propose = [&["propose", &number], &draft[..], &["Lampu menyala lagi."]].concat();
    desk.tell("budi", &propose).await;
    desk.tell("ratna", &["approve", &number]).await;
    let offered = desk.tell("sari", &["kirim", &number]).await;
    assert_eq!(offered["stage"], "SIAP_KIRIM");
    let wording = offered["give"][0]["text"].as_str().unwrap();
    assert!(wording.starts_with(&format!("Jawaban No {number}: Lampu menyala lagi.")), "{wording}");
    let shown = desk.tell("sari", &["show", &number]).await;
    assert_eq!((&shown["give"]["text"], &shown["channel"]), (&wording.into(), &"WA".into()));
    assert_eq!(shown["messages"][0]["text"], text);
    assert_eq!(shown["messages"][0]["entered_by"], "sari");
    let page = desk.aduan("sari", &["show", &number]).await;
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.lines().any(|line| line == wording), "{page}");

    assert_eq!(desk.refused("budi", &["send", &number, "--by", "wa"]).await, "NOT_PERMITTED");
    assert_eq!(desk.tell("sari", &["send", &number, "--by", "wa"]).await["stage"], "DIJAWAB");
    let lost = ["undelivered", &number, "--reason", "centang satu"];
    assert_eq!(desk.tell("sari", &lost).await["stage"], "SIAP_KIRIM");
    assert_eq!(desk.tell("sari", &["send", &number, "--by", "surat"]).await["stage"], "DIJAWAB");
    let word = format!("PUAS {number}");
    let puas = [&enter[..], &[&word]].concat();
    assert_eq!(desk.tell("sari", &puas).await["stage"], "SELESAI");

    let shown = desk.tell("sari", &["show", &number]).await;
    let month = shown["received_at"].as_str().unwrap().get(..7).unwrap().to_owned();
    let recap = desk.tell("ratna", &["recap", &month]).await;
    assert_eq!(recap["channels"], serde_json::json!([["WA", 3, 1]]));
    assert_eq!(recap["given"], serde_json::json!([["SURAT", 1], ["WA", 1]]));
    assert_eq!(recap["register"], Value::Null, "a script asks for it");
    let recap = desk.tell("ratna", &["recap", &month, "--register"]).await;
    let complaint = &recap["register"]["entries"][0];
    assert_eq!(
        (&complaint["number"], &complaint["channel"]),
        (&number.clone().into(), &"WA".into())
    );
    assert_eq!(complaint["answer"], "Lampu menyala lagi.");
    assert!(!recap.to_string().contains("81234567890"), "{recap}");
    // In a pipe it is printed, and left out where that is wanted.
    let printed = |more: &'static [&'static str]| {
        let (desk, month) = (&desk, &month);
        async move {
            let output = desk.aduan("ratna", &[&["rekap", month], more].concat()).await;
            String::from_utf8(output.stdout).unwrap()
        }
    };
    assert!(printed(&[]).await.contains("Lampiran: register"));
    assert!(!printed(&["--no-register"]).await.contains("Lampiran: register"));
    let sheet = printed(&["--format", "csv"]).await;
    assert!(sheet.lines().any(|line| line.starts_with(&format!("L,1,{number},"))), "{sheet}");
    let status = desk.tell("sari", &["status"]).await;
    for state in ["queued", "claimed", "sent"] {
        assert_eq!(outbox(&status, state), 0, "{state}");
    }
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_corrected_and_its_citizen_later_blocked() {
    const CITIZEN: &str = "+6281234567890";
    let office = Gateway::start().await;
    let desk = office.desk();
    let number = office.complain(CITIZEN, "DISHUB # Lampu Simpang Pasar mati").await;
    desk.tell("sari", &["assign", &number, "--category", "pengaduan"]).await;
    let draft = ["--recommendation", "Ganti", "--rules", "tidak ada", "--note", "Ada", "--wording"];
    for (wording, expected) in
        [("Diganti Senin.", "Diganti Senin."), ("Diganti Selasa.", "RALAT: Diganti Selasa.")]
    {
        desk.tell("budi", &[&["propose", &number], &draft[..], &[wording]].concat()).await;
        assert_eq!(desk.refused("budi", &["approve", &number]).await, "NOT_PERMITTED");
        desk.tell("ratna", &["approve", &number]).await;
        desk.tell("sari", &["send", &number]).await;
        let answer = office.next_message().await;
        assert!(
            answer.text.starts_with(&format!("Jawaban No {number}: {expected} ")),
            "{answer:?}"
        );
        let correct = ["ralat", &number, "--reason", "harinya keliru"];
        assert_eq!(desk.refused("hadi", &correct).await, "NOT_PERMITTED");
        assert_eq!(desk.tell("budi", &correct).await["stage"], "TELAAH");
    }
    desk.tell("sari", &["catat", &number, "warga menelepon dua kali"]).await;
    let page = desk.aduan("budi", &["show", &number]).await;
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.contains("warga menelepon dua kali") && page.contains("diralat"), "{page}");

    let block = ["block", &number, "--until", "2000-01-01", "--reason", "ancaman"];
    assert_eq!(desk.refused("ratna", &block).await, "INVALID");
    let today = chrono::Utc::now().date_naive() + chrono::TimeDelta::days(2);
    let block = ["blokir", &number, "--until", &today.to_string(), "--reason", "ancaman"];
    assert_eq!(desk.refused("sari", &block).await, "NOT_PERMITTED");
    let blocked = desk.tell("ratna", &block).await;
    assert_eq!(blocked["numbers"][0]["citizen"], "081234567890");
    office.simulation.text(CITIZEN, CARD, "DISHUB # awas kalian").unwrap();
    let kept = |told: &Value| told["numbers"][0]["messages"] == 1;
    desk.until(&["blocked"], kept).await;
    assert_eq!(
        desk.tell("sari", &["inbox", "--all"]).await["tickets"].as_array().unwrap().len(),
        1
    );
    desk.tell("ratna", &["unblock", "081234567890"]).await;
    // The answer to this one is the next text that the phone gets.
    office.simulation.text(CITIZEN, CARD, &format!("STATUS {number}")).unwrap();
    assert!(office.next_message().await.text.contains(&number));
    office.close().await;
}
