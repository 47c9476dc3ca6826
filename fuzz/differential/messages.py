"""Random TPDUs, each with the JSON object it must be read as. Written from 3GPP TS 23.040 and 23.038 alone."""

from datetime import datetime, timedelta, timezone

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}
TURKISH = (
    "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà"
)
TURKISH_SINGLE = EXTENSION | {0x47: "Ğ", 0x49: "İ", 0x53: "Ş", 0x63: "ç", 0x67: "ğ", 0x69: "ı", 0x73: "ş"}
# Identifiers without a table leave the default; those of other languages are not drawn, nobody here can confirm them.
LANGUAGES = [0, 1, 1, 14, 255]
ESCAPE = 0x1B
DIGITS = "0123456789*#abc"


def pack(septets, fill=0):
    bits = [0] * fill + [septet >> place & 1 for septet in septets for place in range(7)]
    bits += [0] * (-len(bits) % 8)
    return bytes(sum(bit << place for place, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits), 8))


def read_septets(septets, locking=None, single=None):
    table = TURKISH if locking == 1 else BASIC
    shifted = TURKISH_SINGLE if single == 1 else EXTENSION
    text, rest = "", iter(septets)
    for septet in rest:
        if septet != ESCAPE:
            text += table[septet]
            continue
        code = next(rest, ESCAPE)
        text += " " if code == ESCAPE else shifted.get(code, table[code])
    return text


def read_units(units):
    text, at = "", 0
    while at < len(units):
        pair = units[at : at + 2]
        if len(pair) == 2 and 0xD800 <= pair[0] < 0xDC00 <= pair[1] < 0xE000:
            text += chr(0x10000 + ((pair[0] - 0xD800) << 10) + pair[1] - 0xDC00)
            at += 2
        else:
            text += "\ufffd" if 0xD800 <= pair[0] < 0xE000 else chr(pair[0])
            at += 1
    return text


class Writer:
    """Draws messages from a seeded random.Random."""

    def __init__(self, random):
        self.random = random
        self.tags = set()

    def octets(self, count):
        return bytes(self.random.randrange(256) for _ in range(count))

    def often(self, share):
        return self.random.random() < share

    def septets(self, count):
        kind = self.random.choice(["plain", "plain", "any", "escapes"])
        pools = {
            "plain": list(range(0x20, 0x5B)) + list(range(0x61, 0x7B)),
            "any": list(range(128)) + [ESCAPE] * 8 + list(EXTENSION),
            "escapes": [ESCAPE] * 60 + list(range(128)),
        }
        septets = self.random.choices(pools[kind], k=count)
        rest = iter(septets)
        for septet in rest:
            code = next(rest, None) if septet == ESCAPE else 0x65
            if code not in EXTENSION:
                self.tags.add("odd escape")
            elif code == 0x0A:
                self.tags.add("page break")
        return septets

    def units(self, count):
        kind = self.random.choice(["plain", "pairs", "any"])
        units = []
        while len(units) < count:
            if kind == "plain":
                units.append(self.random.randrange(0x20, 0x7F))
            elif kind == "pairs" and count - len(units) >= 2:
                units += [self.random.randrange(0xD800, 0xDC00), self.random.randrange(0xDC00, 0xE000)]
            elif kind == "any":
                units.append(self.random.choice([0, 0xD83D, 0xDE0A, 0xFEFF, self.random.randrange(0x10000)]))
            else:
                units.append(self.random.randrange(0xA980, 0xA9C0))
        return units

    def time(self):
        quarters = self.random.choice([28, 32, 36, 0, -1, 22, 23, -48, 56, self.random.randrange(-79, 80)])
        numbers = [
            self.random.randrange(low, high) for low, high in [(0, 100), (1, 13), (1, 32), (0, 24), (0, 60), (0, 60)]
        ]
        octets = bytearray(number % 10 << 4 | number // 10 for number in [*numbers, abs(quarters)])
        octets[6] |= 8 if quarters < 0 else 0
        try:
            year, *rest = numbers
            time = datetime(2000 + year, *rest, tzinfo=timezone(timedelta(minutes=15 * quarters))).isoformat()
        except ValueError:
            time = None
        if self.often(0.03):
            octets[self.random.randrange(7)] = self.random.choice([0xFF, 0xBB])
            time = None
        if time is None:
            self.tags.add("no date")
        return bytes(octets), time

    def address(self, centre=False):
        if not centre and self.often(0.2):
            count = self.random.randrange(12)
            septets = self.random.choices([code for code in range(128) if code != ESCAPE], k=count)
            if count and septets[-1] == 0:
                septets[-1] = 0x41
            # Some announce whole octets, some the semi-octets that are used.
            used = -(-count * 7 // 4)
            length = used + used % 2 if self.often(0.3) else used
            text = read_septets(septets)
            return bytes([length, 0xD0]) + pack(septets), {"number": text, "ton": 5, "npi": 0}
        ton = self.random.choice([1, 1, 1, 0, 0, 2, 3, 4, 6, 7])
        npi = self.random.choice([1, 1, 1, 0, self.random.randrange(16)])
        number = "".join(
            self.random.choices(DIGITS if self.often(0.1) else DIGITS[:10], k=self.random.randrange(1, 21))
        )
        codes = [DIGITS.index(digit) for digit in number] + [15] * (len(number) % 2)
        body = bytes(low | high << 4 for low, high in zip(codes[::2], codes[1::2]))
        kind = 0x80 | ton << 4 | npi
        octets = bytes([len(body) + 1, kind]) + body if centre else bytes([len(number), kind]) + body
        return octets, {"number": "+" * (ton == 1) + number, "ton": ton, "npi": npi}

    def coding(self):
        dcs = self.random.choice([0, 0, 0, 8, 8, 4]) if self.often(0.5) else self.random.randrange(256)
        group, alphabet = dcs >> 4, ["gsm7", "8bit", "ucs2", "reserved"][dcs >> 2 & 3]
        read = {"dcs": dcs}
        if group < 8:
            read["coding"] = "reserved" if dcs & 0x20 else alphabet
            if dcs & 0x10:
                read["class"] = dcs & 3
            if dcs & 0x40:
                read["auto_delete"] = True
        elif group < 12:
            read |= {"coding": "gsm7", "reserved_dcs": True}
        elif group < 15:
            kind = ["voicemail", "fax", "email", "other"][dcs & 3]
            read["coding"] = "ucs2" if group == 14 else "gsm7"
            read["mwi"] = {"active": bool(dcs & 8), "kind": kind, "store": group != 12}
        else:
            read |= {"coding": "8bit" if dcs & 4 else "gsm7", "class": dcs & 3}
        return dcs, read

    def header(self):
        lengths = {0x00: 3, 0x08: 4, 0x04: 2, 0x05: 4, 0x01: 2, 0x24: 1, 0x25: 1}
        elements = []
        for _ in range(self.random.choice([0, 1, 1, 1, 2, 3])):
            known = self.often(0.8)
            name = self.random.choice(list(lengths)) if known else self.random.choice([0x0A, 0x20, 0x70, 0x7F, 0xC0])
            length = lengths[name] if known and self.often(0.9) else self.random.randrange(9)
            data = self.octets(length)
            if name in (0x24, 0x25) and length:
                data = bytes([self.random.choice(LANGUAGES)]) + data[1:]
            elements.append((name, data))
        body = b"".join(bytes([name, len(data)]) + data for name, data in elements)
        read = {"len": len(body), "ies": [{"iei": name, "data": data.hex().upper()} for name, data in elements]}
        special = []
        for name, data in elements:
            if len(data) != lengths.get(name):
                continue
            if name in (0x00, 0x08):
                *reference, total, seq = data
                number = int.from_bytes(bytes(reference), "big")
                read["concat"] = {"bits": 8 * len(reference), "ref": number, "total": total, "seq": seq}
            elif name in (0x04, 0x05):
                half = len(data) // 2
                dest, src = int.from_bytes(data[:half], "big"), int.from_bytes(data[half:], "big")
                read["ports"] = {"bits": 8 * half, "dest": dest, "src": src}
            elif name == 0x01:
                special.append({"type": data[0], "count": data[1]})
            else:
                read["single_shift" if name == 0x24 else "locking_shift"] = data[0]
        if special:
            read["special_sms"] = special
        return bytes([len(body)]) + body, read

    def user_data(self, with_header):
        dcs, read = self.coding()
        head = b""
        if with_header:
            head, read["udh"] = self.header()
        room = 140 - len(head)
        if read["coding"] == "gsm7":
            taken = -(-len(head) * 8 // 7)
            septets = self.septets(self.random.choice([0, 8, 160 - taken, self.random.randrange(161 - taken)]))
            shifts = [read.get("udh", {}).get(name) for name in ("locking_shift", "single_shift")]
            read["text"] = read_septets(septets, *shifts)
            body, length = pack(septets, taken * 7 - len(head) * 8), taken + len(septets)
        elif read["coding"] == "ucs2":
            units = self.units(self.random.choice([0, room // 2, self.random.randrange(room // 2 + 1)]))
            read["text"] = read_units(units)
            body = b"".join(unit.to_bytes(2, "big") for unit in units)
            if self.often(0.1) and len(body) < room:
                body += b"\x41"
                read["odd_ucs2"] = True
            length = len(head) + len(body)
        else:
            body = self.octets(self.random.randrange(room + 1))
            read["data_hex"] = body.hex().upper()
            length = len(head) + len(body)
        return dcs, bytes([length]) + head + body, read | {"udl": length}

    def deliver(self, with_header):
        first = self.random.choice([0, 0, 0, 3]) | self.random.randrange(256) & 0xAC | 0x40 * with_header
        sender, address = self.address()
        stamp, time = self.time()
        pid = self.random.choice([0, self.random.randrange(256)])
        dcs, data, read = self.user_data(with_header)
        flags = {"mms": 4, "lp": 8, "sri": 0x20, "rp": 0x80}
        read |= {name: bool(first & bit) for name, bit in flags.items()}
        read |= {"address": address, "timestamp": time, "pid": pid}
        return first, bytes([first]) + sender + bytes([pid, dcs]) + stamp + data, read

    def submit(self, with_header):
        first = 1 | self.random.randrange(256) & 0xBC | 0x40 * with_header
        recipient, address = self.address()
        mr, pid = self.random.randrange(256), self.random.choice([0, self.random.randrange(256)])
        form = ["none", "enhanced", "relative", "absolute"][first >> 3 & 3]
        dcs, data, read = self.user_data(with_header)
        validity = b""
        if form == "enhanced":
            validity = self.octets(7)
            read["vp_enhanced_hex"] = validity.hex().upper()
        elif form == "absolute":
            validity, read["vp_absolute"] = self.time()
        elif form == "relative":
            code = self.random.randrange(256)
            steps = [(144, -1, 5), (168, 119, 30), (197, 166, 1440), (256, 192, 10080)]
            shift, minutes = next((shift, minutes) for end, shift, minutes in steps if code < end)
            validity = bytes([code])
            read |= {"vp_relative": code, "vp_minutes": (code - shift) * minutes}
        flags = {"rd": 4, "srr": 0x20, "rp": 0x80}
        read |= {name: bool(first & bit) for name, bit in flags.items()}
        read |= {"address": address, "mr": mr, "pid": pid, "vpf": form}
        return first, bytes([first, mr]) + recipient + bytes([pid, dcs]) + validity + data, read

    def status_report(self, with_header):
        indicator = self.random.choice([None, 0, 1, 2, 3, 4, 5, 6, 7, 0x78])
        with_header = with_header and bool((indicator or 0) & 4)
        first = 2 | self.random.randrange(256) & 0x2C | 0x40 * with_header
        recipient, address = self.address()
        (stamp, time), (end, discharge) = self.time(), self.time()
        mr, status = self.random.randrange(256), self.random.choice([0, self.random.randrange(256)])
        groups = ["complete", "trying", "failed", "trying-stopped"] + ["reserved"] * 4
        read = {"outcome": "delivered" if status == 0 else groups[status >> 5], "status": status}
        octets = bytes([first, mr]) + recipient + stamp + end + bytes([status])
        if indicator is not None:
            read["pi"] = indicator
            octets += bytes([indicator])
            if indicator & 1:
                read["pid"] = self.random.randrange(256)
                octets += bytes([read["pid"]])
            dcs, data, content = self.user_data(with_header)
            # Without TP-DCS the user data are in the default alphabet.
            while indicator & 6 == 4 and dcs:
                dcs, data, content = self.user_data(with_header)
            if indicator & 2:
                read["dcs"] = dcs
                octets += bytes([dcs])
            if indicator & 4:
                read |= content
                octets += data
        read |= {"mms": bool(first & 4), "srq": bool(first & 0x20)}
        read |= {"address": address, "mr": mr, "timestamp": time, "discharge": discharge}
        return first, octets, read

    def message(self):
        """Direction, whole octets with the centre in front, what they must be read as, and what is odd about them."""
        self.tags = set()
        direction = self.random.choice(["deliver", "deliver", "submit", "status-report"])
        first, tpdu, read = getattr(self, direction.replace("-", "_"))(self.often(0.45))
        smsc, read["smsc"] = (b"\0", None) if self.often(0.3) else self.address(centre=True)
        read |= {"type": direction, "first_octet": first, "udhi": bool(first & 0x40), "tpdu_length": len(tpdu)}
        return direction, smsc + tpdu, read, frozenset(self.tags)
