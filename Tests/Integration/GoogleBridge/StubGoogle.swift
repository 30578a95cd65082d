import Contracts
import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// Google Wallet as far as these tests need it: classes and objects in memory, tokens, faults by script. It refuses what
/// the real one refuses of ids, tokens, and the order of classes and objects.
final class StubGoogle: Sendable {
    /// A call as it came.
    struct Call: Sendable {
        let at: ContinuousClock.Instant
        let method: HTTPMethod
        let path: String
        let body: JSONValue
        let acceptedEncoding: String?
        let traceparent: String?
    }

    /// What becomes of a call instead of the usual.
    enum Fault: Sendable {
        /// It is answered so, and nothing is done.
        case answer(HTTPStatus, reason: String, message: String, retryAfter: String? = nil)
        /// It is done, and then answered so late that nobody waits for it.
        case doneButLate(Duration)
        /// It is done after a while.
        case slow(Duration)
    }

    private struct Script: Sendable {
        let matches: @Sendable (Call) -> Bool
        let fault: Fault
        var times: Int
    }

    private struct State {
        var resources: [String: JSONObject] = [:]
        var messages: [String: [JSONValue]] = [:]
        var calls: [Call] = []
        var scripts: [Script] = []
        var tokens: Set<String> = []
        var tokenRequests = 0
        var tokenLifetime = 3_600
        var tokenRefusal: String?
        var rootKeys: [UInt8] = Array(#"{"keys":[]}"#.utf8)
        var keyRequests = 0
    }

    private let state = Mutex(State())
    private let server = Mutex<HTTPServer?>(nil)
    private let accountKey: PublicKey

    init(accountKey: PublicKey) {
        self.accountKey = accountKey
    }

    /// Every call of the API, in order.
    var calls: [Call] { state.withLock { $0.calls } }
    /// How often a token was asked for.
    var tokenRequests: Int { state.withLock { $0.tokenRequests } }
    /// How often the root keys were asked for.
    var keyRequests: Int { state.withLock { $0.keyRequests } }

    /// A class or object, `loyaltyClass/3388….spring`.
    func resource(_ path: String) -> JSONObject? { state.withLock { $0.resources[path] } }
    /// The paths of all classes and objects.
    var resources: [String] { state.withLock { $0.resources.keys.sorted() } }
    /// The messages of a class or object.
    func messages(of path: String) -> [JSONValue] { state.withLock { $0.messages[path] ?? [] } }
    /// Changes a class or object, as somebody at the console would.
    func edit(_ path: String, _ change: (inout JSONObject) -> Void) {
        state.withLock { state in
            guard var resource = state.resources[path] else { return }
            change(&resource)
            state.resources[path] = resource
        }
    }
    /// Puts something there that nobody wrote through the API.
    func put(_ path: String, _ resource: JSONObject) { state.withLock { $0.resources[path] = resource } }
    /// Loses a class or object.
    func lose(_ path: String) { state.withLock { $0.resources[path] = nil } }
    /// Refuses every token that it gave.
    func revokeTokens() { state.withLock { $0.tokens = [] } }
    /// How long later tokens live.
    func giveTokens(for seconds: Int) { state.withLock { $0.tokenLifetime = seconds } }
    /// Refuses to give tokens, with a word; nil gives them again.
    func refuseTokens(_ word: String?) { state.withLock { $0.tokenRefusal = word } }
    /// What the list of root keys holds.
    func setRootKeys(_ body: [UInt8]) { state.withLock { $0.rootKeys = body } }

    /// Lets the next calls that match go wrong.
    func script(_ fault: Fault, times: Int = 1, where matches: @escaping @Sendable (Call) -> Bool = { _ in true }) {
        state.withLock { $0.scripts.append(Script(matches: matches, fault: fault, times: times)) }
    }
    /// Lets everything go well again.
    func endScripts() { state.withLock { $0.scripts = [] } }

    /// Starts the server and gives its base URL.
    func start() throws -> String {
        var routes = Routes()
        routes.on(.post, "/token", body: .collected(limit: 65_536)) { [self] in try giveToken($0) }
        routes.on(.get, "/keys") { [self] _ in
            state.withLock { state in
                state.keyRequests += 1
                return HTTPResponse(headers: ["Content-Type": "application/json"], body: .bytes(state.rootKeys))
            }
        }
        for (method, template) in Self.paths {
            routes.on(method, template, body: method == .get ? .none : .collected(limit: 1 << 20)) { [self] in
                try await answer($0)
            }
        }
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "google", address: "127.0.0.1"), routes: routes)
        try server.start()
        self.server.withLock { $0 = server }
        return "http://127.0.0.1:\(server.port)"
    }

    /// From now on nobody answers.
    func stop() async {
        await server.withLock { $0 }?.stop(deadline: .milliseconds(100))
    }

    private static let paths: [(HTTPMethod, PathTemplate)] = [
        (.post, "/walletobjects/v1/{collection}"), (.get, "/walletobjects/v1/{collection}"),
        (.get, "/walletobjects/v1/{collection}/{id}"), (.patch, "/walletobjects/v1/{collection}/{id}"),
        (.post, "/walletobjects/v1/{collection}/{id}/addMessage"),
    ]

    // MARK: Tokens

    private func giveToken(_ request: HTTPRequest) throws -> HTTPResponse {
        let form = QueryItems(String(decoding: request.body, as: UTF8.self))
        let refusal = state.withLock { state in
            state.tokenRequests += 1
            return state.tokenRefusal
        }
        guard refusal == nil, form.first("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer",
            let assertion = form.first("assertion"), let jws = try? JWS.parse(assertion),
            JWS.verify(jws, key: accountKey), let claims = try? JSON.parse(jws.payload),
            claims["scope"] == "https://www.googleapis.com/auth/wallet_object.issuer",
            claims["iss"]?.stringValue == GoogleFixtures.clientEmail,
            claims["aud"]?.stringValue?.hasSuffix("/token") == true,
            let issued = claims["iat"]?.intValue, let expires = claims["exp"]?.intValue, expires - issued <= 3_600
        else {
            let body: JSONValue = [
                "error": .string(refusal ?? "invalid_grant"), "error_description": "Invalid JWT Signature.",
            ]
            return try .json(body, status: .badRequest)
        }
        return try state.withLock { state in
            let token = "ya29.c.\(state.tokenRequests)"
            state.tokens.insert(token)
            let body: JSONValue = [
                "access_token": .string(token), "expires_in": .number(JSONNumber(state.tokenLifetime)),
                "token_type": "Bearer",
            ]
            return try .json(body)
        }
    }

    // MARK: Calls

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = request.body.isEmpty ? JSONValue.null : try JSON.parse(request.body)
        let path = request.segments.dropFirst(2).joined(separator: "/")
        let call = Call(
            at: .now, method: request.method, path: path, body: body,
            acceptedEncoding: request.headers["Accept-Encoding"], traceparent: request.headers["traceparent"])
        let token = request.headers["Authorization"]?.split(separator: " ").last.map(String.init) ?? ""
        let (isKnown, fault) = state.withLock { state in
            state.calls.append(call)
            return (state.tokens.contains(token), Self.takeFault(call, &state))
        }
        guard isKnown else { return Self.error(.unauthorized, "authError", "Invalid Credentials") }
        switch fault {
        case .answer(let status, let reason, let message, let retryAfter):
            var response = Self.error(status, reason, message)
            response.headers["Retry-After"] = retryAfter
            return response
        case .slow(let time):
            try await Task.sleep(for: time)
            return perform(call, request)
        case .doneButLate(let time):
            let response = perform(call, request)
            try await Task.sleep(for: time)
            return response
        case nil:
            return perform(call, request)
        }
    }

    private static func takeFault(_ call: Call, _ state: inout State) -> Fault? {
        guard let index = state.scripts.firstIndex(where: { $0.times > 0 && $0.matches(call) }) else { return nil }
        state.scripts[index].times -= 1
        return state.scripts[index].fault
    }

    private func perform(_ call: Call, _ request: HTTPRequest) -> HTTPResponse {
        let collection = request.parameters["collection"] ?? ""
        return state.withLock { state in
            switch (call.method, request.parameters["id"]) {
            case (.post, nil): Self.insert(call, collection, &state)
            case (.post, let id?): Self.addMessage(call, "\(collection)/\(id)", &state)
            case (.patch, let id?): Self.patch(call, "\(collection)/\(id)", &state)
            case (.get, let id?): Self.get("\(collection)/\(id)", state)
            default: Self.list(collection, request.query, state)
            }
        }
    }

    private static func insert(_ call: Call, _ collection: String, _ state: inout State) -> HTTPResponse {
        guard let body = call.body.objectValue, let id = body["id"]?.stringValue, isID(id) else {
            return error(.badRequest, "invalidResource", "Invalid resource ID: \(call.body["id"] ?? .null)")
        }
        if collection.hasSuffix("Object") {
            let classPath = collection.dropLast("Object".count) + "Class/\(body["classId"]?.stringValue ?? "")"
            guard state.resources[String(classPath)] != nil else {
                return error(.notFound, "classNotFound", "Wallet Object Class not found.")
            }
        }
        let path = "\(collection)/\(id)"
        guard state.resources[path] == nil else {
            return error(.conflict, "existingResource", "Wallet Object \(id) already exists.")
        }
        state.resources[path] = body
        return ok(.object(body))
    }

    private static func patch(_ call: Call, _ path: String, _ state: inout State) -> HTTPResponse {
        guard let old = state.resources[path] else { return notFound(path) }
        guard case .object(let new) = JSONValue.object(old).mergePatched(with: call.body) else {
            return error(.badRequest, "invalidResource", "No object.")
        }
        state.resources[path] = new
        return ok(.object(new))
    }

    private static func addMessage(_ call: Call, _ path: String, _ state: inout State) -> HTTPResponse {
        guard let resource = state.resources[path] else { return notFound(path) }
        guard let message = call.body["message"], message["header"] != nil, message["body"] != nil else {
            return error(.badRequest, "invalidResource", "A message has header and body.")
        }
        state.messages[path, default: []].append(message)
        return ok(["resource": .object(resource)])
    }

    private static func get(_ path: String, _ state: State) -> HTTPResponse {
        guard var resource = state.resources[path] else { return notFound(path) }
        if let messages = state.messages[path] { resource["messages"] = .array(messages) }
        return ok(.object(resource))
    }

    private static func list(_ collection: String, _ query: QueryItems, _ state: State) -> HTTPResponse {
        let limit = query.first("maxResults").flatMap { Int($0) } ?? Int.max
        let start = query.first("token").flatMap { Int($0) } ?? 0
        let all = state.resources.filter { path, resource in
            guard path.hasPrefix("\(collection)/") else { return false }
            guard let classID = query.first("classId") else {
                return path.hasPrefix("\(collection)/\(query.first("issuerId") ?? "").")
            }
            return resource["classId"]?.stringValue == classID
        }.sorted { $0.key < $1.key }.map { JSONValue.object($0.value) }
        let page = Array(all.dropFirst(start).prefix(limit))
        var pagination: JSONObject = ["resultsPerPage": .number(JSONNumber(page.count))]
        if start + page.count < all.count { pagination["nextPageToken"] = .string("\(start + page.count)") }
        return ok(["pagination": .object(pagination), "resources": .array(page)])
    }

    private static func isID(_ id: String) -> Bool { id.wholeMatch(of: /[0-9]+\.[A-Za-z0-9._-]+/) != nil }

    private static func notFound(_ path: String) -> HTTPResponse {
        error(.notFound, "resourceNotFound", "Wallet Object \(path) not found.")
    }

    private static func ok(_ body: JSONValue) -> HTTPResponse {
        HTTPResponse(headers: ["Content-Type": "application/json; charset=UTF-8"], body: .bytes(body.serialized()))
    }

    private static func error(_ status: HTTPStatus, _ reason: String, _ message: String) -> HTTPResponse {
        let item: JSONValue = [
            "message": .string(message), "domain": "walletobjects", "reason": .string(reason),
        ]
        let body: JSONValue = [
            "error": [
                "code": .number(JSONNumber(status.rawValue)), "message": .string(message), "errors": [item],
            ]
        ]
        return HTTPResponse(
            status, headers: ["Content-Type": "application/json; charset=UTF-8"], body: .bytes(body.serialized()))
    }
}
