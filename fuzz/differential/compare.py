"""Compares `aduan pdu` with what the standard says and with three codecs that others wrote.

Ours must agree with every message drawn. Where another codec disagrees, a reason must be known (REASONS); a
disagreement without one ends the run with exit code 1. What a codec refuses to read is only counted.
"""

import argparse
import collections
import json
import logging
import random
import subprocess
import sys
from datetime import datetime
from io import StringIO

import gammu
from smspdudecoder.fields import SMSDeliver, SMSSubmit

from messages import BASIC, EXTENSION, Writer


def ours(aduan, direction, lines):
    command = [aduan, "pdu", "decode", "--direction", direction]
    answer = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.split("\n")[:-1]]


def by_gammu(direction, octets):
    read = gammu.DecodePDU(octets, True)
    return {"text": read["Text"], "number": read["Number"], "time": str(read["DateTime"])}


def by_smspdudecoder(direction, octets):
    if direction == "status-report":
        return None
    kind = SMSDeliver if direction == "deliver" else SMSSubmit
    read = kind.decode(StringIO(octets.hex().upper()))
    party = read.get("sender") or read.get("recipient")
    time = read.get("scts")
    return {"text": read["user_data"]["data"], "number": party["number"], "time": time and time.isoformat()}


PYTHON = [("gammu", by_gammu), ("smspdudecoder", by_smspdudecoder)]


def by_nodepdu(lines):
    answer = subprocess.run(
        ["node", "nodepdu.cjs"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in answer.stdout.split("\n")[:-1]]


def disagreements(read, other):
    """Fields that both have and in which they differ."""
    if "text" in read and isinstance(other.get("text"), str) and other["text"] != read["text"]:
        yield "text"
    if other.get("number") is not None and other["number"].lstrip("+") != read["address"]["number"].lstrip("+"):
        yield "number"
    if read.get("timestamp") and other.get("time"):
        try:
            same = datetime.fromisoformat(other["time"]) == datetime.fromisoformat(read["timestamp"])
        except ValueError:
            same = False
        if not same:
            yield "time"


def header_escapes(read):
    """Whether the octets of the header, read as septets, hold an escape."""
    elements = read.get("udh", {}).get("ies", [])
    body = b"".join(
        bytes([element["iei"], len(element["data"]) // 2]) + bytes.fromhex(element["data"]) for element in elements
    )
    bits = [octet >> place & 1 for octet in bytes([len(body)]) + body for place in range(8)]
    bits += [0] * (-len(bits) % 7)
    return any(bits[at : at + 7] == [1, 1, 0, 1, 1, 0, 0] for at in range(0, len(bits), 7))


def shifted(read):
    return {"single_shift", "locking_shift"} & read.get("udh", {}).keys()


def surrogates(read):
    return "\ufffd" in read.get("text", "") or any(character > "\uffff" for character in read.get("text", ""))


def group(read, *wanted):
    return read["dcs"] >> 4 in wanted


# Field, codec (or all three), what it does against the standard, and when: of the message, its tags, the other's text. The
# first that fits is counted.
REASONS = [
    ("text", None, "does not know national shift tables (23.038 §6.2.1.2)", lambda r, t, o: shifted(r)),
    (
        "text",
        None,
        "escape to nothing or at the end: 23.038 §6.2.1 shows the main table's sign, or a space",
        lambda r, t, o: "odd escape" in t,
    ),
    (
        "text",
        "gammu",
        "reads the header in a report as text (23.040 §9.2.2.3, §9.2.3.23)",
        lambda r, t, o: r["type"] == "status-report" and r["udhi"],
    ),
    (
        "text",
        "gammu",
        "shows as many signs as there are septets, stray ones behind a text with escapes (23.038 §6.1.2)",
        lambda r, t, o: any(sign in EXTENSION.values() for sign in r["text"]) and o.startswith(r["text"]),
    ),
    (
        "text",
        None,
        "reserved and message waiting groups: 23.038 §4 has them in the default alphabet, E0 to EF in UCS-2",
        lambda r, t, o: group(r, *range(8, 15)),
    ),
    ("text", None, "lone surrogates and pairs beyond the basic plane", lambda r, t, o: surrogates(r)),
    ("text", None, "reads half a unit at the end of UCS-2", lambda r, t, o: r.get("odd_ucs2")),
    ("text", None, "auto-deletion groups carry any alphabet (23.038 §4)", lambda r, t, o: group(r, *range(4, 8))),
    (
        "text",
        None,
        "takes bit 3 of the groups F0 to FF, which says nothing, for UCS-2 (23.038 §4)",
        lambda r, t, o: group(r, 15) and r["dcs"] & 8,
    ),
    ("text", "gammu", "doubles the tilde, its own sign for an escape", lambda r, t, o: "~" in r["text"]),
    ("text", "gammu", "does not know the page break (23.038 §6.2.1.1)", lambda r, t, o: "page break" in t),
    (
        "text",
        "smspdudecoder",
        "counts signs instead of septets (23.040 §9.2.3.16), the header among them",
        lambda r, t, o: header_escapes(r) or set(EXTENSION.values()) & set(r["text"]),
    ),
    ("text", "node-pdu", "has a backtick for the paragraph sign and the page break", lambda r, t, o: "`" in o),
    ("text", "node-pdu", "leaves out a long message whose place makes no sense", lambda r, t, o: o == ""),
    ("text", "node-pdu", "shows an @ where only a header is (23.040 §9.2.3.16)", lambda r, t, o: r["text"] + "@" == o),
    (
        "text",
        "node-pdu",
        "reads an octet of an empty name that is not there (23.040 §9.1.2.5)",
        lambda r, t, o: not r["address"]["number"],
    ),
    (
        "number",
        None,
        "letters, * and # of an address (23.040 §9.1.2.3)",
        lambda r, t, o: not r["address"]["number"].lstrip("+").isdigit() and r["address"]["ton"] != 5,
    ),
    (
        "number",
        None,
        "names whose length is rounded up, or with signs of the alphabet it reads otherwise (23.040 §9.1.2.5)",
        lambda r, t, o: r["address"]["ton"] == 5,
    ),
    (
        "time",
        "node-pdu",
        "reads an octet of an empty name that is not there (23.040 §9.1.2.5)",
        lambda r, t, o: not r["address"]["number"],
    ),
    ("time", "gammu", "takes ten years off from 2090 on", lambda r, t, o: r["timestamp"] >= "2090"),
    ("time", "node-pdu", "reads 70 to 99 as years of the last century", lambda r, t, o: r["timestamp"] >= "2070"),
    ("time", "node-pdu", "writes quarter hours of a zone as decimals", lambda r, t, o: r["timestamp"][-2:] != "00"),
]


def explain(codec, field, read, tags, other):
    for where, who, reason, shows in REASONS:
        if where == field and who in (None, codec) and shows(read, tags, other.get("text") or ""):
            return reason
    return None


def both_ways(aduan, number, draw):
    """A random text near a boundary, sent by ours and read by the others; the parts must be the fewest."""
    base = draw.choice([10, 67, 70, 134, 153, 160, 201, 306, 459])
    narrow, wide = draw.choice([("abc XYZ@", "€[]{}\\|"), ("abcж“”ꦱ", "😊🙏𝄞")])
    signs = draw.choices(narrow, k=max(base + draw.randrange(-4, 5), 0))
    for place in (base - 2, base - 1, base, draw.randrange(base)):
        if place < len(signs) and draw.random() < 0.4:
            signs[place] = draw.choice(wide)
    text, reference, report = "".join(signs), draw.randrange(256), draw.random() < 0.5
    command = [aduan, "pdu", "encode", "--to", number, f"--text={text}", f"--ref={reference}"] + ["--report"] * report
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    basic = all(sign in BASIC or sign in EXTENSION.values() for sign in text)
    costs = [1 + (sign in EXTENSION.values() if basic else sign > "\uffff") for sign in text]
    single, each = (160, 153) if basic else (70, 67)
    pieces, left = [""], single if sum(costs) <= single else each
    for sign, cost in zip(text, costs):
        if cost > left:
            pieces.append("")
            left = each
        pieces[-1] += sign
        left -= cost
    if len(lines) != len(pieces):
        return [f"{len(lines)} parts instead of {len(pieces)}: {text!r}"]
    wrong = []
    for part, (line, piece) in enumerate(zip(lines, pieces), 1):
        octets = bytes.fromhex(line)
        first = 0x01 | 0x20 * report | 0x40 * (len(pieces) > 1)
        # The centre, first octet, TP-MR, TP-DA, TP-PID, TP-DCS and TP-UDL come before the header.
        header = octets[8 + (octets[3] + 1) // 2 :][:6]
        wanted = bytes([5, 0, 3, reference, len(pieces), part])
        if octets[1] != first or (len(pieces) > 1 and header != wanted):
            wrong.append(f"flags or header: {line}")
        read = {"type": "submit", "text": piece, "udl": octets[7 + (octets[3] + 1) // 2], "udhi": len(pieces) > 1}
        read |= {
            "dcs": 0 if basic else 8,
            "udh": {"ies": [{"iei": 0, "data": wanted[3:].hex()}]},
            "address": {"number": number, "ton": 0},
        }
        for codec, decode in PYTHON:
            other = decode("submit", octets)
            fields = disagreements(read, other)
            wrong += [f"{codec}: {line}" for field in fields if not explain(codec, field, read, set(), other)]
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--aduan", required=True, help="the binary")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=10_000)
    asked = arguments.parse_args()
    logging.disable(logging.WARNING)
    writer = Writer(random.Random(asked.seed))
    messages = [writer.message() for _ in range(asked.count)]
    lines = [octets.hex().upper() for _, octets, _, _ in messages]
    wrong = []
    for direction in ("deliver", "submit", "status-report"):
        mine = [at for at, message in enumerate(messages) if message[0] == direction]
        for at, read in zip(mine, ours(asked.aduan, direction, [lines[at] for at in mine])):
            if read != messages[at][2]:
                wrong.append(f"ours: {lines[at]}\n  read   {read}\n  expect {messages[at][2]}")
    counts = collections.Counter()
    for (direction, octets, read, tags), line, third in zip(messages, lines, by_nodepdu(lines)):
        others = {"node-pdu": third}
        for codec, decode in PYTHON:
            try:
                others[codec] = decode(direction, octets)
            except Exception as error:  # Whatever it does not like.
                others[codec] = {"refused": str(error)}
        for codec, other in others.items():
            if other is None:
                continue
            if "refused" in other:
                counts[codec, "refuses"] += 1
                continue
            fields = list(disagreements(read, other))
            counts[codec, "disagrees" if fields else "agrees"] += 1
            for field in fields:
                reason = explain(codec, field, read, tags, other)
                counts[codec, f"{field}: {reason}"] += 1
                if not reason:
                    wrong.append(f"{codec}, {field}: {line}\n  it says {other}\n  expect {read}")
    draw = random.Random(asked.seed)
    for number in draw.choices(["+6281234567890", "+60123456789", "3636", "112"], k=asked.count // 10):
        wrong += both_ways(asked.aduan, number, draw)
    for (codec, what), count in sorted(counts.items()):
        print(f"{count:7}  {codec}  {what}")
    for line in wrong[:20]:
        print(line)
    print(f"{len(messages)} messages and {asked.count // 10} texts, {len(wrong)} disagreements without a reason")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
