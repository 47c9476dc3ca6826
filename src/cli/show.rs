//! `aduan show`: one ticket, whole: the complaint, what came in, what was drafted, what went out, and the trail.

use std::io::{self, Write};

use serde_json::Value;

use super::done;
use super::inbox::{flags, left};
use super::known;
use super::terminal::{Page, day, one_line};
use super::vocabulary::{self, Family};
use crate::control::protocol::{CaseFile, Draft, Give, Note, Received, Reply, Step};
use crate::phone::PhoneNumber;
use crate::store::trail_words::FINGERPRINT;
use crate::ticket::{Channel, Stage};

/// Details of the trail that are row numbers: of use to nobody who reads.
const ROW_NUMBERS: [&str; 4] = ["draf", "inbound", "outbox", "catatan"];

/// One ticket, whole.
///
/// # Errors
/// What writing fails with.
pub fn case(page: &Page, case: &CaseFile, out: &mut dyn Write) -> io::Result<()> {
    head(page, case, out)?;
    title(page, "show-complaint", out)?;
    if case.text_withheld {
        page.block(out, 2, &page.words.say("show-withheld"))?;
    }
    page.block(out, 2, &case.body)?;
    title(page, "show-messages", out)?;
    let is_gone = case.text_withheld || is_destroyed(&case.citizen);
    for message in &case.messages {
        received(page, message, is_gone, out)?;
    }
    if !case.joined.is_empty() {
        title(page, "show-joined", out)?;
    }
    for joined in &case.joined {
        writeln!(out, "  {}", one_line(&joined.number))?;
        if joined.text_withheld {
            page.block(out, 4, &page.words.say("show-withheld"))?;
        }
        for message in &joined.messages {
            received(page, message, joined.text_withheld, out)?;
        }
        if let Some(text) = &joined.give {
            give(page, text, out)?;
        }
    }
    let notes = || case.trail.iter().filter(|step| step.action == "CATATAN");
    if notes().next().is_some() {
        title(page, "show-notes", out)?;
    }
    for step in notes() {
        writeln!(out, "  {}, {}", page.time(step.at), one_line(&step.actor))?;
        let said = step.detail.get("isi").and_then(|said| words(page, said));
        page.block(out, 4, &said.unwrap_or_default())?;
    }
    if !case.drafts.is_empty() {
        title(page, "show-drafts", out)?;
    }
    for version in &case.drafts {
        draft(page, version, out)?;
    }
    if let Some(text) = &case.give {
        title(page, "show-give", out)?;
        give(page, text, out)?;
    }
    if !case.replies.is_empty() {
        title(page, "show-replies", out)?;
    }
    for message in &case.replies {
        reply(page, message, out)?;
    }
    title(page, "show-trail", out)?;
    for entry in &case.trail {
        step(page, entry, out)?;
    }
    if !case.known.is_empty() {
        title(page, "show-known", out)?;
    }
    for found in &case.known {
        note(page, found, case.line.unit.as_ref(), out)?;
    }
    Ok(())
}

/// A text to be given, and how to say that it was.
fn give(page: &Page, text: &Give, out: &mut dyn Write) -> io::Result<()> {
    done::give(page, text, out)?;
    let number = one_line(&text.number);
    writeln!(out, "{}", page.words.fill("hint-give", &[("number", &number)]))
}

fn title(page: &Page, id: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", page.words.say(id).to_uppercase())
}

fn head(page: &Page, case: &CaseFile, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let line = &case.line;
    let unit = match (&line.unit, &case.unit_name) {
        (Some(code), Some(name)) => Some(format!("{code} ({name})")),
        (Some(code), None) => Some(code.clone()),
        (None, _) => None,
    };
    let certainty = vocabulary::word(words, Family::Certainty, &case.certainty);
    let unit = unit.map_or_else(|| certainty.clone(), |unit| format!("{unit}, {certainty}"));
    let stage = vocabulary::word(words, Family::Stage, &line.stage);
    let stage = match &case.closed_as {
        Some(reason) => {
            format!("{stage}: {}", vocabulary::word(words, Family::Reason, reason))
        }
        None => stage,
    };
    // Most come by SMS: that is not worth a line.
    let other = Some(&case.channel).filter(|token| *token != Channel::Sms.token());
    let channel = other.map(|token| vocabulary::word(words, Family::Way, token));
    let due = line.due_at.map(|due| [page.time(due), left(words, line)].join(" "));
    let unreachable = case.unreachable.as_ref().map(|mark| {
        let fields = [("time", page.time(mark.at)), ("code", one_line(&mark.code))];
        words.fill("show-unreachable", &fields.each_ref().map(|(key, text)| (*key, text.as_str())))
    });
    let listed = |items: &[String]| (!items.is_empty()).then(|| items.join(", "));
    // What the text names stands in a line of its own.
    let suggestions: Vec<String> =
        line.suggestions.iter().filter(|code| !line.named.contains(code)).cloned().collect();
    writeln!(out, "{}", one_line(&line.number))?;
    page.pairs(
        out,
        &[
            (words.say("label-stage"), Some(stage)),
            (words.say("label-unit"), Some(unit)),
            (words.say("label-copies"), listed(&line.copies)),
            (words.say("label-named"), listed(&line.named)),
            (words.say("label-suggestions"), listed(&suggestions)),
            (
                words.say("label-category"),
                case.category
                    .as_ref()
                    .map(|category| vocabulary::word(words, Family::Category, category)),
            ),
            (words.say("label-with"), line.assignee.clone()),
            (words.say("label-flags"), Some(flags(words, line)).filter(|flags| !flags.is_empty())),
            (words.say("label-citizen"), Some(citizen(page, &case.citizen))),
            (words.say("label-channel"), channel),
            (words.say("label-unreachable"), unreachable),
            (words.say("label-received"), Some(page.time(line.received_at))),
            (words.say("label-due"), due),
            (words.say("label-answer-due"), line.answer_due_at.map(|due| page.time(due))),
            (words.say("label-promised"), line.promised_on.map(day)),
            (words.say("label-national-due"), line.national_due_at.map(|due| page.time(due))),
            (words.say("label-answered"), case.answered_at.map(|at| page.time(at))),
        ],
    )?;
    let number = one_line(&line.number);
    // Whoever sees it decides on it.
    if line.stage == Stage::EthicsClosed.token() {
        return page.block(out, 0, &words.fill("hint-sealed", &[("number", &number)]));
    }
    match line.named.split_first() {
        Some((first, others)) if line.unit.is_none() && line.stage == Stage::New.token() => {
            let copies = others.join(",");
            let values = [("number", number.as_str()), ("unit", first), ("copies", &copies)];
            page.block(out, 0, &words.fill("hint-named", &values))
        }
        _ => Ok(()),
    }
}

/// Whether that is the number of a ticket whose texts are gone: then no message was unreadable.
pub(super) fn is_destroyed(citizen: &str) -> bool {
    PhoneNumber::parse(citizen).is_ok_and(|number| number.reveal() == PhoneNumber::NOBODY)
}

/// The number, or what became of it.
pub(super) fn citizen(page: &Page, citizen: &str) -> String {
    match PhoneNumber::parse(citizen) {
        Ok(_) if is_destroyed(citizen) => page.words.say("show-destroyed"),
        Ok(number) if number.is_pseudonym() => page.words.say("show-pseudonym"),
        _ => citizen.to_owned(),
    }
}

fn received(page: &Page, message: &Received, is_gone: bool, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let mut mark = if message.complete {
        String::new()
    } else {
        format!(", {}", words.say("show-incomplete"))
    };
    if let Some(officer) = &message.entered_by {
        let channel = vocabulary::word(words, Family::Way, &message.channel);
        let values = [("channel", channel.as_str()), ("user", &one_line(officer))];
        mark = format!(", {}{mark}", words.fill("show-entered", &values));
    }
    writeln!(out, "  {}{mark}", page.time(message.at))?;
    match &message.text {
        Some(text) => page.block(out, 4, text),
        None if is_gone => Ok(()),
        None => writeln!(out, "    {}", words.say("show-unreadable")),
    }
}

fn draft(page: &Page, draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let kind = vocabulary::word(words, Family::Draft, &draft.kind);
    let state = vocabulary::word(words, Family::Decision, &draft.state);
    writeln!(
        out,
        "  {}",
        one_line(&words.fill(
            "show-draft",
            &[
                ("version", &draft.version.to_string()),
                ("kind", &kind),
                ("writer", &draft.writer),
                ("time", &page.time(draft.written_at)),
                ("state", &state),
            ],
        ))
    )?;
    let decided = draft.decided_by.as_deref().map(|by| decided(page, draft, by));
    let fields = [
        ("label-recommendation", Some(draft.recommendation.clone())),
        ("label-rules", Some(draft.rules.clone())),
        ("label-note", Some(draft.note.clone())),
        ("label-wording", Some(draft.wording.clone())),
        ("label-decided", decided),
        ("label-reason", draft.reason.clone()),
    ];
    let fields = fields.map(|(id, text)| (format!("  {}", words.say(id)), text));
    page.pairs(out, &fields)
}

/// Who decided on a draft, named `by`, and when; of a note of the answer bank also that it was decided there.
pub(super) fn decided(page: &Page, draft: &Draft, by: &str) -> String {
    let mut decided = by.to_owned();
    if let Some(at) = draft.decided_at {
        decided.extend([", ", &page.time(at)]);
    }
    if let Some(note) = draft.from_note {
        let note = page.words.fill("decided-in-bank", &[("note", &note.to_string())]);
        decided.extend([" (", &note, ")"]);
    }
    decided
}

fn reply(page: &Page, reply: &Reply, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let purpose = vocabulary::word(words, Family::Purpose, &reply.purpose);
    let is_sent = reply.state == "sent";
    let state = if reply.unconfirmed && is_sent { "unconfirmed" } else { &reply.state };
    let mut fate = vocabulary::word(words, Family::Fate, state);
    if let Some(at) = reply.settled_at {
        fate = format!("{fate} {}", page.time(at));
    }
    if let Some(error) = &reply.error {
        fate = format!("{fate} ({})", vocabulary::unsent(words, error));
    }
    writeln!(out, "  {}, {purpose}: {fate}", page.time(reply.at))?;
    page.block(out, 4, &reply.text)
}

fn step(page: &Page, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let mut text = format!(
        "{}  {}: {}",
        page.time(step.at),
        one_line(&step.actor),
        vocabulary::word(words, Family::Action, &step.action)
    );
    if let Some(to) = step.to.as_ref().filter(|to| step.from.as_ref() != Some(*to)) {
        text.extend([" -> ", &vocabulary::word(words, Family::Stage, to)]);
    }
    let details = details(page, &step.detail);
    if !details.is_empty() {
        text.extend([" (", &details, ")"]);
    }
    page.block(out, 2, &text)
}

/// The further facts of a step that say something to a reader, in a line.
fn details(page: &Page, detail: &Value) -> String {
    let told = facts(page, detail).into_iter().map(|(key, value)| {
        format!("{}: {value}", vocabulary::word(&page.words, Family::Detail, &key))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// A person's own words in a step, or that they are destroyed.
fn words(page: &Page, said: &Value) -> Option<String> {
    match said {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) if fields.contains_key(FINGERPRINT) => {
            Some(page.words.say("show-words-gone"))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

/// The further facts of a step that say something to a reader: their names as they are stored, and what they say.
pub(super) fn facts(page: &Page, detail: &Value) -> Vec<(String, String)> {
    let Value::Object(fields) = detail else { return Vec::new() };
    let told = fields.iter().filter(|(key, _)| !ROW_NUMBERS.contains(&key.as_str())).filter_map(
        |(key, value)| {
            let value = match value {
                Value::String(text) => match key.as_str() {
                    "kategori" => vocabulary::word(&page.words, Family::Category, text),
                    "saluran" | "lewat" => vocabulary::word(&page.words, Family::Way, text),
                    "sebab" => vocabulary::known(&page.words, Family::Reason, text)
                        .unwrap_or_else(|| vocabulary::unsent(&page.words, text)),
                    "tanda" => vocabulary::word(&page.words, Family::Flag, text),
                    "tahap" => vocabulary::word(&page.words, Family::Stage, text),
                    _ => text.clone(),
                },
                Value::Number(number) => number.to_string(),
                Value::Object(_) => words(page, value)?,
                Value::Bool(_) | Value::Null | Value::Array(_) => return None,
            };
            let value = one_line(&value);
            (!value.is_empty()).then(|| (key.clone(), value))
        },
    );
    told.collect()
}

/// A note that is like the ticket; one of another unit cannot be sent for it.
fn note(page: &Page, note: &Note, unit: Option<&String>, out: &mut dyn Write) -> io::Result<()> {
    let mut title = format!("{}. {}", note.id, one_line(&note.matter));
    if let Some(score) = note.score {
        title.extend([", ", &known::likeness(&page.words, score)]);
    }
    if unit.is_some_and(|unit| *unit != note.unit) {
        title.extend([", ", &page.words.fill("show-other-unit", &[("unit", &note.unit)])]);
    }
    writeln!(out, "  {title}")?;
    page.block(out, 5, &note.wording)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;
    use crate::control::protocol::{Joined, Unreachable};

    #[test]
    fn the_promised_day_stands_in_it() {
        let mut file = samples::case();
        file.line.promised_on = chrono::NaiveDate::from_ymd_opt(2026, 12, 1);
        file.line.marks = vec!["promise-over".to_owned()];
        let text = samples::printed(None, |page, out| case(page, &file, out));
        assert!(text.contains("Dijanjikan"), "{text}");
        assert!(text.contains("01-12-2026") && text.contains("LEWAT JANJI"), "{text}");
    }

    #[test]
    fn of_words_that_are_gone_it_says_so() {
        let mut file = samples::case();
        for step in &mut file.trail {
            step.action = "CATATAN".to_owned();
            step.detail = serde_json::json!({ "isi": { "sidik": "9f".repeat(32) }, "utama": null });
        }
        let text = samples::printed(None, |page, out| case(page, &file, out));
        assert!(text.contains("\n    (sudah dimusnahkan)\n"), "{text}");
        assert!(text.contains("isi: (sudah dimusnahkan)") && !text.contains("9f9f"), "{text}");
    }

    #[test]
    fn a_ticket_is_shown_whole() {
        let text = samples::printed(Some(80), |page, out| case(page, &samples::case(), out));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_ticket_is_shown_in_english() {
        let text = samples::printed_in(Language::English, None, |page, out| {
            case(page, &samples::case(), out)
        });
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_came_to_a_joined_ticket_is_told_with_its_number() {
        let mut file = samples::case();
        let messages = file.messages.get(..1).unwrap().to_vec();
        let joined = |text_withheld| Joined {
            number: "P26-00124-8".to_owned(),
            text_withheld,
            messages: messages.clone(),
            give: None,
        };
        file.joined = vec![joined(false)];
        let text = samples::printed(None, |page, out| case(page, &file, out));
        let (_, told) = text.split_once("PESAN PADA TIKET YANG DIGABUNG\n  P26-00124-8\n").unwrap();
        assert!(told.contains("    DISHUB # Lampu lalin Simpang Pasar mati"), "{text}");
        file.joined = vec![joined(true)];
        let text = samples::printed(None, |page, out| case(page, &file, out));
        assert!(text.contains("data spesifik"), "{text}");
    }

    #[test]
    fn why_a_text_did_not_leave_is_told_in_the_readers_language() {
        let mut file = samples::case();
        let tell = |file: &CaseFile, language| {
            samples::printed_in(language, None, |page, out| case(page, file, out))
        };
        let cause = |file: &mut CaseFile, cause: &str| {
            file.replies.first_mut().unwrap().error = Some(cause.to_owned());
            file.trail.first_mut().unwrap().detail = serde_json::json!({ "sebab": cause });
        };
        cause(&mut file, "taken-back");
        let text = tell(&file, Language::Indonesian);
        assert!(text.contains("(ditarik kembali sebelum dikirim)"), "{text}");
        assert!(text.contains("ditarik kembali sebelum dikirim)\n"), "{text}");
        assert!(!text.contains("taken"), "{text}");
        let text = tell(&file, Language::English);
        assert!(text.contains("(taken back before it was sent)"), "{text}");
        // What a modem or a network said is theirs.
        cause(&mut file, "AT+CMGS: +CMS ERROR: 28");
        let text = tell(&file, Language::Indonesian);
        assert_eq!(text.matches("AT+CMGS: +CMS ERROR: 28, nomor tidak dikenal)").count(), 2);
        cause(&mut file, "AT+CMGS: +CMS ERROR: 38123");
        let text = tell(&file, Language::Indonesian);
        assert_eq!(text.matches("AT+CMGS: +CMS ERROR: 38123)").count(), 2, "{text}");
    }

    #[test]
    fn a_detail_that_says_nothing_is_left_out() {
        let mut file = samples::case();
        let step = file.trail.first_mut().unwrap();
        step.detail = serde_json::json!({ "indikasi": "meminta uang", "menyangkut": "" });
        let text = samples::printed(None, |page, out| case(page, &file, out));
        assert!(text.contains("(indikasi: meminta uang)"), "{text}");
    }

    #[test]
    fn a_number_that_cannot_be_reached_is_told_with_its_code() {
        let mut file = samples::case();
        let code = "+CMS ERROR: 1".to_owned();
        file.unreachable = Some(Unreachable { at: file.line.received_at, code });
        file.line.flags.push(crate::desk::reading::UNREACHABLE.to_owned());
        let text = samples::printed(None, |page, out| case(page, &file, out));
        assert!(text.contains("nomor tidak dapat dihubungi"), "{text}");
        assert!(text.contains("(+CMS ERROR: 1)"), "{text}");
    }

    #[test]
    fn of_a_number_that_is_kept_no_longer_is_told_what_became_of_it() {
        for (citizen, words) in
            [("+999000000000000", "dimusnahkan"), ("+999123456789012", "diganti kode")]
        {
            let file = CaseFile { citizen: citizen.to_owned(), ..samples::case() };
            let text = samples::printed(None, |page, out| case(page, &file, out));
            assert!(text.contains(words) && !text.contains("+999"), "{text}");
            assert!(text.contains(": atas permintaan pemohon atau lewat masa simpan)"), "{text}");
        }
    }

    #[test]
    fn of_units_named_together_and_of_a_sealed_case_it_is_said_what_comes_next() {
        let shown = |file: &CaseFile| samples::printed(None, |page, out| case(page, file, out));
        let mut file = samples::case();
        assert!(!shown(&file).contains("--copy"), "an ordinary one");
        file.line.copies = vec!["PUPR".to_owned()];
        assert!(shown(&file).contains("Tembusan"), "{}", shown(&file));
        file.line = samples::undecided_line();
        file.line.named = ["PUPR", "DLH", "DISHUB"].map(str::to_owned).to_vec();
        let text = shown(&file);
        assert!(text.contains("--unit PUPR --copy DLH,DISHUB"), "{text}");
        assert!(!text.contains("Saran SKPD"), "what is named is not suggested as well: {text}");
        file.line.stage = "TERTUTUP_ETIK".to_owned();
        assert!(shown(&file).contains("aduan surat P26-04071-7"), "{}", shown(&file));
    }

    #[test]
    fn no_text_from_outside_steers_the_terminal() {
        let hostile = "x\u{1b}[2J\u{7}\u{9b}1m".to_owned();
        let mut case_file = samples::case();
        case_file.body.clone_from(&hostile);
        case_file.citizen.clone_from(&hostile);
        for message in &mut case_file.messages {
            message.text = Some(hostile.clone());
        }
        for draft in &mut case_file.drafts {
            draft.wording.clone_from(&hostile);
            draft.writer.clone_from(&hostile);
        }
        for reply in &mut case_file.replies {
            reply.text.clone_from(&hostile);
            reply.error = Some(hostile.clone());
        }
        for step in &mut case_file.trail {
            step.actor.clone_from(&hostile);
            step.detail = serde_json::json!({ "sebab": hostile });
        }
        let text = samples::printed(None, |page, out| case(page, &case_file, out));
        assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{text:?}");
    }
}
