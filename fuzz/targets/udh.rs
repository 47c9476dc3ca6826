//! Any octets as user data behind a header: its elements fill it, and make it again.
#![no_main]

use aduan::sms::{Dcs, Deliver, UserData};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|user_data: &[u8]| {
    let Ok(length) = u8::try_from(user_data.len()) else { return };
    let head = [0x44, 0, 0x81, 0, Dcs::OCTETS.0, 0, 0, 0, 0, 0, 0, 0, length];
    let Ok(read) = Deliver::decode(&[&head, user_data].concat()) else { return };
    let header = read.user_data.header().unwrap();
    let elements: Vec<_> = header.elements().collect();
    assert_eq!(
        elements.iter().map(|element| 2 + element.data.len()).sum::<usize>(),
        header.length()
    );
    assert_eq!(1 + header.length() + read.user_data.body().len(), user_data.len());
    // What the header says was said by one of its elements, in so many octets.
    let has = |id: u8, octets: usize| {
        elements.iter().any(|element| element.id == id && element.data.len() == octets)
    };
    assert_eq!(header.concat().is_some(), has(0x00, 3) || has(0x08, 4));
    assert_eq!(header.ports().is_some(), has(0x04, 2) || has(0x05, 4));
    assert_eq!(header.single_shift().is_some(), has(0x24, 1));
    assert_eq!(header.locking_shift().is_some(), has(0x25, 1));
    assert!(header.special_messages().count() <= elements.len());
    let _ = (read.user_data.text(Dcs::GSM7), read.user_data.text(Dcs::UCS2));
    if let Ok(written) = UserData::from_octets(&elements, read.user_data.body())
        && header.length() > 0
    {
        assert_eq!(written.octets(), user_data);
    }
});
