import Contracts
import Cryptography
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PassPersonalizationTests {
    private let entered = CampaignVersions.made.adding(seconds: 600)

    private func request(
        _ values: [PersonalizationKey: String] = [.emailAddress: "ada@example.com"], token: String = "token-1"
    ) throws -> PersonalizationRequest {
        PersonalizationRequest(
            personalizationToken: try #require(PersonalizationToken(rawValue: token)),
            requiredPersonalizationInfo: PersonalizationInfo(values))
    }

    private func personalized(
        _ pass: PassIssuer.Pass, _ values: [PersonalizationKey: String] = [.emailAddress: "ada@example.com"],
        fields: [PersonalizationField] = PersonalizationField.allCases
    ) throws -> PassIssuer.Pass {
        let outcome = try pass.personalized(by: request(values), fields: fields, isAsking: true, at: entered)
        guard case .personalized(let personalized) = outcome else { throw NotPersonalized() }
        return personalized
    }

    private struct NotPersonalized: Error {}

    private func link(_ contact: JSONObject, secondsAfterEntering seconds: Int) throws -> LinkClaims {
        LinkClaims(
            campaign: try #require(CampaignID(rawValue: "spring")), platform: .any,
            passKey: try #require(PassKey(rawValue: "c-1")), contact: contact, voucher: ["points": 5],
            issuedAt: entered.adding(seconds: seconds), expiresAt: nil)
    }

    @Test("merges what was asked for and entered into the contact under Apple's names, and nothing else")
    func merges() throws {
        let pass = try CampaignVersions.pass(contact: ["id": "c-1", "emailAddress": "old@example.com"])
        let values: [PersonalizationKey: String] = [
            .emailAddress: "ada@example.com", .postalCode: "W1J 9LD", .countryCode: "GB", .phoneNumber: "1",
        ]
        let result = try personalized(pass, values, fields: [.emailAddress, .postalCode])
        #expect(
            result.contact == [
                "id": "c-1", "emailAddress": "ada@example.com", "postalCode": "W1J 9LD", "ISOCountryCode": "GB",
            ])
        let enrolment = try #require(result.enrolment)
        #expect(enrolment.keys == [.emailAddress, .postalCode, .countryCode] && enrolment.at == entered)
        #expect(enrolment.tokenHash == SHA256.digest(Array("token-1".utf8)))
        #expect(result.dataAt == pass.dataAt && result.voucher == pass.voucher)
    }

    @Test("a form that asks for a name takes each of its parts", arguments: [PersonalizationKey.fullName, .familyName])
    func names(key: PersonalizationKey) throws {
        let result = try personalized(try CampaignVersions.pass(), [key: "Ada"], fields: [.name])
        #expect(result.contact == [key.rawValue: "Ada"])
    }

    @Test("the same token again is a repetition, whatever comes with it; another one is refused")
    func repeated() throws {
        let first = try personalized(try CampaignVersions.pass())
        for isAsking in [false, true] {
            let again = try first.personalized(
                by: request([:]), fields: [], isAsking: isAsking, at: entered.adding(seconds: 9))
            #expect(try again == .repeated(#require(first.enrolment)))
            #expect(throws: IssuingError.self) {
                try first.personalized(
                    by: request(token: "token-2"), fields: PersonalizationField.allCases, isAsking: isAsking,
                    at: entered)
            }
        }
    }

    @Test("a pass that asks for nothing, or lives at Google alone, takes nothing")
    func notAsking() throws {
        var pass = try CampaignVersions.pass()
        #expect(throws: IssuingError.self) {
            try pass.personalized(by: request(), fields: [.emailAddress], isAsking: false, at: entered)
        }
        pass.platforms = [.google]
        #expect(throws: IssuingError.self) {
            try pass.personalized(by: request(), fields: [.emailAddress], isAsking: true, at: entered)
        }
    }

    @Test("a form in which nothing stands that was asked for is refused")
    func nothing() throws {
        let pass = try CampaignVersions.pass()
        for values: [PersonalizationKey: String] in [[:], [.phoneNumber: "1"]] {
            #expect(throws: IssuingError.self) {
                try pass.personalized(by: request(values), fields: [.emailAddress], isAsking: true, at: entered)
            }
        }
    }

    @Test("a newer link brings all but what was entered, which it replaces only where it names it itself")
    func newerLink() throws {
        let pass = try personalized(
            try CampaignVersions.pass(contact: ["id": "c-1", "tier": "blue"]),
            [.emailAddress: "ada@example.com", .phoneNumber: "1"])
        let opened = pass.opened(
            by: try link(["id": "c-1", "emailAddress": "new@example.com"], secondsAfterEntering: 60), on: .apple)
        #expect(opened.contact == ["id": "c-1", "emailAddress": "new@example.com", "phoneNumber": "1"])
        #expect(opened.voucher == ["points": 5] && opened.enrolment == pass.enrolment)
    }

    @Test("a link that was made before brings its other data, and takes nothing back that was entered since")
    func linkMadeBefore() throws {
        let pass = try personalized(try CampaignVersions.pass())
        let opened = pass.opened(
            by: try link(["id": "c-1", "emailAddress": "old@example.com"], secondsAfterEntering: -60), on: .apple)
        #expect(opened.contact == ["id": "c-1", "emailAddress": "ada@example.com"])
        #expect(opened.voucher == ["points": 5])
    }

    @Test("what a patch erases or changes after it was entered stays so when a newer link does not name it")
    func patches() throws {
        let pass = try personalized(
            try CampaignVersions.pass(), [.emailAddress: "ada@example.com", .phoneNumber: "1", .fullName: "Ada"])
        let patch = PassPatch(contact: .value(["emailAddress": .null, "phoneNumber": "2"]))
        let patched = pass.patched(with: patch, at: entered.adding(seconds: 60))
        #expect(patched.contact == ["phoneNumber": "2", "fullName": "Ada"] && patched.enrolment == pass.enrolment)
        let opened = patched.opened(by: try link(["id": "c-1"], secondsAfterEntering: 90), on: .apple)
        #expect(opened.contact == ["id": "c-1", "phoneNumber": "2", "fullName": "Ada"])
        let emptied = pass.patched(with: PassPatch(contact: .null), at: entered.adding(seconds: 60))
        #expect(emptied.contact == [:] && emptied.enrolment == pass.enrolment)
    }
}
