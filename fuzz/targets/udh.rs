//! Any octets as user data behind a header: its elements fill it, and make it again.
#![no_main]

use aduan::sms::{Dcs, Deliver, UserData};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|user_data: &[u8]| {
    let Ok(length) = u8::try_from(user_data.len()) else { return };
    let head = [0x44, 0, 0x81, 0, Dcs::OCTETS.0, 0, 0, 0, 0, 0, 0, 0, length];
    let Ok(read) = Deliver::decode(&[&head, user_data].concat()) else { return };
    let header = read.user_data.header().unwrap();
    let _ = (header.concat(), header.ports(), header.special_messages().count());
    let _ = (read.user_data.text(Dcs::GSM7), read.user_data.text(Dcs::UCS2));
    let elements: Vec<_> = header.elements().collect();
    if let Ok(written) = UserData::from_octets(&elements, read.user_data.body())
        && header.length() > 0
    {
        assert_eq!(written.octets(), user_data);
    }
});
