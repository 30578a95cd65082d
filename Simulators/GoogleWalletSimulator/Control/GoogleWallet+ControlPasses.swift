import GoogleWalletSchema
import HTTPServer
import HTTPTypes
import JSON

/// A wish about an issuer account.
private struct IssuerWish: Decodable {
    let issuerId: String
    let name: String
    let allowsMerchantLocations: Bool?
}

/// A wish about a service account.
private struct ServiceAccountWish: Decodable {
    let clientEmail: String
    let issuers: [String]?
    let role: IssuerRole?
}

/// A wish about a pass in a person's wallet.
private struct PassWish: Decodable {
    let user: String?
    let link: String?
}

/// A wish about a callback.
private struct CallbackWish: Decodable {
    let objectId: String
    let event: CallbackEvent
    let forgery: CallbackForgery?
}

/// A wish about callbacks that are signed and not sent.
private struct SignedCallbacksWish: Decodable {
    static let most = 100_000

    let objectIds: [String]
    let event: CallbackEvent
    let count: Int
}

extension GoogleWallet {
    private static let longestBody = 1 << 20

    func addAccounts(to routes: inout Routes) {
        routes.on(.get, "/control/v1/issuers") { [self] _ in try .json(["issuers": issuers]) }
        routes.on(.post, "/control/v1/issuers", body: .collected(limit: Self.longestBody)) { [self] request in
            let wish = try request.decode(IssuerWish.self)
            var issuer = accounts.issuer(wish.issuerId) ?? Issuer(issuerId: wish.issuerId, name: wish.name)
            issuer.name = wish.name
            issuer.allowsMerchantLocations = wish.allowsMerchantLocations ?? issuer.allowsMerchantLocations
            try Self.told { [issuer] () throws(SimulatorError) in try put(issuer) }
            return try .json(issuer, status: .created)
        }
        routes.on(.post, "/control/v1/service-accounts", body: .collected(limit: Self.longestBody)) {
            [self] request in
            let wish = try request.decode(ServiceAccountWish.self)
            let key = try makeServiceAccount(
                wish.clientEmail, issuers: wish.issuers ?? [], role: wish.role ?? .owner)
            return try .json(try key.file(), status: .created)
        }
        routes.on(.delete, "/control/v1/service-accounts/{clientEmail}") { [self] request in
            removeServiceAccount(try request.parameter("clientEmail"), keyID: request.query.first("keyId"))
            return HTTPResponse(.noContent)
        }
        routes.on(.post, "/control/v1/token-revocations", body: .collected(limit: Self.longestBody)) {
            [self] request in
            revokeTokens(of: request.body.isEmpty ? nil : try request.json()["clientEmail"]?.stringValue)
            return HTTPResponse(.noContent)
        }
    }

    func addPasses(to routes: inout Routes) {
        routes.on(.get, "/control/v1/resources/{level}/{id}") { [self] request in
            let id: String = try request.parameter("id")
            guard let level = GoogleLevel(rawValue: try request.parameter("level")),
                let object = resource(level, id), let version = version(of: level, id)
            else { throw Problem(.notFound, "There is no such class or object.") }
            let answer: JSONValue = [
                "resource": .object(object), "version": .number(JSONNumber(version)),
                "holders": .array(holders(of: id).map(JSONValue.string)),
            ]
            return try .json(answer)
        }
        routes.on(.post, "/control/v1/saves", body: .collected(limit: Self.longestBody)) { [self] request in
            let wish = try request.decode(PassWish.self)
            guard let link = wish.link else { throw Problem(.unprocessableContent, "Give the link.") }
            let ids: [String]
            do throws(SimulatorError) {
                ids = try await save(link: link, user: wish.user ?? "ada@example.com")
            } catch {
                throw Problem(.conflict, error.description)
            }
            return try .json(["objectIds": ids])
        }
        routes.on(.post, "/control/v1/objects/{id}/{verb}", body: .collected(limit: Self.longestBody)) {
            [self] request in
            let id: String = try request.parameter("id")
            let user = (request.body.isEmpty ? nil : try request.decode(PassWish.self).user) ?? "ada@example.com"
            switch try request.parameter("verb") as String {
            case "save": try Self.told { () throws(SimulatorError) in try save(object: id, user: user) }
            case "delete":
                guard delete(object: id, user: user) else { throw Problem(.conflict, "The person does not have it.") }
            default: throw Problem(.notFound)
            }
            return HTTPResponse(.noContent)
        }
        routes.on(.post, "/control/v1/callbacks", body: .collected(limit: Self.longestBody)) { [self] request in
            let wish = try request.decode(CallbackWish.self)
            do {
                try sendCallback(wish.event, of: wish.objectId, forgery: wish.forgery)
            } catch let error as SimulatorError {
                throw Problem(.conflict, error.description)
            }
            return HTTPResponse(.accepted)
        }
    }

    /// Callbacks for whoever delivers them, to measure how many are taken.
    func addSignedCallbacks(to routes: inout Routes) {
        routes.on(.post, "/control/v1/signed-callbacks", body: .collected(limit: Self.longestBody)) { [self] request in
            let wish = try request.decode(SignedCallbacksWish.self)
            guard !wish.objectIds.isEmpty, (1...SignedCallbacksWish.most).contains(wish.count) else {
                throw Problem(
                    .unprocessableContent, "Give objectIds, and a count of at most \(SignedCallbacksWish.most).")
            }
            do {
                let bodies = try (0..<wish.count).map { number in
                    String(
                        decoding: try callback(wish.event, of: wish.objectIds[number % wish.objectIds.count]),
                        as: UTF8.self)
                }
                return try .json(["callbacks": bodies])
            } catch let error as SimulatorError {
                throw Problem(.conflict, error.description)
            }
        }
    }

    /// Tells the caller why not.
    private static func told(_ body: () throws(SimulatorError) -> Void) throws {
        do throws(SimulatorError) {
            try body()
        } catch {
            throw Problem(.conflict, error.description)
        }
    }
}
