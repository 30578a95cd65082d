import GoogleWalletSchema
import JSON
import Testing

@Suite struct SchemaSpellingTests {
    private func values(_ type: String, _ key: String) throws -> SchemaEnum {
        let property = try #require(GoogleSchema.type(named: type)?.properties[key])
        guard case .enumeration(let values) = property.value else { throw NotAnEnum() }
        return values
    }

    private struct NotAnEnum: Error {}

    @Test(arguments: [
        // Spellings that Google lists, and those that its answers were seen with.
        ("GenericObject", "state", "active", "ACTIVE"),
        ("GenericObject", "genericType", "genericTypeUnspecified", "GENERIC_TYPE_UNSPECIFIED"),
        ("GenericClass", "multipleDevicesAndHoldersAllowedStatus", "statusUnspecified", "STATUS_UNSPECIFIED"),
        ("Barcode", "type", "qrCode", "QR_CODE"), ("Barcode", "type", "qrcode", "QR_CODE"),
        ("Barcode", "type", "EAN13", "EAN_13"), ("Barcode", "type", "ean13", "EAN_13"),
        ("Barcode", "type", "PDF417", "PDF_417"), ("Barcode", "type", "pdf417", "PDF_417"),
        ("Barcode", "type", "upcA", "UPC_A"), ("Barcode", "type", "textOnly", "TEXT_ONLY"),
        ("ActivationStatus", "state", "not_activated", "NOT_ACTIVATED"),
        ("OfferClass", "redemptionChannel", "temporaryPriceReduction", "TEMPORARY_PRICE_REDUCTION"),
        ("LoyaltyClass", "reviewStatus", "underReview", "UNDER_REVIEW"),
        ("LoyaltyObject", "notifyPreference", "notifyOnUpdate", "NOTIFY_ON_UPDATE"),
    ])
    func foldsASpelling(type: String, key: String, spelling: String, current: String) throws {
        #expect(try values(type, key).canonical(spelling) == current)
    }

    @Test func takesOldWordsThatAreListedAndNoOthers() throws {
        let states = try values("OfferObject", "state")
        #expect(states.accepts("ACTIVE"))
        #expect(states.accepts("active"))
        #expect(!states.accepts("Active"))
        #expect(states.canonical("gone") == nil)
    }

    @Test func answersInTheSpellingThatWasRecorded() throws {
        let sent: JSONObject = [
            "id": "3388.o", "classId": "3388.c", "state": "ACTIVE", "genericType": "GENERIC_TYPE_UNSPECIFIED",
            "cardTitle": ["defaultValue": ["language": "en", "value": "Acme"]],
            "barcode": ["type": "QR_CODE", "value": "1"], "unknown": "kept",
        ]
        let answered: JSONObject = [
            "id": "3388.o", "classId": "3388.c", "state": "active", "genericType": "genericTypeUnspecified",
            "cardTitle": [
                "kind": "walletobjects#localizedString",
                "defaultValue": ["kind": "walletobjects#translatedString", "language": "en", "value": "Acme"],
            ],
            "barcode": ["kind": "walletobjects#barcode", "type": "qrCode", "value": "1"], "unknown": "kept",
        ]
        #expect(GoogleSchema.answered(sent, .generic, .object) == answered)
    }

    @Test(arguments: GoogleSchema.typeNames)
    func comesBackFromEveryAnsweredWord(name: String) throws {
        for property in try #require(GoogleSchema.type(named: name)).properties.values {
            guard case .enumeration(let values) = property.value else { continue }
            for word in values.current {
                #expect(values.canonical(values.answered(word)) == word)
            }
        }
    }
}
