-- The whole database of aduan as it looks today. The daemon creates it, and migrates an older one to it.
-- SQLite, WAL, synchronous=FULL, foreign keys on. Times (*_at) are UTC seconds. Tokens are the office's own words.
-- user_version = 6
-- In the queues a choice of more than two is a row of comparisons: for IN, SQLite builds a table of its own at each row written.

-- What a modem and its SIM told about themselves when they were brought up.
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

-- A modem that an admin took out of service, until an admin takes it back.
CREATE TABLE modem_disabled (
    name            TEXT    NOT NULL PRIMARY KEY,         -- as in aduan.toml
    officer         TEXT    NOT NULL,
    disabled_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is known of a card beside what its modem tells: its credit, as the network last told it.
CREATE TABLE card (
    sim             TEXT    NOT NULL PRIMARY KEY,         -- as in modem
    credit          INTEGER,                              -- Rupiah
    credit_at       INTEGER,
    tried_at        INTEGER,                              -- written before the network is asked
    misses          INTEGER NOT NULL DEFAULT 0            -- tries since then without a figure
) STRICT, WITHOUT ROWID;

-- What an operator last wrote to a card about its validity and about its credit. Anybody can write under a name: it is a
-- warning to a person and nothing else.
CREATE TABLE card_notice (
    sim             TEXT    NOT NULL,
    topic           TEXT    NOT NULL CHECK (topic IN ('validity', 'credit')),
    matter          TEXT    NOT NULL CHECK (matter IN ('expires', 'blocked', 'register', 'valid', 'no-credit')),
    until           TEXT,                                 -- YYYY-MM-DD, where a day was named
    sender          TEXT    NOT NULL,                     -- a name or a short number
    noticed_at      INTEGER NOT NULL,                     -- the centre's time, where that is earlier than ours
    looked_at       INTEGER,                              -- when an admin has looked at the modem since
    reminded        INTEGER NOT NULL DEFAULT 0 CHECK (reminded IN (0, 1)), -- the day came near, and the log has said so
    PRIMARY KEY (sim, topic)
) STRICT, WITHOUT ROWID;

-- A PIN that was tried and not accepted, as a digest: written before the try, so that no crash makes a second one.
CREATE TABLE pin_try (
    card            TEXT    NOT NULL,                     -- ICCID, and for tries without one the modem's IMEI; '?' where none is told
    digest          BLOB    NOT NULL,
    refused         INTEGER NOT NULL CHECK (refused IN (0, 1)), -- 0: entered, or about to be, and no answer came
    tried_at        INTEGER NOT NULL,
    PRIMARY KEY (card, digest)
) STRICT, WITHOUT ROWID;

-- The cards that this gateway has met: what lay on one before is taken, or left where aduan.toml says so (found).
CREATE TABLE card_met (
    sim             TEXT    NOT NULL PRIMARY KEY,
    met_at          INTEGER NOT NULL,
    settled_at      INTEGER                               -- NULL: what lies there is still to be looked at, and left
) STRICT, WITHOUT ROWID;

-- Messages that lay on a card when it was met, and are left there: no ticket, and never deleted.
CREATE TABLE left_message (
    digest          BLOB    NOT NULL PRIMARY KEY,         -- SHA-256 of the identity, as in part
    sim             TEXT    NOT NULL,
    left_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A whole message from a citizen or a network: the queue of intake. What came by another channel is entered by an officer, with
-- neither SIM nor modem, and handled at once.
CREATE TABLE inbound (
    id              INTEGER PRIMARY KEY,
    sim             TEXT    NOT NULL,                     -- the SIM that received it
    modem           TEXT    NOT NULL,
    sender          TEXT    NOT NULL,                     -- canonical: E.164 for a subscriber; empty where there is none
    sender_kind     TEXT    NOT NULL CHECK (sender_kind = 'subscriber' OR sender_kind = 'short-code' OR
                                            sender_kind = 'alphanumeric' OR sender_kind = 'odd' OR sender_kind = 'unknown'),
    text            TEXT,                                 -- NULL: "tidak terbaca", see part.pdu
    complete        INTEGER NOT NULL CHECK (complete IN (0, 1)),
    silent_class    TEXT,                                 -- why nothing of this kind is ever answered (data message, flash …)
    centre_at       INTEGER,                              -- TP-SCTS
    received_at     INTEGER NOT NULL,                     -- the server's clock: the one that the SOP runs on
    state           TEXT    NOT NULL DEFAULT 'unread' CHECK (state IN ('unread', 'handled')),
    outcome         TEXT    CHECK (outcome = 'ticket' OR outcome = 'addition' OR outcome = 'command' OR outcome = 'silence'),
    reason          TEXT,                                 -- of the outcome, a token
    ticket_id       INTEGER REFERENCES ticket (id),
    handled_at      INTEGER,
    channel         TEXT    NOT NULL DEFAULT 'SMS' CHECK (channel = 'SMS' OR channel = 'WA' OR channel = 'TELEPON' OR
                                                          channel = 'LOKET'),
    entered_by      TEXT,                                 -- the officer's account, where no modem received it
    flood           INTEGER NOT NULL DEFAULT 0 CHECK (flood IN (0, 1)), -- more of its sender came than is answered
    CHECK ((state = 'handled') = (outcome IS NOT NULL))
) STRICT;
CREATE INDEX inbound_unread ON inbound (id) WHERE state = 'unread';
CREATE INDEX inbound_silent ON inbound (id) WHERE outcome = 'silence';
CREATE INDEX inbound_by_sender ON inbound (sender, received_at);
CREATE INDEX inbound_by_time ON inbound (received_at, modem);
CREATE INDEX inbound_flood ON inbound (received_at) WHERE flood = 1;
CREATE INDEX inbound_by_ticket ON inbound (ticket_id) WHERE ticket_id IS NOT NULL;

-- One SMS as the modem gave it: evidence. Its identity is the SIM and the whole TPDU (originator, SCTS and text are in it).
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
CREATE INDEX part_waiting ON part (sender, sim, reference, total, wide) WHERE inbound_id IS NULL;
CREATE INDEX part_of_inbound ON part (inbound_id) WHERE inbound_id IS NOT NULL;

-- One complaint.
CREATE TABLE ticket (
    id              INTEGER PRIMARY KEY,
    number          TEXT    NOT NULL UNIQUE,              -- P26-00123-0
    year            INTEGER NOT NULL,
    serial          INTEGER NOT NULL,
    channel         TEXT    NOT NULL CHECK (channel IN ('SMS', 'WA', 'TELEPON', 'LOKET')),
    citizen         TEXT    NOT NULL,                     -- E.164; empty: somebody at the counter without a number
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
    concerns        TEXT    NOT NULL DEFAULT '',          -- Unix users named in a case of the closed path, separated by a space
    copies          TEXT    NOT NULL DEFAULT '',          -- codes of the units that get a copy (tembusan), separated by a space
    named           TEXT    NOT NULL DEFAULT '',          -- codes of the units that the text named together, separated by a space
    later_at        INTEGER,                              -- a message came that nobody who has it in hand has read
    to_give_at      INTEGER,                              -- a text waits that an officer is to give to the citizen
    given_at        INTEGER,                              -- it was given; of a question that is to be given once more: for the first time
    UNIQUE (year, serial),
    CHECK ((stage = 'DITUTUP') = (closed_as IS NOT NULL))
) STRICT;
CREATE INDEX ticket_open ON ticket (due_at IS NULL, due_at, id) WHERE stage NOT IN ('SELESAI', 'DITUTUP');
CREATE INDEX ticket_silent ON ticket (stage, stage_since, id) WHERE stage IN ('DIJAWAB', 'MENUNGGU_PEMOHON');
CREATE INDEX ticket_by_citizen ON ticket (citizen, received_at);
CREATE INDEX ticket_by_time ON ticket (received_at);
CREATE INDEX ticket_joined ON ticket (main_ticket_id) WHERE main_ticket_id IS NOT NULL;
CREATE INDEX ticket_later ON ticket (later_at, id) WHERE later_at IS NOT NULL;
CREATE INDEX ticket_to_give ON ticket (to_give_at, id) WHERE to_give_at IS NOT NULL;
CREATE INDEX ticket_by_finish ON ticket (finished_at, received_at) WHERE finished_at IS NOT NULL;

-- The words of every ticket, by its row: of its body and of what was added to it. Which words, not where they stand, and not
-- the texts themselves. The triggers keep it in step, whoever writes a ticket.
CREATE VIRTUAL TABLE ticket_text USING fts5 (text, content = '', contentless_delete = 1, detail = none, prefix = '3 4 5', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER ticket_text_begins AFTER INSERT ON ticket
BEGIN INSERT INTO ticket_text (rowid, text) VALUES (new.id, new.body); END;
CREATE TRIGGER ticket_text_follows AFTER UPDATE OF body ON ticket
BEGIN INSERT OR REPLACE INTO ticket_text (rowid, text) VALUES (new.id, new.body || ' ' || COALESCE
    ((SELECT group_concat (text, ' ') FROM inbound WHERE ticket_id = new.id AND outcome = 'addition'), '')); END;
CREATE TRIGGER ticket_text_grows AFTER UPDATE OF outcome ON inbound WHEN new.outcome = 'addition'
BEGIN INSERT OR REPLACE INTO ticket_text (rowid, text) SELECT id, body || ' ' || COALESCE
    ((SELECT group_concat (text, ' ') FROM inbound WHERE ticket_id = ticket.id AND outcome = 'addition'), '')
      FROM ticket WHERE id = new.ticket_id; END;

-- What the due times of open tickets were last reckoned with: another calendar, or other standard times, and they are again.
CREATE TABLE reckoning (
    only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    digest          BLOB    NOT NULL,
    reckoned_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is to be said of a ticket when time has passed, and what was: each once.
CREATE TABLE reminder (
    ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
    matter          TEXT    NOT NULL,                     -- LEWAT_WAKTU, INGATKAN_KEPUTUSAN, INGATKAN_PEMOHON, JANJI_HARI_INI,
                                                          -- NASIONAL_DEKAT, NASIONAL_LEWAT
    since           INTEGER NOT NULL,                     -- when the stage was entered; of a national limit the limit itself
    due_at          INTEGER NOT NULL,                     -- not before
    raised_at       INTEGER,                              -- NULL: it waits
    stage           TEXT,                                 -- where the ticket stood when it was raised
    PRIMARY KEY (ticket_id, matter, since),
    CHECK ((raised_at IS NULL) = (stage IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_waiting ON reminder (due_at) WHERE raised_at IS NULL;
CREATE INDEX reminder_raised ON reminder (raised_at) WHERE raised_at IS NOT NULL;

-- Every change of every ticket: append-only, and each row carries the digest of the row before.
CREATE TABLE trail (
    id              INTEGER PRIMARY KEY,
    ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
    at              INTEGER NOT NULL,
    actor           TEXT    NOT NULL,                     -- Unix user name, 'pemohon' or 'sistem'
    transition      INTEGER,                              -- T-number of the procedure; NULL for what moves nothing
    action          TEXT    NOT NULL,
    from_stage      TEXT,
    to_stage        TEXT,
    detail          TEXT    NOT NULL DEFAULT '{}',        -- JSON; a person's own words are in trail_words
    digest          BLOB    NOT NULL                      -- SHA-256 of the previous digest and of this row
) STRICT;
CREATE INDEX trail_of_ticket ON trail (ticket_id, id);
CREATE INDEX trail_by_time ON trail (at);
-- When tickets took the closed path and came back from it, by themselves or with their main ticket.
CREATE INDEX trail_seals ON trail (ticket_id, id, action) WHERE action = 'JALUR_TERTUTUP' OR action = 'BUKAN_ETIK';

-- What people wrote into the trail in their own words. Its row has SHA-256 of salt and words in their place, so that they can be
-- destroyed with the texts of their ticket, and the digests still hold.
CREATE TABLE trail_words (
    trail_id        INTEGER NOT NULL REFERENCES trail (id),
    fact            TEXT    NOT NULL,                     -- key in the row's detail, where their fingerprint stands
    salt            BLOB    NOT NULL,                     -- 32 random bytes
    words           TEXT    NOT NULL,
    PRIMARY KEY (trail_id, fact)
) STRICT, WITHOUT ROWID;

-- Versions of recommendation, rules, solution note and wording: who wrote, who decided.
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

-- The answer bank (catatan jawaban): wording that a chair approved for use again, or that an anggota proposes for it.
CREATE TABLE answer (
    id              INTEGER PRIMARY KEY,
    unit            TEXT    NOT NULL,
    matter          TEXT    NOT NULL,                     -- what it answers, in a line
    wording         TEXT    NOT NULL,                     -- blanks marked as {nama}
    valid_until     TEXT,                                 -- YYYY-MM-DD, last day; NULL: until withdrawn
    source_id       INTEGER REFERENCES ticket (id),
    approved_by     TEXT,                                 -- NULL: proposed, and not yet to be used
    approved_at     INTEGER,
    withdrawn_at    INTEGER,
    uses            INTEGER NOT NULL DEFAULT 0,
    proposed_by     TEXT,                                 -- NULL: a chair put it here
    proposed_at     INTEGER,
    used_at         INTEGER                               -- last use
) STRICT;

-- What the notes in use are found by: terms, not words (complaint::terms). The row is the note's.
CREATE VIRTUAL TABLE answer_search USING fts5 (matter, wording, tokenize = 'ascii');
-- In how many notes a term stands.
CREATE VIRTUAL TABLE answer_vocabulary USING fts5vocab (answer_search, row);
-- By what rules the terms were made: other rules, and they are made anew. What was suggested for a ticket holds for one version.
CREATE TABLE answer_index (
    only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    digest          BLOB    NOT NULL,
    version         INTEGER NOT NULL                      -- raised by each change of the notes
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_unit ON answer (unit) WHERE withdrawn_at IS NULL;

-- What the gateway says to citizens: queue and fate.
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY,
    recipient       TEXT    NOT NULL,                     -- E.164
    body            TEXT    NOT NULL,
    purpose         TEXT    NOT NULL CHECK (purpose = 'acknowledgement' OR purpose = 'command-reply' OR purpose = 'notice' OR
                                            purpose = 'answer' OR purpose = 'admin' OR purpose = 'staff'),
    template        TEXT,                                 -- key of the template, NULL for free text
    ticket_id       INTEGER REFERENCES ticket (id),
    inbound_id      INTEGER REFERENCES inbound (id),      -- the message that it replies to
    draft_id        INTEGER REFERENCES draft (id),        -- the approved wording that it carries
    sim             TEXT,                                 -- leaves by this SIM; NULL: by any
    priority        INTEGER NOT NULL,                     -- larger goes first
    state           TEXT    NOT NULL DEFAULT 'queued' CHECK (state = 'queued' OR state = 'claimed' OR state = 'sent' OR
                                                             state = 'delivered' OR state = 'failed' OR state = 'expired' OR
                                                             state = 'unknown' OR state = 'dropped'),
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
    error           TEXT,
    route           TEXT,                                 -- longest configured prefix of the recipient, where sim is NULL: leaves by a
                                                          -- modem with this route; NULL: by any
    first_due_at    INTEGER NOT NULL DEFAULT 0,           -- other_sim_after counts from here
    taken_back      INTEGER NOT NULL DEFAULT 0,           -- out of the queue before it left whole, since nobody is to be told any more
    unanswered      INTEGER NOT NULL DEFAULT 0,           -- tries that the network left the modem without an answer to: each may have arrived
    again_at        INTEGER                               -- while 'unknown' after such a try: when it goes back to the queue
) STRICT;
-- A message is answered at most once, and an approved wording is sent at most once, whatever happens.
CREATE UNIQUE INDEX outbox_one_reply ON outbox (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_answer ON outbox (draft_id) WHERE draft_id IS NOT NULL;
-- With what a text is bound to: how many wait for which card is counted here alone.
CREATE INDEX outbox_queue ON outbox (priority DESC, due_at, id, sim, route) WHERE state = 'queued';
CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE state = 'queued';
CREATE INDEX outbox_pending ON outbox (recipient, id) WHERE state IN ('queued', 'claimed');
CREATE INDEX outbox_in_hand ON outbox (id) WHERE state = 'claimed';
CREATE INDEX outbox_unknown ON outbox (settled_at) WHERE state = 'unknown';
CREATE INDEX outbox_unanswered ON outbox (again_at) WHERE state = 'unknown' AND again_at IS NOT NULL;
CREATE INDEX outbox_awaiting ON outbox (sent_at) WHERE state = 'sent';
CREATE INDEX outbox_by_ticket ON outbox (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);
CREATE INDEX outbox_by_time ON outbox (created_at);

-- Which tickets a text to a person of the office names: it is taken back where one of them is sealed and not for that person.
CREATE TABLE outbox_named (
    ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
    outbox_id       INTEGER NOT NULL REFERENCES outbox (id),
    PRIMARY KEY (ticket_id, outbox_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_named_by_text ON outbox_named (outbox_id);

-- The parts of an outgoing message, each with its own reference (TP-MR) and fate.
CREATE TABLE outbox_part (
    outbox_id       INTEGER NOT NULL REFERENCES outbox (id),
    number          INTEGER NOT NULL,                     -- from 1
    tpdu            BLOB    NOT NULL,                     -- SMS-SUBMIT as handed to the modem
    state           TEXT    NOT NULL DEFAULT 'queued' CHECK (state = 'queued' OR state = 'offered' OR state = 'accepted' OR
                                                             state = 'unknown' OR state = 'delivered' OR state = 'failed' OR
                                                             state = 'expired' OR state = 'unconfirmed'),
    sim             TEXT,                                 -- the SIM that it left by
    mr              INTEGER,                              -- TP-MR, 0 to 255
    offered_at      INTEGER,
    accepted_at     INTEGER,
    settled_at      INTEGER,
    status          INTEGER,                              -- TP-ST of the last report
    PRIMARY KEY (outbox_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_part_awaiting ON outbox_part (sim, mr, accepted_at) WHERE state IN ('accepted', 'unknown');
-- What a card has sent in the last minute and on a day.
CREATE INDEX outbox_part_by_time ON outbox_part (sim, accepted_at) WHERE accepted_at IS NOT NULL;

-- Status reports that matched nothing when they came: a report can overtake the answer to its AT+CMGS.
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
CREATE INDEX report_unmatched ON report (sim, recipient, mr) WHERE outbox_id IS NULL;

-- Numbers under STOP: nothing on the office's initiative is sent to them; STATUS is still answered.
CREATE TABLE stopped (
    citizen         TEXT    NOT NULL PRIMARY KEY,         -- E.164
    since           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that a network called wrong or gone (errors.md, fail-num; TP-ST 0x43), until they write or a text reaches them.
CREATE TABLE unreachable (
    citizen         TEXT    NOT NULL PRIMARY KEY,         -- E.164
    marked_at       INTEGER NOT NULL,
    code            TEXT    NOT NULL                      -- '+CMS ERROR: 1', 'TP-ST 0x43'
) STRICT, WITHOUT ROWID;

-- Numbers whose messages are kept and not answered, by the ketua's decision and until a day. An end before its day, and what was
-- decided before, stay to be read.
CREATE TABLE block (
    id              INTEGER PRIMARY KEY,
    citizen         TEXT    NOT NULL,                     -- E.164; a pseudonym some time after its end
    until           TEXT    NOT NULL,                     -- YYYY-MM-DD, last day
    ends_at         INTEGER NOT NULL,                     -- the midnight behind it
    reason          TEXT    NOT NULL,
    officer         TEXT    NOT NULL,
    blocked_at      INTEGER NOT NULL,
    lifted_by       TEXT,
    lifted_at       INTEGER,
    ticket_id       INTEGER REFERENCES ticket (id),       -- that it was decided over: who may not read that one is not told of it
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
) STRICT;
CREATE INDEX block_by_citizen ON block (citizen, ends_at);

-- Restores of a backup. What was unsent in it may have been sent since: it waits until an admin decides.
CREATE TABLE restore (
    id              INTEGER PRIMARY KEY,
    restored_at     INTEGER NOT NULL,
    officer         TEXT    NOT NULL,                     -- the account that did it
    backup_at       INTEGER,                              -- the backup's last event
    last_outbox     INTEGER NOT NULL,                     -- rows of outbox up to this one are the backup's
    last_year       INTEGER,                              -- of the last number that the register before gave:
    last_serial     INTEGER,                              -- no number is given twice
    released_at     INTEGER,
    released_by     TEXT,
    released_as     TEXT    CHECK (released_as IN ('send', 'drop')),
    CHECK ((released_at IS NULL) = (released_as IS NULL))
) STRICT;
CREATE INDEX restore_open ON restore (last_outbox) WHERE released_at IS NULL;

-- Who opened what (procedure.md 12.3).
CREATE TABLE access_log (
    id              INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    officer         TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    ticket_id       INTEGER REFERENCES ticket (id),
    detail          TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX access_by_time ON access_log (at);
CREATE INDEX access_by_ticket ON access_log (ticket_id, at) WHERE ticket_id IS NOT NULL;

-- Runs of the retention (berita acara): what was pseudonymised, destroyed and removed, when, and who had it done. While one
-- is being worked on the triggers below let its evidence go; that it is refers to a row that cannot be, so no COMMIT leaves it so.
CREATE TABLE retention (
    id              INTEGER PRIMARY KEY CHECK (id > 0),
    started_at      INTEGER NOT NULL,
    officer         TEXT    NOT NULL,                     -- Unix user name
    cause           TEXT    NOT NULL CHECK (cause IN ('retention', 'request', 'restore')),
    working         INTEGER REFERENCES retention (id) DEFERRABLE INITIALLY DEFERRED CHECK (working = 0),
    pseudonymised   INTEGER NOT NULL DEFAULT 0,           -- complaints
    destroyed       INTEGER NOT NULL DEFAULT 0,           -- tickets
    messages        INTEGER NOT NULL DEFAULT 0,           -- received, of no ticket
    texts           INTEGER NOT NULL DEFAULT 0,           -- sent, of no ticket
    trail           INTEGER NOT NULL DEFAULT 0,           -- rows
    accesses        INTEGER NOT NULL DEFAULT 0,           -- rows of the access log
    decisions       INTEGER NOT NULL DEFAULT 0,           -- blocks and requests of citizens
    trail_last      INTEGER,                              -- the last row of the trail that was removed, and its digest: the
    trail_digest    BLOB,                                 -- chain goes on from there
    finished_at     INTEGER                               -- NULL: cut short; the next run does the rest
) STRICT;

-- What citizens ask about their own data (procedure.md 12.5).
CREATE TABLE data_request (
    id              INTEGER PRIMARY KEY,
    citizen         TEXT    NOT NULL,                     -- E.164; a pseudonym once it was deleted; empty: of the ticket alone
    ticket_id       INTEGER REFERENCES ticket (id),       -- that it speaks of
    kind            TEXT    NOT NULL CHECK (kind IN ('correct', 'delete', 'copy')),
    detail          TEXT    NOT NULL,
    registered_by   TEXT    NOT NULL,                     -- Unix user name
    registered_at   INTEGER NOT NULL,
    due_at          INTEGER NOT NULL,
    answered_by     TEXT,
    answered_at     INTEGER,
    outcome         TEXT    CHECK (outcome IN ('granted', 'refused')),
    answer          TEXT,
    begun_at        INTEGER,                              -- a deletion that waits for tickets that are still needed: when it was
    begun_answer    TEXT,                                 -- first carried out as far as it could be, and what was answered then
    CHECK ((answered_at IS NULL) = (outcome IS NULL)),
    CHECK ((begun_at IS NULL) = (begun_answer IS NULL))
) STRICT;
CREATE INDEX data_request_open ON data_request (due_at) WHERE answered_at IS NULL;
CREATE INDEX data_request_by_citizen ON data_request (citizen);
CREATE INDEX data_request_by_ticket ON data_request (ticket_id) WHERE ticket_id IS NOT NULL;

-- Months whose report was signed (procedure.md section 14). One that the pengarah gave back is signed anew in another row.
CREATE TABLE recap (
    id              INTEGER PRIMARY KEY,
    month           TEXT    NOT NULL,                     -- YYYY-MM
    told            TEXT    NOT NULL,                     -- the report as it was told, JSON; without the register of complaints
    figures         TEXT    NOT NULL,                     -- parts A to C by name, JSON: what later counts are held against
    signed_by       TEXT    NOT NULL,                     -- Unix user name
    signed_at       INTEGER NOT NULL,
    acknowledged_by TEXT,
    acknowledged_at INTEGER,
    returned_by     TEXT,
    returned_at     INTEGER,
    reason          TEXT,                                 -- of the return
    CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
    CHECK ((returned_by IS NULL) = (returned_at IS NULL)),
    CHECK (acknowledged_at IS NULL OR returned_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX recap_in_force ON recap (month) WHERE returned_at IS NULL;

-- Evidence is never changed or deleted, but when its time is over.
CREATE TRIGGER part_is_evidence BEFORE UPDATE OF sim, modem, pdu, digest, sender, centre_at, reference, wide, total, number, received_at ON part
WHEN NEW.pdu <> x'' OR NEW.received_at <> OLD.received_at OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a received part is evidence and is never changed'); END;
CREATE TRIGGER part_stays BEFORE DELETE ON part
BEGIN SELECT RAISE (ABORT, 'a received part is evidence and is never deleted'); END;
CREATE TRIGGER inbound_is_evidence BEFORE UPDATE OF sim, modem, sender, sender_kind, text, complete, silent_class, centre_at, received_at, channel, entered_by ON inbound
WHEN (NEW.text IS NOT NULL AND NEW.text IS NOT OLD.text) OR (NEW.sender IS NOT OLD.sender AND NEW.sender NOT LIKE '+999%')
     OR NEW.received_at <> OLD.received_at OR NEW.channel <> OLD.channel OR NEW.entered_by IS NOT OLD.entered_by
     OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a received message is evidence and is never changed'); END;
CREATE TRIGGER inbound_stays BEFORE DELETE ON inbound
BEGIN SELECT RAISE (ABORT, 'a received message is evidence and is never deleted'); END;
CREATE TRIGGER trail_is_final BEFORE UPDATE ON trail
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_stays BEFORE DELETE ON trail
WHEN NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_words_are_final BEFORE UPDATE ON trail_words
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_words_stay BEFORE DELETE ON trail_words
WHEN NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER draft_is_final BEFORE UPDATE OF ticket_id, version, kind, recommendation, rules, note, wording, writer, written_at ON draft
WHEN NEW.recommendation || NEW.rules || NEW.note || NEW.wording <> '' OR NEW.writer <> OLD.writer
     OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a draft is a version: write another one'); END;
CREATE TRIGGER outbox_is_final BEFORE UPDATE OF recipient, body, draft_id, inbound_id ON outbox
WHEN (NEW.body <> '' AND NEW.body <> OLD.body) OR NEW.recipient NOT LIKE '+999%'
     OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'an outgoing text is never changed'); END;
CREATE TRIGGER recap_is_final BEFORE UPDATE ON recap
WHEN OLD.acknowledged_at IS NOT NULL OR OLD.returned_at IS NOT NULL OR NEW.month <> OLD.month OR NEW.told <> OLD.told
     OR NEW.figures <> OLD.figures OR NEW.signed_by <> OLD.signed_by OR NEW.signed_at <> OLD.signed_at
BEGIN SELECT RAISE (ABORT, 'a signed month is frozen'); END;
CREATE TRIGGER recap_stays BEFORE DELETE ON recap
BEGIN SELECT RAISE (ABORT, 'a signed month is frozen'); END;
CREATE TRIGGER retention_is_final BEFORE UPDATE ON retention WHEN OLD.finished_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a record of the retention is never changed'); END;
CREATE TRIGGER retention_stays BEFORE DELETE ON retention
BEGIN SELECT RAISE (ABORT, 'a record of the retention is never deleted'); END;
