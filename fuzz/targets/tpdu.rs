//! Any octets: what can be read says the same once it is written and read again, and parts are joined as they read alone.
#![no_main]

use aduan::sms::{
    Deliver, DeliverReport, Incoming, Remark, StatusReport, Submit, SubmitReport, hex, parts,
    split_smsc,
};
use libfuzzer_sys::fuzz_target;

/// Reads, writes and reads again; `content` is what must stay.
macro_rules! survives {
    ($octets:expr, $decode:expr, $content:expr) => {
        if let Ok(read) = $decode($octets) {
            assert!(read.trailing_octets < $octets.len());
            if let Ok(written) = read.encode() {
                let again = $decode(&written).unwrap();
                assert_eq!($content(&again), $content(&read));
                assert_eq!(again.trailing_octets, 0);
                // An @ that ends a name may pass for filler once it is written; then nothing changes any more.
                let settled = again.encode().unwrap();
                assert_eq!($decode(&settled).unwrap().encode(), Ok(settled));
            }
        }
    };
}

/// The messages that stand one behind the other.
fn delivers(mut octets: &[u8]) -> Vec<Deliver> {
    let mut delivers = Vec::new();
    while let Ok(read) = Deliver::decode(octets) {
        octets = &octets[octets.len() - read.trailing_octets..];
        delivers.push(read);
    }
    delivers
}

fn alone(deliver: &Deliver) -> String {
    deliver.text().unwrap_or(parts::MISSING.to_owned())
}

fuzz_target!(|octets: &[u8]| {
    assert_eq!(hex::decode(&hex::encode(octets)).as_deref(), Ok(octets));
    if let Ok((_, tpdu)) = split_smsc(octets) {
        assert!(octets.ends_with(tpdu));
        let incoming = Incoming::decode(tpdu);
        if let Ok(Incoming::Deliver(deliver)) = incoming {
            assert_eq!(Deliver::decode(tpdu), Ok(deliver));
        }
    }
    survives!(octets, Deliver::decode, |tpdu: &Deliver| (tpdu.text(), tpdu.user_data.clone()));
    survives!(octets, Submit::decode, |tpdu: &Submit| (tpdu.text(), tpdu.user_data.clone()));
    survives!(octets, StatusReport::decode, |tpdu: &StatusReport| tpdu.optional.clone());
    for refuses in [false, true] {
        let decode = |octets: &[u8]| DeliverReport::decode(octets, refuses);
        survives!(octets, decode, |tpdu: &DeliverReport| tpdu.optional.clone());
        let decode = |octets: &[u8]| SubmitReport::decode(octets, refuses);
        survives!(octets, decode, |tpdu: &SubmitReport| tpdu.optional.clone());
    }
    if Deliver::decode(octets).is_err()
        && let Ok(rest) = Deliver::rescue(octets)
    {
        assert!(rest.is_damaged && rest.remarks().contains(&Remark::Damaged));
        assert!(parts::join(&[Some(&rest)]).ends_with(parts::MISSING));
    }
    let delivers = delivers(octets);
    for deliver in &delivers {
        let header = deliver.user_data.header();
        assert_eq!(deliver.concat(), header.and_then(|header| header.concat()));
        assert_eq!(parts::join(&[Some(deliver)]), alone(deliver));
        assert!(!deliver.remarks().contains(&Remark::Damaged));
    }
    // With a gap between any two nothing meets: each reads as it does alone.
    let apart: Vec<_> = delivers.iter().flat_map(|deliver| [Some(deliver), None]).collect();
    let read: String = delivers.iter().map(|deliver| alone(deliver) + parts::MISSING).collect();
    assert_eq!(parts::join(&apart), read);
    // Side by side, halves may meet, and two signs become one; nothing else changes.
    let joined = parts::join(&delivers.iter().map(Some).collect::<Vec<_>>()).chars().count();
    let read = delivers.iter().map(|deliver| alone(deliver).chars().count()).sum::<usize>();
    assert!(joined <= read && joined + delivers.len() > read || delivers.is_empty());
});
