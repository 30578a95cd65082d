import Foundation
import JSON
import Testing

@testable import PassIssuer

@Suite struct PackageContentCheckTests {
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let identities: [(String, JSONValue, [String])] = [
        ("formatVersion", 2, ["error pass.json /formatVersion"]),
        ("formatVersion", "1", ["error pass.json /formatVersion"]),
        ("formatVersion", .null, ["error pass.json /formatVersion"]),
        ("serialNumber", .null, ["error pass.json /serialNumber"]),
        ("serialNumber", 12, ["error pass.json /serialNumber"]),
        ("serialNumber", "", ["error pass.json /serialNumber"]),
        ("organizationName", .null, ["error pass.json /organizationName"]),
        ("description", .null, ["error pass.json /description"]),
        ("description", " ", ["error pass.json /description"]),
        (
            "passTypeIdentifier", "example.demo",
            ["error pass.json /passTypeIdentifier", "error pass.json /passTypeIdentifier"]
        ),
        ("webServiceURL", .null, ["error pass.json /authenticationToken"]),
        ("webServiceURL", "http://example.com", ["error pass.json /webServiceURL"]),
        ("webServiceURL", "https://192.168.1.7/", ["warning pass.json /webServiceURL"]),
        ("webServiceURL", "example.com", ["error pass.json /webServiceURL"]),
        ("authenticationToken", .null, ["error pass.json /webServiceURL"]),
        ("authenticationToken", "0123456789abcde", ["error pass.json /authenticationToken"]),
        ("backgroundColor", "red", ["error pass.json /backgroundColor"]),
        ("relevantDate", "2027-01-01", ["error pass.json /relevantDate", "warning pass.json /relevantDate"]),
        ("expirationDate", "2027-01-01T00:00:00.000Z", ["error pass.json /expirationDate"]),
        ("maxDistance", "100", ["error pass.json /maxDistance"]), ("coupon", [:], ["error pass.json /storeCard"]),
        ("groupingIdentifier", "x", ["error pass.json /groupingIdentifier"]),
        ("appLaunchURL", "acme://x", ["error pass.json /appLaunchURL"]),
        (
            "barcodes", [["format": "PKBarcodeFormatITF", "message": "x", "messageEncoding": "utf-8"]],
            ["error pass.json /barcodes/0/format"]
        ),
        ("unheardOf", 1, ["warning pass.json /unheardOf"]),
    ]

    @Test("checks the keys of pass.json", arguments: identities)
    func keys(key: String, value: JSONValue, expected: [String]) throws {
        var package = try CheckedPackage()
        package.pass[key] = value.isNull ? nil : value
        #expect(try package.findings().sorted() == expected.sorted())
    }

    @Test(
        "tells what phones don't forgive in JSON",
        arguments: [
            ("\u{FEFF}{", "}", ["warning pass.json"]), ("{ // x\n", "}", ["error pass.json"]),
            ("{", ",}", ["error pass.json"]),
            ("{\"description\":\"x\",", "}", ["error pass.json"]), ("", "", ["error pass.json"]),
            ("[", "]", ["error pass.json"]),
        ])
    func json(before: String, after: String, expected: [String]) throws {
        var package = try CheckedPackage()
        let content = JSONValue.object(package.pass).description.dropFirst().dropLast()
        package.passJSON = Self.text(before == "[" ? "[]" : before.isEmpty ? "{" : before + content + after)
        #expect(try package.findings() == expected)
    }

    @Test("reads pass.json in UTF-16, and says that it is")
    func utf16() throws {
        var package = try CheckedPackage()
        let units = Array(JSONValue.object(package.pass).description.utf16)
        package.passJSON = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try package.findings() == ["warning pass.json"])
    }

    @Test("notes that a pass has expired, is void, or is never updated")
    func notes() throws {
        var package = try CheckedPackage()
        package.pass["expirationDate"] = "2020-01-01T00:00Z"
        package.pass["voided"] = true
        package.pass["webServiceURL"] = nil
        package.pass["authenticationToken"] = nil
        let report = try package.report()
        #expect(
            report.findings.map(CheckedPackage.line) == [
                "note pass.json /webServiceURL", "note pass.json /expirationDate", "note pass.json /voided",
            ])
    }

    @Test("checks the pictures by their roles")
    func images() throws {
        var package = try CheckedPackage()
        package.files += [
            ("logo.png", try PNGFixture.make(161, 50)), ("thumbnail.png", try PNGFixture.make(9, 9)),
            ("strip.png", Self.text("GIF89a")), ("strip@2x.png", try PNGFixture.make(750, 288, "pixelcrc")),
            ("logo@2x.png", try PNGFixture.make(2_000, 9)), ("de.lproj/logo.png", try PNGFixture.make(9, 9)),
            ("Logo.png", [1]), ("readme.txt", [1]), ("icon@4x.png", [1]),
        ]
        let report = try package.report()
        #expect(
            report.findings.map(CheckedPackage.line).sorted() == [
                "error strip.png", "error strip@2x.png", "note Logo.png", "note icon@4x.png", "note readme.txt",
                "warning de.lproj/logo.png", "warning logo.png", "warning logo@2x.png", "warning logo@2x.png",
                "warning thumbnail.png",
            ])
    }

    @Test("wants an icon, and takes one of any scale")
    func icons() throws {
        var package = try CheckedPackage()
        let icons = package.files
        package.files = [icons[1]]
        #expect(try package.report().findings.map(CheckedPackage.line) == ["warning icon.png", "note icon@3x.png"])
        package.files = []
        #expect(try package.findings() == ["error icon.png"])
    }

    @Test("checks the translations")
    func strings() throws {
        var package = try CheckedPackage()
        package.files += [
            ("de.lproj/pass.strings", Self.text(#""Points" = "Punkte"; "A card" = "Karte""#)),
            ("fr.lproj/pass.strings", Self.text(#""Points" = "Points"; "A card" = "Carte"; "Pts" = "x";"#)),
            ("it.lproj/pass.strings", Self.text(#""Points" = "Punti""# + "\n" + #""A card" "Carta";"#)),
            ("de-CH.lproj/pass.strings", Self.text(#""Points" = "Pünktli";"#)),
            ("pass.strings", Self.text("")), ("en.lproj/Localizable.strings", Self.text("")),
        ]
        let report = try package.report()
        #expect(
            report.findings.map(CheckedPackage.line) == [
                "error it.lproj/pass.strings", "warning de.lproj/pass.strings", "warning pass.strings",
                "warning fr.lproj/pass.strings /Pts", "warning de-CH.lproj/pass.strings",
                "note en.lproj/Localizable.strings",
            ])
        // Phones do not look into de.lproj for what de-CH.lproj lacks.
        #expect(report.findings.contains { $0.reason == #"The text "A card" has no translation."# })
    }

    @Test("checks a rewards enrolment")
    func personalization() throws {
        func findings(_ content: String, nfc: Bool = true, logo: Bool = true) throws -> [String] {
            var package = try CheckedPackage()
            package.files.append(("personalization.json", Self.text(content)))
            if logo { package.files.append(("personalizationLogo.png", try PNGFixture.make(150, 40))) }
            if nfc { package.pass["nfc"] = ["message": "x", "encryptionPublicKey": .string(PassRulesTests.p256)] }
            return try package.findings()
        }
        let sound = #"{"requiredPersonalizationFields":["PKPassPersonalizationFieldName"],"description":"Join"}"#
        // The demo certificate's name does not say that it may use NFC.
        #expect(try findings(sound) == ["warning signature"])
        #expect(try findings(sound, logo: false) == ["warning signature", "warning personalizationLogo.png"])
        #expect(
            try findings(sound, nfc: false).sorted() == [
                "error personalization.json", "warning personalizationLogo.png",
            ])
        #expect(
            try findings(#"{"requiredPersonalizationFields":["Name"],"description":""}"#).sorted() == [
                "error personalization.json /description",
                "error personalization.json /requiredPersonalizationFields/0", "warning signature",
            ])
    }

    @Test("writes a report for the terminal, without characters that it would obey")
    func report() throws {
        var package = try CheckedPackage()
        package.pass["serialNumber"] = "S\u{1B}[31m\n1"
        package.pass["backgroundColor"] = "red"
        let text = try package.report().text
        #expect(
            text.hasPrefix("storeCard, pass.example.demo, TEAM123456, serial number S\u{FFFD}[31m\u{FFFD}1, signed "),
            "\(text)")
        #expect(text.contains("error  pass.json /backgroundColor\n    \"red\" stands where a colour"))
        #expect(text.hasSuffix("1 error, 0 warnings, 0 notes: phones refuse this, or lose something of it.\n"))
        #expect(!text.contains("\u{1B}"))
    }
}
