import GoogleWalletSimulator
import JSON
import Testing

/// Pairs of requests and answers that edutap.wallet_google has recorded of the real service (2023).
@Suite struct GoogleSpellingTests {
    @Test("answers a generic class as the real service did")
    func answersClass() async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.call(
                .post, "genericClass",
                [
                    "id": "3388000000022141777.test54.ycc.edutap", "enableSmartTap": false,
                    "multipleDevicesAndHoldersAllowedStatus": "STATUS_UNSPECIFIED",
                    "viewUnlockRequirement": "VIEW_UNLOCK_REQUIREMENT_UNSPECIFIED",
                ])
            #expect(
                answer.json == [
                    "id": "3388000000022141777.test54.ycc.edutap", "enableSmartTap": false,
                    "multipleDevicesAndHoldersAllowedStatus": "statusUnspecified",
                    "viewUnlockRequirement": "viewUnlockRequirementUnspecified",
                ])
        }
    }

    private static func text(_ value: String) -> JSONValue {
        ["defaultValue": ["language": "en", "value": .string(value)], "translatedValues": []]
    }

    private static func answered(_ value: String) -> JSONValue {
        [
            "kind": "walletobjects#localizedString",
            "defaultValue": ["kind": "walletobjects#translatedString", "language": "en", "value": .string(value)],
        ]
    }

    @Test("answers a generic object as the real service did")
    func answersObject() async throws {
        try await WalletStage.run { stage in
            let classID: JSONValue = "3388000000022141777.test.ycc.edutap"
            _ = try await stage.call(.post, "genericClass", ["id": classID])
            let answer = try await stage.call(
                .post, "genericObject",
                [
                    "id": "3388000000022141777.obj53.test.ycc.edutap", "classId": classID,
                    "genericType": "GENERIC_TYPE_UNSPECIFIED", "cardTitle": Self.text("YCC Foobar"),
                    "header": Self.text("Heading YCC Foobar bar"), "state": "ACTIVE",
                ])
            // In the document since, but not in that answer.
            var object = try #require(answer.json.objectValue)
            #expect(object.removeValue(forKey: "hasUsers") == false)
            #expect(
                .object(object) == [
                    "genericType": "genericTypeUnspecified", "cardTitle": Self.answered("YCC Foobar"),
                    "header": Self.answered("Heading YCC Foobar bar"),
                    "id": "3388000000022141777.obj53.test.ycc.edutap", "classId": classID, "state": "active",
                ])
        }
    }

    @Test("takes either spelling and answers the older, or the current one where that is set")
    func spells() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let path = "loyaltyObject/\(WalletStage.id("object-1"))"
            let changes: JSONValue = [
                "state": "completed", "barcode": ["type": "qrCode", "value": "1"],
                "loyaltyPoints": ["balance": ["money": ["micros": 1_500_000, "currencyCode": "CHF"]]],
            ]
            let old = try await stage.call(.patch, path, changes)
            #expect(old.json["state"] == "completed")
            #expect(old.json["barcode"]?["type"] == "qrCode")
            #expect(old.json["barcode"]?["kind"] == "walletobjects#barcode")
            #expect(old.json["loyaltyPoints"]?["balance"]?["money"]?["micros"] == "1500000")
            #expect(old.json["version"] == "2")
            #expect(old.json["kind"] == "walletobjects#loyaltyObject")
            #expect(old.json["hasUsers"] == false)

            stage.wallet.change { $0.legacySpelling = false }
            let current = try await stage.call(.get, path)
            #expect(current.json["state"] == "COMPLETED")
            #expect(current.json["barcode"] == ["type": "QR_CODE", "value": "1"])
            #expect(current.json["classReference"]?["reviewStatus"] == "APPROVED")
        }
    }
}
