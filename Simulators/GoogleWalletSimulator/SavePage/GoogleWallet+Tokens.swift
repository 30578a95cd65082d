import GoogleWalletSchema
import HTTPTypes
import JSON

extension GoogleWallet {
    /// Makes the resources of a token, which may be longer than a link, and answers a link for them.
    func insertToken(_ call: WalletCall, _ notes: inout CallNotes) async throws(WalletError) -> WalletReply {
        let body = try call.object()
        let token = try SaveToken(body["jwt"]?.stringValue ?? "", accounts: accounts, now: clock.now())
        try admitAll(token.entries, &notes)
        try examine(token.entries, of: token.clientEmail)
        let made = try await make(token.entries)
        let link = links.add(made.filter { $0.type.level == .object }.map(\.id.description))
        var lists = JSONObject()
        for resource in made {
            let name = resource.type.listName
            lists[name] = .array((lists[name]?.arrayValue ?? []) + [shown(resource)])
        }
        return try WalletReply(["saveUri": .string("\(saveURL)/\(link)"), "resources": .object(lists)], for: call)
    }

    /// Says whether a token, or the content of one, could be saved; makes nothing.
    func validateToken(_ call: WalletCall, _ notes: inout CallNotes) async throws(WalletError) -> WalletReply {
        let body = try call.object()
        let entries: [SaveToken.Entry]
        let email: String
        switch (body["jwtResource"], body["jsonResource"]) {
        case (let resource?, nil):
            let token = try SaveToken(resource["jwt"]?.stringValue ?? "", accounts: accounts, now: clock.now())
            entries = token.entries
            email = token.clientEmail
        case (nil, let resource?):
            entries = try SaveToken.entries(of: try Self.payload(resource["json"]?.stringValue ?? ""))
            email = notes.clientEmail ?? ""
        default:
            throw .invalidResource("Exactly one of jwtResource and jsonResource must be set.")
        }
        try admitAll(entries, &notes)
        try examine(entries, of: email)
        return try WalletReply([:], for: call)
    }

    /// One call of each issuer.
    private func admitAll(_ entries: [SaveToken.Entry], _ notes: inout CallNotes) throws(WalletError) {
        for issuerID in Set(entries.map(\.id.issuerID)).sorted() {
            _ = try knownID("\(issuerID).x")
            try admit(issuerID, writes: true, &notes)
        }
    }

    private static func payload(_ text: String) throws(WalletError) -> JSONValue {
        do throws(JSONError) {
            let value = try JSON.parse(text)
            return value["payload"] ?? value
        } catch {
            throw .invalidResource("Invalid JSON resource: \(error).")
        }
    }
}
