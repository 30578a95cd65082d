import HTTPTypes
import Synchronization

/// Reads a request's header and decides.
struct AdmissionDesk {
    private let core: ServerCore
    private let connection: Connection
    private let method: HTTPMethod
    private let headers: HTTPHeaders
    private let headerSize: Int
    private let path: Substring
    private let query: Substring
    private let isHTTP11: Bool
    private let client: IPAddress

    private var forwardedClient: IPAddress?
    private var holdsSlot = false
    private var matched: (route: Route, parameters: PathParameters)?
    private var segments: [String] = []

    init(core: ServerCore, connection: Connection, handle: MHDConnection, method: String, version: String) {
        self.core = core
        self.connection = connection
        self.method = HTTPMethod(rawValue: method)
        headers = handle.headers()
        headerSize = handle.headerSize
        let target = Self.originForm(connection.takeTarget())
        path = Substring(target.utf8.prefix { $0 != UInt8(ascii: "?") })
        query = Substring(target.utf8.dropFirst(path.utf8.count + 1))
        isHTTP11 = version == "HTTP/1.1"
        client = core.proxies.client(peer: connection.peer, forwarded: headers.values(for: "X-Forwarded-For"))
    }

    /// Goes through everything that can speak against the request; what it counts is released at the request's end.
    consuming func admit() -> Admission {
        let length = headers["Content-Length"].flatMap(Int.init)
        let hasBody = headers["Transfer-Encoding"] != nil || (length ?? 0) > 0
        let requestID = RequestID.choose(headers["X-Request-Id"])
        let decision: Admission.Decision
        var known: HTTPRequestHead?
        do throws(Problem) {
            try checkConnection()
            try checkFraming()
            let (route, parameters) = try findRoute()
            matched = (route, parameters)
            let head = makeHead(requestID)
            known = head
            try takeSlots(for: route)
            try route.admit(head)
            if let limit = route.body.limit, let length, length > limit {
                throw Problem(.contentTooLarge, "The body may have at most \(limit) bytes.")
            }
            decision = .serve(route)
        } catch {
            decision = .refuse(error)
        }
        return Admission(
            head: known ?? makeHead(requestID), decision: decision, onRefusal: matched?.route.onRefusal,
            contentLength: length,
            hasBody: hasBody,
            forwardedClient: forwardedClient, holdsSlot: holdsSlot)
    }

    private func makeHead(_ requestID: String) -> HTTPRequestHead {
        HTTPRequestHead(
            method: method, path: String(path), segments: segments, query: QueryItems(String(query)), headers: headers,
            parameters: matched?.parameters ?? [:], route: matched?.route.template.description ?? "-",
            clientAddress: client == connection.peer ? connection.peerText : client.description, requestID: requestID)
    }

    private func checkConnection() throws(Problem) {
        guard !core.isEnding.load(ordering: .sequentiallyConsistent) else {
            throw Problem(.serviceUnavailable, "The server is stopping.").retryAfter(seconds: 1).closing
        }
        switch connection.refusal {
        case .tooManyOfAddress:
            throw Problem(.tooManyRequests, "There are too many connections from this address.")
                .retryAfter(seconds: 10).closing
        case .tooManyInAll:
            throw Problem(.serviceUnavailable, "There are too many connections.").retryAfter(seconds: 5).closing
        case nil: break
        }
        guard headerSize <= core.configuration.maximumHeaderBytes else {
            throw Problem(.requestHeaderFieldsTooLarge, "The header is too long.").closing
        }
    }

    /// Refuses what proxies and servers could read differently (RFC 9112 §6.3), and so smuggle a request.
    private func checkFraming() throws(Problem) {
        let lengths = headers.values(for: "Content-Length")
        let encodings = headers.values(for: "Transfer-Encoding")
        let isLengthSound = lengths.allSatisfy { length in
            !length.isEmpty && length.utf8.count <= 18 && length.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard isLengthSound, lengths.count <= 1, encodings.isEmpty || lengths.isEmpty else {
            throw Problem(.badRequest, "The length of the body is ambiguous.").closing
        }
        guard encodings.isEmpty || (isHTTP11 && encodings.count == 1 && encodings[0].lowercased() == "chunked") else {
            throw Problem(.notImplemented, "Only the chunked transfer coding is known.").closing
        }
        guard !isHTTP11 || headers.values(for: "Host").count == 1 else {
            throw Problem(.badRequest, "The header needs exactly one Host.").closing
        }
    }

    private mutating func findRoute() throws(Problem) -> (Route, PathParameters) {
        guard let segments = PercentEncoding.segments(ofPath: String(path)) else {
            throw Problem(.badRequest, "The path is not percent-encoded UTF-8.")
        }
        self.segments = segments
        switch core.router.match(method, segments) {
        case .route(let route, let parameters): return (route, parameters)
        case .notFound: throw Problem(.notFound, "There is nothing at this address.")
        case .notAllowed(let allow):
            throw Problem(
                .methodNotAllowed, "This address does not know \(method).", headers: ["Allow": allow])
        }
    }

    private mutating func takeSlots(for route: Route) throws(Problem) {
        // A trusted peer that speaks for itself is exempt.
        let isExempt = core.proxies.contains(client)
        if let rate = route.rate, !isExempt, let seconds = rate.admit(client) {
            throw Problem(.tooManyRequests, "There are too many requests from this address.")
                .retryAfter(seconds: seconds)
        }
        if connection.isTrusted, !isExempt {
            guard core.connections.admitForwarded(client) else {
                throw Problem(.tooManyRequests, "There are too many requests at once from this address.")
                    .retryAfter(seconds: 1)
            }
            forwardedClient = client
        }
        let running = core.running.add(1, ordering: .relaxed).newValue
        holdsSlot = true
        guard running <= core.configuration.maximumConcurrentRequests else {
            throw Problem(.serviceUnavailable, "The server is busy.").retryAfter(seconds: 1)
        }
    }

    /// The path and query of a target that may be a whole URL (RFC 9112 §3.2.2).
    private static func originForm(_ target: String) -> Substring {
        guard target.utf8.first != UInt8(ascii: "/") else { return target[...] }
        let scheme = target.utf8.prefix { $0 != UInt8(ascii: ":") }
        let behind = target.utf8[scheme.endIndex...]
        guard behind.starts(with: "://".utf8) else { return target[...] }
        let rest = Substring(behind.dropFirst(3))
        guard let start = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
            return "/"
        }
        return rest.utf8[start] == UInt8(ascii: "?") ? "/" + rest[start...] : rest[start...]
    }
}

extension Problem {
    /// The same problem, ending the connection.
    fileprivate var closing: Problem {
        var problem = self
        problem.headers["Connection"] = "close"
        return problem
    }
}
