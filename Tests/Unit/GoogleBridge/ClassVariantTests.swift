import Contracts
import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

@Suite struct ClassVariantTests {
    private let gate = "/pass/boardingPass/headerFields/0/value"
    private let seat = "/pass/boardingPass/auxiliaryFields/1/value"

    private func key(_ fixture: MappingFixture, _ changes: [String: JSONValue] = [:]) throws -> String? {
        var pass = JSONValue.object(["pass": .object(fixture.pass.pass)])
        for (place, value) in changes {
            let tokens = try #require(JSONPointer(place)).tokens
            pass = try #require(MappingFixture.setting(value, tokens[...], pass))
        }
        var request = fixture.pass
        request.pass = try #require(pass["pass"]?.objectValue)
        return GoogleMapping.variantKey(of: request, in: fixture.context)
    }

    @Test func dependsOnWhatPassesShareAlone() throws {
        let fixture = try MappingFixture(.flight)
        let key = try #require(try self.key(fixture))
        #expect(try self.key(fixture, [gate: "A1"]) != key)
        #expect(try self.key(fixture, [seat: "1A"]) == key)
        #expect(key.utf8.count == 16)
    }

    @Test func doesNotDependOnWhatAllPassesHaveInCommon() throws {
        var fixture = try MappingFixture(.flight)
        let key = try self.key(fixture)
        fixture.pass.pass["backgroundColor"] = "#123456"
        #expect(try self.key(fixture) == key)
    }

    @Test(arguments: [GoogleKind.generic, .offer, .loyalty, .giftCard, .transit])
    func isNoneForOtherKinds(kind: GoogleKind) throws {
        #expect(try key(try MappingFixture(kind)) == nil)
    }

    @Test func isNoneWhenPassesDifferInNothingThatTheyShare() throws {
        var fixture = try MappingFixture(.eventTicket)
        fixture.context.tokenPointers = ["/pass/eventTicket/secondaryFields/1/value"]
        #expect(try key(fixture) == nil)
        #expect(!GoogleMapping.classResource(of: fixture.pass, in: fixture.context).hasVariants)
    }

    @Test func comesOfTranslationsThatDiffer() throws {
        let content = try SmallContent(
            #"{"eventTicket":{"primaryFields":[{"key":"event","value":"Show"}]}}"#,
            tokens: ["/localizations/de/Show"], localizations: ["de": ["Show": "{{voucher.show}}"]])
        #expect(try content.mappedClass().hasVariants)
        var other = content.pass
        other.localizations = ["de": ["Show": "Anders"]]
        #expect(
            GoogleMapping.variantKey(of: content.pass, in: content.context)
                != GoogleMapping.variantKey(of: other, in: content.context))
    }
}
