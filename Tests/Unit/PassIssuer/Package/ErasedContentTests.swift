import Contracts
import JSON
import Testing

@testable import PassIssuer

@Suite("What an erased pass shows") struct ErasedContentTests {
    private func content(_ pass: String, tokens: String = "{}") throws -> CampaignContent {
        let json = try JSON.parse(
            #"""
            {"name":"Test","walletConfigurationId":"acme","tokens":\#(tokens),"pass":\#(pass)}
            """#)
        let definition = CampaignDefinition(try JSON.decode(CampaignRequest.self, from: json))
        return try CampaignContent(definition, hasOrganizationName: true)
    }

    @Test("is the campaign's texts and defaults, and a dash for what only the person had")
    func texts() throws {
        let content = try content(
            #"""
            {"description":"Card","storeCard":{"primaryFields":[
                {"key":"a","label":"Name","value":"Hello {{contact.firstName}} {{contact.lastName}}"}]}}
            """#, tokens: #"{"defaults":{"contact.firstName":"you"}}"#)
        let shown = try content.erasedContent().pass
        #expect(shown["storeCard"]?["primaryFields"]?[0]?["value"] == "Hello you -")
        #expect(shown["description"] == "Card")
    }

    @Test("leaves out what phones would refuse without its value")
    func omissions() throws {
        let content = try content(
            #"""
            {"description":"Card","expirationDate":"{{voucher.until}}","storeCard":{"auxiliaryFields":[
                {"key":"a","label":"A","value":"x"},
                {"key":"b","label":"B","value":"{{voucher.amount}}","currencyCode":"EUR"}]}}
            """#)
        let shown = try content.erasedContent().pass
        #expect(shown["expirationDate"] == nil)
        #expect(shown["storeCard"]?["auxiliaryFields"]?[0]?["value"] == "x")
        #expect(content.finalCheck.allErrors(inWhole: .object(shown)).isEmpty)
    }
}
