//! What modems show of themselves.

use std::time::Duration;

use aduan::simulator::{
    ModemSetup, NetworkOptions, Profile, Registration, Setup, SimCard, Simulation,
};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Desk, Gateway, Office};

/// One modem's part of the list, once it looks like this.
async fn modem_until(desk: &Desk<'_>, holds: impl Fn(&Value) -> bool) -> Value {
    let list = desk.until(&["modem", "list"], |list| holds(&list["modems"][0])).await;
    list["modems"][0].clone()
}

fn is_asked_out(modem: &Value) -> bool {
    !modem["operator"].is_null() && !modem["signal"].is_null() && !modem["number"].is_null()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_in_service_shows_what_an_office_asks_for() {
    let gateway = Gateway::start().await;
    gateway.simulation.with_modem(0, |modem, _| modem.set_signal(17));
    let desk = gateway.desk();
    let modem = modem_until(&desk, is_asked_out).await;
    assert_eq!(modem["state"], "ready");
    assert_eq!(modem["number"], CARD);
    assert_eq!(modem["circuit"], "home");
    assert_eq!(modem["lte"], "home");
    assert_eq!(modem["imei"], "861234050000017");
    assert_eq!(modem["revision"], "LE20B04SIM7600M22");
    assert_eq!(modem["sim"], "***********0001");
    assert_eq!(modem["warnings"], Value::Array(vec![]));
    let places = |name: &str| {
        let stores = modem["stores"].as_array().unwrap();
        stores.iter().find(|store| store["name"] == name).map(|store| store["total"].clone())
    };
    assert_eq!((places("ME"), places("SM")), (Some(23.into()), Some(10.into())));

    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    let modem = modem_until(&desk, |modem| modem["sent_today"] == 1).await;
    assert_eq!(modem["received_today"], 1, "{modem:#}");
    // What the day brought outlives the daemon.
    let gateway = gateway.restart().await;
    let modem = modem_until(&gateway.desk(), is_asked_out).await;
    assert_eq!((&modem["received_today"], &modem["sent_today"]), (&1.into(), &1.into()));
    assert_eq!(modem["received"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_one_of_the_staff_may_look_and_a_person_reads_it() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    for user in ["sari", "budi", "ratna", "hadi", "joko"] {
        let output = desk.aduan(user, &["--lang", "id", "modem", "lihat", "modem-1"]).await;
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains("siap"), "{user}: {text}");
        // Whose card it is belongs to nobody's screen.
        assert!(!text.contains("51010"), "{text}");
    }
    let output = desk.aduan("sari", &["--lang", "en", "modem", "list"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("modem-1") && text.contains("0 texts wait"), "{text}");
    assert_eq!(desk.refused("sari", &["modem", "info", "modem-9"]).await, "NO_SUCH_MODEM");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_family_shows_its_network_and_its_stores() {
    let families = [
        Profile::huawei_e1752(),
        Profile::wavecom(),
        Profile::quectel_ec25(),
        Profile::sim800(),
        Profile::cinterion_mc75i(),
        Profile::zte_mf190(),
        Profile::telit_he910(),
    ];
    let office = Office::with_modems(families.len());
    let modems = families.into_iter().enumerate().map(|(index, profile)| {
        let card = SimCard::new(&format!("+628110000000{index}"), CENTRE);
        ModemSetup { profile, ..ModemSetup::new(office.home.port(index), card) }
    });
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let all = |list: &Value| list["modems"].as_array().unwrap().iter().all(is_asked_out);
    let list = gateway.desk().until(&["modem", "list"], all).await;
    for modem in list["modems"].as_array().unwrap() {
        assert_eq!(modem["state"], "ready", "{modem:#}");
        assert!(!modem["stores"].as_array().unwrap().is_empty(), "{modem:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_refuses_the_card_is_warned_of() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(Registration::Denied, now));
    let modem = modem_until(&desk, |modem| modem["circuit"] == "denied").await;
    assert_eq!(modem["state"], "registering");
    assert_eq!(modem["warnings"][0], "denied");
    gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(Registration::Home, now));
    let modem = modem_until(&desk, |modem| modem["state"] == "ready").await;
    assert_eq!(modem["warnings"], Value::Array(vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_was_pulled_out_shows_why_and_nothing_of_yesterday() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    gateway.simulation.unplug(0);
    let modem = modem_until(&desk, |modem| modem["state"] == "absent").await;
    assert!(modem["signal"].is_null() && modem["operator"].is_null(), "{modem:#}");
    assert_eq!(modem["error"]["code"], "not-there", "{modem:#}");
    assert_eq!(modem["imei"], "861234050000017", "what is known stays known");
    gateway.simulation.plug_in(0);
    let modem = modem_until(&desk, |modem| modem["state"] == "ready").await;
    assert!(modem["error"].is_null() && modem["last_error"]["code"] == "not-there", "{modem:#}");
}

/// What an admin is answered, as text.
async fn said(desk: &Desk<'_>, arguments: &[&str]) -> Vec<String> {
    let told = desk.tell("joko", arguments).await;
    let lines = told["lines"].as_array().unwrap().iter();
    lines.map(|line| line.as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_is_taken_out_of_service_and_back_also_over_a_restart() {
    let gateway = Gateway::start().await;
    modem_until(&gateway.desk(), is_asked_out).await;
    gateway.desk().tell("joko", &["modem", "disable", "modem-1"]).await;
    let modem = modem_until(&gateway.desk(), |modem| modem["state"] == "disabled").await;
    assert!(modem["error"].is_null() && modem["signal"].is_null(), "{modem:#}");
    // Nothing is sent, and what comes waits in the modem and in the network.
    gateway.desk().tell("joko", &["sms", "send", "+6281200000001", "Uji coba"]).await;
    gateway.simulation.text("+6281200000002", CARD, "DISHUB # lampu jalan mati").unwrap();
    let gateway = gateway.restart().await;
    let desk = gateway.desk();
    modem_until(&desk, |modem| modem["state"] == "disabled").await;
    assert_eq!(desk.refused("joko", &["modem", "reset", "modem-1"]).await, "MODEM_NOT_IN_SERVICE");
    let status = desk.tell("sari", &["status"]).await;
    assert_eq!(crate::support::outbox(&status, "queued"), 1, "{status:#}");
    assert!(gateway.simulation.phone("+6281200000001").is_empty());

    desk.tell("joko", &["modem", "aktifkan", "modem-1"]).await;
    modem_until(&desk, |modem| modem["state"] == "ready").await;
    gateway
        .until("both texts", |network| {
            network.messages_of("+6281200000001").count() == 1
                && network.messages_of("+6281200000002").count() == 1
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_is_not_there_is_taken_out_of_service_too() {
    let office = Office::closed().open().await;
    let desk = office.desk();
    modem_until(&desk, |modem| modem["state"] == "absent").await;
    desk.tell("joko", &["modem", "disable", "modem-1"]).await;
    modem_until(&desk, |modem| modem["state"] == "disabled").await;
    desk.tell("joko", &["modem", "enable", "modem-1"]).await;
    modem_until(&desk, |modem| modem["state"] == "absent").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_restarts_when_an_admin_says_so() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    let before = modem_until(&desk, is_asked_out).await;
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    let after =
        modem_until(&desk, |modem| modem["state"] == "ready" && modem["since"] != before["since"])
            .await;
    // By the admin, or by its own word at the next beginning.
    assert_eq!(after["last_error"]["code"], "reset", "{after:#}");
    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_answered_and_nothing_else_reaches_the_modem() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    gateway.simulation.with_modem(0, |modem, _| modem.set_signal(17));
    modem_until(&desk, is_asked_out).await;
    assert_eq!(said(&desk, &["modem", "at", "modem-1", "at+csq"]).await, ["+CSQ: 17,99"]);
    let lines = said(&desk, &["modem", "at", "modem-1", "AT+CREG?"]).await;
    assert!(lines[0].starts_with("+CREG: 2,1"), "{lines:?}");
    assert_eq!(said(&desk, &["modem", "at", "modem-1", "AT+CGMM"]).await, ["SIMCOM_SIM7600E-H"]);
    assert_eq!(said(&desk, &["modem", "at", "modem-1", "AT"]).await, [""; 0]);
    for line in ["AT+CFUN=0", "AT+CMGD=1,4", "AT+CLCK=\"SC\",1,\"1234\"", "ATD123;", "AT&F"] {
        let code = desk.refused("joko", &["modem", "at", "modem-1", line]).await;
        assert_eq!(code, "NOT_BY_HAND", "{line}");
    }
    // What a modem does not know is its own refusal.
    let code = desk.refused("joko", &["modem", "at", "modem-1", "AT+XYZ?"]).await;
    assert_eq!(code, "MODEM_REFUSED");
    let output = desk.aduan("joko", &["--lang", "id", "modem", "at", "modem-1", "AT+XYZ?"]).await;
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("tidak melakukannya: perintah AT+XYZ? ditolak"), "{told}");
    assert_eq!(modem_until(&desk, |_| true).await["state"], "ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_without_a_message_centre_is_told_of_and_given_one_by_hand() {
    let office = Office::closed();
    let card = SimCard::new(CARD, "");
    let modem = ModemSetup::new(office.home.port(0), card);
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let desk = gateway.desk();
    let warns = |modem: &Value| modem["warnings"].as_array().unwrap().contains(&"no-centre".into());
    let before = modem_until(&desk, |modem| modem["state"] == "ready" && warns(modem)).await;
    let set = format!("AT+CSCA=\"{CENTRE}\"");
    assert_eq!(said(&desk, &["modem", "at", "modem-1", &set]).await, [""; 0]);
    let again = |modem: &Value| modem["state"] == "ready" && modem["since"] != before["since"];
    let after = modem_until(&desk, again).await;
    assert!(!warns(&after), "{after:#}");
    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_credit_is_asked_for_in_the_form_that_the_modem_takes() {
    for profile in [Profile::simcom_4g(), Profile::huawei_e1752()] {
        let office = Office::closed();
        let card = SimCard::new(CARD, CENTRE);
        let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
        let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
        let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
        gateway.simulation.with_network(|network, _| {
            network.set_ussd("*888#", "Pulsa Rp25.000 s.d. 30/11");
            network.set_ussd("*123#", "Sisa kuota “penuh”");
        });
        let desk = gateway.desk();
        modem_until(&desk, |modem| modem["state"] == "ready").await;
        let ussd = async |code: &str| said(&desk, &["modem", "pulsa", "modem-1", code]).await;
        assert_eq!(ussd("*888#").await, ["Pulsa Rp25.000 s.d. 30/11"]);
        assert_eq!(ussd("*123#").await, ["Sisa kuota “penuh”"]);
        let refused =
            async |code: &str| desk.refused("joko", &["modem", "ussd", "modem-1", code]).await;
        assert_eq!(refused("*1#").await, "MODEM_REFUSED", "the network does not know it");
        assert_eq!(refused("saldo").await, "INVALID");
        assert_eq!(refused("**04*1234*9999*9999#").await, "INVALID");
        let register = rusqlite::Connection::open(gateway.database()).unwrap();
        let noted = "SELECT COUNT (*) FROM access_log WHERE detail LIKE '%9999%'";
        let noted: i64 = register.query_row(noted, [], |row| row.get(0)).unwrap();
        assert_eq!(noted, 0, "no PIN is written down");
        let dialled = |modem: &mut aduan::simulator::Modem, _| {
            modem.heard().any(|line| line.contains("9999") || line.contains("**04"))
        };
        assert_eq!(gateway.simulation.with_modem(0, dialled), Some(false));
        // Sending goes on afterwards.
        gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_admins_give_orders_and_each_is_noted() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, |modem| modem["state"] == "ready").await;
    for user in ["sari", "budi", "ratna", "hadi"] {
        for order in [
            ["modem", "disable", "modem-1", ""],
            ["modem", "enable", "modem-1", ""],
            ["modem", "reset", "modem-1", ""],
            ["modem", "at", "modem-1", "AT+CSQ"],
            ["modem", "ussd", "modem-1", "*888#"],
        ] {
            let order: Vec<_> = order.into_iter().filter(|word| !word.is_empty()).collect();
            assert_eq!(desk.refused(user, &order).await, "NOT_PERMITTED", "{user} {order:?}");
        }
    }
    assert_eq!(desk.refused("joko", &["modem", "disable", "modem-9"]).await, "NO_SUCH_MODEM");
    said(&desk, &["modem", "at", "modem-1", "AT+CSQ"]).await;
    desk.tell("joko", &["modem", "disable", "modem-1"]).await;
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    let mut statement = register
        .prepare(
            "SELECT officer || ' ' || detail FROM access_log WHERE action = 'modem' ORDER BY id",
        )
        .unwrap();
    let noted: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(noted, ["joko disable modem-9", "joko at modem-1 AT+CSQ", "joko disable modem-1"]);
}

/// A gateway whose network takes its time for everything.
async fn in_a_slow_network() -> Gateway {
    let office = Office::closed();
    let card = SimCard::new(CARD, CENTRE);
    let network =
        NetworkOptions { submit_takes: Duration::from_hours(1), ..NetworkOptions::instant() };
    let modems = vec![ModemSetup::new(office.home.port(0), card)];
    let simulation = Simulation::start(Setup { network, modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    modem_until(&gateway.desk(), |modem| modem["state"] == "ready").await;
    gateway
}

#[tokio::test(flavor = "multi_thread")]
async fn a_menu_of_the_network_is_told_and_left() {
    let gateway = in_a_slow_network().await;
    let desk = gateway.desk();
    let menu = async {
        // It is heard once the code is dialled.
        loop {
            gateway.simulation.with_modem(0, |modem, now| modem.ussd_answer(1, "1. Pulsa", now));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let told = tokio::select! {
        told = said(&desk, &["modem", "ussd", "modem-1", "*123#"]) => told,
        () = menu => Vec::new(),
    };
    assert_eq!(told, ["1. Pulsa"]);
    assert_eq!(said(&desk, &["modem", "at", "modem-1", "AT"]).await, [""; 0], "it goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_when_the_modem_goes_is_told_at_once() {
    let gateway = in_a_slow_network().await;
    let desk = gateway.desk();
    let pulled = async {
        // Before or after the code is dialled: either way nobody waits for what cannot come.
        tokio::time::sleep(Duration::from_secs(1)).await;
        gateway.simulation.unplug(0);
        std::future::pending::<()>().await;
    };
    let code = tokio::select! {
        code = desk.refused("joko", &["modem", "ussd", "modem-1", "*123#"]) => code,
        () = pulled => String::new(),
    };
    assert_eq!(code, "MODEM_NOT_IN_SERVICE");
}

/// A gateway whose network has another time than this computer.
async fn in_a_network_ahead_by(lead: Duration, zone: i32) -> Gateway {
    let office = Office::closed();
    let zone = chrono::FixedOffset::east_opt(zone).unwrap();
    let network = NetworkOptions { zone, ahead: lead, ..NetworkOptions::instant() };
    let simulation = crate::support::simulate(&office.home, network);
    Gateway::of(simulation, office).await
}

fn is_warned_of_the_clock(modem: &Value) -> bool {
    modem["warnings"].as_array().unwrap().iter().any(|warning| warning == "clock")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computer_whose_clock_is_behind_is_told_by_the_time_stamps_of_messages() {
    // Whatever zone the centre stamps with.
    let gateway = in_a_network_ahead_by(Duration::from_mins(25), -5 * 3600 - 900).await;
    let desk = gateway.desk();
    modem_until(&desk, |modem| modem["state"] == "ready" && modem["clock"].is_null()).await;
    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    let modem = modem_until(&desk, is_warned_of_the_clock).await;
    let seconds = modem["clock"]["seconds"].as_i64().unwrap();
    assert!((-1500..=-1380).contains(&seconds) && modem["clock"]["zone"] == false, "{modem:#}");
    let output = desk.aduan("sari", &["--lang", "id", "modem", "lihat", "modem-1"]).await;
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("menit di belakang jam jaringan"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_hours_are_shown_and_not_warned_of() {
    let gateway = in_a_network_ahead_by(Duration::from_hours(7), 0).await;
    let desk = gateway.desk();
    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    let modem = modem_until(&desk, |modem| !modem["clock"].is_null()).await;
    assert_eq!(modem["clock"], serde_json::json!({ "seconds": -7 * 3600, "zone": true }));
    assert!(!is_warned_of_the_clock(&modem), "{modem:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_networks_own_time_is_heard_where_a_modem_tells_it() {
    let office = Office::closed();
    // A modem whose network lives in a year that is over.
    let storm = aduan::simulator::Storm {
        every: Duration::from_millis(50),
        lines: vec!["*PSUTTZ: 2021,1,1,3,20,0,\"+28\",0".to_owned()],
    };
    let faults = aduan::simulator::Faults { storm: Some(storm), ..Default::default() };
    let modem =
        ModemSetup { faults, ..ModemSetup::new(office.home.port(0), SimCard::new(CARD, CENTRE)) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let modem = modem_until(&gateway.desk(), is_warned_of_the_clock).await;
    assert!(modem["clock"]["seconds"].as_i64().unwrap() > 300 * 86_400, "{modem:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_in_the_list_everything_that_an_office_asks_for() {
    let gateway = Gateway::start().await;
    gateway.simulation.with_modem(0, |modem, _| modem.set_signal(17));
    let desk = gateway.desk();
    let modem = modem_until(&desk, is_asked_out).await;
    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    // The restart is the last error, and it is over.
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    let again = |modem: &Value| is_asked_out(modem) && !modem["last_error"].is_null();
    modem_until(&desk, |modem| again(modem) && modem["sent_today"] == 1).await;
    let read = async |arguments: &[&str]| {
        let output = desk.aduan("sari", &[&["--lang", "id"], arguments].concat()).await;
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let list = read(&["modem", "daftar"]).await;
    let info = read(&["modem", "lihat", "modem-1"]).await;
    let number = modem["number"].as_str().unwrap();
    for shown in [&list, &info] {
        for told in [
            "modem-1",
            "siap",
            "TELKOMSEL",
            "4/5",
            "-79 dBm",
            "jaringan sendiri",
            "ME 0/23",
            "SM 0/10",
            number,
            "SIMCOM_SIM7600E-H",
            "dinyalakan ulang oleh admin",
            "WIB",
        ] {
            assert!(shown.contains(told), "{told}: {shown}");
        }
    }
    assert!(list.contains("1/1") && info.contains("1 masuk, 1 keluar"), "{list}{info}");
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_of_any_card_are_counted_beside_those_of_this_one() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    desk.tell("joko", &["modem", "disable", "modem-1"]).await;
    modem_until(&desk, |modem| modem["state"] == "disabled").await;
    desk.tell("joko", &["sms", "send", "+6281200000001", "Uji coba"]).await;
    let list = desk.tell("sari", &["modem", "list"]).await;
    assert_eq!((&list["waiting_in_all"], &list["waiting_unbound"]), (&1.into(), &1.into()));
    assert_eq!(list["modems"][0]["waiting"], 0);
    let output = desk.aduan("sari", &["--lang", "id", "modem", "daftar"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("1 di antaranya boleh lewat kartu mana pun"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_short_of_power_says_so_in_words() {
    let office = Office::closed();
    let storm = aduan::simulator::Storm {
        every: Duration::from_millis(200),
        lines: vec!["UNDER-VOLTAGE WARNNING".to_owned()],
    };
    let faults = aduan::simulator::Faults { storm: Some(storm), ..Default::default() };
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { faults, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let desk = gateway.desk();
    let modem = modem_until(&desk, |modem| !modem["power"].is_null()).await;
    assert_eq!(modem["power"]["alarm"], "under-voltage");
    assert_eq!(modem["warnings"], serde_json::json!(["power"]));
    let output = desk.aduan("sari", &["--lang", "id", "modem", "lihat", "modem-1"]).await;
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("tegangan terlalu rendah"), "{shown}");
    assert!(shown.contains("UNDER-VOLTAGE WARNNING"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_sends_shows_it_and_is_ready_all_the_same() {
    let office = Office::closed();
    let card = SimCard::new(CARD, CENTRE);
    let network =
        NetworkOptions { submit_takes: Duration::from_secs(3), ..NetworkOptions::default() };
    let setup = Setup { network, modems: vec![ModemSetup::new(office.home.port(0), card)] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let desk = gateway.desk();
    modem_until(&desk, |modem| modem["state"] == "ready").await;
    gateway.simulation.text("+6281200000001", CARD, "DISHUB # lampu jalan mati").unwrap();
    let modem = modem_until(&desk, |modem| modem["activity"] == "sending").await;
    assert_eq!(modem["state"], "ready");
    let output = desk.aduan("sari", &["--lang", "id", "modem", "list"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("mengirim"), "{text}");
    modem_until(&desk, |modem| modem["activity"].is_null() && modem["sent"] == 1).await;
}

/// A modem that tells its signal ten times a second, and swallows one answer.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_swallowed_among_notices_costs_its_patience_and_no_more() {
    use aduan::simulator::{Faults, Mishap, Scripted, Storm};
    let office = Office::closed().modem("record = \"recordings\"");
    let scripted = Scripted { command: "+CSQ".to_owned(), mishap: Mishap::Swallow, times: 1 };
    let lines = vec!["^RSSI:20".to_owned()];
    let storm = Storm { every: Duration::from_millis(100), lines };
    let faults = Faults { scripted: vec![scripted], storm: Some(storm), ..Default::default() };
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { faults, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    modem_until(&gateway.desk(), |modem| !modem["operator"].is_null()).await;
    let (_, office) = gateway.close().await;
    let recorded: String = std::fs::read_dir(office.home.path().join("recordings"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let (_, after) = recorded.split_once("AT+CSQ").expect("it was asked");
    let (meanwhile, _) = after.split_once("> AT").expect("it went on");
    // Its patience of ten seconds and half of one of quiet; a line that never settles takes thirty more.
    let notices = meanwhile.matches("^RSSI:20").count();
    assert!(notices < 150, "{notices} notices before the next command");
}

/// Its maker decides how it is treated: without that its reports would be read with what wrongly stands before them.
#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_does_not_say_who_made_it_is_asked_once_more() {
    use aduan::simulator::{Faults, Mishap, Profile, Scripted};
    let office = Office::closed();
    let scripted = Scripted { command: "+CGMI".to_owned(), mishap: Mishap::Swallow, times: 1 };
    let faults = Faults { scripted: vec![scripted], ..Default::default() };
    let card = SimCard::new(CARD, CENTRE);
    let profile = Profile::wavecom();
    let modem = ModemSetup { faults, profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let modem = modem_until(&gateway.desk(), |modem| modem["state"] == "ready").await;
    assert_eq!(modem["model"], "WAVECOM MODEM MULTIBAND  900E  1800");
}

/// `+CMTE` tells of heat, of cold, and that neither is there any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_temperature_that_is_as_it_should_be_again_ends_its_warning() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    let say = |line: &str| gateway.simulation.with_modem(0, |modem, now| modem.say(line, now));
    say("+CMTE: 1");
    let hot = |modem: &Value| modem["power"]["alarm"] == "hot";
    let modem = modem_until(&desk, hot).await;
    assert_eq!(modem["warnings"][0], "power", "{modem:#}");
    say("+CMTE: 0");
    let modem = modem_until(&desk, |modem| modem["power"].is_null()).await;
    assert_eq!(modem["warnings"], Value::Array(vec![]), "{modem:#}");
}
