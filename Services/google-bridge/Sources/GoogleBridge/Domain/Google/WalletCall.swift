import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON

/// One call of Google Wallet's API, below `/walletobjects/v1`.
struct WalletCall: Sendable {
    let method: HTTPMethod
    let path: String
    var query: [(String, String)] = []
    var body: JSONObject?

    /// The path with a name in place of the id, for traces.
    var template: String {
        var segments = path.split(separator: "/")
        if segments.count > 1 { segments[1] = "{resourceId}" }
        return "/" + segments.joined(separator: "/")
    }

    /// Makes a class or object of the id that its body names.
    static func insert(_ level: GoogleLevel, _ kind: GoogleKind, _ body: JSONObject) -> WalletCall {
        WalletCall(method: .post, path: "/\(kind.resource(level))", body: body)
    }

    /// Answers a class or object.
    static func get(_ level: GoogleLevel, _ kind: GoogleKind, id: String) -> WalletCall {
        WalletCall(method: .get, path: path(level, kind, id))
    }

    /// Changes the members that the body has; arrays are replaced whole, null clears.
    static func patch(_ level: GoogleLevel, _ kind: GoogleKind, id: String, _ body: JSONObject) -> WalletCall {
        WalletCall(method: .patch, path: path(level, kind, id), body: body)
    }

    /// Adds a message to a class or object.
    static func addMessage(
        _ level: GoogleLevel, _ kind: GoogleKind, id: String, _ message: JSONObject
    ) -> WalletCall {
        WalletCall(method: .post, path: path(level, kind, id) + "/addMessage", body: ["message": .object(message)])
    }

    /// A page of an issuer's classes.
    static func classes(
        _ kind: GoogleKind, of issuer: GoogleIssuerID, limit: Int, after token: String?
    ) -> WalletCall {
        list(.class, kind, ("issuerId", issuer.rawValue), limit, token)
    }

    /// A page of a class's objects.
    static func objects(_ kind: GoogleKind, ofClass id: String, limit: Int, after token: String?) -> WalletCall {
        list(.object, kind, ("classId", id), limit, token)
    }

    /// Answers an issuer account.
    static func issuer(_ id: GoogleIssuerID) -> WalletCall {
        WalletCall(method: .get, path: "/issuer/\(id.rawValue)")
    }

    /// Answers who may do what with an issuer account.
    static func permissions(_ id: GoogleIssuerID) -> WalletCall {
        WalletCall(method: .get, path: "/permissions/\(id.rawValue)")
    }

    private static func list(
        _ level: GoogleLevel, _ kind: GoogleKind, _ owner: (String, String), _ limit: Int, _ token: String?
    ) -> WalletCall {
        var query = [owner, ("maxResults", String(limit))]
        if let token { query.append(("token", token)) }
        return WalletCall(method: .get, path: "/\(kind.resource(level))", query: query)
    }

    private static func path(_ level: GoogleLevel, _ kind: GoogleKind, _ id: String) -> String {
        "/\(kind.resource(level))/\(PercentEncoding.encodeSegment(id))"
    }
}
