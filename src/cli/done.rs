//! What an action did, in a few plain lines, and what usually comes next.

use std::io::{self, Write};

use super::terminal::{Page, one_line, plain};
use super::vocabulary::{self, Family};
use crate::control::protocol::{Ask, Done, Give};
use crate::ticket::{Channel, Role, Stage, Way};

/// The outcome of a step: what was done, where the ticket stands, who has it, what the citizen reads and when.
///
/// # Errors
/// What writing fails with.
pub fn step(page: &Page, ask: &Ask, done: &Done, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let number = one_line(&done.number);
    let stage = vocabulary::word(words, Family::Stage, &done.stage);
    // What waits for an officer to give it has not been sent.
    let is_send = matches!(ask, Ask::Send { .. });
    // So does what is owed, and what is told once more.
    let owes = done.give.iter().any(|give| give.number == done.number && (is_send || give.owed));
    let waits = owes || (done.stage == Stage::ReadyToSend.token() && !done.give.is_empty());
    // Of one that is answered by SMS this has not arrived.
    let by_sms = |give: &Give| give.number == done.number && give.channel == Channel::Sms.token();
    let deed = match waits && is_send {
        true if done.give.iter().any(by_sms) => "done-give-otherwise",
        true => "done-give",
        false => deed(ask, done),
    };
    let copies = one_line(&done.copies.join(", "));
    let deed = words.fill(deed, &[("number", &number), ("copies", &copies)]);
    let place = match &done.with {
        Some(user) => {
            words.fill("done-stage-with", &[("stage", &stage), ("user", &one_line(user))])
        }
        None => words.fill("done-stage", &[("stage", &stage)]),
    };
    writeln!(out, "{deed} {place}")?;
    if let Some(unit) = &done.needs_no_copy {
        page.block(out, 0, &words.fill("copy-answers", &[("unit", &one_line(unit))]))?;
    }
    citizen(page, ask, done, out)?;
    for note in &done.notes {
        page.block(out, 0, &words.fill("corrected-note", &[("note", &note.to_string())]))?;
    }
    for text in &done.give {
        give(page, text, out)?;
        // What is for who wrote a joined ticket.
        if (is_send || text.owed) && text.number != done.number {
            let number = one_line(&text.number);
            writeln!(out, "{}", words.fill("hint-give", &[("number", &number)]))?;
        }
    }
    // Of a text that goes out it stands below that.
    if done.text.is_none() {
        never_by_sms(page, &done.never_by_sms, out)?;
    }
    if waits {
        return writeln!(out, "{}", words.fill("hint-give", &[("number", &number)]));
    }
    // A remark moves nothing, and neither does who reads it.
    if matches!(ask, Ask::Note { .. } | Ask::Copy { .. }) {
        return Ok(());
    }
    // No network reports on what it was not given: an officer told it, or it waits for STATUS.
    let is_under_way = done.text.is_some();
    let stage =
        Stage::from_token(&done.stage).filter(|stage| is_under_way || *stage != Stage::Answered);
    let who = match done.deciders.as_slice() {
        [] => vocabulary::word(words, Family::Role, Role::Chair.token()),
        roles => vocabulary::list(words, Family::Role, roles),
    };
    match stage.and_then(hint) {
        Some(id) => writeln!(out, "{}", words.fill(id, &[("number", &number), ("who", &who)])),
        None => Ok(()),
    }
}

fn deed(ask: &Ask, done: &Done) -> &'static str {
    match ask {
        Ask::Assign { .. } => "done-assign",
        Ask::Copy { .. } if done.copies.is_empty() => "done-copy-none",
        Ask::Copy { .. } => "done-copy",
        Ask::Propose { .. } => "done-propose",
        Ask::Approve { .. } => "done-approve",
        Ask::Reject { .. } => "done-reject",
        Ask::Send { by: Some(by), .. } if !is_sms(by) => "done-given",
        Ask::Send { .. } => "done-send",
        Ask::Undelivered { .. } => "done-undelivered",
        Ask::Correct { .. } => "done-correct",
        Ask::Note { .. } => "done-note",
        Ask::Close { .. } => "done-close",
        Ask::Answer { .. } => "done-answer",
        Ask::Ask { .. } => "done-ask",
        Ask::Resume { .. } => "done-resume",
        Ask::Ethics { .. } => "done-ethics",
        Ask::Concern { .. } => "done-concern",
        Ask::HandOver { .. } => "done-hand-over",
        Ask::NotEthics { .. } => "done-not-ethics",
        Ask::ReturnUnit { .. } => "done-return-unit",
        Ask::Escalate { .. } => "done-escalate",
        Ask::Reopen { .. } => "done-reopen",
        Ask::Whoami
        | Ask::Status
        | Ask::Inbox { .. }
        | Ask::Board
        | Ask::Show { .. }
        | Ask::Reveal { .. }
        | Ask::Mark { .. }
        | Ask::Accesses { .. }
        | Ask::RequestAdd { .. }
        | Ask::Requests { .. }
        | Ask::RequestAnswer { .. }
        | Ask::Affected { .. }
        | Ask::RetentionPlan
        | Ask::RetentionApply
        | Ask::Add { .. }
        | Ask::Block { .. }
        | Ask::Unblock { .. }
        | Ask::Blocked
        | Ask::Floods
        | Ask::AuditShow { .. }
        | Ask::Search { .. }
        | Ask::Letter { .. }
        | Ask::Known { .. }
        | Ask::KnownAdd { .. }
        | Ask::KnownApprove { .. }
        | Ask::KnownWithdraw { .. }
        | Ask::Recap { .. }
        | Ask::RecapSign { .. }
        | Ask::RecapAcknowledge { .. }
        | Ask::RecapReturn { .. }
        | Ask::Export { .. }
        | Ask::SmsSend { .. }
        | Ask::SmsRelease { .. }
        | Ask::ModemList
        | Ask::ModemInfo { .. }
        | Ask::ModemEnable { .. }
        | Ask::ModemDisable { .. }
        | Ask::ModemReset { .. }
        | Ask::ModemAt { .. }
        | Ask::ModemUssd { .. } => "done",
    }
}

fn citizen(page: &Page, ask: &Ask, done: &Done, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let Some(text) = &done.text else {
        let is_answer = matches!(ask, Ask::Send { .. } | Ask::Answer { .. } | Ask::Approve { .. });
        if done.stopped && is_answer {
            return page.block(out, 0, &words.say("citizen-stopped"));
        }
        if !done.give.is_empty() {
            return Ok(());
        }
        // That nothing goes out is worth a line only where somebody expects that something does.
        let id = match ask {
            Ask::Send { by: Some(by), .. } if !is_sms(by) => return Ok(()),
            Ask::Send { .. } | Ask::Answer { .. } => "citizen-told",
            // Where approved answers go out by themselves.
            Ask::Approve { .. } if done.stage != Stage::ReadyToSend.token() => "citizen-told",
            Ask::Ask { .. } | Ask::Ethics { .. } | Ask::NotEthics { .. } | Ask::Close { .. } => {
                "citizen-nothing"
            }
            Ask::Whoami
            | Ask::Status
            | Ask::Inbox { .. }
            | Ask::Board
            | Ask::Show { .. }
            | Ask::Add { .. }
            | Ask::Correct { .. }
            | Ask::Note { .. }
            | Ask::Block { .. }
            | Ask::Unblock { .. }
            | Ask::Blocked
            | Ask::Floods
            | Ask::Undelivered { .. }
            | Ask::AuditShow { .. }
            | Ask::Search { .. }
            | Ask::Assign { .. }
            | Ask::Copy { .. }
            | Ask::Propose { .. }
            | Ask::Approve { .. }
            | Ask::Reject { .. }
            | Ask::Resume { .. }
            | Ask::Concern { .. }
            | Ask::HandOver { .. }
            | Ask::Letter { .. }
            | Ask::ReturnUnit { .. }
            | Ask::Escalate { .. }
            | Ask::Reopen { .. }
            | Ask::Reveal { .. }
            | Ask::Mark { .. }
            | Ask::Accesses { .. }
            | Ask::RequestAdd { .. }
            | Ask::Requests { .. }
            | Ask::RequestAnswer { .. }
            | Ask::Affected { .. }
            | Ask::RetentionPlan
            | Ask::RetentionApply
            | Ask::Known { .. }
            | Ask::KnownAdd { .. }
            | Ask::KnownApprove { .. }
            | Ask::KnownWithdraw { .. }
            | Ask::Recap { .. }
            | Ask::RecapSign { .. }
            | Ask::RecapAcknowledge { .. }
            | Ask::RecapReturn { .. }
            | Ask::Export { .. }
            | Ask::SmsSend { .. }
            | Ask::SmsRelease { .. }
            | Ask::ModemList
            | Ask::ModemInfo { .. }
            | Ask::ModemEnable { .. }
            | Ask::ModemDisable { .. }
            | Ask::ModemReset { .. }
            | Ask::ModemAt { .. }
            | Ask::ModemUssd { .. } => return Ok(()),
        };
        return writeln!(out, "{}", words.say(id));
    };
    let title = match (ask, done.not_before) {
        (Ask::Propose { .. }, _) => words.say("citizen-once-approved"),
        (_, Some(at)) => words.fill("citizen-later", &[("time", &page.time(at))]),
        (_, None) => words.say("citizen-now"),
    };
    let characters = text.chars().count().to_string();
    let size = words.fill(
        "citizen-size",
        &[("characters", &characters), ("parts", &done.parts.unwrap_or(1).to_string())],
    );
    writeln!(out, "{title} ({size}):")?;
    page.block(out, 2, text)?;
    foreign(page, &done.foreign, out)?;
    never_by_sms(page, &done.never_by_sms, out)
}

/// That characters outside of the SMS alphabet make a text dear.
///
/// # Errors
/// What writing fails with.
pub fn foreign(page: &Page, characters: &str, out: &mut dyn Write) -> io::Result<()> {
    if characters.is_empty() {
        return Ok(());
    }
    let characters = one_line(characters);
    page.block(out, 0, &page.words.fill("citizen-foreign", &[("characters", &characters)]))
}

/// That a text holds a link, or asks for what is asked by telephone or at the counter alone, or never.
///
/// # Errors
/// What writing fails with.
pub fn never_by_sms(page: &Page, held: &[String], out: &mut dyn Write) -> io::Result<()> {
    /// The one that nobody asks for.
    const LINK: &str = "link";
    /// What no office asks for in any way.
    const NEVER: [&str; 4] = ["otp", "pin", "password", "transfer"];
    if held.iter().any(|token| token == LINK) {
        page.block(out, 0, &page.words.say("citizen-link"))?;
    }
    // A newer daemon may know of more.
    let name = |token: &String| {
        page.words.find(&format!("private-{token}")).unwrap_or_else(|| one_line(token))
    };
    let asked = held.iter().filter(|token| *token != LINK);
    let (never, elsewhere): (Vec<&String>, Vec<&String>) =
        asked.partition(|token| NEVER.contains(&token.as_str()));
    for (id, tokens) in [("citizen-never-by-sms", elsewhere), ("citizen-never-asked", never)] {
        if !tokens.is_empty() {
            let what = tokens.into_iter().map(name).collect::<Vec<_>>().join(", ");
            page.block(out, 0, &page.words.fill(id, &[("what", &what)]))?;
        }
    }
    Ok(())
}

/// A text that the officer gives, and for whom.
///
/// # Errors
/// What writing fails with.
pub fn give(page: &Page, give: &Give, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let channel = vocabulary::word(words, Family::Way, &give.channel);
    let number = one_line(&give.number);
    let values = [("number", number.as_str()), ("channel", channel.as_str())];
    writeln!(out, "{}:", words.fill("give", &values))?;
    copied(out, &give.text, give.link.as_deref(), page)
}

/// A text as it is copied: in its own lines, at the margin, never broken.
///
/// # Errors
/// What writing fails with.
pub fn copied(out: &mut dyn Write, text: &str, link: Option<&str>, page: &Page) -> io::Result<()> {
    writeln!(out)?;
    for line in plain(text).lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out)?;
    match link {
        Some(link) => {
            writeln!(out, "{}", page.words.fill("give-link", &[("link", &one_line(link))]))
        }
        None => Ok(()),
    }
}

fn is_sms(way: &str) -> bool {
    way == Way::Sms.token()
}

const fn hint(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::New => Some("hint-assign"),
        Stage::Analysis => Some("hint-propose"),
        Stage::Approval => Some("hint-approve"),
        Stage::ReadyToSend => Some("hint-send"),
        Stage::Answered => Some("hint-answered"),
        Stage::FollowUp => Some("hint-follow-up"),
        Stage::WaitingCitizen | Stage::Finished | Stage::EthicsClosed | Stage::Closed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    const NUMBER: &str = "P26-00123-0";

    fn done(stage: &str, with: Option<&str>, text: Option<&str>) -> Done {
        Done {
            number: NUMBER.to_owned(),
            stage: stage.to_owned(),
            with: with.map(str::to_owned),
            deciders: Vec::new(),
            text: text.map(str::to_owned),
            parts: text.map(|_| 1),
            foreign: String::new(),
            never_by_sms: Vec::new(),
            not_before: None,
            give: Vec::new(),
            stopped: false,
            copies: Vec::new(),
            needs_no_copy: None,
            notes: Vec::new(),
        }
    }

    fn told(ask: &Ask, done: &Done) -> String {
        samples::printed(None, |page, out| step(page, ask, done, out))
    }

    #[test]
    fn an_assignment_names_who_has_it_and_what_comes_next() {
        let ask = Ask::Assign {
            number: "123".to_owned(),
            unit: None,
            category: "PENGADUAN".to_owned(),
            member: None,
            copies: None,
        };
        insta::assert_snapshot!(told(&ask, &done("TELAAH", Some("budi"), None)), @r"
        P26-00123-0 diteruskan. Tahap sekarang: telaah, pada budi.
        Berikutnya (anggota): aduan usul P26-00123-0
        ");
    }

    #[test]
    fn a_proposal_shows_what_the_citizen_will_read() {
        let ask = Ask::Propose {
            number: "123".to_owned(),
            recommendation: String::new(),
            rules: String::new(),
            note: String::new(),
            wording: String::new(),
            follow_up: None,
        };
        let done = done("PERSETUJUAN", None, Some("Jawaban No P26-00123-0: Sudah diperbaiki."));
        insta::assert_snapshot!(told(&ask, &done), @r"
        P26-00123-0 diusulkan. Tahap sekarang: menunggu persetujuan.
        Setelah disetujui, pemohon akan membaca (41 karakter, 1 SMS):
          Jawaban No P26-00123-0: Sudah diperbaiki.
        Berikutnya (ketua): aduan setuju P26-00123-0, atau aduan tolak P26-00123-0 --reason ...
        ");
    }

    #[test]
    fn whoever_writes_letters_that_no_sms_has_is_warned() {
        let wording = Some("Sudah beres \u{1f64f}");
        let approve = Ask::Approve { number: "123".to_owned() };
        let warned = Done { foreign: "\u{1f64f}".to_owned(), ..done("SIAP_KIRIM", None, wording) };
        let text = told(&approve, &warned);
        assert!(text.contains("Perhatian: \u{1f64f} tidak ada"), "{text}");
        assert!(!told(&approve, &done("SIAP_KIRIM", None, wording)).contains("Perhatian"));
    }

    #[test]
    fn whoever_asks_by_sms_for_what_no_sms_should_hold_is_warned() {
        let ask = Ask::Ask { number: "123".to_owned(), missing: "NIK".to_owned() };
        let question = done("MENUNGGU_PEMOHON", None, Some("Mohon lengkapi: NIK, no KK."));
        assert!(!told(&ask, &question).contains("Perhatian"));
        let never_by_sms = ["nik", "kk", "fingerprint"].map(str::to_owned).to_vec();
        let text = told(&ask, &Done { never_by_sms, ..question });
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains(
                "Perhatian: teks ini menyebut NIK, nomor KK, fingerprint. Mintalah itu lewat telepon atau di loket, tidak pernah lewat SMS atau WA."
            ),
            "{text}"
        );
    }

    #[test]
    fn a_text_that_waits_for_the_window_says_when_it_goes_out() {
        let done = Done {
            not_before: Some(samples::at(24, 0, 0)),
            ..done("DIJAWAB", None, Some("Jawaban"))
        };
        let text = told(&Ask::Send { number: "123".to_owned(), by: None }, &done);
        assert!(text.contains("Sel 24-11-2026 07.00 WIB"), "{text}");
    }

    #[test]
    fn of_what_an_officer_gave_no_report_is_promised() {
        let send = |by: Option<&str>, text| {
            let ask = Ask::Send { number: NUMBER.to_owned(), by: by.map(str::to_owned) };
            told(&ask, &done("DIJAWAB", None, text))
        };
        let by_sms = send(None, Some("Jawaban"));
        assert!(by_sms.contains("Sampai atau tidaknya"), "{by_sms}");
        let given = send(Some("WA"), None);
        assert!(!given.contains("Sampai atau tidaknya"), "{given}");
    }

    #[test]
    fn that_nothing_goes_out_is_said_with_the_reason_where_a_text_is_expected() {
        let send = Ask::Send { number: "123".to_owned(), by: None };
        let approve = Ask::Approve { number: "123".to_owned() };
        let answer = Ask::Answer {
            number: "123".to_owned(),
            note: 7,
            blanks: Vec::new(),
            unit: None,
            category: None,
        };
        assert!(!told(&approve, &done("SIAP_KIRIM", None, None)).contains("SMS"));
        for ask in [send, approve, answer] {
            let by_telephone = done("DIJAWAB", None, None);
            let stopped = Done { stopped: true, ..by_telephone.clone() };
            let (by_telephone, stopped) = (told(&ask, &by_telephone), told(&ask, &stopped));
            assert!(by_telephone.contains("lewat telepon"), "{by_telephone}");
            assert!(!by_telephone.contains("STOP"), "{by_telephone}");
            assert!(stopped.contains("STOP") && stopped.contains("menunggu STATUS"), "{stopped}");
            assert!(!stopped.contains("telepon"), "{stopped}");
            for text in [by_telephone, stopped] {
                assert!(!text.contains("Sampai atau tidaknya"), "nothing is to arrive: {text}");
            }
        }
        let ask = Ask::Ask { number: "123".to_owned(), missing: "alamat".to_owned() };
        let asked = Done { stopped: true, ..done("BARU", None, None) };
        assert!(!told(&ask, &asked).contains("STATUS"), "no answer waits");
    }

    #[test]
    fn notes_that_belong_to_what_is_corrected_are_named_with_the_way_to_withdraw_them() {
        let ask = Ask::Approve { number: NUMBER.to_owned() };
        let text = told(&ask, &Done { notes: vec![7, 9], ..done("SIAP_KIRIM", None, None) });
        assert!(
            text.contains("aduan bank tarik 7") && text.contains("aduan bank tarik 9"),
            "{text}"
        );
        assert!(!told(&ask, &done("SIAP_KIRIM", None, None)).contains("bank tarik"));
    }

    #[test]
    fn who_gets_a_copy_now_is_named_and_that_who_answers_needs_none() {
        let ask = Ask::Copy { number: "123".to_owned(), units: vec!["DISHUB".to_owned()] };
        let copies = vec!["PUPR".to_owned(), "DLH".to_owned()];
        let text = told(&ask, &Done { copies, ..done("TELAAH", None, None) });
        assert!(text.contains("sekarang: PUPR, DLH") && !text.contains("menjawab"), "{text}");
        let needs_no_copy = Some("DISHUB".to_owned());
        let text = told(&ask, &Done { needs_no_copy, ..done("TELAAH", None, None) });
        assert!(text.contains("sekarang tanpa tembusan"), "{text}");
        assert!(text.contains("DISHUB menjawab tiket ini"), "{text}");
    }

    #[test]
    fn a_link_is_warned_of_in_its_own_words() {
        let ask = Ask::Ask { number: "123".to_owned(), missing: "lihat bit.ly/x".to_owned() };
        let warned = |held: &[&str]| {
            let never_by_sms = held.iter().map(|token| (*token).to_owned()).collect();
            told(&ask, &Done { never_by_sms, ..done("MENUNGGU_PEMOHON", None, Some("x")) })
        };
        let text = warned(&["link"]);
        assert!(text.contains("tautan") && !text.contains("Mintalah"), "{text}");
        let text = warned(&["nik", "link"]);
        assert!(text.contains("tautan") && text.contains("menyebut NIK."), "{text}");
        assert!(!warned(&["nik"]).contains("tautan"));
        let text = warned(&["nik", "otp", "pin"]);
        assert!(text.contains("menyebut NIK.") && text.contains("kode OTP, PIN. Kantor"), "{text}");
        assert!(!warned(&["otp"]).contains("Mintalah"), "nobody asks for it");
    }

    #[test]
    fn of_an_sms_that_did_not_arrive_it_is_not_said_that_the_ticket_takes_none() {
        let send = Ask::Send { number: NUMBER.to_owned(), by: None };
        let given = |channel: &str| {
            let give = vec![Give {
                number: NUMBER.to_owned(),
                channel: channel.to_owned(),
                text: "Jawaban".to_owned(),
                link: None,
                owed: false,
            }];
            told(&send, &Done { give, ..done("SIAP_KIRIM", None, None) })
        };
        let (sms, counter) = (given("SMS"), given("LOKET"));
        assert!(sms.contains("tidak sampai") && !sms.contains("tidak dijawab lewat SMS"), "{sms}");
        assert!(counter.contains("tidak dijawab lewat SMS"), "{counter}");
    }

    #[test]
    fn what_is_given_is_warned_of_once_and_behind_its_text() {
        let ask = Ask::Ask { number: NUMBER.to_owned(), missing: "lihat bit.ly/x".to_owned() };
        let text = told(
            &ask,
            &Done {
                never_by_sms: vec!["link".to_owned()],
                give: vec![Give {
                    number: NUMBER.to_owned(),
                    channel: "WA".to_owned(),
                    text: "Mohon lengkapi: lihat bit.ly/x".to_owned(),
                    link: None,
                    owed: true,
                }],
                ..done("MENUNGGU_PEMOHON", None, None)
            },
        );
        let (given, warned) = (text.find("bit.ly").unwrap(), text.find("Perhatian").unwrap());
        assert!(given < warned && text.matches("Perhatian").count() == 1, "{text}");
    }
}
