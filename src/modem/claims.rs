//! Which modem and card are served under which name: one stick has several ports, and two that both serve would each delete
//! what the other has not read.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::modems::Identity;

/// The modems in service, over all tasks.
#[derive(Debug, Default)]
pub struct Claims(Mutex<Vec<Claimed>>);

#[derive(Debug)]
struct Claimed {
    name: String,
    imei: Option<String>,
    sim: Option<String>,
}

/// A modem that is served; dropping it leaves the modem to others.
#[derive(Debug)]
pub struct Claim {
    claims: Arc<Claims>,
    name: String,
}

impl Claims {
    /// Takes a modem into service under a name, with what it has told so far; one that tells neither IMEI nor IMSI cannot be
    /// told from others.
    ///
    /// # Errors
    /// The name under which it is served already.
    pub(super) fn take(self: &Arc<Self>, modem: &Identity) -> Result<Claim, String> {
        let claim = Claim { claims: Arc::clone(self), name: modem.name.clone() };
        claim.settle(modem)?;
        Ok(claim)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Claimed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Claim {
    /// The modem has told more about itself.
    ///
    /// # Errors
    /// As [`Claims::take`].
    pub(super) fn settle(&self, modem: &Identity) -> Result<(), String> {
        let own = Claimed::of(modem);
        let mut claimed = self.claims.lock();
        claimed.retain(|other| other.name != own.name);
        if let Some(other) = claimed.iter().find(|other| own.may_be(other)) {
            return Err(other.name.clone());
        }
        claimed.push(own);
        Ok(())
    }
}

impl Claimed {
    fn of(modem: &Identity) -> Self {
        Self {
            name: modem.name.clone(),
            imei: modem.imei().map(str::to_owned),
            sim: (modem.sim != modem.name).then(|| modem.sim.clone()),
        }
    }

    /// Whether two ports may belong to one modem. Clones that share an IMEI are told apart by their cards; while a card does
    /// not tell its number, since it is locked or wakes up, the IMEI alone counts.
    fn may_be(&self, other: &Self) -> bool {
        let sims = (self.sim.as_ref(), other.sim.as_ref());
        match (&self.imei, &other.imei) {
            (Some(own), Some(other)) if own != other => false,
            (Some(_), Some(_)) => !matches!(sims, (Some(own), Some(other)) if own != other),
            (None, _) | (_, None) => matches!(sims, (Some(own), Some(other)) if own == other),
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.claims.lock().retain(|claimed| claimed.name != self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMEI: &str = "861234050000017";
    const OTHER_IMEI: &str = "861234050000025";

    fn modem(name: &str, sim: &str, serial: Option<&str>) -> Identity {
        Identity {
            name: name.to_owned(),
            sim: sim.to_owned(),
            manufacturer: None,
            model: None,
            revision: None,
            serial: serial.map(str::to_owned),
        }
    }

    #[test]
    fn one_modem_is_served_under_one_name_until_that_one_ends() {
        let claims = Arc::new(Claims::default());
        let first = claims.take(&modem("a", "510", Some(IMEI))).unwrap();
        assert_eq!(claims.take(&modem("b", "510", Some(IMEI))).unwrap_err(), "a");
        assert_eq!(claims.take(&modem("b", "510", None)).unwrap_err(), "a");
        // Sticks that wrongly tell the same serial number, and one card after another in the same modem.
        let _other_card = claims.take(&modem("c", "511", Some(IMEI))).unwrap();
        let _other_modem = claims.take(&modem("d", "512", Some(OTHER_IMEI))).unwrap();
        drop(first);
        assert!(claims.take(&modem("b", "510", Some(IMEI))).is_ok());
    }

    #[test]
    fn while_a_card_tells_nothing_the_modem_alone_counts() {
        let claims = Arc::new(Claims::default());
        let first = claims.take(&modem("a", "a", Some(IMEI))).unwrap();
        assert_eq!(claims.take(&modem("b", "b", Some(IMEI))).unwrap_err(), "a");
        assert_eq!(claims.take(&modem("b", "511", Some(IMEI))).unwrap_err(), "a");
        first.settle(&modem("a", "510", Some(IMEI))).unwrap();
        let second = claims.take(&modem("b", "511", Some(IMEI))).unwrap();
        assert_eq!(second.settle(&modem("b", "510", Some(IMEI))).unwrap_err(), "a");
        assert!(claims.take(&modem("b", "511", Some(IMEI))).is_ok());
    }

    #[test]
    fn modems_that_do_not_tell_who_they_are_are_all_served() {
        let claims = Arc::new(Claims::default());
        let all = [
            modem("a", "a", None),
            modem("b", "b", None),
            modem("c", "c", Some("0")),
            modem("d", "d", Some("000000000000000")),
            modem("e", "510", Some("000000000000000")),
        ];
        let taken: Vec<Claim> = all.iter().map(|modem| claims.take(modem).unwrap()).collect();
        let twin = claims.take(&modem("f", "510", Some("000000000000000")));
        assert_eq!(twin.unwrap_err(), "e", "a card is in one modem");
        drop(taken);
    }
}
