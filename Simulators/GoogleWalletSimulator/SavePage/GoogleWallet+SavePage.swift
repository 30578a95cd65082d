import GoogleWalletSchema
import HTTPServer
import HTTPTypes
import JSON

extension GoogleWallet {
    private static let path: PathTemplate = "/gp/v/save/{token}"
    private static let loggedPath = "/gp/v/save/…"
    private static let defaultUser = "ada@example.com"

    /// The page behind a save link: it shows the passes, and saves or deletes them when the form is sent.
    func addSavePage(to routes: inout Routes) {
        routes.on(.get, Self.path) { [self] request in
            let token: String = try request.parameter("token")
            return try await page(for: request) { [self] in try await show(token) }
        }
        routes.on(.post, Self.path, body: .collected(limit: 65_536)) { [self] request in
            let token: String = try request.parameter("token")
            let form = QueryItems(String(decoding: request.body, as: UTF8.self))
            return try await page(for: request) { [self] in try await act(token, form) }
        }
    }

    /// Serves a page like any other call, with faults and the log.
    private func page(
        for request: HTTPRequest, _ make: @Sendable () async throws -> SavePage
    ) async throws -> HTTPResponse {
        let reply = try await serve(WalletCall(request), loggedPath: Self.loggedPath) { _, _ in
            let response: HTTPResponse
            do {
                response = try await make().response()
            } catch let error as WalletError {
                // In full for everybody: the real page tells details to the issuer's own people alone.
                response = SavePage(
                    title: "Something went wrong. Please try again.", cards: [], notice: error.message, action: nil,
                    user: ""
                ).response(HTTPStatus(rawValue: error.code == 414 ? 414 : 400))
            }
            guard case .bytes(let bytes) = response.body else { return .unknownAddress }
            return WalletReply(response.status, headers: response.headers, body: bytes)
        }
        return HTTPResponse(reply)
    }

    private func show(_ token: String) async throws -> SavePage {
        let offer = try offer(of: token)
        return SavePage(
            title: "Add to Google Wallet", cards: offer.entries.compactMap(card), notice: nil,
            action: ("save", "Add"), user: Self.defaultUser)
    }

    private func act(_ token: String, _ form: QueryItems) async throws -> SavePage {
        let offer = try offer(of: token)
        let user = form.first("user") ?? Self.defaultUser
        switch form.first("action") {
        case "save":
            _ = try await accept(offer, user: user)
            return SavePage(
                title: "Added to Google Wallet", cards: offer.entries.compactMap(card), notice: nil,
                action: ("delete", "Remove"), user: user)
        case "delete":
            for entry in offer.entries where entry.type.level == .object {
                delete(object: entry.id.description, user: user)
            }
            return SavePage(
                title: "Removed from Google Wallet", cards: offer.entries.compactMap(card), notice: nil,
                action: ("save", "Add again"), user: user)
        default:
            throw WalletError.badField("The form has no action.")
        }
    }

    /// A pass in the words that its class and object have for it; nil for a class.
    private func card(_ entry: SaveToken.Entry) -> SavePage.Card? {
        guard entry.type.level == .object else { return nil }
        let object = vault.find(.object, entry.id.description)?.object ?? entry.object
        let classID = object["classId"]?.stringValue ?? ""
        let parent = vault.find(.class, classID)?.object ?? JSONObject()
        let titles = ["cardTitle", "programName", "title", "eventName", "merchantName", "localizedTitle"]
        let subtitles = ["header", "issuerName", "localizedIssuerName", "accountName", "passengerName"]
        let isDemo = settings.demoMode
        return SavePage.Card(
            title: (isDemo ? "[TEST ONLY] " : "")
                + Self.first(titles, in: [object, parent], or: entry.type.description),
            subtitle: Self.first(subtitles, in: [object, parent], or: classID), id: entry.id.description)
    }

    private static func first(_ keys: [String], in objects: [JSONObject], or fallback: String) -> String {
        for object in objects {
            for key in keys {
                if let text = object[key]?.stringValue ?? object[key]?["defaultValue"]?["value"]?.stringValue {
                    return text
                }
            }
        }
        return fallback
    }
}
