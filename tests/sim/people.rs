//! Citizens who write, officers who come, and the mishaps of a day: an agenda that outlives the daemon.

use std::collections::BTreeMap;
use std::time::Duration;

use aduan::control::server::Context;
use aduan::number::TicketNumber;
use aduan::simulator::{
    Cure, Edict, Faults, NetworkOptions, Registration, Ruling, Sick, Sickness, Status,
};
use chrono::TimeDelta;

use crate::dice::Dice;
use crate::office;
use crate::report::Coverage;
use crate::town::{Inner, Town};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
/// How late what a modem says may come.
const LAG_MAX: Duration = Duration::from_secs(20);

/// Texts as citizens write them; `{}` is a mark that no other text has.
const TEXTS: [&str; 14] = [
    "DISHUB # lampu merah mati {}",
    "PUPR#jalan berlubang depan pasar {}",
    "dlh # sampah menumpuk {}",
    "DISHIB # lampu jalan mati {}",
    "air keruh sudah seminggu {}",
    "#PDAM air mati {}",
    "pak tolong jembatan kami {}",
    "DINKES # obat kosong 😭 {}",
    "PUPR # saluran air tersumbat sampai ke rumah warga di RT 04, setiap hujan lebat banjir masuk dapur dan anak-anak tidak bisa tidur, mohon segera dikeruk sebelum musim hujan tiba {}",
    "tambahan: dekat masjid {}",
    "STATUS",
    "BANTUAN",
    "KODE",
    "terima kasih {}",
];

/// What they reply to a text with a number in it.
const REPLIES: [&str; 6] = [
    "STATUS {no}",
    "BELUM {no} masih rusak {}",
    "PUAS {no}",
    "BATAL {no}",
    "{no} tambahan di depan sekolah {}",
    "ok {}",
];

/// What a command of a modem may be struck by.
const COMMANDS: [&str; 8] = ["+CMGS", "+CMGL", "+CMGD", "+CMGR", "+CPMS", "+CSQ", "+CNMI", ""];

const SICKNESSES: [Sickness; 4] =
    [Sickness::Mute, Sickness::StuckPrompt, Sickness::Noise { lines: true }, Sickness::Errors];

/// Where a modem keeps messages.
const STORES: [&str; 2] = ["SM", "ME"];

/// A text that somebody wrote on the card and never sent: no centre, then an SMS-SUBMIT of one letter.
const DRAFT: [u8; 10] = [0x00, 0x01, 0x00, 0x02, 0x81, 0x21, 0x00, 0x00, 0x01, 0x41];

/// Refusals that a network takes back by itself.
const PASSING: [u16; 5] = [38, 41, 42, 47, 500];

/// Something that is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    Citizen,
    Officer,
    Trouble,
    /// What ends a trouble.
    Calm(usize),
    PlugIn(usize),
    CardIn(usize),
}

/// How lively a day is.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two texts of citizens.
    pub texts: Duration,
    /// Between two acts of officers.
    pub acts: Duration,
    /// Between two mishaps.
    pub troubles: Duration,
}

/// Everybody.
pub struct People {
    agenda: BTreeMap<(Duration, u64), Plan>,
    made: u64,
    dice: Dice,
    pace: Pace,
    phones: Vec<String>,
    pub cards: Vec<String>,
    /// What each phone wrote, in order.
    pub written: Vec<(String, String)>,
    marks: u64,
    edicts: bool,
}

impl People {
    pub fn new(mut dice: Dice, pace: Pace, phones: usize, cards: Vec<String>) -> Self {
        let mut people = Self {
            agenda: BTreeMap::new(),
            made: 0,
            phones: (0..phones).map(|phone| format!("+62812{phone:08}")).collect(),
            cards,
            pace,
            written: Vec::new(),
            marks: 0,
            edicts: false,
            dice: dice.another(),
        };
        people.plan(30 * SECOND, Plan::Citizen);
        people.plan(MINUTE, Plan::Officer);
        people.plan(2 * MINUTE, Plan::Trouble);
        people
    }

    fn plan(&mut self, at: Duration, plan: Plan) {
        self.made += 1;
        self.agenda.insert((at, self.made), plan);
    }

    /// The day is over: nobody begins anything, and what is ill becomes well.
    pub fn go_home(&mut self) {
        self.agenda.retain(|_, plan| match plan {
            Plan::Citizen | Plan::Officer | Plan::Trouble => false,
            Plan::Calm(_) | Plan::PlugIn(_) | Plan::CardIn(_) => true,
        });
    }

    /// Whether nothing is planned any more.
    pub fn are_done(&self) -> bool {
        self.agenda.is_empty()
    }

    /// When somebody does something next.
    pub fn due(&self) -> Option<Duration> {
        self.agenda.keys().next().map(|(at, _)| *at)
    }

    /// The next who does something now, if it is an officer.
    fn next(&mut self, town: &Town, coverage: &mut Coverage) -> Option<()> {
        let now = town.now();
        let ((at, _), plan) = self.agenda.pop_first()?;
        match plan {
            Plan::Citizen => {
                town.act(|inner, now| self.write(inner, now, coverage));
                let pause = self.dice.about(self.pace.texts);
                self.plan(at.max(now) + pause, Plan::Citizen);
                None
            }
            Plan::Officer => {
                let pause = self.dice.about(self.pace.acts);
                self.plan(at.max(now) + pause, Plan::Officer);
                Some(())
            }
            Plan::Trouble => {
                town.act(|inner, now| self.trouble(inner, now, coverage));
                let pause = self.dice.about(self.pace.troubles);
                self.plan(at.max(now) + pause, Plan::Trouble);
                None
            }
            Plan::Calm(modem) => {
                town.act(|inner, now| {
                    inner.tell(|| format!("modem {} is well", modem + 1));
                    if let Some(modem) = inner.world.modem_mut(modem) {
                        modem.set_faults(Faults::default(), now);
                        modem.set_coverage(Registration::Home, now);
                        for store in STORES {
                            modem.remove(store, Status::Unsent);
                        }
                    }
                    inner.world.network_mut().revoke_edicts();
                    self.edicts = false;
                });
                None
            }
            Plan::PlugIn(modem) => {
                town.act(|inner, _| {
                    inner.tell(|| format!("modem {} is put in", modem + 1));
                    inner.plug_in(modem);
                });
                None
            }
            Plan::CardIn(modem) => {
                town.act(|inner, now| {
                    inner.tell(|| format!("modem {} gets its card back", modem + 1));
                    if let Some(modem) = inner.world.modem_mut(modem) {
                        modem.put_card_in(now);
                    }
                });
                None
            }
        }
    }

    fn write(&mut self, inner: &mut Inner, now: Duration, coverage: &mut Coverage) {
        let phone = self.dice.pick(&self.phones).clone();
        let card = self.dice.pick(&self.cards).clone();
        self.marks += 1;
        let (again, replies) = (self.dice.percent(5), self.dice.percent(25));
        let known = || {
            let read = inner.world.network().messages_of(&phone).last()?;
            TicketNumber::find_in(&read.text)
        };
        let text = if let Some((_, text)) =
            self.written.iter().rev().find(|(from, _)| *from == phone && again)
        {
            text.clone()
        } else if let Some(number) = known().filter(|_| replies) {
            let reply = *self.dice.pick(&REPLIES);
            reply.replace("{no}", &number.to_string()).replace("{}", &format!("n{}", self.marks))
        } else {
            self.dice.pick(&TEXTS).replace("{}", &format!("n{}", self.marks))
        };
        let parts = inner.world.network_mut().text(&phone, &card, &text, now).expect("a text");
        inner.tell(|| format!("{phone} writes to {card}: {text:?} ({parts} SMS)"));
        coverage.count("texts of citizens");
        coverage.add("SMS of citizens", parts as u64);
        self.written.push((phone, text));
    }

    fn trouble(&mut self, inner: &mut Inner, now: Duration, coverage: &mut Coverage) {
        let modem = self.dice.below(self.cards.len());
        let lasts = SECOND + self.dice.up_to(3 * MINUTE);
        let kind = self.dice.below(10);
        let mut told = |inner: &mut Inner, what: &'static str| {
            inner.tell(|| format!("modem {}: {what} for {lasts:?}", modem + 1));
            coverage.count(what);
        };
        match kind {
            0 | 1 => {
                let mut faults = Faults::drawn(self.dice.draw());
                let command = *self.dice.pick(&COMMANDS);
                faults
                    .scripted
                    .iter_mut()
                    .for_each(|scripted| command.clone_into(&mut scripted.command));
                // A hub or a host that stood still: whole answers come, and late, also when nobody waits for them any more.
                if self.dice.percent(25) {
                    (faults.split_octets_max, faults.pause_max) = (0, self.dice.up_to(LAG_MAX));
                }
                told(inner, "drawn faults");
                count_drawn(&faults, coverage);
                if let Some(modem) = inner.world.modem_mut(modem) {
                    modem.set_faults(faults, now);
                }
            }
            2 => {
                let cure = match self.dice.below(4) {
                    0 => Cure::Power,
                    1 => Cure::Reopening,
                    2 => Cure::Restart,
                    _ => Cure::After(self.dice.up_to(2 * MINUTE)),
                };
                let sickness = *self.dice.pick(&SICKNESSES);
                told(inner, of_sickness(sickness));
                if let Some(modem) = inner.world.modem_mut(modem) {
                    modem.fall_sick(Sick { sickness, cure }, now);
                }
            }
            3 => {
                told(inner, "unplugged");
                inner.pull(modem);
                return self.plan(now + lasts, Plan::PlugIn(modem));
            }
            4 => {
                told(inner, "no coverage");
                let lost = [Registration::Searching, Registration::Denied, Registration::Unknown];
                let lost = *self.dice.pick(&lost);
                if let Some(modem) = inner.world.modem_mut(modem) {
                    modem.set_coverage(lost, now);
                }
            }
            5 => {
                told(inner, "card taken out");
                if let Some(modem) = inner.world.modem_mut(modem) {
                    modem.take_card_out(now);
                }
                return self.plan(now + lasts, Plan::CardIn(modem));
            }
            6 => {
                told(inner, "restart by itself");
                if let Some(modem) = inner.world.modem_mut(modem) {
                    modem.reset(now);
                }
            }
            7 => {
                told(inner, "stores full of what is not ours");
                if let Some(modem) = inner.world.modem_mut(modem) {
                    for store in STORES {
                        while modem.keep(store, Status::Unsent, &DRAFT) {}
                    }
                }
            }
            8 => {
                let code = *self.dice.pick(&PASSING);
                let ruling = match self.dice.below(4) {
                    0 => Ruling::AcceptSilently,
                    1 => Ruling::Silence,
                    2 => Ruling::AcceptAfter(self.dice.up_to(MINUTE)),
                    _ => Ruling::Refuse(code),
                };
                told(inner, of_ruling(&ruling));
                let edict = Edict { ruling, card: None, to: None, times: Some(3) };
                inner.world.network_mut().decree(edict);
                self.edicts = true;
            }
            _ => {
                told(inner, "clock set");
                let seconds = i64::try_from(self.dice.below(2 * 86_400)).unwrap_or(0) - 86_400;
                inner.skew = if self.dice.percent(50) {
                    TimeDelta::seconds(seconds)
                } else {
                    TimeDelta::zero()
                };
                return;
            }
        }
        self.plan(now + lasts, Plan::Calm(modem));
    }
}

/// What was drawn, each by its own name; what is never drawn shows as 0.
fn count_drawn(faults: &Faults, coverage: &mut Coverage) {
    for (is_drawn, what) in [
        (faults.split_octets_max > 0, "drawn: a line in pieces"),
        (faults.pause_max > SECOND, "drawn: answers that come late"),
        (!faults.merge_within.is_zero(), "drawn: answers run together"),
        (faults.errors_per_million > 0, "drawn: errors"),
        (faults.swallowed_per_million > 0, "drawn: answers swallowed"),
        (faults.resets_per_million > 0, "drawn: restarts"),
        (faults.lost_per_million > 0, "drawn: octets lost"),
        (faults.doubled_per_million > 0, "drawn: octets doubled"),
        (faults.storm.is_some(), "drawn: a storm of notices"),
        (faults.sick.is_some(), "drawn: sickness"),
        (!faults.scripted.is_empty(), "drawn: a command struck"),
    ] {
        coverage.add(what, u64::from(is_drawn));
    }
}

const fn of_sickness(sickness: Sickness) -> &'static str {
    match sickness {
        Sickness::Mute => "sickness: mute",
        Sickness::StuckPrompt => "sickness: a prompt stands open",
        Sickness::Noise { .. } => "sickness: noise",
        Sickness::Errors => "sickness: errors only",
        Sickness::Deaf | Sickness::Positions | Sickness::Diagnosis | Sickness::NoNotices => {
            "sickness: another"
        }
    }
}

const fn of_ruling(ruling: &Ruling) -> &'static str {
    match ruling {
        Ruling::Accept => "network accepts",
        Ruling::Refuse(_) => "network refuses",
        Ruling::Silence => "network: neither takes nor answers",
        Ruling::AcceptSilently => "network: takes and does not answer",
        Ruling::AcceptAfter(_) => "network: takes late",
    }
}

/// A network as it is in the field: it takes its time, texts overtake each other, and reports come late, twice, or never,
/// by a clock that need not be ours.
pub fn network(dice: &mut Dice) -> NetworkOptions {
    // Some centres are minutes off, some take their zone for another one.
    let wrong_by = match dice.below(4) {
        0 => dice.up_to(10 * MINUTE),
        1 => dice.up_to(12 * 60 * MINUTE),
        _ => Duration::ZERO,
    };
    let (ahead, behind) =
        if dice.percent(50) { (wrong_by, Duration::ZERO) } else { (Duration::ZERO, wrong_by) };
    NetworkOptions {
        ahead,
        behind,
        submit_takes: Duration::from_millis(500) + dice.up_to(4 * SECOND),
        deliver_takes: Duration::from_millis(200) + dice.up_to(2 * SECOND),
        deliver_late_max: if dice.percent(50) { dice.up_to(2 * MINUTE) } else { Duration::ZERO },
        report_after: SECOND,
        report_late_max: dice.up_to(5 * MINUTE),
        reports_lost_per_million: 20_000,
        reports_doubled_per_million: 20_000,
        retry_after: 5 * SECOND,
        retry_after_max: 10 * MINUTE,
        seed: dice.draw() >> 1,
        ..NetworkOptions::default()
    }
}

/// Everybody does what is planned, for ever.
pub async fn live(
    people: &std::sync::Mutex<People>,
    coverage: &std::sync::Mutex<Coverage>,
    town: &Town,
    context: &Context,
) {
    let lock = || people.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let count = || coverage.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    loop {
        let due = lock().due().unwrap_or(Duration::MAX);
        let wait = due.saturating_sub(town.now());
        tokio::time::sleep(wait).await;
        let officer = lock().next(town, &mut count());
        if officer.is_some() {
            let dice = lock().dice.another();
            let done = office::act(town, context, dice).await;
            count().count(done);
        }
    }
}
