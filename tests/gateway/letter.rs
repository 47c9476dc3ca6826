//! The cover letter of a case of the closed path, from the terminal to the printer: the real `aduan`, the real daemon.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::Datelike;

use crate::support::{Gateway, today};

const CITIZEN: &str = "+6281234567890";

const MONTHS: [(&str, &str); 12] = [
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_drafted_signed_recorded_and_printed_again_and_others_learn_nothing_of_it() {
    let office = Gateway::start().await;
    let desk = office.desk();
    let text = "DISDUKCAPIL # Petugas loket 3 minta <100 ribu>, NIK saya 3201234567890123";
    let number = office.complain(CITIZEN, text).await;
    assert_eq!(desk.refused("ratna", &["surat", &number]).await, "OUT_OF_TURN");
    desk.tell("sari", &["etik", &number, "--indication", "pungli di loket"]).await;
    assert_eq!(desk.refused("sari", &["letter", &number]).await, "NO_SUCH_TICKET");

    let draft = desk.aduan("ratna", &["surat", &number, "--lang", "id"]).await;
    let draft = String::from_utf8(draft.stdout).unwrap();
    assert!(draft.contains("KONSEP") && draft.contains("Yth. ...."), "{draft}");
    assert!(draft.contains("+62 812-****-*890") && draft.contains("3201********0123"), "{draft}");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("surat.html");
    let today = today();
    let date = today.to_string();
    let cover = ["--to", "Inspektorat", "--letter", "700/12/2026", "--date", &date, "--output"];
    let write = [&["surat", &number], &cover[..], &[file.to_str().unwrap()]].concat();
    let output = desk.aduan("ratna", &write).await;
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains(&format!("aduan serahkan {number}")), "{told}");
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains("&lt;100 ribu&gt;") && !page.contains("KONSEP"), "{page}");
    let (month, in_english) = MONTHS[today.month0() as usize];
    let dated = format!("{} {month} {}", today.day(), today.year());
    for told in ["Yth. Inspektorat", "700/12/2026", &dated, "Pemkab Sukamaju"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // What lies there is not overwritten, and what cannot be made leaves nothing.
    let again = desk.aduan("ratna", &write).await;
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), page);
    let others = folder.path().join("lain.html");
    let refused =
        desk.aduan("sari", &["surat", &number, "--output", others.to_str().unwrap()]).await;
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(!others.exists());

    // Nobody hands over a letter of a day to come, and what is recorded stays.
    let tomorrow = today.succ_opt().unwrap().to_string();
    let early = [&["serahkan", &number], &cover[..5], &[&tomorrow]].concat();
    assert_eq!(desk.refused("ratna", &early).await, "INVALID");
    let hand_over = [&["serahkan", &number], &cover[..6]].concat();
    desk.tell("ratna", &hand_over).await;
    let letter = desk.tell("hadi", &["letter", &number]).await;
    assert_eq!((&letter["handed_over"], &letter["letter"]), (&true.into(), &"700/12/2026".into()));
    assert_eq!(letter["signer_role"], "ketua");
    assert!(!letter.to_string().contains("81234567890"), "{letter}");
    let english = desk.aduan("hadi", &["surat", &number, "--lang", "en"]).await;
    let english = String::from_utf8(english.stdout).unwrap();
    let dated = format!("{} {in_english} {}", today.day(), today.year());
    assert!(english.contains(&dated), "{english}");
    let story = desk.aduan("ratna", &["audit", "lihat", &number]).await;
    let story = String::from_utf8(story.stdout).unwrap();
    assert_eq!(story.matches("membuat surat pengantar").count(), 4, "{story}");
    office.close().await;
}
