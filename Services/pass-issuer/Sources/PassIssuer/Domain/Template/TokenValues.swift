import JSON

/// The data of one pass.
struct TokenValues: Hashable, Sendable {
    /// What `contact.…` tokens reach into.
    var contact: JSONObject
    /// What `voucher.…` tokens reach into.
    var voucher: JSONObject

    /// The values of a pass.
    init(contact: JSONObject = [:], voucher: JSONObject = [:]) {
        self.contact = contact
        self.voucher = voucher
    }

    /// The value of a token; nil when it is missing or `null`.
    subscript(path: TokenPath) -> JSONValue? {
        let object = path.root == .contact ? contact : voucher
        guard var value = object[path.keys[0]] else { return nil }
        for key in path.keys.dropFirst() {
            guard let next = value[key] else { return nil }
            value = next
        }
        if case .null = value { return nil }
        return value
    }
}
