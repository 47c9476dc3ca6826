//! The walks of the handbook (`docs/handbook/`) are played as they are written: citizens' SMS through a simulated modem on a
//! pseudo-terminal, the real daemon, and the real `aduan` at a terminal. What phones receive and what `aduan` shows must stand on the
//! page to the letter. With `INSTA_UPDATE=always`, as for the snapshots, the pages are written anew.
#![cfg(debug_assertions)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here must stop the test"
)]

mod page;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};

use page::{Page, Part};
use stage::Stage;
use tokio::sync::Mutex;

/// The clock stands for the whole program: one walk at a time.
static CLOCK: Mutex<()> = Mutex::const_new(());

/// What to do where what happens is right, and the page is not.
const ANEW: &str = "INSTA_UPDATE=always writes it anew; read it then";

/// The pages.
const WALKS: [&str; 5] =
    ["biasa.md", "dibuka-kembali.md", "digabung.md", "dikembalikan.md", "kode-etik.md"];

fn handbook() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/handbook")
}

/// Plays a page, and holds it against itself.
async fn walk(name: &str) {
    let _alone = CLOCK.lock().await;
    let file = handbook().join(name);
    let text = fs::read_to_string(&file).unwrap();
    let page = Page::read(&text);
    let mut stage = Stage::open(page.begins()).await;
    let mut played = String::new();
    for part in &page.parts {
        played.push_str(&play(&page, part, &mut stage).await);
    }
    stage.close().await;
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&file, played).unwrap();
        return;
    }
    for (number, (written, played)) in text.lines().zip(played.lines()).enumerate() {
        let line = number + 1;
        assert_eq!(written, played, "line {line} of {name} is not what happens any more ({ANEW})");
    }
    assert_eq!(text, played, "{name} ends otherwise ({ANEW})");
}

/// What a part reads once it has happened.
async fn play(page: &Page, part: &Part, stage: &mut Stage) -> String {
    match part {
        Part::Prose(line) => format!("{line}\n"),
        Part::Time(line, at) => {
            stage.come_to(*at).await;
            format!("{line}\n")
        }
        Part::Says { line, who, text } => {
            stage.says(page.phone(who), text).await;
            format!("{line}\n\n> {text}\n")
        }
        Part::Hears { line, who } => {
            let heard = stage.hears(page.phone(who)).await;
            format!("{line}\n\n> {heard}\n")
        }
        Part::Types { line, who, commands } => {
            let mut shown = Vec::new();
            for command in commands {
                if !shown.is_empty() {
                    stage.a_minute_later().await;
                }
                let screen = stage.types(page.account(who), command).await;
                shown.push(format!("$ {command}\n{screen}"));
            }
            format!("{line}\n\n```text\n{}```\n", shown.join("\n"))
        }
    }
}

#[test]
fn every_page_is_played_and_found_from_the_handbook() {
    let pages = fs::read_dir(handbook()).unwrap();
    let mut names: Vec<_> =
        pages.map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, WALKS);
    let front = fs::read_to_string(handbook().with_extension("md")).unwrap();
    for name in names {
        assert!(front.contains(&format!("(handbook/{name})")), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ordinary_case_goes_as_the_handbook_says() {
    walk("biasa.md").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_draft_goes_as_the_handbook_says() {
    walk("dikembalikan.md").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ethics_case_goes_as_the_handbook_says() {
    walk("kode-etik.md").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_case_goes_as_the_handbook_says() {
    walk("digabung.md").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reopened_case_goes_as_the_handbook_says() {
    walk("dibuka-kembali.md").await;
}
