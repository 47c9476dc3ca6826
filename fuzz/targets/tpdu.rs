//! Any octets: what can be read says the same once it is written and read again.
#![no_main]

use aduan::sms::{Deliver, StatusReport, Submit};
use libfuzzer_sys::fuzz_target;

macro_rules! survives {
    ($tpdu:ident, $octets:expr) => {
        if let Ok(read) = $tpdu::decode($octets)
            && let Ok(written) = read.encode()
        {
            let again = $tpdu::decode(&written).unwrap();
            assert_eq!((again.text(), &again.user_data), (read.text(), &read.user_data));
        }
    };
}

fuzz_target!(|octets: &[u8]| {
    survives!(Deliver, octets);
    survives!(Submit, octets);
    survives!(StatusReport, octets);
});
