//! Where the modem keeps messages: places that are filled, read, listed and freed (3GPP TS 27.005 §3.1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The state of one stored message; the number is its `<stat>` in PDU mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// 0, `REC UNREAD`.
    Unread = 0,
    /// 1, `REC READ`.
    Read = 1,
    /// 2, `STO UNSENT`.
    Unsent = 2,
    /// 3, `STO SENT`.
    Sent = 3,
}

/// One occupied place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What has become of the message so far.
    pub status: Status,
    /// Message centre address, then TPDU.
    pub pdu: Vec<u8>,
}

/// One real store: `SM` on the card, `ME` in the equipment, `SR` for status reports.
#[derive(Debug, Clone)]
pub(super) struct Store {
    name: &'static str,
    places: usize,
    taken: BTreeMap<usize, Stored>,
}

/// All stores of one modem. `MT` is the view of `ME` followed by `SM`.
#[derive(Debug, Clone)]
pub struct Stores {
    stores: Vec<Store>,
    first_index: usize,
}

impl Stores {
    /// Empty stores of the given names and places; indexes on the wire count from `first_index`.
    pub fn new(sizes: &[(&'static str, usize)], first_index: usize) -> Self {
        let stores = sizes
            .iter()
            .map(|&(name, places)| Store { name, places, taken: BTreeMap::new() })
            .collect();
        Self { stores, first_index }
    }

    /// Places taken and places there are in `name`.
    pub fn level(&self, name: &str) -> (usize, usize) {
        self.view(name).fold((0, 0), |(taken, places), store| {
            (taken + store.taken.len(), places + store.places)
        })
    }

    /// The store `name` has so many places from now on; what lies beyond the last is lost.
    pub fn resize(&mut self, name: &str, places: usize) {
        for store in self.stores.iter_mut().filter(|store| store.name == name) {
            store.places = places;
            store.taken.retain(|place, _| *place < places);
        }
    }

    /// Another store of this name in place of the one that there is, which is given; without another one it is empty.
    pub(super) fn exchange(&mut self, name: &str, other: Option<Store>) -> Option<Store> {
        let Some(own) = self.stores.iter_mut().find(|store| store.name == name) else {
            return other;
        };
        let empty = Store { taken: BTreeMap::new(), ..*own };
        Some(std::mem::replace(own, other.unwrap_or(empty)))
    }

    /// Index of the first free place of `name` now holding `message`; `None` when the store is full.
    pub fn put(&mut self, name: &str, message: Stored) -> Option<usize> {
        let mut before = self.first_index;
        for store_name in members(name) {
            let Some(store) = self.stores.iter_mut().find(|store| store.name == *store_name) else {
                continue;
            };
            if let Some(place) = (0..store.places).find(|place| !store.taken.contains_key(place)) {
                store.taken.insert(place, message);
                return Some(before + place);
            }
            before += store.places;
        }
        None
    }

    /// The message at `index` of `name`.
    ///
    /// # Errors
    /// [`NoSuchPlace`] when the store has no such index; an empty place is `Ok(None)`.
    pub fn at(&mut self, name: &str, index: usize) -> Result<Option<&mut Stored>, NoSuchPlace> {
        let (store, place) = self.locate(name, index).ok_or(NoSuchPlace)?;
        Ok(store.taken.get_mut(&place))
    }

    /// Frees `index` of `name`; an empty place stays empty.
    ///
    /// # Errors
    /// [`NoSuchPlace`] when the store has no such index.
    pub fn delete(&mut self, name: &str, index: usize) -> Result<Option<Stored>, NoSuchPlace> {
        let (store, place) = self.locate(name, index).ok_or(NoSuchPlace)?;
        Ok(store.taken.remove(&place))
    }

    /// Frees every place of `name` whose message `goes`; says how many.
    pub fn delete_where(&mut self, name: &str, goes: impl Fn(Status) -> bool) -> usize {
        let members = members(name);
        let mut freed = 0;
        for store in self.stores.iter_mut().filter(|store| members.contains(&store.name)) {
            let before = store.taken.len();
            store.taken.retain(|_, message| !goes(message.status));
            freed += before - store.taken.len();
        }
        freed
    }

    /// Occupied places of `name` with their indexes, in order.
    pub fn list(&self, name: &str) -> Vec<(usize, &Stored)> {
        let mut before = self.first_index;
        let mut listed = Vec::new();
        for store in self.view(name) {
            listed.extend(store.taken.iter().map(|(place, message)| (before + place, message)));
            before += store.places;
        }
        listed
    }

    /// Lowest and highest index of `name`; `None` when it has no places.
    pub fn range(&self, name: &str) -> Option<(usize, usize)> {
        let (_, places) = self.level(name);
        Some((self.first_index, self.first_index + places.checked_sub(1)?))
    }

    fn view<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Store> + use<'a> {
        members(name)
            .iter()
            .filter_map(|member| self.stores.iter().find(|store| store.name == *member))
    }

    fn locate(&mut self, name: &str, index: usize) -> Option<(&mut Store, usize)> {
        let mut place = index.checked_sub(self.first_index)?;
        for member in members(name) {
            let Some(at) = self.stores.iter().position(|store| store.name == *member) else {
                continue;
            };
            let places = self.stores.get(at)?.places;
            if place < places {
                return Some((self.stores.get_mut(at)?, place));
            }
            place -= places;
        }
        None
    }
}

/// The index lies outside the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such place in the store")]
pub struct NoSuchPlace;

/// Real stores behind a name of the wire.
fn members(name: &str) -> &'static [&'static str] {
    match name {
        "SM" => &["SM"],
        "ME" => &["ME"],
        "MT" => &["ME", "SM"],
        "SR" => &["SR"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(mark: u8) -> Stored {
        Stored { status: Status::Unread, pdu: vec![mark] }
    }

    #[test]
    fn the_lowest_gap_is_filled_first() {
        let mut stores = Stores::new(&[("SM", 3)], 1);
        let indexes: Vec<_> = (0..4).map(|mark| stores.put("SM", message(mark))).collect();
        assert_eq!(indexes, [Some(1), Some(2), Some(3), None]);
        assert_eq!(stores.delete("SM", 2), Ok(Some(message(1))));
        assert_eq!(stores.put("SM", message(9)), Some(2));
        assert_eq!(stores.level("SM"), (3, 3));
    }

    #[test]
    fn mt_shows_me_first_and_then_sm() {
        let mut stores = Stores::new(&[("SM", 2), ("ME", 1)], 0);
        assert_eq!(stores.put("MT", message(1)), Some(0));
        assert_eq!(stores.put("MT", message(2)), Some(1));
        assert_eq!(
            (stores.level("ME"), stores.level("SM"), stores.level("MT")),
            ((1, 1), (1, 2), (2, 3))
        );
        assert_eq!(stores.list("MT").iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(
            stores.at("SM", 0).ok().flatten().map(|stored| stored.pdu.clone()),
            Some(vec![2])
        );
        assert_eq!(stores.delete("MT", 1), Ok(Some(message(2))));
    }

    #[test]
    fn an_index_outside_the_store_is_not_an_empty_place() {
        let mut stores = Stores::new(&[("SM", 2), ("SR", 0)], 1);
        assert_eq!(stores.at("SM", 1), Ok(None));
        assert_eq!(stores.at("SM", 0), Err(NoSuchPlace));
        assert_eq!(stores.delete("SM", 3), Err(NoSuchPlace));
        assert_eq!(stores.at("SR", 1), Err(NoSuchPlace));
        assert_eq!((stores.range("SM"), stores.range("SR")), (Some((1, 2)), None));
    }
}
