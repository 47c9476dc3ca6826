//! The story of a ticket: everything in the order of time, and for whom.

use super::fixture::{ANNA, Bench, person, refused, staff};
use super::{mark, restrict_naming};
use crate::desk::privacy::Mark;
use crate::desk::story::{self, Event, Story};
use crate::desk::{Error, reading};
use crate::ticket::Role;

fn told(bench: &Bench, number: &str, user: &str) -> Result<Story, Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| story::tell(tx, office, who, &number, now))
}

/// What happened, in words.
fn course(story: &Story) -> Vec<String> {
    let word = |event: &Event| match event {
        Event::Received(_) => "received".to_owned(),
        Event::Step(line) => line.action.clone(),
        Event::Drafted(draft) => format!("draft {}", draft.content.wording),
        Event::Queued(message) => format!("queued {}", message.purpose),
        Event::Fate { state, purpose, .. } => format!("{purpose} {state}"),
        Event::Opened(access) => format!("{} {}", access.officer, access.action),
    };
    story.events.iter().map(word).collect()
}

#[test]
fn everything_is_told_in_the_order_of_time_with_who_looked() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    bench.carry();
    bench.minutes(5);
    bench.assign(&number).unwrap();
    bench.minutes(5);
    bench.propose(&number, "budi", "Lampu diganti.").unwrap();
    bench.minutes(5);
    bench.approve(&number, "ratna").unwrap();
    told(&bench, &number, "ratna").unwrap();
    bench.minutes(5);
    bench.send(&number, "sari").unwrap();
    bench.minutes(1);
    bench.carry();
    let story = told(&bench, &number, "ratna").unwrap();
    let course = course(&story);
    let order = [
        "received",
        "MASUK",
        "queued acknowledgement",
        "acknowledgement sent",
        "DISPOSISI",
        "USUL",
        "draft Lampu diganti.",
        "SETUJU",
        "ratna audit",
        "KIRIM",
        "queued answer",
        "answer sent",
        "ratna audit",
    ];
    let mut rest = course.iter();
    for wanted in order {
        assert!(rest.any(|found| found == wanted), "{wanted} is missing, or too early: {course:?}");
    }
    assert!(story.events.is_sorted_by_key(|event| match event {
        Event::Received(message) => message.received_at,
        Event::Step(line) => line.at,
        Event::Drafted(draft) => draft.written_at,
        Event::Queued(message) => message.created_at,
        Event::Fate { at, .. } => *at,
        Event::Opened(access) => access.at,
    }));
    let people: Vec<&str> = story.people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(people, ["budi", "ratna", "sari"]);
    assert!(story.citizen.contains("081200000001"), "{}", story.citizen);
}

#[test]
fn it_is_told_to_whoever_may_read_the_ticket_and_numbers_are_masked_as_there() {
    let mut people = staff();
    people.push(person("dina", &[Role::Member], &["DISDIK"]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    for user in ["sari", "budi", "wati", "ratna", "hadi"] {
        let story = told(&bench, &number, user).unwrap();
        let whole = ["sari", "ratna"].contains(&user);
        let digits = ANNA.trim_start_matches('0');
        assert_eq!(story.citizen.contains(digits), whole, "{user}: {}", story.citizen);
        assert_eq!(format!("{:?}", story.events).contains(digits), whole, "{user}");
    }
    // Of another unit, and technical: for them there is no such ticket.
    for user in ["dina", "joko"] {
        assert_eq!(refused(told(&bench, &number, user)), "NO_SUCH_TICKET", "{user}");
    }
}

#[test]
fn on_the_closed_path_it_is_told_to_the_entitled_only() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &[]).unwrap();
    for user in ["sari", "budi", "joko"] {
        assert_eq!(refused(told(&bench, &number, user)), "NO_SUCH_TICKET", "{user}");
    }
    for user in ["ratna", "hadi"] {
        assert!(
            course(&told(&bench, &number, user).unwrap()).contains(&"JALUR_TERTUTUP".to_owned())
        );
    }
}

#[test]
fn of_specific_data_the_story_tells_what_was_done_and_nothing_of_what_was_said() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    mark(&bench, &number, Mark::Specific);
    bench.propose(&number, "budi", "Lampu diganti.").unwrap();
    for (user, reads) in
        [("sari", true), ("budi", true), ("ratna", true), ("wati", false), ("hadi", false)]
    {
        let story = told(&bench, &number, user).unwrap();
        assert_eq!(story.text_withheld, !reads, "{user}");
        let events = format!("{:?}", story.events);
        for words in ["Lampu", "DISHUB", "Terima kasih"] {
            assert_eq!(events.contains(words), reads, "{user} {words}: {events}");
        }
        assert!(course(&story).contains(&"DISPOSISI".to_owned()), "{user}");
    }
    // Whoever decides on the draft reads it, and nothing else.
    super::turn(&bench, &number, "ratna", "anggaran", crate::desk::turning::escalate).unwrap();
    let course = course(&told(&bench, &number, "hadi").unwrap());
    assert!(course.contains(&"draft Lampu diganti.".to_owned()), "{course:?}");
}

#[test]
fn who_asked_for_secrecy_is_nobody_in_the_story_for_others_than_petugas_and_ketua() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    mark(&bench, &number, Mark::Secret);
    for (user, shown) in
        [("sari", ANNA), ("ratna", ANNA), ("budi", reading::SECRET), ("hadi", reading::SECRET)]
    {
        assert_eq!(told(&bench, &number, user).unwrap().citizen, shown, "{user}");
    }
}
