//! Messages on their way through the network, both ways, under a clock of their own.

use std::time::Duration;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::sms::{self, Address, Deliver, Incoming, Options, StatusReport, hex};

const CARD: &str = "+6281100001111";
const OTHER_CARD: &str = "+6281100002222";
const CITIZEN: &str = "+6281234567890";

fn noon() -> DateTime<Utc> {
    "2026-11-24T05:00:00Z".parse().unwrap()
}

/// Two modems in one network, and what is heard from each.
struct Town {
    world: World,
    now: Duration,
    heard: [String; 2],
}

impl Town {
    fn new(options: NetworkOptions) -> Self {
        let mut world = World::new(Network::new(options, noon()));
        for number in [CARD, OTHER_CARD] {
            let card = SimCard::new(number, "+62811000000");
            world.add(Modem::new(Profile::default(), card, "861234050000017", None));
        }
        let mut town = Self { world, now: Duration::ZERO, heard: [String::new(), String::new()] };
        for index in 0..2 {
            town.says(index, "ATE0+CMEE=1;+CNMI=2,1,0,1,0\r");
        }
        town
    }

    /// What one modem answers at once.
    fn says(&mut self, index: usize, typed: &str) -> String {
        self.world.handle_bytes(index, typed.as_bytes(), self.now);
        self.listen();
        std::mem::take(&mut self.heard[index])
    }

    fn waits(&mut self, time: Duration) {
        self.now += time;
        self.world.handle_timeout(self.now);
        self.listen();
    }

    fn listen(&mut self) {
        for (index, heard) in self.heard.iter_mut().enumerate() {
            while let Some(octets) = self.world.poll_transmit(index) {
                heard.push_str(std::str::from_utf8(&octets).unwrap());
            }
        }
    }

    fn text(&mut self, text: &str) -> usize {
        self.world.network_mut().text(CITIZEN, CARD, text, self.now).unwrap()
    }

    /// Sends a text from the first modem; gives what it says to each part within 20 ms.
    fn sends(&mut self, to: &str, text: &str, status_report: bool) -> Vec<String> {
        let options = Options { status_report, ..Options::default() };
        let to = Address::parse(to).unwrap();
        let mut answers = Vec::new();
        for submit in sms::compose(&to, text, &options).unwrap() {
            let tpdu = submit.encode().unwrap();
            assert!(self.says(0, &format!("AT+CMGS={}\r", tpdu.len())).ends_with("\r\n> "));
            let answer = self.says(0, &format!("00{}\u{1a}", hex::encode(&tpdu)));
            self.waits(Duration::from_millis(20));
            answers.push(answer + &std::mem::take(&mut self.heard[0]));
        }
        answers
    }

    /// Reads and deletes everything in the store, as TPDUs.
    fn collects(&mut self, index: usize) -> Vec<Vec<u8>> {
        let listed = self.says(index, "AT+CMGL=4\r");
        self.says(index, "AT+CMGD=0,4\r");
        tpdus(&listed, "+CMGL")
    }
}

/// The TPDUs behind lines that begin with `header`.
fn tpdus(heard: &str, header: &str) -> Vec<Vec<u8>> {
    let lines: Vec<&str> = heard.lines().filter(|line| !line.is_empty()).collect();
    let pairs = lines.windows(2).filter(|pair| pair[0].starts_with(header));
    pairs
        .map(|pair| {
            let pdu = hex::decode(pair[1]).unwrap();
            sms::split_smsc(&pdu).unwrap().1.to_vec()
        })
        .collect()
}

fn delivers(tpdus: &[Vec<u8>]) -> Vec<Deliver> {
    tpdus.iter().map(|tpdu| Deliver::decode(tpdu).unwrap()).collect()
}

fn reports(heard: &str) -> Vec<StatusReport> {
    let read = |tpdu: &Vec<u8>| match Incoming::decode(tpdu).unwrap() {
        Incoming::StatusReport(report) => report,
        Incoming::Deliver(deliver) => panic!("{deliver:?}"),
    };
    tpdus(heard, "+CDS").iter().map(read).collect()
}

#[test]
fn a_long_text_comes_in_parts_under_one_reference_and_one_time() {
    let mut town = Town::new(NetworkOptions::default());
    let text = "Jalan Merdeka berlubang. ".repeat(13);
    assert_eq!(text.len(), 325);
    assert_eq!(town.text(&text), 3);
    assert_eq!(town.heard[0], "", "not before its time");
    town.waits(Duration::from_millis(10));
    assert_eq!(town.heard[0].matches("+CMTI").count(), 3);
    let parts = delivers(&town.collects(0));
    assert_eq!(parts.iter().map(|part| part.concat().unwrap().part).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        parts.iter().map(|part| part.user_data.length()).collect::<Vec<_>>(),
        [160, 160, 26]
    );
    assert_eq!(sms::parts::join(&parts.iter().map(Some).collect::<Vec<_>>()), text);
    let time = parts[0].timestamp.time().unwrap();
    assert_eq!(time.to_rfc3339(), "2026-11-24T12:00:00+07:00");
    assert_eq!(parts[0].originator.number(), CITIZEN);
}

#[test]
fn no_two_texts_are_octet_for_octet_the_same() {
    let mut town = Town::new(NetworkOptions::instant());
    for text in ["Halo", "Halo", "halo", &"panjang ".repeat(30), &"panjang ".repeat(30)] {
        town.text(text);
    }
    town.waits(Duration::ZERO);
    let tpdus = town.collects(0);
    assert_eq!(tpdus.len(), 7);
    let different: std::collections::HashSet<_> = tpdus.iter().collect();
    assert_eq!(different.len(), 7);
    let longs: Vec<_> = delivers(&tpdus)
        .iter()
        .filter_map(Deliver::concat)
        .map(|concat| concat.reference)
        .collect();
    assert_eq!(longs, [0, 0, 1, 1]);
}

#[test]
fn names_short_codes_and_raw_octets_come_as_they_are() {
    let mut town = Town::new(NetworkOptions::instant());
    let network = town.world.network_mut();
    network.notice("TELKOMSEL", CARD, "Pulsa Anda hampir habis", Duration::ZERO).unwrap();
    network.text("3636", "0811 0000 1111", "Kode: 1234", Duration::ZERO).unwrap();
    network.deliver_tpdu(CARD, &[0x04, 0x00], Duration::ZERO).unwrap();
    assert_eq!(network.deliver_tpdu(CITIZEN, &[], Duration::ZERO), Err(Undeliverable::NoSuchCard));
    assert!(network.notice("TWELVE CHARS", CARD, "", Duration::ZERO).is_err());
    town.waits(Duration::ZERO);
    let tpdus = town.collects(0);
    let froms: Vec<_> = delivers(&tpdus[..2]).iter().map(|d| d.originator.clone()).collect();
    assert_eq!((froms[0].number(), froms[0].ton()), ("TELKOMSEL", sms::TypeOfNumber::Alphanumeric));
    assert_eq!((froms[1].number(), froms[1].ton()), ("3636", sms::TypeOfNumber::Unknown));
    assert_eq!(tpdus[2], [0x04, 0x00]);
}

#[test]
fn a_reply_in_parts_is_one_message_on_the_phone() {
    let mut town = Town::new(NetworkOptions::default());
    let text = "Terima kasih 🙏 pengaduan Anda diteruskan ke Dinas PU. ".repeat(3);
    assert_eq!(town.sends("081234567890", &text, false).len(), 3);
    town.waits(Duration::from_secs(1));
    let network = town.world.network();
    let [message] = network.messages() else { panic!("{:?}", network.messages()) };
    assert_eq!((message.to.as_str(), message.from.as_str(), message.parts), (CITIZEN, CARD, 3));
    assert_eq!(message.text, text);
    assert_eq!((network.accepted(CITIZEN), network.parts_of(CITIZEN).len()), (3, 3));
    assert_eq!(network.messages_of("0812-3456-7890").count(), 1);
    assert_eq!(town.heard[0], "", "nobody asked for a report");
}

#[test]
fn a_report_names_the_reference_that_the_modem_gave() {
    let mut town = Town::new(NetworkOptions::default());
    assert_eq!(town.sends(CITIZEN, "satu", false), ["\r\n+CMGS: 0\r\n\r\nOK\r\n"]);
    assert_eq!(town.sends(CITIZEN, "dua", true), ["\r\n+CMGS: 1\r\n\r\nOK\r\n"]);
    town.waits(Duration::from_millis(39));
    assert_eq!(town.heard[0], "", "a report takes its time");
    town.waits(Duration::from_millis(1));
    let [report] = reports(&town.heard[0]).try_into().unwrap_or_else(|all| panic!("{all:?}"));
    assert_eq!((report.message_reference, report.status), (1, sms::Status(0)));
    assert_eq!(report.recipient.number(), CITIZEN);
    assert!(report.timestamp.time() <= report.discharge.time());
    assert_eq!(town.world.network().reports_waiting(CARD), 0);
}

#[test]
fn phones_that_are_off_or_nobodys_are_reported_as_such() {
    let mut town = Town::new(NetworkOptions { reports_trying: true, ..NetworkOptions::instant() });
    town.world.network_mut().set_reach(CITIZEN, Reach::Off, Duration::ZERO);
    town.world.network_mut().set_reach("+6281299999999", Reach::Unknown, Duration::ZERO);
    let heard = town.sends(CITIZEN, "satu", true).concat();
    assert_eq!(reports(&heard).iter().map(|r| r.status.0).collect::<Vec<_>>(), [0x22]);
    let heard = town.sends("+6281299999999", "dua", true).concat();
    assert_eq!(reports(&heard).iter().map(|r| r.status.0).collect::<Vec<_>>(), [0x43]);
    assert_eq!(town.world.network().messages(), []);
    town.world.network_mut().set_reach(CITIZEN, Reach::On, town.now);
    town.waits(Duration::ZERO);
    let [report] = reports(&town.heard[0]).try_into().unwrap_or_else(|all| panic!("{all:?}"));
    assert_eq!((report.message_reference, report.status.0), (0, 0));
    assert_eq!(town.world.network().messages().len(), 1);
}

#[test]
fn a_rule_refuses_or_says_nothing() {
    let mut town = Town::new(NetworkOptions::instant());
    town.world.network_mut().set_rule(|card, submit| match submit.text().as_deref() {
        Some("refuse") if card == CARD => Ruling::Refuse(21),
        Some("silence") => Ruling::Silence,
        Some("lost answer") => Ruling::AcceptSilently,
        _ => Ruling::Accept,
    });
    assert_eq!(town.sends(CITIZEN, "refuse", false), ["\r\n+CMS ERROR: 21\r\n"]);
    assert_eq!(town.world.network().refused(CARD), 1);
    for (text, arrived) in [("silence", 0), ("lost answer", 1)] {
        assert_eq!(town.sends(CITIZEN, text, false), [""]);
        town.waits(Duration::from_mins(2));
        assert_eq!(std::mem::take(&mut town.heard[0]), "\r\n+CMS ERROR: 332\r\n");
        assert_eq!(town.world.network().messages().len(), arrived);
    }
}

#[test]
fn a_slow_network_takes_a_text_when_its_time_has_come_and_not_before() {
    let mut town = Town::new(NetworkOptions::instant());
    let minute = Duration::from_mins(1);
    town.world.network_mut().set_rule(move |_, _| Ruling::AcceptAfter(minute));
    assert_eq!(town.sends(CITIZEN, "satu", false), [""]);
    town.waits(Duration::from_millis(59_979));
    assert_eq!((town.heard[0].as_str(), town.world.network().accepted(CITIZEN)), ("", 0));
    town.waits(Duration::from_millis(1));
    assert_eq!(town.heard[0], "\r\n+CMGS: 0\r\n\r\nOK\r\n");
    assert_eq!(town.world.network().messages().len(), 1);
}

#[test]
fn what_found_no_place_comes_as_soon_as_there_is_one() {
    let mut town = Town::new(NetworkOptions::instant());
    for place in 0..30 {
        town.text(&format!("nomor {place}"));
    }
    town.waits(Duration::ZERO);
    assert_eq!(town.world.network().waiting(CARD), 7);
    assert_eq!(
        town.sends(CITIZEN, "satu", true).concat().matches("+CDS").count(),
        1,
        "reports need no place"
    );
    let first = town.collects(0);
    let second = town.collects(0);
    assert_eq!((first.len(), second.len(), town.world.network().waiting(CARD)), (23, 7, 0));
    let texts: Vec<_> =
        delivers(&[first, second].concat()).iter().filter_map(Deliver::text).collect();
    assert_eq!(texts, (0..30).map(|place| format!("nomor {place}")).collect::<Vec<_>>());
}

#[test]
fn a_modem_without_coverage_gets_its_messages_when_it_is_back() {
    let mut town = Town::new(NetworkOptions::instant());
    town.world.modem_mut(0).unwrap().set_coverage(Registration::Unknown, town.now);
    town.text("satu");
    town.waits(Duration::from_hours(1));
    assert_eq!((town.heard[0].as_str(), town.world.network().waiting(CARD)), ("", 1));
    let due = town.world.poll_timeout().unwrap();
    assert!(due > town.now && due <= town.now + Duration::from_secs(30), "{due:?}");
    town.world.modem_mut(0).unwrap().set_coverage(Registration::Home, town.now);
    town.waits(Duration::ZERO);
    assert_eq!(town.heard[0], "\r\n+CMTI: \"ME\",0\r\n");
}

#[test]
fn what_was_not_acknowledged_comes_again() {
    let mut town = Town::new(NetworkOptions::instant());
    town.says(0, "AT+CSMS=1;+CNMI=2,2,0,1,0\r");
    town.text("satu");
    town.text("dua");
    town.waits(Duration::ZERO);
    let first = tpdus(&std::mem::take(&mut town.heard[0]), "+CMT");
    assert_eq!(delivers(&first)[0].text().as_deref(), Some("satu"));
    // Nobody answers: the modem stops routing, the network tries again, and finds the store.
    town.waits(Duration::from_secs(11));
    assert_eq!(town.heard[0], "");
    let stored = town.collects(0);
    assert_eq!(stored[0], first[0], "the same octets a second time");
    assert_eq!(delivers(&stored)[1].text().as_deref(), Some("dua"));
    assert_eq!(town.world.network().waiting(CARD), 0);
}

#[test]
fn an_acknowledged_message_makes_way_for_the_next() {
    let mut town = Town::new(NetworkOptions::instant());
    town.says(0, "AT+CSMS=1;+CNMI=2,2,0,1,0\r");
    for text in ["satu", "dua", "tiga"] {
        town.text(text);
    }
    town.waits(Duration::ZERO);
    let mut texts = Vec::new();
    for _ in 0..3 {
        let heard = std::mem::take(&mut town.heard[0]);
        texts.extend(delivers(&tpdus(&heard, "+CMT")).iter().filter_map(Deliver::text));
        town.heard[0] = town.says(0, "AT+CNMA\r");
    }
    assert_eq!(texts, ["satu", "dua", "tiga"]);
    assert_eq!(town.world.network().waiting(CARD), 0);
}

#[test]
fn a_restart_in_the_middle_of_a_delivery_loses_nothing() {
    let mut town = Town::new(NetworkOptions::instant());
    town.says(0, "AT+CSMS=1;+CNMI=2,2,0,1,0\r");
    town.text("satu");
    town.waits(Duration::ZERO);
    town.world.modem_mut(0).unwrap().unplug(town.now);
    town.waits(Duration::from_mins(5));
    town.world.modem_mut(0).unwrap().plug_in(town.now);
    town.waits(Duration::from_secs(2));
    town.heard[0].clear();
    assert_eq!(town.collects(0).len(), 1);
}

#[test]
fn cards_write_to_each_other() {
    let mut town = Town::new(NetworkOptions::instant());
    let heard = town.sends(OTHER_CARD, "dari loket satu", true).concat();
    assert_eq!(reports(&heard)[0].status.0, 0);
    let received = delivers(&town.collects(1));
    assert_eq!(
        (received[0].originator.number(), received[0].text().as_deref()),
        (CARD, Some("dari loket satu"))
    );
    assert_eq!(town.world.network().messages(), []);
}

#[test]
fn a_ussd_code_is_answered() {
    let mut town = Town::new(NetworkOptions::instant());
    town.world.network_mut().set_ussd("*888#", "Pulsa Rp25.000");
    let heard = town.says(0, "AT+CUSD=1,\"*888#\",15\r");
    assert!(heard.contains("+CUSD: 0,\"Pulsa Rp25.000\",15"), "{heard}");
    let heard = town.says(0, "AT+CUSD=1,\"*1#\",15\r");
    assert!(heard.contains("+CUSD: 4,"), "{heard}");
    town.world.network_mut().set_ussd_answer("*2#", UssdAnswer::Silence);
    assert_eq!(town.says(0, "AT+CUSD=1,\"*2#\",15\r"), "\r\nOK\r\n");
    town.waits(Duration::from_hours(1));
    assert_eq!(town.heard[0], "");
}

#[test]
fn a_ussd_code_may_stay_without_an_answer() {
    let mut town = Town::new(NetworkOptions::instant());
    for (answer, heard) in [
        (UssdAnswer::Silence, None),
        (UssdAnswer::Unsupported, Some("+CUSD: 4,")),
        (UssdAnswer::Menu("1 Pulsa".to_owned()), Some("+CUSD: 1,")),
    ] {
        town.world.network_mut().set_ussd_answer("*888#", answer);
        let told = town.says(0, "AT+CUSD=1,\"*888#\",15\r");
        assert_eq!(told.contains("+CUSD:"), heard.is_some(), "{told}");
        assert!(heard.is_none_or(|heard| told.contains(heard)), "{told}");
    }
}

#[test]
fn an_edict_holds_for_some_texts_and_so_often() {
    let mut town = Town::new(NetworkOptions::instant());
    let edict = |to: &str, ruling| Edict {
        ruling,
        card: Some(CARD.to_owned()),
        to: Some(to.to_owned()),
        times: Some(1),
    };
    town.world.network_mut().decree(edict("+62856", Ruling::Refuse(8)));
    town.world.network_mut().decree(edict("+62812", Ruling::Refuse(41)));
    let refused = town.sends(CITIZEN, "satu", false).concat();
    assert!(refused.contains("+CMS ERROR: 41"), "{refused}");
    let accepted = town.sends(CITIZEN, "dua", false).concat();
    assert!(accepted.contains("+CMGS:"), "{accepted}");
    assert!(town.sends("+6285600000001", "tiga", false).concat().contains("+CMS ERROR: 8"));
    town.world.network_mut().decree(Edict { times: None, ..edict("+62", Ruling::Refuse(10)) });
    assert!(town.sends(CITIZEN, "empat", false).concat().contains("+CMS ERROR: 10"));
    town.world.network_mut().revoke_edicts();
    assert!(town.sends(CITIZEN, "lima", false).concat().contains("+CMGS:"));
}

#[test]
fn reports_may_be_lost_or_come_twice_or_late() {
    let all = 1_000_000;
    let late = Duration::from_secs(5);
    let seen = |options: NetworkOptions| {
        let mut town = Town::new(options);
        town.sends(CITIZEN, "Diterima", true);
        town.waits(Duration::from_millis(100));
        let early = reports(&town.heard[0]).len();
        town.waits(late);
        (early, reports(&town.heard[0]).len())
    };
    let usual = NetworkOptions { seed: 1, ..NetworkOptions::default() };
    assert_eq!(seen(NetworkOptions { reports_lost_per_million: all, ..usual.clone() }).1, 0);
    assert_eq!(seen(NetworkOptions { reports_doubled_per_million: all, ..usual.clone() }).1, 2);
    assert_eq!(seen(NetworkOptions { report_late_max: late, ..usual }), (0, 1));
}

#[test]
fn a_slow_card_waits_for_both_directions() {
    let mut town = Town::new(NetworkOptions::instant());
    let second = Duration::from_secs(1);
    town.world.network_mut().slow_down(CARD, second);
    town.text("DLH # sampah");
    town.waits(second / 2);
    assert_eq!(town.world.modem(0).map(|modem| modem.stored("ME")), Some(0));
    town.waits(second / 2);
    assert_eq!(town.world.modem(0).map(|modem| modem.stored("ME")), Some(1));
}

#[test]
fn the_centres_clock_can_be_set() {
    let mut town = Town::new(NetworkOptions::instant());
    let hour = Duration::from_hours(1);
    town.world.network_mut().set_clock(Duration::ZERO, hour);
    town.text("satu");
    town.world.network_mut().set_clock(hour * 2, Duration::ZERO);
    town.text("dua");
    town.waits(Duration::ZERO);
    let stamps: Vec<_> = delivers(&town.collects(0))
        .iter()
        .map(|deliver| deliver.timestamp.time().unwrap().to_utc() - noon())
        .map(|from_noon| from_noon.num_hours())
        .collect();
    assert_eq!(stamps, [-1, 2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However late the driver of the clock comes, everything happens in its order and at its time.
    #[test]
    fn steps_of_the_clock_are_invisible(
        texts in prop::collection::vec("[a-z ]{1,200}", 1..6),
        steps in prop::collection::vec(1u64..400, 1..10),
    ) {
        let run = |steps: &[u64]| {
            let mut town = Town::new(NetworkOptions::default());
            for text in &texts {
                town.text(text);
            }
            let mut passed = 0;
            for step in steps.iter().cycle() {
                let step = (*step).min(2_000 - passed);
                town.waits(Duration::from_millis(step));
                passed += step;
                if passed == 2_000 {
                    break;
                }
            }
            (town.heard[0].clone(), town.collects(0))
        };
        prop_assert_eq!(run(&steps), run(&[2_000]));
    }

    #[test]
    fn any_text_comes_through_both_ways(text in "\\PC{1,300}") {
        let mut town = Town::new(NetworkOptions::instant());
        town.text(&text);
        town.waits(Duration::ZERO);
        let parts = delivers(&town.collects(0));
        prop_assert_eq!(&sms::parts::join(&parts.iter().map(Some).collect::<Vec<_>>()), &text);
        town.sends(CITIZEN, &text, false);
        let messages = town.world.network().messages();
        prop_assert_eq!(messages.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), [text.as_str()]);
    }
}
