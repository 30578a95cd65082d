import Contracts
import JSON
import Testing

@testable import PassIssuer

@Suite struct PersonalizationRulesTests {
    private func campaign(_ form: Personalization?, pass: JSONObject = ["nfc": [:]]) -> CampaignDefinition {
        var campaign = CampaignDefinition(pass: pass)
        campaign.personalization = form
        return campaign
    }

    private func faults(_ campaign: CampaignDefinition) -> [String] {
        PersonalizationRules.faults(of: campaign).map(\.pointer.description)
    }

    @Test("a form needs NFC, something to ask for, a description, and texts that a package can carry")
    func faults() {
        let sound = Personalization(requiredFields: [.name], description: "Join")
        #expect(faults(campaign(sound)) == [] && faults(campaign(nil, pass: [:])) == [])
        #expect(faults(campaign(sound, pass: [:])) == ["/personalization"])
        let long = String(repeating: "x", count: PersonalizationRules.maximumBytes + 1)
        let wrong = Personalization(requiredFields: [], description: " ", termsAndConditions: long)
        #expect(
            faults(campaign(wrong)) == [
                "/personalization/requiredFields", "/personalization/description",
                "/personalization/termsAndConditions",
            ])
    }

    @Test("a form that was stored without a field asks for nothing")
    func empty() {
        #expect(PersonalizationRules.asksForSomething(Personalization(requiredFields: [], description: "x")) == nil)
    }

    @Test("a form without a logo, and a logo without a form, are warned of")
    func logo() throws {
        let form = Personalization(requiredFields: [.name], description: "Join")
        let logo = try #require(ImageFile(rawValue: "de.lproj/personalizationLogo@2x.png"))
        func warnings(_ form: Personalization?, _ files: [ImageFile]) -> [String] {
            PersonalizationRules.warnings(about: files, of: campaign(form)).map { "\($0.pointer)" }
        }
        #expect(warnings(form, [logo]) == [] && warnings(nil, []) == [])
        #expect(warnings(form, []) == ["/images/personalizationLogo.png"])
        #expect(warnings(nil, [logo]) == ["/images/de.lproj~1personalizationLogo@2x.png"])
    }
}
