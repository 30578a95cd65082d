#!/usr/bin/env python3
"""Writes a corpus of packages as other tools make them: make.py <directory>

For each case <name>.pkpass (or .pkpasses, .json) and <name>.expected.json: what a phone reads of it, written down here
by hand and not computed from the package: {"file", "pass" (JSON text), "images" {path: sha256}, "strings" {language: {…}},
"warnings" [words that the answer of an import must hold]}. Packages are not signed by anybody's real certificate, which
an import does not ask for.
"""
import hashlib
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import packaging

IDENTITY = ('"formatVersion":1,"passTypeIdentifier":"pass.com.example.other","teamIdentifier":"OTHERTEAM1",'
            '"serialNumber":"X-1","webServiceURL":"https://other.example/","authenticationToken":"0123456789abcdef",')
BASE = '"description":"A pass","organizationName":"Other Ltd"'
FIELD = '{"key":"a","label":"Points","value":"12"}'
STORE = f'"storeCard":{{"primaryFields":[{FIELD}]}}'


def png(width, height, shade=0):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    rows = b"".join(b"\0" + bytes([shade]) * (width * 3) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def noise(count):
    """Bytes that do not shrink, always the same."""
    return b"".join(hashlib.sha512(str(number).encode()).digest() for number in range(count // 64))


ICON = {"icon.png": png(38, 38)}


class Case:
    def __init__(self, name, content, images=None, strings=None, written=None, text=None, warnings=(), more=(),
                 bare=False, bundle=0, **options):
        self.name, self.content, self.warnings = name, content, list(warnings)
        self.images = ICON | (images or {})
        self.strings, self.written = strings or {}, written or {}
        self.text, self.more, self.bare, self.bundle, self.options = text, list(more), bare, bundle, options

    def files(self):
        text = self.text if self.text is not None else "{" + IDENTITY + self.content + "}"
        files = [("pass.json", text if isinstance(text, bytes) else text.encode())]
        files += sorted(self.images.items())
        for language, data in self.written.items():
            files.append((f"{language}.lproj/pass.strings", data))
        return files + self.more

    def write(self, directory):
        files = self.files()
        if self.bare:
            path, data = f"{self.name}.json", files[0][1]
        else:
            data = packaging.archive(files + [("manifest.json", packaging.manifest(files)), ("signature", b"0")],
                                     **self.options)
            path = f"{self.name}.pkpass"
            if self.bundle:
                others = [(f"{number}.pkpass", data if number == 0 else b"PK other") for number in range(self.bundle)]
                path, data = f"{self.name}.pkpasses", packaging.archive(others)
        (directory / path).write_bytes(data)
        expected = {"file": path, "pass": "{" + self.content + "}", "strings": self.strings,
                    "images": {} if self.bare else {name: hashlib.sha256(image).hexdigest()
                                                    for name, image in self.images.items()},
                    "bare": self.bare, "warnings": self.warnings}
        (directory / f"{self.name}.expected.json").write_text(json.dumps(expected, ensure_ascii=False), "utf-8")


def styles():
    yield Case("store-card", f'{BASE},{STORE},"backgroundColor":"rgb(1, 2, 3)","logoText":"Other"',
               {"logo.png": png(160, 50), "logo@2x.png": png(320, 100), "strip@2x.png": png(750, 288)},
               warnings=["formatVersion", "authenticationToken", "serialNumber", "dropped"])
    yield Case("coupon", f'{BASE},"coupon":{{"primaryFields":[{{"key":"o","value":"-20 %"}}]}},'
               '"barcodes":[{"format":"PKBarcodeFormatQR","message":"42","messageEncoding":"iso-8859-1"}]')
    yield Case("event-ticket", f'{BASE},"eventTicket":{{"primaryFields":[{FIELD}],"auxiliaryFields":'
               '[{"key":"b","value":"1","row":1}]},"relevantDate":"2027-05-06T19:30+02:00","groupingIdentifier":"g"',
               {"background.png": png(180, 220), "thumbnail.png": png(90, 90)})
    yield Case("generic", f'{BASE},"generic":{{"primaryFields":[{FIELD}],"backFields":[{{"key":"t","value":"<x>",'
               '"attributedValue":"<a href=\'https://e.com\'>x</a>","dataDetectorTypes":[]}]}')
    yield Case("boarding-air", f'{BASE},"boardingPass":{{"transitType":"PKTransitTypeAir","primaryFields":['
               '{"key":"from","label":"BER","value":"Berlin"},{"key":"to","label":"LHR","value":"London"}]}')
    yield Case("boarding-train", f'{BASE},"boardingPass":{{"transitType":"PKTransitTypeTrain"}},'
               '"locations":[{"latitude":52.5,"longitude":13.37,"altitude":-0.0,"relevantText":"Here"}],"maxDistance":1.50E2')
    yield Case("poster-event", f'{BASE},"eventTicket":{{"primaryFields":[{FIELD}],"additionalInfoFields":'
               '[{"key":"i","value":1}]},"preferredStyleSchemes":["posterEventTicket","eventTicket"],"nfc":{"message":"m",'
               f'"encryptionPublicKey":"{P256}","requiresAuthentication":false}},"semantics":{{"eventName":"Final",'
               '"venueName":"Arena","eventType":"PKEventTypeSports","homeTeamAbbreviation":"H","awayTeamAbbreviation":"A",'
               '"seats":[{"seatRow":"7"}],"eventStartDate":"2027-05-06T19:30:00+02:00"},'
               '"bagPolicyURL":"https://e.com/b","parkingInformationURL":"https://e.com/p",'
               '"upcomingPassInformation":[{"type":"event","identifier":"e","name":"Next","URLs":{},"tomorrow":[1]}]',
               {"artwork@3x.png": png(9, 9)}, warnings=["iOS 18"])
    yield Case("semantic-boarding", f'{BASE},"boardingPass":{{"transitType":"PKTransitTypeAir"}},'
               '"preferredStyleSchemes":["semanticBoardingPass","boardingPass"],"semantics":{"airlineCode":"EX",'
               '"flightNumber":123,"originalDepartureDate":"2027-05-06T19:30:00Z","passengerName":{"givenName":"Ada"},'
               '"departureLocationSecurityPrograms":["X"]},"upgradeURL":"https://e.com"', warnings=["iOS 26", "originalArrivalDate"])
    yield Case("poster-generic", f'{BASE},"generic":{{"primaryFields":[{FIELD}]}},"posterGeneric":{{"footerFields":'
               '[{"key":"f","value":"x"}]},"featuredActions":[{"identifier":"s","type":"shop","url":"https://e.com"}]',
               {"artwork.png": png(9, 9)}, warnings=["iOS 27"])


def json_quirks():
    yield Case("trailing-commas", f"{BASE},{STORE}", text="{" + IDENTITY + BASE + ',"storeCard":{"primaryFields":['
               + FIELD + ",],},}", warnings=["a comma stands before the closing bracket"])
    yield Case("comments", f'{BASE},{STORE},"x":"http://no/*comment*/"', text="// made by hand\n{" + IDENTITY + BASE
               + f'/* here */,{STORE},"x":"http://no/*comment*/"}}\n// end', warnings=["comments"])
    yield Case("byte-order-mark", f"{BASE},{STORE}", text="\ufeff{" + IDENTITY + f"{BASE},{STORE}}}",
               warnings=["byte-order mark"])
    yield Case("utf-16", f'{BASE},{STORE},"logoText":"Größe 日本 🎉"', warnings=["UTF-16"],
               text=("{" + IDENTITY + f'{BASE},{STORE},"logoText":"Größe 日本 🎉"' + "}").encode("utf-16"))
    yield Case("duplicate-keys", f'{BASE},{STORE},"logoText":"second"',
               text="{" + IDENTITY + f'{BASE},{STORE},"logoText":"first","logoText":"second"}}', warnings=["twice"])
    yield Case("dates", f'{BASE},"eventTicket":{{"headerFields":[{{"key":"d","value":"2012-07-22T14:25-08:00","dateStyle":'
               '"PKDateStyleFull"},{"key":"e","value":"2027-01-01T00:00:00.000Z","timeStyle":"PKDateStyleShort"}]},'
               '"expirationDate":"2027-01-01T00:00:00+0000","relevantDate":"2012-07-22T14:25Z"', warnings=["/pass/expirationDate"])
    yield Case("relevant-dates", f'{BASE},"boardingPass":{{"transitType":"PKTransitTypeBus"}},"relevantDates":['
               '{"date":"2027-05-06T19:30:00Z"},{"relevantDate":"2027-05-07T19:30Z"},'
               '{"startDate":"2027-05-06T19:30:00Z","endDate":"2027-05-06T20:30:00Z"}]', warnings=["iOS 18"])
    yield Case("numbers", f'{BASE},"storeCard":{{"primaryFields":[{{"key":"n","value":1.50,"currencyCode":"EUR"}}],'
               '"backFields":[{"key":"l","value":12345678901234567890123},{"key":"e","value":-0},{"key":"x","value":1E+5}]},'
               '"userInfo":{"pi":3.14159265358979323846264338327950288,"list":[1.0,1,10e-1]}')
    yield Case("unknown-keys", f'{BASE},{STORE},"tomorrow":{{"deep":[null,true,{{"x":[]}}]}},"logoText":null',
               warnings=["tomorrow"])
    yield Case("braces", f'{BASE},"storeCard":{{"backFields":[{{"key":"b","value":"{{{{contact.x}}}} and {{{{{{ and }}}}"}}]}}',
               warnings=["{{"])
    yield Case("singular-barcode", f'{BASE},{STORE},"barcode":{{"format":"PKBarcodeFormatCode128","message":"123",'
               '"messageEncoding":"iso-8859-1","altText":"123"}', warnings=["deprecated", "Code128"])
    yield Case("faults", f'{BASE},"backgroundColor":"rgb(255-255-255)","maxDistance":"100","storeCard":{{"headerFields":['
               + ",".join(f'{{"key":"h{n}","value":{n}}}' for n in range(5)) + '],"backFields":[{"key":"h1","value":true}]},'
               '"groupingIdentifier":"g","transferURL":"nowhere"', warnings=["/pass/backgroundColor", "/pass/maxDistance"])
    yield Case("bare-minimum", STORE, warnings=["description"])
    yield Case("two-styles", f'{BASE},{STORE},"generic":{{}}', warnings=["/pass/storeCard"])
    yield Case("voided", f'{BASE},{STORE},"voided":true,"expirationDate":"2020-01-01T00:00:00Z","sharingProhibited":true')
    yield Case("texts", f'{BASE},"storeCard":{{"backFields":[{{"key":"t","value":"' + "Zeile\\n\\\"x\\\" \\u00e9 é\u0301 \\ud83c\\udf89 "
               + 'שלום %@ \\\\ \\/ ' + "long " * 2000 + '"}]}')
    yield Case("bare-json", f"{BASE},{STORE}", bare=True)
    yield Case("windows", f"{BASE},{STORE}", text=("{" + IDENTITY + f"{BASE},{STORE}}}\r\n").replace(",", ",\r\n"))


def localisations():
    german = {"Points": "Pünktchen", "A pass": "Ein Paß"}
    yield Case("strings-utf-8", f"{BASE},{STORE}", strings={"de": german},
               written={"de": '"Points" = "Pünktchen";\n"A pass" = "Ein Paß";\n'.encode()})
    for name, encoding, mark in (("utf-16-le", "utf-16-le", b"\xff\xfe"), ("utf-16-be", "utf-16-be", b"\xfe\xff"),
                                 ("utf-16-bare", "utf-16-le", b"")):
        yield Case(f"strings-{name}", f"{BASE},{STORE}", strings={"de": german},
                   written={"de": mark + '"Points" = "Pünktchen";\r\n"A pass"="Ein Paß";'.encode(encoding)})
    yield Case("strings-old", f"{BASE},{STORE}", strings={"fr": {"Points": "Points\n\"é\" ’ \\ 🎉", "A": "b", "same": "same"}},
               written={"fr": b'/* one */ "Points" = "Points\\n\\"\\U00e9\\" \\251 \\\\ \\UD83C\\UDF89"; // two\nA = b; "same";'},
               warnings=["no such text"])
    yield Case("strings-odd", f"{BASE},{STORE}", strings={"it": {"Points": "Punti"}, "en": {}},
               written={"it": b'"Points" = "x";\n"Points" = "Punti"\n', "en": b"", "broken": b'"Points" "no";'},
               warnings=["twice", "semicolon", "broken.lproj/pass.strings was dropped"])
    yield Case("languages", f"{BASE},{STORE}", {"de.lproj/logo.png": png(9, 9, 1), "fr.lproj/logo@2x.png": png(18, 18, 2),
               "zh-Hans.lproj/strip.png": png(9, 9, 3)},
               strings={"de": german, "de-CH": {"Points": "Pünktli"}, "zh_CN": {"Points": "{{分}}"}, "Base": {"Points": "P"}},
               written={"de": '"Points"="Pünktchen";"A pass"="Ein Paß";'.encode(), "de-CH": '"Points"="Pünktli";'.encode(),
                        "zh_CN": '"Points"="{{分}}";'.encode(), "Base": b'"Points"="P";'})


def containers():
    plain = f"{BASE},{STORE}"
    yield Case("stored", plain, method=zipfile.ZIP_STORED)
    yield Case("streamed", plain, stream=True, comment=b"made by a pipe")
    yield Case("folders", plain, {"de.lproj/logo.png": png(9, 9)}, directories=("de.lproj", "empty"),
               extra=struct.pack("<HH4s", 0x7777, 4, b"more"))
    yield Case("in-a-folder", plain, folder="Acme.pass/", warnings=["Acme.pass/"])
    yield Case("junk", plain, more=[(".DS_Store", b"\0"), ("__MACOSX/._pass.json", b"\0"), ("readme.txt", b"hi"),
               ("icon.pdf", b"%PDF"), ("en.lproj/Localizable.strings", b""), ("Logo.png", b"x")],
               warnings=[".DS_Store", "readme.txt", "icon.pdf", "Localizable.strings", "Logo.png"])
    yield Case("odd-images", plain, {"strip.png": b"\xff\xd8\xff\xe0 a JPEG", "logo.png": png(2000, 50),
               "icon@3x.png": png(114, 114)[:-4], "thumbnail.png": png(90, 90) + b"behind"},
               warnings=["strip.png", "logo.png", "icon@3x.png"])
    yield Case("large-image", plain, {"strip@3x.png": png(1125, 432) + noise(1_200_000)}, warnings=["strip@3x.png"])
    yield Case("bundle", plain, bundle=3, warnings=["1.pkpass", "2.pkpass"])


P256 = ("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==")


def main():
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    for group in (styles, json_quirks, localisations, containers):
        for case in group():
            case.write(directory)


if __name__ == "__main__":
    main()
