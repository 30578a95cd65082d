import JSON

extension GoogleWallet {
    func listIssuers(_ call: WalletCall, _ notes: inout CallNotes) throws(WalletError) -> WalletReply {
        let email = notes.clientEmail ?? ""
        let mine = accounts.issuers.filter { $0.permissions[email] != nil }
        return try WalletReply(["resources": .array(mine.map(Self.resource))], for: call)
    }

    func getIssuer(_ id: String, _ call: WalletCall, _ notes: inout CallNotes) throws(WalletError) -> WalletReply {
        let issuer = try knownIssuer(id)
        try admit(id, writes: false, &notes)
        return try WalletReply(Self.resource(issuer), for: call)
    }

    func getPermissions(_ id: String, _ call: WalletCall, _ notes: inout CallNotes) throws(WalletError) -> WalletReply {
        _ = try knownIssuer(id)
        try admit(id, writes: false, &notes)
        return try WalletReply(permissions(of: try knownIssuer(id)), for: call)
    }

    /// Replaces the whole list, as only an owner may.
    func updatePermissions(
        _ id: String, _ call: WalletCall, _ notes: inout CallNotes
    ) throws(WalletError) -> WalletReply {
        _ = try knownIssuer(id)
        let body = try call.object()
        try admit(id, writes: true, &notes)
        guard accounts.role(of: notes.clientEmail ?? "", at: id) == .owner else { throw .permissionDenied }
        var permissions: [String: IssuerRole] = [:]
        for entry in body["permissions"]?.arrayValue ?? [] {
            guard let email = entry["emailAddress"]?.stringValue, !email.isEmpty,
                let role = IssuerRole(spelled: entry["role"]?.stringValue ?? "")
            else { throw .invalidResource("Invalid permission: \(entry)") }
            permissions[email] = role
        }
        guard let issuer = accounts.change(id, { $0.permissions = permissions }) else { throw .invalidID(id) }
        journal?.write(issuer)
        return try WalletReply(self.permissions(of: issuer), for: call)
    }

    private func knownIssuer(_ id: String) throws(WalletError) -> Issuer {
        guard let issuer = accounts.issuer(id) else {
            throw WalletError(404, "issuerNotFound", "Issuer \(id) not found.")
        }
        return issuer
    }

    private static func resource(_ issuer: Issuer) -> JSONValue {
        ["issuerId": .string(issuer.issuerId), "name": .string(issuer.name)]
    }

    private func permissions(of issuer: Issuer) -> JSONValue {
        let isLegacy = settings.legacySpelling
        let entries = issuer.permissions.sorted { $0.key < $1.key }.map { email, role -> JSONValue in
            let role = isLegacy ? role.rawValue.lowercased() : role.rawValue
            return ["emailAddress": .string(email), "role": .string(role)]
        }
        return ["issuerId": .string(issuer.issuerId), "permissions": .array(entries)]
    }
}
