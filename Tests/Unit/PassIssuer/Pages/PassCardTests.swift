import Contracts
import JSON
import Testing

@testable import PassIssuer

@Suite struct PassCardTests {
    private static func card(
        _ body: String, _ header: String = "en", images: [ImageFile: CampaignImage] = [:]
    ) throws -> PassCard {
        let content = try PackageFixture(body).content
        return PassCard(
            try content.content(for: TokenValues(voucher: ["points": 7])), shared: content.sharedLocalizations,
            images: images, organizationName: "Acme", accepted: AcceptedLanguages(header: header))
    }

    private static func field(_ more: String) -> JSONValue? { try? JSON.parse(Array("{\(more)}".utf8)) }

    @Test(
        "writes a value as a reader expects it",
        arguments: [
            (#""value":10.50,"currencyCode":"EUR""#, "10.50\u{A0}EUR"),
            (#""value":0.125,"numberStyle":"PKNumberStylePercent""#, "12.5\u{A0}%"),
            (#""value":0.25,"numberStyle":"PKNumberStylePercent""#, "25\u{A0}%"), (#""value":7"#, "7"),
            (
                #""value":"2030-03-20T23:59:00+01:00","dateStyle":"PKDateStyleMedium","timeStyle":"PKDateStyleNone""#,
                "2030-03-20"
            ),
            (
                #""value":"2030-03-20T23:59+01:00","dateStyle":"PKDateStyleFull","timeStyle":"PKDateStyleShort""#,
                "2030-03-20 23:59"
            ),
            (#""value":"2030-03-20T23:59Z","timeStyle":"PKDateStyleShort""#, "23:59"),
            (#""value":"2030-03-20T23:59Z""#, "2030-03-20T23:59Z"), (#""value":"Member""#, "Mitglied"),
        ])
    func value(json: String, shown: String) throws {
        let json = try #require(Self.field(json))
        let field = try #require(CardField(json, translations: ["Member": "Mitglied"]))
        #expect(field.value == shown)
    }

    @Test("a field without a value is left out, and a long one shortened")
    func edges() throws {
        #expect(CardField(try #require(Self.field(#""value":"""#)), translations: [:]) == nil)
        #expect(CardField(try #require(Self.field(#""label":"x""#)), translations: [:]) == nil)
        let long = String(repeating: "é", count: 5_000)
        let field = try #require(CardField(["value": .string(long), "label": .string(long)], translations: [:]))
        #expect(field.value.count == 120 && field.label?.count == 120 && field.value.hasSuffix("…"))
    }

    @Test("shows the front in the reader's language, and neither back nor barcode")
    func front() throws {
        let body = """
            {"pass":{"description":"Card","organizationName":"Shop","storeCard":{
            "headerFields":[{"key":"h","label":"Points","value":"{{voucher.points}}"}],
            "secondaryFields":[{"key":"s","label":"Level","value":"Gold"}],
            "backFields":[{"key":"b","label":"Secret","value":"Back"}]},
            "barcodes":[{"format":"PKBarcodeFormatQR","message":"m","messageEncoding":"utf-8"}]},
            "localizations":{"de":{"Points":"Punkte","Gold":"Gold {{voucher.points}}"}}}
            """
        let german = try Self.card(body, "de-AT")
        #expect(german.organization == "Shop" && german.logoText == nil)
        #expect(german.header.map(\.label) == ["Punkte"] && german.header.map(\.value) == ["7"])
        #expect(german.rows.map(\.group) == [.secondaryFields])
        #expect(german.rows.first?.fields.map(\.value) == ["Gold 7"])
        #expect(try Self.card(body, "fr").header.map(\.label) == ["Points"])
    }

    @Test("takes the sharpest picture in the reader's language, in points")
    func pictures() throws {
        let names = ["logo.png", "logo@3x.png", "de.lproj/logo@2x.png", "fr.lproj/logo.png"]
        var images: [ImageFile: CampaignImage] = [:]
        for (number, name) in names.enumerated() {
            let hash = try #require(ContentHash(rawValue: String(repeating: "\(number)", count: 64)))
            images[try #require(ImageFile(rawValue: name))] = CampaignImage(
                sha256: hash, width: 300, height: 60, byteCount: 1)
        }
        let body = CampaignVersions.card()
        #expect(try Self.card(body, "de", images: images).logo?.sha256.rawValue.first == "2")
        #expect(try Self.card(body, "de", images: images).logo?.width == 150)
        #expect(try Self.card(body, "it", images: images).logo?.sha256.rawValue.first == "1")
        #expect(try Self.card(body, "it", images: images).strip == nil)
    }
}
