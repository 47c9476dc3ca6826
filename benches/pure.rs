//! The pure cores: SMS codec, AT engine, intake grammar; where a public crate does the same job, beside ours.
//!
//! `cargo bench --bench pure`. The comparison is of speed alone, on input that every crate reads rightly.
#![expect(clippy::unwrap_used, reason = "a benchmark that fails must stop")]
#![allow(missing_docs, reason = "each function is named after what it times")]

use std::time::Instant;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// An SMS-DELIVER of 160 characters in the default alphabet, its centre's address in front.
fn long() -> Vec<u8> {
    let text = "DISHUB # lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi, mohon segera ";
    let text: String = text.chars().cycle().take(160).collect();
    let septets = aduan::sms::encode_gsm7(&text).unwrap();
    let head =
        aduan::sms::hex::decode("07912618010000F0040C91261832547698000062115240512382A0").unwrap();
    [head, aduan::sms::pack(&septets, 0)].concat()
}

/// The same complaint in UCS-2, 70 characters of it.
fn wide() -> Vec<u8> {
    let text = "DISHUB # lampu lalu lintas “Simpang Pasar” mati sejak kemarin pagi… 🙏";
    let body: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).take(140).collect();
    let head =
        aduan::sms::hex::decode("07912618010000F0040C91261832547698000862115240512382").unwrap();
    [head, vec![u8::try_from(body.len()).unwrap()], body].concat()
}

mod deliver {
    use super::{Bencher, ItemsCount, black_box, long, wide};
    use aduan::sms::{Deliver, split_smsc};

    const INPUTS: [&str; 2] = ["gsm7", "ucs2"];

    fn input(alphabet: &str) -> Vec<u8> {
        if alphabet == "gsm7" { long() } else { wide() }
    }

    #[divan::bench(args = INPUTS)]
    fn aduan(bencher: Bencher<'_, '_>, alphabet: &str) {
        let pdu = input(alphabet);
        bencher.counter(ItemsCount::new(1_u32)).bench(|| {
            let (_, tpdu) = split_smsc(black_box(&pdu)).unwrap();
            Deliver::decode(tpdu).unwrap().text().unwrap()
        });
    }

    #[divan::bench(args = INPUTS)]
    fn sms_pdu(bencher: Bencher<'_, '_>, alphabet: &str) {
        let pdu = input(alphabet);
        bencher.counter(ItemsCount::new(1_u32)).bench(|| {
            let deliver = sms_pdu::pdu::DeliverPdu::try_from(black_box(pdu.as_slice())).unwrap();
            deliver.get_message_data().decode_message().unwrap().text
        });
    }

    #[divan::bench(args = INPUTS)]
    fn aduan_from_hex(bencher: Bencher<'_, '_>, alphabet: &str) {
        let hex = aduan::sms::hex::encode(&input(alphabet));
        bencher.counter(ItemsCount::new(1_u32)).bench(|| {
            let pdu = aduan::sms::hex::decode(black_box(&hex)).unwrap();
            let (_, tpdu) = split_smsc(&pdu).unwrap();
            Deliver::decode(tpdu).unwrap().text().unwrap()
        });
    }

    #[divan::bench(args = INPUTS)]
    fn sms_pdu_decoder_from_hex(bencher: Bencher<'_, '_>, alphabet: &str) {
        let hex = aduan::sms::hex::encode(&input(alphabet));
        bencher
            .counter(ItemsCount::new(1_u32))
            .bench(|| sms_pdu_decoder::read_incoming_sms(black_box(&hex)).unwrap());
    }
}

mod submit {
    use super::{Bencher, ItemsCount, black_box};
    use aduan::sms::{Address, Options, Reference, Submit, compose};

    const TEXT: &str = "Jawaban No P26-00001-8: Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam. \
                        Belum sesuai? Balas BELUM P26-00001-8 alasan. Pemkab Sukamaju";

    #[divan::bench]
    fn aduan(bencher: Bencher<'_, '_>) {
        let to = Address::international("+6281234567890").unwrap();
        let options =
            Options { reference: Reference::Narrow(1), status_report: true, ..Options::default() };
        bencher.counter(ItemsCount::new(1_u32)).bench(|| {
            let parts = compose(&to, black_box(TEXT), &options).unwrap();
            parts.iter().map(|part| Submit::encode(part).unwrap()).collect::<Vec<_>>()
        });
    }

    #[divan::bench]
    fn sms_pdu(bencher: Bencher<'_, '_>) {
        use sms_pdu::gsm_encoding::GsmMessageData;
        use sms_pdu::pdu::{PduAddress, SubmitPdu};
        let to: PduAddress = "+6281234567890".parse().unwrap();
        bencher.counter(ItemsCount::new(1_u32)).bench(|| {
            GsmMessageData::encode_message(black_box(TEXT))
                .into_iter()
                .map(|part| SubmitPdu::make_simple_message(to.clone(), part).as_bytes())
                .collect::<Vec<_>>()
        });
    }
}

mod septets {
    use super::{Bencher, BytesCount, black_box};

    fn septets() -> Vec<u8> {
        (0..160).map(|at| b'a' + at % 26).collect()
    }

    #[divan::bench]
    fn pack_aduan(bencher: Bencher<'_, '_>) {
        let septets = septets();
        bencher
            .counter(BytesCount::new(160_u32))
            .bench(|| aduan::sms::pack(black_box(&septets), 0));
    }

    #[divan::bench]
    fn pack_gsm7(bencher: Bencher<'_, '_>) {
        let text = String::from_utf8(septets()).unwrap();
        bencher.counter(BytesCount::new(160_u32)).bench(|| {
            let mut writer = gsm7::Gsm7Writer::new(Vec::new());
            writer.write_str(black_box(&text)).unwrap();
            writer.into_writer().unwrap()
        });
    }

    #[divan::bench]
    fn unpack_aduan(bencher: Bencher<'_, '_>) {
        let packed = aduan::sms::pack(&septets(), 0);
        bencher
            .counter(BytesCount::new(160_u32))
            .bench(|| aduan::sms::unpack(black_box(&packed), 160, 0).unwrap());
    }

    #[divan::bench]
    fn unpack_gsm7(bencher: Bencher<'_, '_>) {
        let packed = aduan::sms::pack(&septets(), 0);
        bencher.counter(BytesCount::new(160_u32)).bench(|| {
            gsm7::Gsm7Reader::new(std::io::Cursor::new(black_box(&packed)))
                .collect::<std::io::Result<String>>()
                .unwrap()
        });
    }
}

mod engine {
    use super::{Bencher, BytesCount, Instant, black_box, long};
    use aduan::at::Command;
    use aduan::at::Engine;
    use aduan::at::command::CmglAll;
    use atat::digest::{AtDigester, DigestResult, Digester, ParseError, Parser};

    /// A list of twenty whole messages.
    fn list(notice: &str) -> Vec<u8> {
        let pdu = aduan::sms::hex::encode(&long());
        let entries: Vec<String> =
            (0..20).map(|at| format!("\r\n+CMGL: {at},0,,159\r\n{pdu}\r\n{notice}")).collect();
        format!("{}\r\nOK\r\n", entries.concat()).into_bytes()
    }

    fn heard(bencher: Bencher<'_, '_>, answer: &[u8], chunk: usize) {
        bencher.counter(BytesCount::new(answer.len())).bench(|| {
            let now = Instant::now();
            let mut engine = Engine::new();
            engine.submit(CmglAll.request(), now).unwrap();
            while engine.poll_transmit().is_some() {}
            for octets in answer.chunks(chunk) {
                engine.handle_bytes(black_box(octets), now);
            }
            std::iter::from_fn(|| engine.poll_event()).count()
        });
    }

    /// As one read after the other of `chunk` octets.
    #[divan::bench(args = [16, 512, 4096])]
    fn aduan(bencher: Bencher<'_, '_>, chunk: usize) {
        heard(bencher, &list(""), chunk);
    }

    #[divan::bench(args = [16, 512, 4096])]
    fn aduan_with_notices(bencher: Bencher<'_, '_>, chunk: usize) {
        heard(bencher, &list("^RSSI:19\r\n"), chunk);
    }

    struct NoNotices;

    impl Parser for NoNotices {
        fn parse(_: &[u8]) -> Result<(&[u8], usize), ParseError> {
            Err(ParseError::NoMatch)
        }
    }

    /// Finds where the answer ends; its lines are still to be told apart.
    #[divan::bench(args = [16, 512, 4096])]
    fn atat(bencher: Bencher<'_, '_>, chunk: usize) {
        let answer = list("");
        bencher.counter(BytesCount::new(answer.len())).bench(|| {
            let mut digester = AtDigester::<NoNotices>::new();
            let mut buffer: Vec<u8> = Vec::new();
            let mut found = 0;
            for octets in answer.chunks(chunk) {
                buffer.extend(black_box(octets));
                let (result, used) = digester.digest(&buffer);
                if let DigestResult::Response(Ok(response)) = result {
                    found += response.len();
                }
                buffer.drain(..used);
            }
            found
        });
    }
}

mod grammar {
    use super::{Bencher, BytesCount, ItemsCount, black_box};
    use aduan::complaint::{Directory, read};

    const UNITS: &str = include_str!("../config/units.tsv");

    #[divan::bench(args = [
        "DISHUB # Lampu lalu lintas di Simpang Pasar Sukamaju mati sejak kemarin pagi, mohon segera diperbaiki",
        "mohon perbaikan jembatan kayu di dusun krajan, sdh lapuk, anak sekolah lewat situ",
        "STATUS P26-00123-0",
    ])]
    fn reading(bencher: Bencher<'_, '_>, text: &str) {
        let directory = Directory::from_tsv(UNITS).unwrap();
        bencher.counter(ItemsCount::new(1_u32)).bench(|| read(black_box(text), &directory));
    }

    /// A text of so many SMS: the time must grow no faster than they do.
    #[divan::bench(args = [1, 4, 16, 64, 255])]
    fn reading_parts(bencher: Bencher<'_, '_>, parts: usize) {
        let words = "DISHUB # Lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi, mohon diperbaiki. ";
        let text: String = words.chars().cycle().take(153 * parts).collect();
        let directory = Directory::from_tsv(UNITS).unwrap();
        bencher.counter(BytesCount::new(text.len())).bench(|| read(black_box(&text), &directory));
    }
}
