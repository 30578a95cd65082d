import JSON

/// What a phone needs to know of a pass to keep it up to date.
public struct PassIdentity: Codable, Hashable, Sendable {
    /// The pass type.
    public let passTypeIdentifier: String
    /// The serial number, unique within its pass type.
    public let serialNumber: String
    /// The team that signs the pass.
    public let teamIdentifier: String
    /// The issuer's name.
    public let organizationName: String
    /// A short text that describes the pass.
    public let description: String
    /// Where to register; nil for a pass that never changes.
    public let webServiceURL: String?
    /// What to show there.
    public let authenticationToken: String?

    /// The pass can be kept up to date.
    public var hasWebService: Bool { webServiceURL != nil }

    init(passJSON: JSONValue, allowsHTTP: Bool) throws(PhoneRefusal) {
        guard passJSON.objectValue != nil else { throw .content("it is no JSON object") }
        guard passJSON["formatVersion"]?.intValue == 1 else { throw .content("formatVersion is not the number 1") }
        passTypeIdentifier = try Self.text("passTypeIdentifier", in: passJSON)
        serialNumber = try Self.text("serialNumber", in: passJSON)
        teamIdentifier = try Self.text("teamIdentifier", in: passJSON)
        organizationName = try Self.text("organizationName", in: passJSON)
        description = try Self.text("description", in: passJSON)
        webServiceURL = try passJSON["webServiceURL"].map { _ throws(PhoneRefusal) in
            try Self.text("webServiceURL", in: passJSON)
        }
        authenticationToken = try passJSON["authenticationToken"].map { _ throws(PhoneRefusal) in
            try Self.text("authenticationToken", in: passJSON)
        }
        try checkWebService(allowsHTTP: allowsHTTP)
    }

    private func checkWebService(allowsHTTP: Bool) throws(PhoneRefusal) {
        switch (webServiceURL, authenticationToken) {
        case (nil, nil): return
        case (_?, nil): throw .content("webServiceURL stands without authenticationToken")
        case (nil, _?): throw .content("authenticationToken stands without webServiceURL")
        case (let url?, let token?):
            guard token.count >= 16 else { throw .content("authenticationToken has less than 16 characters") }
            guard url.hasPrefix("https://") || allowsHTTP && url.hasPrefix("http://") else {
                throw .content("webServiceURL is not https")
            }
        }
    }

    private static func text(_ key: String, in passJSON: JSONValue) throws(PhoneRefusal) -> String {
        guard let value = passJSON[key] else { throw .content("\(key) is missing") }
        guard let text = value.stringValue, !text.isEmpty else { throw .content("\(key) is not a text") }
        return text
    }
}
