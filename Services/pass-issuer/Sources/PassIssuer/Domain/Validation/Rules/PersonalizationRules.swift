import Contracts
import JSON

/// The form that passes ask their owners to fill in: Apple's rewards enrolment.
enum PersonalizationRules {
    /// How many bytes of UTF-8 a text of the form may have: each package carries it until the form is filled in.
    static let maximumBytes = 100_000

    private static let pointer = JSONPointer(tokens: ["personalization"])

    /// Every error of a campaign's form.
    static func faults(of campaign: CampaignDefinition) -> [PassFault] {
        guard let form = campaign.personalization else { return [] }
        var faults: [PassFault] = []
        if campaign.pass["nfc"] == nil {
            faults.append(
                PassFault(
                    pointer, "Rewards enrolment works with NFC passes only.",
                    "Add \"nfc\" to the pass, or remove \"personalization\"."))
        }
        if form.requiredFields.isEmpty {
            faults.append(
                PassFault(
                    pointer.appending("requiredFields"), "The enrolment asks for nothing.",
                    "Name one of \(PersonalizationField.allCases.map(\.rawValue).joined(separator: ", "))."))
        }
        if !TextRule.notEmpty.accepts(form.description) {
            faults.append(
                PassFault(
                    pointer.appending("description"), "The form has no description.",
                    "Say in a sentence what the enrolment is for."))
        }
        for (key, text) in [("description", form.description), ("termsAndConditions", form.termsAndConditions ?? "")]
        where text.utf8.count > maximumBytes {
            faults.append(
                PassFault(
                    pointer.appending(key), "The text has more than \(maximumBytes) bytes.",
                    "Shorten it; terms can link to a page that holds the rest."))
        }
        return faults
    }

    /// What an admin should know of the form's logo; never an error.
    static func warnings(about images: some Sequence<ImageFile>, of campaign: CampaignDefinition) -> [PassFault] {
        let logo = images.filter { $0.role == .personalizationLogo }.min { $0.rawValue < $1.rawValue }
        switch (campaign.personalization, logo) {
        case (nil, let logo?):
            return [
                PassFault(
                    JSONPointer(tokens: ["images", logo.rawValue]),
                    "The campaign has no form that would show it, so that no package holds it.",
                    "Add \"personalization\", or remove the image.", severity: .warning)
            ]
        case (.some, nil):
            return [
                PassFault(
                    JSONPointer(tokens: ["images", "personalizationLogo.png"]), "The form has no logo.",
                    "Add personalizationLogo@2x.png of 300 × 80 pixels.", severity: .warning, effect: .showsAnyway)
            ]
        default: return []
        }
    }

    /// The form, when it asks for something; a version that was stored before it was looked at may ask for nothing.
    static func asksForSomething(_ form: Personalization?) -> Personalization? {
        form.flatMap { $0.requiredFields.isEmpty ? nil : $0 }
    }
}
