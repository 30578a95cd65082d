#!/usr/bin/env python3
"""Compares an issued package with what make.py wrote down of the imported one: compare.py <issued.pkpass> <expected.json>

An independent reader: Python's json with numbers as they are written, zipfile, and a small parser of strings files.
Prints each difference and ends with 1 when there is one.
"""
import hashlib
import json
import re
import sys
import zipfile

IDENTITY = ["formatVersion", "passTypeIdentifier", "teamIdentifier", "serialNumber", "webServiceURL", "authenticationToken"]
PAIR = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*=\s*"((?:[^"\\]|\\.)*)"\s*;', re.DOTALL)
PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def parse(text):
    return json.loads(text, parse_int=lambda digits: ("number", digits), parse_float=lambda digits: ("number", digits))


def text(written):
    return re.sub(r"\\(U([0-9a-fA-F]{4})|.)",
                  lambda match: chr(int(match[2], 16)) if match[2] else PLAIN.get(match[1], match[1]), written)


def strings(data):
    content, position, pairs = data.decode("utf-8"), 0, {}
    while match := PAIR.match(content, position):
        pairs[text(match[1])] = text(match[2])
        position = match.end()
    assert not content[position:].strip(), f"left over: {content[position:]!r}"
    return pairs


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        expected = json.load(file)
    differences = []
    with zipfile.ZipFile(sys.argv[1]) as package:
        assert package.testzip() is None
        files = {name: package.read(name) for name in package.namelist()}
    issued, wanted = parse(files["pass.json"]), parse(expected["pass"])
    differences += [f"{key} is missing" for key in IDENTITY if key not in issued]
    for key in IDENTITY + ([] if "organizationName" in wanted else ["organizationName"]):
        issued.pop(key, None)
    for key in sorted(set(issued) | set(wanted)):
        if key not in issued or key not in wanted or issued[key] != wanted[key]:
            differences.append(f"{key}: {issued.get(key)!r} instead of {wanted.get(key)!r}")
    found = {language: strings(data) for name, data in files.items()
             for language in re.findall(r"^(.+)\.lproj/pass\.strings$", name)}
    images = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name.endswith(".png")}
    if not expected["bare"]:
        if found != expected["strings"]:
            differences.append(f"strings: {found!r} instead of {expected['strings']!r}")
        if images != expected["images"]:
            differences.append(f"images: {sorted(images)} instead of {sorted(expected['images'])}, or other bytes")
    manifest = json.loads(files["manifest.json"])
    for name, data in files.items():
        if name not in ("manifest.json", "signature") and manifest.get(name) != hashlib.sha1(data).hexdigest():
            differences.append(f"the manifest has another digest of {name}")
    print("\n".join(differences))
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
