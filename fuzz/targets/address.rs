//! Any octets as the address of a centre, and any text as one that a person types: both survive being written.
#![no_main]

use aduan::sms::{Address, encode_smsc, split_smsc};
use libfuzzer_sys::fuzz_target;

fn written(address: &Address) -> Address {
    split_smsc(&encode_smsc(Some(address))).unwrap().0.unwrap()
}

fuzz_target!(|octets: &[u8]| {
    if let Ok((Some(centre), _)) = split_smsc(octets) {
        // Eight letters that end in @ and seven letters with filler are the same octets.
        let name = |address: &Address| address.number().trim_end_matches('@').to_owned();
        assert_eq!(name(&written(&centre)), name(&centre));
    }
    if let Ok(text) = str::from_utf8(octets)
        && let Ok(address) = Address::parse(text)
    {
        assert_eq!(address.number(), text);
        assert_eq!(written(&address).ton(), address.ton());
    }
});
