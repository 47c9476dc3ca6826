#!/usr/bin/env python3
"""Writes first inputs for the fuzz targets from the tables and dialogues of tests/data and from config/.

usage: ./seed.py FOLDER      (FOLDER/<target>/<digest>; minimise.sh calls it)
"""

import csv
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests/data"
# Steps of the target `engine`, by what a dialogue writes.
COMMANDS = [(b"AT+CMGL", b"L"), (b"AT+CMGR", b"L"), (b"AT+CMG[SW]=", b"S"), (b"AT+CPIN\\?", b"O")]
COMMANDS += [(b"ATD", b"A"), (b"AT\\+CGS?N|AT\\+CGM|AT\\+CIMI", b"T"), (b"AT\\+[A-Z]+(=\\?|\\?)", b"P"), (b"AT", b"N")]
FILES = ["aduan.toml", "staff.toml", "holidays.toml", "units.tsv", "templates.tsv"]


def rows(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def tpdus():
    """Whole octets with the centre, and the TPDU alone, of each vector that is hexadecimal."""
    for row in rows("pdu-vectors.tsv"):
        try:
            octets = bytes.fromhex(row["pdu_hex"])
        except ValueError:
            continue
        yield octets, octets[octets[0] + 1 :] if row["has_smsc"] == "yes" and octets else octets


def user_data(tpdu):
    """What may be TP-UD behind a header: the octets from the last plausible UDHL on."""
    for at, length in enumerate(tpdu[:-1]):
        if length in (3, 5, 6, 8, 9, 10, 11) and at > 10 and at + length < len(tpdu):
            return tpdu[at:]
    return None


def unescape(data):
    one = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}
    text = re.sub(r"\\(x(..)|.)", lambda m: chr(int(m[2], 16)) if m[2] else one[m[1]], data)
    return text.encode("latin-1").replace(b"\xff", b"\xfe")


def dialogue(path):
    """Two octets that draw the cuts, then the steps of the target `engine`."""
    steps = hashlib.sha256(path.name.encode()).digest()[:2].replace(b"\xff", b"\xfe")
    for line in path.read_text(encoding="ascii").splitlines():
        data = unescape(line[2:])
        if line.startswith("> "):
            steps += next((b"\xff" + step for command, step in COMMANDS if re.match(command, data)), b"")
        elif line.startswith("< "):
            steps += data
        elif line.startswith("@ unplug"):
            steps += b"\xffr"
        elif line.startswith(("@ wait", "@ silence")):
            steps += b"\xffW" if int(line.rsplit(" ", 1)[1]) > 2000 else b"\xffw"
    return steps


def exchange(path):
    """Two octets that draw the cuts, then the steps of the target `mask`: what either side says, as it stands."""
    steps = hashlib.sha256(path.name.encode()).digest()[:2].replace(b"\xff", b"\xfe")
    for line in path.read_text(encoding="ascii").splitlines():
        if line[:2] in ("> ", "< "):
            steps += (b"\xffC" if line[0] == ">" else b"\xffM") + unescape(line[2:])
        elif line.startswith("@ unplug"):
            steps += b"\xff!"
    return steps


def people():
    """Every private step of the target `mask`, of two lengths."""
    for name in b"LRTGSPNBUVXQYD":
        for length in (9, 24):
            drawn = hashlib.sha256(bytes([name, length])).digest()[:length].replace(b"\xff", b"\xfe")
            yield b"\x12\x34\xff" + bytes([name]) + drawn


def families():
    """The shipped table and each of its entries, with the words of one entry as what a modem tells."""
    table = "\n".join(settings("quirks.toml"))
    for entry in table.split("[[family]]\n")[1:]:
        word = {key: value for key, value in re.findall(r'(?m)^(\w+) = "(.*)"$', entry)}
        told = "\xff".join(word.get(key, "") for key in ("manufacturer", "model", "revision")).encode("latin-1")
        for text in (table, "[[family]]\n" + entry):
            yield text.encode() + b"\xff" + told


def settings(file):
    """A file of the configuration, with every default written out and nothing that is for people alone; of units a few."""
    text = (ROOT / "config" / file).read_text(encoding="utf-8")
    if file.endswith(".tsv"):
        return ["\t".join(line.split("\t")[: 2 if file == "templates.tsv" else 5]) for line in text.splitlines()[:21]]
    lines = re.sub(r"(?m)^# ([a-z_]+ = )", r"\1", text).splitlines()
    return [line.split(" #")[0].rstrip() for line in lines if line and not line.startswith("#")]


def seeds():
    for octets, tpdu in tpdus():
        yield "tpdu", octets
        yield "tpdu", tpdu
        yield "address", octets[:12]
        yield "address", tpdu[1:13]
        yield "alphabet", tpdu[-40:]
        if user_data(tpdu):
            yield "udh", user_data(tpdu)
    for path in sorted((DATA / "dialogues").glob("[!R]*.txt")):
        yield "engine", dialogue(path)
        yield "mask", exchange(path)
    for steps in people():
        yield "mask", steps
    for table in families():
        yield "quirks", table
    for name in ("readings.tsv", "sample-complaints.tsv"):
        for row in rows(name):
            text = row["text"].replace("\\n", "\n").encode()
            yield "grammar", text
            yield "alphabet", text
            yield "address", text[:12]
    for file, letter in zip(FILES, b"ABCDE"):
        yield "config", bytes([letter]) + "\n".join(settings(file)).encode()


def main():
    folder = Path(sys.argv[1])
    for target, octets in seeds():
        path = folder / target / hashlib.sha1(octets).hexdigest()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets)


if __name__ == "__main__":
    main()
