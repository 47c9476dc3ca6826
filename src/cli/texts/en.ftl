# The sentences of the officers' terminal. id.ftl holds the same ones; a test compares the two.

## Help

help-usage = Usage
help-options-mark = OPTIONS
help-commands = Commands
help-command = COMMAND
help-arguments = Arguments
help-options = Options
help-global-options = Global options
help-example = Example

value-FILE = FILE
value-LANGUAGE = LANGUAGE
value-PATH = SOCKET
value-LANG = LANGUAGE
value-NUMBER = NUMBER
value-MAIN = MAIN-NUMBER
value-DECISION = DECISION
value-UNIT = CODE
value-CATEGORY = CATEGORY
value-USER = ACCOUNT
value-TEXT = TEXT
value-DATE = DATE
value-CHANNEL = CHANNEL
value-WAY = WAY
value-WHOM = NUMBER
value-PHONE = PHONE
value-TIME = TIME
value-FORM = FILE
value-REASON = REASON
value-NOTE = NOTE
value-BLANK = NAME=VALUE
value-MONTH = YEAR-MONTH
value-FORMAT = FORMAT
value-SEPARATOR = SEPARATOR
value-HEX = HEX
value-DIRECTION = DIRECTION
value-TO = NUMBER
value-REFERENCE = NUMBER
value-NAME = NAME
value-PORT = PORT
value-BAUD = BAUD
value-LETTER = LETTER
value-LINE = QUESTION
value-USSD = CODE
value-SEAL = SEAL
value-WORD = WORD
value-STAGE = STAGE
value-MARK = MARK
value-WHOSE = NUMBER
value-KIND = KIND
value-REQUEST = REQUEST
value-SEED = NUMBER

cmd = SMS complaint gateway
cmd-arg-config = Configuration file; /etc/aduan/aduan.toml unless given
cmd-arg-socket = Socket of aduand; with it no configuration file is needed
cmd-arg-lang = Language: id or en; else by LANG, then by the configuration
cmd-arg-json = Print the answer as one line of JSON, for scripts
cmd-arg-help = Show this help
cmd-arg-version = Show the version

cmd-inbox = The tickets that wait for you, the most urgent first (also: masuk)
cmd-inbox-arg-all = All open tickets that you may see
cmd-inbox-example = aduan inbox

cmd-board = The office's wall: what waits where, what is late, what is due soon (also: papan)
cmd-board-arg-watch = Show it again each minute, until Ctrl-C
cmd-board-example = aduan board --watch

cmd-show = One ticket, whole: complaint, drafts, replies, trail (also: lihat)
cmd-show-arg-number = Ticket number in any spelling: P26-00123-0, p26001230, or 123 for one of this year
cmd-show-example = aduan show 123

cmd-audit = Check the trail of changes, and tell the story of a ticket
cmd-audit-verify = Check that the trail is whole: no row was changed, taken out or moved (also: periksa)
cmd-audit-verify-arg-database = The file that is looked at, a backup for example; by default the database of the configuration
cmd-audit-verify-arg-seal = A seal that was kept earlier, at least its first 16 digits: it must still be in the trail
cmd-audit-verify-example = aduan audit verify
cmd-audit-show = The whole story of a ticket in the order of time, and who opened it (also: lihat)
cmd-audit-show-arg-number = Number of the ticket in any spelling
cmd-audit-show-example = aduan audit show 123

cmd-search = Find tickets by words, unit, stage, date or telephone number (also: cari)
cmd-search-arg-words = Words that must all be in the complaint; "jal*" for words that begin so; or the number of a ticket
cmd-search-arg-unit = Only of this unit
cmd-search-arg-stage = Only at this stage, telaah for example
cmd-search-arg-from = Received from this day on
cmd-search-arg-to = Received up to this day
cmd-search-arg-phone = Of this telephone number (petugas and ketua only)
cmd-search-example = aduan search lampu simpang --unit DISHUB --from 2026-11-01

cmd-assign = Pass a ticket to a member (also: teruskan)
cmd-assign-arg-number = Ticket number
cmd-assign-arg-unit = Unit code; the one that was read unless given
cmd-assign-arg-category = INFORMASI, PENGADUAN, PENGAWASAN, SARAN or APRESIASI
cmd-assign-arg-member = The member's account; the unit's own member unless given
cmd-assign-arg-copies = Codes of units that get a copy, with commas between them (also: --tembusan)
cmd-assign-example = aduan assign 123 --unit DISHUB --category PENGADUAN

cmd-copy = Set which units get a copy: they read the ticket and do not answer it (also: tembusan)
cmd-copy-arg-number = Ticket number
cmd-copy-arg-units = Unit codes, one or more; they take the place of those before
cmd-copy-arg-none = No copies any more
cmd-copy-example = aduan copy 123 PUPR DLH

cmd-propose = Propose an answer: recommendation, rules, note, wording (also: usul)
cmd-propose-arg-number = Ticket number; without the four fields a form is opened in the editor ($VISUAL or $EDITOR)
cmd-propose-arg-recommendation = Recommended solution
cmd-propose-arg-rules = Rules that touch the matter, or "tidak ada"
cmd-propose-arg-note = Solution note
cmd-propose-arg-wording = What the citizen reads
cmd-propose-arg-follow_up = Day by which remaining work is promised, such as 2026-12-01
cmd-propose-arg-file = A form that is filled in already; - for standard input
cmd-propose-example = aduan propose 123

cmd-approve = Approve a proposal (also: setuju)
cmd-approve-arg-number = Ticket number
cmd-approve-example = aduan approve 123

cmd-reject = Return a proposal to the member (also: tolak)
cmd-reject-arg-number = Ticket number
cmd-reject-arg-reason = What is to be changed
cmd-reject-example = aduan reject 123 --reason "name the day of the repair"

cmd-send = Send the approved wording (also: kirim)
cmd-send-arg-number = Ticket number
cmd-send-arg-by = WA, TELEPON, LOKET or SURAT: it was given in that way; SMS: it goes out by SMS although the complaint came otherwise
cmd-send-example = aduan send 123

cmd-undelivered = Note that an answer has not reached its citizen, so that it is given in another way (also: tak-sampai)
cmd-undelivered-arg-number = Ticket number
cmd-undelivered-arg-reason = How that is known
cmd-undelivered-example = aduan undelivered 123 --reason "the WhatsApp number is not in use any more"

cmd-add = Enter a complaint that came by WhatsApp, by telephone or at the counter (also: tambah)
cmd-add-arg-text = What was written or said, unaltered; without it, or with -, it is read from standard input
cmd-add-arg-channel = WA, TELEPON (phone) or LOKET (counter)
cmd-add-arg-from = The citizen's number; at the counter there may be none
cmd-add-arg-at = When the office got it, such as 08.15 or "2026-11-24 08.15"; without it now
cmd-add-arg-unit = Unit code, where the text does not say it
cmd-add-arg-to = Number of the ticket that it belongs to
cmd-add-arg-again = Open a new ticket although the message is a repeat or an addition
cmd-add-arg-sms = The number takes SMS: receipt and answer go out by SMS
cmd-add-example = aduan add --channel wa --from 081234567890 "DISHUB # Lampu merah Simpang Pasar mati"

cmd-close = Close a ticket without handling (also: tutup)
cmd-close-arg-number = Ticket number
cmd-close-arg-reason = SPAM, KASAR, BUKAN_PENGADUAN, BUKAN_WENANG, DUPLIKAT or TIDAK_LENGKAP
cmd-close-arg-main = Number of the main ticket (for DUPLIKAT)
cmd-close-arg-party = Whose matter it is (for BUKAN_WENANG)
cmd-close-arg-contact = How to reach them (for BUKAN_WENANG)
cmd-close-arg-words = The reason as the citizen reads it (for other reasons)
cmd-close-example = aduan close 123 --reason BUKAN_WENANG --party "PLN" --contact "telp 123"

cmd-answer = Answer at once with a note of the answer bank (also: jawab)
cmd-answer-arg-number = Ticket number
cmd-answer-arg-note = Number of the note; see: aduan known
cmd-answer-arg-fill = Fill a blank of the note; may be repeated
cmd-answer-arg-unit = Unit whose matter it is, where the ticket has another; one without a unit gets the note's
cmd-answer-arg-category = Category; without it as sorted before, as the note's own ticket, or informasi
cmd-answer-example = aduan answer 123 --note 7 --fill tempat="Simpang Pasar"

cmd-merge = Join a ticket to another one on the same matter (also: gabung)
cmd-merge-arg-number = Number of the ticket that is joined
cmd-merge-arg-main = Number of the main ticket
cmd-merge-example = aduan merge 124 123

cmd-ask = Ask the citizen for what is missing; the clocks stop until the answer (also: tanya)
cmd-ask-arg-number = Ticket number
cmd-ask-arg-missing = What is missing, as the citizen reads it
cmd-ask-example = aduan ask 123 --missing "nama jalan dan RT/RW"

cmd-resume = Go on with a ticket: what was missing has been learnt otherwise (also: lanjut)
cmd-resume-arg-number = Ticket number
cmd-resume-arg-learnt = What has been learnt, and from where
cmd-resume-example = aduan resume 123 --learnt "by telephone: Jalan Melati RT 02"

cmd-return-unit = Return a ticket as another unit's (also: kembalikan)
cmd-return-unit-arg-number = Ticket number
cmd-return-unit-arg-reason = Why it is not this unit's
cmd-return-unit-example = aduan return-unit 123 --reason "a road of the province"

cmd-escalate = Pass a proposal on to the director's decision (also: naikkan)
cmd-escalate-arg-number = Ticket number
cmd-escalate-arg-reason = Why the director decides
cmd-escalate-example = aduan escalate 123 --reason "needs a change of the budget"

cmd-reopen = Open a closed ticket again (also: buka)
cmd-reopen-arg-number = Ticket number
cmd-reopen-arg-reason = Why it is opened again
cmd-reopen-example = aduan reopen 123 --reason "it is a road of ours"

cmd-correct = Correct an answer that was sent: a second one is proposed and approved (also: ralat)
cmd-correct-arg-number = Ticket number
cmd-correct-arg-reason = What was wrong in the first answer
cmd-correct-example = aduan correct 123 --reason "the day of the repair was wrong"

cmd-note = Put a remark beside a ticket; what the citizen wrote stays as it is (also: catat)
cmd-note-arg-number = Ticket number
cmd-note-arg-text = The remark
cmd-note-example = aduan note 123 "The citizen means Jalan Melati, not Jalan Mawar"

cmd-block = Block a number until a day: its messages are kept and not answered (ketua; also: blokir)
cmd-block-arg-whom = Telephone number, or the number of a ticket of it
cmd-block-arg-until = Last day, such as 2026-12-31; a year at most
cmd-block-arg-reason = Why it is blocked
cmd-block-example = aduan block 123 --until 2026-12-31 --reason "repeated threats"

cmd-unblock = End a block before its day (ketua; also: buka-blokir)
cmd-unblock-arg-whom = Telephone number, or the number of a ticket of it
cmd-unblock-example = aduan unblock 081234567890

cmd-blocked = Show the numbers that are blocked and how many messages were kept since (also: diblokir)
cmd-blocked-example = aduan blocked

cmd-floods = Show the numbers that sent very many messages in the last 24 hours (also: bertubi)
cmd-floods-example = aduan floods

cmd-ethics = Move a ticket to the closed path: it indicates a breach of the code of ethics (also: etik)
cmd-ethics-arg-number = Ticket number
cmd-ethics-arg-indication = What indicates it
cmd-ethics-arg-concerns = Account of an officer who is named in it; may be repeated
cmd-ethics-example = aduan ethics 123 --indication "asked for money for an identity card"

cmd-concern = Name more officers in a case of the closed path; whoever is named reads it no more from now on, but for the pengarah (also: menyangkut)
cmd-concern-arg-number = Ticket number
cmd-concern-arg-concerns = Account of the officer who is named in it; several with a comma
cmd-concern-example = aduan concern 123 ratna

cmd-hand-over = Record that a case went to the authorised body with a cover letter (also: serahkan)
cmd-hand-over-arg-number = Ticket number
cmd-hand-over-arg-body = To whom it is handed
cmd-hand-over-arg-letter = Number of the cover letter
cmd-hand-over-arg-date = Its date, such as 2026-12-01
cmd-hand-over-example = aduan hand-over 123 --to Inspektorat --letter 700/12/2026 --date 2026-12-01

cmd-letter = The cover letter of a case of the closed path: before the hand-over to be signed, afterwards as it was recorded (also: surat)
cmd-letter-arg-number = Ticket number
cmd-letter-arg-body = To whom; left open unless given
cmd-letter-arg-letter = Number of the letter; left open unless given
cmd-letter-arg-date = Its date, such as 2026-12-01; left open unless given
cmd-letter-arg-output = Write it to a new file, to be opened in a browser and printed; with .txt at the end: plain text
cmd-letter-example = aduan letter 123 --to Inspektorat --letter 700/12/2026 --date 2026-12-01 --output letter.html --lang en

cmd-not-ethics = Bring a ticket back from the closed path: no matter of ethics (also: bukan-etik)
cmd-not-ethics-arg-number = Ticket number
cmd-not-ethics-arg-reason = Why not
cmd-not-ethics-arg-unit = Unit code; the one of before unless given
cmd-not-ethics-arg-category = INFORMASI, PENGADUAN, PENGAWASAN, SARAN or APRESIASI; the one of before unless given
cmd-not-ethics-arg-member = The member's account; the unit's own member unless given
cmd-not-ethics-example = aduan not-ethics 123 --reason "about the service itself" --unit DISDUKCAPIL --category PENGADUAN

cmd-reveal = Shows a citizen's number that is masked; the ticket's trail and the access log keep the reason (also: ungkap)
cmd-reveal-arg-number = Ticket number
cmd-reveal-arg-reason = What the number is needed for
cmd-reveal-example = aduan reveal 123 --reason "calling the citizen directly"

cmd-mark = Marks a ticket that holds specific data, asks for secrecy or is an emergency, or takes the mark away (also: tandai)
cmd-mark-arg-number = Ticket number
cmd-mark-arg-mark = specific: its texts are for petugas, the assigned anggota and ketua only; secret: its number is for petugas and ketua only; emergency: it stands in front
cmd-mark-arg-remove = Take the mark away
cmd-mark-arg-reason = Why; the trail keeps it; needed to take an emergency away
cmd-mark-example = aduan mark 123 --as specific

cmd-access = Who opened what, and when; for ketua and pengarah (also: akses)
cmd-access-arg-number = Ticket number; without it everything of the last 30 days
cmd-access-arg-from = First day, such as 2026-11-01
cmd-access-arg-until = Last day
cmd-access-example = aduan access 123

cmd-request = What citizens ask about their own data (also: permintaan)
cmd-request-add = Registers a request; the ketua answers within 3 x 24 hours, or as the office has set (also: tambah)
cmd-request-add-arg-whose = Ticket number, or the citizen's telephone number
cmd-request-add-arg-kind = correct, delete or copy
cmd-request-add-arg-detail = What is asked for
cmd-request-add-example = aduan request add 123 --kind copy --detail "asks for all own messages"
cmd-request-list = Requests that wait, what is due first in front (also: daftar)
cmd-request-list-arg-all = Answered ones too
cmd-request-list-example = aduan request list
cmd-request-answer = Grants a request, which does it, or refuses it; ketua only (also: jawab)
cmd-request-answer-arg-request = Number of the request
cmd-request-answer-arg-answer = The answer; of a correction: the note that stands beside the text
cmd-request-answer-arg-refuse = Refuse it
cmd-request-answer-example = aduan request answer 4 --answer "deleted as asked"

cmd-affected = Numbers of citizens whose data the register holds, for the notice after a breach; ketua and pengarah (also: terdampak)
cmd-affected-arg-from = First day of their messages; without it from the beginning
cmd-affected-arg-until = Last day; without it until now
cmd-affected-example = aduan affected --until 2026-11-30

cmd-retention = How long personal data are kept: what is due, and doing it (also: retensi)
cmd-retention-plan = What is kept no longer, and what was done before; for admin and ketua (also: rencana)
cmd-retention-plan-example = aduan retention plan
cmd-retention-apply = Does what the plan shows and prints the record; admin only (also: jalankan)
cmd-retention-apply-arg-yes = Really do it; it cannot be undone
cmd-retention-apply-example = aduan retention apply --yes

cmd-known = The answer bank: see, add, withdraw (also: bank)
cmd-known-arg-unit = Of this unit only
cmd-known-example = aduan known --unit DISHUB
cmd-known-add = Put the wording of an answered ticket into the answer bank; a member proposes it, and so does a chair another wording (also: tambah)
cmd-known-add-arg-number = Number of an answered ticket
cmd-known-add-arg-matter = What it answers, in a line
cmd-known-add-arg-wording = Wording with blanks such as {"{"}tempat{"}"}; as it was sent unless given
cmd-known-add-arg-valid_until = Last day of validity, such as 2026-12-31
cmd-known-add-example = aduan known add 123 --matter "Traffic light out of order"
cmd-known-approve = Approve a note that somebody else proposed; what a chair proposed: another chair or the director (also: setuju)
cmd-known-approve-arg-note = Number of the note
cmd-known-approve-example = aduan known approve 7
cmd-known-withdraw = Take a note out of use, or turn a proposal down (also: tarik)
cmd-known-withdraw-arg-note = Number of the note
cmd-known-withdraw-example = aduan known withdraw 7

cmd-recap = The figures of a month (also: rekap)
cmd-recap-arg-month = Year and month, such as 2026-11
cmd-recap-arg-format = table (on the screen) or csv (a file for a spreadsheet)
cmd-recap-arg-separator = Separator of the csv: comma, or ; for Excel in Indonesian
cmd-recap-arg-register = With the register of complaints annexed, also on the screen
cmd-recap-arg-no_register = Without the register, also in print and in a csv file
cmd-recap-example = aduan recap 2026-11
cmd-recap-sign = A ketua signs the report of a month that is over; its figures stay as they are (also: tandatangani)
cmd-recap-sign-arg-month = Year and month, such as 2026-11
cmd-recap-sign-example = aduan recap sign 2026-11
cmd-recap-acknowledge = The pengarah takes notice of a signed report (also: ketahui)
cmd-recap-acknowledge-arg-month = Year and month, such as 2026-11
cmd-recap-acknowledge-example = aduan recap acknowledge 2026-11
cmd-recap-return = The pengarah gives a report back to be corrected and signed anew (also: kembalikan)
cmd-recap-return-arg-month = Year and month, such as 2026-11
cmd-recap-return-arg-reason = What is to be corrected
cmd-recap-return-example = aduan recap return 2026-11 --reason "the chair's remarks are missing"

cmd-export = Write the complaints of a period as a sheet (csv) for LAPOR!: texts and answers whole (also: ekspor)
cmd-export-arg-from = Received from this day on; without it the first of this month
cmd-export-arg-to = Received up to this day; without it the last of the month
cmd-export-arg-unit = Of this unit only
cmd-export-arg-separator = Separator: comma, or ; for Excel in Indonesian
cmd-export-arg-output = Write to a new file that only this account may read; without it the sheet is printed
cmd-export-example = aduan export --from 2026-11-01 --to 2026-11-30 --output lapor.csv

cmd-whoami = Who this gateway takes you for (also: siapa)
cmd-whoami-example = aduan whoami

cmd-status = State of gateway, modems and outbox
cmd-status-example = aduan status

cmd-modem = The modems: how they are, and orders to them
cmd-modem-probe = Look at a port before it is configured: which modem, at which speed, which card, and what to write into aduan.toml (also: kenali)
cmd-modem-probe-arg-port = A serial port; aduand must not be using it
cmd-modem-probe-arg-baud = Its speed; left out: 115200, 9600, 57600, 19200, 38400 and 460800 in turn, half a minute at most. USB modems take any
cmd-modem-probe-example = aduan modem probe /dev/ttyUSB2
cmd-modem-list = Every modem: state, network, signal, texts that wait, today's texts (also: daftar)
cmd-modem-list-example = aduan modem list
cmd-modem-info = Everything that is known of one modem (also: lihat)
cmd-modem-info-arg-name = Its name in the configuration; see: aduan modem list
cmd-modem-info-example = aduan modem info modem-1
cmd-modem-enable = Take a modem back into service; admins only (also: aktifkan)
cmd-modem-enable-arg-name = Its name in the configuration
cmd-modem-enable-example = aduan modem enable modem-1
cmd-modem-disable = Take a modem out of service, also after restarts of aduand; admins only (also: nonaktifkan)
cmd-modem-disable-arg-name = Its name in the configuration
cmd-modem-disable-example = aduan modem disable modem-1
cmd-modem-reset = Restart a modem; admins only (also: ulang)
cmd-modem-reset-arg-name = Its name in the configuration
cmd-modem-reset-example = aduan modem reset modem-1
cmd-modem-at = Ask a modem something by an AT command, or set its message centre or network; admins only
cmd-modem-at-arg-name = Its name in the configuration
cmd-modem-at-arg-line = AT+NAME?, AT+NAME=?, ATI, AT+CSQ and the like, AT+CSCA="NUMBER", AT+COPS=0, AT+CGSMS=1; in quotes, for the shell
cmd-modem-at-example = aduan modem at modem-1 AT+CSQ
cmd-modem-ussd = Ask the network of a modem's card, such as for the credit; admins only (also: pulsa)
cmd-modem-ussd-arg-name = Its name in the configuration
cmd-modem-ussd-arg-code = Digits, stars and hashes, in quotes: a wrong code can buy something; codes that change a PIN (**04, **05) are refused
cmd-modem-ussd-example = aduan modem ussd modem-1 "*888#"

cmd-sms = Texts from an admin
cmd-sms-send = Put texts straight into the outbox (also: kirim)
cmd-sms-send-arg-number = Recipient
cmd-sms-send-arg-text = Text
cmd-sms-send-arg-batch = Read many from standard input: number, TAB, text on each line; all or none
cmd-sms-send-arg-now = Send at any hour, not only in the sending window (07.00 to 20.00); noted in the access log
cmd-sms-send-example = aduan sms send 081200001111 "A test of the gateway"
cmd-sms-release = Decide on the texts that wait after a restore; admins only
cmd-sms-release-arg-decision = send: send all of them; drop: send none
cmd-sms-release-example = aduan sms release drop

cmd-read = Try how citizens' texts are read: one text a line (\n and \\ written so), one JSON object a line
cmd-read-arg-units = Table of units (units.tsv); the built-in one unless given
cmd-read-example = aduan read < messages.txt

cmd-pdu = Read and write SMS TPDUs in hexadecimal
cmd-pdu-decode = Read TPDUs, one a line, into one JSON object a line
cmd-pdu-decode-arg-hex = TPDUs in hexadecimal; without any they are read from standard input
cmd-pdu-decode-arg-no_smsc = No address of the message centre in front
cmd-pdu-decode-arg-direction = What the TPDU is, where it leaves that open: deliver, submit, status-report, deliver-report, deliver-refusal, submit-report or submit-refusal
cmd-pdu-decode-example = aduan pdu decode < tpdu.txt
cmd-pdu-encode = Write a text as TPDUs, one part a line
cmd-pdu-encode-arg-to = Recipient
cmd-pdu-encode-arg-text = Text
cmd-pdu-encode-arg-reference = Concatenation reference of a long message, 0 to 255
cmd-pdu-encode-arg-report = Ask for a delivery report
cmd-pdu-encode-arg-single_shift = Write with the table of a language (turkish, portuguese and so on) before UCS-2
cmd-pdu-encode-example = aduan pdu encode --to 081200001111 --text "Hello"

cmd-replay = Go through a recorded exchange with a modem, and say what the driver makes of it (also: putar)
cmd-replay-arg-file = A recording; the exit code is 1 when a command in it has no end
cmd-replay-example = aduan replay modem-1-20261130-153000-000.txt

cmd-backup = Copy the whole register into one new file, also while aduand runs
cmd-backup-arg-file = The backup, must not be there yet; or a folder: the file is named after the time; or -: into a pipe that encrypts it
cmd-backup-example = aduan backup /media/backups

cmd-restore = Make a backup the register in use; aduand must not run
cmd-restore-arg-file = The backup; is not changed; or -: out of a pipe that decrypts it
cmd-restore-example = aduan restore /media/backups/aduan-20261126-011500.db

cmd-doctor = Look at every usual cause of a gateway that does not work as it should, and say what to do
cmd-doctor-example = aduan doctor

cmd-config = The configuration's files
cmd-config-check = Check aduan.toml and every file that it names
cmd-config-check-example = aduan --config aduan.toml config check

cmd-demo = Play an office for a minute: simulated modems, the real daemon, no hardware
cmd-demo-arg-keep = Go on afterwards, for your own tries
cmd-demo-arg-scenario = Play what this file says: modems, network, and what happens when (see docs/operations.md)
cmd-demo-arg-seed = Play a mixture of troubles drawn from this number, always the same for it; with --scenario: draw its chances from it
cmd-demo-example = aduan demo --keep

## Mistyped

usage-unknown-command = There is no command "{ $command }".
usage-unknown-argument = "{ $argument }" is not known here.
usage-no-value = Not filled in: { $argument }
usage-wrong-value = "{ $value }" cannot be used for { $argument }.
usage-choices = Choices: { $choices }.
usage-missing = Not filled in: { $arguments }
usage-no-command = Name a command.
usage-conflict = { $argument } cannot be used together with { $other }.
usage-number-of-values = The number of values for { $argument } does not fit.
usage-not-utf8 = An argument is not UTF-8 text.
usage-suggestion = Perhaps you mean: { $meant }
usage-example = Type for example: { $example }
usage-help = More: { $command } --help

input-category = There is no category "{ $typed }". Choose one of:
input-stage = There is no stage "{ $typed }". Choose one of:
input-reason = There is no reason "{ $typed }". Choose one of:
input-mark = There is no mark "{ $typed }". Choose one of these:
input-kind = There is no kind "{ $typed }". Choose one of these:
input-date = "{ $typed }" is no date. Write it like 2026-12-31.
added-again = The same message is there within 24 hours, so that no new ticket was opened. If it is another matter, enter it with --again.
added-ticket = { $number }: { $outcome } ({ $reason }). Stage now: { $stage }.
added = Entered: { $outcome } ({ $reason }).
add-type = Type the message, and end it with Ctrl-D on an empty line:
input-time = "{ $typed }" is no time. Write it like 08.15 or "2026-11-24 08.15".
input-way = There is no way "{ $typed }". Choose one of these:
input-channel = There is no channel "{ $typed }". Choose one of these:
input-month = "{ $typed }" is no month. Write it like 2026-11.
input-blank = "{ $typed }" fills no blank. Write --fill name=value, such as --fill tempat="Simpang Pasar".

batch-no-tab = Line { $line }: there is no TAB between number and text. Write it like 081234567890; nothing was done.
batch-no-number = Line { $line }: not a telephone number. Write it like 081234567890; nothing was done.
batch-no-text = Line { $line }: the text is empty. Write it like 081234567890; nothing was done.
batch-not-utf8 = Line { $line }: not UTF-8 text. Write it like 081234567890; nothing was done.
batch-too-long = Line { $line }: too many texts at once. Nothing was sent; split the file.
batch-empty = There is no line to send. Write number, TAB and text on each line of standard input.

## What cannot be done

trouble-OUT_OF_TURN = Not yet, or no longer: the state of this ticket is "{ $stage }". See where it stands with aduan show NUMBER.
trouble-NOT_PERMITTED = Your role does not allow this step. See your roles with aduan whoami.
trouble-OWN_DRAFT = Nobody decides on his or her own draft. Ask another ketua, or the pengarah, to decide.
trouble-DIRECTOR_DECIDES = This one is decided by the pengarah.
trouble-NOBODY_DECIDES = Nobody can decide on this proposal: its writer may not, and there is no other ketua or pengarah. Let an anggota write it, or ask an admin to add a ketua or a pengarah to staff.toml.
trouble-CHAIR_MUST_ASSIGN = This ticket was returned too often as another unit's: the ketua must assign it.
trouble-INCOMPLETE = Not complete: { $field }.
trouble-INCOMPLETE-unit = No unit is set: add --unit CODE.
trouble-INCOMPLETE-reason = No reason is given: add --reason "...".
trouble-INCOMPLETE-missing = What is missing is not said: add --missing "...".
trouble-INCOMPLETE-indication = What indicates it is not said: add --indication "...".
trouble-INCOMPLETE-body = To whom it is handed is not said: add --to "...".
trouble-INCOMPLETE-letter = The number of the cover letter is not said: add --letter "...".
trouble-INCOMPLETE-main = The main ticket is not named: add --main NUMBER.
trouble-INCOMPLETE-party = Whose matter it is, is not named: add --party "..." and --contact "...".
trouble-NOTE_NOT_VALID = That note is no longer valid. Choose another with aduan known, or assign the ticket.
trouble-NOTE_OF_OTHER_UNIT = That note belongs to another unit. Choose another with aduan known --unit CODE, or add --unit CODE where the citizen named the wrong unit.
trouble-TOO_LATE = The time for objections is over.
trouble-TOO_OFTEN = This ticket was reopened as often as it may be.
trouble-REASON_NOT_BY_HAND = That reason ({ $reason }) is not given by hand.
trouble-NO_SUCH_TICKET = There is no ticket { $number } for you. Check the number; see your tickets with aduan inbox --all.
trouble-NO_SUCH_UNIT = There is no unit { $unit }. The known codes are in units.tsv.
trouble-NO_SUCH_NOTE = There is no note { $note } in the answer bank. See those there are with aduan known.
trouble-NO_SUCH_NOTE-proposal = Note { $note } is approved already and may be used; nothing is left to decide.
trouble-NOBODY_FOR_UNIT = No member is bound to { $unit }. Have a ketua name one (--to ACCOUNT), or ask an admin to complete staff.toml.
trouble-NOT_ON_STAFF = { $member } is not on the staff. Check the account's name.
trouble-UNDER_STOP = The number is under STOP: the question is not sent, and the clocks go on. Ask by telephone.
trouble-NOT_A_MEMBER = { $member } is no member for that unit. Check the account's name; without --to the ticket goes to the unit's member, and a ketua may give it to any member.
trouble-TOO_LONG = This text takes { $parts } SMS, and { $max } are allowed. Shorten it by about { $over } characters.
trouble-MISSING = Not filled in: { $field }.
trouble-MISSING-unit = No unit is set: add --unit CODE.
trouble-MISSING-category = No category is set: add --category CATEGORY.
trouble-MISSING-learnt = What has been learnt is not said: add --learnt "...".
trouble-MISSING-recommendation = The recommendation is not filled in.
trouble-MISSING-rules = The rules are not filled in; write "tidak ada" where there are none.
trouble-MISSING-note = The solution note is not filled in.
trouble-MISSING-wording = The wording is not filled in.
trouble-MISSING-contact = How to reach them is not said: add --contact "...".
trouble-MISSING-reason = The reason is missing: add --reason "...".
trouble-MISSING-from = The citizen's number is missing: add --from PHONE.
trouble-MISSING-matter = What it answers is not said: add --matter "...".
trouble-MISSING-search = Say what to look for: words, --unit, --stage, --from, --to or --phone.
trouble-MISSING-text = The text is empty.
trouble-INVALID = "{ $value }" cannot be used ({ $field }).
trouble-INVALID-telephone-number = "{ $value }" is no telephone number. Write it like 081234567890; nothing was done.
trouble-INVALID-period = The first day (--from) comes after the last one (--to): exchange them.
trouble-INVALID-search = "{ $value }" cannot be looked for: give one to ten words, and at least three letters before a *.
trouble-INVALID-PIN-code = "{ $value }" changes the card's PIN and is never dialled here: do that in a telephone.
trouble-INVALID-USSD-code = "{ $value }" is no USSD code: digits, * and # only, such as *888#.
trouble-INVALID-main-ticket = A ticket cannot be joined to itself: name another one with --main NUMBER.
trouble-INVALID-open-main-ticket = Ticket { $value } has ended: what is joined to it would not be answered. Name another one that is open with --main NUMBER (aduan search), or assign this one by itself.
trouble-INVALID-mark = "{ $value }" is no mark. Choose specific, secret or emergency.
trouble-INVALID-number-to-reveal = Ticket { $value } has no telephone number, or it is replaced by a code.
trouble-INVALID-request = No request { $value } waits for an answer. See aduan request list.
trouble-INVALID-kind = "{ $value }" is no kind of request. Choose correct, delete or copy.
trouble-MISSING-detail = What is asked for is not said: add --detail "...".
trouble-MISSING-answer = The answer is empty: add --answer "...".
trouble-MISSING-ticket = A correction stands in a ticket: give the ticket number, not the telephone number.
trouble-INVALID-month = "{ $value }" is no month. Write it like 2026-11.
trouble-INVALID-month-to-sign = The month { $value } is not over, or is signed already. Look with aduan recap { $value }.
trouble-INVALID-month-to-acknowledge = The report of { $value } is not signed, or is acknowledged already. Look with aduan recap { $value }.
trouble-INVALID-month-to-return = The report of { $value } is not signed, or is acknowledged already. Look with aduan recap { $value }.
trouble-INVALID-promised-day = Work cannot be promised for { $value }: that day has passed. Choose today or a later day.
trouble-INVALID-promised-day-within-the-national-limit = The promised day is behind the national limit of this ticket ({ $value }). Choose a day that is not; the office may allow it with promise_beyond_limit.
trouble-INVALID-way = This answer cannot go by "{ $value }": the citizen has no number, or its SMS was sent before. Choose WA, TELEPON, LOKET or SURAT.
trouble-INVALID-blocked-number = "{ $value }" is not blocked.
trouble-INVALID-date-of-a-letter = This letter cannot be dated { $value }: choose today or an earlier day, but not one before the complaint came. What is recorded is never changed.
trouble-INVALID-end-of-a-block = A block cannot end on { $value }: choose today or a later day, a year from now at most.
trouble-INVALID-channel = What came by "{ $value }" is not entered by hand: choose WA, TELEPON or LOKET.
trouble-INVALID-time-of-receipt = { $value } cannot be the time of receipt: it must not be in the future, nor longer ago than the office allows (entered_late).
trouble-INVALID-blank-of-this-note = This note has no blank "{ $value }".
trouble-INVALID-blank-to-fill-twice = The blank "{ $value }" is filled twice: give its --fill once.
trouble-INVALID-particular-of-a-blank = "{ $value }" is too long for one blank: six words at most, in one line. An answer in other words is written by an anggota and approved by the ketua: aduan assign NUMBER.
trouble-INVALID-part-of-the-SMS-alphabet = "{ $value }" is not in the SMS alphabet, and an SMS would then hold 70 characters: fill the blank without it. Nothing was sent.
trouble-INVALID-last-day-of-a-note = The last day { $value } has passed: choose today or later. A proposal whose last day has passed is withdrawn and made anew.
trouble-INVALID-name-of-a-blank = The blank "{"{"}{ $value }{"}"}" cannot be filled: give it a name without =, braces, and spaces at its ends, such as {"{"}place{"}"}.
trouble-BLANK_LEFT = The blank "{ $blank }" is not filled: add --fill { $blank }="...".
trouble-FAULT = The gateway is out of order; nothing was changed. Try again in a while, and tell an admin if it stays so (journalctl -u aduand).
trouble-UNKNOWN_CALLER = The account { $account } is not on the staff. Ask an admin to add it to staff.toml.
trouble-MALFORMED = aduand does not understand this request. The versions may differ: compare aduan --version and aduand --version.
trouble-TOO_LARGE = This request is too large (limit: { $max } bytes). Send it in smaller pieces.
trouble-TOO_SLOW = This request broke off halfway. Try again.
trouble-NO_SUCH_PATH = aduand does not know this address. The versions may differ: compare aduan --version and aduand --version.
trouble-METHOD_NOT_ALLOWED = aduand does not know this way of asking. The versions may differ: compare aduan --version and aduand --version.
trouble-NO_SUCH_MODEM = There is no modem { $name }. See those there are with aduan modem list.
trouble-MODEM_NOT_IN_SERVICE = The modem { $name } takes no orders now: { $modem }. See why with aduan modem info { $name }.
trouble-MODEM_BUSY = The modem { $name } has other work. Look whether it was done, then try again.
trouble-NOT_BY_HAND = "{ $line }" is not sent: it may lock, delete or change something. Allowed are AT+NAME?, AT+NAME=?, ATI, AT+CSQ, AT+CGMI, AT+CGMM, AT+CGMR, AT+CGSN, AT+CIMI, AT+CNUM and their kin, and to set AT+CSCA=, AT+CGSMS=, AT+COPS= and the kind of network; for codes such as *888#: aduan modem ussd.
trouble-MODEM_REFUSED = The modem { $name } did not do it: { $cause }
trouble-NOT_RUNNING = aduand does not answer at { $path } ({ $cause }). Start it with systemctl start aduand, or check where its socket is.
trouble-NOT_ALLOWED = You may not open { $path }. Ask an admin to put your account into the group that owns the socket, then log in anew.
trouble-PROTOCOL = The answer of aduand cannot be understood ({ $cause }). The step may have been taken: look before you repeat it.
trouble-UNANSWERED = Commands without an end in this recording: { $count }. It ends too early there, or the modem never answered.
trouble-CONFIG = The configuration { $path } cannot be used: { $cause }. Name another with --config FILE, or the socket with --socket SOCKET.
trouble-FILE_EXISTS = { $path } is there already and is not overwritten. Give another name.
trouble-FILE_FAILED = { $path } cannot be written: { $cause }.
trouble-COPY_MISSING = { $path } is not there. Look at its name; where the database lies stands under [database] path in aduan.toml.
trouble-COPY_FOREIGN = { $path } is no register of this gateway. Look at the name of the file.
trouble-COPY_OLDER = { $path } is of an older version (schema { $found }, this program has { $known }). Start the aduand of this version once, then make the backup.
trouble-COPY_NEWER = { $path } is of a newer version (schema { $found }, this program has { $known }). Install the version that wrote it.
trouble-COPY_DAMAGED = { $path } is damaged: { $cause }. Use another backup that is whole (aduan restore FILE); keep the damaged file.
trouble-COPY_EXISTS = { $path } is there already and is not overwritten. Give another name, or move that file away first.
trouble-COPY_NO_FOLDER = There is no folder { $path }. Make it first, or mount its disk.
trouble-COPY_FULL = There is no room left in { $path }. Make room, or use another disk; nothing is left behind.
trouble-COPY_FORBIDDEN = { $path } may not be opened or written by this account. Run this as root (sudo), and look at the rights of folder and disk.
trouble-COPY_IN_USE = { $path } is in use. Stop aduand first (systemctl stop aduand), wait for a backup to end, then try again.
trouble-COPY_FAILED = { $path } cannot be read or written: { $cause }.

## What was done

done = { $number }: done.
done-assign = { $number } was assigned.
done-copy = A copy of { $number } now goes to: { $copies }.
done-copy-none = No unit gets a copy of { $number } now.
done-propose = { $number } was proposed.
done-approve = { $number } was approved.
done-reject = { $number } was returned to the member.
done-send = { $number } was sent.
done-undelivered = { $number }: the answer has not arrived.
done-note = The remark on { $number } was kept.
done-correct = { $number } is corrected: the first answer stays as it is.
done-given = { $number }: it was given.
done-give = { $number } was not sent: this ticket is not answered by SMS.
done-give-otherwise = { $number } was not told: its SMS has not arrived. Give it in another way.
done-ask = The question for the citizen of { $number } was noted; the clocks stand still.
done-resume = { $number } goes on.
done-ethics = { $number } was moved to the closed path.
done-concern = { $number }: who is named in it was noted, and reads it no more.
done-hand-over = The handing over of { $number } was noted.
done-not-ethics = { $number } came back from the closed path.
done-return-unit = { $number } was returned as another unit's.
done-escalate = { $number } was passed on to the director.
done-reopen = { $number } was opened again.
done-close = { $number } was closed.
done-answer = { $number } was answered from the answer bank.
done-stage = Stage now: { $stage }.
done-stage-with = Stage now: { $stage }, with { $user }.

citizen-now = The citizen reads shortly
citizen-later = The citizen reads from { $time } on
citizen-once-approved = Once it is approved, the citizen will read
citizen-never-by-sms = Note: this text speaks of { $what }. Ask for that by telephone or at the counter, never by SMS or WhatsApp.
citizen-never-asked = Note: this text speaks of { $what }. The office never asks for that, in any way: this is what swindlers do.
citizen-link = Note: this text holds a link or an internet address. No message of the office does, since it looks like fraud; name the place or office instead.
private-nik = a NIK
private-kk = the number of a KK
private-otp = a one-time code (OTP)
private-pin = a PIN
private-password = a password
private-transfer = a transfer of money
citizen-foreign = Note: the SMS alphabet lacks { $characters }, so one SMS holds only 70 characters instead of 160. Use ordinary letters if you can.
corrected-note = Note: note { $note } of the answer bank belongs to the answer that is corrected (it came from the note, or the note from this ticket). If it is wrong too, the ketua withdraws it: aduan known withdraw { $note }
copy-answers = { $unit } answers this ticket, and needs no copy.
citizen-size = { $characters } characters, { $parts } SMS
citizen-nothing = No SMS goes to the citizen.
citizen-stopped = No SMS was sent: the number is under STOP, and the answer waits for STATUS.
citizen-told = No SMS was sent: the answer is recorded as told by telephone.

hint-named = Several units are named. Choose the one that answers; the others get a copy: aduan assign { $number } --unit { $unit } --copy { $copies } --category ...
hint-register = The register of the month's complaints is annexed with: --register
hint-sealed = Next: aduan letter { $number } and aduan hand-over { $number }, or aduan not-ethics { $number }
hint-letter = Once it is signed and sent, record it: aduan hand-over { $number } --to WHOM --letter NUMBER --date DATE
hint-assign = Next ({ $who }): aduan assign { $number } --unit ...
hint-propose = Next (member): aduan propose { $number }
hint-approve = Next ({ $who }): aduan approve { $number }, or aduan reject { $number } --reason ...
hint-send = Next (operator): aduan send { $number }
hint-give = When it was given (petugas, on the closed path the ketua): aduan send { $number } --by wa, or --by phone, --by counter, --by letter
give-link = WhatsApp link: { $link }
give = Give this to the citizen of { $number } (came by { $channel }), to the letter
give-receipt = Reply to the citizen with this text
hint-answered = Whether it arrived shows: aduan show { $number }
hint-follow-up = Once the work is done (member): aduan propose { $number }
hint-inbox = Open a ticket with: aduan show NUMBER
hint-known = A petugas uses one with: aduan answer NUMBER --note NOTE

## Lists

title-number = Number
title-unit = Unit
title-stage = Stage
subject-otp = (holds a one-time code)
title-subject = Subject
title-received = Received
title-due = Due
title-flags = Flags
title-waits-at = Waits for
title-open = Open
title-overdue = Overdue
title-at = Time
title-account = Account
title-access = What was done
title-detail = Remark
title-class = Class
title-count = Count
title-up-to = Up to
title-request = Request
title-kind = Kind
title-note = Note
title-matter = Matter
title-wording = Wording
title-valid-until = Valid until
title-uses = Uses
title-blanks = Blanks
title-hint = Note
title-reason = Reason
title-officer = By
title-kept = Messages kept
title-over-limit = Over the limit
title-last = Last
title-last-message = Last message
title-until = Until
title-citizen = Number
title-modem = Modem
title-state = State
title-since = Since
title-model = Model
title-received-messages = SMS in
title-sent-parts = SMS out
title-last-error = Last error
title-operator = Network
title-signal = Signal
title-waiting = Waiting
title-today = In/out today
title-registration = Registration
title-stores = Stores
title-credit = Credit
overdue-mark = OVERDUE
time-left = { $time } left
working-minutes = { $minutes } working min
working-hours = { $hours } h { $minutes } min of work

inbox-none = There are no open tickets.
inbox-none-for-you = No ticket waits for you. All open ones: aduan inbox --all
inbox-hint = note { $note } { $score }
search-none = No ticket fits, among those that you may see.
search-more = There may be more: add a word, or narrow it with --from, --to, --unit or --stage.
inbox-more = { $count ->
    [one] { $count } more ticket is
   *[other] { $count } more tickets are
} not shown; the most urgent come first. Narrow it down with: aduan search
inbox-count = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
inbox-overdue = { $count } overdue
board-open = the office is open
board-closed = the office is closed
board-citizen = citizen
board-national = National limit: { $near } near, { $over } passed.
board-emergencies = EMERGENCIES: { $count }
board-overdue = OVERDUE: { $count }
board-soon = DUE WITHIN THE HOUR: { $count }
board-more = and { $count } more
board-reminders = REMINDERS OF THE LAST DAY
board-service = Modems: { $modems }. SMS waiting: { $waiting }.
inbox-sealed = { $count ->
    [one] On the closed path: { $count } ticket.
   *[other] On the closed path: { $count } tickets.
}

revealed = The citizen's number of { $number }: { $citizen }. That you saw it is noted.
marked = Marks of { $number }: { $flags }.
marked-none = { $number } bears no marks any more.
access-none = Nothing is noted.

request-noted = Request { $id } is registered; the ketua answers it by { $due }.
request-none = No request waits.
request-was-granted = Request { $id } is granted.
request-was-begun = Request { $id } is granted and carried out as far as it can be; the rest goes on waiting in aduan request list.
request-was-refused = Request { $id } is refused.
request-destroyed = { $count ->
    [one] { $count } ticket: its texts are destroyed.
   *[other] { $count } tickets: their texts are destroyed.
}
request-pseudonymised = { $count ->
    [one] { $count } ticket of the closed path: its texts are needed for the examination, its number is replaced by a code.
   *[other] { $count } tickets of the closed path: their texts are needed for the examination, their number is replaced by a code.
}
request-kept = { $count ->
    [one] { $count } ticket is open, or an SMS of it has not left yet, and stays: without a number the citizen cannot be answered. Answer this request once more when it is finished.
   *[other] { $count } tickets are open, or an SMS of them has not left yet, and stay: without a number the citizen cannot be answered. Answer this request once more when they are finished.
}
request-waits-for = waits for the end of: { $tickets }
request-own = from the citizen
request-office = from the office
affected-count = { $count ->
    [one] { $count } number.
   *[other] { $count } numbers.
}
affected-withheld = { $count ->
    [one] { $count } more number is not shown to you: the pengarah can list all of them.
   *[other] { $count } more numbers are not shown to you: the pengarah can list all of them.
}
request-correct = correction
request-delete = deletion
request-copy = copy
request-granted = granted
request-refused = refused
request-open = waits
request-begun = done in part

retention-confirm = What is destroyed does not come back. Look first with aduan retention plan, then repeat with --yes.
retention-pseudonymised = Complaints: number replaced by a code
retention-destroyed = Tickets: texts destroyed
retention-messages = Received messages without a ticket: destroyed
retention-texts = Sent messages without a ticket: destroyed
retention-trail = Rows of the trail: removed
retention-decisions = Blocks and requests: number replaced
retention-accesses = Rows of the access log: removed
retention-hint = As admin do it with: aduan retention apply --yes. The trail is removed from its oldest row on, up to the first ticket that is not destroyed.
retention-records = What was done before
retention-cut = cut short; the next run does the rest
retention-nothing = nothing
retention-title = Record of personal data removed
retention-statement = These data have passed the time that [retention] of aduan.toml sets, and were replaced by a code, destroyed or removed from the register. The monthly recaps hold no personal data and are kept.
retention-signatures = Done by,                                Noted, Ketua,
run-retention = retention
run-request = request of the citizen
run-restore = restore of a backup

known-none = The answer bank is empty.
known-none-of = There is no note for { $unit } in the answer bank yet. See all with aduan known.
known-expired = expired
known-added = Added to the answer bank as note { $note }.
known-withdrawn = Note { $note } was withdrawn.
known-wait = { $count } proposal(s) for the answer bank wait for your decision: aduan known, then aduan known approve NUMBER or aduan known withdraw NUMBER
known-proposed = Proposed as note { $note }; it waits for the approval of a chair (of a chair's own: another chair or the director): aduan known approve { $note }
known-specific = It is from a ticket with specific data, and everybody reads the answer bank. The chair looks whether matter and wording name a person or what is the matter with one; if they do: aduan known withdraw { $note }
known-proposed-by = proposed by { $officer }
known-approved = Note { $note } was approved and may be used.
likeness-strong = strong
likeness-fair = fair
likeness-weak = weak

whoami = { $name } (account { $user }): { $roles }
status-daemon = aduand { $version }, running since { $time }
status-no-modem = No modem is configured.
status-outbox = Outbox: { $states }
status-nothing-waits = The outbox is empty.
status-held = The register was restored { $restored } by { $officer } from a backup that ends { $backup }. { $texts } texts that were unsent in it wait, since they may have been sent since; nothing is closed by time alone either. Decide: aduan sms release send, or aduan sms release drop.

modem-head = { $name }: { $state } since { $time }
modem-signal = { $bars } ({ $dbm } dBm)
modem-left = ({ $count } left there)
modem-waiting = { $bound } for this card or route, { $unbound } for any card, { $all } in all
modem-today = { $received } in, { $sent } out
modem-credit = { $sum }, { $time }
modem-notice = { $matter } (says { $sender }, { $time })
modem-notice-seen = looked at by an admin since
modem-clock-behind = about { $count } minutes behind the network's
modem-clock-ahead = about { $count } minutes ahead of the network's, or the network is slow
modem-clock-zone = differs by exactly { $count } hours: the zone of the message centre is wrong, or this computer's clock
modem-credit-low = low below { $sum }
modem-quota = { $used } of { $limit } SMS
modem-crashes = { $count } since the daemon started: send the log (journalctl -u aduand) to whoever maintains the program
modem-enabled = { $name } is taken back into service. See how it comes up with: aduan modem info { $name }
modem-taken-out = { $name } is taken out of service; a text in hand is finished first. Back again with: aduan modem enable { $name }
modem-restarts = { $name } restarts. See how it comes up with: aduan modem info { $name }
modem-said-ok = OK
modem-waiting-in-all = { $count ->
    [one] { $count } text waits to be sent.
   *[other] { $count } texts wait to be sent.
}
modem-waiting-unbound = { $count ->
    [one] { $count } of them may leave by any card.
   *[other] { $count } of them may leave by any card.
}
label-error = Out of service because
label-held = Sends nothing because
label-warnings = To be looked at
label-operator = Network
label-signal = Signal
label-circuit = Registration
label-lte = Registration, LTE
label-waiting = Texts waiting
label-routes = Routes
label-today = Texts today
label-credit = Credit
label-quota = Quota today
label-power = Power, heat
label-clock = Computer's clock
label-notices = Operator's notices
label-stores = Stores
label-number = Number
label-sim = SIM (IMSI)
label-model = Model
label-revision = Firmware
label-imei = IMEI
label-last-error = Last error
label-crashes = Program faults

sms-released-none = No text waits; the gateway works as usual.
sms-released-send = { $count ->
    [one] { $count } text that waited may go and will be sent.
   *[other] { $count } texts that waited may go and will be sent.
}
sms-released-drop = { $count ->
    [one] { $count } text that waited is not sent; the trail of its ticket says so.
   *[other] { $count } texts that waited are not sent; the trails of their tickets say so.
}
block-done = { $citizen } is blocked until { $until }: its messages are kept and not answered.
block-lifted = { $citizen } is not blocked any more.
block-none = No number is blocked.
floods-wait = { $count } number(s) send very many messages; those over the limit are kept and not answered: aduan floods
floods-none = No number sends very many messages.
hint-floods = All messages are kept and their complaints worked on; those over the limit are not answered. Where it must be, the ketua blocks: aduan block NUMBER --until DATE --reason REASON

sms-queued = { $count ->
    [one] { $count } SMS was queued.
   *[other] { $count } SMS were queued.
}
sms-stopped = { $count ->
    [one] { $count } was not sent: the recipient is under STOP.
   *[other] { $count } were not sent: the recipients are under STOP.
}

## One ticket

label-stage = Stage
label-unit = Unit
label-copies = Copies
label-named = Units named
label-suggestions = Suggested units
label-category = Category
label-with = With
label-flags = Flags
label-citizen = Citizen
label-channel = Channel
label-unreachable = Number
label-received = Received
label-due = Step due
label-answer-due = Answer due
label-promised = Promised
label-national-due = National limit
label-answered = Answered
label-record = Record
label-at = Time
label-officer = Done by
label-recommendation = Recommendation
label-rules = Rules
label-note = Note
label-wording = Wording
label-decided = Decided
decided-in-bank = as note { $note } of the answer bank
label-reason = Reason
show-complaint = Complaint
show-messages = Received messages
show-joined = Messages of joined tickets
show-drafts = Drafts
show-replies = Outgoing messages
show-trail = Trail
show-known = Similar answers in the bank
show-other-unit = of { $unit }: cannot be sent for this unit
show-incomplete = not complete: a part did not arrive
show-entered = by { $channel }, entered by { $user }
show-give = To be given
show-notes = Remarks
show-unreachable = cannot be reached, the network said at { $time } ({ $code })
show-unreadable = (unreadable)
show-words-gone = (destroyed)
show-withheld = (holds specific data: its texts are for petugas, the assigned anggota and ketua only)
show-pseudonym = (number replaced by a code: at the citizen's request, or since its time is over)
show-destroyed = (data destroyed: at the citizen's request, or since their time is over)
show-draft = Version { $version } ({ $kind }) by { $writer }, { $time }: { $state }

## The story, and the trail against its seals

story-head = { $number }: unit { $unit }, stage { $stage }, citizen { $citizen }
story-pemohon = The citizen
story-sistem = The gateway
story-stage = Stage then: { $stage }.
story-received = A message of the citizen:
story-received-incomplete = A message of the citizen, incomplete:
story-received-entered = A message of the citizen by { $channel }, entered by { $who }:
story-drafted = Version { $version } of the draft ({ $kind }) by { $who }:
story-queued = An SMS to the citizen ({ $purpose }):
story-fate = The SMS ({ $purpose }) of { $time }: { $fate }
story-opened = { $who } opened this ticket.
story-audited = { $who } read this story.
story-used = { $who } used this ticket ({ $action }).

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

audit-whole = The trail is whole: { $rows } rows.
audit-newest = Newest seal (row { $row }, { $time }): { $seal }
audit-keep = Keep that seal outside of this computer, on the printed recap for example. Later: aduan audit verify --seal SEAL
audit-broken = THE TRAIL IS BROKEN from row { $row } on (ticket { $ticket }, { $time }): that row was changed, or one before it was taken out or moved. The { $whole } rows before are whole. Change nothing; compare with a backup: aduan audit verify --database BACKUP
audit-strayed = THE TRAIL DOES NOT ACCOUNT for ticket { $ticket }: the ticket is { $stands }, its trail ends at { $led }. Last rows of the trail were taken out, or the ticket was changed outside of the gateway. Change nothing; compare with a backup: aduan audit verify --database BACKUP
audit-pin-missing = That seal is not in the trail: since it was kept, the trail up to there was changed or taken out. Look at the copy of the seal first; if it is right, compare with a backup.
audit-pin-removed = That seal is not in the trail. Its rows up to { $row } were removed, since their time is over (retention of { $time }): a seal of an older row cannot be looked for any more. If it was kept after that, the trail was changed or taken out: compare with a backup.
audit-removed = The trail up to row { $row } was removed, since its time is over (retention of { $time }); what is behind it was looked at.
audit-pin-found = That seal is at row { $row }: everything up to that row is as it was when the seal was kept.
audit-no-seal = "{ $value }" is no seal: at least 16 of its 64 hexadecimal digits.

## The form of a proposal

form-title = Proposal for { $number }, { $unit }, { $category }
form-returned = Returned by { $user }: { $reason }
form-rules = Write below each heading. Lines that begin with # are left out. Save and close to propose; empty every field to give up.
form-hint-recommendation = What should be done.
form-hint-rules = The rules that touch the matter; write "tidak ada" where there are none.
form-hint-note = The matter and its solution, for the file and the decision.
form-hint-wording = What the citizen reads, without greeting and office name; lines are joined.
form-hint-follow-up = A day such as 2026-12-01 where work remains; leave it empty where none does.
form-blank = The form is empty: nothing was proposed.
form-no-editor = The editor cannot be used; set EDITOR, or give --recommendation, --rules, --note and --wording
form-no-terminal = Without a terminal no form can be opened; give --recommendation, --rules, --note and --wording, or --file
form-kept = What you wrote is kept in { $path }. Correct it, then: aduan propose { $number } --file { $path }

## The recap

letter-title = Cover letter { $number }
export-written = Written: { $path }. Only your account may read it.
export-count = { $count } complaint(s) received { $from } to { $to }; telephone numbers, NIK and KK are masked.
export-specific = { $count ->
    [one] { $count } complaint holds specific data and is left out.
   *[other] { $count } complaints hold specific data and are left out.
}
export-unsorted = { $count ->
    [one] { $count } complaint is not sorted by anybody and is left out.
   *[other] { $count } complaints are not sorted by anybody and are left out.
}
export-more = There are more: shorten the period with --from and --to.
letter-written = The letter is in { $path }. Only your account may read it; open it in a browser and print it.
letter-draft = DRAFT: number, date and addressee are to be completed before it is signed
letter-label-number = Number
letter-label-class = Class
letter-class = Confidential
letter-label-annex = Annex
letter-annex-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
letter-label-matter = Subject
letter-matter = Handing over of a complaint that indicates a breach of the code of ethics
letter-to = To: { $body }
letter-to-place = By hand
letter-opening = We hereby hand over a complaint that, as we first read it, indicates a breach of the code of ethics, to be examined and handled within your authority:
letter-label-complaint = Complaint
letter-label-received = Received
letter-label-channel = By
letter-label-citizen = Complainant's number
letter-label-unit = Unit addressed
letter-label-indication = Indication
letter-label-named = Officers named
letter-text = The complaint:
letter-later = Later messages of the same complainant are attached.
letter-joined = { $count ->
    [one] Another complaint about the same matter, which we joined to this one, is attached.
   *[other] { $count } other complaints about the same matter, which we joined to this one, are attached.
}
letter-secret = The complainant's number, and telephone and identity numbers in the text, are masked to protect the complainant. The original is kept by us and can be shown to the examining officer upon written request. Please keep the complainant's identity secret, above all from those complained about.
letter-outcome = Please tell us the outcome in writing, naming complaint { $number }.
letter-outcome-by = Please tell us the outcome in writing, naming complaint { $number }, by { $date }, the national limit for complaints of this kind.
letter-thanks = Thank you for your attention and cooperation.
letter-signer-ketua = Chair of the Complaints Team,
letter-signer-pengarah = Director of the Complaints Team,
letter-signer-id = NIP ............................
letter-annex = ANNEX
letter-annex-of = Letter number { $letter } of { $date }
letter-annex-title = Later messages of the complainant
letter-annex-joined = Other complaints about the same matter
letter-joined-complaint = Complaint { $number }, complainant { $citizen }: { $came }
letter-joined-later = Later message to { $number }: { $came }
letter-time = { $weekday }, { $day } at { $time }

recap-title = Complaints by SMS/WhatsApp: monthly recap
recap-month = { $month }
recap-period = { $from } to { $until } { $month }
recap-label-title = Title
recap-label-office = Office
recap-label-month = Month
recap-label-period = Period
recap-label-counted = Counted
recap-label-signed = Signed
recap-label-acknowledged = Acknowledged
recap-label-returned = Returned
recap-was-signed = The report of { $month } is signed: its figures stay as they are. What changes later stands in the next month as a correction; the pengarah takes notice with aduan recap acknowledge.
recap-was-acknowledged = The report of { $month } is acknowledged.
recap-was-returned = The report of { $month } is given back: its figures are counted anew, and the ketua signs it anew.
requests-wait = { $count } request(s) of citizens about their data wait for your answer, the first one by { $due }: aduan request list
requests-overdue = LATE: { $count } request(s) of citizens about their data wait for your answer, the first one was due by { $due }: aduan request list
report-to-make = The report of { $month } is not signed yet, to be done by { $due }: aduan recap { $typed }, then the ketua: aduan recap sign { $typed }
report-overdue = OVERDUE: the report of { $month } should have been signed by { $due }: aduan recap { $typed }, then the ketua: aduan recap sign { $typed }
report-to-acknowledge = The report of { $month } is signed and waits for you: aduan recap { $typed }, then aduan recap acknowledge { $typed } or return { $typed } --reason "..."
report-returned = Given back by the pengarah: { $reason }
recap-label-seal = Seal of the trail
recap-label-register = Register
recap-part-A = Summary
recap-part-B = By unit
recap-part-C = By category
recap-part-D = Time per step (working minutes)
recap-part-E = Not finished
recap-part-F = Channels and messages
recap-part-G = Closed path
recap-part-H = Satisfaction
recap-part-K = Corrections of a month that was signed
recap-part-L = Annex: register of complaints
recap-nothing = None.
recap-total = Total
recap-undecided = not decided yet
recap-incoming = in
recap-given = given
recap-by-channel = channel
recap-outgoing = out
recap-column-part = part
recap-column-received-at = Received
recap-column-channel = Channel
recap-column-skpd = Unit
recap-column-subject = Matter
recap-column-answer = Answer
recap-column-answered-on = Answered on
recap-column-minutes = Working minutes
recap-column-in-time = In time
recap-copies = { $unit } (copy { $copies })
recap-yes = yes
recap-no = no
recap-register-made = from the data kept on { $at }; no part of what was signed
recap-register-sealed = closed path
recap-register-sealed-count = { $count ->
    [one] { $count } complaint, no details
   *[other] { $count } complaints, no details
}
recap-column-figure = Figure
recap-column-month = Month
recap-column-was = Was
recap-column-is = Is
recap-column-value = Value
recap-column-count = Count
recap-column-no = No
recap-column-code = Code
recap-column-unit = Unit
recap-column-opening = Open before
recap-column-received = Received
recap-column-reopened = Reopened
recap-column-answered = Answered
recap-column-finished = Finished
recap-column-closed = Closed
recap-column-closing = Left
recap-column-on-time = On time
recap-column-share = %
recap-column-mean = Mean mins
recap-column-category = Category
recap-column-step = Step
recap-column-standard = Standard
recap-column-measured = Measured
recap-column-within = Within standard
recap-column-longest = Longest
recap-column-number = Number
recap-column-received-on = Received on
recap-column-stage = Stage
recap-column-age = Age (working days)
recap-column-remark = Remark
recap-column-direction = Direction
recap-column-outcome = Outcome
recap-column-reason = Reason
recap-column-messages = Messages
recap-column-parts = Parts (SMS)
recap-summary-opening = Carried over from last month
recap-summary-received = Received
recap-summary-reopened = Reopened
recap-summary-finished = Finished
recap-summary-closed = Closed without handling
recap-summary-closed-as = Closed as { $reason }
recap-summary-closing = Left at the month's end
recap-summary-share-finished = Percent finished (of carried over, received and reopened)
recap-summary-answered = First answers
recap-summary-on-time = First answers on time
recap-summary-share-on-time = Percent on time
recap-summary-overdue = Unanswered and overdue at the month's end
recap-summary-median = Median answer time (working minutes)
recap-summary-mean = Mean answer time (working minutes)
recap-sealed-received = Received
recap-sealed-handed-over = Handed to the authorised body
recap-sealed-returned = Returned as ordinary complaints
recap-satisfaction-satisfied = PUAS (satisfied)
recap-satisfaction-unsatisfied = BELUM (not yet)
recap-satisfaction-silent = No reply

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## The office's words

stage-BARU = new
stage-MENUNGGU_PEMOHON = waiting for the citizen
stage-TELAAH = analysis
stage-PERSETUJUAN = waiting for approval
stage-SIAP_KIRIM = ready to send
stage-DIJAWAB = answered
stage-TINDAK_LANJUT = follow-up
stage-SELESAI = finished
stage-TERTUTUP_ETIK = closed path
stage-DITUTUP = closed

category-INFORMASI = request for information
category-PENGADUAN = complaint without oversight element
category-PENGAWASAN = complaint with oversight element
category-SARAN = suggestion
category-APRESIASI = thanks

reason-SPAM = advertising or fraud
reason-KASAR = abuse without a subject
reason-BUKAN_PENGADUAN = not a complaint
reason-BUKAN_WENANG = another body's matter
reason-DUPLIKAT = duplicate
reason-TIDAK_LENGKAP = not completed
reason-DICABUT = withdrawn by the citizen
reason-DITERUSKAN_ETIK = handed to the authorised body
reason-TERTUTUP_ETIK = moved to the closed path

flag-abuse = abuse
flag-bad-number = wrong number
flag-courtesy = courtesy
flag-emergency = EMERGENCY
flag-empty = empty
flag-ethics = ethics
flag-guessed = unit guessed
flag-nik = holds a NIK
flag-otp = holds a one-time code
flag-secret = asks for secrecy
flag-spam = spam
flag-unclear = unclear
flag-incomplete = part missing
flag-by-sms = answered by SMS
flag-alarm = no petugas has looked yet
flag-flood = very many messages from this number
flag-specific = holds specific data
flag-unreachable = number cannot be reached
flag-later-message = a later message, not read
flag-to-give = to be given by hand
flag-unconfirmed = not confirmed
mark-risen = passed up, being late
mark-chair-assigns = returned repeatedly: the ketua assigns it
mark-decision-waits = a decision waits
mark-promise-over = PROMISE PASSED
mark-national-near = national limit near
mark-national-over = NATIONAL LIMIT PASSED

role-petugas = SMS operator
role-anggota = member
role-ketua = chair
role-pengarah = director
role-admin = technical admin

certainty-certain = read for certain
certainty-lenient = read from loose spelling
certainty-guessed = guessed
certainty-none = not decided yet
certainty-assigned = chosen by an officer

draft-JAWABAN = answer
draft-TINDAK_LANJUT = result of the follow-up

decision-proposed = waiting for a decision
decision-approved = approved
decision-returned = returned

purpose-acknowledgement = receipt
purpose-command-reply = reply to a command
purpose-notice = notice
purpose-answer = answer
purpose-admin = from an admin
purpose-staff = reminder to staff

fate-queued = waiting
fate-claimed = being sent
fate-sent = sent, report awaited
fate-unconfirmed = sent, not confirmed
fate-delivered = delivered
fate-failed = failed
fate-expired = expired
fate-unknown = uncertain
fate-dropped = given up

unsent-taken-back = taken back before it was sent
unsent-too-late = not sent in time
unsent-after-restore = held after a restore, and an admin decided not to send it
unsent-gateway-stopped = the gateway stopped while sending it
unsent-no-answer = the modem gave no answer
unsent-modem-restarted = the modem restarted
unsent-line-reset = the line to the modem was opened anew
unsent-port-gone = the modem's port is gone
unsent-only-noise = only noise came from the modem
unsent-unusable-answer = the modem's answer says nothing

outcome-ticket = new ticket
outcome-addition = addition
outcome-command = command
outcome-silence = no reply
outcome-unread = not read yet

intake-TIKET_BARU = ticket opened
intake-NOMOR_DISEBUT = names a ticket
intake-BERULANG = same message again
intake-DIBLOKIR = number blocked
intake-KELENGKAPAN = completes
intake-SUSULAN = second message
intake-KODE_DIBETULKAN = code corrected
intake-KODE_TANPA_ISI = code without a text
intake-TIDAK_JELAS = unclear
intake-STATUS = STATUS
intake-BANTUAN = BANTUAN (help)
intake-KODE = KODE (codes)
intake-STOP = STOP
intake-MULAI = MULAI (start)
intake-PUAS = PUAS (satisfied)
intake-BELUM = BELUM (not yet)
intake-BATAL = BATAL (withdraw)
intake-SALAM_PENUTUP = closing courtesy
intake-OPERATOR = operator notice
intake-NOMOR_GANJIL = sender cannot be answered
intake-NOMOR_SENDIRI = from the gateway's own card
intake-TIDAK_TERBACA = unreadable
intake-BUKAN_TEKS = not a text
intake-DATA_PERANGKAT = data for the device
intake-DATA_BINER = binary data
intake-PORT = application data
intake-PESAN_TUNGGU = voicemail mark
intake-TANPA_BALASAN_BERULANG = repeated reply held back
intake-TANPA_BALASAN_BANJIR = too many messages at once
intake-BALASAN_GAGAL_DISUSUN = reply could not be composed

action-MASUK = complaint received
action-JAWAB_DARI_CATATAN = answered from the answer bank
action-DISPOSISI = assigned
action-TANYA = asked the citizen
action-LANJUT = resumed
action-TIDAK_DILENGKAPI = not completed
action-JALUR_TERTUTUP = moved to the closed path
action-SURAT_PENGANTAR = cover letter made
action-DITERUSKAN = handed to the authorised body
action-BUKAN_ETIK = no ethics matter
action-TUTUP = closed
action-BUKAN_UNIT_KAMI = returned: another unit's matter
action-USUL = proposed
action-SETUJU = approved
action-DIKEMBALIKAN = returned
action-NAIKKAN = passed to the director
action-KIRIM = sent
action-GAGAL_KIRIM = did not arrive
action-TINDAK_LANJUT = follow-up began
action-HASIL = result of the follow-up proposed
action-SELESAI = finished
action-BELUM = the citizen is not satisfied yet
action-BELUM_TIDAK_MEMBUKA = the citizen is not satisfied; the limit of objections is reached
action-BATAL = withdrawn by the citizen
action-BUKA = reopened
action-NOMOR_DISEBUT = addition by the citizen
action-BERULANG = same message again
action-KELENGKAPAN = completed by the citizen
action-SUSULAN = second message
action-MERUJUK = names a ticket that has ended
action-TEMBUSAN = copies set
action-TEMBUSAN_DICABUT = copies taken away
action-KODE_DIBETULKAN = code corrected by the citizen
action-PUAS = the citizen is satisfied
action-TIDAK_DIKIRIM_STOP = not sent: the number is under STOP
action-TIDAK_DIKIRIM_NOMOR = not sent: the number cannot be reached
action-TIDAK_SAMPAI = an SMS did not arrive
action-BUKA_BLOKIR = block of the number ended
action-BLOKIR = number blocked
action-CATATAN = remark
action-RALAT = corrected
action-TIDAK_DIKIRIM_SALURAN = not sent: this ticket is not answered by SMS
action-TIDAK_DIKIRIM_TERTUTUP = not sent: the ticket took the closed path
action-TIDAK_DIKIRIM_LAGI = not sent: it does not hold any more
action-TAMBAHAN_GABUNGAN = more was written to a ticket that was joined
action-GABUNG_PINDAH = joined to another main ticket
action-SAMPAIKAN_SALINAN = a copy of the answer is to be given by the petugas
action-DISAMPAIKAN = given
action-TANYAKAN_LAGI = the question is to be given once more by the petugas
action-SALINAN_TIDAK_SAMPAI = a copy of the answer did not arrive at the citizen of a joined ticket
action-TANYA_TIDAK_SAMPAI = the question did not arrive: ask in another way
action-KIRIM_ULANG = sent once more: the first SMS is uncertain
action-TANPA_JAWABAN = the network gave no answer to an SMS: it may have arrived, and is sent again
action-KIRIM_LAGI = sent once more: the network stopped trying for now
action-TIDAK_PASTI = the fate of the SMS is uncertain
action-PEMULIHAN = the register was restored from a backup; what happened after that backup is not in it
action-LEPAS_KIRIM = a text that waited after the restore is sent
action-LEPAS_BUANG = a text that waited after the restore is not sent
action-TENGGAT_BERUBAH = due times reckoned anew: the office's calendar changed
action-NOMOR_DIUNGKAP = citizen's number revealed
action-DITANDAI = marked
action-TANDA_DICABUT = mark taken away
action-PEMBETULAN = corrected as the citizen asked
action-LEWAT_WAKTU = the standard time has passed
action-INGATKAN_KEPUTUSAN = reminded: a decision waits
action-INGATKAN_PEMOHON = the citizen was reminded
action-JANJI_HARI_INI = work is promised for today
action-NASIONAL_DEKAT = the national limit is near
action-NASIONAL_LEWAT = the national limit has passed
action-MASUK_CATATAN_JAWABAN = put into the answer bank
action-MENYANGKUT = named in it
action-CATATAN_DITARIK = taken out of the answer bank
action-USUL_CATATAN_JAWABAN = proposed for the answer bank

way-SMS = SMS
way-WA = WhatsApp
way-TELEPON = telephone
way-LOKET = counter
way-SURAT = letter

told-MASUK = sent this complaint
told-JAWAB_DARI_CATATAN = answered with a note of the answer bank
told-DISPOSISI = assigned it to { $anggota }, unit { $unit }, category { $kategori }
told-TANYA = asked the citizen for what is missing: { $kurang }
told-LANJUT = resumed this ticket
told-TIDAK_DILENGKAPI = closed the ticket, since the citizen sent nothing more
told-JALUR_TERTUTUP = moved it to the closed path: { $indikasi }
told-SURAT_PENGANTAR = made the cover letter
told-DITERUSKAN = handed it over to { $kepada } with letter { $surat } of { $tanggal }
told-BUKAN_ETIK = brought it back from the closed path to { $anggota }, unit { $unit }: { $sebab }
told-TUTUP = closed this ticket: { $sebab }
told-BUKAN_UNIT_KAMI = returned it as another unit's: { $sebab }
told-USUL = handed in a draft of the answer
told-SETUJU = approved the draft
told-DIKEMBALIKAN = returned the draft
told-NAIKKAN = passed it on to the director: { $sebab }
told-KIRIM = sent the answer
told-GAGAL_KIRIM = noted that the answer did not arrive
told-TINDAK_LANJUT = began the follow-up
told-HASIL = handed in a draft about the result of the follow-up
told-SELESAI = finished this ticket
told-BELUM = was not satisfied yet
told-BELUM_TIDAK_MEMBUKA = was not satisfied, but the limit of objections (days or times) is reached: the ticket is not opened again
told-BATAL = withdrew this complaint
told-BUKA = opened this ticket again: { $sebab }
told-NOMOR_DISEBUT = added to it by naming its number
told-BERULANG = sent the same message again
told-KELENGKAPAN = sent what was missing
told-SUSULAN = sent another message
told-MERUJUK = noted that the text names a ticket that has ended: { $tiket }
told-TEMBUSAN = set a copy for { $tembusan }
told-TEMBUSAN_DICABUT = took away the copy for { $tembusan }
told-KODE_DIBETULKAN = corrected the code of the unit
told-PUAS = was satisfied
told-TIDAK_DIKIRIM_STOP = sent no SMS: the citizen's number is under STOP
told-TIDAK_DIKIRIM_NOMOR = sent no SMS: the citizen's number cannot be reached
told-TIDAK_SAMPAI = noted that an SMS did not arrive
told-TANYA_TIDAK_SAMPAI = noted that the question did not arrive: ask in another way
told-KIRIM_ULANG = sent an SMS once more, since nobody knows what became of the first
told-TANPA_JAWABAN = got no answer of the network to an SMS, which may have arrived, and sends it again
told-KIRIM_LAGI = sent an SMS once more, since the network stopped trying for now
told-TIDAK_PASTI = noted that nobody knows what became of an SMS
told-PEMULIHAN = restored the register from a backup; what happened after that backup is not in here
told-LEPAS_KIRIM = sent an SMS that was held after a restore
told-LEPAS_BUANG = dropped an SMS that was held after a restore
told-TENGGAT_BERUBAH = reckoned the due times anew, since the office's calendar changed
told-NOMOR_DIUNGKAP = revealed the citizen's number: { $sebab }
told-DITANDAI = marked this ticket: { $tanda }
told-TANDA_DICABUT = took a mark away: { $tanda }
told-PEMBETULAN = corrected as the citizen asked: { $keterangan }
told-MENYANGKUT = noted who else is named in it: { $menyangkut }
told-CATATAN_DITARIK = took what came from it out of the answer bank
told-MASUK_CATATAN_JAWABAN = put this answer into the answer bank
told-LEWAT_WAKTU = noted that the standard time of this step has passed
told-INGATKAN_KEPUTUSAN = reminded that a decision waits
told-INGATKAN_PEMOHON = reminded the citizen to complete the complaint
told-JANJI_HARI_INI = reminded that work is promised for today
told-NASIONAL_DEKAT = reminded that the national limit is near
told-NASIONAL_LEWAT = noted that the national limit has passed
told-USUL_CATATAN_JAWABAN = proposed this answer for the answer bank
told-BLOKIR = blocked the citizen's number until { $sampai }: { $sebab }
told-BUKA_BLOKIR = ended the block of the citizen's number
told-CATATAN = remarked: { $isi }
told-RALAT = asked for a correction of the answer: { $sebab }
told-GABUNG_PINDAH = joined this ticket to { $utama }, since its main ticket has ended
told-SAMPAIKAN_SALINAN = asked the petugas to give a copy of the answer
told-DISAMPAIKAN = noted that the text was given
told-TANYAKAN_LAGI = asked the petugas to give the question once more
told-SALINAN_TIDAK_SAMPAI = noted that a copy of the answer did not arrive at the citizen of { $nomor }: the petugas gives it
told-TIDAK_DIKIRIM_SALURAN = sent no SMS: this ticket is not answered by SMS
told-TIDAK_DIKIRIM_TERTUTUP = kept back an SMS that still waited: this ticket took the closed path
told-TIDAK_DIKIRIM_LAGI = kept back an SMS that still waited: it does not hold any more
told-TAMBAHAN_GABUNGAN = noted that more was written to a ticket that was joined to this one: { $nomor }
told-BANJIR_PESAN = noted too many messages from this number; they are not acknowledged any more

access-show = opened the ticket
access-recap = counted the recap
access-recap-sign = signed a recap
access-recap-acknowledge = acknowledged a recap
access-recap-return = returned a recap
access-reveal = revealed the number
access-access = looked at the access log
access-restore = restored a backup
access-modem = gave a modem an order
access-retention = applied the retention
access-request = registered or answered a data request
access-letter = made a cover letter
access-export = exported complaints, or copied a citizen's data
access-affected = listed affected numbers
access-audit = read the story
access-search = searched
access-block = blocked a number
access-blocked = listed the blocked numbers
access-floods = listed the numbers that send very many messages
access-unblock = ended the block of a number
access-sms = sent SMS directly

modem-absent = not plugged in
modem-opening = opening its port
modem-syncing = waiting for its answer
modem-identifying = asking who it is
modem-unlocking = opening its card
modem-configuring = setting it up
modem-registering = searching for a network
modem-sending = sending
modem-receiving = receiving
modem-held = held: the card may not send
modem-ready = ready
modem-recovering = recovering
modem-blocked = stopped: a person must act
modem-disabled = taken out of service by an admin

registration-home = home network
registration-roaming = roaming
registration-searching = searching
registration-denied = refused by the network
registration-off = off
registration-unknown = unknown

warning-not-answering = does not answer, and nothing helped: look at it
warning-no-card = no SIM card in it
warning-locked = the SIM is locked: see its PIN
warning-denied = the network refuses the SIM: paid for, and registered?
warning-no-network = without a network for long: look at the antenna, the place of the modem and the SIM
warning-no-centre = the SIM holds no message centre: nothing can be sent; set it: aduan modem at NAME 'AT+CSCA="+62…"'
warning-credit-suspected = texts are refused as for want of credit: check the card's credit
warning-unread = not all that it has stored can be read: texts may wait in it unread
warning-not-stored = announces texts that it does not store, so it is told to hand them over: write receive = "direct"
warning-class-0 = flash texts came that it shows and does not keep: write receive = "direct", so that it hands them over
warning-unacknowledged = hands texts over and waits for no acknowledgement: a text is lost if the gateway stops at that moment; use another modem for incoming texts
warning-stored-instead = cannot hand texts over safely (receive = "direct"), so it stores them: nothing is lost; write receive = "stored" to end this warning
warning-no-notices = announces no messages, they are found once a minute: another port of the stick may (aduan modem probe)
warning-power = power or temperature is not as it should be
warning-quota = the quota of this card is used up: it sends again tomorrow
warning-clock = the computer's clock is not the network's: deadlines are wrong with it
warning-no-room = messages left on the card fill it: hardly anything can arrive; delete them in a telephone
warning-store-full = a store is nearly full
warning-weak-signal = weak signal: move the antenna
warning-card-expires = the SIM is about to expire: read its operator's notices
warning-low-credit = short of credit: top it up
warning-credit-unknown = the credit is not known: check the USSD code

notice-expires = expires
notice-blocked = will be blocked
notice-register = must be registered anew
notice-valid = valid until
notice-no-credit = not enough credit

power-under-voltage = voltage too low: check supply and cable
power-over-voltage = voltage too high: check the supply
power-cold = too cold
power-hot = too hot: let air in
power-off = it switches itself off
power-other = not as it should be

## What ails a modem, and what to do about it

ailment-not-there = { $path } is not there: not plugged in, or the path is wrong
ailment-port-held = the port { $path } is in use by the program { $program } (process { $process })
ailment-port-held-here = the port { $path } is open already in this gateway, under another path
ailment-port-suspected = the port { $path } is in use, perhaps by { $programs }
ailment-port-taken = the port { $path } is in use by another program
ailment-port-forbidden = the port { $path } may not be opened
ailment-port-unfit = the port { $path } does not open as a serial port ({ $said })
ailment-port-gone = the modem is gone from its port
ailment-port-stuck = the port is stuck: it takes nothing that is written
ailment-port-broken = the modem is gone from its port ({ $said })
ailment-noise = only noise comes from the port
ailment-no-answer = the modem does not answer { $command }
ailment-refused-cms = { $command } was refused: +CMS ERROR: { $number }{ $meaning }
ailment-refused-cme = { $command } was refused: +CME ERROR: { $number }{ $meaning }
ailment-refused = { $command } was refused: { $answer }
ailment-restarted-meanwhile = the modem restarted in the middle of { $command }
ailment-line-reset = the line was closed in the middle of { $command }
ailment-unusable-answer = the answer to { $command } holds nothing usable
ailment-wrong-interface = this port takes no commands: it looks like { $looks }
ailment-other-interface = no modem answers at this port
ailment-no-card = there is no SIM card
ailment-pin-settles = a PIN was entered less than a minute ago, and what came of it is not known yet
ailment-pin-missing = the SIM asks for a PIN, and none is configured
ailment-puk-asked = the SIM is locked and asks for its PUK
ailment-lock-asked = the SIM or the modem asks for the code { $lock }
ailment-pin-file-unreadable = the PIN file { $path } cannot be read ({ $said })
ailment-pin-file-wrong = the PIN file { $path } holds no PIN
ailment-pin-few-tries = a wrong PIN was entered before: the gateway does not try
ailment-pin-tried = the SIM has refused the configured PIN before
ailment-pin-untold = the modem does not tell how many tries of the PIN are left: the gateway tries none
ailment-pin-uncounted = a PIN was refused before, and the modem does not tell how many tries are left: the gateway tries no more
ailment-pin-refused = the SIM refused the configured PIN
ailment-twin = this modem is in service already, as { $modem }
ailment-disk-full = the disk is full
ailment-database = the database is out of order ({ $said })
ailment-unread = the modem answers, but refuses to show the texts that it has stored
ailment-restarted = the modem restarted by itself
ailment-mended = the gateway had the modem restarted
ailment-changed = the gateway sets the modem up anew
ailment-no-network = there has been no network for long
ailment-set-by-hand = an admin changed a setting by hand
ailment-reset = an admin had the modem restarted
ailment-disabled = taken out of service by an admin
ailment-crashed = a fault of the program in the gateway, while it served this modem
ailment-goes-down = the modem goes down whenever it sends a text
ailment-nobody-says = nobody says what became of the texts that this modem sent
ailment-ussd-silent = the network did not answer within { $seconds } seconds
ailment-ussd-wordless = the network ended it without a word
ailment-ussd-elsewhere = another device has answered
ailment-ussd-unknown = the network does not know this code (+CUSD: 4)
ailment-ussd-late = the network took too long (+CUSD: 5)
ailment-ussd-odd = the answer of the network is not understood

remedy-not-there = Plug the modem in, or correct its path (for the service: in aduan.toml): ls -l /dev/serial/by-id shows what is plugged in.
remedy-port-held = { $kind }
remedy-port-held-here = Two [[modem]] blocks in aduan.toml name the same port: take one of them out.
remedy-port-suspected = { $kinds } Who really has it is named by: sudo aduan modem probe { $path }
remedy-port-taken = It may be ModemManager, a second gateway or a terminal. Who has it is named by: sudo aduan modem probe { $path }
remedy-port-forbidden = Put the user who runs this into the group dialout (for the service: the user of aduand), and start it again.
remedy-port-unfit = Unplug the modem and plug it in again; if it stays so, check its path (for the service: in aduan.toml).
remedy-port-gone = It was unplugged, or restarted by itself. The gateway waits for it; if it happens often, look at its cable, the USB hub and its power supply.
remedy-port-stuck = The gateway opens it again; if it stays so, unplug the modem and plug it in again.
remedy-port-broken = The gateway opens it again; if it happens often, look at its cable, the USB hub and its power supply.
remedy-noise = The port may be none for commands, or its speed (baud) may be wrong: try other ports of this modem with aduan modem probe PORT.
remedy-no-answer = The gateway tries again; if it stays so, unplug the modem and plug it in again, or try other ports of it with aduan modem probe PORT.
remedy-refused-cms = { $class }
remedy-refused-cme = { $class }
remedy-refused = { $class }
remedy-restarted-meanwhile = The gateway sets it up again; if it happens often, look at its power supply, its cable and the USB hub.
remedy-line-reset = The gateway opens it again; there is nothing to do.
remedy-unusable-answer = The gateway tries again; if it stays so, try other ports of this modem with aduan modem probe PORT.
remedy-wrong-interface = Use another port of this modem: { $siblings }. Look at each with aduan modem probe PORT.
remedy-other-interface = Another port of this modem may be the right one: { $siblings }. Look at each with aduan modem probe PORT.
remedy-no-card = Put the card in, or clean it and put it in again; the gateway tries again by itself.
remedy-pin-settles = Nothing is to be done: the card is asked again in a minute, so that no second PIN is tried.
remedy-pin-missing = Put the PIN into a file that only root reads and name that in pin_file, or switch the PIN off in a telephone.
remedy-puk-asked = Unlock it in a telephone with the operator's PUK, and put the new PIN into the file of pin_file.
remedy-lock-asked = Unlock it in a telephone, or ask the operator; a modem that is locked to one operator takes that operator's cards only.
remedy-pin-file-unreadable = Check pin_file in aduan.toml, and whether the user of aduand may read that file.
remedy-pin-file-wrong = It must hold four to eight digits, and nothing else.
remedy-pin-few-tries = Enter the right PIN once in a telephone, then put the card back.
remedy-pin-tried = Put the right PIN into the file of pin_file.
remedy-pin-untold = Switch the PIN off in a telephone; or read about pin_uncounted in aduan.toml first.
remedy-pin-uncounted = Switch the PIN off in a telephone.
remedy-pin-refused = The gateway does not try it again. Enter the right PIN once in a telephone and put it into the file of pin_file, or switch the PIN off there.
remedy-twin = Two [[modem]] blocks in aduan.toml name the same modem (same IMEI, and same SIM or one that does not tell its number yet): take one of them out.
remedy-disk-full = Make room on the disk. Texts that are not kept yet wait in the modem and in the network.
remedy-database = Tell an admin (journalctl -u aduand). Texts that are not kept yet wait in the modem and in the network.
remedy-unread = The gateway restarts it; if it stays so, take the SIM out, look at it in a telephone, and try another modem. Texts stay on it meanwhile.
remedy-restarted = The gateway sets it up again; if it happens often, look at its power supply, its cable and the USB hub.
remedy-no-network = Look at its antenna, its place and its card.
remedy-set-by-hand = The gateway sets it up again; there is nothing to do.
remedy-reset = The gateway sets it up again; there is nothing to do.
remedy-disabled = Back into service with: aduan modem enable NAME
remedy-crashed = Its service is started again by itself. Send the log (journalctl -u aduand) to whoever maintains the program.
remedy-goes-down = Look at its power supply, its cable and the USB hub. Nothing is sent by it for now.
remedy-nobody-says = Look at its signal, and at the modem itself. Nothing is sent by it for now.
remedy-ussd-silent = Try again later; such codes often do not work where there is LTE only.
remedy-ussd-wordless = Ask the operator for the code, then try again.
remedy-ussd-elsewhere = Try again.
remedy-ussd-unknown = Ask the operator for the code that is in use.
remedy-ussd-late = Try again later.
remedy-ussd-odd = Try again; if it stays so, dial the code in a telephone.

ailment-siblings-unknown = all its others

holder-modem-manager = ModemManager takes every modem: keep it away by the udev rule 70-aduan-modems.rules (ID_MM_DEVICE_IGNORE), then unplug the modem and plug it in again.
holder-braille = That program (brltty) takes this USB adapter for a braille display: remove it, or its udev rule for this adapter.
holder-aduand = The gateway serves this modem: see aduan modem list, or stop it first with systemctl stop aduand.
holder-gateway = It is a second gateway: stop and disable it (systemctl disable --now).
holder-exchange = Take this modem out of its configuration.
holder-data = It is a data connection: stop it, or give it another port of this modem.
holder-console = It is a console on this port: switch it off with systemctl disable --now serial-getty@PORTNAME.
holder-terminal = It is a terminal: close it.
holder-other = Stop it, or give it another port.

looks-positions = its GPS/NMEA port
looks-diagnosis = its diagnostic/QCDM port

refusal-transient = It mostly passes; the gateway tries again. If it stays so, look at signal, credit and the modem.
refusal-permanent = This will be refused every time: there is no use in repeating it.
refusal-operator = Look at the card: in place, not locked, still valid, registered, with credit, and with the right message centre.
refusal-modem = The modem is in a bad state: the gateway restarts it. If it stays so, unplug the modem and plug it in again.
refusal-ignore = This modem or network does not offer that.

cms-1 = no such number
cms-8 = barred by the operator
cms-10 = barred
cms-17 = network failure
cms-21 = rejected
cms-22 = no room, or congestion
cms-27 = destination out of order
cms-28 = unidentified subscriber
cms-29 = facility rejected
cms-30 = unknown subscriber
cms-38 = network out of order
cms-41 = temporary failure
cms-42 = congestion
cms-44 = no channel to be had
cms-47 = no resources to be had
cms-50 = not subscribed
cms-69 = not implemented
cms-96 = invalid mandatory information
cms-111 = protocol error
cms-192 = message centre busy
cms-193 = no subscription at the message centre
cms-194 = message centre out of order
cms-195 = invalid address
cms-196 = destination barred
cms-208 = the card's store is full
cms-209 = the card has no store for texts
cms-211 = no room left
cms-257 = barred
cms-262 = SIM blocked
cms-300 = modem failure
cms-301 = message service in use
cms-302 = not allowed
cms-303 = not supported
cms-304 = invalid TPDU
cms-305 = invalid text
cms-310 = no SIM card
cms-311 = the SIM asks for a PIN
cms-312 = telephone locked to a card
cms-313 = SIM failure
cms-314 = SIM busy
cms-315 = wrong SIM
cms-316 = the SIM asks for its PUK
cms-317 = the SIM asks for its PIN2
cms-318 = the SIM asks for its PUK2
cms-320 = store failure
cms-321 = no such place
cms-322 = store full
cms-330 = message centre unknown
cms-331 = no network
cms-332 = the network does not answer
cms-340 = no acknowledgement expected
cms-500 = cause unknown
cms-528 = emergency calls only
cms-529 = emergency calls only
cms-531 = the card may reach listed numbers only

cme-0 = modem failure
cme-3 = not allowed
cme-4 = not supported
cme-5 = telephone locked to a card
cme-6 = telephone locked to a card
cme-7 = telephone locked to a card
cme-10 = no SIM card
cme-11 = the SIM asks for a PIN
cme-12 = the SIM asks for its PUK
cme-13 = SIM failure
cme-14 = SIM busy
cme-15 = wrong SIM
cme-16 = wrong password
cme-17 = the SIM asks for its PIN2
cme-18 = the SIM asks for its PUK2
cme-20 = no room left
cme-21 = no such place
cme-22 = not found
cme-23 = store failure
cme-26 = number too long
cme-27 = invalid characters in the number
cme-30 = no network
cme-31 = the network does not answer
cme-32 = emergency calls only
cme-40 = modem locked to another operator
cme-41 = modem locked to another operator
cme-42 = modem locked to another operator
cme-43 = modem locked to another operator
cme-44 = modem locked to another operator
cme-45 = modem locked to another operator
cme-46 = modem locked to a company
cme-47 = modem locked to a company
cme-48 = the modem asks for a hidden key
cme-50 = incorrect parameters
cme-54 = emergency calls only
cme-55 = the modem's functions are restricted
cme-56 = the card may reach listed numbers only
cme-58 = not supported
cme-62 = barred
cme-100 = cause unknown
cme-103 = card refused by the network
cme-106 = the modem's IMEI is barred
cme-111 = network not allowed
cme-112 = area not allowed
cme-113 = roaming not allowed here
cme-132 = service not supported
cme-133 = service not subscribed
cme-134 = service out of order for now
cme-256 = not allowed for now
cme-257 = barred
cme-258 = telephone busy
cme-262 = SIM blocked

cause-no-socket = its socket is not there
cause-nobody-listens = nobody listens there
cause-in-vain = it took too long

row-2 = row 2: receiving and sorting
row-3-4 = rows 3 and 4: analysis and solution note
row-5 = row 5: decision and sending
row-7 = row 7: delivery to the citizen
row-total = in all: from receipt to answer

detail-unit = unit
detail-tembusan = copy
detail-kategori = category
detail-anggota = member
detail-sebab = reason
detail-tahap = stage
detail-peran = known to
detail-utama = main ticket
detail-tiket = ticket
detail-gabungan = joined ticket
detail-pihak = party
detail-kontak = contact
detail-kata = words
detail-kurang = missing
detail-keterangan = learnt
detail-indikasi = indication
detail-menyangkut = concerns
detail-kepada = handed to
detail-surat = letter
detail-tanggal = date
detail-langkah = step due
detail-jawaban = answer due
detail-nasional = national limit
detail-tanda = mark
detail-dari = from
detail-ke = to
detail-sampai = until
detail-dicari = words
detail-nomor = number
detail-isi = text
detail-dicatat = entered by
detail-lewat = by
detail-saluran = channel

config-good = The configuration can be used: { $office }, { $units } units, { $officers } officers, { $modems } modems.

backup-done = Backup kept: { $file }
    In it: { $tickets } tickets and { $messages } messages received; last event { $last }.
backup-size = Size { $megabytes } MB, done in { $seconds } seconds.
backup-empty = none yet
backup-plain = This file is not encrypted: keep it on an encrypted disk and nowhere else. To have it encrypted make it through a pipe: aduan backup - | age -r PUBLIC-KEY > FILE.age (see docs/operations.md).
backup-terminal = A backup is not written to the screen. Hand it to a program that encrypts it: aduan backup - | age -r PUBLIC-KEY > FILE.age
restore-terminal = There is no backup at the input. Pipe it in: age -d -i KEY-FILE FILE.age | aduan restore -

restore-done = The register was restored from { $file }
    In it: { $tickets } tickets and { $messages } messages received; last event { $last }. What happened after that is not in it.
restore-kept = The register before is not deleted: { $file }
restore-unread = The register before could not be read: PINs that were refused, STOP of citizens and numbers of tickets after the backup are not known. A number may be given twice.
restore-next = { $texts } texts that were unsent in the backup wait, since they may have been sent since. Start aduand (systemctl start aduand), look at aduan status, then decide as an admin: aduan sms release send, or aduan sms release drop.

replay-write = The gateway writes: { $octets }
replay-read = The modem sends: { $octets }
replay-wait = { $seconds } s pass
replay-reopen = The port is gone, and is opened anew when it is there again
replay-would-write = here the engine writes: { $octets }
replay-answered = { $command }: { $answer }
replay-list = { $command }: a list of { $count } messages
replay-empty-place = { $command }: nothing there
replay-sent = { $command }: the network took the message, reference { $reference }
replay-refused = { $command }: refused, { $why }
replay-timed-out = { $command }: no answer in time
replay-restarted = { $command }: no answer, the modem restarted
replay-reset = { $command }: no answer, the port is gone
replay-fate-unknown = the message was written and may have gone out
replay-then-unknown = The driver waits for its delivery report; without one a receipt is dropped, and an answer is sent once more
replay-then-unanswered = The network may have it all the same: the driver waits for its delivery report, and without one tries the text again after a pause, six times at most
replay-then-once-more = The line may have marred the text: the driver tries it once more after a pause, and gives it up then; an officer sees it
replay-then-given-up = The driver gives the text up and goes on with the next; an officer sees it
replay-then-again = The driver tries the text again after a pause, six times at most
replay-then-network = The driver asks for the network, and tries the text again when there is one
replay-then-wait = The driver tries the text again after some seconds
replay-then-hold = The driver sends nothing on this card for half an hour, and warns; another card may take the text
replay-then-sweep = The driver reads the stores out, and tries the text again
replay-then-bring-up = The driver brings the modem up anew, and tries the text again
replay-then-restart = The driver restarts the modem, and tries the text again
replay-then-mute = The driver asks it for a sign of life (AT); where that stays unanswered too it opens the port anew
replay-from = A message from { $number } at { $time }: { $text }
replay-to = A message to { $number }: { $text }
replay-no-text = (no text)
replay-damaged = A damaged message: { $why }
replay-unreadable = No message that can be read: { $why }
replay-delivered = A report: message { $reference } to { $number } arrived
replay-complete = A report: message { $reference } to { $number } is done, but nobody says that it arrived
replay-trying = A report: message { $reference } to { $number } is still being tried
replay-failed = A report: message { $reference } to { $number } did not arrive
replay-notice-message = the modem announces a message in { $store }, place { $index }. The driver reads it, keeps it, and only then frees its place
replay-notice-report = the modem announces a report in { $store }, place { $index }. The driver reads it, keeps it, and only then frees its place
replay-notice-routed = the modem hands over a message that it does not keep. The driver keeps it, and only then acknowledges it where the modem waits for that
replay-notice-full = a store is full: { $store }. The driver reads all stores out
replay-notice-started = the modem has started. The driver brings it up anew: it has forgotten its settings
replay-notice-starting = the modem is starting
replay-notice-power = the modem warns of power or temperature, or switches itself off: { $line }. The driver goes on, and warns
replay-notice-network = there is a network. The driver asks for it, and sends what waits
replay-notice-no-network = there is no network. The driver asks for it, and sends nothing until there is one
replay-notice-card-gone = the card is gone. The driver stops, restarts the modem once, and warns until a card is found
replay-notice-call = somebody calls. The driver hangs up
replay-notice-ussd = the network answers a code: { $text }. The driver tells whoever dialled it, and reads the credit in it where that was asked for
replay-notice-late = a late error: { $why }. The driver takes it for the answer to a code, where one was dialled
replay-notice-unknown = a line that nobody knows: { $line }. The driver passes it over
replay-notice-other = a notice without weight. The driver passes it over, or notes what it tells
replay-counts = Commands: { $answered } answered, { $refused } refused, { $endless } without an end. Notices: { $notices }.

demo-title =
    The aduan demo: an invented office, "Pemkab Sukamaju", with two simulated modems and the real daemon.
    Names, numbers and messages are invented. This office never closes.
demo-scene-citizens = {"\u000A"}== Citizens write; receipts come at once
demo-scene-officer = {"\u000A"}== The SMS officer sorts what came in
demo-scene-draft = {"\u000A"}== A member analyses and proposes an answer; nobody approves a draft of their own
demo-scene-decision = {"\u000A"}== The chair returns the first draft and approves the second
demo-scene-sending = {"\u000A"}== The officer sends the approved wording; the citizen receives it
demo-scene-bank = {"\u000A"}== The chair keeps that answer; the officer answers a similar complaint at once
demo-scene-satisfied = {"\u000A"}== The citizen is satisfied, and the ticket is finished
demo-scene-recap = {"\u000A"}== The director reads the recap of this month
demo-sent = {"\u000A"}  [{ $name } { $from }] writes ({ $parts } SMS): { $text }
demo-received = {"  "}[to { $to }] received ({ $parts } SMS): { $text }
demo-notice = {"\u000A"}  [{ $name }] writes: { $text }
    {"  "}(a notice of the operator: kept, never answered)
demo-acts = {"\u000A"}{ $name } ({ $user })$ { $command }
demo-not-sent = The SMS was not sent: { $why }
demo-how-to-keep =
    {"\u000A"}Done; nothing is left behind. To try it yourself: aduan demo --keep
demo-kept =
    {"\u000A"}The office stays open until Ctrl-C. Type a line here to send an SMS as the citizen { $phone }.
    In another terminal, work as sari (officer), budi or wati (member), ratna (chair), hadi (director), joko (admin):
      { $program } --socket { $home }/sari.sock inbox
      { $program } --socket { $home }/joko.sock status

demo-scenario =
    A scenario: { $about }
    { $modems } simulated modem(s), { $events } event(s), seed { $seed }; the daemon is the real one, with its real patience.
demo-event-text = {"\u000A"}{ $at }  [{ $from }] writes to { $modem }: { $text }
demo-event-notice = {"\u000A"}{ $at }  [{ $from }] writes to { $modem }: { $text }
demo-event-deliver = {"\u000A"}{ $at }  The centre delivers to { $modem }: { $text }
demo-event-ring = {"\u000A"}{ $at }  { $from } calls { $modem }
demo-event-phone = {"\u000A"}{ $at }  The phone { $from }: { $detail }
demo-event-unplug = {"\u000A"}{ $at }  { $modem } is pulled out
demo-event-replug = {"\u000A"}{ $at }  { $modem } is put in again { $detail }
demo-event-take-card-out = {"\u000A"}{ $at }  The card is taken out of { $modem }
demo-event-put-card-in = {"\u000A"}{ $at }  The card is put into { $modem } again
demo-event-exchange-card = {"\u000A"}{ $at }  The card in { $modem } is exchanged for that of { $detail }
demo-event-coverage = {"\u000A"}{ $at }  Network of { $modem }: { $detail }
demo-event-signal = {"\u000A"}{ $at }  Signal of { $modem }: { $detail }
demo-event-restart = {"\u000A"}{ $at }  The power of { $modem } is cut for a moment
demo-event-say = {"\u000A"}{ $at }  { $modem } tells: { $text }
demo-event-fill = {"\u000A"}{ $at }  The store { $detail } of { $modem } is filled with other messages
demo-event-empty = {"\u000A"}{ $at }  Other messages are deleted from the store { $detail } of { $modem }
demo-event-fall-sick = {"\u000A"}{ $at }  { $modem } falls sick: { $detail }
demo-event-recover = {"\u000A"}{ $at }  { $modem } works again
demo-event-faults = {"\u000A"}{ $at }  Faults of { $modem } from now on: { $detail }
demo-event-ussd = {"\u000A"}{ $at }  The network answers { $text } from now on: { $detail }
demo-event-edict = {"\u000A"}{ $at }  The network rules: { $detail }
demo-event-revoke-edicts = {"\u000A"}{ $at }  The network takes every text again
demo-event-slow = {"\u000A"}{ $at }  The network is slow to { $modem }, by { $detail }
demo-event-clock = {"\u000A"}{ $at }  The network's clock is set: { $detail }
demo-scenario-over = {"\u000A"}The timetable is over. What the office has now:
demo-scenario-unanswered = {"  "}Without a receipt: { $phones }

# aduan modem probe
probe-mute = No modem answers here ({ $why }); tried at { $speeds } baud. One stick has several ports: try its others. On a serial cable look whether the modem has power, or try another --baud
probe-modem = Modem: { $modem }
probe-serial = IMEI: { $serial }
probe-card-ready = Card: ready
probe-card-pin = Card: asks for its PIN; put it into a file that only root reads, and name it in pin_file
probe-card-puk = Card: asks for its PUK; unlock it in a telephone first
probe-card-other = Card: asks for { $lock }; unlock it in a telephone first
probe-card-none = Card: none that can be read
probe-registered = Network: registered with { $signal }
probe-unregistered = Network: none yet (signal { $signal })
probe-no-centre = The card holds no message centre (AT+CSCA?): sending will fail; set it once, in a telephone
probe-interface = Port: interface { $number } of its stick; the others are { $siblings }
probe-interface-alone = Port: interface { $number } of its stick; no other port of it shows
probe-notices-elsewhere = Sticks of this make take commands at several ports and show incoming messages at one of them only, which no question tells. The gateway has them sent to this port where it can; if aduan modem list warns all the same (no-notices), use another port of the stick
probe-no-notices = This port announces no messages: another interface of the same stick may, try it too
probe-write = For aduan.toml:

## Examination (aduan doctor)

verdict-good = good
verdict-warn = look
verdict-bad = wrong
doctor-good = All is well.
doctor-warn = Nothing is wrong; read what is marked "look".
doctor-bad = Something is wrong: begin at the top.
doctor-config-good = The configuration { $path } and all files that it names can be used.
doctor-config-unusable = The configuration cannot be used, aduand will not start: { $cause }
doctor-rights-good = Only their owner may change the files of the configuration, and read PINs.
doctor-rights-writable = Others may change { $path }. Run: chmod go-w { $path }
doctor-rights-readable = { $path } holds a PIN, and others may read it. Run: chmod 600 { $path }
doctor-database-good = The register { $path } can be read, { $tickets } tickets.
doctor-database-forbidden = This account may not read the register { $path }. Run this as root (sudo aduan doctor) to have it examined too.
doctor-database-unexamined = The register { $path } cannot be examined where nothing can be written.
doctor-database-unusable = The register cannot be used: { $cause }
doctor-database-unreadable = The register { $path } opens, but what is in it cannot be read. Restore the last backup: aduan restore FILE.
doctor-schema-good = The schema of the register, { $found }, is this program's ({ $known }).
doctor-schema-older = The schema of the register is { $found }, this program's { $known }: aduand updates it when it starts. Restart aduand where the one that runs is old.
doctor-pages-good = Tables and indexes of the register are whole.
doctor-pages-damaged = The register is damaged: { $cause }. Stop aduand, keep the file, restore the last backup (aduan restore FILE), and look at the disk.
doctor-references-good = No row of the register speaks of one that is not there.
doctor-references-broken = A row of the register speaks of one that is not there: { $cause }. Something else than aduand has changed it, or the disk is damaged: compare it with a backup.
doctor-trail-good = The seals of the trail hold.
doctor-trail-broken = A seal of the trail is broken: { $cause }. Something else than aduand has changed it: keep the file as evidence, and compare it with a backup.
doctor-journal-good = The journal of the register has { $megabytes } MB.
doctor-journal-large = The journal of the register has { $megabytes } MB, more than it should. Some program reads the register without end (a backup that hangs?): stop it, then restart aduand.
doctor-room-good = Free room in { $path }: { $megabytes } MB.
doctor-room-low = Only { $megabytes } MB are free in { $path }: not enough for long, nor to restore a backup. Make room.
doctor-room-little = Only { $megabytes } MB are free in { $path }. Once there are none no message is received any more. Make room now.
doctor-room-read-only = Nothing can be written into { $path }: the disk is mounted for reading only, and no message is received. A disk that fails is often made so by the system: look at dmesg, then mount it for writing again.
doctor-clock-good = The computer's clock says { $now }, which the register does not contradict.
doctor-clock-behind = The computer's clock says { $now }, but the last event was { $last }. Set it (timedatectl), and look at its battery: deadlines run by this clock.
doctor-daemon-good = aduand answers; it runs since { $since }.
doctor-daemon-silent = aduand cannot be asked. { $cause } Why stands in: journalctl -u aduand -n 50
doctor-daemon-stranger = aduand answers, but this account is not in staff.toml: its modems are not seen. Run this again as somebody of the staff.
doctor-daemon-closed = This account cannot ask aduand. { $cause }
doctor-version-good = aduand and aduan are of one version ({ $own }).
doctor-version-other = The aduand that runs is version { $daemon }, this program { $own }. Restart it: systemctl restart aduand
doctor-modem-good = Modem { $name }: { $state }.
doctor-modem-ailing = Modem { $name }: { $state }; { $why }
doctor-modem-disabled = Modem { $name }: { $state }. Take it back into service with: aduan modem enable { $name }
doctor-modem-unready = Modem { $name }: { $state }. Wait a minute; if it stays so, look at: aduan modem info { $name }
doctor-modem-warned = Modem { $name }: { $warning }. Look at: aduan modem info { $name }
doctor-held-waiting = { $texts } texts wait since { $officer } restored the register { $restored }. Decide as an admin: aduan sms release send, or aduan sms release drop.
doctor-port-good = The port { $path } ({ $name }) is there and may be opened.
doctor-port-none = No modem is configured: nothing is received and nothing is sent. Find out about yours with: aduan modem probe PORT
doctor-port-missing = The port { $path } ({ $name }) is not there. Plug the modem in, or correct path in aduan.toml (ls -l /dev/serial/by-id/).
doctor-port-forbidden = The account { $user } may not open the port { $path } ({ $name }). Put it into the port's group (usermod -aG dialout { $user }), then restart aduand.
doctor-programs-good = No other program has a modem's port, or is known to take ports.
doctor-programs-holding = { $program } (process { $process }) has the port { $path } ({ $name }). Stop it.
doctor-programs-running = Programs that are known to take ports run here: { $programs }. { $advice }
doctor-rule = Install the udev rule 70-aduan-modems.rules, which has ModemManager leave the gateway's modems alone, then plug them in anew.
