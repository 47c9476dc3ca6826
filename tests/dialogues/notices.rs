//! Every notice of section 6 of the field notes on modems (quirks.md), each with a body as modems write it, and what it
//! means.

use aduan::at::{Boot, Domain, RegistrationState, SimNotice, Store, Urc};

const PDU: &str = "07918497483252F0040B918496445078F700007121320144744004D4F29C0E";
const REPORT: &str = "07914875215652F006360B914892347527F3817003018104808170030181448000";

const PAGE: &str = "0011001100480139";

/// What means nothing to us.
const IGNORED: &[&str] = &[
    "^MODE:5,4",
    "^SRVST:2",
    "^SYSINFO:2,3,0,5,1",
    "^SIMST:1",
    "^STIN:0,0,0",
    "^DSFLOWRPT:00000124,00000082,00000EA6,0000000000012325,000000000022771D,0000BB80,0001F400",
    "^DSDORMANT:1",
    "^EONS:5,\"51010\",\"TSEL\"",
    "^LWURC:\"READY\"",
    "^NDISSTAT:1,,,\"IPV4\"",
    "^POSITION:2,0",
    "^RFSWITCH:1,1",
    "+ZUSIMR:2",
    "+ZDONR: \"TSEL\",510,10,\"CS_PS\",\"ROAM_OFF\"",
    "+ZPASR: \"No Service\"",
    "+ZPAS: \"UMTS\",\"CS_PS\"",
    "+ZPSTM: 0,0",
    "+ZEND",
    "*PSNWID: \"510\",\"10\", \"TSEL\", 0, \"TSEL\", 0",
    "DST: 0",
    "+CIEV: 2,1",
    "+CTZV: +28,0",
    "+QIND: \"act\",\"HSDPA\"",
    "+QUSIM: 1",
    "+QLWURC: \"ready\"",
    "+QGPSURC: 0",
    "+WIND: 16",
    "+PSBEARER: 24, 0",
    "+SPNWNAME: \"TSEL\"",
    "#STN: 37",
    "#QSS: 1",
    "_OSIGQ: 11,0",
    "_OBS: 22,1",
];

/// Supply, temperature, switching off; the double N is real.
const ALARMS: &[&str] = &[
    "NORMAL POWER DOWN",
    "UNDER-VOLTAGE WARNNING",
    "UNDER-VOLTAGE POWER DOWN",
    "OVER-VOLTAGE WARNNING",
    "+CMTE: 1",
    "^SHUTDOWN",
];

/// Every notice of section 6, without the boot lines that end a command, and what it means.
pub fn notices() -> Vec<(String, Urc)> {
    let meaningful = meaningful().into_iter().map(|(line, urc)| (line.to_owned(), urc));
    let ignored = IGNORED.iter().map(|line| ((*line).to_owned(), Urc::Ignored((*line).to_owned())));
    let alarms =
        ALARMS.iter().map(|line| ((*line).to_owned(), Urc::PowerAlarm((*line).to_owned())));
    meaningful.chain(ignored).chain(alarms).chain(two_line()).collect()
}

fn network_time() -> Urc {
    Urc::NetworkTime(chrono::DateTime::parse_from_rfc3339("2024-05-01T10:11:12+07:00").unwrap())
}

/// One line, or a text torn over several.
fn meaningful() -> Vec<(&'static str, Urc)> {
    let store = |name| Store::parse(name).ok();
    let rssi = |rssi| Urc::Signal { rssi };
    vec![
        ("^NWTIME:24/05/01,10:11:12+28,0", network_time()),
        ("*PSUTTZ: 2024,5,1,3,11,12,\"+28\",0", network_time()),
        ("^RSSI:19", rssi(Some(19))),
        ("^HCSQ:\"LTE\",60,52,106,24", rssi(None)),
        ("^CSNR:-73,-11", rssi(None)),
        ("^RSSILVL:80", rssi(None)),
        ("^HRSSILVL:61", rssi(None)),
        ("^SIMST:255,1", Urc::Sim(SimNotice::Removed)),
        ("^BOOT:27710117,0,0,0,75", Urc::Boot(Boot::UnderWay)),
        ("^SMMEMFULL:\"SM\"", Urc::StorageFull { store: store("SM") }),
        ("+CFUN: 1", Urc::Boot(Boot::UnderWay)),
        ("+CPIN: READY", Urc::Sim(SimNotice::Ready)),
        ("+CPIN: NOT INSERTED", Urc::Sim(SimNotice::Removed)),
        ("+CPIN: NOT READY", Urc::Sim(SimNotice::NotReady)),
        ("+CPIN: SIM REMOVED", Urc::Sim(SimNotice::Removed)),
        ("Call Ready", Urc::Boot(Boot::UnderWay)),
        ("SMS Ready", Urc::SmsReady),
        ("SMS DONE", Urc::SmsReady),
        ("PB DONE", Urc::Boot(Boot::UnderWay)),
        ("QCRDY", Urc::Boot(Boot::UnderWay)),
        ("^SYSLOADING", Urc::Boot(Boot::UnderWay)),
        ("+QIND: \"smsfull\",\"ME\"", Urc::StorageFull { store: store("ME") }),
        ("+CLASS0: \"Awas\"", Urc::FlashShown("\"Awas\"".to_owned())),
        ("+QIND: \"csq\",21,99", rssi(Some(21))),
        ("^SCKS: 0", Urc::Sim(SimNotice::Removed)),
        ("+WIND: 0", Urc::Sim(SimNotice::Removed)),
        ("+WIND: 1", Urc::Sim(SimNotice::NotReady)),
        ("+WIND: 4", Urc::Boot(Boot::UnderWay)),
        ("+WIND: 7", Urc::SmsReady),
        ("#QSS: 0", Urc::Sim(SimNotice::Removed)),
        ("RING", Urc::Ring),
        ("+CRING: VOICE", Urc::Ring),
        ("+CLIP: \"+6281234567890\",145,,,,0", Urc::Ring),
        ("NO CARRIER", Urc::CallEnded),
        ("BUSY", Urc::CallEnded),
        ("MISSED_CALL: 02:03AM 6281234567890", Urc::CallEnded),
        ("VOICE CALL: END: 000017", Urc::CallEnded),
        ("^CEND:1,0,67,31", Urc::CallEnded),
        ("+CMTI: \"SM\",3", Urc::MessageStored { store: store("SM"), index: Some(3) }),
        ("+CDSI: \"SR\",1", Urc::ReportStored { store: store("SR"), index: Some(1) }),
        (
            "+CREG: 2",
            Urc::Registration { domain: Domain::Circuit, state: RegistrationState::Searching },
        ),
        (
            "+CUSD: 1,\"1. Pulsa\r\n> 2. Paket\r\nOK? 0\",15",
            Urc::Ussd {
                status: 1,
                text: Some("1. Pulsa\n> 2. Paket\nOK? 0".to_owned()),
                dcs: Some(15),
            },
        ),
        ("+CUSD: 2", Urc::Ussd { status: 2, text: None, dcs: None }),
    ]
}

/// A header and its PDU.
fn two_line() -> [(String, Urc); 3] {
    [
        (format!("+CMT: ,23\r\n{PDU}"), Urc::MessageRouted { pdu_hex: PDU.to_owned(), length: 23 }),
        (
            format!("+CDS: 25\r\n{REPORT}"),
            Urc::ReportRouted { pdu_hex: REPORT.to_owned(), length: 25 },
        ),
        (format!("+CBM: 8\r\n{PAGE}"), Urc::Broadcast { pdu_hex: PAGE.to_owned(), length: 8 }),
    ]
}
