//! Septets and texts there and back: packed, encoded, cut into parts and joined.
#![no_main]

use aduan::sms::{
    Address, Language, Options, Submit, compose, decode_gsm7, encode_gsm7, measure, pack, unpack,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let septets: Vec<u8> = octets.iter().map(|octet| octet & 0x7F).collect();
    let fill = u32::try_from(octets.len() % 8).unwrap();
    assert_eq!(unpack(&pack(&septets, fill), septets.len(), fill).as_ref(), Ok(&septets));
    // Once more, because an escape before an unknown code is read, but never written.
    let text = decode_gsm7(&septets);
    assert_eq!(decode_gsm7(&encode_gsm7(&text).unwrap()), text);
    let text = String::from_utf8_lossy(octets);
    let to = Address::unknown("3636").unwrap();
    let single_shift = octets.first().and_then(|id| Language::from_id(id % 16));
    let options = Options { single_shift, ..Options::default() };
    if let Ok(parts) = compose(&to, &text, &options) {
        assert_eq!(parts.len(), measure(&text, single_shift).parts);
        let written: String = parts.iter().filter_map(Submit::text).collect();
        assert_eq!(written, text);
    }
});
