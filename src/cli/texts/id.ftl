# Kalimat-kalimat di layar petugas. en.ftl memuat kalimat yang sama; uji membandingkan keduanya.

## Bantuan

help-usage = Cara pakai
help-options-mark = OPSI
help-commands = Perintah
help-command = PERINTAH
help-arguments = Yang diisi
help-options = Opsi
help-global-options = Opsi umum
help-example = Contoh

value-FILE = BERKAS
value-LANGUAGE = BAHASA
value-PATH = SOKET
value-LANG = BAHASA
value-NUMBER = NOMOR
value-DECISION = KEPUTUSAN
value-UNIT = KODE
value-CATEGORY = KATEGORI
value-USER = AKUN
value-TEXT = TEKS
value-DATE = TANGGAL
value-CHANNEL = SALURAN
value-WAY = CARA
value-WHOM = NOMOR
value-PHONE = NOMOR-HP
value-TIME = WAKTU
value-FORM = BERKAS
value-REASON = ALASAN
value-NOTE = CATATAN
value-BLANK = NAMA=ISI
value-MONTH = TAHUN-BULAN
value-FORMAT = BENTUK
value-SEPARATOR = PEMISAH
value-HEX = HEKSA
value-DIRECTION = ARAH
value-TO = NOMOR
value-REFERENCE = ANGKA
value-NAME = NAMA
value-PORT = PORT
value-BAUD = BAUD
value-LETTER = SURAT
value-LINE = PERTANYAAN
value-USSD = KODE
value-SEAL = SEGEL
value-WORD = KATA
value-STAGE = TAHAP
value-MARK = TANDA
value-WHOSE = NOMOR
value-KIND = JENIS
value-REQUEST = PERMINTAAN
value-SEED = ANGKA

cmd = Gerbang pengaduan masyarakat melalui SMS
cmd-arg-config = Berkas pengaturan; tanpa ini /etc/aduan/aduan.toml
cmd-arg-socket = Soket aduand; dengan ini berkas pengaturan tidak diperlukan
cmd-arg-lang = Bahasa: id atau en; tanpa ini menurut LANG, lalu menurut pengaturan
cmd-arg-json = Cetak jawaban sebagai satu baris JSON, untuk skrip
cmd-arg-help = Tampilkan bantuan ini
cmd-arg-version = Tampilkan versi

cmd-inbox = Tiket yang menunggu Anda, yang paling mendesak lebih dulu (juga: masuk)
cmd-inbox-arg-all = Semua tiket terbuka yang boleh Anda lihat
cmd-inbox-example = aduan masuk

cmd-board = Papan kantor: yang menunggu di mana, yang terlambat, yang segera jatuh tempo (juga: papan)
cmd-board-arg-watch = Tampilkan lagi setiap menit, sampai dihentikan dengan Ctrl-C
cmd-board-example = aduan papan --watch

cmd-show = Satu tiket selengkapnya: pengaduan, draf, jawaban, jejak (juga: lihat)
cmd-show-arg-number = Nomor tiket dalam penulisan apa pun: P26-00123-0, p26001230, atau 123 untuk tahun ini
cmd-show-example = aduan lihat 123

cmd-audit = Memeriksa jejak perubahan, dan menceritakan riwayat satu tiket
cmd-audit-verify = Memeriksa apakah jejak masih utuh: tidak ada baris yang diubah, dihapus atau ditukar (juga: periksa)
cmd-audit-verify-arg-database = Berkas yang diperiksa, misalnya cadangan; tanpa ini basis data menurut pengaturan
cmd-audit-verify-arg-seal = Segel yang dicatat dahulu, minimal 16 angka pertamanya: harus masih ada di jejak
cmd-audit-verify-example = aduan audit verify
cmd-audit-show = Riwayat lengkap satu tiket menurut waktu, juga siapa yang membukanya (juga: lihat)
cmd-audit-show-arg-number = Nomor tiket dalam penulisan apa pun
cmd-audit-show-example = aduan audit lihat 123

cmd-search = Mencari tiket menurut kata, SKPD, tahap, tanggal atau nomor HP (juga: cari)
cmd-search-arg-words = Kata yang harus ada di pengaduan, semuanya; "jal*" untuk kata yang berawalan itu; atau nomor tiket
cmd-search-arg-unit = Hanya dari SKPD ini
cmd-search-arg-stage = Hanya yang pada tahap ini, misalnya telaah
cmd-search-arg-from = Diterima mulai tanggal ini
cmd-search-arg-to = Diterima sampai dengan tanggal ini
cmd-search-arg-phone = Dari nomor HP ini (petugas dan ketua saja)
cmd-search-example = aduan cari lampu simpang --unit DISHUB --from 2026-11-01

cmd-assign = Meneruskan tiket kepada anggota (juga: teruskan)
cmd-assign-arg-number = Nomor tiket
cmd-assign-arg-unit = Kode satuan kerja; tanpa ini yang sudah terbaca
cmd-assign-arg-category = INFORMASI, PENGADUAN, PENGAWASAN, SARAN atau APRESIASI
cmd-assign-arg-member = Akun anggota; tanpa ini anggota satuan kerja itu
cmd-assign-example = aduan teruskan 123 --unit DISHUB --category PENGADUAN

cmd-propose = Mengusulkan jawaban: rekomendasi, peraturan, catatan, redaksi (juga: usul)
cmd-propose-arg-number = Nomor tiket; tanpa keempat isian, formulir dibuka di penyunting teks ($VISUAL atau $EDITOR)
cmd-propose-arg-recommendation = Rekomendasi solusi
cmd-propose-arg-rules = Peraturan terkait, atau "tidak ada"
cmd-propose-arg-note = Catatan solusi
cmd-propose-arg-wording = Redaksi: yang dibaca pemohon
cmd-propose-arg-follow_up = Batas tindak lanjut bila masih ada pekerjaan, misalnya 2026-12-01
cmd-propose-arg-file = Formulir yang sudah diisi; - untuk masukan standar
cmd-propose-example = aduan usul 123

cmd-approve = Menyetujui usulan (juga: setuju)
cmd-approve-arg-number = Nomor tiket
cmd-approve-example = aduan setuju 123

cmd-reject = Mengembalikan usulan kepada anggota (juga: tolak)
cmd-reject-arg-number = Nomor tiket
cmd-reject-arg-reason = Yang harus diperbaiki
cmd-reject-example = aduan tolak 123 --reason "sebutkan jadwal perbaikan"

cmd-send = Mengirim redaksi yang sudah disetujui (juga: kirim)
cmd-send-arg-number = Nomor tiket
cmd-send-arg-by = WA, TELEPON, LOKET atau SURAT: sudah disampaikan sendiri dengan cara itu; SMS: dikirim lewat SMS walaupun masuknya bukan lewat SMS
cmd-send-example = aduan kirim 123

cmd-undelivered = Mencatat bahwa jawaban tidak sampai kepada pemohon, agar disampaikan dengan cara lain (juga: tak-sampai)
cmd-undelivered-arg-number = Nomor tiket
cmd-undelivered-arg-reason = Dari mana hal itu diketahui
cmd-undelivered-example = aduan tak-sampai 123 --reason "nomor WA sudah tidak aktif"

cmd-add = Mencatat pengaduan yang masuk lewat WhatsApp, telepon atau loket (juga: tambah)
cmd-add-arg-text = Isi pesan persis seperti ditulis atau diucapkan; tanpa ini, atau -, dibaca dari masukan standar
cmd-add-arg-channel = WA, TELEPON atau LOKET
cmd-add-arg-from = Nomor HP pemohon; di loket boleh dikosongkan
cmd-add-arg-at = Kapan diterima kantor, misalnya 08.15 atau "2026-11-24 08.15"; tanpa ini sekarang
cmd-add-arg-unit = Kode satuan kerja, bila tidak tertulis di pesannya
cmd-add-arg-to = Nomor tiket yang dilengkapi dengan pesan ini
cmd-add-arg-again = Membuka tiket baru walaupun pesannya berulang atau susulan
cmd-add-arg-sms = Nomor itu menerima SMS: tanda terima dan jawabannya dikirim lewat SMS
cmd-add-example = aduan tambah --channel wa --from 081234567890 "DISHUB # Lampu merah Simpang Pasar mati"

cmd-close = Menutup tiket tanpa penanganan (juga: tutup)
cmd-close-arg-number = Nomor tiket
cmd-close-arg-reason = SPAM, KASAR, BUKAN_PENGADUAN, BUKAN_WENANG, DUPLIKAT atau TIDAK_LENGKAP
cmd-close-arg-main = Nomor tiket utama (untuk DUPLIKAT)
cmd-close-arg-party = Pihak yang berwenang (untuk BUKAN_WENANG)
cmd-close-arg-contact = Cara menghubungi pihak itu (untuk BUKAN_WENANG)
cmd-close-arg-words = Alasan seperti yang dibaca pemohon (untuk alasan lain)
cmd-close-example = aduan tutup 123 --reason BUKAN_WENANG --party "PLN" --contact "telp 123"

cmd-answer = Menjawab langsung dengan catatan jawaban (juga: jawab)
cmd-answer-arg-number = Nomor tiket
cmd-answer-arg-note = Nomor catatan jawaban; lihat: aduan bank
cmd-answer-arg-fill = Isi bagian yang kosong dalam catatan; boleh berulang
cmd-answer-example = aduan jawab 123 --note 7 --fill tempat="Simpang Pasar"

cmd-merge = Menggabungkan tiket dengan tiket lain tentang hal yang sama (juga: gabung)
cmd-merge-arg-number = Nomor tiket yang digabungkan
cmd-merge-arg-main = Nomor tiket utama
cmd-merge-example = aduan gabung 124 123

cmd-ask = Menanyakan keterangan yang kurang kepada pemohon; waktu berhenti sampai dijawab (juga: tanya)
cmd-ask-arg-number = Nomor tiket
cmd-ask-arg-missing = Yang kurang, seperti yang dibaca pemohon
cmd-ask-example = aduan tanya 123 --missing "nama jalan dan RT/RW"

cmd-resume = Melanjutkan tiket karena keterangannya didapat dengan cara lain (juga: lanjut)
cmd-resume-arg-number = Nomor tiket
cmd-resume-arg-learnt = Keterangan yang didapat, dan dari mana
cmd-resume-example = aduan lanjut 123 --learnt "lewat telepon: Jalan Melati RT 02"

cmd-return-unit = Mengembalikan tiket karena urusan satuan kerja lain (juga: kembalikan)
cmd-return-unit-arg-number = Nomor tiket
cmd-return-unit-arg-reason = Mengapa bukan urusan satuan kerja ini
cmd-return-unit-example = aduan kembalikan 123 --reason "jalan provinsi, bukan jalan kabupaten"

cmd-escalate = Menaikkan usulan kepada pengarah untuk diputuskan (juga: naikkan)
cmd-escalate-arg-number = Nomor tiket
cmd-escalate-arg-reason = Mengapa pengarah yang memutuskan
cmd-escalate-example = aduan naikkan 123 --reason "perlu anggaran perubahan"

cmd-reopen = Membuka lagi tiket yang sudah ditutup (juga: buka)
cmd-reopen-arg-number = Nomor tiket
cmd-reopen-arg-reason = Mengapa dibuka lagi
cmd-reopen-example = aduan buka 123 --reason "ternyata jalan kabupaten"

cmd-correct = Meralat jawaban yang sudah dikirim: jawaban kedua diusulkan dan disetujui lagi (juga: ralat)
cmd-correct-arg-number = Nomor tiket
cmd-correct-arg-reason = Yang keliru dalam jawaban pertama
cmd-correct-example = aduan ralat 123 --reason "tanggal perbaikan keliru"

cmd-note = Menambahkan catatan pada tiket; isi pesan warga tidak berubah (juga: catat)
cmd-note-arg-number = Nomor tiket
cmd-note-arg-text = Catatannya
cmd-note-example = aduan catat 123 "Menurut pemohon yang dimaksud Jalan Melati, bukan Jalan Mawar"

cmd-block = Memblokir sebuah nomor sampai tanggal tertentu: pesannya disimpan dan tidak dijawab (ketua; juga: blokir)
cmd-block-arg-whom = Nomor HP, atau nomor tiket dari HP itu
cmd-block-arg-until = Hari terakhir, misalnya 2026-12-31; paling lama satu tahun
cmd-block-arg-reason = Mengapa diblokir
cmd-block-example = aduan blokir 123 --until 2026-12-31 --reason "ancaman berulang"

cmd-unblock = Mengakhiri blokir sebelum tanggalnya (ketua; juga: buka-blokir)
cmd-unblock-arg-whom = Nomor HP, atau nomor tiket dari HP itu
cmd-unblock-example = aduan buka-blokir 081234567890

cmd-blocked = Menampilkan nomor yang diblokir dan jumlah pesan yang disimpan sejak itu (juga: diblokir)
cmd-blocked-example = aduan diblokir

cmd-ethics = Memindahkan tiket ke jalur tertutup: indikasi pelanggaran kode etik (juga: etik)
cmd-ethics-arg-number = Nomor tiket
cmd-ethics-arg-indication = Apa yang menunjukkannya
cmd-ethics-arg-concerns = Akun pegawai yang disebut di dalamnya; boleh berulang
cmd-ethics-example = aduan etik 123 --indication "meminta uang saat mengurus KTP"

cmd-hand-over = Mencatat penyerahan ke pejabat berwenang dengan surat pengantar (juga: serahkan)
cmd-hand-over-arg-number = Nomor tiket
cmd-hand-over-arg-body = Kepada siapa diserahkan
cmd-hand-over-arg-letter = Nomor surat pengantar
cmd-hand-over-arg-date = Tanggal surat, misalnya 2026-12-01
cmd-hand-over-example = aduan serahkan 123 --to Inspektorat --letter 700/12/2026 --date 2026-12-01

cmd-not-ethics = Mengembalikan tiket dari jalur tertutup: bukan pelanggaran kode etik (juga: bukan-etik)
cmd-not-ethics-arg-number = Nomor tiket
cmd-not-ethics-arg-reason = Mengapa bukan
cmd-not-ethics-arg-unit = Kode satuan kerja; tanpa ini yang lama
cmd-not-ethics-arg-category = INFORMASI, PENGADUAN, PENGAWASAN, SARAN atau APRESIASI; tanpa ini yang lama
cmd-not-ethics-arg-member = Akun anggota; tanpa ini anggota satuan kerja itu
cmd-not-ethics-example = aduan bukan-etik 123 --reason "keluhan mutu layanan" --unit DISDUKCAPIL --category PENGADUAN

cmd-reveal = Membuka nomor pemohon yang disamarkan; alasannya dicatat di jejak tiket dan log akses (juga: ungkap)
cmd-reveal-arg-number = Nomor tiket
cmd-reveal-arg-reason = Untuk apa nomornya diperlukan
cmd-reveal-example = aduan ungkap 123 --reason "menghubungi pemohon langsung"

cmd-mark = Menandai tiket yang memuat data spesifik atau minta dirahasiakan, atau mencabut tandanya (juga: tandai)
cmd-mark-arg-number = Nomor tiket
cmd-mark-arg-mark = spesifik: isinya hanya untuk petugas, anggota yang menangani dan ketua; rahasia: nomornya hanya untuk petugas dan ketua
cmd-mark-arg-remove = Cabut tandanya
cmd-mark-example = aduan tandai 123 --as spesifik

cmd-access = Siapa membuka apa dan kapan; untuk ketua dan pengarah (juga: akses)
cmd-access-arg-number = Nomor tiket; tanpa ini semua, 30 hari terakhir
cmd-access-arg-from = Hari pertama, misalnya 2026-11-01
cmd-access-arg-until = Hari terakhir
cmd-access-example = aduan akses 123

cmd-request = Permintaan warga tentang data pribadinya (juga: permintaan)
cmd-request-add = Mencatat sebuah permintaan; dijawab ketua dalam 3 x 24 jam (juga: tambah)
cmd-request-add-arg-whose = Nomor tiket, atau nomor telepon pemohon
cmd-request-add-arg-kind = pembetulan, penghapusan atau salinan
cmd-request-add-arg-detail = Apa yang diminta
cmd-request-add-example = aduan permintaan tambah 123 --kind salinan --detail "minta salinan semua pesannya"
cmd-request-list = Permintaan yang belum dijawab, yang paling mendesak lebih dulu (juga: daftar)
cmd-request-list-arg-all = Juga yang sudah dijawab
cmd-request-list-example = aduan permintaan daftar
cmd-request-answer = Mengabulkan sebuah permintaan, dan melaksanakannya, atau menolaknya; hanya ketua (juga: jawab)
cmd-request-answer-arg-request = Nomor permintaan
cmd-request-answer-arg-answer = Jawabannya; untuk pembetulan: catatan yang berdiri di samping teks
cmd-request-answer-arg-refuse = Tolak
cmd-request-answer-example = aduan permintaan jawab 4 --answer "sudah dihapus sesuai permintaan"

cmd-affected = Nomor warga yang datanya ada di register, untuk pemberitahuan bila data bocor; hanya ketua (juga: terdampak)
cmd-affected-arg-from = Hari pertama pesannya masuk atau keluar; tanpa ini sejak awal
cmd-affected-arg-until = Hari terakhir; tanpa ini sampai sekarang
cmd-affected-example = aduan terdampak --until 2026-11-30

cmd-retention = Masa simpan data pribadi: rencana dan pelaksanaannya (juga: retensi)
cmd-retention-plan = Apa yang sudah lewat masa simpannya, dan yang pernah dilaksanakan; untuk admin dan ketua (juga: rencana)
cmd-retention-plan-example = aduan retensi rencana
cmd-retention-apply = Melaksanakan rencana itu dan mencetak berita acaranya; hanya admin (juga: jalankan)
cmd-retention-apply-arg-yes = Sungguh laksanakan; tidak dapat dibatalkan
cmd-retention-apply-example = aduan retensi jalankan --yes

cmd-known = Catatan jawaban: melihat, menambah, menarik (juga: bank)
cmd-known-arg-unit = Hanya dari satuan kerja ini
cmd-known-example = aduan bank --unit DISHUB
cmd-known-add = Memasukkan redaksi tiket yang sudah dijawab ke catatan jawaban; dari anggota: sebagai usulan (juga: tambah)
cmd-known-add-arg-number = Nomor tiket yang sudah dijawab
cmd-known-add-arg-matter = Pokok yang dijawabnya, satu baris
cmd-known-add-arg-wording = Redaksi dengan bagian kosong seperti {"{"}tempat{"}"}; tanpa ini seperti yang terkirim
cmd-known-add-arg-valid_until = Hari terakhir berlaku, misalnya 2026-12-31
cmd-known-add-example = aduan bank tambah 123 --matter "Lampu lalu lintas mati"
cmd-known-approve = Menyetujui catatan jawaban usulan anggota (juga: setuju)
cmd-known-approve-arg-note = Nomor catatan jawaban
cmd-known-approve-example = aduan bank setuju 7
cmd-known-withdraw = Menarik catatan jawaban dari pemakaian (juga: tarik)
cmd-known-withdraw-arg-note = Nomor catatan jawaban
cmd-known-withdraw-example = aduan bank tarik 7

cmd-recap = Rekapitulasi satu bulan (juga: rekap)
cmd-recap-arg-month = Tahun dan bulan, misalnya 2026-11
cmd-recap-arg-format = table (di layar) atau csv (berkas untuk lembar kerja)
cmd-recap-arg-separator = Pemisah kolom csv: koma, atau ; untuk Excel berbahasa Indonesia
cmd-recap-example = aduan rekap 2026-11

cmd-whoami = Siapa Anda menurut gerbang ini (juga: siapa)
cmd-whoami-example = aduan siapa

cmd-status = Keadaan gerbang, modem dan antrean
cmd-status-example = aduan status

cmd-modem = Modem: keadaannya, dan perintah untuknya
cmd-modem-probe = Mengenali sebuah port sebelum dikonfigurasi: modem apa, kecepatannya, kartunya, dan isi untuk aduan.toml (juga: kenali)
cmd-modem-probe-arg-port = Port serial; tidak sedang dipakai aduand
cmd-modem-probe-arg-baud = Kecepatannya; bila tidak ditulis: 115200, 9600, 57600, 19200, 38400 dan 460800 bergantian, paling lama setengah menit. Modem USB menerima kecepatan apa pun
cmd-modem-probe-example = aduan modem probe /dev/ttyUSB2
cmd-modem-list = Semua modem: keadaan, jaringan, sinyal, antrean, SMS hari ini (juga: daftar)
cmd-modem-list-example = aduan modem daftar
cmd-modem-info = Semua yang diketahui tentang satu modem (juga: lihat)
cmd-modem-info-arg-name = Namanya dalam pengaturan; lihat: aduan modem daftar
cmd-modem-info-example = aduan modem lihat modem-1
cmd-modem-enable = Melayani lagi dengan sebuah modem; hanya admin (juga: aktifkan)
cmd-modem-enable-arg-name = Namanya dalam pengaturan
cmd-modem-enable-example = aduan modem aktifkan modem-1
cmd-modem-disable = Berhenti melayani dengan sebuah modem, juga sesudah aduand dinyalakan ulang; hanya admin (juga: nonaktifkan)
cmd-modem-disable-arg-name = Namanya dalam pengaturan
cmd-modem-disable-example = aduan modem nonaktifkan modem-1
cmd-modem-reset = Menyalakan ulang sebuah modem; hanya admin (juga: ulang)
cmd-modem-reset-arg-name = Namanya dalam pengaturan
cmd-modem-reset-example = aduan modem ulang modem-1
cmd-modem-at = Bertanya kepada modem dengan perintah AT, atau mengatur pusat SMS atau jaringannya; hanya admin
cmd-modem-at-arg-name = Namanya dalam pengaturan
cmd-modem-at-arg-line = AT+NAMA?, AT+NAMA=?, ATI, AT+CSQ dan sejenisnya, AT+CSCA="NOMOR", AT+COPS=0, AT+CGSMS=1; di dalam tanda kutip
cmd-modem-at-example = aduan modem at modem-1 AT+CSQ
cmd-modem-ussd = Bertanya kepada jaringan kartu sebuah modem, misalnya pulsa; hanya admin (juga: pulsa)
cmd-modem-ussd-arg-name = Namanya dalam pengaturan
cmd-modem-ussd-arg-code = Angka, bintang dan pagar, di dalam tanda kutip: kode yang keliru dapat membeli sesuatu; kode pengubah PIN (**04, **05) ditolak
cmd-modem-ussd-example = aduan modem pulsa modem-1 "*888#"

cmd-sms = SMS langsung dari admin
cmd-sms-send = Memasukkan SMS langsung ke antrean kirim (juga: kirim)
cmd-sms-send-arg-number = Nomor tujuan
cmd-sms-send-arg-text = Isi SMS
cmd-sms-send-arg-batch = Baca banyak SMS dari masukan standar: nomor, TAB, isi di tiap baris; semua atau tidak satu pun
cmd-sms-send-arg-now = Kirim kapan saja, tidak menunggu jam kirim (07.00 sampai 20.00); dicatat di log akses
cmd-sms-send-example = aduan sms send 081200001111 "Uji coba gerbang"
cmd-sms-release = Memutuskan SMS yang ditahan sesudah pemulihan cadangan; hanya admin (juga: lepas)
cmd-sms-release-arg-decision = send: kirim semuanya; drop: jangan kirim satu pun
cmd-sms-release-example = aduan sms lepas drop

cmd-read = Menguji bacaan teks warga: satu teks per baris (\n dan \\ ditulis demikian), satu objek JSON per baris
cmd-read-arg-units = Daftar satuan kerja (units.tsv); tanpa ini dipakai daftar bawaan
cmd-read-example = aduan read < pesan.txt

cmd-pdu = Membaca dan menyusun TPDU SMS dalam heksadesimal
cmd-pdu-decode = Membaca TPDU, satu per baris, menjadi satu objek JSON per baris
cmd-pdu-decode-arg-hex = TPDU dalam heksadesimal; tanpa ini dibaca dari masukan standar
cmd-pdu-decode-arg-no_smsc = Tanpa alamat pusat SMS di depan
cmd-pdu-decode-arg-direction = Jenis TPDU, bila tidak terbaca dari TPDU sendiri: deliver, submit, status-report, deliver-report, deliver-refusal, submit-report atau submit-refusal
cmd-pdu-decode-example = aduan pdu decode < tpdu.txt
cmd-pdu-encode = Menyusun sebuah teks menjadi TPDU, satu bagian per baris
cmd-pdu-encode-arg-to = Nomor tujuan
cmd-pdu-encode-arg-text = Isi SMS
cmd-pdu-encode-arg-reference = Nomor rangkaian untuk pesan panjang, 0 sampai 255
cmd-pdu-encode-arg-report = Minta laporan pengiriman
cmd-pdu-encode-arg-single_shift = Tulis dengan tabel huruf sebuah bahasa (turkish, portuguese, dsb.) sebelum UCS-2
cmd-pdu-encode-example = aduan pdu encode --to 081200001111 --text "Halo"

cmd-replay = Memutar ulang rekaman percakapan dengan modem, dan apa yang terbaca darinya (juga: putar)
cmd-replay-arg-file = Berkas rekaman; kode keluar 1 bila ada perintah yang tak pernah selesai
cmd-replay-example = aduan putar modem-1-20261130-153000-000.txt

cmd-backup = Mencadangkan seluruh register ke satu berkas baru, juga selagi aduand menyala (juga: cadangkan)
cmd-backup-arg-file = Berkas cadangan, belum boleh ada; atau sebuah folder: berkasnya dinamai menurut waktu
cmd-backup-example = aduan cadangkan /media/cadangan

cmd-restore = Menjadikan sebuah cadangan register yang dipakai; aduand harus mati (juga: pulihkan)
cmd-restore-arg-file = Berkas cadangan; tidak diubah
cmd-restore-example = aduan pulihkan /media/cadangan/aduan-20261126-011500.db

cmd-doctor = Memeriksa semua sebab yang biasa bila gerbang tidak bekerja semestinya, dan apa yang harus dilakukan (juga: dokter)
cmd-doctor-example = aduan dokter

cmd-config = Berkas pengaturan
cmd-config-check = Memeriksa aduan.toml dan semua berkas yang disebutnya (juga: periksa)
cmd-config-check-example = aduan --config aduan.toml config check

cmd-demo = Memperagakan satu kantor selama semenit: modem tiruan, daemon sungguhan, tanpa perangkat apa pun
cmd-demo-arg-keep = Biarkan tetap berjalan sesudahnya, untuk dicoba sendiri
cmd-demo-arg-scenario = Mainkan isi berkas ini: modem, jaringan, dan kejadian beserta waktunya (lihat docs/operations.md)
cmd-demo-arg-seed = Mainkan campuran gangguan yang diundi dari angka ini, selalu sama untuk angka yang sama; bersama --scenario: pengundi bagi berkas itu
cmd-demo-example = aduan demo --keep

## Salah ketik

usage-unknown-command = Perintah "{ $command }" tidak dikenal.
usage-unknown-argument = "{ $argument }" tidak dikenal di sini.
usage-no-value = Belum diisi: { $argument }
usage-wrong-value = "{ $value }" tidak dapat dipakai untuk { $argument }.
usage-choices = Pilihan: { $choices }.
usage-missing = Belum diisi: { $arguments }
usage-no-command = Sebutkan perintahnya.
usage-conflict = { $argument } tidak dapat dipakai bersama { $other }.
usage-number-of-values = Banyaknya isian untuk { $argument } tidak sesuai.
usage-not-utf8 = Ada isian yang bukan teks UTF-8.
usage-suggestion = Mungkin maksud Anda: { $meant }
usage-example = Ketik misalnya: { $example }
usage-help = Keterangan: { $command } --help

input-category = Kategori "{ $typed }" tidak dikenal. Pilih salah satu:
input-stage = Tahap "{ $typed }" tidak dikenal. Pilih salah satu:
input-reason = Alasan "{ $typed }" tidak dikenal. Pilih salah satu:
input-mark = Tanda "{ $typed }" tidak dikenal. Pilih salah satu:
input-kind = Jenis "{ $typed }" tidak dikenal. Pilih salah satu:
input-date = "{ $typed }" bukan tanggal. Tulis seperti 2026-12-31.
added-again = Pesan yang sama sudah ada dalam 24 jam ini, jadi tidak dibuka tiket baru. Bila memang hal lain, ulangi dengan --again.
added-ticket = { $number }: { $outcome } ({ $reason }). Tahap sekarang: { $stage }.
added = Dicatat: { $outcome } ({ $reason }).
add-type = Ketik isi pesannya, lalu akhiri dengan Ctrl-D di baris kosong:
input-time = "{ $typed }" bukan waktu. Tulis seperti 08.15 atau "2026-11-24 08.15".
input-way = Cara "{ $typed }" tidak dikenal. Pilih salah satu:
input-channel = Saluran "{ $typed }" tidak dikenal. Pilih salah satu:
input-month = "{ $typed }" bukan bulan. Tulis seperti 2026-11.
input-blank = "{ $typed }" bukan isian. Tulis --fill nama=isi, misalnya --fill tempat="Simpang Pasar".

batch-no-tab = Baris { $line }: tidak ada TAB di antara nomor dan isi. Tulis seperti 081234567890; tidak ada yang dilakukan.
batch-no-number = Baris { $line }: bukan nomor telepon. Tulis seperti 081234567890; tidak ada yang dilakukan.
batch-no-text = Baris { $line }: isi SMS kosong. Tulis seperti 081234567890; tidak ada yang dilakukan.
batch-not-utf8 = Baris { $line }: bukan teks UTF-8. Tulis seperti 081234567890; tidak ada yang dilakukan.
batch-too-long = Baris { $line }: terlalu banyak SMS dalam satu kali kirim. Tidak ada yang dikirim; bagi menjadi beberapa berkas.
batch-empty = Tidak ada baris untuk dikirim. Tulis nomor, TAB dan isi SMS di tiap baris masukan standar.

## Yang tidak dapat dilakukan

trouble-OUT_OF_TURN = Belum atau tidak lagi dapat dilakukan: tahap tiket ini { $stage }. Lihat keadaannya dengan aduan lihat NOMOR.
trouble-NOT_PERMITTED = Peran Anda tidak mengizinkan langkah ini. Lihat peran Anda dengan aduan siapa.
trouble-OWN_DRAFT = Usulan sendiri tidak dapat diputuskan sendiri. Mintalah ketua atau pengarah lain memutuskannya.
trouble-DIRECTOR_DECIDES = Yang ini diputuskan oleh pengarah.
trouble-CHAIR_MUST_ASSIGN = Tiket ini sudah dua kali dikembalikan sebagai bukan urusan satuan kerjanya: ketua yang harus meneruskannya.
trouble-INCOMPLETE = Belum lengkap: { $field }.
trouble-INCOMPLETE-unit = Satuan kerja belum ditentukan: tambahkan --unit KODE.
trouble-INCOMPLETE-reason = Alasan belum diisi: tambahkan --reason "...".
trouble-INCOMPLETE-missing = Yang kurang belum disebut: tambahkan --missing "...".
trouble-INCOMPLETE-indication = Indikasinya belum disebut: tambahkan --indication "...".
trouble-INCOMPLETE-body = Kepada siapa diserahkan belum disebut: tambahkan --to "...".
trouble-INCOMPLETE-letter = Nomor surat pengantar belum disebut: tambahkan --letter "...".
trouble-INCOMPLETE-main = Tiket utama belum disebut: tambahkan --main NOMOR.
trouble-INCOMPLETE-party = Pihak yang berwenang belum disebut: tambahkan --party "..." dan --contact "...".
trouble-NOTE_NOT_VALID = Catatan jawaban itu tidak berlaku lagi. Pilih yang lain dengan aduan bank, atau teruskan tiketnya.
trouble-NOTE_OF_OTHER_UNIT = Catatan jawaban itu milik satuan kerja lain. Pilih yang lain dengan aduan bank --unit KODE.
trouble-TOO_LATE = Batas waktu untuk keberatan sudah lewat.
trouble-TOO_OFTEN = Tiket ini sudah dibuka kembali sebanyak yang diperbolehkan.
trouble-REASON_NOT_BY_HAND = Alasan itu ({ $reason }) tidak diberikan dengan tangan.
trouble-NO_SUCH_TICKET = Tidak ada tiket { $number } untuk Anda. Periksa nomornya; lihat tiket Anda dengan aduan masuk --all.
trouble-NO_SUCH_UNIT = Tidak ada satuan kerja { $unit }. Kode yang dikenal ada di berkas units.tsv.
trouble-NO_SUCH_NOTE = Tidak ada catatan jawaban nomor { $note }. Lihat yang ada dengan aduan bank.
trouble-NOBODY_FOR_UNIT = Belum ada anggota untuk { $unit }. Sebutkan orangnya dengan --to AKUN, atau minta admin melengkapi staff.toml.
trouble-NOT_ON_STAFF = { $member } tidak ada dalam daftar petugas. Periksa nama akunnya.
trouble-UNDER_STOP = Nomor itu di bawah STOP: pertanyaan tidak dikirim, dan waktu tetap berjalan. Tanyakan lewat telepon.
trouble-NOT_A_MEMBER = { $member } bukan anggota. Periksa nama akunnya.
trouble-TOO_LONG = Teks ini memerlukan { $parts } SMS, sedangkan batasnya { $max }. Kurangi kira-kira { $over } karakter.
trouble-MISSING = Belum diisi: { $field }.
trouble-MISSING-unit = Satuan kerja belum ditentukan: tambahkan --unit KODE.
trouble-MISSING-category = Kategori belum ditentukan: tambahkan --category KATEGORI.
trouble-MISSING-learnt = Keterangan yang didapat belum disebut: tambahkan --learnt "...".
trouble-MISSING-recommendation = Rekomendasi solusi belum diisi.
trouble-MISSING-rules = Peraturan terkait belum diisi; tulis "tidak ada" bila memang tidak ada.
trouble-MISSING-note = Catatan solusi belum diisi.
trouble-MISSING-wording = Redaksi belum diisi.
trouble-MISSING-contact = Cara menghubungi pihak itu belum disebut: tambahkan --contact "...".
trouble-MISSING-reason = Alasannya belum diisi: tambahkan --reason "...".
trouble-MISSING-from = Nomor pemohon belum diisi: tambahkan --from NOMOR-HP.
trouble-MISSING-matter = Pokok yang dijawab belum diisi: tambahkan --matter "...".
trouble-MISSING-search = Sebutkan apa yang dicari: kata, --unit, --stage, --from, --to atau --phone.
trouble-MISSING-text = Teksnya kosong.
trouble-INVALID = "{ $value }" tidak dapat dipakai ({ $field }).
trouble-INVALID-telephone-number = "{ $value }" bukan nomor telepon. Tulis seperti 081234567890; tidak ada yang dilakukan.
trouble-INVALID-search = "{ $value }" tidak dapat dicari: tulis satu sampai sepuluh kata; sebelum tanda * paling sedikit tiga huruf.
trouble-INVALID-PIN-code = "{ $value }" mengubah PIN kartu dan tidak pernah dikirim dari sini: lakukan di telepon.
trouble-INVALID-USSD-code = "{ $value }" bukan kode USSD: hanya angka, * dan #, misalnya *888#.
trouble-INVALID-main-ticket = Tiket tidak dapat digabungkan dengan dirinya sendiri: sebutkan tiket lain dengan --main NOMOR.
trouble-INVALID-mark = "{ $value }" bukan tanda. Pilih specific atau secret.
trouble-INVALID-number-to-reveal = Tiket { $value } tidak mempunyai nomor telepon, atau nomornya sudah diganti kode.
trouble-INVALID-request = Tidak ada permintaan nomor { $value } yang menunggu jawaban. Lihat dengan aduan permintaan daftar.
trouble-INVALID-kind = "{ $value }" bukan jenis permintaan. Pilih correct, delete atau copy.
trouble-MISSING-detail = Yang diminta belum disebut: tambahkan --detail "...".
trouble-MISSING-answer = Jawabannya belum diisi: tambahkan --answer "...".
trouble-MISSING-ticket = Pembetulan dicatat pada sebuah tiket: sebutkan nomor tiketnya, bukan nomor telepon.
trouble-INVALID-month = "{ $value }" bukan bulan. Tulis seperti 2026-11.
trouble-INVALID-way = Jawaban ini tidak dapat disampaikan lewat "{ $value }": pemohon tanpa nomor, atau SMS-nya sudah pernah dikirim. Pilih WA, TELEPON, LOKET atau SURAT.
trouble-INVALID-blocked-number = "{ $value }" tidak sedang diblokir.
trouble-INVALID-end-of-a-block = Blokir tidak dapat berakhir pada { $value }: pilih hari ini atau sesudahnya, paling lama satu tahun.
trouble-INVALID-channel = Yang masuk lewat "{ $value }" tidak dicatat dengan tangan: pilih WA, TELEPON atau LOKET.
trouble-INVALID-time-of-receipt = Waktu terima { $value } tidak dapat dipakai: tidak boleh di masa depan, dan tidak lebih lama dari yang diatur kantor (entered_late).
trouble-INVALID-blank-of-this-note = Catatan jawaban ini tidak mempunyai bagian kosong "{ $value }".
trouble-BLANK_LEFT = Bagian kosong "{ $blank }" belum diisi: tambahkan --fill { $blank }="...".
trouble-FAULT = Gerbang sedang terganggu; tidak ada yang berubah. Coba lagi sebentar, dan bila tetap begini hubungi admin (journalctl -u aduand).
trouble-UNKNOWN_CALLER = Akun { $account } tidak terdaftar. Minta admin menambahkannya ke staff.toml.
trouble-MALFORMED = aduand tidak mengerti permintaan ini. Mungkin versinya berbeda: bandingkan aduan --version dan aduand --version.
trouble-TOO_LARGE = Permintaan ini terlalu besar (batas { $max } byte). Kirim dalam beberapa bagian.
trouble-TOO_SLOW = Permintaan ini terputus di tengah jalan. Coba lagi.
trouble-NO_SUCH_PATH = aduand tidak mengenal alamat ini. Mungkin versinya berbeda: bandingkan aduan --version dan aduand --version.
trouble-METHOD_NOT_ALLOWED = aduand tidak mengenal cara bertanya ini. Mungkin versinya berbeda: bandingkan aduan --version dan aduand --version.
trouble-NO_SUCH_MODEM = Tidak ada modem { $name }. Lihat yang ada dengan aduan modem daftar.
trouble-MODEM_NOT_IN_SERVICE = Modem { $name } sedang tidak menerima perintah: { $modem }. Lihat sebabnya dengan aduan modem lihat { $name }.
trouble-MODEM_BUSY = Modem { $name } masih sibuk. Periksa apakah sudah dikerjakan, lalu coba lagi.
trouble-NOT_BY_HAND = "{ $line }" tidak dikirim: dapat mengunci, menghapus atau mengubah sesuatu. Yang boleh: AT+NAMA?, AT+NAMA=?, ATI, AT+CSQ, AT+CGMI, AT+CGMM, AT+CGMR, AT+CGSN, AT+CIMI, AT+CNUM dan sejenisnya, serta mengatur AT+CSCA=, AT+CGSMS=, AT+COPS= dan jenis jaringan; untuk kode seperti *888#: aduan modem pulsa.
trouble-MODEM_REFUSED = Modem { $name } tidak melakukannya: { $cause }
trouble-NOT_RUNNING = aduand tidak menjawab di { $path } ({ $cause }). Nyalakan dengan systemctl start aduand, atau periksa letak soketnya.
trouble-NOT_ALLOWED = Anda tidak boleh membuka { $path }. Minta admin memasukkan akun Anda ke grup pemilik soket itu, lalu masuk kembali.
trouble-PROTOCOL = Jawaban aduand tidak dimengerti ({ $cause }). Langkah ini mungkin sudah terjadi: periksa dulu sebelum mengulang.
trouble-UNANSWERED = Perintah tanpa akhir dalam rekaman ini: { $count }. Rekaman terputus di situ, atau modem tidak pernah menjawab.
trouble-CONFIG = Pengaturan { $path } tidak dapat dipakai: { $cause }. Sebutkan yang lain dengan --config BERKAS, atau soketnya dengan --socket SOKET.
trouble-COPY_MISSING = { $path } tidak ada. Periksa namanya; letak basis data tertulis di [database] path dalam aduan.toml.
trouble-COPY_FOREIGN = { $path } bukan register gerbang ini. Periksa nama berkasnya.
trouble-COPY_OLDER = { $path } berasal dari versi yang lebih lama (skema { $found }, program ini { $known }). Nyalakan aduand versi ini sekali, lalu cadangkan lagi.
trouble-COPY_NEWER = { $path } berasal dari versi yang lebih baru (skema { $found }, program ini { $known }). Pasang versi yang sama dengan pembuatnya.
trouble-COPY_DAMAGED = { $path } rusak: { $cause }. Pakai cadangan lain yang masih utuh (aduan restore BERKAS); simpan berkas yang rusak ini.
trouble-COPY_EXISTS = { $path } sudah ada dan tidak ditimpa. Sebutkan nama lain, atau pindahkan berkas itu dulu.
trouble-COPY_NO_FOLDER = Folder { $path } tidak ada. Buat dulu, atau pasang (mount) medianya.
trouble-COPY_FULL = Tidak ada ruang lagi di { $path }. Kosongkan sebagian, atau pakai media lain; tidak ada sisa yang ditinggalkan.
trouble-COPY_FORBIDDEN = { $path } tidak boleh dibuka atau ditulis oleh akun ini. Jalankan sebagai root (sudo), dan periksa hak folder serta medianya.
trouble-COPY_IN_USE = { $path } sedang dipakai. Hentikan dulu aduand (systemctl stop aduand), tunggu pencadangan selesai, lalu ulangi.
trouble-COPY_FAILED = { $path } tidak dapat dibaca atau ditulis: { $cause }.

## Yang sudah dilakukan

done = { $number } selesai dikerjakan.
done-assign = { $number } diteruskan.
done-propose = { $number } diusulkan.
done-approve = { $number } disetujui.
done-reject = { $number } dikembalikan kepada anggota.
done-send = { $number } dikirim.
done-undelivered = { $number }: jawaban tidak sampai.
done-note = Catatan pada { $number } disimpan.
done-correct = { $number } diralat: jawaban pertama tetap seperti adanya.
done-given = { $number }: jawaban sudah disampaikan.
done-give = { $number } belum dikirim: tiket ini tidak dijawab lewat SMS.
done-ask = Pertanyaan untuk pemohon { $number } dicatat; waktu berhenti.
done-resume = { $number } dilanjutkan.
done-ethics = { $number } dipindahkan ke jalur tertutup.
done-hand-over = Penyerahan { $number } dicatat.
done-not-ethics = { $number } dikembalikan dari jalur tertutup.
done-return-unit = { $number } dikembalikan sebagai urusan satuan kerja lain.
done-escalate = { $number } dinaikkan kepada pengarah.
done-reopen = { $number } dibuka lagi.
done-close = { $number } ditutup.
done-answer = { $number } dijawab dari catatan jawaban.
done-stage = Tahap sekarang: { $stage }.
done-stage-with = Tahap sekarang: { $stage }, pada { $user }.

citizen-now = Pemohon segera membaca
citizen-later = Pemohon membaca mulai { $time }
citizen-once-approved = Setelah disetujui, pemohon akan membaca
citizen-size = { $characters } karakter, { $parts } SMS
citizen-nothing = Pemohon tidak dikirimi SMS.
citizen-nothing-sent = Tidak ada SMS yang dikirim: nomor itu di bawah STOP, atau jawabannya disampaikan lewat telepon.

hint-propose = Berikutnya (anggota): aduan usul { $number }
hint-approve = Berikutnya (ketua): aduan setuju { $number }, atau aduan tolak { $number } --reason ...
hint-send = Berikutnya (petugas): aduan kirim { $number }
hint-give = Sesudah disampaikan (petugas): aduan kirim { $number } --by wa, atau --by telepon, --by loket, --by surat
give-link = Tautan WhatsApp: { $link }
give = Sampaikan sendiri kepada pemohon { $number } (masuk lewat { $channel }), persis seperti ini
give-receipt = Balas pemohon dengan teks ini
hint-answered = Sampai atau tidaknya terlihat dengan: aduan lihat { $number }
hint-follow-up = Setelah pekerjaannya selesai (anggota): aduan usul { $number }
hint-inbox = Buka satu tiket dengan: aduan lihat NOMOR
hint-known = Pakai dengan: aduan jawab NOMOR --note CATATAN

## Daftar

title-number = Nomor
title-unit = SKPD
title-stage = Tahap
title-subject = Pokok
title-received = Masuk
title-due = Batas
title-flags = Tanda
title-waits-at = Menunggu
title-open = Terbuka
title-overdue = Terlambat
title-at = Waktu
title-account = Akun
title-access = Yang dilakukan
title-detail = Keterangan
title-class = Golongan
title-count = Jumlah
title-up-to = Sampai dengan
title-request = Permintaan
title-kind = Jenis
title-note = Catatan
title-matter = Pokok
title-wording = Redaksi
title-valid-until = Berlaku s.d.
title-uses = Dipakai
title-blanks = Isian
title-hint = Catatan
title-reason = Sebab
title-officer = Oleh
title-kept = Pesan disimpan
title-until = Sampai
title-citizen = Nomor
title-modem = Modem
title-state = Keadaan
title-since = Sejak
title-model = Jenis
title-received-messages = SMS masuk
title-sent-parts = SMS keluar
title-last-error = Gangguan terakhir
title-operator = Jaringan
title-signal = Sinyal
title-waiting = Antre
title-today = Masuk/keluar
title-registration = Pendaftaran
title-stores = Penyimpanan
title-credit = Pulsa
overdue-mark = TERLAMBAT
time-left = sisa { $time }
working-minutes = { $minutes } menit kerja
working-hours = { $hours } jam { $minutes } menit kerja

inbox-none = Tidak ada tiket terbuka.
inbox-none-for-you = Tidak ada tiket yang menunggu Anda. Semua tiket terbuka: aduan masuk --all
inbox-hint = catatan { $note } { $score }
search-none = Tidak ada tiket yang cocok, di antara yang boleh Anda lihat.
search-more = Mungkin masih ada yang lain: tambahkan kata, atau persempit dengan --from, --to, --unit atau --stage.
inbox-more = Masih ada { $count } tiket lagi yang tidak ditampilkan; yang paling mendesak didahulukan. Persempit dengan: aduan cari
inbox-count = { $count } tiket
inbox-overdue = { $count } terlambat
board-open = kantor buka
board-closed = kantor tutup
board-citizen = pemohon
board-national = Batas nasional: { $near } dekat, { $over } terlewati.
board-overdue = TERLAMBAT: { $count }
board-soon = JATUH TEMPO DALAM SATU JAM: { $count }
board-more = dan { $count } lagi
board-reminders = PENGINGAT SEHARI INI
board-service = Modem: { $modems }. SMS menunggu: { $waiting }.
inbox-sealed = Di jalur tertutup: { $count } tiket.

revealed = Nomor pemohon { $number }: { $citizen }. Pembukaan ini tercatat.
marked = Tanda { $number }: { $flags }.
marked-none = { $number } tidak bertanda lagi.
access-none = Tidak ada yang tercatat.

request-noted = Permintaan nomor { $id } dicatat; ketua menjawabnya paling lambat { $due }.
request-none = Tidak ada permintaan yang menunggu.
request-was-granted = Permintaan nomor { $id } dikabulkan.
request-was-refused = Permintaan nomor { $id } ditolak.
request-destroyed = { $count } tiket: isinya sudah dimusnahkan.
request-pseudonymised = { $count } tiket jalur tertutup: isinya masih diperlukan untuk pemeriksaan, nomornya sudah diganti kode.
request-kept = { $count } tiket masih terbuka dan belum dihapus: tanpa nomor, pemohon tidak dapat dijawab. Ulangi setelah selesai.
request-own = dari pemohon
request-office = dari kantor
affected-count = { $count } nomor.
request-correct = pembetulan
request-delete = penghapusan
request-copy = salinan
request-granted = dikabulkan
request-refused = ditolak
request-open = belum dijawab

retention-confirm = Yang dimusnahkan tidak dapat dikembalikan. Lihat dulu dengan aduan retensi rencana, lalu ulangi dengan --yes.
retention-pseudonymised = Pengaduan: nomor diganti kode
retention-destroyed = Tiket: isi dimusnahkan
retention-messages = Pesan masuk tanpa tiket: dimusnahkan
retention-texts = Pesan keluar tanpa tiket: dimusnahkan
retention-trail = Baris jejak: dihapus
retention-accesses = Baris log akses: dihapus
retention-decisions = Blokir dan permintaan: nomor diganti kode
retention-hint = Laksanakan sebagai admin dengan: aduan retensi jalankan --yes. Jejak dihapus dari yang tertua, sampai tiket pertama yang belum dimusnahkan.
retention-records = Yang pernah dilaksanakan
retention-cut = terputus; sisanya dilaksanakan pada kali berikutnya
retention-nothing = tidak ada
retention-title = Berita acara penyusutan data pribadi
retention-statement = Data tersebut telah lewat masa simpan yang ditetapkan dalam [retention] aduan.toml, dan telah diganti kode, dimusnahkan, atau dihapus dari register. Rekapitulasi bulanan tidak memuat data pribadi dan tetap disimpan.
retention-signatures = Pelaksana,                              Mengetahui, Ketua,
run-retention = masa simpan
run-request = permintaan pemohon
run-restore = pemulihan cadangan

known-none = Belum ada catatan jawaban.
known-expired = kedaluwarsa
known-added = Masuk ke catatan jawaban dengan nomor { $note }.
known-withdrawn = Catatan jawaban nomor { $note } ditarik.
known-proposed = Diusulkan sebagai catatan jawaban nomor { $note }; menunggu persetujuan ketua: aduan bank setuju { $note }
known-proposed-by = usulan { $officer }
known-approved = Catatan jawaban nomor { $note } disetujui dan boleh dipakai.
likeness-strong = kuat
likeness-fair = sedang
likeness-weak = lemah

whoami = { $name } (akun { $user }): { $roles }
status-daemon = aduand { $version }, menyala sejak { $time }
status-no-modem = Belum ada modem dalam pengaturan.
status-outbox = Antrean kirim: { $states }
status-nothing-waits = Antrean kirim kosong.
status-held = Register dipulihkan { $restored } oleh { $officer } dari cadangan yang berakhir { $backup }. { $texts } SMS yang belum terkirim menurut cadangan itu ditahan, karena mungkin sudah terkirim; penutupan otomatis juga menunggu. Putuskan: aduan sms release send (kirim) atau aduan sms release drop (jangan kirim).

modem-head = { $name }: { $state } sejak { $time }
modem-signal = { $bars } ({ $dbm } dBm)
modem-left = ({ $count } dibiarkan)
modem-waiting = { $bound } untuk kartu atau rute ini, { $unbound } untuk kartu mana pun, { $all } seluruhnya
modem-today = { $received } masuk, { $sent } keluar
modem-credit = { $sum } pada { $time }
modem-notice = { $matter } (menurut { $sender }, { $time })
modem-notice-seen = sudah diperiksa admin
modem-clock-behind = sekitar { $count } menit di belakang jam jaringan
modem-clock-ahead = sekitar { $count } menit di depan jam jaringan, atau jaringan lambat
modem-clock-zone = berbeda tepat { $count } jam dari jaringan: zona waktu pusat SMS keliru, atau jam komputer ini
modem-credit-low = batas peringatan { $sum }
modem-quota = { $used } dari { $limit } SMS
modem-crashes = { $count } kali sejak layanan dijalankan: kirim catatannya (journalctl -u aduand) kepada pemelihara program
modem-enabled = { $name } dipakai lagi. Lihat perkembangannya: aduan modem lihat { $name }
modem-taken-out = { $name } tidak dipakai lagi; SMS yang sedang dikirim diselesaikan dahulu. Memakainya lagi: aduan modem aktifkan { $name }
modem-restarts = { $name } dinyalakan ulang. Lihat perkembangannya: aduan modem lihat { $name }
modem-said-ok = OK
modem-waiting-in-all = { $count ->
   *[other] { $count } SMS menunggu dikirim.
}
modem-waiting-unbound = { $count ->
   *[other] { $count } di antaranya boleh lewat kartu mana pun.
}
label-error = Tidak melayani karena
label-held = Tidak mengirim karena
label-warnings = Perlu diperiksa
label-operator = Jaringan
label-signal = Sinyal
label-circuit = Pendaftaran
label-lte = Pendaftaran LTE
label-waiting = SMS antre
label-routes = Rute
label-today = SMS hari ini
label-credit = Pulsa
label-quota = Kuota hari ini
label-power = Daya dan suhu
label-clock = Jam komputer
label-notices = Pemberitahuan operator
label-stores = Penyimpanan
label-number = Nomor
label-sim = SIM (IMSI)
label-model = Jenis
label-revision = Perangkat tegar
label-imei = IMEI
label-last-error = Gangguan terakhir
label-crashes = Galat program

sms-released-none = Tidak ada SMS yang ditahan; gerbang bekerja seperti biasa.
sms-released-send = { $count } SMS yang ditahan dilepas dan akan dikirim.
sms-released-drop = { $count } SMS yang ditahan tidak jadi dikirim; tercatat di tiketnya masing-masing.
block-done = { $citizen } diblokir sampai { $until }: pesannya disimpan dan tidak dijawab.
block-lifted = { $citizen } tidak lagi diblokir.
block-none = Tidak ada nomor yang diblokir.

sms-queued = { $count } SMS masuk antrean kirim.
sms-stopped = { $count } tidak dikirim: penerimanya di bawah STOP.

## Satu tiket

label-stage = Tahap
label-unit = SKPD
label-suggestions = Saran SKPD
label-category = Kategori
label-with = Pada
label-flags = Tanda
label-citizen = Pemohon
label-channel = Saluran
label-unreachable = Nomor
label-received = Masuk
label-due = Batas tahap ini
label-answer-due = Batas jawaban
label-national-due = Batas nasional
label-answered = Dijawab
label-record = Nomor catatan
label-at = Waktu
label-officer = Pelaksana
label-recommendation = Rekomendasi
label-rules = Peraturan
label-note = Catatan
label-wording = Redaksi
label-decided = Diputuskan
label-reason = Sebab
show-complaint = Pengaduan
show-messages = Pesan masuk
show-drafts = Draf
show-replies = Pesan keluar
show-trail = Jejak
show-known = Catatan jawaban yang mirip
show-other-unit = milik { $unit }: tidak dapat dikirim untuk satuan kerja ini
show-incomplete = belum lengkap: ada bagian yang tidak sampai
show-entered = lewat { $channel }, dicatat { $user }
show-give = Yang harus disampaikan
show-notes = Catatan petugas
show-unreachable = tidak dapat dihubungi, kata jaringan pada { $time } ({ $code })
show-unreadable = (tidak terbaca)
show-withheld = (memuat data spesifik: isinya hanya untuk petugas, anggota yang menangani, dan ketua)
show-pseudonym = (nomor sudah diganti kode: lewat masa simpan)
show-destroyed = (data sudah dimusnahkan: lewat masa simpan)
show-draft = Versi { $version } ({ $kind }) oleh { $writer }, { $time }: { $state }

## Riwayat dan pemeriksaan jejak

story-head = { $number }: unit { $unit }, tahap { $stage }, pemohon { $citizen }
story-pemohon = Pemohon
story-sistem = Gerbang SMS
story-stage = Tahap menjadi: { $stage }.
story-received = Pesan dari pemohon:
story-received-incomplete = Pesan dari pemohon, belum lengkap:
story-drafted = Draf versi { $version } ({ $kind }) oleh { $who }:
story-queued = SMS untuk pemohon ({ $purpose }):
story-fate = SMS { $purpose } dari { $time }: { $fate }
story-opened = { $who } membuka tiket ini.
story-audited = { $who } membaca riwayat ini.
story-used = { $who } memakai tiket ini ({ $action }).

weekday-1 = Senin
weekday-2 = Selasa
weekday-3 = Rabu
weekday-4 = Kamis
weekday-5 = Jumat
weekday-6 = Sabtu
weekday-7 = Minggu

audit-whole = Jejak utuh: { $rows } baris diperiksa.
audit-newest = Segel terbaru (baris { $row }, { $time }): { $seal }
audit-keep = Catat segel itu di luar komputer ini, misalnya pada rekapitulasi yang dicetak. Kelak periksa dengan: aduan audit verify --seal SEGEL
audit-broken = JEJAK TIDAK UTUH mulai baris { $row } (tiket { $ticket }, { $time }): baris itu diubah, atau baris sebelumnya dihapus atau ditukar. { $whole } baris sebelumnya utuh. Jangan mengubah apa pun; bandingkan dengan cadangan: aduan audit verify --database CADANGAN
audit-strayed = JEJAK TIDAK COCOK dengan tiket { $ticket }: tiketnya { $stands }, jejaknya berakhir pada { $led }. Baris terakhir jejak dihapus, atau tiket diubah di luar gerbang. Jangan mengubah apa pun; bandingkan dengan cadangan: aduan audit verify --database CADANGAN
audit-pin-missing = Segel yang disebut tidak ada di jejak: sesudah segel itu dicatat, jejak sampai di situ diubah atau dihapus. Periksa dulu salinannya; bila benar, bandingkan dengan cadangan.
audit-pin-removed = Segel yang disebut tidak ada di jejak. Jejak sampai baris { $row } sudah dihapus karena lewat masa simpan (retensi { $time }): segel dari baris yang lebih lama tidak dapat diperiksa lagi. Bila segelnya dicatat sesudah itu, jejak diubah atau dihapus: bandingkan dengan cadangan.
audit-removed = Jejak sampai baris { $row } sudah dihapus karena lewat masa simpan (retensi { $time }); yang diperiksa mulai sesudahnya.
audit-pin-found = Segel yang disebut ada pada baris { $row }: semua sampai baris itu masih seperti ketika segelnya dicatat.
audit-no-seal = "{ $value }" bukan segel: minimal 16 dari 64 angka heksadesimalnya.

## Formulir usulan

form-title = Usulan untuk { $number }, { $unit }, { $category }
form-returned = Dikembalikan oleh { $user }: { $reason }
form-rules = Isi di bawah tiap judul. Baris yang diawali # diabaikan. Simpan lalu tutup untuk mengusulkan; kosongkan semua isian untuk membatalkan.
form-hint-recommendation = Yang diusulkan untuk dilakukan.
form-hint-rules = Peraturan yang berkaitan; tulis "tidak ada" bila tidak ada.
form-hint-note = Masalah dan penyelesaiannya, untuk arsip dan keputusan.
form-hint-wording = Yang dibaca pemohon, tanpa salam pembuka dan nama kantor; baris-baris disambung.
form-hint-follow-up = Tanggal seperti 2026-12-01 bila masih ada pekerjaan; kosongkan bila tidak.
form-blank = Formulir kosong: tidak ada yang diusulkan.
form-no-editor = Penyunting teks tidak dapat dipakai; atur EDITOR, atau isi --recommendation, --rules, --note dan --wording
form-no-terminal = Tanpa terminal, formulir tidak dapat dibuka; isi --recommendation, --rules, --note dan --wording, atau --file
form-kept = Isian Anda disimpan di { $path }. Perbaiki, lalu: aduan usul { $number } --file { $path }

## Rekapitulasi

recap-title = Rekapitulasi pengaduan masyarakat melalui SMS/WhatsApp
recap-month = Bulan { $month }
recap-period = { $from } s.d. { $until } { $month }
recap-label-title = Judul
recap-label-office = Instansi
recap-label-month = Bulan
recap-label-period = Periode
recap-label-counted = Dihitung
recap-label-seal = Segel jejak
recap-part-A = Ringkasan
recap-part-B = Per SKPD
recap-part-C = Per kategori
recap-part-D = Waktu per langkah (menit kerja)
recap-part-E = Belum selesai
recap-part-F = Saluran dan pesan
recap-part-G = Jalur tertutup
recap-part-H = Kepuasan
recap-nothing = Tidak ada.
recap-total = Jumlah
recap-undecided = belum ditentukan
recap-incoming = masuk
recap-given = disampaikan
recap-by-channel = saluran
recap-outgoing = keluar
recap-column-part = bagian
recap-column-figure = Uraian
recap-column-value = Nilai
recap-column-count = Jumlah
recap-column-no = No
recap-column-code = Kode
recap-column-unit = Nama SKPD
recap-column-opening = Sisa lalu
recap-column-received = Masuk
recap-column-reopened = Buka lagi
recap-column-answered = Dijawab
recap-column-finished = Selesai
recap-column-closed = Ditutup
recap-column-closing = Sisa
recap-column-on-time = Tepat waktu
recap-column-share = %
recap-column-mean = Rerata menit
recap-column-category = Kategori
recap-column-step = Langkah
recap-column-standard = Standar
recap-column-measured = Diukur
recap-column-within = Dalam standar
recap-column-longest = Terlama
recap-column-number = Nomor
recap-column-received-on = Tanggal terima
recap-column-stage = Status
recap-column-age = Umur (hari kerja)
recap-column-remark = Keterangan
recap-column-direction = Arah
recap-column-outcome = Hasil
recap-column-reason = Sebab
recap-column-messages = Pesan
recap-column-parts = Bagian (SMS)
recap-summary-opening = Sisa bulan lalu
recap-summary-received = Masuk
recap-summary-reopened = Dibuka kembali
recap-summary-finished = Selesai
recap-summary-closed = Ditutup tanpa penanganan
recap-summary-closed-as = Ditutup sebagai { $reason }
recap-summary-closing = Sisa akhir bulan
recap-summary-share-finished = Persen selesai (dari sisa lalu, masuk dan dibuka kembali)
recap-summary-answered = Dijawab pertama kali
recap-summary-on-time = Dijawab tepat waktu
recap-summary-share-on-time = Persen tepat waktu
recap-summary-overdue = Belum dijawab dan terlambat pada akhir bulan
recap-summary-median = Median waktu jawab (menit kerja)
recap-summary-mean = Rata-rata waktu jawab (menit kerja)
recap-sealed-received = Diterima
recap-sealed-handed-over = Diteruskan kepada pejabat berwenang
recap-sealed-returned = Dikembalikan sebagai pengaduan biasa
recap-satisfaction-satisfied = PUAS
recap-satisfaction-unsatisfied = BELUM
recap-satisfaction-silent = Tanpa balasan

month-1 = Januari
month-2 = Februari
month-3 = Maret
month-4 = April
month-5 = Mei
month-6 = Juni
month-7 = Juli
month-8 = Agustus
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Desember

## Kata-kata kantor

stage-BARU = baru
stage-MENUNGGU_PEMOHON = menunggu pemohon
stage-TELAAH = telaah
stage-PERSETUJUAN = menunggu persetujuan
stage-SIAP_KIRIM = siap kirim
stage-DIJAWAB = dijawab
stage-TINDAK_LANJUT = tindak lanjut
stage-SELESAI = selesai
stage-TERTUTUP_ETIK = jalur tertutup
stage-DITUTUP = ditutup

category-INFORMASI = permintaan informasi
category-PENGADUAN = pengaduan tidak berkadar pengawasan
category-PENGAWASAN = pengaduan berkadar pengawasan
category-SARAN = saran/aspirasi
category-APRESIASI = apresiasi

reason-SPAM = iklan atau penipuan
reason-KASAR = makian tanpa pokok masalah
reason-BUKAN_PENGADUAN = bukan pengaduan
reason-BUKAN_WENANG = bukan kewenangan
reason-DUPLIKAT = duplikat
reason-TIDAK_LENGKAP = tidak dilengkapi
reason-DICABUT = dicabut pemohon
reason-DITERUSKAN_ETIK = diteruskan kepada pejabat berwenang

flag-abuse = kasar
flag-bad-number = nomor salah
flag-courtesy = salam
flag-emergency = DARURAT
flag-empty = kosong
flag-ethics = etik
flag-guessed = SKPD ditebak
flag-nik = memuat NIK
flag-otp = memuat OTP
flag-secret = minta dirahasiakan
flag-spam = spam
flag-unclear = tidak jelas
flag-incomplete = bagian hilang
flag-by-sms = dibalas lewat SMS
flag-flood = pesan bertubi-tubi dari nomor ini
flag-specific = memuat data spesifik
flag-unreachable = nomor tidak dapat dihubungi
flag-unconfirmed = belum terkonfirmasi
mark-risen = naik karena terlambat
mark-decision-waits = menunggu keputusan
mark-national-near = batas nasional dekat
mark-national-over = LEWAT BATAS NASIONAL

role-petugas = Petugas SMS
role-anggota = anggota
role-ketua = ketua
role-pengarah = pengarah
role-admin = admin teknis

certainty-certain = terbaca pasti
certainty-lenient = terbaca dari penulisan yang longgar
certainty-guessed = ditebak
certainty-none = belum ditentukan

draft-JAWABAN = jawaban
draft-TINDAK_LANJUT = hasil tindak lanjut

decision-proposed = menunggu keputusan
decision-approved = disetujui
decision-returned = dikembalikan

purpose-acknowledgement = tanda terima
purpose-command-reply = balasan perintah
purpose-notice = pemberitahuan
purpose-answer = jawaban
purpose-admin = dari admin
purpose-staff = pengingat pegawai

fate-queued = menunggu
fate-claimed = sedang dikirim
fate-sent = terkirim, menunggu laporan
fate-unconfirmed = terkirim, belum terkonfirmasi
fate-delivered = sampai
fate-failed = gagal
fate-expired = kedaluwarsa
fate-unknown = tidak pasti
fate-dropped = tidak jadi dikirim

outcome-ticket = tiket baru
outcome-addition = tambahan
outcome-command = perintah
outcome-silence = tanpa balasan
outcome-unread = belum dibaca

intake-TIKET_BARU = tiket dibuka
intake-NOMOR_DISEBUT = nomor tiket disebut
intake-BERULANG = pesan yang sama
intake-DIBLOKIR = nomor diblokir
intake-KELENGKAPAN = melengkapi
intake-SUSULAN = susulan
intake-KODE_DIBETULKAN = kode dibetulkan
intake-KODE_TANPA_ISI = kode tanpa isi
intake-TIDAK_JELAS = tidak jelas
intake-STATUS = STATUS
intake-BANTUAN = BANTUAN
intake-KODE = KODE
intake-STOP = STOP
intake-MULAI = MULAI
intake-PUAS = PUAS
intake-BELUM = BELUM
intake-BATAL = BATAL
intake-SALAM_PENUTUP = salam penutup
intake-OPERATOR = pemberitahuan operator
intake-NOMOR_GANJIL = nomor pengirim tidak dapat dibalas
intake-NOMOR_SENDIRI = dari kartu gerbang sendiri
intake-TIDAK_TERBACA = tidak terbaca
intake-BUKAN_TEKS = bukan teks
intake-DATA_PERANGKAT = data untuk perangkat
intake-DATA_BINER = data biner
intake-PORT = data aplikasi
intake-PESAN_TUNGGU = tanda pesan suara
intake-TANPA_BALASAN_BERULANG = balasan berulang ditahan
intake-TANPA_BALASAN_BANJIR = terlalu banyak pesan sekaligus
intake-BALASAN_GAGAL_DISUSUN = balasan gagal disusun

action-MASUK = pengaduan masuk
action-JAWAB_DARI_CATATAN = dijawab dari catatan jawaban
action-DISPOSISI = diteruskan
action-TANYA = pemohon ditanya
action-LANJUT = dilanjutkan
action-TIDAK_DILENGKAPI = tidak dilengkapi
action-JALUR_TERTUTUP = dipindahkan ke jalur tertutup
action-DITERUSKAN = diteruskan kepada pejabat berwenang
action-BUKAN_ETIK = bukan perkara etik
action-TUTUP = ditutup
action-BUKAN_UNIT_KAMI = dikembalikan: bukan urusan satuan kerja ini
action-USUL = diusulkan
action-SETUJU = disetujui
action-DIKEMBALIKAN = dikembalikan
action-NAIKKAN = dinaikkan kepada pengarah
action-KIRIM = dikirim
action-GAGAL_KIRIM = gagal sampai
action-TINDAK_LANJUT = masuk tindak lanjut
action-HASIL = hasil tindak lanjut diusulkan
action-SELESAI = selesai
action-BELUM = pemohon belum puas
action-BATAL = dicabut pemohon
action-BUKA = dibuka kembali
action-NOMOR_DISEBUT = tambahan dari pemohon
action-BERULANG = pesan yang sama datang lagi
action-KELENGKAPAN = pemohon melengkapi
action-SUSULAN = pesan susulan
action-KODE_DIBETULKAN = pemohon membetulkan kode
action-PUAS = pemohon puas
action-TIDAK_DIKIRIM_STOP = tidak dikirim: nomor di bawah STOP
action-TIDAK_DIKIRIM_NOMOR = tidak dikirim: nomor tidak dapat dihubungi
action-TIDAK_SAMPAI = SMS tidak sampai
action-BUKA_BLOKIR = blokir nomor diakhiri
action-BLOKIR = nomor diblokir
action-CATATAN = catatan
action-RALAT = diralat
action-TIDAK_DIKIRIM_SALURAN = tidak dikirim: tiket ini tidak dijawab lewat SMS
action-SAMPAIKAN_SALINAN = salinan jawaban disampaikan petugas
action-TANYA_TIDAK_SAMPAI = pertanyaan tidak sampai: tanyakan dengan cara lain
action-KIRIM_ULANG = dikirim ulang: nasib SMS pertama tidak pasti
action-KIRIM_LAGI = dikirim sekali lagi: jaringan berhenti mencoba untuk sementara
action-TIDAK_PASTI = nasib SMS tidak pasti
action-PEMULIHAN = register dipulihkan dari cadangan; yang terjadi sesudah cadangan itu tidak ada di sini
action-LEPAS_KIRIM = SMS yang ditahan sesudah pemulihan dikirim
action-LEPAS_BUANG = SMS yang ditahan sesudah pemulihan tidak dikirim
action-TENGGAT_BERUBAH = tenggat dihitung ulang: kalender kantor berubah
action-NOMOR_DIUNGKAP = nomor pemohon diungkap
action-DITANDAI = ditandai
action-TANDA_DICABUT = tanda dicabut
action-PEMBETULAN = dibetulkan atas permintaan pemohon
action-LEWAT_WAKTU = lewat waktu standar
action-INGATKAN_KEPUTUSAN = diingatkan: menunggu keputusan
action-INGATKAN_PEMOHON = pemohon diingatkan
action-NASIONAL_DEKAT = batas nasional sudah dekat
action-NASIONAL_LEWAT = batas nasional terlewati
action-MASUK_CATATAN_JAWABAN = masuk ke catatan jawaban
action-USUL_CATATAN_JAWABAN = diusulkan ke catatan jawaban

way-SMS = SMS
way-WA = WhatsApp
way-TELEPON = telepon
way-LOKET = loket
way-SURAT = surat

told-MASUK = mengirim pengaduan ini
told-JAWAB_DARI_CATATAN = menjawab dengan catatan jawaban
told-DISPOSISI = meneruskan ke { $anggota }, unit { $unit }, kategori { $kategori }
told-TANYA = meminta kelengkapan dari pemohon: { $kurang }
told-LANJUT = melanjutkan tiket ini
told-TIDAK_DILENGKAPI = menutup tiket karena tidak dilengkapi pemohon
told-JALUR_TERTUTUP = memindahkan ke jalur tertutup: { $indikasi }
told-DITERUSKAN = menyerahkan kepada { $kepada } dengan surat { $surat } tanggal { $tanggal }
told-BUKAN_ETIK = mengembalikan dari jalur tertutup ke { $anggota }, unit { $unit }: { $sebab }
told-TUTUP = menutup tiket ini: { $sebab }
told-BUKAN_UNIT_KAMI = mengembalikan sebagai urusan satuan kerja lain: { $sebab }
told-USUL = mengajukan draf jawaban
told-SETUJU = menyetujui draf
told-DIKEMBALIKAN = mengembalikan draf
told-NAIKKAN = menaikkan kepada pengarah: { $sebab }
told-KIRIM = mengirim jawaban
told-GAGAL_KIRIM = mencatat bahwa jawaban tidak sampai
told-TINDAK_LANJUT = memulai tindak lanjut
told-HASIL = mengajukan draf hasil tindak lanjut
told-SELESAI = menyelesaikan tiket ini
told-BELUM = menyatakan belum puas
told-BATAL = mencabut pengaduan ini
told-BUKA = membuka kembali tiket ini: { $sebab }
told-NOMOR_DISEBUT = menambah keterangan dengan menyebut nomor tiket
told-BERULANG = mengirim pesan yang sama lagi
told-KELENGKAPAN = melengkapi keterangan
told-SUSULAN = mengirim pesan susulan
told-KODE_DIBETULKAN = membetulkan kode satuan kerja
told-PUAS = menyatakan puas
told-TIDAK_DIKIRIM_STOP = tidak mengirim SMS: nomor pemohon di bawah STOP
told-TIDAK_DIKIRIM_NOMOR = tidak mengirim SMS: nomor pemohon tidak dapat dihubungi
told-TIDAK_SAMPAI = mencatat bahwa SMS tidak sampai
told-TANYA_TIDAK_SAMPAI = mencatat bahwa pertanyaan tidak sampai: tanyakan dengan cara lain
told-KIRIM_ULANG = mengirim SMS sekali lagi karena nasib yang pertama tidak pasti
told-KIRIM_LAGI = mengirim SMS sekali lagi karena jaringan berhenti mencoba untuk sementara
told-TIDAK_PASTI = mencatat bahwa nasib SMS tidak pasti
told-PEMULIHAN = memulihkan register dari cadangan; yang terjadi sesudah cadangan itu tidak ada di sini
told-LEPAS_KIRIM = mengirim SMS yang ditahan sesudah pemulihan
told-LEPAS_BUANG = tidak jadi mengirim SMS yang ditahan sesudah pemulihan
told-TENGGAT_BERUBAH = menghitung ulang tenggat karena kalender kantor berubah
told-NOMOR_DIUNGKAP = mengungkap nomor pemohon: { $sebab }
told-DITANDAI = menandai tiket ini: { $tanda }
told-TANDA_DICABUT = mencabut tanda: { $tanda }
told-PEMBETULAN = membetulkan atas permintaan pemohon: { $keterangan }
told-MASUK_CATATAN_JAWABAN = memasukkan jawaban ini ke catatan jawaban
told-LEWAT_WAKTU = mencatat bahwa waktu standar langkah ini terlewati
told-INGATKAN_KEPUTUSAN = mengingatkan bahwa keputusan ditunggu
told-INGATKAN_PEMOHON = mengingatkan pemohon untuk melengkapi
told-NASIONAL_DEKAT = mengingatkan bahwa batas nasional sudah dekat
told-NASIONAL_LEWAT = mencatat bahwa batas nasional terlewati
told-USUL_CATATAN_JAWABAN = mengusulkan jawaban ini untuk catatan jawaban
told-BLOKIR = memblokir nomor pemohon sampai { $sampai }: { $sebab }
told-BUKA_BLOKIR = mengakhiri blokir nomor pemohon
told-CATATAN = mencatat: { $isi }
told-RALAT = meminta ralat jawaban: { $sebab }
told-SAMPAIKAN_SALINAN = meminta petugas menyampaikan salinan jawaban
told-TIDAK_DIKIRIM_SALURAN = tidak mengirim SMS: tiket ini tidak dijawab lewat SMS
told-BANJIR_PESAN = mencatat pesan yang terlalu banyak dari nomor ini; tanda terima tidak dikirim lagi

access-show = membuka tiket
access-recap = menghitung rekapitulasi
access-reveal = mengungkap nomor
access-access = melihat log akses
access-restore = memulihkan cadangan
access-modem = memerintah modem
access-retention = melaksanakan retensi
access-request = mencatat atau menjawab permintaan data
access-export = menyalin data pemohon
access-affected = mendaftar nomor terdampak
access-sms = mengirim SMS langsung
access-audit = membaca riwayat
access-search = mencari
access-block = memblokir nomor
access-unblock = membuka blokir nomor

modem-absent = tidak terpasang
modem-opening = membuka port
modem-syncing = menunggu jawaban modem
modem-identifying = mengenali modem
modem-unlocking = membuka kartu SIM
modem-configuring = menyiapkan modem
modem-registering = mencari jaringan
modem-sending = mengirim
modem-receiving = menerima
modem-held = ditahan: kartu tidak dapat mengirim
modem-ready = siap
modem-recovering = dipulihkan
modem-blocked = berhenti: perlu tindakan petugas
modem-disabled = dinonaktifkan oleh admin

registration-home = jaringan sendiri
registration-roaming = jelajah
registration-searching = mencari
registration-denied = ditolak jaringan
registration-off = mati
registration-unknown = tidak diketahui

warning-not-answering = tidak menjawab meskipun segala cara sudah dicoba: periksa modemnya
warning-no-card = tidak ada kartu SIM
warning-locked = kartu SIM terkunci: periksa PIN-nya
warning-denied = jaringan menolak kartu SIM: masih aktif dan sudah diregistrasi?
warning-no-network = sudah lama tidak mendapat jaringan: periksa antena, letak modem, dan kartu SIM
warning-no-centre = kartu SIM tanpa nomor pusat SMS: tidak ada yang dapat dikirim; atur: aduan modem at NAMA 'AT+CSCA="+62…"'
warning-credit-suspected = kiriman ditolak seperti saat pulsa habis: periksa pulsa kartunya
warning-unread = isi penyimpanan modem tidak dapat dibaca semuanya: mungkin ada SMS yang belum terbaca di dalamnya
warning-not-stored = modem memberi tahu SMS yang tidak disimpannya, jadi sekarang diminta menyerahkannya langsung: tulis receive = "direct"
warning-class-0 = ada SMS kilat (kelas 0) yang hanya ditampilkan modem dan tidak disimpan: tulis receive = "direct" agar diserahkan ke gerbang
warning-unacknowledged = modem menyerahkan SMS tanpa menunggu tanda terima: SMS hilang bila gerbang berhenti tepat saat itu; pakai modem lain untuk SMS masuk
warning-stored-instead = modem tidak dapat menyerahkan SMS dengan aman (receive = "direct"), jadi SMS disimpan dulu di modem: tidak ada yang hilang; tulis receive = "stored" agar peringatan ini berhenti
warning-no-notices = SMS masuk tidak diberitahukan oleh modem, baru ditemukan tiap menit: coba port lain dari modem ini (aduan modem kenali)
warning-power = daya atau suhu tidak semestinya
warning-quota = kuota SMS kartu ini untuk hari ini sudah habis: mengirim lagi besok
warning-clock = jam komputer berbeda dari jaringan: batas waktu SOP ikut keliru
warning-no-room = pesan yang dibiarkan di kartu memenuhi penyimpanan: SMS baru hampir tidak dapat masuk; hapus lewat telepon
warning-store-full = penyimpanan hampir penuh
warning-weak-signal = sinyal lemah: pindahkan antena
warning-card-expires = masa aktif kartu akan berakhir: baca pemberitahuan operatornya
warning-low-credit = pulsa menipis: segera isi ulang
warning-credit-unknown = pulsa tidak diketahui: periksa kode USSD-nya

notice-expires = masa aktif berakhir
notice-blocked = kartu akan diblokir
notice-register = kartu harus diregistrasi ulang
notice-valid = masa aktif sampai
notice-no-credit = pulsa tidak cukup

power-under-voltage = tegangan terlalu rendah: periksa catu daya dan kabel
power-over-voltage = tegangan terlalu tinggi: periksa catu daya
power-cold = terlalu dingin
power-hot = terlalu panas: beri aliran udara
power-off = modem mematikan diri
power-other = tidak semestinya

## Yang membuat modem tidak melayani, dan yang harus dilakukan

ailment-not-there = { $path } tidak ada: modem tidak terpasang, atau path-nya keliru
ailment-port-held = port { $path } sedang dipakai program { $program } (proses { $process })
ailment-port-held-here = port { $path } sudah dibuka oleh gerbang ini sendiri dengan nama lain
ailment-port-suspected = port { $path } sedang dipakai, mungkin oleh { $programs }
ailment-port-taken = port { $path } sedang dipakai program lain
ailment-port-forbidden = port { $path } tidak boleh dibuka
ailment-port-unfit = port { $path } tidak dapat dibuka sebagai port serial ({ $said })
ailment-port-gone = sambungan ke modem terputus
ailment-port-stuck = port macet: tidak menerima apa pun yang ditulis
ailment-port-broken = sambungan ke modem terputus ({ $said })
ailment-noise = dari port hanya datang derau tanpa arti
ailment-no-answer = modem tidak menjawab perintah { $command }
ailment-refused-cms = perintah { $command } ditolak: +CMS ERROR: { $number }{ $meaning }
ailment-refused-cme = perintah { $command } ditolak: +CME ERROR: { $number }{ $meaning }
ailment-refused = perintah { $command } ditolak: { $answer }
ailment-restarted-meanwhile = modem menyala ulang di tengah perintah { $command }
ailment-line-reset = sambungan diputus di tengah perintah { $command }
ailment-unusable-answer = jawaban modem atas perintah { $command } tidak dapat dipakai
ailment-wrong-interface = port ini bukan untuk perintah: tampaknya { $looks }
ailment-other-interface = tidak ada modem yang menjawab di port ini
ailment-no-card = tidak ada kartu SIM
ailment-pin-settles = PIN dimasukkan kurang dari satu menit lalu, dan hasilnya belum diketahui
ailment-pin-missing = kartu SIM meminta PIN, dan di pengaturan tidak ada
ailment-puk-asked = kartu SIM terkunci dan meminta PUK
ailment-lock-asked = kartu SIM atau modem meminta kode { $lock }
ailment-pin-file-unreadable = berkas PIN { $path } tidak dapat dibaca ({ $said })
ailment-pin-file-wrong = berkas PIN { $path } tidak berisi PIN
ailment-pin-few-tries = PIN kartu SIM pernah salah dimasukkan: gerbang tidak ikut mencoba
ailment-pin-tried = PIN di pengaturan pernah ditolak oleh kartu SIM
ailment-pin-untold = modem tidak memberi tahu sisa kesempatan PIN: gerbang tidak mencobanya
ailment-pin-uncounted = PIN pernah ditolak, dan modem tidak memberi tahu sisa kesempatannya: gerbang tidak mencoba lagi
ailment-pin-refused = PIN di pengaturan ditolak oleh kartu SIM
ailment-twin = modem ini sudah dilayani dengan nama { $modem }
ailment-disk-full = disk penuh
ailment-database = basis data terganggu ({ $said })
ailment-unread = modem menjawab, tetapi menolak menampilkan SMS yang disimpannya
ailment-restarted = modem menyala ulang sendiri
ailment-mended = modem dinyalakan ulang oleh gerbang
ailment-changed = modem disiapkan dari awal oleh gerbang
ailment-no-network = sudah lama tidak mendapat jaringan
ailment-set-by-hand = admin mengubah setelan modem dengan tangan
ailment-reset = modem dinyalakan ulang oleh admin
ailment-disabled = dinonaktifkan oleh admin
ailment-crashed = ada galat program di gerbang saat melayani modem ini
ailment-goes-down = modem mati setiap kali mengirim SMS
ailment-nobody-says = nasib SMS yang dikirim modem ini tidak diketahui
ailment-ussd-silent = jaringan tidak menjawab dalam { $seconds } detik
ailment-ussd-wordless = jaringan mengakhirinya tanpa menjawab
ailment-ussd-elsewhere = yang menjawab perangkat lain
ailment-ussd-unknown = jaringan tidak mengenal kode ini (+CUSD: 4)
ailment-ussd-late = jaringan terlalu lama menjawab (+CUSD: 5)
ailment-ussd-odd = jawaban jaringan tidak dimengerti

remedy-not-there = Pasang modemnya, atau betulkan path-nya (untuk layanan: di aduan.toml): ls -l /dev/serial/by-id menunjukkan yang terpasang.
remedy-port-held = { $kind }
remedy-port-held-here = Dua blok [[modem]] di aduan.toml menunjuk port yang sama: hapus salah satunya.
remedy-port-suspected = { $kinds } Yang benar-benar memakainya disebut oleh: sudo aduan modem kenali { $path }
remedy-port-taken = Mungkin ModemManager, gerbang SMS lain, atau program terminal. Yang memakainya disebut oleh: sudo aduan modem kenali { $path }
remedy-port-forbidden = Masukkan pengguna yang menjalankannya ke grup dialout (untuk layanan: pengguna aduand), lalu jalankan lagi.
remedy-port-unfit = Cabut modemnya dan pasang lagi; bila tetap begini, periksa path-nya (untuk layanan: di aduan.toml).
remedy-port-gone = Modem tercabut, atau menyala ulang sendiri. Gerbang menunggunya kembali; bila sering terjadi, periksa kabel, hub USB, dan catu daya.
remedy-port-stuck = Gerbang membukanya lagi; bila tetap begini, cabut modemnya dan pasang lagi.
remedy-port-broken = Gerbang membukanya lagi; bila sering terjadi, periksa kabel, hub USB, dan catu daya.
remedy-noise = Mungkin port ini bukan untuk perintah, atau kecepatannya (baud) keliru: coba port lain dari modem ini dengan aduan modem kenali PORT.
remedy-no-answer = Gerbang mencoba lagi; bila tetap begini, cabut modemnya dan pasang lagi, atau coba port lain dari modem ini dengan aduan modem kenali PORT.
remedy-refused-cms = { $class }
remedy-refused-cme = { $class }
remedy-refused = { $class }
remedy-restarted-meanwhile = Gerbang menyiapkannya lagi; bila sering terjadi, periksa catu daya, kabel, dan hub USB.
remedy-line-reset = Gerbang menyambung lagi; tidak perlu berbuat apa-apa.
remedy-unusable-answer = Gerbang mencoba lagi; bila tetap begini, coba port lain dari modem ini dengan aduan modem kenali PORT.
remedy-wrong-interface = Pakai port lain dari modem ini: { $siblings }. Kenali satu per satu dengan aduan modem kenali PORT.
remedy-other-interface = Mungkin yang benar port lain dari modem ini: { $siblings }. Kenali satu per satu dengan aduan modem kenali PORT.
remedy-no-card = Pasang kartunya, atau bersihkan dan pasang lagi; gerbang mencoba lagi dengan sendirinya.
remedy-pin-settles = Tidak perlu apa-apa: kartu ditanya lagi satu menit kemudian, supaya PIN tidak dicoba dua kali.
remedy-pin-missing = Simpan PIN di berkas yang hanya dibaca root dan sebut berkas itu di pin_file, atau matikan PIN kartu di telepon.
remedy-puk-asked = Buka di telepon dengan PUK dari operator, lalu tulis PIN yang baru di berkas pin_file.
remedy-lock-asked = Buka di telepon, atau tanyakan kepada operator; modem yang terkunci pada satu operator hanya menerima kartu operator itu.
remedy-pin-file-unreadable = Periksa pin_file di aduan.toml, dan apakah pengguna aduand boleh membaca berkas itu.
remedy-pin-file-wrong = Isinya harus empat sampai delapan angka, dan tidak ada yang lain.
remedy-pin-few-tries = Masukkan PIN yang benar sekali di telepon, lalu kembalikan kartunya.
remedy-pin-tried = Tulis PIN yang benar di berkas pin_file.
remedy-pin-untold = Matikan PIN kartu di telepon; atau baca dahulu keterangan pin_uncounted di aduan.toml.
remedy-pin-uncounted = Matikan PIN kartu di telepon.
remedy-pin-refused = Gerbang tidak mencobanya lagi. Masukkan PIN yang benar sekali di telepon dan tulis di berkas pin_file, atau matikan PIN di sana.
remedy-twin = Dua blok [[modem]] di aduan.toml menunjuk modem yang sama (IMEI sama, dan kartunya sama atau belum terbaca): hapus salah satunya.
remedy-disk-full = Kosongkan ruang disk. SMS yang belum tersimpan tetap menunggu di modem dan di jaringan.
remedy-database = Hubungi admin (journalctl -u aduand). SMS yang belum tersimpan tetap menunggu di modem dan di jaringan.
remedy-unread = Gerbang menyalakan ulang modemnya; bila tetap begini, keluarkan kartu SIM, periksa di telepon, dan coba modem lain. Sementara itu SMS tetap tersimpan di dalamnya.
remedy-restarted = Gerbang menyiapkannya lagi; bila sering terjadi, periksa catu daya, kabel, dan hub USB.
remedy-no-network = Periksa antena, letak modem, dan kartu SIM.
remedy-set-by-hand = Gerbang menyiapkannya lagi; tidak perlu berbuat apa-apa.
remedy-reset = Gerbang menyiapkannya lagi; tidak perlu berbuat apa-apa.
remedy-disabled = Untuk memakainya lagi: aduan modem aktifkan NAMA
remedy-crashed = Layanannya dimulai lagi dengan sendirinya. Kirim catatannya (journalctl -u aduand) kepada pemelihara program.
remedy-goes-down = Periksa catu daya, kabel, dan hub USB. Untuk sementara modem ini tidak mengirim.
remedy-nobody-says = Periksa sinyal dan modemnya. Untuk sementara modem ini tidak mengirim.
remedy-ussd-silent = Coba lagi nanti; lewat LTE saja, kode seperti ini sering tidak dilayani.
remedy-ussd-wordless = Tanyakan kodenya kepada operator, lalu coba lagi.
remedy-ussd-elsewhere = Coba lagi.
remedy-ussd-unknown = Tanyakan kode yang berlaku kepada operator.
remedy-ussd-late = Coba lagi nanti.
remedy-ussd-odd = Coba lagi; bila tetap begini, pakai kartunya di telepon untuk kode itu.

ailment-siblings-unknown = semua yang lain

holder-modem-manager = ModemManager mengambil setiap modem: pasang aturan udev 70-aduan-modems.rules (ID_MM_DEVICE_IGNORE), lalu cabut modemnya dan pasang lagi.
holder-braille = Program itu (brltty) mengira adaptor USB ini layar braille: hapus paketnya, atau aturan udev-nya untuk adaptor ini.
holder-aduand = Gerbang sedang melayani modem ini: lihat aduan modem daftar, atau hentikan dahulu dengan systemctl stop aduand.
holder-gateway = Itu gerbang SMS lain: hentikan dan nonaktifkan (systemctl disable --now).
holder-exchange = Keluarkan modem ini dari pengaturan program itu.
holder-data = Itu sambungan data: hentikan, atau beri port lain dari modem ini.
holder-console = Itu konsol untuk masuk lewat port ini: matikan dengan systemctl disable --now serial-getty@NAMAPORT.
holder-terminal = Itu program terminal: tutup saja.
holder-other = Hentikan program itu, atau beri port lain.

looks-positions = port GPS/NMEA
looks-diagnosis = port diagnosis/QCDM

refusal-transient = Biasanya berlalu sendiri; gerbang mencoba lagi. Bila tetap begini, periksa sinyal, pulsa, dan modemnya.
refusal-permanent = Yang diminta itu akan selalu ditolak: mengulanginya tidak ada gunanya.
refusal-operator = Periksa kartu SIM: terpasang, tidak terkunci, masih aktif, sudah diregistrasi, berpulsa, dan nomor pusat SMS-nya benar.
refusal-modem = Modemnya terganggu: gerbang menyalakannya ulang. Bila tetap begini, cabut modemnya dan pasang lagi.
refusal-ignore = Modem atau jaringan ini tidak melayani permintaan itu.

cms-1 = nomor tidak ada
cms-8 = dilarang oleh operator
cms-10 = diblokir
cms-17 = gangguan jaringan
cms-21 = ditolak
cms-22 = penyimpanan penuh atau jaringan padat
cms-27 = tujuan tidak dapat dihubungi
cms-28 = nomor tidak dikenal
cms-29 = layanan ditolak
cms-30 = pelanggan tidak dikenal
cms-38 = jaringan terganggu
cms-41 = gangguan sementara
cms-42 = jaringan padat
cms-44 = kanal tidak tersedia
cms-47 = sumber daya tidak tersedia
cms-50 = layanan tidak dilanggan
cms-69 = layanan tidak ada
cms-96 = isi wajib keliru
cms-111 = galat protokol
cms-192 = pusat SMS sibuk
cms-193 = tidak berlangganan di pusat SMS
cms-194 = pusat SMS terganggu
cms-195 = alamat tujuan keliru
cms-196 = nomor tujuan diblokir
cms-208 = penyimpanan kartu penuh
cms-209 = kartu tanpa penyimpanan SMS
cms-211 = penyimpanan penuh
cms-257 = diblokir
cms-262 = kartu SIM diblokir
cms-300 = modem terganggu
cms-301 = layanan SMS modem sedang dipakai
cms-302 = tidak diperbolehkan
cms-303 = tidak didukung
cms-304 = TPDU keliru
cms-305 = isi teks keliru
cms-310 = tidak ada kartu SIM
cms-311 = kartu meminta PIN
cms-312 = kunci telepon pada kartu
cms-313 = kartu SIM rusak
cms-314 = kartu SIM sibuk
cms-315 = kartu SIM salah
cms-316 = kartu meminta PUK
cms-317 = kartu meminta PIN2
cms-318 = kartu meminta PUK2
cms-320 = penyimpanan terganggu
cms-321 = tempat kosong atau tidak ada
cms-322 = penyimpanan penuh
cms-330 = nomor pusat SMS tidak diketahui
cms-331 = tidak ada jaringan
cms-332 = jaringan tidak menjawab
cms-340 = tanda terima tidak diharapkan
cms-500 = sebab tidak diketahui
cms-528 = hanya panggilan darurat
cms-529 = hanya panggilan darurat
cms-531 = kartu hanya boleh menghubungi nomor tertentu

cme-0 = modem terganggu
cme-3 = tidak diperbolehkan
cme-4 = tidak didukung
cme-5 = kunci telepon pada kartu
cme-6 = kunci telepon pada kartu
cme-7 = kunci telepon pada kartu
cme-10 = tidak ada kartu SIM
cme-11 = kartu meminta PIN
cme-12 = kartu meminta PUK
cme-13 = kartu SIM rusak
cme-14 = kartu SIM sibuk
cme-15 = kartu SIM salah
cme-16 = sandi salah
cme-17 = kartu meminta PIN2
cme-18 = kartu meminta PUK2
cme-20 = penyimpanan penuh
cme-21 = tempat kosong atau tidak ada
cme-22 = tidak ditemukan
cme-23 = penyimpanan terganggu
cme-26 = nomor terlalu panjang
cme-27 = nomor berisi tanda yang keliru
cme-30 = tidak ada jaringan
cme-31 = jaringan tidak menjawab
cme-32 = hanya panggilan darurat
cme-40 = modem terkunci pada operator lain
cme-41 = modem terkunci pada operator lain
cme-42 = modem terkunci pada operator lain
cme-43 = modem terkunci pada operator lain
cme-44 = modem terkunci pada operator lain
cme-45 = modem terkunci pada operator lain
cme-46 = modem terkunci pada suatu perusahaan
cme-47 = modem terkunci pada suatu perusahaan
cme-48 = modem meminta kunci tersembunyi
cme-50 = isian keliru
cme-54 = hanya panggilan darurat
cme-55 = fungsi modem sedang dibatasi
cme-56 = kartu hanya boleh menghubungi nomor tertentu
cme-58 = tidak didukung
cme-62 = diblokir
cme-100 = sebab tidak diketahui
cme-103 = kartu ditolak jaringan
cme-106 = IMEI modem diblokir
cme-111 = jaringan tidak diperbolehkan
cme-112 = wilayah tidak diperbolehkan
cme-113 = jelajah tidak diperbolehkan di sini
cme-132 = layanan tidak didukung
cme-133 = layanan tidak dilanggan
cme-134 = layanan sementara terganggu
cme-256 = sementara tidak diperbolehkan
cme-257 = diblokir
cme-258 = telepon sibuk
cme-262 = kartu SIM diblokir

cause-no-socket = soketnya tidak ada
cause-nobody-listens = tidak ada yang melayani di sana
cause-in-vain = ditunggu terlalu lama

row-2 = baris 2: penerimaan dan pemilahan
row-3-4 = baris 3 dan 4: telaah dan catatan solusi
row-5 = baris 5: keputusan dan pengiriman
row-7 = baris 7: sampai kepada pemohon
row-total = seluruhnya: dari masuk sampai jawaban

detail-unit = SKPD
detail-kategori = kategori
detail-anggota = anggota
detail-sebab = sebab
detail-tahap = tahap
detail-peran = diketahui
detail-utama = tiket utama
detail-pihak = pihak
detail-kata = alasan
detail-kurang = yang kurang
detail-keterangan = keterangan
detail-indikasi = indikasi
detail-menyangkut = menyangkut
detail-kepada = diserahkan kepada
detail-surat = surat
detail-tanggal = tanggal
detail-langkah = tenggat langkah
detail-jawaban = tenggat jawaban
detail-nasional = tenggat nasional
detail-tanda = tanda
detail-dari = dari
detail-ke = menjadi
detail-sampai = sampai
detail-isi = isi
detail-dicatat = dicatat oleh
detail-lewat = lewat
detail-saluran = saluran

config-good = Pengaturan dapat dipakai: { $office }, { $units } satuan kerja, { $officers } petugas, { $modems } modem.

backup-done = Cadangan tersimpan: { $file }
    Isinya { $tickets } tiket dan { $messages } pesan masuk; kejadian terakhir { $last }.
backup-size = Ukuran { $megabytes } MB, selesai dalam { $seconds } detik.
backup-empty = belum ada

restore-done = Register dipulihkan dari { $file }
    Isinya { $tickets } tiket dan { $messages } pesan masuk; kejadian terakhir { $last }. Yang terjadi sesudah itu tidak ada di dalamnya.
restore-kept = Register sebelumnya tidak dihapus: { $file }
restore-unread = Register sebelumnya tidak terbaca: PIN yang pernah ditolak, STOP dari warga, dan nomor tiket sesudah cadangan itu tidak diketahui. Nomor tiket dapat terpakai dua kali.
restore-next = { $texts } SMS yang belum terkirim menurut cadangan ditahan, karena mungkin sudah terkirim. Nyalakan aduand (systemctl start aduand), lihat aduan status, lalu putuskan sebagai admin: aduan sms release send (kirim) atau aduan sms release drop (jangan kirim).

replay-write = Gerbang menulis: { $octets }
replay-read = Modem mengirim: { $octets }
replay-wait = { $seconds } detik berlalu
replay-reopen = Porta hilang, lalu dibuka lagi bila sudah kembali
replay-would-write = di sini mesin menulis: { $octets }
replay-answered = { $command }: { $answer }
replay-list = { $command }: daftar berisi { $count } SMS
replay-empty-place = { $command }: kosong
replay-sent = { $command }: SMS diterima jaringan, nomor acuan { $reference }
replay-refused = { $command }: ditolak, { $why }
replay-timed-out = { $command }: tidak dijawab sampai batas waktu
replay-restarted = { $command }: tidak dijawab, modem menyala ulang
replay-reset = { $command }: tidak dijawab, porta hilang
replay-fate-unknown = SMS sudah ditulis dan mungkin sudah terkirim
replay-then-unknown = Gerbang menunggu laporan penyampaiannya; tanpa laporan, tanda terima dibuang dan jawaban dikirim sekali lagi
replay-then-given-up = Gerbang tidak mencoba SMS ini lagi dan meneruskan yang berikutnya; petugas melihatnya
replay-then-again = Gerbang mencoba SMS ini lagi setelah jeda, paling banyak enam kali
replay-then-network = Gerbang menanyakan jaringan, dan mencoba SMS ini lagi bila jaringan ada
replay-then-wait = Gerbang mencoba SMS ini lagi setelah beberapa detik
replay-then-hold = Gerbang tidak mengirim apa pun lewat kartu ini selama setengah jam, dan memberi peringatan; kartu lain boleh mengirim SMS ini
replay-then-sweep = Gerbang membaca penyimpanan sampai habis, lalu mencoba SMS ini lagi
replay-then-bring-up = Gerbang menyiapkan modem dari awal, lalu mencoba SMS ini lagi
replay-then-restart = Gerbang menyalakan ulang modem, lalu mencoba SMS ini lagi
replay-then-mute = Gerbang menanyakan tanda hidup (AT); bila itu pun tidak dijawab, port dibuka kembali
replay-from = SMS dari { $number } pada { $time }: { $text }
replay-to = SMS kepada { $number }: { $text }
replay-no-text = (tanpa teks)
replay-damaged = SMS yang rusak: { $why }
replay-unreadable = Bukan SMS yang dapat dibaca: { $why }
replay-delivered = Laporan: SMS { $reference } kepada { $number } sudah sampai
replay-complete = Laporan: SMS { $reference } kepada { $number } selesai, tetapi tidak pasti sampai
replay-trying = Laporan: SMS { $reference } kepada { $number } masih dicoba
replay-failed = Laporan: SMS { $reference } kepada { $number } tidak sampai
replay-notice-message = modem memberitahukan SMS di { $store }, tempat { $index }. Gerbang membacanya, menyimpannya, baru kemudian mengosongkan tempatnya
replay-notice-report = modem memberitahukan laporan di { $store }, tempat { $index }. Gerbang membacanya, menyimpannya, baru kemudian mengosongkan tempatnya
replay-notice-routed = modem menyerahkan SMS yang tidak disimpannya. Gerbang menyimpannya, baru kemudian mengakuinya bila modem menunggu itu
replay-notice-full = penyimpanan penuh: { $store }. Gerbang membaca semua penyimpanan sampai habis
replay-notice-started = modem baru menyala. Gerbang menyiapkannya dari awal: pengaturannya sudah hilang
replay-notice-starting = modem sedang menyala
replay-notice-power = modem memperingatkan tentang daya atau suhu, atau mematikan diri: { $line }. Gerbang tetap berjalan, dan memberi peringatan
replay-notice-network = ada jaringan. Gerbang menanyakannya, lalu mengirim yang menunggu
replay-notice-no-network = tidak ada jaringan. Gerbang menanyakannya, dan tidak mengirim sebelum ada jaringan
replay-notice-card-gone = kartu tidak ada lagi. Gerbang berhenti, menyalakan ulang modem sekali, dan memberi peringatan sampai ada kartu
replay-notice-call = ada panggilan telepon. Gerbang menutup panggilan
replay-notice-ussd = jaringan menjawab sebuah kode: { $text }. Gerbang meneruskannya kepada yang mengirim kode, dan membaca pulsa di dalamnya bila itu yang ditanyakan
replay-notice-late = galat yang terlambat: { $why }. Gerbang menganggapnya jawaban atas kode, bila ada kode yang dikirim
replay-notice-unknown = baris yang tidak dikenal: { $line }. Gerbang melewatinya
replay-notice-other = pemberitahuan yang tidak berpengaruh. Gerbang melewatinya, atau mencatat isinya
replay-counts = Perintah: { $answered } dijawab, { $refused } ditolak, { $endless } tanpa akhir. Pemberitahuan: { $notices }.

demo-title =
    Peragaan aduan: kantor rekaan "Pemkab Sukamaju" dengan dua modem tiruan dan daemon yang sungguhan.
    Nama, nomor dan isi pesan adalah rekaan. Kantor ini buka sepanjang hari.
demo-scene-citizens = {"\u000A"}== Warga mengirim SMS; balasan otomatis datang seketika
demo-scene-officer = {"\u000A"}== Petugas SMS memilah pengaduan yang masuk
demo-scene-draft = {"\u000A"}== Anggota menelaah dan mengusulkan jawaban; menyetujui usul sendiri tidak boleh
demo-scene-decision = {"\u000A"}== Ketua mengembalikan usul pertama, lalu menyetujui yang kedua
demo-scene-sending = {"\u000A"}== Petugas mengirim redaksi yang disetujui; warga menerimanya
demo-scene-bank = {"\u000A"}== Ketua menyimpan jawaban itu; petugas menjawab pengaduan serupa saat itu juga
demo-scene-satisfied = {"\u000A"}== Warga puas, dan tiketnya selesai
demo-scene-recap = {"\u000A"}== Pengarah membaca rekapitulasi bulan ini
demo-sent = {"\u000A"}  [{ $name } { $from }] mengirim ({ $parts } SMS): { $text }
demo-received = {"  "}[ke { $to }] diterima ({ $parts } SMS): { $text }
demo-notice = {"\u000A"}  [{ $name }] mengirim: { $text }
    {"  "}(pemberitahuan operator: dicatat, tidak pernah dibalas)
demo-acts = {"\u000A"}{ $name } ({ $user })$ { $command }
demo-not-sent = SMS tidak terkirim: { $why }
demo-how-to-keep =
    {"\u000A"}Selesai; tidak ada yang tertinggal. Untuk mencoba sendiri: aduan demo --keep
demo-kept =
    {"\u000A"}Kantor tetap buka sampai Ctrl-C. Ketik satu baris di sini untuk mengirim SMS sebagai warga { $phone }.
    Di terminal lain, bekerjalah sebagai sari (petugas), budi atau wati (anggota), ratna (ketua), hadi (pengarah), joko (admin):
      { $program } --socket { $home }/sari.sock inbox
      { $program } --socket { $home }/joko.sock status

demo-scenario =
    Skenario: { $about }
    { $modems } modem tiruan, { $events } kejadian, angka undian { $seed }; daemonnya sungguhan, dengan kesabaran yang sebenarnya.
demo-event-text = {"\u000A"}{ $at }  [{ $from }] mengirim ke { $modem }: { $text }
demo-event-notice = {"\u000A"}{ $at }  [{ $from }] mengirim ke { $modem }: { $text }
demo-event-deliver = {"\u000A"}{ $at }  Pusat SMS menyampaikan ke { $modem }: { $text }
demo-event-ring = {"\u000A"}{ $at }  { $from } menelepon { $modem }
demo-event-phone = {"\u000A"}{ $at }  Ponsel { $from }: { $detail }
demo-event-unplug = {"\u000A"}{ $at }  { $modem } dicabut
demo-event-replug = {"\u000A"}{ $at }  { $modem } dipasang lagi { $detail }
demo-event-take-card-out = {"\u000A"}{ $at }  Kartu dikeluarkan dari { $modem }
demo-event-put-card-in = {"\u000A"}{ $at }  Kartu dimasukkan lagi ke { $modem }
demo-event-exchange-card = {"\u000A"}{ $at }  Kartu { $modem } diganti dengan kartu { $detail }
demo-event-coverage = {"\u000A"}{ $at }  Jaringan { $modem }: { $detail }
demo-event-signal = {"\u000A"}{ $at }  Sinyal { $modem }: { $detail }
demo-event-restart = {"\u000A"}{ $at }  Listrik { $modem } terputus sejenak
demo-event-say = {"\u000A"}{ $at }  { $modem } memberi tahu: { $text }
demo-event-fill = {"\u000A"}{ $at }  Penyimpanan { $detail } di { $modem } dipenuhi pesan lain
demo-event-empty = {"\u000A"}{ $at }  Pesan lain dihapus dari penyimpanan { $detail } di { $modem }
demo-event-fall-sick = {"\u000A"}{ $at }  { $modem } sakit: { $detail }
demo-event-recover = {"\u000A"}{ $at }  { $modem } bekerja lagi
demo-event-faults = {"\u000A"}{ $at }  Gangguan { $modem } mulai sekarang: { $detail }
demo-event-ussd = {"\u000A"}{ $at }  Jawaban jaringan atas { $text } mulai sekarang: { $detail }
demo-event-edict = {"\u000A"}{ $at }  Jaringan menetapkan: { $detail }
demo-event-revoke-edicts = {"\u000A"}{ $at }  Jaringan menerima semua SMS lagi
demo-event-slow = {"\u000A"}{ $at }  Jaringan lambat bagi { $modem }, selama { $detail }
demo-event-clock = {"\u000A"}{ $at }  Jam jaringan disetel: { $detail }
demo-scenario-over = {"\u000A"}Semua kejadian selesai. Keadaan kantor sekarang:
demo-scenario-unanswered = {"  "}Tanpa balasan: { $phones }

# aduan modem probe
probe-mute = Tidak ada modem yang menjawab di sini ({ $why }); dicoba pada { $speeds } baud. Satu modem punya beberapa port: coba port lainnya. Dengan kabel serial periksa apakah modem menyala, atau coba --baud lain
probe-modem = Modem: { $modem }
probe-serial = IMEI: { $serial }
probe-card-ready = Kartu: siap
probe-card-pin = Kartu: meminta PIN; simpan di berkas yang hanya dibaca root, lalu sebut di pin_file
probe-card-puk = Kartu: meminta PUK; buka dahulu di telepon
probe-card-other = Kartu: meminta { $lock }; buka dahulu di telepon
probe-card-none = Kartu: tidak ada yang terbaca
probe-registered = Jaringan: terdaftar, sinyal { $signal }
probe-unregistered = Jaringan: belum ada (sinyal { $signal })
probe-no-centre = Kartu tidak menyimpan nomor pusat SMS (AT+CSCA?): pengiriman akan gagal; atur sekali di telepon
probe-interface = Port: antarmuka { $number } dari modem ini; port lainnya { $siblings }
probe-interface-alone = Port: antarmuka { $number } dari modem ini; port lainnya tidak terlihat
probe-notices-elsewhere = Modem merek ini menerima perintah di beberapa port, tetapi memberi tahu SMS masuk hanya di salah satunya, dan itu tidak dapat ditanyakan. Gerbang mengalihkannya ke port ini bila bisa; jika aduan modem list tetap memperingatkan (no-notices), pakai port lain dari modem ini
probe-no-notices = Port ini tidak memberi tahu SMS masuk: coba juga port lain dari modem yang sama
probe-write = Untuk aduan.toml:

## Pemeriksaan (aduan doctor)

verdict-good = baik
verdict-warn = perhatikan
verdict-bad = salah
doctor-good = Semuanya baik.
doctor-warn = Tidak ada yang salah; baca yang bertanda "perhatikan".
doctor-bad = Ada yang salah: mulai dari yang paling atas.
doctor-config-good = Pengaturan { $path } dan semua berkas yang disebutnya dapat dipakai.
doctor-config-unusable = Pengaturan tidak dapat dipakai, aduand tidak akan menyala: { $cause }
doctor-rights-good = Berkas pengaturan hanya dapat diubah pemiliknya, dan PIN hanya dapat dibaca pemiliknya.
doctor-rights-writable = { $path } dapat diubah orang lain. Jalankan: chmod go-w { $path }
doctor-rights-readable = { $path } berisi PIN dan dapat dibaca orang lain. Jalankan: chmod 600 { $path }
doctor-database-good = Register { $path } terbaca, { $tickets } tiket.
doctor-database-forbidden = Register { $path } tidak boleh dibaca akun ini. Jalankan sebagai root (sudo aduan doctor) agar isinya ikut diperiksa.
doctor-database-unusable = Register tidak dapat dipakai: { $cause }
doctor-database-unreadable = Register { $path } terbuka tetapi isinya tidak terbaca. Pulihkan cadangan terakhir: aduan restore BERKAS.
doctor-schema-good = Skema register { $found } sesuai dengan program ini ({ $known }).
doctor-schema-older = Skema register { $found }, program ini { $known }: aduand memutakhirkannya saat dinyalakan. Nyalakan ulang aduand bila yang menyala masih versi lama.
doctor-pages-good = Tabel dan indeks register utuh.
doctor-pages-damaged = Register rusak: { $cause }. Hentikan aduand, simpan berkasnya, pulihkan cadangan terakhir (aduan restore BERKAS), dan periksa disknya.
doctor-references-good = Semua rujukan antarbaris register ada.
doctor-references-broken = Rujukan yang putus dalam register: { $cause }. Register diubah dari luar aduand, atau disknya rusak: bandingkan dengan cadangan.
doctor-trail-good = Segel jejak perubahan utuh.
doctor-trail-broken = Segel jejak perubahan putus: { $cause }. Jejak diubah dari luar aduand: simpan berkasnya sebagai bukti dan bandingkan dengan cadangan.
doctor-journal-good = Jurnal register { $megabytes } MB.
doctor-journal-large = Jurnal register { $megabytes } MB, lebih besar daripada semestinya. Ada program yang terus membaca register (pencadangan yang macet?): hentikan program itu, lalu nyalakan ulang aduand.
doctor-room-good = Ruang kosong di { $path }: { $megabytes } MB.
doctor-room-low = Ruang kosong di { $path } tinggal { $megabytes } MB: tidak cukup untuk lama, dan untuk memulihkan cadangan. Kosongkan sebagian.
doctor-room-little = Ruang kosong di { $path } hanya { $megabytes } MB. Bila habis, tidak ada pesan baru yang dapat diterima. Kosongkan sekarang.
doctor-clock-good = Jam komputer { $now }, tidak mendahului maupun tertinggal dari register.
doctor-clock-behind = Jam komputer { $now }, padahal kejadian terakhir { $last }. Betulkan jam (timedatectl), dan periksa baterai jamnya: tenggat dihitung dengan jam ini.
doctor-daemon-good = aduand menjawab, menyala sejak { $since }.
doctor-daemon-silent = aduand tidak dapat ditanya. { $cause } Sebabnya ada di: journalctl -u aduand -n 50
doctor-daemon-stranger = aduand menjawab, tetapi akun ini tidak ada di staff.toml: keadaan modem tidak terlihat. Ulangi sebagai petugas.
doctor-daemon-closed = aduand tidak dapat ditanya akun ini. { $cause }
doctor-version-good = aduand dan aduan sama versinya ({ $own }).
doctor-version-other = aduand yang menyala versi { $daemon }, program ini { $own }. Nyalakan ulang: systemctl restart aduand
doctor-modem-good = Modem { $name }: { $state }.
doctor-modem-ailing = Modem { $name }: { $state }; { $why }
doctor-modem-disabled = Modem { $name }: { $state }. Layani lagi dengan: aduan modem enable { $name }
doctor-modem-unready = Modem { $name }: { $state }. Tunggu semenit; bila tetap demikian, lihat: aduan modem info { $name }
doctor-modem-warned = Modem { $name }: { $warning }. Lihat: aduan modem info { $name }
doctor-held-waiting = { $texts } SMS ditahan sejak register dipulihkan { $restored } oleh { $officer }. Putuskan sebagai admin: aduan sms release send, atau aduan sms release drop.
doctor-port-good = Port { $path } ({ $name }) ada dan boleh dibuka.
doctor-port-none = Belum ada modem dalam pengaturan: tidak ada yang diterima maupun dikirim. Kenali modemnya dengan: aduan modem probe PORT
doctor-port-missing = Port { $path } ({ $name }) tidak ada. Colokkan modemnya, atau betulkan path dalam aduan.toml (ls -l /dev/serial/by-id/).
doctor-port-forbidden = Port { $path } ({ $name }) tidak boleh dibuka akun { $user }. Masukkan ke grup port itu (usermod -aG dialout { $user }), lalu nyalakan ulang aduand.
doctor-programs-good = Tidak ada program lain yang memakai atau mengincar port modem.
doctor-programs-holding = Port { $path } ({ $name }) sedang dipakai { $program } (proses { $process }). Hentikan program itu.
doctor-programs-running = Program yang biasa merebut port sedang berjalan: { $programs }. { $advice }
doctor-rule = Pasang aturan udev 70-aduan-modems.rules agar ModemManager membiarkan modem gerbang ini, lalu cabut dan colokkan lagi modemnya.
