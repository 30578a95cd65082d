import Contracts
import GoogleWalletSchema
import JSON

/// The mapping of one content in Apple's vocabulary to Google's class and object (`docs/protocols/google-wallet.md`).
///
/// Pure: the same content gives the same resources, at any time and in any process.
package enum GoogleMapping {
    /// The class of a campaign. Where it has variants the result shows only what can be known without a pass.
    package static func classResource(
        of request: GoogleClassRequest, in context: GoogleMappingContext
    ) -> GoogleMappedClass {
        let content = PassContent(request, defaultLanguage: context.defaultLanguage)
        return PassMapping(content, context, kind: request.google?.kind).mappedClass(variant: nil)
    }

    /// The class that a pass needs: the campaign's, or the variant for the pass's values.
    package static func classResource(
        of request: GoogleObjectRequest, in context: GoogleMappingContext
    ) -> GoogleMappedClass {
        let mapping = mapping(of: request, in: context)
        return mapping.mappedClass(variant: mapping.variantKey)
    }

    /// The object of a pass.
    package static func objectResource(
        of request: GoogleObjectRequest, serialNumber: SerialNumber, in context: GoogleMappingContext
    ) -> GoogleMappedObject {
        mapping(of: request, in: context).mappedObject(serialNumber)
    }

    /// Which variant of the campaign's class a pass needs; nil when there is one class for all.
    package static func variantKey(of request: GoogleObjectRequest, in context: GoogleMappingContext) -> String? {
        mapping(of: request, in: context).variantKey
    }

    static func mapping(of request: GoogleObjectRequest, in context: GoogleMappingContext) -> PassMapping {
        let content = PassContent(
            request, campaignName: context.campaignName, tokens: context.tokens,
            defaultLanguage: context.defaultLanguage)
        return PassMapping(content, context, kind: context.kind ?? request.google?.kind)
    }
}
