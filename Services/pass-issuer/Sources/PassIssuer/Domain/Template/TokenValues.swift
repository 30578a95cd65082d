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

    /// These values, with others in their place where there are any.
    func overridden(by others: TokenValues) -> TokenValues {
        TokenValues(
            contact: Self.merged(contact, others.contact), voucher: Self.merged(voucher, others.voucher))
    }

    private static func merged(_ object: JSONObject, _ others: JSONObject) -> JSONObject {
        var result = object
        for (key, value) in others {
            if case .object(let inner) = value, case .object(let old)? = object[key] {
                result[key] = .object(merged(old, inner))
            } else {
                result[key] = value
            }
        }
        return result
    }
}
