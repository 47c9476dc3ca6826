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
    serial: String,
    sim: String,
}

/// A modem that is served; dropping it leaves the modem to others.
#[derive(Debug)]
pub(super) struct Claim {
    claims: Arc<Claims>,
    name: String,
}

impl Claims {
    /// Takes a modem and its card into service under a name; one that does not tell IMEI and IMSI cannot be told from others.
    ///
    /// # Errors
    /// The name under which it is served already.
    pub(super) fn take(self: &Arc<Self>, modem: &Identity) -> Result<Option<Claim>, String> {
        let Identity { name, sim, serial: Some(serial), .. } = modem else { return Ok(None) };
        if sim == name {
            return Ok(None);
        }
        let mut claimed = self.lock();
        let same = |other: &&Claimed| other.serial == *serial && other.sim == *sim;
        if let Some(other) = claimed.iter().find(same) {
            return Err(other.name.clone());
        }
        let (name, sim, serial) = (name.clone(), sim.clone(), serial.clone());
        claimed.push(Claimed { name: name.clone(), serial, sim });
        Ok(Some(Claim { claims: Arc::clone(self), name }))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Claimed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        let first = claims.take(&modem("a", "510", Some("86"))).unwrap();
        assert_eq!(claims.take(&modem("b", "510", Some("86"))).unwrap_err(), "a");
        // Sticks that all tell the same serial number, and one card after another in the same modem.
        let other_card = claims.take(&modem("c", "511", Some("86"))).unwrap();
        assert!(other_card.is_some());
        drop(first);
        assert!(claims.take(&modem("b", "510", Some("86"))).unwrap().is_some());
    }

    #[test]
    fn modems_that_do_not_tell_who_they_are_are_all_served() {
        let claims = Arc::new(Claims::default());
        let all = [
            modem("a", "510", None),
            modem("b", "510", None),
            modem("c", "c", Some("86")),
            modem("d", "d", Some("86")),
        ];
        assert!(all.iter().all(|modem| claims.take(modem).unwrap().is_none()));
    }
}
