-- A register of schema version 1 as the gateway of that version left it in a demonstration: invented people, a text in hand,
-- and by hand what a demonstration does not have: texts that wait and of unknown fate, half a message, a PIN, STOP, a report.
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE modem (
    id              INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL UNIQUE,              -- as in aduan.toml
    sim             TEXT    NOT NULL,                     -- IMSI; the modem's name where the card has not told it
    manufacturer    TEXT,
    model           TEXT,
    revision        TEXT,
    serial          TEXT,                                 -- IMEI
    seen_at         INTEGER NOT NULL
) STRICT;
INSERT INTO modem VALUES(1,'modem-2','510101100000002','SIMCOM INCORPORATED','SIMCOM_SIM7600E-H','LE20B04SIM7600M22','861234050000011',1795662251);
INSERT INTO modem VALUES(2,'modem-1','510101100000001','huawei','E1752','11.126.13.00.00','861234050000010',1795662251);
CREATE TABLE pin_try (
    card            TEXT    NOT NULL,                     -- ICCID; the modem's name where the locked card does not tell it
    digest          BLOB    NOT NULL,
    refused         INTEGER NOT NULL CHECK (refused IN (0, 1)), -- 0: entered, or about to be, and no answer came
    tried_at        INTEGER NOT NULL,
    PRIMARY KEY (card, digest)
) STRICT, WITHOUT ROWID;
INSERT INTO pin_try VALUES('8962100000000000001',X'ab01',1,1795662251);
CREATE TABLE inbound (
    id              INTEGER PRIMARY KEY,
    sim             TEXT    NOT NULL,                     -- the SIM that received it
    modem           TEXT    NOT NULL,
    sender          TEXT    NOT NULL,                     -- canonical: E.164 for a subscriber
    sender_kind     TEXT    NOT NULL CHECK (sender_kind IN ('subscriber', 'short-code', 'alphanumeric', 'odd', 'unknown')),
    text            TEXT,                                 -- NULL: "tidak terbaca", see part.pdu
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)),
    silent_class    TEXT,                                 -- why nothing of this kind is ever answered (data message, flash …)
    centre_at       INTEGER,                              -- TP-SCTS
    received_at     INTEGER NOT NULL,                     -- the server's clock: the one that the SOP runs on
    state           TEXT    NOT NULL DEFAULT 'unread' CHECK (state IN ('unread', 'handled')),
    outcome         TEXT    CHECK (outcome IN ('ticket', 'addition', 'command', 'silence')),
    reason          TEXT,                                 -- of the outcome, a token
    ticket_id       INTEGER REFERENCES ticket (id),
    handled_at      INTEGER,
    CHECK ((state = 'handled') = (outcome IS NOT NULL))
) STRICT;
INSERT INTO inbound VALUES(1,'510101100000001','modem-1','+6281200000101','subscriber','DISHUB # Lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi, mohon segera diperbaiki',1,NULL,1795662251,1795662251,'handled','ticket','TIKET_BARU',1,1795662251);
INSERT INTO inbound VALUES(2,'510101100000002','modem-2','+6285600000102','subscriber','PUPR # jln poros desa Sidorejo dari pertigaan masjid sampai balai desa rusak parah kira2 1 km, lubangnya dalam dan kl hujan jadi kubangan. Minggu ini sdh 3 org jatuh, 1 patah tangan. Sdh lapor ke desa 2x blm ada tanggapan. Mohon segera ditambal, terima kasih',1,NULL,1795662251,1795662251,'handled','ticket','TIKET_BARU',2,1795662251);
INSERT INTO inbound VALUES(3,'510101100000002','modem-2','+6281900000103','subscriber','RSUD # toilet ruang tunggu kotor bgt 🤮 airnya jg mati 😭',1,NULL,1795662251,1795662251,'handled','ticket','TIKET_BARU',3,1795662251);
INSERT INTO inbound VALUES(4,'510101100000002','modem-2','+6289500000104','subscriber','DISHIB # lampu lalin dkt pos kamling RW 3 mati',1,NULL,1795662251,1795662252,'handled','ticket','TIKET_BARU',4,1795662252);
INSERT INTO inbound VALUES(5,'510101100000001','modem-1','+6281300000105','subscriber','mohon perbaikan jembatan kayu di dusun krajan, sdh lapuk, anak sekolah lewat situ',1,NULL,1795662252,1795662252,'handled','ticket','TIKET_BARU',5,1795662252);
INSERT INTO inbound VALUES(6,'510101100000001','modem-1','+6281300000105','subscriber','yg dekat rumah pak RT 02',1,NULL,1795662252,1795662252,'handled','addition','SUSULAN',5,1795662252);
INSERT INTO inbound VALUES(7,'510101100000001','modem-1','+6285700000106','subscriber','PLN # listrik padam 8 jam tiap malam di dusun kami',1,NULL,1795662252,1795662252,'handled','ticket','TIKET_BARU',6,1795662252);
INSERT INTO inbound VALUES(8,'510101100000002','modem-2','+6287700000107','subscriber','DISDUKCAPIL # petugas loket minta uang 50rb spy KTP cepat jadi. mohon dirahasiakan',1,NULL,1795662253,1795662253,'handled','ticket','TIKET_BARU',7,1795662253);
INSERT INTO inbound VALUES(9,'510101100000001','modem-1','+6281400000108','subscriber','tolong banjir sdh masuk rumah sepinggang di kp baru, byk lansia blm diungsikan',1,NULL,1795662253,1795662253,'handled','ticket','TIKET_BARU',8,1795662253);
INSERT INTO inbound VALUES(10,'510101100000002','modem-2','+6283100000109','subscriber','DLH # punten pa, runtah di sisi walungan tos numpuk saminggu teu acan diangkut',1,NULL,1795662253,1795662253,'handled','ticket','TIKET_BARU',9,1795662253);
INSERT INTO inbound VALUES(11,'510101100000001','modem-1','TELKOMSEL','alphanumeric','Masa aktif kartu Anda berakhir 30-12-2026. Isi ulang segera.',1,NULL,1795662253,1795662253,'handled','silence','OPERATOR',NULL,1795662253);
INSERT INTO inbound VALUES(12,'510101100000001','modem-1','+6281200000101','subscriber','STATUS',1,NULL,1795662253,1795662253,'handled','command','STATUS',1,1795662253);
INSERT INTO inbound VALUES(13,'510101100000001','modem-1','+6288200000110','subscriber','kode',1,NULL,1795662254,1795662254,'handled','command','KODE',NULL,1795662254);
INSERT INTO inbound VALUES(14,'510101100000001','modem-1','+6288200000110','subscriber','cara lapor gmn pak?',1,NULL,1795662254,1795662254,'handled','command','BANTUAN',NULL,1795662254);
INSERT INTO inbound VALUES(15,'510101100000001','modem-1','+6281200000101','subscriber','PUAS P26-00001-8',1,NULL,1795662255,1795662255,'handled','command','PUAS',1,1795662255);
CREATE TABLE part (
    id              INTEGER PRIMARY KEY,
    sim             TEXT    NOT NULL,
    modem           TEXT    NOT NULL,
    pdu             BLOB    NOT NULL,                     -- as received, the centre's address included
    digest          BLOB    NOT NULL UNIQUE,              -- SHA-256 of the identity
    sender          TEXT    NOT NULL,
    centre_at       INTEGER,
    reference       INTEGER,                              -- of a concatenated message; NULL for a single one
    wide            INTEGER,                              -- 1: 16-bit reference
    total           INTEGER,
    number          INTEGER,
    received_at     INTEGER NOT NULL,
    repeats         INTEGER NOT NULL DEFAULT 0,           -- how often the same part was read again
    repeated_at     INTEGER,
    inbound_id      INTEGER REFERENCES inbound (id)       -- NULL while other parts are awaited
) STRICT;
INSERT INTO part VALUES(1,'510101100000001','modem-1',X'07912618010000f0040d91261802000001f10000621162014011825cc4e414591582462066b80daf83d861761dc44ebbe9e139889c064dd36d78d87d0641c3f3b01cd40ed3d3a079591d5e83d6e576589e7683e0e1739a056abfd16f37685e3e97e56110390d2fcbc5e1f43a0d',X'a828a570e5f0fa0f05aff84882f25245e10e729cfb0335826937c4b8776815b7','+6281200000101',1795662251,NULL,NULL,NULL,NULL,1795662251,0,NULL,1);
INSERT INTO part VALUES(2,'510101100000002','modem-2',X'07912618010000f0440d91265806000001f2000062116201401182a0050003000201a055a8143402a9d96e10fc2d7fcf41e4f23c0c9aa6c96f7959fd0691c3f234085e96d3d3e770d80d6a87e7ea3419340fb7e1e134481c6687d32072791e06c9ebf3f01a040fcbc368d03a2d0fcb4031d0bacd02b1ebe2b0fbecce8741e4303bdc0691c36ed09a0d42d7d56137481d26a741ebba38ec3e87dd2e5033ed3e9feba0b43b0d9a93d1',X'd337e769fa8b3192fad4147d7947763f741e8c75534c846ea77d6527502b318b','+6285600000102',1795662251,0,0,2,1,1795662251,0,NULL,2);
INSERT INTO part VALUES(3,'510101100000002','modem-2',X'07912618010000f0440d91265806000001f2000062116201401182700500030002024033d05b7e06a9c3f43a9a058a81e0617a180da287dde7b0db059a92d1207618fe9683d66510b93c0f8364789098dd0685c961103dec3e9fc3f0b0db056abed16f37685e3e97e56110394d0fb7c561360b442fcbd3ed30681d9ea7d1',X'0ae809b95486c814d5462d21bce62a1537539523fa46aadd15747fad39c60a2f','+6285600000102',1795662251,0,0,2,2,1795662251,0,NULL,2);
INSERT INTO part VALUES(4,'510101100000002','modem-2',X'07912618010000f0040d91261809000001f30008621162014011827200520053005500440020002300200074006f0069006c006500740020007200750061006e0067002000740075006e0067006700750020006b006f0074006f007200200062006700740020d83edd2e0020006100690072006e007900610020006a00670020006d0061007400690020d83dde2d',X'7507917865f885a9053bc31513ae768eb1af9af8db6282b07a3881e2b1c4e9f4','+6281900000103',1795662251,NULL,NULL,NULL,NULL,1795662251,0,NULL,3);
INSERT INTO part VALUES(5,'510101100000002','modem-2',X'07912618010000f0040d91269805000001f40000621162014011822ec4e414991482462076b80daf83d86176da0d22afe920f87b0e5a87dbecb4fb0c925e4133503b4c4f03',X'be9f16fb66aa2fb0872c524072e11ca729102615087f22ebb3f195d49e401dff','+6289500000104',1795662251,NULL,NULL,NULL,NULL,1795662252,0,NULL,4);
INSERT INTO part VALUES(6,'510101100000001','modem-1',X'07912618010000f0040d91261803000001f500006211620140218251ed37faed06c1cb727138bd0ebb41ea725b1ca687dda075385f0791d320727d5e7783d6f2b03aec6681e66434881d86d7d72c50d81d5e83e6e5f59b1d4683d8e57b980e9aa7e975',X'a9c96fa0fa4a48a05c29cf3ef5b3a8dc1058d133757367783d5c7b3ae4a10318','+6281300000105',1795662252,NULL,NULL,NULL,NULL,1795662252,0,NULL,5);
INSERT INTO part VALUES(7,'510101100000001','modem-1',X'07912618010000f0040d91261803000001f500006211620140218218f933885c5e87e92079bd1d4683e0e135484a05c164',X'6bf00326136246122b48ec8c75d1d43b3cd23e6f5a1499985c2d570d70bd1e5d','+6281300000105',1795662252,NULL,NULL,NULL,NULL,1795662252,0,NULL,6);
INSERT INTO part VALUES(8,'510101100000001','modem-1',X'07912618010000f0040d91265807000001f60000621162014021823250a6133402b1d373ba3cbd06c1c3e4701b8403a9c36d103d1d8683da6176b80d22a741e4fabcee06adc3ed34',X'0f1d01b14d3b7b7c8c64e810575ff127120cc365244296c3451f7fef4a2fde68','+6285700000106',1795662252,NULL,NULL,NULL,NULL,1795662252,0,NULL,7);
INSERT INTO part VALUES(9,'510101100000002','modem-2',X'07912618010000f0040d91267807000001f700006211620140318252c4e494585d0e83d024133402c1cbf4fa393c07b1dfeb321dd44ebbe961503dec3e836a30b9183487e7414b2a14342ec3c374903a4c4ebb40ed37faed0691d3f2303a3c4f87d76137',X'51ca6a40831bd4a2f96e645ee0c66bf48d9784864c42950fa0b7ab9a29b3524d','+6287700000107',1795662253,NULL,NULL,NULL,NULL,1795662253,0,NULL,8);
INSERT INTO part VALUES(10,'510101100000001','modem-1',X'07912618010000f0040d91261804000001f80000621162014031824ef437fbed3e83c461b73a2d07cdc968503b3cafaf41f27a3b8c06cdcbf0b4fb7c0ebbcf20721ab48683c461799d0512e7d72076d83d4f874162761b444ed7dde7797a1d7603',X'245a9c927638cda342c1ff9d23af6caf44e2aeca368ff11625a34a3d9dd6a670','+6281400000108',1795662253,NULL,NULL,NULL,NULL,1795662253,0,NULL,9);
INSERT INTO part VALUES(11,'510101100000002','modem-2',X'07912618010000f0040d91263801000001f90000621162014031824e4426123402c1eb6e7ad90d8287592079dd4d0fa341e434689e9ea741f730bbee3e87dd20fa7b0e72d7dbf0fa1a340fb7d3eef3b90ea297eba0f038ec0691d361f7795da703',X'3a5328cb26ec3791e70a85dd5c091de4f8ead550c27ded8a6178a2510923eb43','+6283100000109',1795662253,NULL,NULL,NULL,NULL,1795662253,0,NULL,10);
INSERT INTO part VALUES(12,'510101100000001','modem-1',X'07912618010000f00410d0d42273f96c4e8b4c0000621162014031823ccdf03c0c0aafe96933681d96d3eba0a09b1c0689cbf2f01a9d968366b0564cd692c164361728394f83eaecb0fb0c9a97cf6579d805',X'd745265bcd6d172cc5a2eab6b856417c76e5abaeb9df565f0a49d28bf3ddbca0','TELKOMSEL',1795662253,NULL,NULL,NULL,NULL,1795662253,0,NULL,11);
INSERT INTO part VALUES(13,'510101100000001','modem-1',X'07912618010000f0040d91261802000001f100006211620140318206536a905a9d02',X'eb7502cb3c12ecf5d4e8a53b027cabbe176fd63c4d66879f6d976e5fb9415838','+6281200000101',1795662253,NULL,NULL,NULL,NULL,1795662253,0,NULL,12);
INSERT INTO part VALUES(14,'510101100000001','modem-1',X'07912618010000f0040d91268802000011f000006211620140418204eb37b90c',X'461de0211d741d2671e2bb282804d02996af4f9269724ae897206b08e40778d9','+6288200000110',1795662254,NULL,NULL,NULL,NULL,1795662254,0,NULL,13);
INSERT INTO part VALUES(15,'510101100000001','modem-1',X'07912618010000f0040d91268802000011f000006211620140418213e3b03c0c6287e16f39e8dc7683e0e1f50f',X'07b4149f9dbe4ecb636bb07e6cabbe15ab40d26543b1f8bfb99c4e5ff1b48e76','+6288200000110',1795662254,NULL,NULL,NULL,NULL,1795662254,0,NULL,14);
INSERT INTO part VALUES(16,'510101100000001','modem-1',X'07912618010000f0040d91261802000001f100006211620140518210d06a700a82ca6c2d180c068bb570',X'3c68a700dd6ac572c427f547468e2792435432fed7761e178aa64cf5cf9482cf','+6281200000101',1795662255,NULL,NULL,NULL,NULL,1795662255,0,NULL,15);
INSERT INTO part VALUES(17,'510101100000002','modem-2',X'07911826000000f0440d91261802000030f9',X'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','+6281200009003',1795662260,7,0,2,1,1795662261,0,NULL,NULL);
CREATE TABLE ticket (
    id              INTEGER PRIMARY KEY,
    number          TEXT    NOT NULL UNIQUE,              -- P26-00123-0
    year            INTEGER NOT NULL,
    serial          INTEGER NOT NULL,
    channel         TEXT    NOT NULL CHECK (channel IN ('SMS', 'WA', 'TELEPON', 'LOKET')),
    citizen         TEXT    NOT NULL,                     -- E.164
    sim             TEXT,                                 -- the SIM that received it: replies leave by it
    body            TEXT    NOT NULL,                     -- derived from the first message; the text itself is in inbound
    unit            TEXT,
    unit_name       TEXT,                                 -- the unit's name at that time
    certainty       TEXT    NOT NULL CHECK (certainty IN ('certain', 'lenient', 'guessed', 'none')),
    suggestions     TEXT    NOT NULL DEFAULT '',          -- unit codes, separated by a space
    flags           TEXT    NOT NULL DEFAULT '',          -- proposed by the system, decided by a person
    category        TEXT    CHECK (category IN ('INFORMASI', 'PENGADUAN', 'PENGAWASAN', 'SARAN', 'APRESIASI')),
    stage           TEXT    NOT NULL CHECK (stage IN ('BARU', 'MENUNGGU_PEMOHON', 'TELAAH', 'PERSETUJUAN', 'SIAP_KIRIM',
                                                      'DIJAWAB', 'TINDAK_LANJUT', 'SELESAI', 'TERTUTUP_ETIK', 'DITUTUP')),
    before_pause    TEXT,                                 -- the stage that MENUNGGU_PEMOHON returns to
    closed_as       TEXT    CHECK (closed_as IN ('SPAM', 'KASAR', 'BUKAN_PENGADUAN', 'BUKAN_WENANG', 'DUPLIKAT',
                                                 'TIDAK_LENGKAP', 'DICABUT', 'DITERUSKAN_ETIK')),
    main_ticket_id  INTEGER REFERENCES ticket (id),       -- of a DUPLIKAT
    assignee        TEXT,                                 -- anggota: Unix user name
    drafter         TEXT,                                 -- who wrote the draft that waits or was approved
    escalated       INTEGER NOT NULL DEFAULT 0 CHECK (escalated IN (0, 1)),
    restricted_by   TEXT,                                 -- who moved it to the closed path
    returns         INTEGER NOT NULL DEFAULT 0,           -- as belonging to another unit
    objections      INTEGER NOT NULL DEFAULT 0,           -- BELUM
    follow_up       INTEGER NOT NULL DEFAULT 0 CHECK (follow_up IN (0, 1)),
    follow_up_on    TEXT,                                 -- promised date, YYYY-MM-DD
    received_at     INTEGER NOT NULL,
    stage_since     INTEGER NOT NULL,
    due_at          INTEGER,                              -- of the step that waits now
    answer_due_at   INTEGER NOT NULL,                     -- 360 working minutes from receipt, pauses taken out
    national_due_at INTEGER,                              -- 5, 14 or 60 working days, once the category is known
    paused_at       INTEGER,
    answered_at     INTEGER,                              -- first answer
    last_answer_at  INTEGER,                              -- last answer: the days for an objection run from it
    finished_at     INTEGER,
    UNIQUE (year, serial),
    CHECK ((stage = 'DITUTUP') = (closed_as IS NOT NULL))
) STRICT;
INSERT INTO ticket VALUES(1,'P26-00001-8',26,1,'SMS','+6281200000101','510101100000001','Lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi, mohon segera diperbaiki','DISHUB','Dinas Perhubungan','certain','DISHUB DISPERINDAG','','PENGADUAN','SELESAI',NULL,NULL,NULL,'budi','budi',0,NULL,0,0,0,NULL,1795662251,1795662255,NULL,1795683851,1796922000,NULL,1795662255,1795662255,1795662255);
INSERT INTO ticket VALUES(2,'P26-00002-6',26,2,'SMS','+6285600000102','510101100000002','jln poros desa Sidorejo dari pertigaan masjid sampai balai desa rusak parah kira2 1 km, lubangnya dalam dan kl hujan jadi kubangan. Minggu ini sdh 3 org jatuh, 1 patah tangan. Sdh lapor ke desa 2x blm ada tanggapan. Mohon segera ditambal, terima kasih','PUPR','Dinas Pekerjaan Umum dan Penataan Ruang','certain','PUPR','',NULL,'BARU',NULL,NULL,NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662251,1795662251,1795663151,1795683851,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ticket VALUES(3,'P26-00003-4',26,3,'SMS','+6281900000103','510101100000002','toilet ruang tunggu kotor bgt 🤮 airnya jg mati 😭','RSUD','Rumah Sakit Umum Daerah','certain','','',NULL,'BARU',NULL,NULL,NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662251,1795662251,1795663151,1795683851,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ticket VALUES(4,'P26-00004-2',26,4,'SMS','+6289500000104','510101100000002','lampu lalin dkt pos kamling RW 3 mati','DISHUB','Dinas Perhubungan','guessed','DISHUB','guessed',NULL,'DIJAWAB',NULL,NULL,NULL,NULL,'sari',0,NULL,0,0,0,NULL,1795662252,1795662255,NULL,1795683852,NULL,NULL,1795662255,1795662255,NULL);
INSERT INTO ticket VALUES(5,'P26-00005-9',26,5,'SMS','+6281300000105','510101100000001','mohon perbaikan jembatan kayu di dusun krajan, sdh lapuk, anak sekolah lewat situ',NULL,NULL,'none','DISDIK PUPR','',NULL,'BARU',NULL,NULL,NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662252,1795662252,1795663152,1795683852,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ticket VALUES(6,'P26-00006-7',26,6,'SMS','+6285700000106','510101100000001','PLN # listrik padam 8 jam tiap malam di dusun kami',NULL,NULL,'none','','',NULL,'DITUTUP',NULL,'BUKAN_WENANG',NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662252,1795662254,NULL,1795683852,NULL,NULL,NULL,NULL,1795662254);
INSERT INTO ticket VALUES(7,'P26-00007-5',26,7,'SMS','+6287700000107','510101100000002','petugas loket minta uang 50rb spy KTP cepat jadi. mohon dirahasiakan','DISDUKCAPIL','Dinas Kependudukan dan Pencatatan Sipil','certain','DISDUKCAPIL','ethics secret',NULL,'BARU',NULL,NULL,NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662253,1795662253,1795663153,1795683853,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ticket VALUES(8,'P26-00008-3',26,8,'SMS','+6281400000108','510101100000001','tolong banjir sdh masuk rumah sepinggang di kp baru, byk lansia blm diungsikan',NULL,NULL,'none','BPBD DINSOS','emergency',NULL,'BARU',NULL,NULL,NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662253,1795662253,1795663153,1795683853,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ticket VALUES(9,'P26-00009-1',26,9,'SMS','+6283100000109','510101100000002','punten pa, runtah di sisi walungan tos numpuk saminggu teu acan diangkut','DLH','Dinas Lingkungan Hidup','certain','DLH','',NULL,'BARU',NULL,NULL,NULL,NULL,NULL,0,NULL,0,0,0,NULL,1795662253,1795662253,1795663153,1795683853,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE trail (
    id              INTEGER PRIMARY KEY,
    ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
    at              INTEGER NOT NULL,
    actor           TEXT    NOT NULL,                     -- Unix user name, 'pemohon' or 'sistem'
    transition      INTEGER,                              -- T-number of the procedure; NULL for what moves nothing
    action          TEXT    NOT NULL,
    from_stage      TEXT,
    to_stage        TEXT,
    detail          TEXT    NOT NULL DEFAULT '{}',        -- JSON
    digest          BLOB    NOT NULL                      -- SHA-256 of the previous digest and of this row
) STRICT;
INSERT INTO trail VALUES(1,1,1795662251,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":1}',X'ac5690ab3d8f85f32762824a5a6d1d2062c1a671c7752ac7114a68680ae8743b');
INSERT INTO trail VALUES(2,2,1795662251,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":2}',X'acd88faf3a8e482e27bb8e2df989619fc25d80fc68988b5a37c6d5a320add5d5');
INSERT INTO trail VALUES(3,3,1795662251,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":3}',X'3ee3ba971d0deb282dc57e29c9aabd2705b268088119819541e40e3cf660a11b');
INSERT INTO trail VALUES(4,4,1795662252,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":4}',X'f49923c6ae640cdec1558e67b07a01d395bab58976e76d9be0d9409753036dac');
INSERT INTO trail VALUES(5,5,1795662252,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":5}',X'f98bee9d4afed50c15a2a75fa7dee3de3e0ba0d0d9cc01ac6911a67dc6f0c1f2');
INSERT INTO trail VALUES(6,5,1795662252,'pemohon',NULL,'SUSULAN',NULL,NULL,'{"inbound":6}',X'a6783db6eb2f4370331e61a89472a104a51657ea429e2194a8327c6fcd1a2676');
INSERT INTO trail VALUES(7,6,1795662252,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":7}',X'59298d2c89f4fb19a2a43cc0216377d253ba6633f12f740c177acf92d8110262');
INSERT INTO trail VALUES(8,7,1795662253,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":8}',X'605671cd8d721d330455cfc02360c191659fe2bb453040109c5f3255b0c6e943');
INSERT INTO trail VALUES(9,8,1795662253,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":9}',X'be3481e1e69e7f41f5436e0200cc23fe04b5cf8e701476e9731e1ff42d73299f');
INSERT INTO trail VALUES(10,9,1795662253,'pemohon',1,'MASUK',NULL,'BARU','{"inbound":10}',X'cc2c9443fdcfb74af921e85f516274b71063e08229390d120ab6e91f9593aee0');
INSERT INTO trail VALUES(11,1,1795662254,'sari',3,'DISPOSISI','BARU','TELAAH','{"anggota":"budi","kategori":"PENGADUAN","unit":"DISHUB"}',X'67a844a60ed6762aacb27328cfdb5716c1de90ce44f9aaa3f7a8b3ff42270820');
INSERT INTO trail VALUES(12,6,1795662254,'sari',10,'TUTUP','BARU','DITUTUP','{"kata":null,"pihak":"PLN","sebab":"BUKAN_WENANG","utama":null}',X'a5c6ea02157b4ea6eb159c7a8321bcf67621d395f7a7565337181c5e642bff6e');
INSERT INTO trail VALUES(13,1,1795662255,'budi',12,'USUL','TELAAH','PERSETUJUAN','{"draf":1}',X'cd105bbd09186d4de3a6ed0b382c67eb1963a63c6590bf73281d35cbebaf4b7c');
INSERT INTO trail VALUES(14,1,1795662255,'ratna',14,'DIKEMBALIKAN','PERSETUJUAN','TELAAH','{"draf":1,"sebab":"Sebutkan jamnya"}',X'1df23bde65cffe5ca7e3f1fd47f7264e526e07ce66722e79fa1cb19ed676b850');
INSERT INTO trail VALUES(15,1,1795662255,'budi',12,'USUL','TELAAH','PERSETUJUAN','{"draf":2}',X'dacb9eb03b85977266f7d34f973b6233a4c982478817e52b437d7ca366ab0234');
INSERT INTO trail VALUES(16,1,1795662255,'ratna',13,'SETUJU','PERSETUJUAN','SIAP_KIRIM','{"draf":2}',X'0438eae7a5a612632f178e5af388d15b76c1db68b8e9cd550d72f02a4ea9be2c');
INSERT INTO trail VALUES(17,1,1795662255,'sari',16,'KIRIM','SIAP_KIRIM','DIJAWAB','{"draf":2,"unit":"DISHUB"}',X'1a5492ab683afa38f90159b67f53909e4136a730fb2909dae26ebb0cc7c43c9a');
INSERT INTO trail VALUES(18,1,1795662255,'ratna',NULL,'MASUK_CATATAN_JAWABAN',NULL,NULL,'{"catatan":1}',X'f10465cd508d66341a99b1871e8528267933934d6bc93b938626a8cdd5c3944f');
INSERT INTO trail VALUES(19,4,1795662255,'sari',2,'JAWAB_DARI_CATATAN','BARU','SIAP_KIRIM','{"catatan":1}',X'a6083b41850544c031149b9ddbbedebed78d2e15cd453826fee0f874088e6b01');
INSERT INTO trail VALUES(20,4,1795662255,'sari',16,'KIRIM','SIAP_KIRIM','DIJAWAB','{"draf":3,"unit":"DISHUB"}',X'2eede38042c73ead3935e114c9a817e280bed6971bfd39015103bd7348231040');
INSERT INTO trail VALUES(21,1,1795662255,'pemohon',20,'SELESAI','DIJAWAB','SELESAI','{"inbound":15,"kata":""}',X'be192743b313aa5e1263037e39f92874d2848ad2e4f01946feab894d206a2430');
CREATE TABLE draft (
    id              INTEGER PRIMARY KEY,
    ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
    version         INTEGER NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('JAWABAN', 'TINDAK_LANJUT')),
    recommendation  TEXT    NOT NULL,                     -- rekomendasi solusi
    rules           TEXT    NOT NULL,                     -- peraturan terkait, or "tidak ada"
    note            TEXT    NOT NULL,                     -- catatan solusi
    wording         TEXT    NOT NULL,                     -- redaksi: what the citizen will read
    answer_id       INTEGER REFERENCES answer (id),       -- the note of the answer bank that it was taken from
    writer          TEXT    NOT NULL,
    written_at      INTEGER NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('proposed', 'approved', 'returned')),
    decided_by      TEXT,
    decided_at      INTEGER,
    reason          TEXT,
    sent_at         INTEGER,
    UNIQUE (ticket_id, version),
    CHECK ((state = 'proposed') = (decided_by IS NULL))
) STRICT;
INSERT INTO draft VALUES(1,1,1,'JAWABAN','Ganti modul lampu','Perda 5/2019 pasal 12','Modul terbakar; suku cadang ada; regu malam pukul 19.00','Lampu Simpang Pasar diperbaiki hari ini oleh regu malam.',NULL,'budi',1795662255,'returned','ratna',1795662255,'Sebutkan jamnya',NULL);
INSERT INTO draft VALUES(2,1,2,'JAWABAN','Ganti modul lampu','Perda 5/2019 pasal 12','Modul terbakar; suku cadang ada; regu malam pukul 19.00','Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam.',NULL,'budi',1795662255,'approved','ratna',1795662255,NULL,1795662255);
INSERT INTO draft VALUES(3,4,1,'JAWABAN','Lampu lalu lintas mati','-','catatan jawaban 1','Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam.',1,'sari',1795662255,'approved','ratna',1795662255,NULL,1795662255);
CREATE TABLE answer (
    id              INTEGER PRIMARY KEY,
    unit            TEXT    NOT NULL,
    matter          TEXT    NOT NULL,                     -- what it answers, in a line
    wording         TEXT    NOT NULL,                     -- blanks marked as {nama}
    valid_until     TEXT,                                 -- YYYY-MM-DD, last day; NULL: until withdrawn
    source_id       INTEGER REFERENCES ticket (id),
    approved_by     TEXT    NOT NULL,
    approved_at     INTEGER NOT NULL,
    withdrawn_at    INTEGER,
    uses            INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO answer VALUES(1,'DISHUB','Lampu lalu lintas mati','Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam.',NULL,1,'ratna',1795662255,NULL,1);
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY,
    recipient       TEXT    NOT NULL,                     -- E.164
    body            TEXT    NOT NULL,
    purpose         TEXT    NOT NULL CHECK (purpose IN ('acknowledgement', 'command-reply', 'notice', 'answer', 'admin')),
    template        TEXT,                                 -- key of the template, NULL for free text
    ticket_id       INTEGER REFERENCES ticket (id),
    inbound_id      INTEGER REFERENCES inbound (id),      -- the message that it replies to
    draft_id        INTEGER REFERENCES draft (id),        -- the approved wording that it carries
    sim             TEXT,                                 -- leaves by this SIM; NULL: by any
    priority        INTEGER NOT NULL,                     -- larger goes first
    state           TEXT    NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'claimed', 'sent', 'delivered', 'failed',
                                                                       'expired', 'unknown', 'dropped')),
    reference       INTEGER NOT NULL,                     -- of the concatenation, kept through repetitions
    attempts        INTEGER NOT NULL DEFAULT 0,
    repeated        INTEGER NOT NULL DEFAULT 0,           -- sent once more after 'unknown'
    created_at      INTEGER NOT NULL,
    due_at          INTEGER NOT NULL,                     -- not before
    expires_at      INTEGER NOT NULL,                     -- not after
    claimed_by      TEXT,                                 -- modem
    claimed_at      INTEGER,
    sent_at         INTEGER,
    settled_at      INTEGER,
    error           TEXT
) STRICT;
INSERT INTO outbox VALUES(1,'+6281200000101','Terima kasih. Pengaduan utk DISHUB dicatat No P26-00001-8. Jawaban paling lambat Kam 26-11-2026 16.04. Cek: STATUS P26-00001-8. Pemkab Sukamaju','acknowledgement','TERIMA',1,1,NULL,'510101100000001',3,'delivered',1,1,0,1795662251,1795662251,1795748651,NULL,NULL,1795662251,1795662251,NULL);
INSERT INTO outbox VALUES(2,'+6285600000102','Terima kasih. Pengaduan utk PUPR dicatat No P26-00002-6. Jawaban paling lambat Kam 26-11-2026 16.04. Cek: STATUS P26-00002-6. Pemkab Sukamaju','acknowledgement','TERIMA',2,2,NULL,'510101100000002',3,'delivered',2,1,0,1795662251,1795662251,1795748651,NULL,NULL,1795662251,1795662251,NULL);
INSERT INTO outbox VALUES(3,'+6281900000103','Terima kasih. Pengaduan utk RSUD dicatat No P26-00003-4. Jawaban paling lambat Kam 26-11-2026 16.04. Cek: STATUS P26-00003-4. Pemkab Sukamaju','acknowledgement','TERIMA',3,3,NULL,'510101100000002',3,'delivered',3,1,0,1795662251,1795662251,1795748651,NULL,NULL,1795662251,1795662252,NULL);
INSERT INTO outbox VALUES(4,'+6289500000104','Pengaduan No P26-00004-2 kami catat utk DISHUB. Bila keliru, balas dengan kode yang benar. Cek: STATUS P26-00004-2. Pemkab Sukamaju','acknowledgement','TERIMA_PERKIRAAN',4,4,NULL,'510101100000002',3,'delivered',4,1,0,1795662252,1795662252,1795748652,NULL,NULL,1795662252,1795662252,NULL);
INSERT INTO outbox VALUES(5,'+6281300000105','Terima kasih. Pengaduan dicatat No P26-00005-9. Petugas akan menentukan dinas yang dituju. Cek: STATUS P26-00005-9. Pemkab Sukamaju','acknowledgement','TERIMA_UMUM',5,5,NULL,'510101100000001',3,'delivered',5,1,0,1795662252,1795662252,1795748652,NULL,NULL,1795662252,1795662252,NULL);
INSERT INTO outbox VALUES(6,'+6281300000105','Keterangan tambahan Anda sudah kami masukkan ke No P26-00005-9. Cek: STATUS P26-00005-9. Pemkab Sukamaju','acknowledgement','TAMBAHAN',5,6,NULL,'510101100000001',3,'delivered',6,1,0,1795662252,1795662252,1795748652,NULL,NULL,1795662252,1795662252,NULL);
INSERT INTO outbox VALUES(7,'+6285700000106','Terima kasih. Pengaduan dicatat No P26-00006-7. Petugas akan menentukan dinas yang dituju. Cek: STATUS P26-00006-7. Pemkab Sukamaju','acknowledgement','TERIMA_UMUM',6,7,NULL,'510101100000001',3,'delivered',7,1,0,1795662252,1795662252,1795748652,NULL,NULL,1795662252,1795662253,NULL);
INSERT INTO outbox VALUES(8,'+6287700000107','Terima kasih. Pengaduan utk DISDUKCAPIL dicatat No P26-00007-5. Jawaban paling lambat Kam 26-11-2026 16.04. Cek: STATUS P26-00007-5. Pemkab Sukamaju','acknowledgement','TERIMA',7,8,NULL,'510101100000002',3,'delivered',8,1,0,1795662253,1795662253,1795748653,NULL,NULL,1795662253,1795662253,NULL);
INSERT INTO outbox VALUES(9,'+6281400000108','Keadaan darurat? Segera telepon 112 atau polisi 110. SMS ini tidak dipantau 24 jam. Laporan Anda tetap kami catat No P26-00008-3. Pemkab Sukamaju','acknowledgement','DARURAT',8,9,NULL,'510101100000001',3,'delivered',9,1,0,1795662253,1795662253,1795748653,NULL,NULL,1795662253,1795662253,NULL);
INSERT INTO outbox VALUES(10,'+6283100000109','Terima kasih. Pengaduan utk DLH dicatat No P26-00009-1. Jawaban paling lambat Kam 26-11-2026 16.04. Cek: STATUS P26-00009-1. Pemkab Sukamaju','acknowledgement','TERIMA',9,10,NULL,'510101100000002',3,'delivered',10,1,0,1795662253,1795662253,1795748653,NULL,NULL,1795662253,1795662254,NULL);
INSERT INTO outbox VALUES(11,'+6281200000101','No P26-00001-8 (DISHUB): diterima sejak 26-11-2026. Jawaban paling lambat Kam 26-11-2026 16.04. Pemkab Sukamaju','command-reply','STATUS_PROSES',1,12,NULL,'510101100000001',3,'delivered',11,1,0,1795662253,1795662253,1795748653,NULL,NULL,1795662254,1795662254,NULL);
INSERT INTO outbox VALUES(12,'+6288200000110','PUPR jalan, DISHUB lalin, DLH sampah, DINKES, RSUD, DISDIK, DISDUKCAPIL KTP/KK, DINSOS bansos, PDAM air, SATPOLPP. Lain: UMUM. Pemkab Sukamaju','command-reply','DAFTAR_KODE',NULL,13,NULL,'510101100000001',3,'delivered',12,1,0,1795662254,1795662254,1795748654,NULL,NULL,1795662254,1795662254,NULL);
INSERT INTO outbox VALUES(13,'+6288200000110','Ketik: KODE # ISI. Contoh: DISHUB # Lampu lalin Simpang Pasar mati. Tidak tahu kode? UMUM # ISI. Daftar: KODE. Cek: STATUS. Pemkab Sukamaju','command-reply','FORMAT',NULL,14,NULL,'510101100000001',3,'delivered',13,1,0,1795662254,1795662254,1795748654,NULL,NULL,1795662254,1795662254,NULL);
INSERT INTO outbox VALUES(14,'+6285700000106','No P26-00006-7: hal ini kewenangan PLN. Silakan hubungi PLN 123. Terima kasih atas perhatian Anda. Pemkab Sukamaju','notice','BUKAN_WENANG',6,NULL,NULL,'510101100000001',1,'delivered',14,1,0,1795662254,1795662254,1795748654,NULL,NULL,1795662254,1795662255,NULL);
INSERT INTO outbox VALUES(15,'+6281200000101','Jawaban No P26-00001-8: Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam. Belum sesuai? Balas BELUM P26-00001-8 alasan. Pemkab Sukamaju','answer','JAWABAN',1,NULL,2,'510101100000001',2,'delivered',15,1,0,1795662255,1795662255,1795748655,NULL,NULL,1795662255,1795662255,NULL);
INSERT INTO outbox VALUES(16,'+6289500000104','Jawaban No P26-00004-2: Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam. Belum sesuai? Balas BELUM P26-00004-2 alasan. Pemkab Sukamaju','answer','JAWABAN',4,NULL,3,'510101100000002',2,'delivered',16,1,0,1795662255,1795662255,1795748655,NULL,NULL,1795662255,1795662256,NULL);
INSERT INTO outbox VALUES(17,'+6281200000101','No P26-00001-8 (DISHUB): selesai 26-11-2026. Jawaban: Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam. Pemkab Sukamaju','command-reply','STATUS_SELESAI',1,15,NULL,'510101100000001',3,'claimed',17,1,0,1795662255,1795662255,1795748655,'modem-1',1795662255,NULL,NULL,NULL);
INSERT INTO outbox VALUES(18,'+6281200009001','Uji coba gerbang','admin',NULL,NULL,NULL,NULL,NULL,0,'queued',18,0,0,1795662260,1795662260,1795748660,NULL,NULL,NULL,NULL,NULL);
INSERT INTO outbox VALUES(19,'+6281200009002','Uji coba kedua','admin',NULL,NULL,NULL,NULL,NULL,0,'unknown',19,1,0,1795662261,1795662261,1795748661,NULL,NULL,NULL,1795662269,'the gateway stopped while it was being sent');
CREATE TABLE outbox_part (
    outbox_id       INTEGER NOT NULL REFERENCES outbox (id),
    number          INTEGER NOT NULL,                     -- from 1
    tpdu            BLOB    NOT NULL,                     -- SMS-SUBMIT as handed to the modem
    state           TEXT    NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'offered', 'accepted', 'unknown', 'delivered',
                                                                       'failed', 'expired', 'unconfirmed')),
    sim             TEXT,                                 -- the SIM that it left by
    mr              INTEGER,                              -- TP-MR, 0 to 255
    offered_at      INTEGER,
    accepted_at     INTEGER,
    settled_at      INTEGER,
    status          INTEGER,                              -- TP-ST of the last report
    PRIMARY KEY (outbox_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_part VALUES(1,1,X'31000d91261802000001f10000a78fd4b23cdd0e83d6e1791aed0241cbee73985c0fbb4175fa1a444c4e915521889c1e87e9613ac8f9064165b6160c0683c55a38174819be87c56137081e66a7dd67103bdc1687e9a065b80d92d95ab1584b0693d940319b0b46738186e5b50e34a506a9d529082ab3b56030182cd6c2b940d0727b1d1683a6f575b81d56d701','delivered','510101100000001',0,1795662251,1795662251,1795662251,0);
INSERT INTO outbox_part VALUES(2,1,X'31000d91265806000001f20000a78dd4b23cdd0e83d6e1791aed0241cbee73985c0fbb4175fa1a04ad42a520727a1ca687e920e71b0495d95a30180c266bd95c2065f81e1687dd2078989d769f41ec705b1ca68396e13648666bc5622d194c6603c56c2e18cd051a96d73ad0941aa456a720a8ccd682c1603059cbe60241cbed75580c9ad6d7e176585d07','delivered','510101100000002',0,1795662251,1795662251,1795662251,0);
INSERT INTO outbox_part VALUES(3,1,X'31000d91261809000001f30000a78dd4b23cdd0e83d6e1791aed0241cbee73985c0fbb4175fa1a249d568920727a1ca687e920e71b0495d95a30180c366bd15c2065f81e1687dd2078989d769f41ec705b1ca68396e13648666bc5622d194c6603c56c2e18cd051a96d73ad0941aa456a720a8ccd682c160b0598be60241cbed75580c9ad6d7e176585d07','delivered','510101100000002',1,1795662251,1795662251,1795662252,0);
INSERT INTO outbox_part VALUES(4,1,X'31000d91269805000001f40000a783d0b2fb1c26d7c36e90f30d82ca6c2d180c06a3b564a075b89d068dc3f4301d54a7af41c4e4145915ba40c2343b0c5a97d969799d051287d9e139885c769fc36ed0fa4d2e83f261f719242ebbc3721768585eeb40536a905a9d82a0325b0b0683c1682d990b042db7d76131685a5f87db61751d','delivered','510101100000002',2,1795662252,1795662252,1795662252,0);
INSERT INTO outbox_part VALUES(5,1,X'31000d91261803000001f50000a783d4b23cdd0e83d6e1791aed0241cbee73985c0fbb41e4f4384c0fd341ce37082ab3b5603018acd6cab940d032bd7e0ecf41e175d80d6a97dd6537bdbe0ebb41e4b43b3c07e5c3ee33889ca6d7d5751768585eeb40536a905a9d82a0325b0b0683c16aad9c0b042db7d76131685a5f87db61751d','delivered','510101100000001',1,1795662252,1795662252,1795662252,0);
INSERT INTO outbox_part VALUES(6,1,X'31000d91261803000001f50000a768cb32bd2c0fbbcf6137881e6e8bc3e8b01b147493c3a0799d1c4683d6e1761ad40ecfebeb75d80d5a9741ce37082ab3b5603018acd6cab940c3f25a079a5283d4ea140495d95a30180c566be55c2068b9bd0e8b41d3fa3adc0eabeb','delivered','510101100000001',2,1795662252,1795662252,1795662252,0);
INSERT INTO outbox_part VALUES(7,1,X'31000d91265807000001f60000a783d4b23cdd0e83d6e1791aed0241cbee73985c0fbb41e4f4384c0fd341ce37082ab3b5603018ccd6bab940d032bd7e0ecf41e175d80d6a97dd6537bdbe0ebb41e4b43b3c07e5c3ee33889ca6d7d5751768585eeb40536a905a9d82a0325b0b0683c16cad9b0b042db7d76131685a5f87db61751d','delivered','510101100000001',3,1795662252,1795662252,1795662253,0);
INSERT INTO outbox_part VALUES(8,1,X'31000d91267807000001f70000a794d4b23cdd0e83d6e1791aed0241cbee73985c0fbb4175fa1a444c4e89d5e530084d3241e4f4384c0fd341ce37082ab3b5603018ecd6aab940caf03d2c0ebb41f0303bed3e83d8e1b6384c072dc36d90ccd68ac55a3298cc068ad95c309a0b342caf75a0293548ad4e415099ad0583c160b756cd058296dbebb01834adafc3edb0ba0e','delivered','510101100000002',3,1795662253,1795662253,1795662253,0);
INSERT INTO outbox_part VALUES(9,1,X'31000d91261804000001f80000a791cb72981c0ebb41e4b0bc2e0fd37fa069f95c968741f432bb0c7fbb41b1980c14a687eb20f89b9d9ea741b118cc059a36a7a0b43b0da2a7c9e135889c8687ddf4701d24a381d4e1b60bc40cc3dff2b01b147493c3207a991e8683d6e1761a340ed3c37490f30d82ca6c2d180c06c3b5662e10b4dc5e87c5a0697d1d6e87d575','delivered','510101100000001',4,1795662253,1795662253,1795662253,0);
INSERT INTO outbox_part VALUES(10,1,X'31000d91263801000001f90000a78cd4b23cdd0e83d6e1791aed0241cbee73985c0fbb4175fa1a44642241e4f4384c0fd341ce37082ab3b56030182cd78ab940caf03d2c0ebb41f0303bed3e83d8e1b6384c072dc36d90ccd68ac55a3298cc068ad95c309a0b342caf75a0293548ad4e415099ad0583c160b956cc058296dbebb01834adafc3edb0ba0e','delivered','510101100000002',4,1795662253,1795662253,1795662254,0);
INSERT INTO outbox_part VALUES(11,1,X'31000d91261802000001f10000a76fce37082ab3b56030182cd6c28150c4e4145915a67420729a5e96a7db61d0bcac0eaf41325b2b166bc960329b0ba40cdfc3e2b01b040fb3d3ee33881d6e8bc374d032dc06c96cad58ac2583c96ca098cd05a3b940d0727b1d1683a6f575b81d56d701','delivered','510101100000001',5,1795662253,1795662254,1795662254,0);
INSERT INTO outbox_part VALUES(12,1,X'31000d91268802000011f00000a78ed02a540a5287d961370b444c4e915521881d66a7dd2c10918904cdc36d7818cd021193ce6571ca0249a755220b444c4e89c9250b444c4e89d5e530084d32414b2af4b55cb240c4a473fa9c82c461f7fc3d6781a0c46013144ecb59a069900a7d32a1501788194ebb75a06ab3da7481a0e5f63a2c064debeb703bacae03','delivered','510101100000001',6,1795662254,1795662254,1795662254,0);
INSERT INTO outbox_part VALUES(13,1,X'31000d91268802000011f00000a78bcb323dbdd681964f6211340225a7491768f876d3df681d88989c22ab42d008c40cb7e175103bcc4ebb41d3741b1e769f41d0f03c2c07b5c3f4b40b444d93c36b103d8cae83d66f72f907aa36ab4dd008949c265d2062d84c0fcb75a0e59358748186e5b50e34a506a9d5a90b042db7d76131685a5f87db61751d','delivered','510101100000001',7,1795662254,1795662254,1795662254,0);
INSERT INTO outbox_part VALUES(14,1,X'31000d91265807000001f60000a772ce37082ab3b5603018ccd6bae940e8301b9476a741ebf2bdec0ebbcf613708ca74ba40d3343bbc0ebb41e8bab8ee3ea74150a6131493cd5c206a599e6e8741ebf03c8d0685e9e139085e96a3c3f474d80d0abac96117085a6eafc362d0b4be0eb7c3ea3a','delivered','510101100000001',8,1795662254,1795662254,1795662255,0);
INSERT INTO outbox_part VALUES(15,1,X'31000d91261802000001f10000a798caf03d2c0ebb41ce37082ab3b56030182cd6c2e940cc701b5e07b1c3ec3a889d76d3c37310390d2fcbc5e1f43a0d4287e56950da9d06c1ebeb3a1b14cbb96030d09b5d4683e4e5731dd40eb3c36d17485866d7dba079795e0fa77f2061981d9e83844566b50982ca6c2d180c068bb570a0303b3c0fbb5d2068b9bd0e8b41d3fa3adc0eabeb','delivered','510101100000001',9,1795662255,1795662255,1795662255,0);
INSERT INTO outbox_part VALUES(16,1,X'31000d91269805000001f40000a798caf03d2c0ebb41ce37082ab3b56030188cd692e940cc701b5e07b1c3ec3a889d76d3c37310390d2fcbc5e1f43a0d4287e56950da9d06c1ebeb3a1b14cbb96030d09b5d4683e4e5731dd40eb3c36d17485866d7dba079795e0fa77f2061981d9e83844566b50982ca6c2d180c06a3b564a0303b3c0fbb5d2068b9bd0e8b41d3fa3adc0eabeb','delivered','510101100000002',5,1795662255,1795662255,1795662256,0);
INSERT INTO outbox_part VALUES(17,1,X'31000d91261802000001f10000a788ce37082ab3b56030182cd6c28150c4e4145915a674a079995d9e87d32099ad158bb5643099cd055286ef6171d8ad0331c36d781dc40eb3eb2076da4d0fcf41e434bc2c1787d3eb34081d96a74169771a04afafeb6c502ce782c1406f76190d9297cf75503bcc0eb75d2068b9bd0e8b41d3fa3adc0eabeb','offered','510101100000001',NULL,1795662255,NULL,NULL,NULL);
INSERT INTO outbox_part VALUES(18,1,X'01000d91261802000010f10000105535bd2c0fd3cb6835bb0c0fd3cb6835bb0c','queued',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO outbox_part VALUES(19,1,X'01000d91261802000020f10000105535bd2c0fd3cb6835bb0c0fd3cb6835bb0c','unknown','510101100000002',NULL,1795662263,NULL,1795662270,NULL);
CREATE TABLE report (
    id              INTEGER PRIMARY KEY,
    sim             TEXT    NOT NULL,
    pdu             BLOB    NOT NULL,
    digest          BLOB    NOT NULL UNIQUE,
    recipient       TEXT    NOT NULL,
    mr              INTEGER NOT NULL,
    status          INTEGER NOT NULL,
    centre_at       INTEGER,
    received_at     INTEGER NOT NULL,
    outbox_id       INTEGER REFERENCES outbox (id)
) STRICT;
INSERT INTO report VALUES(1,'510101100000001',X'07912618010000f006000d91261802000001f1621162014011826211620140118200',X'00accb46dce47289f0bae207fd86aab62ccf916eed1965c8955acb6746b5220b','+6281200000101',0,0,1795662251,1795662251,1);
INSERT INTO report VALUES(2,'510101100000002',X'07912618010000f006000d91265806000001f2621162014011826211620140118200',X'f842fc3f2a8a652b45188fe57a8b51eae2da7738757348849288a3838d17af15','+6285600000102',0,0,1795662251,1795662251,2);
INSERT INTO report VALUES(3,'510101100000002',X'07912618010000f006010d91261809000001f3621162014011826211620140118200',X'b280a9161ccc378eb375d2567f298992e47d0d75a7ace0afe933f193148b4048','+6281900000103',1,0,1795662251,1795662252,3);
INSERT INTO report VALUES(4,'510101100000002',X'07912618010000f006020d91269805000001f4621162014021826211620140218200',X'e6455e17bc9e0c11f07bc952167c4dd5d3e3e2d52c1dbb603c7db7fd569ea005','+6289500000104',2,0,1795662252,1795662252,4);
INSERT INTO report VALUES(5,'510101100000001',X'07912618010000f006010d91261803000001f5621162014021826211620140218200',X'a99b32ca778d360782e2b124090742c08958a93d5b76cb5a8ccee568d41735de','+6281300000105',1,0,1795662252,1795662252,5);
INSERT INTO report VALUES(6,'510101100000001',X'07912618010000f006020d91261803000001f5621162014021826211620140218200',X'96cba9c2fcee0cb5089a7b656258cd926d7a3917ff3a32d7b2b3d51b00481433','+6281300000105',2,0,1795662252,1795662252,6);
INSERT INTO report VALUES(7,'510101100000001',X'07912618010000f006030d91265807000001f6621162014021826211620140318200',X'0fd717e05d2b2fc3efa9223a5feb9141e4d78f52e5afff889e067fe5b431a68c','+6285700000106',3,0,1795662252,1795662253,7);
INSERT INTO report VALUES(8,'510101100000002',X'07912618010000f006030d91267807000001f7621162014031826211620140318200',X'ff15b81494a947857c56f8a0b331f4c693e8b4952939db68f87673643466bd17','+6287700000107',3,0,1795662253,1795662253,8);
INSERT INTO report VALUES(9,'510101100000001',X'07912618010000f006040d91261804000001f8621162014031826211620140318200',X'01981060530931783a4f23a0a0c3cc71d036c09e413452a0dc19b5c5ce9d6e85','+6281400000108',4,0,1795662253,1795662253,9);
INSERT INTO report VALUES(10,'510101100000002',X'07912618010000f006040d91263801000001f9621162014031826211620140318200',X'0356309e855f8f2915ca4da85d2b4e72453fa9ff99d372f91242111495536da1','+6283100000109',4,0,1795662253,1795662254,10);
INSERT INTO report VALUES(11,'510101100000001',X'07912618010000f006050d91261802000001f1621162014041826211620140418200',X'ce555ad041891db78c1055f7b8d981bcaeadcf89bb423d81eb221ce75efd00bd','+6281200000101',5,0,1795662254,1795662254,11);
INSERT INTO report VALUES(12,'510101100000001',X'07912618010000f006060d91268802000011f0621162014041826211620140418200',X'98efa1773a57c8fce5d325a171d064413519b2b575e8bd18f0d114a6502a81cb','+6288200000110',6,0,1795662254,1795662254,12);
INSERT INTO report VALUES(13,'510101100000001',X'07912618010000f006070d91268802000011f0621162014041826211620140418200',X'6e46075f61fda18b94f0d3e18540d8b643ec3ba1b6188382a7aee51b4425d980','+6288200000110',7,0,1795662254,1795662254,13);
INSERT INTO report VALUES(14,'510101100000001',X'07912618010000f006080d91265807000001f6621162014041826211620140518200',X'6c59ebb2d9146ffefac8f9a3b6860e14e2970066e9a9ad6f0a77bb93a1a3a9b6','+6285700000106',8,0,1795662254,1795662255,14);
INSERT INTO report VALUES(15,'510101100000001',X'07912618010000f006090d91261802000001f1621162014051826211620140518200',X'3fb64af03927f142e0d05881b9069a5c9274b1f1721828cb6c29d6f74a230d4e','+6281200000101',9,0,1795662255,1795662255,15);
INSERT INTO report VALUES(16,'510101100000002',X'07912618010000f006050d91269805000001f4621162014051826211620140518200',X'221b65b7468c61f7ebb1b4b637104c59f5a44e561491f918b9010e918b390484','+6289500000104',5,0,1795662255,1795662256,16);
INSERT INTO report VALUES(17,'510101100000002',X'0006',X'00ff','+6281200009005',99,0,NULL,1795662262,NULL);
CREATE TABLE stopped (
    citizen         TEXT    NOT NULL PRIMARY KEY,         -- E.164
    since           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO stopped VALUES('+6281200009004',1795662251);
CREATE TABLE access_log (
    id              INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    officer         TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    ticket_id       INTEGER REFERENCES ticket (id),
    detail          TEXT    NOT NULL DEFAULT ''
) STRICT;
INSERT INTO access_log VALUES(1,1795662254,'sari','show',1,'');
INSERT INTO access_log VALUES(2,1795662255,'ratna','show',1,'');
INSERT INTO access_log VALUES(3,1795662255,'ratna','show',1,'');
INSERT INTO access_log VALUES(4,1795662255,'ratna','show',1,'');
INSERT INTO access_log VALUES(5,1795662255,'ratna','show',1,'');
INSERT INTO access_log VALUES(6,1795662255,'sari','show',1,'');
CREATE INDEX inbound_unread ON inbound (id) WHERE state = 'unread';
CREATE INDEX inbound_silent ON inbound (id) WHERE outcome = 'silence';
CREATE INDEX inbound_by_sender ON inbound (sender, received_at);
CREATE INDEX inbound_by_time ON inbound (received_at);
CREATE INDEX inbound_by_ticket ON inbound (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX part_waiting ON part (sender, sim, reference, total, wide) WHERE inbound_id IS NULL;
CREATE INDEX part_of_inbound ON part (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX ticket_open ON ticket (stage, due_at) WHERE stage NOT IN ('SELESAI', 'DITUTUP');
CREATE INDEX ticket_by_citizen ON ticket (citizen, received_at);
CREATE INDEX ticket_by_time ON ticket (received_at);
CREATE INDEX ticket_joined ON ticket (main_ticket_id) WHERE main_ticket_id IS NOT NULL;
CREATE INDEX ticket_by_finish ON ticket (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX trail_of_ticket ON trail (ticket_id, id);
CREATE INDEX trail_by_time ON trail (at);
CREATE INDEX answer_by_unit ON answer (unit) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX outbox_one_reply ON outbox (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_answer ON outbox (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX outbox_queue ON outbox (priority DESC, due_at, id) WHERE state = 'queued';
CREATE INDEX outbox_in_hand ON outbox (id) WHERE state = 'claimed';
CREATE INDEX outbox_unknown ON outbox (settled_at) WHERE state = 'unknown';
CREATE INDEX outbox_awaiting ON outbox (sent_at) WHERE state = 'sent';
CREATE INDEX outbox_by_ticket ON outbox (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);
CREATE INDEX outbox_by_time ON outbox (created_at);
CREATE INDEX outbox_part_awaiting ON outbox_part (sim, mr, accepted_at) WHERE state IN ('accepted', 'unknown');
CREATE INDEX report_unmatched ON report (sim, mr) WHERE outbox_id IS NULL;
CREATE INDEX access_by_time ON access_log (at);
CREATE TRIGGER part_is_evidence BEFORE UPDATE OF sim, modem, pdu, digest, sender, centre_at, reference, wide, total, number, received_at ON part
BEGIN SELECT RAISE (ABORT, 'a received part is evidence and is never changed'); END;
CREATE TRIGGER part_stays BEFORE DELETE ON part
BEGIN SELECT RAISE (ABORT, 'a received part is evidence and is never deleted'); END;
CREATE TRIGGER inbound_is_evidence BEFORE UPDATE OF sim, modem, sender, sender_kind, text, complete, silent_class, centre_at, received_at ON inbound
BEGIN SELECT RAISE (ABORT, 'a received message is evidence and is never changed'); END;
CREATE TRIGGER inbound_stays BEFORE DELETE ON inbound
BEGIN SELECT RAISE (ABORT, 'a received message is evidence and is never deleted'); END;
CREATE TRIGGER trail_is_final BEFORE UPDATE ON trail
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_stays BEFORE DELETE ON trail
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER draft_is_final BEFORE UPDATE OF ticket_id, version, kind, recommendation, rules, note, wording, writer, written_at ON draft
BEGIN SELECT RAISE (ABORT, 'a draft is a version: write another one'); END;
CREATE TRIGGER outbox_is_final BEFORE UPDATE OF recipient, body, draft_id, inbound_id ON outbox
BEGIN SELECT RAISE (ABORT, 'an outgoing text is never changed'); END;
COMMIT;
