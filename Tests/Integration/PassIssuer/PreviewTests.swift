import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PreviewTests {
    private func preview(
        _ body: JSONValue, _ issuer: IssuerUnderTest, of campaign: String = "spring", accept: String = "*/*"
    ) async throws -> IssuerUnderTest.Answer {
        try await issuer.send(
            .post, issuer.internalURL + "/admin/v1/campaigns/\(campaign)/preview", token: IssuerUnderTest.adminToken,
            body: body.serialized(), headers: ["Content-Type": "application/json", "Accept": accept])
    }

    @Test("answers the final pass.json and stores nothing")
    func passJSON() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let answer = try await preview(
                ["platform": "apple", "contact": ["id": "c-1", "firstName": "Ada"], "voucher": ["points": 7]], issuer)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(
                answer.json["serialNumber"] == "preview" && answer.json["passTypeIdentifier"] == "pass.example.demo")
            #expect(answer.json["webServiceURL"] == nil && answer.json["authenticationToken"] == nil)
            #expect(answer.json["storeCard"]?["primaryFields"]?[0]?["value"] == 7)
            #expect(answer.json["storeCard"]?["secondaryFields"]?[0]?["value"] == "Dear Ada")
            #expect(try await issuer.count("passes") == 0)
        }
    }

    @Test("answers the signed package, which independent tools accept")
    func package() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let answer = try await preview(
                ["platform": "apple", "contact": ["id": "c"], "voucher": ["points": 1]], issuer,
                accept: "application/vnd.apple.pkpass")
            #expect(answer.status == 200 && answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
            let package = try Package(answer.body)
            try package.verifySignature()
            #expect(package.json["serialNumber"] == "preview" && package.json["webServiceURL"] == nil)
        }
    }

    @Test("fills in typical or longest sample values when none are given")
    func samples() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let typical = try await preview(["platform": "apple"], issuer)
            let longest = try await preview(["platform": "apple", "sample": "longest"], issuer)
            #expect(typical.status == 200 && longest.status == 200, "\(typical.text)")
            let name: (IssuerUnderTest.Answer) -> String = {
                $0.json["storeCard"]?["secondaryFields"]?[0]?["value"]?.stringValue ?? ""
            }
            #expect(name(typical) == "Dear Ada")
            #expect(name(longest).count > name(typical).count)
        }
    }

    @Test("sample values fill what given ones lack, once they are asked for") func mixing() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let answer = try await preview(
                ["platform": "apple", "sample": "typical", "contact": ["firstName": "Grace"]], issuer)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["storeCard"]?["secondaryFields"]?[0]?["value"] == "Dear Grace")
            let typical = try await preview(["platform": "apple"], issuer)
            let points = typical.json["storeCard"]?["primaryFields"]?[0]?["value"]
            #expect(points != nil && answer.json["storeCard"]?["primaryFields"]?[0]?["value"] == points)
        }
    }

    @Test("answers the texts as a phone of a language shows them, those with tokens too") func language() async throws {
        try await IssuerUnderTest.run { issuer in
            let campaign = IssuerUnderTest.campaign(
                [
                    "localizations": [
                        "de": [
                            "Points": "Punkte", "A card": "Eine Karte", "Dear you": "Liebe {{contact.firstName}}",
                        ]
                    ]
                ],
                pass: [
                    "description": "A card",
                    "storeCard": [
                        "primaryFields": [["key": "a", "label": "Points", "value": 1]],
                        "backFields": [["key": "b", "label": "Other", "value": "Dear you"]],
                    ],
                ])
            try await issuer.putActiveCampaign("spoken", campaign)
            let answer = try await preview(
                ["platform": "apple", "language": "de", "contact": ["id": "c", "firstName": "Ada"]], issuer,
                of: "spoken")
            #expect(answer.json["description"] == "Eine Karte")
            #expect(answer.json["storeCard"]?["primaryFields"]?[0]?["label"] == "Punkte")
            #expect(answer.json["storeCard"]?["backFields"]?[0]?["label"] == "Other")
            #expect(answer.json["storeCard"]?["backFields"]?[0]?["value"] == "Liebe Ada")
            let other = try await preview(["platform": "apple", "language": "fr"], issuer, of: "spoken")
            #expect(other.json["description"] == "A card")
        }
    }

    @Test("draws barcodes of every format, and says at which key it can't") func barcodes() async throws {
        try await IssuerUnderTest.run { issuer in
            func draw(_ body: JSONValue) async throws -> IssuerUnderTest.Answer {
                try await issuer.admin(.post, "/admin/v1/barcodes", body)
            }
            let messages = [
                "QR": "Grüße", "PDF417": "Grüße", "Aztec": "Grüße", "Code128": "AB-1", "Code39": "AB-1",
                "Codabar": "A12B", "EAN13": "4006381333931", "I2of5": "0123",
            ]
            for (format, message) in messages {
                let answer = try await draw([
                    "format": .string("PKBarcodeFormat\(format)"), "message": .string(message),
                    "messageEncoding": "iso-8859-1",
                ])
                #expect(answer.status == 200 && answer.headers["Content-Type"] == "image/svg+xml", "\(answer.text)")
            }
            #expect(try await draw(["format": "PKBarcodeFormatITF", "message": "1"]).pointers == ["/format"])
            #expect(try await draw(["format": "PKBarcodeFormatEAN13", "message": "one"]).pointers == ["/message"])
            #expect(try await draw(["format": "PKBarcodeFormatQR", "message": ""]).pointers == ["/message"])
        }
    }

    @Test("refuses values that phones would refuse, missing ones, unknown keys and campaigns; a draft has no package")
    func refuses() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let missing = try await preview(["platform": "apple", "contact": [:]], issuer)
            #expect(missing.status == 422 && !missing.pointers.isEmpty)
            #expect(try await preview(["platform": "nokia"], issuer).status == 422)
            #expect(try await preview(["platform": "apple", "values": [:]], issuer).status == 422)
            #expect(try await preview(["platform": "apple"], issuer, of: "nobody").status == 404)
            #expect(try await preview(["platform": "google"], issuer).status == 409)
            _ = try await issuer.admin(.put, "/admin/v1/campaigns/draft", IssuerUnderTest.campaign())
            #expect(try await preview(["platform": "apple"], issuer, of: "draft").status == 200)
            let package = try await preview(
                ["platform": "apple"], issuer, of: "draft", accept: "application/vnd.apple.pkpass")
            #expect(package.status == 409)
        }
    }
}
