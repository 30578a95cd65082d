import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

@Suite struct CanonicalTests {
    @Test(arguments: GoogleKind.allCases)
    func seesNoDifferenceInGooglesSpelling(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        for (level, sent) in [(GoogleLevel.class, fixture.expectedClass), (.object, fixture.expectedObject)] {
            var answer = GoogleSchema.answered(sent, kind, level)
            for key in ["hasUsers", "hasLinkedDevice"] where GoogleSchema.type(kind, level).properties[key] != nil {
                answer[key] = true
            }
            if answer["reviewStatus"] != nil { answer["reviewStatus"] = "approved" }
            #expect(
                GoogleComparison.differences(wanted: sent, pushed: sent, remote: answer, kind, level) == [])
            #expect(GoogleCanonical.hash(answer, kind, level) == GoogleCanonical.hash(sent, kind, level))
            #expect(GoogleComparison.repairPatch(remote: answer, pushed: sent, to: sent, kind, level) == nil)
        }
    }

    @Test(arguments: [
        // What means the same, whichever way it is written.
        (#"{"state":"ACTIVE"}"#, #"{"state":"active"}"#),
        (
            #"{"barcode":{"type":"PDF_417","value":"1"}}"#,
            #"{"barcode":{"type":"PDF417","value":"1","kind":"walletobjects#barcode"}}"#
        ),
        (#"{"barcode":{"type":"EAN_13","value":"1"}}"#, #"{"barcode":{"type":"EAN13","value":"1"}}"#),
        (##"{"hexBackgroundColor":"#aabbcc"}"##, ##"{"hexBackgroundColor":"#ABC"}"##),
        (
            #"{"validTimeInterval":{"end":{"date":"2027-03-05T06:30:00+01:00"}}}"#,
            #"{"validTimeInterval":{"end":{"date":"2027-03-05T05:30:00.000Z"}}}"#
        ),
        (#"{"faceValue":{"currencyCode":"CHF","micros":"10"}}"#, #"{"faceValue":{"currencyCode":"CHF","micros":10}}"#),
        (
            #"{"merchantLocations":[{"latitude":52.50,"longitude":13}]}"#,
            #"{"merchantLocations":[{"latitude":52.5,"longitude":13.0}]}"#
        ),
        (#"{"messages":[],"linkedObjectIds":null,"ticketNumber":""}"#, #"{}"#),
        (
            #"{"notifyPreference":"NOTIFY_ON_UPDATE"}"#,
            #"{"notifyPreference":"notificationSettingsForUpdatesUnspecified"}"#
        ),
        (
            #"{"hasUsers":true,"classReference":{"id":"1.a"},"version":"3","kind":"walletobjects#eventTicketObject"}"#,
            #"{}"#
        ),
        (
            #"{"ticketType":{"defaultValue":{"language":"en","value":"a"},"translatedValues":[{"language":"de","value":"b"},{"language":"fr","value":"c"}]}}"#,
            #"{"ticketType":{"defaultValue":{"language":"en","value":"a"},"translatedValues":[{"language":"fr","value":"c"},{"language":"de","value":"b"}]}}"#
        ),
    ])
    func takesTwoSpellingsForOne(first: String, second: String) throws {
        let first = try #require(JSON.parse(first).objectValue)
        let second = try #require(JSON.parse(second).objectValue)
        let canonical = GoogleCanonical.canonical(first, .eventTicket, .object)
        #expect(canonical == GoogleCanonical.canonical(second, .eventTicket, .object))
        #expect(GoogleCanonical.canonical(canonical, .eventTicket, .object) == canonical)
        #expect(
            GoogleCanonical.hash(first, .eventTicket, .object) == GoogleCanonical.hash(second, .eventTicket, .object))
    }

    @Test(arguments: [
        (#"{"state":"ACTIVE"}"#, #"{"state":"INACTIVE"}"#),
        (#"{"reviewStatus":"UNDER_REVIEW"}"#, #"{"reviewStatus":"draft"}"#),
        (
            #"{"validTimeInterval":{"end":{"date":"2027-03-05T06:30:00"}}}"#,
            #"{"validTimeInterval":{"end":{"date":"2027-03-05T06:30:00Z"}}}"#
        ),
        (#"{"ticketHolderName":"Ada"}"#, #"{}"#),
    ])
    func keepsApartWhatIsNotTheSame(first: String, second: String) throws {
        let first = try #require(JSON.parse(first).objectValue)
        let second = try #require(JSON.parse(second).objectValue)
        #expect(
            GoogleCanonical.canonical(first, .eventTicket, .object)
                != GoogleCanonical.canonical(second, .eventTicket, .object))
    }

    @Test func tellsOurChangesFromOthers() throws {
        let pushed: JSONObject = ["id": "1.a", "title": "Old", "provider": "Acme", "finePrint": "Gone"]
        let wanted: JSONObject = ["id": "1.a", "title": "New", "provider": "Acme", "hexBackgroundColor": "#000000"]
        let remote: JSONObject = [
            "id": "1.a", "title": "Old", "provider": "Console", "finePrint": "Gone",
            "helpUri": ["uri": "https://theirs.example"],
        ]
        let differences = GoogleComparison.differences(wanted: wanted, pushed: pushed, remote: remote, .offer, .class)
        #expect(
            differences == [
                GoogleDifference(
                    pointer: JSONPointer(tokens: ["finePrint"]), wanted: nil, pushed: "Gone", remote: "Gone",
                    origin: .us),
                GoogleDifference(
                    pointer: JSONPointer(tokens: ["hexBackgroundColor"]), wanted: "#000000", pushed: nil, remote: nil,
                    origin: .us),
                GoogleDifference(
                    pointer: JSONPointer(tokens: ["provider"]), wanted: "Acme", pushed: "Acme", remote: "Console",
                    origin: .console),
                GoogleDifference(
                    pointer: JSONPointer(tokens: ["title"]), wanted: "New", pushed: "Old", remote: "Old", origin: .us),
            ])
    }

    @Test func seesNoDifferenceInWhatOthersAdded() {
        let ours: JSONObject = ["barcode": ["type": "QR_CODE", "value": "1"]]
        let remote: JSONObject = [
            "barcode": [
                "type": "qrCode", "value": "1", "showCodeText": ["defaultValue": ["language": "en", "value": "x"]],
            ],
            "disableExpirationNotification": true,
        ]
        #expect(GoogleComparison.differences(wanted: ours, pushed: ours, remote: remote, .offer, .object) == [])
    }

    @Test func showsTheElementThatDiffers() {
        let ours: JSONObject = ["textModulesData": [["id": "a", "body": "1"], ["id": "b", "body": "2"]]]
        let remote: JSONObject = ["textModulesData": [["id": "a", "body": "1"], ["id": "b", "body": "3"]]]
        let shorter: JSONObject = ["textModulesData": [["id": "a", "body": "1"]]]
        let pointers = { (remote: JSONObject) in
            GoogleComparison.differences(wanted: ours, pushed: ours, remote: remote, .offer, .object)
                .map { $0.pointer.description }
        }
        #expect(pointers(remote) == ["/textModulesData/1/body"])
        #expect(pointers(shorter) == ["/textModulesData"])
    }

    @Test func patchesOnlyWhatIsOtherAndClearsWhatIsGone() {
        let pushed: JSONObject = [
            "id": "1.a", "reviewStatus": "UNDER_REVIEW", "title": "Old", "provider": "Acme", "finePrint": "Gone",
            "localizedTitle": [
                "defaultValue": ["language": "en", "value": "Old"],
                "translatedValues": [["language": "de", "value": "Alt"]],
            ],
        ]
        let wanted: JSONObject = [
            "id": "1.a", "reviewStatus": "UNDER_REVIEW", "title": "New", "provider": "Acme",
            "localizedTitle": ["defaultValue": ["language": "en", "value": "New"]],
        ]
        let patch = GoogleComparison.managedPatch(from: pushed, to: wanted, .offer, .class)
        #expect(
            patch == [
                "reviewStatus": "UNDER_REVIEW", "title": "New", "finePrint": .null,
                "localizedTitle": [
                    "defaultValue": ["language": "en", "value": "New"], "translatedValues": .null,
                ],
            ])
        #expect(GoogleComparison.managedPatch(from: wanted, to: wanted, .offer, .class) == nil)
    }

    @Test(arguments: 0..<20)
    func aPatchMakesTheOneOfTheOther(seed: UInt64) throws {
        var random = RandomContent(seed: seed)
        let first = try random.mappedPair()
        let second = try random.mappedPair()
        guard first.object.kind == second.object.kind else { return }
        let kind = first.object.kind
        let patch = GoogleComparison.managedPatch(
            from: first.object.resource, to: second.object.resource, kind, .object)
        var patched = JSONValue.object(first.object.resource)
        if let patch { patched = patched.mergePatched(with: .object(patch)) }
        patched = patched.mergePatched(with: ["id": second.object.resource["id"] ?? .null])
        #expect(
            GoogleCanonical.canonical(try #require(patched.objectValue), kind, .object)
                == GoogleCanonical.canonical(second.object.resource, kind, .object))
    }

    @Test func repairsWhatIsOursAndLeavesTheMessagesOfOthers() {
        let ours: JSONObject = ["messages": [["id": "m", "header": "H", "body": "B"]], "state": "ACTIVE"]
        let remote: JSONObject = [
            "messages": [
                ["id": "m", "header": "H", "body": "X"],
                [
                    "id": "theirs", "header": "T", "body": "T", "messageType": "textAndNotify",
                    "kind": "walletobjects#walletObjectMessage",
                ],
            ],
            "state": "inactive", "disableExpirationNotification": true,
        ]
        let patch = GoogleComparison.repairPatch(remote: remote, pushed: ours, to: ours, .offer, .object)
        #expect(
            patch == [
                "state": "ACTIVE",
                "messages": [
                    ["id": "m", "header": "H", "body": "B"],
                    ["id": "theirs", "header": "T", "body": "T", "messageType": "TEXT_AND_NOTIFY"],
                ],
            ])
    }
}
