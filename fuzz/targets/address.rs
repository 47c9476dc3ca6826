//! Any octets as the address of a centre, and any text as one that a person types: both survive being written.
#![no_main]

use aduan::sms::{Address, Deliver, encode_smsc, split_smsc};
use libfuzzer_sys::fuzz_target;

fn written(address: &Address) -> Address {
    split_smsc(&encode_smsc(Some(address))).unwrap().0.unwrap()
}

/// Eight letters that end in @ and seven letters with filler are the same octets.
fn name(address: &Address) -> &str {
    address.number().trim_end_matches('@')
}

fn same(left: &Address, right: &Address) {
    assert_eq!((name(left), left.ton(), left.npi()), (name(right), right.ton(), right.npi()));
}

fuzz_target!(|octets: &[u8]| {
    if let Ok((Some(centre), _)) = split_smsc(octets) {
        same(&written(&centre), &centre);
    }
    // The same octets as a sender, whose length counts semi-octets.
    let behind = [0; 10];
    if let Ok(deliver) = Deliver::decode(&[&[0x04], octets, &behind].concat())
        && let Ok(tpdu) = deliver.encode()
    {
        same(&Deliver::decode(&tpdu).unwrap().originator, &deliver.originator);
    }
    if let Ok(text) = str::from_utf8(octets)
        && let Ok(address) = Address::parse(text)
    {
        assert_eq!(address.number(), text);
        same(&written(&address), &address);
    }
});
