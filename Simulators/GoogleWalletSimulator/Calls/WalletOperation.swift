import HTTPTypes

/// What a call asks for, read from its method and path.
enum WalletOperation: Sendable {
    case insert(ResourceType)
    case list(ResourceType)
    case get(ResourceType, id: String)
    case patch(ResourceType, id: String)
    case update(ResourceType, id: String)
    case addMessage(ResourceType, id: String)
    case listIssuers
    case getIssuer(String)
    case getPermissions(String)
    case updatePermissions(String)
    case insertToken
    case validateToken

    /// nil for what Google does not serve: there is no way to delete, for one.
    init?(_ method: HTTPMethod, _ segments: [String]) {
        guard segments.prefix(2) == ["walletobjects", "v1"] else { return nil }
        let words = Array(segments.dropFirst(2))
        guard let collection = words.first else { return nil }
        if let type = ResourceType(segment: collection) {
            self.init(method, type, Array(words.dropFirst()))
            return
        }
        switch (method, collection, words.count) {
        case (.get, "issuer", 1): self = .listIssuers
        case (.get, "issuer", 2): self = .getIssuer(words[1])
        case (.get, "permissions", 2): self = .getPermissions(words[1])
        case (.put, "permissions", 2): self = .updatePermissions(words[1])
        case (.post, "jwt", 1): self = .insertToken
        case (.post, "jwt", 2) where words[1] == "validate": self = .validateToken
        default: return nil
        }
    }

    private init?(_ method: HTTPMethod, _ type: ResourceType, _ words: [String]) {
        switch (method, words.count) {
        case (.post, 0): self = .insert(type)
        case (.get, 0): self = .list(type)
        case (.get, 1): self = .get(type, id: words[0])
        case (.patch, 1): self = .patch(type, id: words[0])
        case (.put, 1): self = .update(type, id: words[0])
        case (.post, 2) where words[1] == "addMessage": self = .addMessage(type, id: words[0])
        default: return nil
        }
    }
}
