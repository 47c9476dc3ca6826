//! The modems of a scenario: family and quirks, the card, what lies in the stores, what goes wrong.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::time;
use crate::simulator::failure::Failure;
use crate::simulator::faults::Faults;
use crate::simulator::modem::Registration;
use crate::simulator::network::NetworkOptions;
use crate::simulator::profile::{
    ClassZero, EmptyPlace, Profile, ReportStore, Restart, TriesCommand, WhileBusy,
};
use crate::simulator::serve::ModemSetup;
use crate::simulator::sim::SimCard;
use crate::simulator::storage::Status;
use crate::sms::{self, Address, EncodeError, parts};

/// PUK of a card of which none is written.
const PUK: &str = "12345678";

/// A family of modems: a [`Profile`] by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Family {
    /// [`Profile::simcom_4g`].
    #[default]
    #[serde(rename = "simcom-4g")]
    Simcom4g,
    /// [`Profile::huawei_e1752`].
    #[serde(rename = "huawei-e1752")]
    HuaweiE1752,
    /// [`Profile::wavecom`].
    #[serde(rename = "wavecom")]
    Wavecom,
    /// [`Profile::quectel_ec25`].
    #[serde(rename = "quectel-ec25")]
    QuectelEc25,
    /// [`Profile::sim800`].
    #[serde(rename = "sim800")]
    Sim800,
    /// [`Profile::cinterion_mc75i`].
    #[serde(rename = "cinterion-mc75i")]
    CinterionMc75i,
    /// [`Profile::zte_mf190`].
    #[serde(rename = "zte-mf190")]
    ZteMf190,
    /// [`Profile::telit_he910`].
    #[serde(rename = "telit-he910")]
    TelitHe910,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Simcom4g,
        Self::HuaweiE1752,
        Self::Wavecom,
        Self::QuectelEc25,
        Self::Sim800,
        Self::CinterionMc75i,
        Self::ZteMf190,
        Self::TelitHe910,
    ];

    /// As data.
    pub fn profile(self) -> Profile {
        match self {
            Self::Simcom4g => Profile::simcom_4g(),
            Self::HuaweiE1752 => Profile::huawei_e1752(),
            Self::Wavecom => Profile::wavecom(),
            Self::QuectelEc25 => Profile::quectel_ec25(),
            Self::Sim800 => Profile::sim800(),
            Self::CinterionMc75i => Profile::cinterion_mc75i(),
            Self::ZteMf190 => Profile::zte_mf190(),
            Self::TelitHe910 => Profile::telit_he910(),
        }
    }
}

macro_rules! quirks {
    ($($(#[$written:meta])* $name:ident: $kind:ty,)*) => {
        /// Where a modem differs from its family; each is explained at [`Profile`].
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Quirks {
            $(#[doc = concat!("[`Profile::", stringify!($name), "`].")]
            $(#[$written])*
            pub $name: Option<$kind>,)*
            /// Direct routing is advertised and refused.
            pub refuses_direct: bool,
            /// Announcing stored messages is advertised and refused.
            pub refuses_stored: bool,
        }

        impl Quirks {
            fn apply(&self, profile: &mut Profile) {
                $(if let Some(value) = self.$name {
                    profile.$name = value;
                })*
                profile.cnmi_refused = match (self.refuses_direct, self.refuses_stored) {
                    (false, false) => profile.cnmi_refused,
                    (true, false) => &[(1, 2)],
                    (false, true) => &[(1, 1)],
                    (true, true) => &[(1, 1), (1, 2)],
                };
            }
        }
    };
}

quirks! {
    refusal: Failure,
    starting: Failure,
    plain_message_errors: bool,
    card_errors_as_cme: bool,
    pin_query_without_ok: bool,
    tries_command: TriesCommand,
    #[serde(with = "time::optional")]
    deaf_after_prompt: Duration,
    while_busy: WhileBusy,
    first_index: usize,
    empty_place: EmptyPlace,
    delete_test_lists_taken: bool,
    announces_unstored: bool,
    phase_2: bool,
    deletes_together: bool,
    full_notice_asked: bool,
    direct_needs_phase_2: bool,
    #[serde(with = "time::optional")]
    acknowledge_within: Duration,
    #[serde(with = "time::optional")]
    gives_up_after: Duration,
    reports: ReportStore,
    class_zero: ClassZero,
    keeps_link: bool,
    knows_chup: bool,
    ussd_packed: bool,
    #[serde(with = "time::optional")]
    boot_takes: Duration,
    #[serde(with = "time::optional")]
    service_after: Duration,
    #[serde(with = "time::optional")]
    register_after: Duration,
    #[serde(with = "time::optional")]
    radio_takes: Duration,
    busy_answers: u32,
    hides_removal: bool,
    restart: Restart,
    restart_leaves_bus: bool,
}

/// A card, in a modem or in none at first.
#[expect(clippy::struct_excessive_bools, reason = "each is something that a card is or has")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Card {
    /// In E.164 form; `None`: `+62811000000` and the modem's place, from 1, in two digits.
    pub number: Option<String>,
    /// 15 digits; `None`: made from the number.
    pub imsi: Option<String>,
    /// 19 or 20 digits; `None`: made from the number.
    pub iccid: Option<String>,
    /// Whether the card knows its own number.
    pub knows_number: bool,
    /// Whether the card has the network's message centre.
    pub has_centre: bool,
    /// The PIN that it wants; `None`: it has none.
    pub pin: Option<String>,
    /// Its PUK.
    pub puk: Option<String>,
    /// Tries left for its PIN, at most 3; 0: it wants its PUK.
    pub pin_tries: u8,
    /// Tries left for its PUK, at most 10; 0: it is dead.
    pub puk_tries: u8,
    /// Whether it is in the modem; one that has none is in none either way.
    pub inserted: bool,
    /// Whether the modem has lost it, until it is restarted.
    pub lost: bool,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            number: None,
            imsi: None,
            iccid: None,
            knows_number: true,
            has_centre: true,
            pin: None,
            puk: None,
            pin_tries: 3,
            puk_tries: 10,
            inserted: true,
            lost: false,
        }
    }
}

impl Card {
    /// Its number, in the modem of this place.
    pub fn number(&self, place: usize) -> String {
        self.number.clone().unwrap_or_else(|| format!("+62811000000{:02}", place + 1))
    }

    pub(super) fn card(&self, place: usize, centre: &str) -> SimCard {
        let mut card = SimCard::new(&self.number(place), if self.has_centre { centre } else { "" })
            .with_pin_tries(self.pin_tries)
            .with_puk_tries(self.puk_tries);
        if let Some(pin) = &self.pin {
            card = card.with_pin(pin, self.puk.as_deref().unwrap_or(PUK));
        }
        if let Some(imsi) = &self.imsi {
            card.imsi.clone_from(imsi);
        }
        if let Some(iccid) = &self.iccid {
            card.iccid.clone_from(iccid);
        }
        card.number_stored = self.knows_number;
        if self.lost {
            card = card.lost();
        }
        if self.inserted { card } else { card.removed() }
    }
}

/// A message that lies in a store at the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredText {
    /// `SM`, `ME` or `SR`.
    pub store: String,
    /// What has become of it so far.
    pub status: Status,
    /// Who wrote it.
    pub from: String,
    /// What it says.
    pub text: String,
}

impl StoredText {
    /// Its parts as they lie in the store, with the time at which the centre got them.
    pub(super) fn parts(&self, at: DateTime<FixedOffset>) -> Result<Vec<Vec<u8>>, EncodeError> {
        let parts = parts::deliver_parts(&Address::parse(&self.from)?, at, &self.text, 0)?;
        let whole = |part: &sms::Deliver| Ok([sms::encode_smsc(None), part.encode()?].concat());
        parts.iter().map(whole).collect()
    }
}

/// A modem of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Device {
    /// How the timetable and the gateway call it; empty: `modem-` and its place, from 1.
    pub name: String,
    /// Its family.
    pub family: Family,
    /// Its serial number, 15 digits; `None`: made from its place.
    pub imei: Option<String>,
    /// Pace of the line in bits per second; `None` takes no time.
    pub baud: Option<u32>,
    /// Name of its port; `None`: its own name.
    pub port: Option<String>,
    /// Whether it is plugged in at the beginning.
    pub plugged: bool,
    /// What the network offers at the beginning.
    pub coverage: Registration,
    /// As `AT+CSQ` tells it: 0 to 31, 99 for unknown.
    pub signal: u32,
    /// What the office has written into the file of its PIN; `None`: it has no such file.
    pub office_pin: Option<String>,
    /// Where it differs from its family.
    pub quirks: Quirks,
    /// Its card.
    pub card: Card,
    /// Places of its stores, where they are others than the family's.
    pub places: BTreeMap<String, usize>,
    /// What goes wrong from the beginning.
    pub faults: Faults,
    /// What the gateway's configuration says in its `[[modem]]`, beside name and path.
    pub settings: toml::Table,
    /// What lies in its stores.
    pub stored: Vec<StoredText>,
}

impl Default for Device {
    fn default() -> Self {
        Self {
            name: String::new(),
            family: Family::default(),
            imei: None,
            baud: None,
            port: None,
            plugged: true,
            coverage: Registration::Home,
            signal: 21,
            office_pin: None,
            quirks: Quirks::default(),
            card: Card::default(),
            places: BTreeMap::new(),
            faults: Faults::default(),
            settings: toml::Table::new(),
            stored: Vec::new(),
        }
    }
}

impl Device {
    /// Its profile, quirks included.
    pub fn profile(&self) -> Profile {
        let mut profile = self.family.profile();
        self.quirks.apply(&mut profile);
        profile
    }

    /// Name of its port at the beginning.
    pub fn port(&self) -> &str {
        self.port.as_deref().unwrap_or(&self.name)
    }

    /// The modem of this place, its port in this folder; faults without a seed of their own draw from `seed`.
    pub(super) fn setup(
        &self,
        place: usize,
        folder: &Path,
        (network, began, seed): (&NetworkOptions, DateTime<FixedOffset>, u64),
    ) -> ModemSetup {
        let mut faults = self.faults.clone();
        if faults.seed == 0 {
            faults.seed = seed.wrapping_add(place as u64);
        }
        let stored = self.stored.iter().flat_map(|stored| {
            let parts = stored.parts(began).unwrap_or_default();
            parts.into_iter().map(|pdu| (stored.store.clone(), stored.status, pdu))
        });
        ModemSetup {
            profile: self.profile(),
            imei: self.imei.clone().unwrap_or_else(|| format!("8612340500{place:05}")),
            baud: self.baud,
            faults,
            coverage: self.coverage,
            signal: self.signal,
            plugged: self.plugged,
            places: self.places.clone().into_iter().collect(),
            stored: stored.collect(),
            ..ModemSetup::new(folder.join(self.port()), self.card.card(place, &network.centre))
        }
    }
}
