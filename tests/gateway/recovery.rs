//! Sick modems: whatever the port does, each complaint is received and answered exactly once, and the modem is ready again.

use std::path::Path;
use std::time::Duration;

use aduan::simulator::{
    Cure, Faults, Mishap, Modem, ModemSetup, NetworkOptions, Profile, Registration, Setup, Sick,
    Sickness, SimCard, Simulation,
};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Gateway, Office};

const ANNA: &str = "+6281234567890";
const BENI: &str = "+6285600000001";

/// A modem with these faults, on a network that takes a moment.
fn town(office: &Office, profile: Profile, faults: Faults) -> Simulation {
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, faults, ..ModemSetup::new(office.home.port(0), card) };
    Simulation::start(Setup { network: NetworkOptions::default(), modems: vec![modem] }).unwrap()
}

fn is(state: &'static str) -> impl Fn(&Value) -> bool {
    move |status| status["modems"][0]["state"] == state
}

fn warns(status: &Value, warning: &str) -> bool {
    status["modems"][0]["warnings"].as_array().unwrap().iter().any(|token| token == warning)
}

/// The two complaints have one ticket and one receipt each, and the modem is ready.
async fn answered_once(gateway: &Gateway, what: &str) {
    gateway
        .until(what, |network| {
            [ANNA, BENI].iter().all(|phone| network.messages_of(phone).count() > 0)
        })
        .await;
    gateway.settled(2).await;
    for phone in [ANNA, BENI] {
        assert_eq!(gateway.simulation.phone(phone).len(), 1, "{what}: {phone}");
    }
    let status = gateway.desk().status_until(is("ready")).await;
    assert_eq!(status["modems"][0]["error"], Value::Null, "{what}: {status:#}");
    assert!(!warns(&status, "not-answering"), "{what}: {status:#}");
}

/// A modem in service falls sick, and a complaint comes while it is.
async fn gets_over(sickness: Sickness, cure: Cure) {
    let what = format!("{sickness:?} until {cure:?}");
    let office = Office::closed().hasty();
    let simulation = town(&office, Profile::simcom_4g(), Faults::default());
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(ANNA, "DLH # sampah menumpuk").await;
    gateway.settled(1).await;
    let sick = Sick { sickness, cure };
    gateway.simulation.with_modem(0, |modem, now| modem.fall_sick(sick, now));
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    answered_once(&gateway, &what).await;
    let is_sick = gateway.simulation.with_modem(0, |modem, _| modem.is_sick());
    assert_eq!(is_sick, Some(false), "{what}");
}

macro_rules! sicknesses {
    ($($name:ident $sickness:expr, $cure:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            gets_over($sickness, $cure).await;
        }
    )*};
}

sicknesses! {
    a_mute_port_is_opened_anew Sickness::Mute, Cure::Reopening;
    a_mute_modem_is_restarted_although_it_answers_nothing Sickness::Mute, Cure::Restart;
    a_modem_that_is_mute_for_a_while_is_awaited Sickness::Mute, Cure::After(Duration::from_secs(20));
    a_stuck_prompt_is_left_by_esc Sickness::StuckPrompt, Cure::Escape;
    a_prompt_that_esc_does_not_end_is_left_by_opening_anew Sickness::StuckPrompt, Cure::Reopening;
    noise_without_lines_is_given_up_and_restarted Sickness::Noise { lines: false }, Cure::Restart;
    noise_with_lines_is_given_up_and_opened_anew Sickness::Noise { lines: true }, Cure::Reopening;
    a_modem_that_refuses_everything_is_restarted Sickness::Errors, Cure::Restart;
    a_modem_that_refuses_to_show_its_messages_is_restarted Sickness::Deaf, Cure::Restart;
}

/// A modem that power alone cures, and an office whose reset command cuts it: the command asks by a file, and the test is the
/// hub.
async fn power_heals(sickness: Sickness) {
    let office = Office::closed();
    let asked = office.home.path().join("power");
    let script = "echo \\\"$ADUAN_MODEM\\\" > \\\"$0\\\"";
    let command =
        format!("reset_command = [\"sh\", \"-c\", \"{script}\", \"{}\"]", asked.display());
    let office = office.modem(&command).hasty();
    let sick = Some(Sick { sickness, cure: Cure::Power });
    let simulation = town(&office, Profile::huawei_e1752(), Faults { sick, ..Faults::default() });
    simulation.text(ANNA, CARD, "DLH # sampah menumpuk").unwrap();
    let gateway = Gateway::of(simulation, office).await;
    gateway.desk().status_until(is("recovering")).await;
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    assert_eq!(written(&asked).await.trim(), "modem-1");
    gateway.simulation.with_modem(0, Modem::reset);
    answered_once(&gateway, &format!("{sickness:?}")).await;
}

async fn written(file: &Path) -> String {
    let patience = crate::support::PATIENCE;
    let looks = async {
        loop {
            match std::fs::read_to_string(file) {
                Ok(text) if !text.is_empty() => return text,
                Ok(_) | Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    tokio::time::timeout(patience, looks).await.expect("the reset command is run")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reset_command_heals_a_mute_modem() {
    power_heals(Sickness::Mute).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reset_command_heals_a_stuck_prompt() {
    power_heals(Sickness::StuckPrompt).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_nothing_helps_is_warned_of_until_it_serves_again() {
    let office = Office::closed().hasty();
    let sick = Some(Sick { sickness: Sickness::Mute, cure: Cure::Power });
    let simulation = town(&office, Profile::simcom_4g(), Faults { sick, ..Faults::default() });
    let gateway = Gateway::of(simulation, office).await;
    let status = gateway.desk().status_until(|status| warns(status, "not-answering")).await;
    assert_ne!(status["modems"][0]["state"], "ready");
    gateway.simulation.with_modem(0, Modem::reset);
    for (phone, text) in [(ANNA, "DLH # sampah menumpuk"), (BENI, "DISHUB # lampu mati")] {
        gateway.simulation.text(phone, CARD, text).unwrap();
    }
    answered_once(&gateway, "after the alarm").await;
}

/// The hour's restarts are spent, and nothing more is tried until it is over: an admin need not wait for that.
#[tokio::test(flavor = "multi_thread")]
async fn an_admin_restarts_a_modem_that_does_not_answer() {
    let office = Office::closed().hasty();
    let sick = |cure| Sick { sickness: Sickness::Mute, cure };
    let faults = Faults { sick: Some(sick(Cure::Power)), ..Faults::default() };
    let simulation = town(&office, Profile::simcom_4g(), faults);
    let gateway = Gateway::of(simulation, office).await;
    let desk = gateway.desk();
    desk.status_until(|status| warns(status, "not-answering")).await;
    gateway.simulation.with_modem(0, |modem, now| modem.fall_sick(sick(Cure::Restart), now));
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    for (phone, text) in [(ANNA, "DLH # sampah menumpuk"), (BENI, "DISHUB # lampu mati")] {
        gateway.simulation.text(phone, CARD, text).unwrap();
    }
    answered_once(&gateway, "restarted by an admin").await;
}

/// A card that wants its PUK has no modem restarted by itself: it is the admin's doing.
#[tokio::test(flavor = "multi_thread")]
async fn an_admin_restarts_a_modem_that_is_blocked_and_none_that_is_away_or_out_of_service() {
    let office = Office::closed().hasty();
    let card = SimCard::new(CARD, CENTRE).with_pin("4711", "12345678").with_pin_tries(0);
    let modem = ModemSetup::new(office.home.port(0), card);
    let network = NetworkOptions::instant();
    let simulation = Simulation::start(Setup { network, modems: vec![modem] }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let desk = gateway.desk();
    let restarts = || gateway.simulation.with_modem(0, |modem, _| modem.restarts()).unwrap();
    desk.status_until(is("blocked")).await;
    assert_eq!(restarts(), 0);
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    assert_eq!(restarts(), 1);
    desk.status_until(is("blocked")).await;
    gateway.simulation.unplug(0);
    desk.status_until(is("absent")).await;
    let refused = async || desk.refused("joko", &["modem", "reset", "modem-1"]).await;
    assert_eq!(refused().await, "MODEM_NOT_IN_SERVICE");
    gateway.simulation.plug_in(0);
    desk.status_until(is("blocked")).await;
    desk.tell("joko", &["modem", "disable", "modem-1"]).await;
    desk.status_until(is("disabled")).await;
    assert_eq!(refused().await, "MODEM_NOT_IN_SERVICE");
    assert_eq!(restarts(), 2, "the second is the plug's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_of_a_send_answers_once() {
    let office = Office::closed().hasty();
    let faults = Faults::once("+CMGS", Mishap::Reset, 1);
    let simulation = town(&office, Profile::huawei_e1752(), faults);
    simulation.text(ANNA, CARD, "DLH # sampah menumpuk").unwrap();
    let gateway = Gateway::of(simulation, office).await;
    gateway.until("the first receipt", |network| network.messages_of(ANNA).count() > 0).await;
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    answered_once(&gateway, "restarted while it sends").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sick_modem_does_not_slow_another_one() {
    let office = Office::with_modems(2).hasty();
    let noisy = Faults {
        sick: Some(Sick { sickness: Sickness::Noise { lines: true }, cure: Cure::None }),
        ..Faults::default()
    };
    let modem = |index, card, faults| ModemSetup {
        faults,
        ..ModemSetup::new(office.home.port(index), SimCard::new(card, CENTRE))
    };
    let modems = vec![modem(0, CARD, Faults::default()), modem(1, "+6281100000002", noisy)];
    let network = NetworkOptions::default();
    let simulation = Simulation::start(Setup { network, modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let gives_up = |status: &Value| status["modems"][1]["error"]["code"] == "noise";
    gateway.desk().status_until(gives_up).await;
    for phone in [ANNA, BENI] {
        gateway.complain(phone, "DLH # sampah menumpuk").await;
    }
    answered_once(&gateway, "beside a noisy one").await;
}

/// A port that is another interface is named as such; once the right one stands there, all is well.
async fn is_named(sickness: Sickness, looks: &str) {
    let office = Office::closed().hasty();
    let sick = Some(Sick { sickness, cure: Cure::None });
    let simulation = town(&office, Profile::huawei_e1752(), Faults { sick, ..Faults::default() });
    simulation.text(ANNA, CARD, "DLH # sampah menumpuk").unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let named = |status: &Value| status["modems"][0]["error"]["details"]["looks"] == looks;
    gateway.desk().status_until(named).await;
    gateway.simulation.with_modem(0, |modem, now| modem.set_faults(Faults::default(), now));
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    answered_once(&gateway, looks).await;
    let restarts = gateway.simulation.with_modem(0, |modem, _| modem.restarts());
    assert_eq!(restarts, Some(0), "it is not the interface's fault");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_for_positions_is_named() {
    is_named(Sickness::Positions, "positions").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_for_diagnosis_is_named() {
    is_named(Sickness::Diagnosis, "diagnosis").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_swallows_all_is_told_with_its_siblings() {
    let office = Office::closed().hasty();
    // The names that udev would give two interfaces of one stick.
    let names = ["usb-STICK-if00-port0", "usb-STICK-if02-port0"];
    let [wrong, right] = names.map(|name| office.home.path().join(name));
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    let port = office.home.port(0);
    let own = port.file_name().unwrap().to_str().unwrap();
    std::fs::write(&file, settings.replace(own, names[0])).unwrap();
    let card = SimCard::new(CARD, CENTRE);
    let sick = Some(Sick { sickness: Sickness::Mute, cure: Cure::None });
    let modem = |link, card, sick| ModemSetup {
        faults: Faults { sick, ..Faults::default() },
        ..ModemSetup::new(link, card)
    };
    let modems = vec![
        modem(wrong, SimCard::new("+6281100000002", CENTRE), sick),
        modem(right.clone(), card, None),
    ];
    let network = NetworkOptions::instant();
    let simulation = Simulation::start(Setup { network, modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let told = |status: &Value| {
        let error = &status["modems"][0]["error"];
        error["code"] == "other-interface"
            && error["details"]["siblings"] == right.to_str().unwrap()
            && error["because"]["code"] == "no-answer"
    };
    gateway.desk().status_until(told).await;
}

/// Coverage is lost for long, on every family; what is written meanwhile is answered once it is back.
#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_is_gone_for_long_is_warned_of_and_the_radio_switched_off_and_on() {
    for profile in [Profile::simcom_4g(), Profile::huawei_e1752(), Profile::sim800()] {
        let model = profile.model;
        let office = Office::closed().hasty().soon_alarmed();
        let simulation = town(&office, profile, Faults::default());
        let gateway = Gateway::of(simulation, office).await;
        gateway.complain(ANNA, "DLH # sampah menumpuk").await;
        gateway.settled(1).await;
        let cover = |coverage| {
            gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(coverage, now));
        };
        cover(Registration::Searching);
        gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
        gateway.desk().status_until(|status| warns(status, "no-network")).await;
        let is_cycled = async {
            while gateway.simulation.with_modem(0, |modem, _| modem.radio_offs()) == Some(0) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(crate::support::PATIENCE, is_cycled).await.expect("the radio is off");
        cover(Registration::Home);
        answered_once(&gateway, model).await;
        gateway.desk().status_until(|status| !warns(status, "no-network")).await;
    }
}

/// What it keeps of its notices is that a complaint lies on it, and it does not show that.
#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_shows_no_message_is_warned_of_and_then_out_of_service() {
    let office = Office::closed();
    let simulation = town(&office, Profile::simcom_4g(), Faults::default());
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(ANNA, "DLH # sampah menumpuk").await;
    let sick = Sick { sickness: Sickness::Deaf, cure: Cure::Restart };
    gateway.simulation.with_modem(0, |modem, now| modem.fall_sick(sick, now));
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    let status = gateway.desk().status_until(|status| warns(status, "unread")).await;
    assert_eq!(status["modems"][0]["state"], "ready", "{status:#}");
    let (simulation, office) = gateway.close().await;
    let gateway = Gateway::of(simulation, office.hasty()).await;
    let refused = |status: &Value| status["modems"][0]["error"]["code"] == "unread";
    gateway.desk().status_until(refused).await;
    answered_once(&gateway, "deaf").await;
}

/// No notice tells that the card is gone, and the network is not asked for long.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_taken_out_without_a_word_is_missed_all_the_same() {
    let silent = Profile { hides_removal: true, ..Profile::simcom_4g() };
    for profile in [silent, Profile::wavecom(), Profile::huawei_e1752()] {
        let model = profile.model;
        let office = Office::closed().hasty();
        let simulation = town(&office, profile, Faults::default());
        let gateway = Gateway::of(simulation, office).await;
        gateway.complain(ANNA, "DLH # sampah menumpuk").await;
        gateway.simulation.with_modem(0, Modem::take_card_out);
        gateway.desk().status_until(|status| warns(status, "no-card")).await;
        gateway.simulation.with_modem(0, Modem::put_card_in);
        gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
        answered_once(&gateway, model).await;
    }
}

/// The card is paid for again, and the modem has not asked since it was refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_was_refused_asks_anew_once_its_radio_was_off() {
    let office = Office::closed().hasty().soon_alarmed();
    let simulation = town(&office, Profile::simcom_4g(), Faults::default());
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(ANNA, "DLH # sampah menumpuk").await;
    let cover =
        |coverage| gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(coverage, now));
    cover(Registration::Denied);
    let is_cycled = async {
        while gateway.simulation.with_modem(0, |modem, _| modem.radio_offs()) != Some(1) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(crate::support::PATIENCE, is_cycled).await.expect("the radio is off");
    let status = gateway.desk().status_until(|status| warns(status, "denied")).await;
    assert!(!warns(&status, "no-network"), "{status:#}");
    cover(Registration::Home);
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    answered_once(&gateway, "denied").await;
}

/// A modem whose notices go elsewhere, and complaints until that has led to something.
async fn without_notices(
    profile: Profile,
    mut led: impl FnMut(&Gateway, &Value) -> bool,
) -> Gateway {
    let office = Office::closed().hasty();
    let sick = Some(Sick { sickness: Sickness::NoNotices, cure: Cure::None });
    let simulation = town(&office, profile, Faults { sick, ..Faults::default() });
    let gateway = Gateway::of(simulation, office).await;
    for count in 0..20 {
        let status = gateway.desk().status_until(is("ready")).await;
        if led(&gateway, &status) {
            return gateway;
        }
        gateway.complain(&format!("+62812{count:08}"), "DLH # sampah menumpuk").await;
    }
    panic!("it never led to anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_without_notices_is_warned_of_and_serves_all_the_same() {
    let gateway =
        without_notices(Profile::simcom_4g(), |_, status| warns(status, "no-notices")).await;
    // Notices that come after all end the warning.
    gateway.simulation.with_modem(0, |modem, now| modem.set_faults(Faults::default(), now));
    gateway.complain(ANNA, "DISHUB # lampu mati").await;
    gateway.desk().status_until(|status| !warns(status, "no-notices")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_familys_remedy_brings_the_notices() {
    let gateway = without_notices(Profile::huawei_e1752(), |gateway, status| {
        assert!(!warns(status, "no-notices"), "{status:#}");
        gateway.simulation.with_modem(0, |modem, _| modem.is_sick()) == Some(false)
    })
    .await;
    gateway.complain(ANNA, "DISHUB # lampu mati").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_ports_of_one_modem_one_serves_and_the_other_stands_by() {
    let office = Office::with_modems(2).hasty();
    let modem = |index| ModemSetup::new(office.home.port(index), SimCard::new(CARD, CENTRE));
    let modems = vec![modem(0), modem(1)];
    let network = NetworkOptions::instant();
    let simulation = Simulation::start(Setup { network, modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let stands_by = |status: &Value, index: usize| {
        let modem = &status["modems"][index];
        modem["state"] == "recovering" && modem["error"]["code"] == "twin"
    };
    let ready = |status: &Value, index: usize| status["modems"][index]["state"] == "ready";
    let one =
        |status: &Value| (0..2).find(|index| ready(status, *index) && stands_by(status, 1 - index));
    let status = gateway.desk().status_until(|status| one(status).is_some()).await;
    let first = one(&status).unwrap();
    // A store that is chosen on one port is chosen on all of them.
    let heard = |index| {
        let lines = |modem: &mut Modem, _| modem.heard().map(str::to_owned).collect();
        gateway.simulation.with_modem::<Vec<String>>(index, lines).unwrap()
    };
    let allowed = [
        "", "E0", "V1", "+CMEE=1", "+CMEE?", "+CSCS?", "+CGMI", "+CGMM", "+CGMR", "+CGSN", "+CIMI",
    ];
    let twin = heard(1 - first);
    assert!(twin.iter().any(|line| line == "AT+CGSN"), "{twin:?}");
    let strange: Vec<_> = twin
        .iter()
        .filter(|line| !line.strip_prefix("AT").is_some_and(|rest| allowed.contains(&rest)))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
    gateway.simulation.unplug(first);
    gateway.desk().status_until(|status| ready(status, 1 - first)).await;
    assert!(heard(1 - first).iter().any(|line| line.starts_with("AT+CPMS=")));
}

/// Complaints through a mixture of faults: those that lie in the modem when the daemon starts, and those that come later.
async fn outlives(seed: u64) {
    const EACH: usize = 3;
    let faults = Faults::drawn(seed);
    let what = format!("{faults:?}");
    let office = Office::closed().hasty().sending("unknown_grace = \"1s\"");
    let families =
        [Profile::simcom_4g, Profile::huawei_e1752, Profile::quectel_ec25, Profile::sim800];
    let profile = families[usize::try_from(seed).unwrap() % families.len()]();
    let simulation = town(&office, profile, faults);
    let phones: Vec<String> = (0..2 * EACH).map(|index| format!("+62812{index:08}")).collect();
    for phone in &phones[..EACH] {
        simulation.text(phone, CARD, "DLH # sampah menumpuk").unwrap();
    }
    let gateway = Gateway::of(simulation, office).await;
    let first = |network: &aduan::simulator::Network| {
        phones.iter().any(|phone| network.accepted(phone) > 0)
    };
    gateway.until(&what, first).await;
    for phone in &phones[EACH..] {
        gateway.simulation.text(phone, CARD, "DLH # sampah menumpuk").unwrap();
    }
    gateway.settled(phones.len()).await;
    for phone in &phones {
        // The network takes a text before the result that may be missing: it is never sent twice.
        assert_eq!(gateway.simulation.phone(phone).len(), 1, "{phone}: {what}");
    }
}

macro_rules! mixtures {
    ($($name:ident $seed:literal)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            outlives($seed).await;
        }
    )*};
}

mixtures! {
    a_mixture_of_faults_loses_nothing_1 1
    a_mixture_of_faults_loses_nothing_2 2
    a_mixture_of_faults_loses_nothing_3 3
    a_mixture_of_faults_loses_nothing_4 4
    a_mixture_of_faults_loses_nothing_5 5
    a_mixture_of_faults_loses_nothing_6 6
    a_mixture_of_faults_loses_nothing_7 7
    a_mixture_of_faults_loses_nothing_8 8
}
