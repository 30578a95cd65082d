import HTTPTypes
import JSON

/// A request as its route sees it.
public struct HTTPRequest: Sendable {
    /// Line and header fields.
    public let head: HTTPRequestHead
    /// The collected body; empty for routes without a body or with a streamed one.
    public let body: [UInt8]
    /// The body of a streaming route, to be read once; it has ended already for other routes.
    public let bodyStream: HTTPBodyStream

    /// Makes a request with a collected body.
    public init(head: HTTPRequestHead, body: [UInt8] = []) {
        self.init(head: head, body: body, bodyStream: HTTPBodyStream(source: nil))
    }

    init(head: HTTPRequestHead, body: [UInt8], bodyStream: HTTPBodyStream) {
        self.head = head
        self.body = body
        self.bodyStream = bodyStream
    }

    /// The method.
    public var method: HTTPMethod { head.method }
    /// The path as it came, percent-encoded and without its query.
    public var path: String { head.path }
    /// The path's decoded segments.
    public var segments: [String] { head.segments }
    /// The query's names and values.
    public var query: QueryItems { head.query }
    /// The header fields.
    public var headers: HTTPHeaders { head.headers }
    /// The texts in the places of the route's template.
    public var parameters: PathParameters { head.parameters }
    /// The template of the route, for metrics.
    public var route: String { head.route }
    /// The client's address, behind trusted proxies the one they named.
    public var clientAddress: String { head.clientAddress }
    /// The request's id, its own or a new one.
    public var requestID: String { head.requestID }

    /// A place's text as a type of its own; what cannot be one is 404.
    public func parameter<P: PathParameter>(_ name: String, as type: P.Type = P.self) throws(Problem) -> P {
        try head.parameter(name, as: type)
    }

    /// The body as JSON; no JSON is 400, another media type or charset 415.
    public func json() throws(Problem) -> JSONValue {
        try requireJSON()
        do {
            return try JSON.parse(body)
        } catch {
            throw Problem(.badRequest, "The body is no JSON: \(error)")
        }
    }

    /// The body decoded; no JSON is 400, the wrong shape 422 with every fault, another media type 415.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, unknownKeys: UnknownKeys = .ignored
    ) throws(Problem) -> Value {
        try requireJSON()
        do {
            return try JSON.decode(type, from: body, unknownKeys: unknownKeys)
        } catch let error as JSONError {
            throw Problem(.badRequest, "The body is no JSON: \(error)")
        } catch let failure as JSONDecodingFailure {
            let errors = failure.faults.map { ProblemError(pointer: "\($0.pointer)", detail: $0.detail) }
            throw Problem(.unprocessableContent, "The body has not the expected shape.", errors: errors)
        } catch {
            // A type's own initialiser threw; its words may be private.
            throw Problem(.unprocessableContent, "The body has not the expected shape.")
        }
    }

    private func requireJSON() throws(Problem) {
        // A missing Content-Type is no reason to refuse: the route knows what it expects (RFC 9110 §8.3).
        guard let text = headers["Content-Type"] else { return }
        guard let media = MediaType(text), media.isJSON else {
            throw Problem(.unsupportedMediaType, "The body must be application/json.")
        }
        guard media.isUTF8 else { throw Problem(.unsupportedMediaType, "The body must be UTF-8.") }
    }
}
