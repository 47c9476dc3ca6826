//! Families of modems as data: what they offer, how they word it, and where they lie.
//!
//! The values come from captures and from other gateways' source; firmware differs within one family.

use std::time::Duration;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use super::failure::Failure;

/// How a modem answers a read of an empty place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyPlace {
    /// `+CMS ERROR: 321`.
    InvalidIndex,
    /// `OK` and nothing else.
    BareOk,
}

/// The name of a store as the tables have it.
type StoreName = &'static str;

/// What becomes of a status report that `AT+CNMI` wants stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportStore {
    /// It is kept in `SR` and announced there.
    Kept,
    /// The same, but what is read there stands behind [`BEFORE_REPORTS`], which no length counts.
    Mangled,
    /// It is kept among the messages, in the store in which they arrive, and announced there.
    AmongMessages,
    /// It is announced in this store and can be read nowhere.
    Lost(#[serde(deserialize_with = "store_name")] StoreName),
}

/// What a Wavecom puts before a report that it has stored, by the workaround that other gateways have for it.
pub const BEFORE_REPORTS: [u8; 4] = [0x00, 0x00, 0x00, 0xFF];

/// What becomes of a class 0 ("flash") message that is not routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassZero {
    /// It is stored and announced like any other.
    Stored,
    /// It is routed with `+CMT` all the same.
    Routed,
    /// It is shown on a display that is not there, and gone; a notice tells its text.
    Shown,
}

/// What becomes of octets that come while a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhileBusy {
    /// They wait (up to a kilobyte) and are read after the final result code.
    Queued,
    /// They are lost.
    Ignored,
}

/// Which command, if any, tells how many tries the PIN has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TriesCommand {
    /// `AT+CPINR` (3GPP TS 27.007 §8.65).
    Cpinr,
    /// `AT^CPIN?` of Huawei.
    Huawei,
    /// `AT+SPIC` of `SIMCom`.
    Spic,
    /// `AT+QPINC?` of Quectel.
    Qpinc,
    /// `AT+CPINC` of Wavecom.
    Cpinc,
    /// `AT^SPIC="SC"` of Siemens and Cinterion.
    Siemens,
    /// `AT#PCT` of Telit.
    Pct,
    /// `AT+ZPINPUK=?` of ZTE.
    Zpinpuk,
    /// None.
    Hidden,
}

/// Which command restarts a modem; the other one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// `AT+CFUN=1,1` (3GPP TS 27.007 §8.2).
    Cfun,
    /// `AT#REBOOT` of Telit.
    Reboot,
}

impl Restart {
    /// The whole line.
    pub(super) const fn line(self) -> &'static [u8] {
        match self {
            Self::Cfun => b"AT+CFUN=1,1",
            Self::Reboot => b"AT#REBOOT",
        }
    }
}

/// A line that comes by itself, so many milliseconds after its cause.
pub type Announcement = (u64, &'static str);

/// One family of modems.
#[expect(clippy::struct_excessive_bools, reason = "each is a quirk that a family has or has not")]
#[derive(Debug, Clone)]
pub struct Profile {
    /// `AT+CGMI`.
    pub maker: &'static str,
    /// `AT+CGMM`.
    pub model: &'static str,
    /// `AT+CGMR`.
    pub revision: &'static str,
    /// Commands that tell the card's number, and the prefix each answers with.
    pub iccid_commands: &'static [(&'static str, &'static str)],
    /// Which command tells the tries left.
    pub tries_command: TriesCommand,
    /// Commands that are taken and change nothing here.
    pub accepted: &'static [&'static str],
    /// Refusal of a command that the firmware does not know, if it is not an error code.
    pub unknown_command: Option<&'static str>,
    /// Refusal of a value that the firmware does not take.
    pub refusal: Failure,
    /// Refusal of a message command while the message service still starts.
    pub starting: Failure,
    /// With `AT+CMEE=0`, message errors too are a bare `ERROR`.
    pub plain_message_errors: bool,
    /// Message commands without a ready card answer `+CME ERROR` instead of `+CMS ERROR`.
    pub card_errors_as_cme: bool,
    /// `AT+CPIN?` has no final `OK`.
    pub pin_query_without_ok: bool,
    /// Prompt for a PDU.
    pub prompt: &'static str,
    /// How long after its prompt it loses what is typed; Ctrl-Z and ESC it never loses.
    pub deaf_after_prompt: Duration,
    /// Octets that come while a command runs.
    pub while_busy: WhileBusy,

    /// Real stores and their places.
    pub stores: &'static [(&'static str, usize)],
    /// Number of the first place.
    pub first_index: usize,
    /// Stores that may be named first, second and third in `AT+CPMS`; two lists mean that only two may be named.
    pub store_choices: &'static [&'static [&'static str]],
    /// Answer to `AT+CPMS=?`.
    pub store_test: &'static str,
    /// Stores chosen after a start.
    pub store_default: [&'static str; 3],
    /// Answer to a read of an empty place.
    pub empty_place: EmptyPlace,
    /// `AT+CMGD=?` lists the places taken, not the range.
    pub delete_test_lists_taken: bool,
    /// The first part of a long message takes the others with it when it is deleted.
    pub deletes_together: bool,
    /// Line that comes when a message found no place; `{}` stands for the store.
    pub full_notice: Option<&'static str>,
    /// That line comes only after `AT+QINDCFG="smsfull",1`.
    pub full_notice_asked: bool,

    /// Values of each `AT+CNMI` parameter as advertised.
    pub cnmi: [&'static [u32]; 5],
    /// Answer to `AT+CNMI=?`.
    pub cnmi_test: &'static str,
    /// Advertised values that are refused all the same: parameter (from 0) and value.
    pub cnmi_refused: &'static [(usize, u32)],
    /// What is to be stored is announced without a place and stored nowhere; the network keeps it.
    pub announces_unstored: bool,
    /// `AT+CSMS=1` is taken: what is routed may be acknowledged.
    pub phase_2: bool,
    /// Direct routing is refused until `AT+CSMS=1`.
    pub direct_needs_phase_2: bool,
    /// How long a routed message may wait for `AT+CNMA`.
    pub acknowledge_within: Duration,
    /// How long it waits for the network's word on a submission before it says 332 (network time-out).
    pub gives_up_after: Duration,
    /// It keeps TP-MR in memory and not on the card: after each start it counts from 0 again.
    pub forgets_reference: bool,
    /// Stored status reports.
    pub reports: ReportStore,
    /// Class 0 messages.
    pub class_zero: ClassZero,
    /// `AT+CMMS` is known.
    pub keeps_link: bool,
    /// `AT+CHUP` is known, not `ATH` alone.
    pub knows_chup: bool,
    /// USSD texts are packed 7 bit in hex until `AT^USSDMODE=0`.
    pub ussd_packed: bool,

    /// From power to the first line; nothing is heard before.
    pub boot_takes: Duration,
    /// Lines after power, counted from the end of `boot_takes`.
    pub boot_lines: &'static [Announcement],
    /// Lines after the card is open, counted from then.
    pub card_lines: &'static [Announcement],
    /// From an open card to a working message service.
    pub service_after: Duration,
    /// From an open card to registration.
    pub register_after: Duration,
    /// How long `AT+CFUN=1` takes when the radio was off.
    pub radio_takes: Duration,
    /// Commands that are answered with `+CME ERROR: 515` after the radio was switched on.
    pub busy_answers: u32,
    /// That the card is taken out is not told, also where the family tells that it is there.
    pub hides_removal: bool,
    /// What restarts it.
    pub restart: Restart,
    /// A restart takes the device off the bus; it comes back after `boot_takes`.
    pub restart_leaves_bus: bool,
    /// What the modem says of itself now and then.
    pub chatter: &'static [&'static str],
}

/// The name of a store.
fn store_name<'de, D: Deserializer<'de>>(from: D) -> Result<StoreName, D::Error> {
    let name = String::deserialize(from)?;
    let known = ["SM", "ME", "MT", "SR"].into_iter().find(|known| *known == name);
    known.ok_or_else(|| {
        D::Error::custom(format!("{name:?} is no store; write \"SM\", \"ME\", \"MT\" or \"SR\""))
    })
}

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

const ALL: &[&str] = &["SM", "ME", "MT"];

impl Default for Profile {
    fn default() -> Self {
        Self::simcom_4g()
    }
}

impl Profile {
    /// A 4G USB stick of the SIM7600 kind: 23 places in `ME`, 10 in `SM`, none in `SR`.
    pub fn simcom_4g() -> Self {
        Self {
            maker: "SIMCOM INCORPORATED",
            model: "SIMCOM_SIM7600E-H",
            revision: "+CGMR: LE20B04SIM7600M22",
            iccid_commands: &[("+CICCID", "+ICCID: "), ("+CCID", "+CCID: ")],
            tries_command: TriesCommand::Spic,
            accepted: &["+CGSMS", "+CNMP", "+IPR", "+IFC", "+ICF", "+CTZU", "+CTZR", "+CRC"],
            unknown_command: None,
            refusal: Failure::Plain,
            starting: Failure::Cms(314),
            plain_message_errors: false,
            card_errors_as_cme: false,
            pin_query_without_ok: false,
            prompt: "\r\n> ",
            deaf_after_prompt: Duration::ZERO,
            while_busy: WhileBusy::Queued,
            stores: &[("SM", 10), ("ME", 23), ("SR", 0)],
            first_index: 0,
            store_choices: &[&["ME", "MT", "SM", "SR"], ALL, ALL],
            store_test: "(\"ME\",\"MT\",\"SM\",\"SR\"),(\"ME\",\"MT\",\"SM\"),(\"ME\",\"MT\",\"SM\")",
            store_default: ["ME", "ME", "ME"],
            empty_place: EmptyPlace::InvalidIndex,
            delete_test_lists_taken: true,
            deletes_together: false,
            full_notice: None,
            full_notice_asked: false,
            cnmi: [&[0, 1, 2], &[0, 1, 2, 3], &[0, 2], &[0, 1, 2], &[0, 1]],
            cnmi_test: "(0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)",
            cnmi_refused: &[],
            announces_unstored: false,
            phase_2: true,
            direct_needs_phase_2: false,
            acknowledge_within: Duration::from_secs(10),
            gives_up_after: Duration::from_mins(2),
            forgets_reference: false,
            reports: ReportStore::Lost("SR"),
            class_zero: ClassZero::Stored,
            keeps_link: true,
            knows_chup: true,
            ussd_packed: false,
            boot_takes: ms(400),
            boot_lines: &[(0, "RDY")],
            card_lines: &[(0, "+CPIN: READY"), (150, "SMS DONE"), (300, "PB DONE")],
            service_after: ms(150),
            register_after: ms(200),
            radio_takes: ms(150),
            busy_answers: 0,
            hides_removal: false,
            restart: Restart::Cfun,
            restart_leaves_bus: false,
            chatter: &["+CTZV: +28", "+CGREG: 1", "DST: 0"],
        }
    }

    /// A Huawei E1752 or E17x: echoes much, chatters much, indexes from 0, keeps reports in `SR`, leaves the bus on a restart.
    pub fn huawei_e1752() -> Self {
        Self {
            maker: "huawei",
            model: "E1752",
            revision: "11.126.13.00.00",
            iccid_commands: &[("^ICCID", "^ICCID: ")],
            tries_command: TriesCommand::Huawei,
            accepted: &["^CURC", "^PORTSEL", "^SYSCFG", "+CRC", "+IPR", "+IFC"],
            unknown_command: Some("COMMAND NOT SUPPORT"),
            refusal: Failure::Cms(303),
            card_errors_as_cme: true,
            stores: &[("SM", 20), ("ME", 20), ("SR", 50)],
            store_choices: &[&["SM", "ME", "SR"], &["SM", "ME"], &["SM", "ME"]],
            store_test: "(\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")",
            store_default: ["SM", "SM", "SM"],
            empty_place: EmptyPlace::BareOk,
            delete_test_lists_taken: false,
            full_notice: Some("^SMMEMFULL:\"{}\""),
            cnmi: [&[0, 1, 2], &[0, 1, 2, 3], &[0, 2], &[0, 1, 2], &[0, 1]],
            cnmi_test: "(0-2),(0-3),(0,2),(0-2),(0,1)",
            reports: ReportStore::Kept,
            class_zero: ClassZero::Routed,
            keeps_link: false,
            ussd_packed: true,
            boot_lines: &[],
            card_lines: &[(0, "^SIMST:1"), (50, "^SRVST:2"), (200, "^MODE:3,3")],
            restart_leaves_bus: true,
            chatter: &[
                "^RSSI:19",
                "^SRVST:2",
                "^MODE:3,3",
                "^HCSQ:\"LTE\",60,52,106,24",
                "^DSFLOWRPT:00000059,00000000,00000000,000000000000036E,000000000000032C,0003E800,0003E800",
            ],
            ..Self::simcom_4g()
        }
    }

    /// A Wavecom Fastrack: two stores only, a nested list of them, `AT+CPIN?` without `OK`, busy after the radio starts.
    pub fn wavecom() -> Self {
        Self {
            maker: " WAVECOM MODEM",
            model: " MULTIBAND  900E  1800",
            revision: "641b09gg.Q2403A 1320676 061804 14:38",
            iccid_commands: &[("+CCID", "+CCID: ")],
            tries_command: TriesCommand::Cpinc,
            accepted: &["+IPR", "+IFC", "+ICF", "+WIND", "+CRC"],
            plain_message_errors: true,
            pin_query_without_ok: true,
            while_busy: WhileBusy::Ignored,
            stores: &[("SM", 50), ("SR", 20)],
            first_index: 1,
            store_choices: &[&["SM", "SR"], &["SM"]],
            store_test: "((\"SM\",\"BM\",\"SR\"),(\"SM\"))",
            store_default: ["SM", "SM", "SM"],
            delete_test_lists_taken: false,
            cnmi_test: "(0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)",
            direct_needs_phase_2: true,
            reports: ReportStore::Mangled,
            boot_lines: &[],
            card_lines: &[],
            busy_answers: 2,
            chatter: &["+WIND: 7"],
            ..Self::simcom_4g()
        }
    }

    /// A Quectel EC25: indexes from 0, stored reports are announced as `"SM"` and lost.
    pub fn quectel_ec25() -> Self {
        Self {
            maker: "Quectel",
            model: "EC25",
            revision: "EC25EFAR06A03M4G",
            iccid_commands: &[("+QCCID", "+QCCID: "), ("+CCID", "+CCID: ")],
            tries_command: TriesCommand::Qpinc,
            accepted: &[
                "+QINDCFG", "+QURCCFG", "+QCFG", "+CGSMS", "+CTZU", "+CTZR", "+IPR", "+IFC", "+CRC",
            ],
            refusal: Failure::Cms(303),
            stores: &[("SM", 25), ("ME", 23)],
            store_choices: &[ALL, ALL, ALL],
            store_test: "(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\")",
            empty_place: EmptyPlace::BareOk,
            cnmi_test: "(0-2),(0-3),(0,2),(0-2),(0,1)",
            full_notice: Some("+QIND: \"smsfull\",\"{}\""),
            full_notice_asked: true,
            reports: ReportStore::Lost("SM"),
            boot_lines: &[(0, "RDY")],
            card_lines: &[(0, "+CPIN: READY"), (100, "+QIND: SMS DONE"), (300, "+QIND: PB DONE")],
            chatter: &[
                "+QIND: \"csq\",21,99",
                "+QIND: \"act\",\"LTE\"",
                "+CTZV: +28",
                "+QLWURC: 1",
            ],
            ..Self::simcom_4g()
        }
    }

    /// A SIM800L board: 2G, reports only routed, message commands fail until `SMS Ready`.
    pub fn sim800() -> Self {
        Self {
            maker: "SIMCOM_Ltd",
            model: "SIMCOM_SIM800L",
            revision: "Revision:1418B05SIM800L24",
            iccid_commands: &[("+CCID", "")],
            starting: Failure::Plain,
            plain_message_errors: true,
            stores: &[("SM", 10), ("ME", 50)],
            first_index: 1,
            store_choices: &[ALL, ALL, ALL],
            store_test: "(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\")",
            store_default: ["SM", "SM", "SM"],
            empty_place: EmptyPlace::BareOk,
            delete_test_lists_taken: false,
            cnmi: [&[0, 1, 2, 3], &[0, 1, 2, 3], &[0, 2], &[0, 1], &[0, 1]],
            cnmi_test: "(0-3),(0-3),(0,2),(0,1),(0,1)",
            class_zero: ClassZero::Shown,
            boot_lines: &[(0, "RDY"), (20, "+CFUN: 1")],
            card_lines: &[(0, "+CPIN: READY"), (150, "Call Ready"), (250, "SMS Ready")],
            service_after: ms(250),
            chatter: &[
                "UNDER-VOLTAGE WARNNING",
                "*PSNWID: \"510\",\"10\", \"TELKOMSEL\", 0, \"TSEL\", 0",
                "DST: 0",
            ],
            ..Self::simcom_4g()
        }
    }

    /// A Cinterion `MC75i`, kin of the Siemens `MC35i` and `TC35i`: only stores and announces, the reports among the messages, and
    /// takes no fifth value of `AT+CNMI` but 1.
    pub fn cinterion_mc75i() -> Self {
        Self {
            maker: "Cinterion",
            model: "MC75i",
            revision: "REVISION 04.001",
            iccid_commands: &[("^SCID", "^SCID: ")],
            tries_command: TriesCommand::Siemens,
            accepted: &["+IPR", "+IFC", "^SCFG", "^SCKS", "^SM20", "+CRC"],
            starting: Failure::Cms(532),
            stores: &[("SM", 20), ("ME", 25)],
            first_index: 1,
            store_choices: &[ALL, ALL, &["SM", "MT"]],
            store_test: "(\"ME\",\"SM\",\"MT\"),(\"ME\",\"SM\",\"MT\"),(\"SM\",\"MT\")",
            store_default: ["ME", "ME", "SM"],
            delete_test_lists_taken: false,
            cnmi: [&[0, 1, 2, 3], &[0, 1], &[0, 2, 3], &[0, 2], &[1]],
            cnmi_test: "(0-3),(0,1),(0,2,3),(0,2),(1)",
            reports: ReportStore::AmongMessages,
            boot_lines: &[(0, "^SYSSTART")],
            card_lines: &[],
            chatter: &["^SCKS: 1", "+CIEV: rssi,3", "+CREG: 1"],
            ..Self::simcom_4g()
        }
    }

    /// A ZTE MF190 or its kin: advertises the best notices and takes the second best, keeps reports in `SR`, repeats itself
    /// much, leaves the bus on a restart.
    pub fn zte_mf190() -> Self {
        Self {
            maker: "ZTE INCORPORATED",
            model: "MF190",
            revision: "BD_MF190V1.0.0B03",
            iccid_commands: &[("+ZGETICCID", "+ZGETICCID: ")],
            tries_command: TriesCommand::Zpinpuk,
            accepted: &["+ZOPRT", "+ZCDRUN", "+ZSNT", "+IPR", "+IFC", "+CRC"],
            unknown_command: Some("ERROR"),
            refusal: Failure::Cms(303),
            stores: &[("SM", 50), ("ME", 100), ("SR", 100)],
            store_choices: &[&["ME", "MT", "SM", "SR"], ALL, &["SM", "ME", "MT", "SR"]],
            store_test: "(\"ME\",\"MT\",\"SM\",\"SR\"),(\"ME\",\"MT\",\"SM\"),(\"ME\",\"MT\",\"SM\",\"SR\")",
            store_default: ["SM", "SM", "SM"],
            empty_place: EmptyPlace::BareOk,
            cnmi_test: "(0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)",
            cnmi_refused: &[(0, 2), (3, 1)],
            reports: ReportStore::Kept,
            class_zero: ClassZero::Routed,
            boot_lines: &[],
            card_lines: &[
                (0, "+ZUSIMR:2"),
                (100, "+ZDONR: \"TELKOMSEL\",510,10,\"CS_PS\",\"ROAM_OFF\""),
            ],
            restart_leaves_bus: true,
            chatter: &["+ZPASR: \"HSPA\"", "+ZUSIMR:2", "+ZPSTM: 0", "+ZEND"],
            ..Self::simcom_4g()
        }
    }

    /// A Telit HE910 or GL865: restarts by a command of its own, of which no line tells but the card's.
    pub fn telit_he910() -> Self {
        Self {
            maker: "Telit",
            model: "HE910",
            revision: "12.00.004",
            iccid_commands: &[("#CCID", "#CCID: ")],
            tries_command: TriesCommand::Pct,
            accepted: &["#QSS", "#STIA", "#SELINT", "+IPR", "+IFC", "+CRC"],
            refusal: Failure::Cme(4),
            stores: &[("SM", 20), ("ME", 50)],
            first_index: 1,
            store_choices: &[&["SM", "ME"], &["SM", "ME"], &["SM", "ME"]],
            store_test: "(\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")",
            store_default: ["SM", "SM", "SM"],
            delete_test_lists_taken: false,
            cnmi: [&[0, 1, 2], &[0, 1, 2, 3], &[0, 2], &[0, 1], &[0, 1]],
            cnmi_test: "(0-2),(0-3),(0,2),(0,1),(0,1)",
            boot_lines: &[],
            card_lines: &[(0, "#QSS: 1"), (50, "#QSS: 2"), (150, "#QSS: 3")],
            restart: Restart::Reboot,
            chatter: &["#STN: 37", "#QSS: 3"],
            ..Self::simcom_4g()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_starts_in_stores_that_it_has() {
        let families = [
            Profile::simcom_4g(),
            Profile::huawei_e1752(),
            Profile::wavecom(),
            Profile::quectel_ec25(),
            Profile::sim800(),
            Profile::cinterion_mc75i(),
            Profile::zte_mf190(),
            Profile::telit_he910(),
        ];
        for profile in families {
            assert!((2..=3).contains(&profile.store_choices.len()), "{}", profile.model);
            for (choices, name) in profile.store_choices.iter().zip(profile.store_default) {
                assert!(choices.contains(&name), "{} starts in {name}", profile.model);
                assert!(profile.stores.iter().any(|(store, places)| *store == name && *places > 0));
            }
            let [until_clear @ .., _] = profile.cnmi;
            assert!(until_clear.iter().all(|values| values.contains(&0)), "{}", profile.model);
        }
    }
}
