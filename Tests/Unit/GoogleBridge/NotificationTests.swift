import Contracts
import JSON
import Testing

@testable import GoogleBridge

@Suite struct NotificationTests {
    /// What is told of a change of one pass.
    private func told(
        _ pass: String, _ place: String, _ value: JSONValue, tokens: [String] = [],
        localizations: [String: [String: String]] = [:]
    ) throws -> GoogleNotification {
        let content = try SmallContent(pass, tokens: tokens, localizations: localizations)
        let path = try #require(JSONPointer(place)).tokens
        let changed = try #require(
            MappingFixture.setting(value, path[...], ["pass": .object(content.pass.pass)])?["pass"]?.objectValue)
        var new = content.pass
        new.pass = changed
        new.version = 7
        return GoogleNotifications.choose(from: content.pass, to: new, in: content.context)
    }

    @Test(arguments: [
        // Google tells changes of these by itself.
        (
            #"{"storeCard":{"primaryFields":[{"key":"points","value":1,"changeMessage":"%@"}]}}"#,
            "/pass/storeCard/primaryFields/0/value"
        ),
        (
            #"{"eventTicket":{"auxiliaryFields":[{"key":"seat","value":"1","changeMessage":"%@"}]}}"#,
            "/pass/eventTicket/auxiliaryFields/0/value"
        ),
    ])
    func leavesItToGoogle(pass: String, place: String) throws {
        let told = try told(pass, place, "2")
        #expect(told.notifiesOnUpdate)
        #expect(told.messages.isEmpty)
    }

    @Test func sendsAMessageWithTheValueInEachLanguage() throws {
        let pass =
            #"{"generic":{"secondaryFields":[{"key":"gate.no","label":"Gate","value":"A","changeMessage":"Gate now %@"}]}}"#
        let told = try told(
            pass, "/pass/generic/secondaryFields/0/value", "North",
            localizations: ["de": ["Gate now %@": "Jetzt Tor %@", "North": "Nord"], "fr": ["Gate": "Porte"]])
        #expect(!told.notifiesOnUpdate)
        let message = try #require(told.messages.first)
        #expect(
            message.json(notifies: true) == [
                "message": [
                    "id": "gate_2Eno-7", "header": "Gate", "body": "Gate now North", "messageType": "TEXT_AND_NOTIFY",
                    "localizedHeader": [
                        "defaultValue": ["language": "en", "value": "Gate"],
                        "translatedValues": [["language": "fr", "value": "Porte"]],
                    ],
                    "localizedBody": [
                        "defaultValue": ["language": "en", "value": "Gate now North"],
                        "translatedValues": [["language": "de", "value": "Jetzt Tor Nord"]],
                    ],
                ]
            ])
        #expect(message.json(notifies: false)["message"]?["messageType"]?.stringValue == "TEXT")
    }

    @Test(arguments: [
        // No message asked for, no place for the value, no change.
        (#"{"generic":{"secondaryFields":[{"key":"a","value":"1"}]}}"#, "2"),
        (#"{"generic":{"secondaryFields":[{"key":"a","value":"1","changeMessage":"Changed"}]}}"#, "2"),
        (#"{"generic":{"secondaryFields":[{"key":"a","value":"1","changeMessage":"%@"}]}}"#, "1"),
    ])
    func tellsNothing(pass: String, value: String) throws {
        #expect(try told(pass, "/pass/generic/secondaryFields/0/value", .string(value)).isEmpty)
    }

    @Test func leavesWhatPassesShareToTheClass() throws {
        let pass = #"{"coupon":{"primaryFields":[{"key":"offer","value":"10 %","changeMessage":"Now %@"}]}}"#
        #expect(try told(pass, "/pass/coupon/primaryFields/0/value", "20 %").isEmpty)
        let old = try SmallContent(pass)
        let new = try SmallContent(pass.replacing("10 %", with: "20 %"))
        let told = GoogleNotifications.choose(from: old.campaign, to: new.campaign, in: old.context)
        #expect(told.messages.map { $0.json(notifies: true)["message"]?["body"]?.stringValue } == ["Now 20 %"])
    }

    @Test func tellsAHolderWhatDiffersBetweenTickets() throws {
        // The event differs between passes: it is shown by the class, and told to the pass alone.
        let pass = #"{"eventTicket":{"primaryFields":[{"key":"event","value":"Verdi","changeMessage":"Now %@"}]}}"#
        let place = "/pass/eventTicket/primaryFields/0/value"
        let told = try told(pass, place, "Puccini", tokens: [place])
        #expect(!told.notifiesOnUpdate)
        #expect(told.messages.map { $0.json(notifies: true)["message"]?["body"]?.stringValue } == ["Now Puccini"])
    }

    @Test func writesTheValueAsPeopleReadIt() throws {
        let pass =
            #"{"generic":{"secondaryFields":[{"key":"a","value":1,"currencyCode":"EUR","changeMessage":"Now %@"}]}}"#
        let told = try told(pass, "/pass/generic/secondaryFields/0/value", 2)
        #expect(told.messages.first?.json(notifies: true)["message"]?["body"]?.stringValue == "Now €2.00")
    }
}
