//! How messages are stored, announced and written: `AT+CMGF`, `AT+CSMS`, `AT+CPMS`, `AT+CNMI`.

use super::{
    AT_PATIENCE, Command, DEFAULT_PATIENCE, Malformed,
    session::only_ok,
    syntax::{Values, bodies, malformed, name_lists, number, plain_fields, usages, value_sets},
};
use crate::at::request::{Expect, Line, Request};
use crate::at::urc::Store;

/// `AT+CMGF=0`: messages as PDUs (3GPP TS 27.005 §3.2.3).
#[derive(Clone, Copy, Debug)]
pub struct CmgfPdu;

/// `AT+CSMS?`: the message service chosen (3GPP TS 27.005 §3.2.1).
#[derive(Clone, Copy, Debug)]
pub struct CsmsQuery;

/// `AT+CSMS=`: service 1 asks us to acknowledge what is routed to us (3GPP TS 27.005 §3.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsmsSet {
    /// 0: phase 2, no acknowledgement.
    Phase2,
    /// 1: phase 2+, `AT+CNMA` wanted.
    Phase2Plus,
}

/// What `AT+CSMS` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageService {
    /// 0 or 1 as in [`CsmsSet`]; `None` in answers to the setting, which leave it out.
    pub service: Option<u8>,
    /// Messages to us are supported.
    pub receives: bool,
    /// Messages from us are supported.
    pub sends: bool,
}

/// `AT+CPMS=?`: the stores there are (3GPP TS 27.005 §3.2.2).
#[derive(Clone, Copy, Debug)]
pub struct CpmsTest;

/// `AT+CPMS?`: the stores in use and how full they are.
#[derive(Clone, Copy, Debug)]
pub struct CpmsQuery;

/// `AT+CPMS=`: chooses stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpmsSet {
    /// To read and delete from.
    pub read: Store,
    /// To write to and send from; very old firmware knows one value only.
    pub write: Option<Store>,
    /// Where received messages go; Wavecom knows two values only. Without `write` it is left out.
    pub receive: Option<Store>,
}

/// One store of `AT+CPMS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreUsage {
    /// Its name, where the answer has one.
    pub store: Option<Store>,
    /// Places taken.
    pub used: u32,
    /// Places there are.
    pub total: u32,
}

/// `AT+CNMI=?`: the ways of announcing there are (3GPP TS 27.005 §3.4.1).
#[derive(Clone, Copy, Debug)]
pub struct CnmiTest;

/// What `AT+CNMI=?` allows; parameters the modem leaves out allow nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CnmiValues {
    /// When notices are written.
    pub mode: Values,
    /// Messages: 1 stored and announced, 2 routed.
    pub mt: Values,
    /// Broadcasts.
    pub bm: Values,
    /// Status reports: 1 routed, 2 stored and announced.
    pub ds: Values,
    /// What happens to notices that were held back.
    pub bfr: Values,
}

/// `AT+CNMI?`: how messages and reports are announced now (3GPP TS 27.005 §3.4.1).
#[derive(Clone, Copy, Debug)]
pub struct CnmiQuery;

/// The part of `AT+CNMI?` that a modem changes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announcing {
    /// Messages; see [`CnmiSet::mt`].
    pub mt: u8,
    /// Status reports; see [`CnmiSet::ds`].
    pub ds: u8,
}

/// `AT+CNMI=`: how messages and reports are announced (3GPP TS 27.005 §3.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CnmiSet {
    /// When notices are written; 2 is best, 1 for firmware that refuses it.
    pub mode: u8,
    /// Messages: 1 stored and announced, 2 routed.
    pub mt: u8,
    /// Broadcasts: 0 none.
    pub bm: u8,
    /// Status reports: 0 none, 1 routed, 2 stored and announced.
    pub ds: u8,
    /// What happens to notices that were held back; `None` leaves it out. Cinterion takes only 1.
    pub bfr: Option<u8>,
}

only_ok! {
    CmgfPdu => "AT+CMGF=0", AT_PATIENCE.saturating_mul(5);
}

impl Command for CsmsQuery {
    type Answer = MessageService;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CSMS?"), Expect::Prefixed("+CSMS:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<MessageService, Malformed> {
        let service = bodies(lines, "+CSMS:").next_back().and_then(|body| {
            let fields = plain_fields(body);
            let service: u8 = number(&fields, 0)?;
            let supports = |place| number::<u8>(&fields, place) == Some(1);
            Some(MessageService {
                service: Some(service),
                receives: supports(1),
                sends: supports(2),
            })
        });
        service.ok_or_else(|| malformed("AT+CSMS?", lines))
    }
}

impl Command for CsmsSet {
    type Answer = Option<MessageService>;

    fn request(&self) -> Request {
        let line = match self {
            Self::Phase2 => "AT+CSMS=0",
            Self::Phase2Plus => "AT+CSMS=1",
        };
        Request::new(Line::built(line), Expect::Prefixed("+CSMS:"), DEFAULT_PATIENCE)
    }

    /// `None` when the modem says `OK` alone.
    fn answer(&self, lines: &[String]) -> Result<Option<MessageService>, Malformed> {
        let body = bodies(lines, "+CSMS:").next_back();
        Ok(body.map(|body| {
            let fields = plain_fields(body);
            let supports = |place| number::<u8>(&fields, place) == Some(1);
            MessageService { service: None, receives: supports(0), sends: supports(1) }
        }))
    }
}

impl Command for CpmsTest {
    type Answer = Vec<Vec<Store>>;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CPMS=?"), Expect::Prefixed("+CPMS:"), DEFAULT_PATIENCE)
    }

    /// A list for each parameter there is, in the order read, write, receive.
    fn answer(&self, lines: &[String]) -> Result<Vec<Vec<Store>>, Malformed> {
        let lists = bodies(lines, "+CPMS:")
            .find_map(name_lists)
            .ok_or_else(|| malformed("AT+CPMS=?", lines))?;
        Ok(lists
            .into_iter()
            .map(|names| names.into_iter().filter_map(|name| Store::parse(name).ok()).collect())
            .collect())
    }
}

fn store_usages(lines: &[String]) -> Vec<StoreUsage> {
    let stores = bodies(lines, "+CPMS:").next_back().map(usages).unwrap_or_default().into_iter();
    stores
        .map(|(name, used, total)| StoreUsage {
            store: name.and_then(|name| Store::parse(name).ok()),
            used,
            total,
        })
        .collect()
}

impl Command for CpmsQuery {
    type Answer = Vec<StoreUsage>;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CPMS?"), Expect::Prefixed("+CPMS:"), DEFAULT_PATIENCE)
    }

    /// One to three stores, in the order read, write, receive.
    fn answer(&self, lines: &[String]) -> Result<Vec<StoreUsage>, Malformed> {
        let stores = store_usages(lines);
        if stores.is_empty() { Err(malformed("AT+CPMS?", lines)) } else { Ok(stores) }
    }
}

impl Command for CpmsSet {
    type Answer = Vec<StoreUsage>;

    fn request(&self) -> Request {
        let stores = std::iter::once(&self.read)
            .chain(self.write.iter())
            .chain(self.receive.iter().filter(|_| self.write.is_some()));
        let names: Vec<String> = stores.map(|store| format!("\"{store}\"")).collect();
        let line = format!("AT+CPMS={}", names.join(","));
        Request::new(Line::built(line), Expect::Prefixed("+CPMS:"), DEFAULT_PATIENCE)
    }

    /// Mostly without names; nothing when the modem says `OK` alone, then ask [`CpmsQuery`].
    fn answer(&self, lines: &[String]) -> Result<Vec<StoreUsage>, Malformed> {
        Ok(store_usages(lines))
    }
}

impl Command for CnmiTest {
    type Answer = CnmiValues;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CNMI=?"), Expect::Prefixed("+CNMI:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<CnmiValues, Malformed> {
        let sets = bodies(lines, "+CNMI:")
            .find_map(value_sets)
            .ok_or_else(|| malformed("AT+CNMI=?", lines))?;
        let mut sets = sets.into_iter();
        let mut next = || sets.next().unwrap_or_default();
        Ok(CnmiValues { mode: next(), mt: next(), bm: next(), ds: next(), bfr: next() })
    }
}

impl Command for CnmiQuery {
    type Answer = Announcing;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CNMI?"), Expect::Prefixed("+CNMI:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<Announcing, Malformed> {
        let told = bodies(lines, "+CNMI:").find_map(|body| {
            let fields = plain_fields(body);
            Some(Announcing { mt: number(&fields, 1)?, ds: number(&fields, 3)? })
        });
        told.ok_or_else(|| malformed("AT+CNMI?", lines))
    }
}

impl Command for CnmiSet {
    type Answer = ();

    fn request(&self) -> Request {
        let bfr = self.bfr.map(|bfr| format!(",{bfr}")).unwrap_or_default();
        let line = format!("AT+CNMI={},{},{},{}{bfr}", self.mode, self.mt, self.bm, self.ds);
        Request::new(Line::built(line), Expect::Nothing, DEFAULT_PATIENCE)
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(name: &str) -> Store {
        Store::parse(name).unwrap()
    }

    #[test]
    fn what_is_announced_is_told() {
        let told = CnmiQuery.answer(&["+CNMI: 2,1,0,2,0".into()]);
        assert_eq!(told, Ok(Announcing { mt: 1, ds: 2 }));
        assert!(CnmiQuery.answer(&["+CNMI: 2,1".into()]).is_err());
        assert!(CnmiQuery.answer(&[]).is_err());
    }

    #[test]
    fn one_two_or_three_stores_are_chosen() {
        let line = |write, receive| {
            let request = CpmsSet { read: store("SM"), write, receive }.request();
            request.line.as_str().to_owned()
        };
        assert_eq!(line(None, None), "AT+CPMS=\"SM\"");
        assert_eq!(line(Some(store("ME")), None), "AT+CPMS=\"SM\",\"ME\"");
        assert_eq!(line(Some(store("ME")), Some(store("MT"))), "AT+CPMS=\"SM\",\"ME\",\"MT\"");
        assert_eq!(line(None, Some(store("MT"))), "AT+CPMS=\"SM\"");
    }

    #[test]
    fn stores_are_listed_flat_or_nested() {
        let nested = CpmsTest.answer(&["+CPMS: ((\"SM\",\"BM\",\"SR\"),(\"SM\"))".into()]).unwrap();
        assert_eq!(nested, [vec![store("SM"), store("BM"), store("SR")], vec![store("SM")]]);
        assert!(CpmsTest.answer(&["+CPMS: 1".into()]).is_err());
    }

    #[test]
    fn usage_comes_with_names_without_or_not_at_all() {
        let set = CpmsSet { read: store("SM"), write: None, receive: None };
        let named = set.answer(&["+CPMS: \"SM\",1,20,\"ME\",2,23".into()]).unwrap();
        assert_eq!(
            named.get(1),
            Some(&StoreUsage { store: Some(store("ME")), used: 2, total: 23 })
        );
        let unnamed = set.answer(&["+CPMS: 14,50,14,50".into()]).unwrap();
        assert_eq!(unnamed.first(), Some(&StoreUsage { store: None, used: 14, total: 50 }));
        assert_eq!(set.answer(&[]), Ok(vec![]));
        assert!(CpmsQuery.answer(&[]).is_err());
    }

    #[test]
    fn notification_is_chosen_from_what_is_offered() {
        let offered = CnmiTest.answer(&["+CNMI: (0-3),(0,1),(0,2,3),(0,2),(1)".into()]).unwrap();
        assert!(offered.mode.allows(2) && offered.ds.allows(2) && offered.bfr.allows(1));
        assert!(!offered.mt.allows(2) && !offered.ds.allows(1) && !offered.bfr.allows(0));
        let four = CnmiTest.answer(&["+CNMI: (0-3),(0-3),(0,2),(0,1)".into()]).unwrap();
        assert!(!four.bfr.allows(0));
        let line =
            |bfr| CnmiSet { mode: 2, mt: 1, bm: 0, ds: 1, bfr }.request().line.as_str().to_owned();
        assert_eq!(line(Some(0)), "AT+CNMI=2,1,0,1,0");
        assert_eq!(line(None), "AT+CNMI=2,1,0,1");
    }

    #[test]
    fn the_message_service_is_read_in_both_forms() {
        let all = |service| MessageService { service, receives: true, sends: true };
        assert_eq!(CsmsQuery.answer(&["+CSMS: 0,1,1,1".into()]), Ok(all(Some(0))));
        assert_eq!(CsmsSet::Phase2Plus.answer(&["+CSMS: 1,1,1".into()]), Ok(Some(all(None))));
        assert_eq!(CsmsSet::Phase2.answer(&[]), Ok(None));
    }
}
