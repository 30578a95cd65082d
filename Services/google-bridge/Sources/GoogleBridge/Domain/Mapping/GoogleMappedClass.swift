import GoogleWalletSchema
import JSON

/// A class made of a content.
package struct GoogleMappedClass: Sendable {
    /// Its kind.
    package let kind: GoogleKind
    /// Its id; the base id when the campaign has variants and this is made of the campaign's own content.
    package let id: GoogleResourceID
    /// What Google is sent.
    package let resource: JSONObject
    /// Whether the campaign has a class for each distinct value of what passes would share. Such a campaign's own class
    /// is never written; each variant is made of a pass's content.
    package let hasVariants: Bool
    /// What could not be carried over, with the reason.
    package let warnings: [String]
    /// What Google would refuse.
    package let faults: [GoogleMappingFault]
}
