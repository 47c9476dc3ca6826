//! What the office knows, as the socket shows it.

use chrono::{DateTime, NaiveDate, Utc};

use super::protocol::{
    Added, Annexed, Blocked, Board, BoardLine, BoardReminder, BoardStage, CaseFile, Done, Draft,
    Event, ExportRow, ExportText, Flood, Give, Held, Hint, Joined, Letter, Line, Note, OpenRow,
    Person, Recap, Received, Register, RegisterRow, Reply, Seal, Step, StepRow, Story, Summary,
    Tell, UnitRow, Unreachable,
};
use crate::complaint::{Flag, never_by_sms};
use crate::desk::bank::Noted;
use crate::desk::cases;
use crate::desk::giving::Given;
use crate::desk::staff::Officer;
use crate::desk::suggesting::{self, Suggestion};
use crate::desk::{
    Office, blocking, board, entering, exporting, flooding, letter, officer, promising, reading,
    recap as figures, standing, story,
};
use crate::masking;
use crate::sms::{Alphabet, foreign, measure, transliterate};
use crate::store::answers::Answer;
use crate::store::drafts;
use crate::store::inbox::Inbound;
use crate::store::outbox::Message;
use crate::store::reminders::Raised;
use crate::store::restores::Open;
use crate::store::tickets::Ticket;
use crate::store::trail::{self, Sealed};
use crate::ticket::{Category, Channel, CloseReason, Role, Stage};

/// Characters of a subject: what a line of a terminal has room for beside number, unit and times.
const SUBJECT_MAX: usize = 60;

pub(super) fn person(officer: &Officer) -> Person {
    Person {
        user: officer.id.as_str().to_owned(),
        name: officer.name.clone(),
        roles: officer.roles.iter().map(|role| role.token().to_owned()).collect(),
    }
}

pub(super) fn held(open: Open) -> Held {
    let Open { restored_at, officer, backup_at, texts } = open;
    Held { texts, restored_at, officer, backup_at }
}

pub(super) fn line(
    ticket: &Ticket,
    (office, officer): (&Office, &Officer),
    now: DateTime<Utc>,
) -> Line {
    let standing = standing::standing(office, ticket, officer, now);
    let unanswered = ticket.answered_at.is_none() && ticket.is_open();
    Line {
        number: ticket.number.to_string(),
        unit: ticket.unit.clone(),
        stage: ticket.stage.token().to_owned(),
        subject: matter(ticket),
        received_at: ticket.received_at,
        due_at: ticket.due_at,
        overdue: standing.overdue,
        left_minutes: standing.left_minutes,
        marks: standing.marks.iter().map(|mark| mark.token().to_owned()).collect(),
        national_due_at: ticket.national_due_at,
        promised_on: promising::kept(ticket),
        answer_due_at: unanswered.then_some(ticket.answer_due_at),
        assignee: ticket.assignee.clone(),
        flags: ticket.flags.clone(),
        suggestions: ticket.suggestions.clone(),
        copies: ticket.copies.clone(),
        named: ticket.named.clone(),
        hint: None,
    }
}

pub(super) fn hinted(line: Line, hint: Option<suggesting::Hint>) -> Line {
    Line { hint: hint.map(masked_hint), ..line }
}

fn masked_hint(hint: suggesting::Hint) -> Hint {
    let suggesting::Hint { note, matter, score } = hint;
    Hint { note, matter: masking::identities(&matter), score }
}

fn suggested(suggestion: Suggestion, today: NaiveDate) -> Note {
    Note { score: Some(suggestion.score), ..note(suggestion.answer, today) }
}

/// The wall, with the modems and the outbox beside it.
pub(super) fn wall(
    office: &Office,
    board: board::Board,
    modems: Vec<(String, String)>,
    outbox: Vec<(String, i64)>,
    now: DateTime<Utc>,
) -> Board {
    let token = |role: Role| role.token().to_owned();
    let lines = |tickets: Vec<(Ticket, standing::Standing)>| -> Vec<BoardLine> {
        let line = |(ticket, standing): (Ticket, standing::Standing)| {
            let role = board::waits_at(office, &ticket);
            BoardLine {
                number: ticket.number.to_string(),
                // Whoever passes by reads it.
                citizen: reading::number_as_seen(&ticket, board::sight(&ticket)),
                unit: ticket.unit,
                stage: ticket.stage.token().to_owned(),
                role: role.map(token),
                assignee: ticket.assignee.filter(|_| role == Some(Role::Member)),
                due_at: ticket.due_at,
                left_minutes: standing.left_minutes,
            }
        };
        tickets.into_iter().map(line).collect()
    };
    let stage = |row: board::Row| BoardStage {
        stage: row.stage.token().to_owned(),
        role: row.role.map(token),
        open: row.open,
        overdue: row.late,
    };
    let reminder = |raised: Raised| BoardReminder {
        at: raised.at,
        number: raised.number.to_string(),
        matter: raised.matter.token().to_owned(),
        stage: raised.stage.token().to_owned(),
    };
    Board {
        at: now,
        open: board.open,
        stages: board.stages.into_iter().map(stage).collect(),
        emergencies: lines(board.emergencies),
        overdue: lines(board.overdue),
        soon: lines(board.soon),
        reminders: board.reminded.into_iter().map(reminder).collect(),
        national_near: board.national.0,
        national_over: board.national.1,
        sealed: board.sealed,
        modems,
        outbox,
    }
}

pub(super) fn case_file(
    file: reading::CaseFile,
    (office, officer): (&Office, &Officer),
    now: DateTime<Utc>,
) -> CaseFile {
    let today = office.calendar.zone().local(now).date_naive();
    let line = line(&file.ticket, (office, officer), now);
    let ticket = file.ticket;
    CaseFile {
        line,
        unit_name: ticket.unit_name,
        citizen: file.citizen,
        unreachable: file.unreachable.map(|mark| Unreachable { at: mark.at, code: mark.code }),
        category: ticket.category.map(Category::token).map(str::to_owned),
        text_withheld: file.text_withheld,
        body: ticket.body,
        certainty: if file.unit_chosen { "assigned".to_owned() } else { ticket.certainty },
        closed_as: ticket.closed_as.map(CloseReason::token).map(str::to_owned),
        answered_at: ticket.answered_at,
        messages: file.messages.into_iter().map(received).collect(),
        joined: file.joined.into_iter().map(joined).collect(),
        drafts: file.drafts.into_iter().map(draft).collect(),
        replies: file.replies.into_iter().map(|message| reply(message, office, now)).collect(),
        trail: file.trail.into_iter().map(step).collect(),
        known: file.known.into_iter().map(|found| suggested(found, today)).collect(),
        channel: ticket.channel.token().to_owned(),
        give: file.give.map(give),
    }
}

pub(super) fn story(
    story: story::Story,
    (office, _): (&Office, &Officer),
    now: DateTime<Utc>,
) -> Story {
    Story {
        number: story.ticket.number.to_string(),
        unit: story.ticket.unit,
        stage: story.ticket.stage.token().to_owned(),
        citizen: story.citizen,
        text_withheld: story.text_withheld,
        people: story.people.iter().map(person).collect(),
        events: story.events.into_iter().map(|told| event(told, office, now)).collect(),
    }
}

/// What happened, with NIK and KK masked: only the opened ticket shows them.
fn event(event: story::Event, office: &Office, now: DateTime<Utc>) -> Event {
    match event {
        story::Event::Received(message) => {
            let text = message.text.as_deref().map(masking::identities);
            Event::Received(Received { text, ..received(message) })
        }
        story::Event::Step(line) => Event::Step(step(line)),
        story::Event::Drafted(version) => Event::Drafted(masked_draft(draft(version))),
        story::Event::Queued(message) => {
            let text = masking::identities(&message.body);
            Event::Queued(Reply { text, ..reply(message, office, now) })
        }
        story::Event::Fate { at, state, purpose, queued_at, error } => {
            Event::Fate { at, state, purpose, queued_at, error }
        }
        story::Event::Opened(access) => {
            Event::Opened { at: access.at, officer: access.officer, action: access.action }
        }
    }
}

fn joined(joined: reading::Joined) -> Joined {
    Joined {
        number: joined.number.to_string(),
        text_withheld: joined.text_withheld,
        messages: joined.messages.into_iter().map(received).collect(),
        give: joined.give.map(give),
    }
}

fn received(message: Inbound) -> Received {
    Received {
        at: message.received_at,
        text: message.text,
        complete: message.complete,
        channel: message.channel.token().to_owned(),
        entered_by: message.entered_by,
    }
}

fn draft(draft: drafts::Draft) -> Draft {
    let content = draft.content;
    Draft {
        version: draft.version,
        kind: content.kind.token().to_owned(),
        recommendation: content.recommendation,
        rules: content.rules,
        note: content.note,
        wording: content.wording,
        writer: content.writer,
        written_at: draft.written_at,
        state: draft.state,
        decided_by: draft.decided_by,
        decided_at: draft.decided_at,
        from_note: content.answer_id,
        reason: draft.reason,
    }
}

fn masked_draft(draft: Draft) -> Draft {
    Draft {
        recommendation: masking::identities(&draft.recommendation),
        rules: masking::identities(&draft.rules),
        note: masking::identities(&draft.note),
        wording: masking::identities(&draft.wording),
        reason: draft.reason.as_deref().map(masking::identities),
        ..draft
    }
}

fn reply(message: Message, office: &Office, now: DateTime<Utc>) -> Reply {
    Reply {
        unconfirmed: standing::is_unconfirmed(office, &message, now),
        at: message.created_at,
        text: message.body,
        purpose: message.purpose,
        state: message.state,
        settled_at: message.settled_at,
        error: message.error,
    }
}

fn step(line: trail::Line) -> Step {
    Step {
        at: line.at,
        actor: line.actor,
        transition: line.transition,
        action: line.action,
        from: line.from,
        to: line.to,
        // Evidence is shown as it is, even if it should not be the JSON that the trail holds.
        detail: masked(
            serde_json::from_str(&line.detail).unwrap_or(serde_json::Value::String(line.detail)),
        ),
    }
}

/// The same with NIK and KK masked in its texts.
fn masked(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) => Value::String(masking::identities(&text)),
        Value::Array(values) => Value::Array(values.into_iter().map(masked).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, masked(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

pub(super) fn note(answer: Answer, today: NaiveDate) -> Note {
    Note {
        id: answer.id,
        valid: answer.is_valid_on(today),
        blanks: answer.blanks().into_iter().map(str::to_owned).collect(),
        proposed_by: answer.proposed_by.filter(|_| answer.approved_by.is_none()),
        used_at: answer.used_at,
        score: None,
        unit: answer.unit,
        matter: masking::identities(&answer.matter),
        wording: masking::identities(&answer.wording),
        valid_until: answer.valid_until,
        uses: answer.uses,
    }
}

pub(super) fn done(done: officer::Done, office: &Office) -> Done {
    let ticket = done.ticket;
    let deciders = match ticket.stage {
        Stage::New if cases::chair_assigns(office, &ticket) => vec![Role::Chair],
        Stage::New => vec![Role::Operator],
        Stage::Approval => office.staff.deciders(&cases::case(office, &ticket)),
        Stage::WaitingCitizen
        | Stage::Analysis
        | Stage::ReadyToSend
        | Stage::Answered
        | Stage::FollowUp
        | Stage::Finished
        | Stage::EthicsClosed
        | Stage::Closed => Vec::new(),
    };
    let with = match ticket.stage {
        Stage::Analysis | Stage::FollowUp => ticket.assignee,
        Stage::New
        | Stage::WaitingCitizen
        | Stage::Approval
        | Stage::ReadyToSend
        | Stage::Answered
        | Stage::Finished
        | Stage::EthicsClosed
        | Stage::Closed => None,
    };
    let size = done.text.as_ref().map(|text| measure(text, office.limits.single_shift));
    Done {
        number: ticket.number.to_string(),
        stage: ticket.stage.token().to_owned(),
        with,
        deciders: deciders.into_iter().map(|role| role.token().to_owned()).collect(),
        never_by_sms: unfit(done.text.as_deref(), &done.give),
        parts: size.map(|size| size.parts),
        foreign: done.text.as_deref().map(|text| costly(text, office)).unwrap_or_default(),
        text: done.text,
        not_before: done.not_before,
        give: done.give.into_iter().map(give).collect(),
        stopped: done.stopped,
        copies: ticket.copies,
        needs_no_copy: done.needs_no_copy,
        notes: done.notes,
    }
}

/// What the texts of a step hold that is not to be asked for in the way that each of them takes, or a link.
fn unfit(text: Option<&str>, give: &[Given]) -> Vec<String> {
    // Whose they are can be asked for where nobody else reads or hears it (procedure.md 12.1).
    let is_spoken = |given: &&Given| matches!(given.channel, Channel::Counter | Channel::Telephone);
    let is_asked_in_person = |token: &String| ["nik", "kk"].contains(&token.as_str());
    let (spoken, written): (Vec<&Given>, Vec<&Given>) = give.iter().partition(is_spoken);
    let texts = text.into_iter().chain(written.into_iter().map(|given| &*given.text));
    let mut held: Vec<String> = texts.flat_map(private).collect();
    let said = spoken.into_iter().flat_map(|given| private(&given.text));
    held.extend(said.filter(|token| !is_asked_in_person(token)));
    let mut told = Vec::with_capacity(held.len());
    for token in held {
        if !told.contains(&token) {
            told.push(token);
        }
    }
    told
}

/// What a text for citizens speaks of that is never asked for by SMS.
fn private(text: &str) -> Vec<String> {
    never_by_sms(text).into_iter().map(str::to_owned).collect()
}

/// What makes a text dear: one character outside of the SMS alphabet, and all of it leaves as UCS-2, at more than double the price.
fn costly(text: &str, office: &Office) -> String {
    // As it leaves.
    let text = transliterate(text);
    match measure(&text, office.limits.single_shift).alphabet {
        Alphabet::Ucs2 => foreign(&text).into_iter().collect(),
        Alphabet::Gsm7 | Alphabet::National(_) => String::new(),
    }
}

/// What whoever puts a note into the bank should know of its wording.
pub(super) fn noted(noted: &Noted, office: &Office) -> Tell {
    Tell::Noted {
        note: noted.note,
        proposed: !noted.approved,
        never_by_sms: private(&noted.wording),
        foreign: costly(&noted.wording, office),
        specific: noted.specific,
    }
}

pub(super) fn letter(letter: letter::Letter, office: &Office) -> Letter {
    let ticket = letter.ticket;
    Letter {
        number: ticket.number.to_string(),
        handed_over: letter.handed_over,
        letterhead: office.letterhead.lines.clone(),
        place: office.letterhead.place.clone(),
        zone: office.calendar.zone().letters().to_owned(),
        body: letter.known.body,
        letter: letter.known.letter,
        date: letter.known.date,
        received_at: ticket.received_at,
        channel: ticket.channel.token().to_owned(),
        unit: ticket.unit,
        unit_name: ticket.unit_name,
        indication: letter.indication,
        named: letter.named,
        citizen: letter.citizen,
        text: letter.text,
        later: letter.later.into_iter().map(received).collect(),
        joined: letter.joined.into_iter().map(annexed).collect(),
        national_due_at: ticket.national_due_at,
        signer: letter.signer,
        signer_role: letter.signer_role.token().to_owned(),
    }
}

fn annexed(joined: letter::Joined) -> Annexed {
    Annexed {
        number: joined.ticket.number.to_string(),
        received_at: joined.ticket.received_at,
        channel: joined.ticket.channel.token().to_owned(),
        citizen: joined.citizen,
        text: joined.text,
        later: joined.later.into_iter().map(received).collect(),
    }
}

fn give(given: Given) -> Give {
    let Given { number, channel, text, link, owed } = given;
    Give { number, channel: channel.token().to_owned(), text, link, owed }
}

pub(super) fn blocked(blocked: blocking::Blocked) -> Blocked {
    let blocking::Blocked { citizen, block } = blocked;
    Blocked {
        citizen,
        until: block.until,
        reason: block.reason,
        officer: block.officer,
        at: block.blocked_at,
        messages: block.messages,
    }
}

pub(super) fn flood(flood: flooding::Flooding) -> Flood {
    Flood {
        citizen: flood.citizen,
        messages: flood.messages,
        since: flood.since,
        last_at: flood.last_at,
        number: flood.ticket.map(|number| number.to_string()),
        subject: outline(&flood.text.unwrap_or_default()),
    }
}

pub(super) fn added(added: entering::Added) -> Added {
    let ticket = added.ticket.as_ref();
    Added {
        outcome: added.outcome.token().to_owned(),
        reason: added.reason.to_owned(),
        number: ticket.map(|ticket| ticket.number.to_string()),
        stage: ticket.map(|ticket| ticket.stage.token().to_owned()),
        text: added.text,
        link: added.link,
        by_sms: added.by_sms,
    }
}

pub(super) fn recap(recap: figures::Recap, office: &Office, now: DateTime<Utc>) -> Recap {
    Recap {
        month: recap.month.name(),
        office: office.name.clone(),
        period: recap.month.days(),
        zone: office.calendar.zone().letters().to_owned(),
        counted_at: now,
        summary: summary(&recap.summary),
        units: recap
            .units
            .into_iter()
            .map(|(code, (name, counts))| unit_row(code, name, &counts))
            .collect(),
        categories: recap
            .categories
            .into_iter()
            .map(|(token, count)| (token.to_owned(), count))
            .collect(),
        steps: recap.steps.iter().map(step_row).collect(),
        open: recap.open.into_iter().map(open_row).collect(),
        received: recap.received,
        sent: recap.sent,
        sealed: recap.sealed,
        satisfaction: recap.satisfaction,
        channels: recap.channels,
        given: recap.given,
        seal: recap.seal.map(|Sealed { id, at, seal }| Seal { row: id, at, seal }),
        register: recap.register.map(register),
        corrections: Vec::new(),
        signing: None,
    }
}

fn register(register: figures::Register) -> Register {
    let row = |entry: figures::Entry| RegisterRow {
        number: entry.number,
        received_at: entry.received_at,
        channel: entry.channel.token().to_owned(),
        unit: entry.unit,
        copies: entry.copies,
        subject: outline(&entry.body),
        holds_otp: entry.holds_otp,
        category: entry.category.map(|category| category.token().to_owned()),
        answer: entry.answer.as_deref().map(outline),
        answered_at: entry.answered_at,
        minutes: entry.minutes,
        on_time: entry.on_time,
        stage: entry.stage.token().to_owned(),
        closed_as: entry.closed_as.map(|reason| reason.token().to_owned()),
    };
    Register {
        entries: register.entries.into_iter().map(row).collect(),
        sealed: register.sealed,
        made_at: None,
    }
}

fn summary(counts: &figures::Counts) -> Summary {
    Summary {
        opening: counts.opening,
        received: counts.received,
        reopened: counts.reopened,
        finished: counts.finished,
        closed: counts
            .closed
            .iter()
            .map(|(reason, count)| ((*reason).to_owned(), *count))
            .collect(),
        closing: counts.closing,
        answered: counts.answered,
        on_time: counts.on_time,
        overdue: counts.overdue,
        median_minutes: counts.median(),
        mean_minutes: counts.mean(),
    }
}

fn unit_row(code: String, name: String, counts: &figures::Counts) -> UnitRow {
    UnitRow {
        code,
        name,
        opening: counts.opening,
        received: counts.received,
        reopened: counts.reopened,
        answered: counts.answered,
        finished: counts.finished,
        closed: counts.closed_in_all(),
        closing: counts.closing,
        on_time: counts.on_time,
        mean_minutes: counts.mean(),
    }
}

fn step_row(step: &figures::Step) -> StepRow {
    StepRow {
        row: step.row.to_owned(),
        standard: step.standard,
        measured: step.measured,
        within: step.within,
        longest: step.longest,
    }
}

fn open_row(open: figures::Open) -> OpenRow {
    OpenRow {
        number: open.number,
        received_at: open.received_at,
        unit: open.unit,
        stage: open.stage.token().to_owned(),
        age_days: open.age_days,
        overdue: open.overdue,
    }
}

/// The complaints of a period.
pub(super) fn exported(exported: exporting::Exported) -> Tell {
    let text = |text: exporting::Text| ExportText { at: text.at, text: text.text };
    let row = |complaint: exporting::Complaint| {
        let exporting::Complaint { ticket, holds_otp, texts, answers } = complaint;
        ExportRow {
            number: ticket.number.to_string(),
            received_at: ticket.received_at,
            channel: ticket.channel.token().to_owned(),
            category: ticket.category.map(|category| category.token().to_owned()),
            subject: if holds_otp { String::new() } else { outline(&ticket.body) },
            holds_otp,
            texts: texts.into_iter().map(text).collect(),
            secret: ticket.flags.iter().any(|flag| flag == Flag::Secret.token()),
            stage: ticket.stage.token().to_owned(),
            closed_as: ticket.closed_as.map(|reason| reason.token().to_owned()),
            answered_at: ticket.answered_at,
            answers: answers.into_iter().map(text).collect(),
            national_due_at: ticket.national_due_at,
            unit: ticket.unit,
            unit_name: ticket.unit_name,
        }
    };
    let (from, to) = exported.days;
    Tell::Exported {
        from,
        to,
        complaints: exported.complaints.into_iter().map(row).collect(),
        specific: exported.specific,
        unsorted: exported.unsorted,
        more: exported.more,
    }
}

/// What a list tells of a complaint: nothing of one with a one-time code, which only whoever opens it reads (procedure.md section 11).
fn matter(ticket: &Ticket) -> String {
    let holds_otp = ticket.flags.iter().any(|flag| flag == Flag::Otp.token());
    if holds_otp { String::new() } else { subject(&ticket.body) }
}

/// The first words of a body on one line, without what would upset a terminal, NIK and KK masked.
fn subject(body: &str) -> String {
    // Masked before it is cut: half of a NIK would no longer look like one.
    shortened(masking::identities(&in_one_line(body)))
}

/// The same for paper, which leaves the office: telephone numbers are masked too.
fn outline(text: &str) -> String {
    shortened(masking::numbers(&in_one_line(text)))
}

fn in_one_line(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|character| is_printable(*character)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Neither a control character nor an invisible one that turns or joins the text around it.
fn is_printable(character: char) -> bool {
    !character.is_control() && !masking::is_invisible(character)
}

fn shortened(line: String) -> String {
    if line.chars().count() <= SUBJECT_MAX {
        return line;
    }
    let head: String = line.chars().take(SUBJECT_MAX - 1).collect();
    // Between words, unless one word fills more than half of the line.
    let cut = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    let (kept, _) = head.split_at(cut);
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_short_line() {
        assert_eq!(
            subject("Lampu\r\nmati \u{1b}[31m\u{202e} sejak\tSenin"),
            "Lampu mati [31m sejak Senin"
        );
        let long = subject(&"jalan berlubang ".repeat(20));
        assert_eq!(long, "jalan berlubang jalan berlubang jalan berlubang jalan…");
        assert_eq!(subject(&"a".repeat(200)).chars().count(), SUBJECT_MAX);
        assert_eq!(subject("\u{200b} \n"), "");
    }

    #[test]
    fn nik_and_kk_are_masked_however_they_are_written() {
        assert_eq!(subject("KTP 3201234567890123 belum jadi"), "KTP 3201********0123 belum jadi");
        assert_eq!(subject("3201 2345-6789.0123"), "3201 ****-****.0123");
        assert_eq!(subject("nik:3201234567\u{200b}890123"), "nik:3201********0123");
        assert_eq!(subject("telepon 081234567890, RT 05"), "telepon 081234567890, RT 05");
    }

    #[test]
    fn a_hint_names_nobody() {
        let matter = "lampu NIK 3201234567890123".to_owned();
        let told = masked_hint(suggesting::Hint { note: 1, matter, score: 70 });
        assert_eq!(told.matter, "lampu NIK 3201********0123");
    }

    #[test]
    fn on_paper_telephone_numbers_are_masked_too() {
        assert_eq!(outline("hubungi\n0812-3456-7890 \u{1b}ya"), "hubungi 0812-****-*890 ya");
        assert_eq!(outline("NIK 3201234567890123"), "NIK 3201********0123");
    }

    #[test]
    fn a_nik_at_the_cut_does_not_come_out_in_half() {
        let body = format!("{} 3201234567890123", "x".repeat(45));
        assert!(!subject(&body).contains("32012"), "{}", subject(&body));
    }
}
