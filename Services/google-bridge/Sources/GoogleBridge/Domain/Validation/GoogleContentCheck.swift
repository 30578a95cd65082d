import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON

/// What Google would say to a campaign's content, before anything is stored or sent.
package enum GoogleContentCheck {
    /// Maps a campaign's content and answers what would be refused and what is left out.
    package static func check(_ request: GoogleClassRequest) -> GoogleContentAnswer {
        guard let context = GoogleMappingContext.forChecks else { return GoogleContentAnswer(kind: nil) }
        let content = PassContent(request, defaultLanguage: context.defaultLanguage)
        let mapping = PassMapping(content, context, kind: request.google?.kind)
        let mappedClass = mapping.mappedClass(variant: nil)
        let object = mapping.finishedObject(mappedClass.id)
        let missingImages = mapping.missingImages
        var seen: Set<GoogleMappingFault> = []
        let faults = (mappedClass.faults + object.checked()).filter { fault in
            // A campaign without its logo is a draft, no fault.
            seen.insert(fault).inserted && !(fault.pointer == GoogleMappingFault.images && !missingImages.isEmpty)
        }
        let lengths =
            RecommendedLengths.notes(mappedClass.resource, mapping, .class)
            + RecommendedLengths.notes(object.members, mapping, .object)
        return GoogleContentAnswer(
            kind: content.style == nil ? nil : mapping.kind.passKind, errors: faults.map(\.problemError),
            warnings: mappedClass.warnings + lengths.map(\.description), missingImages: missingImages)
    }
}

extension PassMapping {
    /// The images that Google requires of the kind and the content lacks.
    var missingImages: [ImageRole] {
        guard kind == .loyalty || kind == .transit else { return [] }
        let hasLogo = content.images.contains { $0.file.role == .logo && $0.file.language == nil }
        return hasLogo ? [] : [.logo]
    }
}

extension GoogleMappingFault {
    /// Where images stand.
    static let images = JSONPointer(tokens: ["images"])
}

extension GoogleMappingContext {
    /// A context for checks, whose ids and addresses stand for whatever they will be.
    fileprivate static let forChecks: GoogleMappingContext? = {
        guard let issuerID = GoogleIssuerID(rawValue: "1"), let campaignID = CampaignID(rawValue: "campaign") else {
            return nil
        }
        return GoogleMappingContext(
            issuerID: issuerID, campaignID: campaignID, assetBaseURL: "https://images.invalid")
    }()
}
