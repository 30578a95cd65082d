import GoogleWalletSchema
import JSON

/// An object made of a pass's content.
package struct GoogleMappedObject: Sendable {
    /// Its kind.
    package let kind: GoogleKind
    /// Its id.
    package let id: GoogleResourceID
    /// The id of its class.
    package let classID: GoogleResourceID
    /// Which variant of the campaign's class that is; nil when there is one for all passes.
    package let variantKey: String?
    /// What Google is sent.
    package let resource: JSONObject
    /// What could not be carried over, with the reason.
    package let warnings: [String]
    /// What Google would refuse.
    package let faults: [GoogleMappingFault]
}
