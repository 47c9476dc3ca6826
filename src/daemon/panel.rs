//! The modems as the control socket shows them, and its orders on their way to them.

use std::sync::Arc;

use crate::at::RegistrationState;
use crate::at::command::{NotACode, UssdText};
use crate::control::orders::{Order, Orders, Refused};
use crate::control::protocol::{
    Ailment, ClockDifference, MessageStore, Modem, ModemFile, PowerAlarm, Quota, Signal,
};
use crate::modem::by_hand::ByHand;
use crate::modem::clock::Verdict;
use crate::modem::gauge::Gauge;
use crate::modem::health::{power_alarm, warnings};
use crate::modem::orders;
use crate::modem::{self, ModemConfig};

/// One modem, as far as it shows itself.
pub(super) struct Shown {
    gauge: Arc<Gauge>,
    /// The card's number as it is configured.
    number: Option<String>,
    /// The credit below which a person should look.
    credit_low: Option<i64>,
    /// The prefixes of its routes.
    routes: Vec<String>,
}

impl Shown {
    pub(super) fn of((config, gauge): &(ModemConfig, Arc<Gauge>)) -> Self {
        let number = config.number.as_ref().map(|number| number.reveal().to_owned());
        let credit_low = config.credit.as_ref().map(|credit| credit.low);
        let routes = config.routes.iter().map(|prefix| prefix.as_str().to_owned()).collect();
        Self { gauge: Arc::clone(gauge), number, credit_low, routes }
    }

    /// What it shows now; what the database knows of it is still left open.
    pub(super) fn read(&self) -> ModemFile {
        let reading = self.gauge.read();
        let warnings = warnings(&reading);
        let health = reading.health;
        let (last_error, last_error_at) = reading.last_error.unzip();
        let modem = Modem {
            name: reading.name,
            state: reading.state.token().to_owned(),
            activity: reading.activity.map(|activity| activity.token().to_owned()),
            since: reading.since,
            model: reading.model,
            error: reading.error.as_ref().map(told),
            received: reading.received,
            sent: reading.sent,
            warnings: warnings.into_iter().map(|warning| warning.token().to_owned()).collect(),
        };
        let stores = health.stores.iter().filter_map(|usage| {
            let name = usage.store.as_ref()?.to_string();
            let left = health.left_in(usage);
            Some(MessageStore { name, used: usage.used, total: usage.total, left })
        });
        let stores = stores.collect();
        ModemFile {
            last_error: last_error.as_ref().map(told),
            last_error_at,
            crashes: reading.crashes,
            operator: health.operator,
            signal: health
                .signal
                .and_then(|signal| Some(Signal { bars: signal.bars()?, dbm: signal.dbm()? })),
            circuit: health.registration.circuit.map(|state| token(state).to_owned()),
            lte: health.registration.lte.map(|state| token(state).to_owned()),
            stores,
            number: self.number.clone().or(health.number),
            credit_low: self.credit_low,
            routes: self.routes.clone(),
            quota: health.quota.map(|quota| Quota { used: quota.used, limit: quota.limit }),
            clock: difference(health.clock),
            power: health
                .power
                .map(|line| PowerAlarm { alarm: power_alarm(&line).to_owned(), line }),
            ..ModemFile::from(modem)
        }
    }
}

/// What ails a modem, as the socket tells it.
pub fn told(ailment: &modem::ailment::Ailment) -> Ailment {
    let details = ailment.details();
    Ailment {
        code: ailment.code().to_owned(),
        details: details.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        because: ailment.because().map(|because| Box::new(told(because))),
    }
}

/// What is to be said of our clock.
fn difference(verdict: Verdict) -> Option<ClockDifference> {
    let (seconds, zone) = match verdict {
        Verdict::Right => return None,
        Verdict::Behind(by) => (-by.num_seconds(), false),
        Verdict::Ahead(by) => (by.num_seconds(), false),
        Verdict::Zone(hours) => (hours * 3600, true),
    };
    Some(ClockDifference { seconds, zone })
}

/// The way of orders to these modems.
pub(super) fn orders(gauges: Vec<Arc<Gauge>>) -> Orders {
    Arc::new(move |name, order| {
        let gauge = gauges.iter().find(|gauge| gauge.read().name == name)?;
        let gauge = Arc::clone(gauge);
        Some(Box::pin(async move { carry_out(&gauge, order).await }))
    })
}

async fn carry_out(gauge: &Gauge, order: Order) -> Result<Vec<String>, Refused> {
    let order = match order {
        Order::Enable | Order::Disable => {
            gauge.orders().switch(order == Order::Enable);
            return Ok(Vec::new());
        }
        Order::Reset => orders::Order::Restart,
        Order::At(line) => {
            orders::Order::Ask(ByHand::parse(&line).map_err(|_| Refused::NotByHand)?)
        }
        Order::Ussd(code) => {
            orders::Order::Dial(UssdText::parse(&code).map_err(|error| match error {
                NotACode::Unfit => Refused::NotACode,
                NotACode::Pin => Refused::PinCode,
            })?)
        }
    };
    gauge.order(order).await.map_err(|refusal| match refusal {
        orders::Refusal::NotInService(state) => Refused::NotInService(state.token()),
        orders::Refusal::Busy => Refused::Busy,
        orders::Refusal::Refused(ailment) => {
            Refused::ByModem { words: ailment.to_string(), cause: told(&ailment) }
        }
    })
}

/// A registration as the socket names it; home and roaming include those for messages only.
const fn token(state: RegistrationState) -> &'static str {
    match state {
        RegistrationState::Home | RegistrationState::HomeSmsOnly => "home",
        RegistrationState::Roaming | RegistrationState::RoamingSmsOnly => "roaming",
        RegistrationState::Searching => "searching",
        RegistrationState::Denied => "denied",
        RegistrationState::Off => "off",
        RegistrationState::Unknown | RegistrationState::Other(_) => "unknown",
    }
}
