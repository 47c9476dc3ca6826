//! The task of a modem dies by a fault of the program: it is started again and counted, and what it had in hand is neither
//! lost nor doubled.
//!
//! No fault is known that could be provoked, and none is built in for tests: the log is what dies. Each command is logged by
//! the task before it is written, and a subscriber that panics there panics the task.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aduan::number::TicketNumber;
use aduan::simulator::{Faults, Mishap, ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use aduan::sms::{self, Address, Optional, Scts, StatusReport, encode_smsc};
use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::{CARD, CENTRE, Desk, Gateway, Office, outbox};

const PHONE: &str = "+6281234567890";
const OTHER_CARD: &str = "+6281100000002";

/// Who is to die, at which word of the log, and how often. All tests of a program share one log: names tell them apart.
static DOOMED: Mutex<Vec<Doom>> = Mutex::new(Vec::new());

struct Doom {
    modem: String,
    word: String,
    times: u32,
}

/// The next `times` times that the task of this modem logs a command or a message of these words, it dies of it.
pub fn dies_at(modem: &str, word: &str, times: u32) {
    let doom = Doom { modem: modem.to_owned(), word: word.to_owned(), times };
    DOOMED.lock().unwrap_or_else(PoisonError::into_inner).push(doom);
}

/// It lives from now on; how many deaths were left to it, of one kind at most.
pub fn is_spared(modem: &str) -> u32 {
    let mut doomed = DOOMED.lock().unwrap_or_else(PoisonError::into_inner);
    let left = doomed.iter().filter(|doom| doom.modem == modem).map(|doom| doom.times).max();
    doomed.retain(|doom| doom.modem != modem);
    left.unwrap_or(0)
}

/// Gives a modem another name in the configuration, by which it may die once the office is open.
pub fn call(office: &Office, from: &str, to: &str) {
    let log = tracing_subscriber::registry().with(Reaper);
    // Another test of the same program may have been the first.
    let _ = tracing::subscriber::set_global_default(log);
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    let named = settings.replace(&format!("name = \"{from}\""), &format!("name = \"{to}\""));
    assert_ne!(settings, named);
    std::fs::write(&file, named).unwrap();
}

struct Reaper;

/// The name in a modem's span.
struct Named(String);

/// What a log entry says: its message and the command.
#[derive(Default)]
struct Words(Vec<(&'static str, String)>);

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }
}

impl Words {
    fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str())
    }
}

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for Reaper {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut words = Words::default();
        attributes.record(&mut words);
        if let (Some(span), Some(name)) = (context.span(id), words.find("name")) {
            span.extensions_mut().insert(Named(name.to_owned()));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(modem) = context
            .event_span(event)
            .and_then(|span| span.extensions().get::<Named>().map(|Named(name)| name.clone()))
        else {
            return;
        };
        let mut words = Words::default();
        event.record(&mut words);
        let said = [words.find("command"), words.find("message")];
        let dies = {
            let mut doomed = DOOMED.lock().unwrap_or_else(PoisonError::into_inner);
            doomed
                .iter_mut()
                .find(|doom| {
                    doom.times > 0 && doom.modem == modem && said.contains(&Some(&doom.word))
                })
                .map(|doom| doom.times -= 1)
                .is_some()
        };
        assert!(!dies, "the task of {modem} dies at {said:?}");
    }
}

const DOOMED_MODEM: usize = 1;

/// Two modems; the second one has this name and the route of 0812.
async fn beside_another(name: &str, sending: &str, network: NetworkOptions) -> Gateway {
    let office = Office::with_modems(2).sending(sending).modem("routes = [\"0812\"]").hasty();
    call(&office, "modem-2", name);
    let modems = [CARD, OTHER_CARD].into_iter().enumerate();
    let modems =
        modems.map(|(at, card)| ModemSetup::new(office.home.port(at), SimCard::new(card, CENTRE)));
    let setup = Setup { network, modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    all_ready(&gateway.desk()).await;
    gateway
}

async fn all_ready(desk: &Desk<'_>) {
    let ready = |modem: &Value| modem["state"] == "ready";
    desk.status_until(|status| status["modems"].as_array().unwrap().iter().all(ready)).await;
}

/// It has died so often and the other one never; both are in service, and the other one has been all the time.
async fn has_died(gateway: &Gateway, name: &str, times: u64) {
    let desk = gateway.desk();
    desk.until(&["modem", "info", name], |info| info["modem"]["crashes"] == times).await;
    all_ready(&desk).await;
    assert_eq!(is_spared(name), 0, "deaths that were not died");
    let other = desk.tell("sari", &["modem", "info", "modem-1"]).await;
    assert_eq!(other["modem"]["crashes"], 0, "{other:#}");
    assert!(other["modem"]["last_error"].is_null(), "{other:#}");
    let output = desk.aduan("sari", &["--lang", "id", "modem", "info", name]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("Galat program") && text.contains(&format!("{times} kali")), "{text}");
}

/// An approved answer to this phone, ready to be sent; its ticket.
async fn approved(gateway: &Gateway) -> String {
    gateway.simulation.text(PHONE, OTHER_CARD, "DISHUB # lampu mati").unwrap();
    let receipt = gateway.next_message().await;
    let number = TicketNumber::find_in(&receipt.text).expect(&receipt.text).to_string();
    let desk = gateway.desk();
    desk.tell("sari", &["assign", &number, "--category", "pengaduan"]).await;
    let draft =
        ["--recommendation", "a", "--rules", "b", "--note", "c", "--wording", "Sudah beres."];
    desk.tell("budi", &[&["propose", number.as_str()], &draft[..]].concat()).await;
    desk.tell("ratna", &["approve", &number]).await;
    number
}

fn answers(gateway: &Gateway) -> usize {
    let texts = gateway.simulation.phone(PHONE);
    texts.iter().filter(|text| text.text.starts_with("Jawaban")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_reads_and_frees_when_it_dies_is_one_ticket_and_one_receipt() {
    const NAME: &str = "dies-reading";
    let gateway = beside_another(NAME, "other_sim_after = \"1h\"", NetworkOptions::instant()).await;
    dies_at(NAME, "AT+CMGR", 1);
    dies_at(NAME, "AT+CMGD", 2);
    gateway.simulation.text(PHONE, OTHER_CARD, "DISHUB # lampu mati").unwrap();
    has_died(&gateway, NAME, 3).await;
    gateway.settled(1).await;
    assert_eq!(gateway.simulation.phone(PHONE).len(), 1);
    let stored = gateway.simulation.with_modem(DOOMED_MODEM, |modem, _| modem.stored("MT"));
    assert_eq!(stored, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_it_has_taken_and_not_offered_goes_back_to_the_queue_and_leaves_once() {
    const NAME: &str = "dies-before-the-offer";
    let gateway = beside_another(NAME, "other_sim_after = \"1h\"", NetworkOptions::instant()).await;
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    register
        .execute_batch(
            "CREATE TABLE once_unknown (id INTEGER);
             CREATE TRIGGER unknown AFTER UPDATE OF state ON outbox WHEN new.state = 'unknown'
             BEGIN INSERT INTO once_unknown VALUES (new.id); END;",
        )
        .unwrap();
    dies_at(NAME, "AT+CMMS", 2);
    let phones: Vec<String> = (0..5).map(|index| format!("+62812{index:08}")).collect();
    let lines: Vec<String> = phones.iter().map(|phone| format!("{phone}\tuji\n")).collect();
    let arguments = ["--json", "sms", "send", "--batch"];
    let output = gateway.desk().aduan_reading("joko", &arguments, &lines.concat()).await;
    assert!(output.status.success(), "{output:?}");
    has_died(&gateway, NAME, 2).await;
    gateway.settled(0).await;
    for phone in &phones {
        let texts = gateway.simulation.phone(phone);
        assert_eq!(texts.len(), 1, "{phone}");
        assert_eq!(texts[0].from, OTHER_CARD);
    }
    let unknown = register.query_row("SELECT COUNT (*) FROM once_unknown", [], |row| row.get(0));
    assert_eq!(unknown, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_offered_and_not_written_is_sent_after_the_grace() {
    const NAME: &str = "dies-before-the-text";
    let sending = "other_sim_after = \"1h\"\nunknown_grace = \"1s\"";
    let gateway = beside_another(NAME, sending, NetworkOptions::instant()).await;
    let number = approved(&gateway).await;
    dies_at(NAME, "AT+CMGS", 1);
    gateway.desk().tell("sari", &["send", &number]).await;
    has_died(&gateway, NAME, 1).await;
    gateway.until("the answer", |network| network.messages_of(PHONE).count() == 2).await;
    gateway.settled(1).await;
    assert_eq!(answers(&gateway), 1);
    let ticket = gateway.desk().tell("sari", &["show", &number]).await;
    assert!(ticket["trail"].to_string().contains("KIRIM_ULANG"), "{ticket:#}");
}

/// The network has the text, and the task dies of the very news: only a report can tell, and it does.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_the_network_has_taken_is_not_sent_again() {
    const NAME: &str = "dies-of-the-news";
    // Reports come when the test says so.
    let network =
        NetworkOptions { report_after: Duration::from_hours(1), ..NetworkOptions::instant() };
    let gateway = beside_another(NAME, "other_sim_after = \"1h\"", network).await;
    let number = approved(&gateway).await;
    // Two texts in a row that go under make an alarm, and the next one that is taken ends it with a word in the log.
    let faults = Faults::once("+CMGS", Mishap::Reset, 2);
    gateway.simulation.with_modem(DOOMED_MODEM, |modem, now| modem.set_faults(faults, now));
    for phone in ["+6285600000001", "+6285600000002"] {
        gateway.simulation.text(phone, OTHER_CARD, "DLH # sampah menumpuk").unwrap();
    }
    gateway.desk().status_until(|status| outbox(status, "unknown") == 2).await;
    dies_at(NAME, "the card sends again", 1);
    gateway.desk().tell("sari", &["send", &number]).await;
    has_died(&gateway, NAME, 1).await;
    assert_eq!(answers(&gateway), 1);
    let state = |ticket: &Value| ticket["replies"][1]["state"].clone();
    gateway.desk().ticket_until(&number, |ticket| state(ticket) == "unknown").await;
    let report = report_to(PHONE);
    gateway.simulation.with_modem(DOOMED_MODEM, |modem, now| modem.status_report(&report, now));
    gateway.desk().ticket_until(&number, |ticket| state(ticket) == "delivered").await;
    assert_eq!(answers(&gateway), 1);
}

/// A report that the fourth text of the modem was delivered.
fn report_to(phone: &str) -> Vec<u8> {
    let now = Scts::encode(chrono::Utc::now().fixed_offset());
    let report = StatusReport {
        first_octet: 0b110,
        message_reference: 3,
        recipient: Address::international(phone).unwrap(),
        timestamp: now,
        discharge: now,
        status: sms::Status(0),
        optional: Optional::default(),
        trailing_octets: 0,
    };
    [encode_smsc(Address::parse(CENTRE).ok().as_ref()), report.encode().unwrap()].concat()
}
