import JSON

/// The keys of pass.json that the platform writes.
struct PassIdentity: Hashable, Sendable {
    /// Where phones ask for updates.
    struct WebService: Hashable, Sendable {
        /// The registry's public base URL.
        var url: String
        /// What the phone shows there for this pass.
        var authenticationToken: String
    }

    /// From the certificate's subject UID.
    var passTypeIdentifier: String
    /// From the certificate's organisational unit.
    var teamIdentifier: String
    /// The pass among those of its type.
    var serialNumber: String
    /// Used when the content names no organisation.
    var organizationName: String?
    /// Nil for a preview, which no phone updates.
    var webService: WebService?

    /// Writes the keys into content.
    func complete(_ pass: inout JSONObject) {
        pass["formatVersion"] = .number(JSONNumber(1))
        pass["passTypeIdentifier"] = .string(passTypeIdentifier)
        pass["teamIdentifier"] = .string(teamIdentifier)
        pass["serialNumber"] = .string(serialNumber)
        if pass["organizationName"] == nil, let organizationName {
            pass["organizationName"] = .string(organizationName)
        }
        pass["webServiceURL"] = webService.map { .string($0.url) }
        pass["authenticationToken"] = webService.map { .string($0.authenticationToken) }
    }
}
