//! `aduan audit show`: what happened to a ticket, in sentences, in the order of time.

use std::io::{self, Write};

use chrono::{DateTime, Utc};

use super::show::{citizen, decided, facts, is_destroyed};
use super::terminal::{Page, one_line};
use super::vocabulary::{self, Family};
use crate::control::protocol::{Draft, Event, Person, Received, Step, Story};

/// Who acts where it is nobody of the office.
const OTHERS: [&str; 2] = ["pemohon", "sistem"];

/// The story of a ticket.
///
/// # Errors
/// What writing fails with.
pub fn story(page: &Page, story: &Story, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let stage = vocabulary::word(words, Family::Stage, &story.stage);
    let unit = story.unit.as_deref().map_or_else(|| "-".to_owned(), one_line);
    let (number, citizen) = (one_line(&story.number), one_line(&citizen(page, &story.citizen)));
    let values =
        [("number", number.as_str()), ("unit", &unit), ("stage", &stage), ("citizen", &citizen)];
    writeln!(out, "{}\n", words.fill("story-head", &values))?;
    if story.text_withheld {
        page.block(out, 0, &words.say("show-withheld"))?;
        writeln!(out)?;
    }
    for event in &story.events {
        tell(page, story, event, out)?;
    }
    Ok(())
}

fn tell(page: &Page, story: &Story, event: &Event, out: &mut dyn Write) -> io::Result<()> {
    let (words, people) = (&page.words, &story.people);
    match event {
        Event::Received(message) => {
            sentence(page, message.at, &came(page, people, message), out)?;
            match &message.text {
                Some(text) => page.block(out, 4, text),
                None if story.text_withheld || is_destroyed(&story.citizen) => Ok(()),
                None => writeln!(out, "    {}", words.say("show-unreadable")),
            }
        }
        Event::Step(step) => sentence(page, step.at, &stepped(page, people, step), out),
        Event::Drafted(draft) => drafted(page, people, draft, out),
        Event::Queued(reply) => {
            let purpose = vocabulary::word(words, Family::Purpose, &reply.purpose);
            sentence(page, reply.at, &words.fill("story-queued", &[("purpose", &purpose)]), out)?;
            page.block(out, 4, &reply.text)
        }
        Event::Fate { at, state, purpose, queued_at, error } => {
            let purpose = vocabulary::word(words, Family::Purpose, purpose);
            let fate = vocabulary::word(words, Family::Fate, state);
            let queued = page.short_time(*queued_at);
            let values = [("purpose", purpose.as_str()), ("time", &queued), ("fate", &fate)];
            let mut text = words.fill("story-fate", &values);
            if let Some(error) = error {
                text.extend([" (", &vocabulary::unsent(words, error), ")"]);
            }
            sentence(page, *at, &text, out)
        }
        Event::Opened { at, officer, action } => {
            let who = person(page, people, officer);
            let id = match action.as_str() {
                "show" => "story-opened",
                "audit" => "story-audited",
                _ => "story-used",
            };
            let action = vocabulary::word(words, Family::Access, action);
            let text = words.fill(id, &[("who", &who), ("action", &action)]);
            sentence(page, *at, &text, out)
        }
    }
}

/// That a message came; of one that no modem received also how, and who entered it.
fn came(page: &Page, people: &[Person], message: &Received) -> String {
    let words = &page.words;
    match &message.entered_by {
        Some(officer) => {
            let channel = vocabulary::word(words, Family::Way, &message.channel);
            let who = person(page, people, officer);
            words.fill("story-received-entered", &[("channel", &channel), ("who", &who)])
        }
        None if message.complete => words.say("story-received"),
        None => words.say("story-received-incomplete"),
    }
}

/// `Selasa 24-11-2026 08.00 WIB — …`
fn sentence(page: &Page, at: DateTime<Utc>, text: &str, out: &mut dyn Write) -> io::Result<()> {
    page.block(out, 0, &format!("{} — {}", page.long_time(at), one_line(text)))
}

/// A person as colleagues know one: `Sari Wulandari (Petugas SMS)`.
fn person(page: &Page, people: &[Person], account: &str) -> String {
    if OTHERS.contains(&account) {
        return page.words.say(&format!("story-{account}"));
    }
    match people.iter().find(|person| person.user == account) {
        Some(person) => {
            let roles = vocabulary::list(&page.words, Family::Role, &person.roles);
            format!("{} ({roles})", one_line(&person.name))
        }
        None => one_line(account),
    }
}

/// A row of the trail: who did what, the further facts that the sentence does not name, and where the ticket is now.
fn stepped(page: &Page, people: &[Person], step: &Step) -> String {
    let words = &page.words;
    let facts: Vec<(String, String)> = facts(page, &step.detail)
        .into_iter()
        .map(|(key, text)| {
            if !["anggota", "menyangkut"].contains(&key.as_str()) {
                return (key, text);
            }
            let names = text.split(' ').map(|account| person(page, people, account));
            let names: Vec<String> = names.collect();
            (key, names.join(", "))
        })
        .collect();
    let id = format!("told-{}", step.action);
    let filled = |left_out: Option<&str>| {
        let values: Vec<(&str, &str)> = facts
            .iter()
            .filter(|(key, _)| Some(key.as_str()) != left_out)
            .map(|(key, text)| (key.as_str(), text.as_str()))
            .collect();
        words.fill(&id, &values)
    };
    let whole = filled(None);
    // A step of another version, or one without what its sentence speaks of, is told in two words and with its facts.
    let has_sentence = words.find(&id).is_some() && !whole.contains("{$");
    let (told, rest): (String, Vec<&(String, String)>) = if has_sentence {
        let rest = facts.iter().filter(|(key, _)| filled(Some(key)) == whole).collect();
        (format!("{} {whole}", person(page, people, &step.actor)), rest)
    } else {
        let action = vocabulary::word(words, Family::Action, &step.action);
        (format!("{}: {action}", person(page, people, &step.actor)), facts.iter().collect())
    };
    let mut text = told;
    if !rest.is_empty() {
        let rest: Vec<String> = rest
            .iter()
            .map(|(key, text)| format!("{}: {text}", vocabulary::word(words, Family::Detail, key)))
            .collect();
        text.extend([" (", &rest.join(", "), ")"]);
    }
    text.push('.');
    if let Some(to) = step.to.as_ref().filter(|to| step.from.as_ref() != Some(*to)) {
        let stage = vocabulary::word(words, Family::Stage, to);
        text.extend([" ", &words.fill("story-stage", &[("stage", &stage)])]);
    }
    text
}

fn drafted(page: &Page, people: &[Person], draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let writer = person(page, people, &draft.writer);
    let kind = vocabulary::word(words, Family::Draft, &draft.kind);
    let version = draft.version.to_string();
    let values = [("who", writer.as_str()), ("version", &version), ("kind", &kind)];
    sentence(page, draft.written_at, &words.fill("story-drafted", &values), out)?;
    let fields = [
        ("label-recommendation", &draft.recommendation),
        ("label-rules", &draft.rules),
        ("label-note", &draft.note),
        ("label-wording", &draft.wording),
    ];
    let mut fields: Vec<(String, Option<String>)> = fields
        .map(|(id, text)| (format!("  {}", words.say(id)), Some(text.clone())))
        .into_iter()
        .collect();
    // Any other decision is a step of its own.
    if draft.from_note.is_some() {
        let by = draft.decided_by.as_deref().map(|by| person(page, people, by));
        let decided = by.map(|by| decided(page, draft, &by));
        fields.push((format!("  {}", words.say("label-decided")), decided));
    }
    page.pairs(out, &fields)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;
    use crate::cli::words::Words;

    fn sample() -> Story {
        let case = samples::case();
        let person = |user: &str, name: &str, role: &str| Person {
            user: user.to_owned(),
            name: name.to_owned(),
            roles: vec![role.to_owned()],
        };
        let handed_over = Step {
            at: samples::at(24, 2, 0),
            actor: "ratna".to_owned(),
            transition: Some(8),
            action: "DITERUSKAN".to_owned(),
            from: Some("TERTUTUP_ETIK".to_owned()),
            to: Some("DITUTUP".to_owned()),
            detail: json!({ "kepada": "Inspektorat", "surat": "700/12", "tanggal": "2026-11-24" }),
        };
        let unknown = Step { action: "LANGKAH_BARU".to_owned(), ..handed_over.clone() };
        let mut events: Vec<Event> = case.messages.into_iter().map(Event::Received).collect();
        events.extend(case.trail.into_iter().map(Event::Step));
        events.extend(case.drafts.into_iter().map(Event::Drafted));
        events.extend(case.replies.into_iter().map(Event::Queued));
        events.extend([
            Event::Fate {
                at: samples::at(24, 1, 1),
                state: "failed".to_owned(),
                purpose: "answer".to_owned(),
                queued_at: samples::at(24, 1, 0),
                error: Some("+CMS ERROR: 1".to_owned()),
            },
            Event::Opened {
                at: samples::at(24, 1, 10),
                officer: "sari".to_owned(),
                action: "show".to_owned(),
            },
            Event::Step(handed_over),
            Event::Step(unknown),
        ]);
        Story {
            number: case.line.number,
            unit: case.line.unit,
            stage: case.line.stage,
            citizen: case.citizen,
            text_withheld: false,
            people: vec![
                person("sari", "Sari Wulandari", "petugas"),
                person("budi", "Budi Santoso", "anggota"),
            ],
            events,
        }
    }

    #[test]
    fn the_story_is_told_in_sentences() {
        insta::assert_snapshot!(samples::printed(None, |page, out| story(page, &sample(), out)));
    }

    #[test]
    fn the_story_is_told_in_english() {
        let text = samples::printed_in(Language::English, Some(80), |page, out| {
            story(page, &sample(), out)
        });
        insta::assert_snapshot!(text);
    }

    #[test]
    fn of_what_was_entered_it_is_told_how_it_came_and_who_entered_it() {
        let received = |entered_by: Option<&str>| {
            let entered_by = entered_by.map(str::to_owned);
            let messages = samples::case().messages.into_iter().map(|message| {
                let channel = if entered_by.is_some() { "WA" } else { "SMS" }.to_owned();
                Event::Received(Received { channel, entered_by: entered_by.clone(), ..message })
            });
            let told = Story { events: messages.collect(), ..sample() };
            samples::printed(None, |page, out| story(page, &told, out))
        };
        let told = received(Some("sari"));
        let line = "Pesan dari pemohon lewat WhatsApp, dicatat Sari Wulandari (petugas SMS):";
        assert!(told.to_lowercase().contains(&line.to_lowercase()), "{told}");
        assert!(!received(None).contains("dicatat"));
    }

    #[test]
    fn of_an_answer_from_the_bank_it_is_told_who_approved_the_note_and_when() {
        let text = |from_note| {
            let drafts = samples::case().drafts.into_iter().map(|draft| {
                let by = Some("budi".to_owned());
                let decided_at = Some(samples::at(20, 3, 0));
                Event::Drafted(Draft { from_note, decided_by: by, decided_at, ..draft })
            });
            let told = Story { events: drafts.collect(), ..sample() };
            samples::printed(None, |page, out| story(page, &told, out))
        };
        let told = text(Some(7));
        assert!(told.contains("Budi Santoso (anggota), Jum 20-11-2026 10.00"), "{told}");
        assert!(told.contains("(catatan jawaban 7)"), "{told}");
        assert!(!text(None).contains("Diputuskan"), "its decision is a step of its own");
    }

    #[test]
    fn every_action_that_has_a_word_has_a_sentence() {
        let text = include_str!("texts/id.ftl");
        let actions: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("action-"))
            .filter_map(|line| line.split_once(" =").map(|(action, _)| action))
            .collect();
        assert!(actions.len() > 35, "{}", actions.len());
        for language in Language::ALL {
            let words = Words::new(language);
            for action in &actions {
                assert!(words.find(&format!("told-{action}")).is_some(), "{action} {language:?}");
            }
        }
    }

    #[test]
    fn no_text_from_outside_steers_the_terminal() {
        let hostile = "x\u{1b}[2J\u{7}\u{9b}1m".to_owned();
        let mut sample = sample();
        sample.citizen.clone_from(&hostile);
        for person in &mut sample.people {
            person.name.clone_from(&hostile);
        }
        for event in &mut sample.events {
            match event {
                Event::Received(message) => message.text = Some(hostile.clone()),
                Event::Step(step) => step.detail = json!({ "sebab": hostile, "anggota": hostile }),
                Event::Drafted(draft) => draft.wording.clone_from(&hostile),
                Event::Queued(reply) => reply.text.clone_from(&hostile),
                Event::Fate { error, .. } => *error = Some(hostile.clone()),
                Event::Opened { officer, .. } => officer.clone_from(&hostile),
            }
        }
        let text = samples::printed(None, |page, out| story(page, &sample, out));
        assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{text:?}");
    }
}
