import Contracts
import HTTPServer
import HTTPTypes
import JSON

/// `POST /pers/v1/urls`: links for personalisation, without touching the database (internal).
struct LinkRoutes: Sendable {
    let minter: LinkMinter
    let clock: @Sendable () -> Instant

    /// The most requests in a JSON body; NDJSON has no such limit.
    static let maximumRequests = 10_000
    /// The longest JSON body, in bytes.
    static let maximumBodyBytes = 64 << 20
    /// The longest line of an NDJSON body, in bytes.
    static let maximumLineBytes = 64 << 10

    func add(to routes: inout Routes) {
        routes.on(.post, "/pers/v1/urls", scopes: [.personalisation], body: .streamed(limit: nil)) { request in
            switch request.headers["Content-Type"].map({ MediaType($0)?.description ?? "" }) {
            case "application/x-ndjson": try await answerLines(of: request)
            case "application/json", nil: try await answerBatch(in: request)
            default: throw Problem(.unsupportedMediaType, "Send application/json or application/x-ndjson.")
            }
        }
    }

    /// One JSON body with a list, answered in its order.
    private func answerBatch(in request: HTTPRequest) async throws -> HTTPResponse {
        let requests = try Self.requests(in: try await body(of: request))
        let now = clock()
        var answer = Array(#"{"urls":["#.utf8)
        for (index, request) in requests.enumerated() {
            if index > 0 { answer.append(UInt8(ascii: ",")) }
            append(request, to: &answer, at: now) { JSONPointer.root.appending("requests").appending(index) }
        }
        answer.append(contentsOf: "]}".utf8)
        return HTTPResponse(headers: ["Content-Type": "application/json"], body: .bytes(answer))
    }

    private static func requests(in body: JSONValue) throws(Problem) -> [JSONValue] {
        guard case .object(let object) = body else {
            throw .fault("Expected an object with `requests`.", at: .root)
        }
        if let unknown = object.keys.first(where: { $0 != "requests" }) {
            throw .fault("Unknown key. Known is `requests` alone.", at: .root.appending(unknown))
        }
        guard case .array(let requests)? = object["requests"], !requests.isEmpty else {
            throw .fault("Give at least one request.", at: .root.appending("requests"))
        }
        guard requests.count <= maximumRequests else {
            throw Problem(
                .contentTooLarge,
                "\(requests.count) requests; \(maximumRequests) are allowed in a call. Send several calls, or "
                    + "application/x-ndjson, which has no such limit.")
        }
        return requests
    }

    /// The whole JSON body; it comes in pieces, since the same route takes endless NDJSON.
    private func body(of request: HTTPRequest) async throws -> JSONValue {
        var bytes: [UInt8] = []
        for try await piece in request.bodyStream {
            guard bytes.count + piece.count <= Self.maximumBodyBytes else {
                throw Problem(.contentTooLarge, "A body may have \(Self.maximumBodyBytes) bytes.")
            }
            bytes += piece
        }
        do {
            return try JSON.parse(bytes)
        } catch {
            throw Problem(.badRequest, "The body is no JSON: \(error)")
        }
    }

    /// One request a line, one answer a line, in constant memory: the answer is spooled to a file until the body ended.
    private func answerLines(of request: HTTPRequest) async throws -> HTTPResponse {
        var answer = try SpooledBody()
        var lines = LineSplitter(maximumLineBytes: Self.maximumLineBytes)
        for try await chunk in request.bodyStream {
            for line in lines.split(chunk) { try answer.append(result(of: line)) }
        }
        if let line = lines.finish() { try answer.append(result(of: line)) }
        return HTTPResponse(
            headers: ["Content-Type": "application/x-ndjson"], body: try answer.finish())
    }

    private func result(of line: LineSplitter.Line) -> [UInt8] {
        var answer: [UInt8] = []
        if let bytes = line.bytes {
            do {
                append(try JSON.parse(bytes), to: &answer, at: clock()) { .root }
            } catch {
                append(RequestedLinkFault("The line is no JSON: \(error).", member: nil), id: nil, to: &answer) {
                    .root
                }
            }
        } else {
            append(
                RequestedLinkFault("The line is longer than \(Self.maximumLineBytes) bytes.", member: nil), id: nil,
                to: &answer
            ) { .root }
        }
        answer.append(UInt8(ascii: "\n"))
        return answer
    }

    private func append(
        _ request: JSONValue, to answer: inout [UInt8], at now: Instant, pointer: () -> JSONPointer
    ) {
        do {
            let request = try RequestedLink(request, at: now)
            let url = try minter.url(for: request.content)
            answer += #"{"id":"#.utf8
            (request.id.map(JSONValue.string) ?? .null).append(to: &answer)
            answer += #","url":"#.utf8
            JSONValue.string(url).append(to: &answer)
            answer.append(UInt8(ascii: "}"))
        } catch {
            append(error, id: RequestedLink.id(of: request), to: &answer, pointer: pointer)
        }
    }

    private func append(_ fault: RequestedLinkFault, id: String?, to answer: inout [UInt8], pointer: () -> JSONPointer)
    {
        let pointer = fault.pointer(from: pointer())
        let entry: JSONValue = .object([
            "id": id.map(JSONValue.string) ?? .null,
            "error": .object(["detail": .string(fault.detail), "pointer": .string(pointer.description)]),
        ])
        answer.append(contentsOf: entry.serialized())
    }
}
