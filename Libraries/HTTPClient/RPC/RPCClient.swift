import HTTPTypes
import JSON

/// Calls the endpoints of another service, which is told the trace that a call belongs to.
public struct RPCClient: Sendable {
    private let client: HTTPClient
    private let baseURL: String
    private let authorization: String?
    private let deadline: Duration

    /// Makes a caller of the service at a base URL, which may end with a slash; the token is sent as bearer.
    public init(client: HTTPClient, baseURL: String, token: String?, deadline: Duration = .seconds(10)) {
        self.client = client
        self.baseURL = String(baseURL.reversed().drop { $0 == "/" }.reversed())
        authorization = token.map { "Bearer \($0)" }
        self.deadline = deadline
    }

    /// Calls an endpoint and returns its answer.
    public func call<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, parameters: [String: String] = [:], query: [(String, String)] = [],
        body: Request, requestID: String? = nil
    ) async throws(RPCError) -> Response {
        var headers: HTTPHeaders = ["Accept": "application/json, application/problem+json"]
        var bytes: [UInt8] = []
        if Request.self != NoBody.self {
            headers["Content-Type"] = "application/json"
            bytes = try Self.encode(body)
        }
        headers["X-Request-Id"] = requestID
        let response = try await send(
            endpoint.method, endpoint.template, parameters: parameters, query: query, headers: headers, body: bytes)
        return try Self.decode(response)
    }

    /// Calls an endpoint that takes no body.
    public func call<Response>(
        _ endpoint: Endpoint<NoBody, Response>, parameters: [String: String] = [:], query: [(String, String)] = [],
        requestID: String? = nil
    ) async throws(RPCError) -> Response {
        try await call(endpoint, parameters: parameters, query: query, body: NoBody(), requestID: requestID)
    }

    /// Sends a request whose answer is no JSON and returns the answer, unless its status is an error.
    public func send(
        _ method: HTTPMethod, _ template: PathTemplate, parameters: [String: String] = [:],
        query: [(String, String)] = [], headers: HTTPHeaders = [:], body: [UInt8] = []
    ) async throws(RPCError) -> HTTPClientResponse {
        guard let path = template.expand(parameters) else { throw .invalidCall }
        let items = QueryItems(query)
        var request = HTTPClientRequest(
            method: method, url: baseURL + path + (items.isEmpty ? "" : "?\(items.encoded)"), headers: headers,
            body: body, deadline: deadline, template: template.description, tellsTrace: true)
        request.headers["Authorization"] = authorization
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client.send(request)
        } catch {
            throw .unreachable(error)
        }
        guard response.status.rawValue < 400 else { throw .problem(Self.problem(in: response)) }
        return response
    }

    private static func encode(_ body: some Encodable) throws(RPCError) -> [UInt8] {
        do {
            return try JSON.encode(body)
        } catch {
            throw .invalidCall
        }
    }

    private static func decode<Response: Decodable>(_ response: HTTPClientResponse) throws(RPCError) -> Response {
        guard response.status.isSuccess else { throw .malformedResponse(response.status) }
        if let none = NoBody() as? Response { return none }
        do {
            return try JSON.decode(Response.self, from: response.body)
        } catch {
            throw .malformedResponse(response.status)
        }
    }

    private static func problem(in response: HTTPClientResponse) -> Problem {
        let isProblem = response.headers["Content-Type"].flatMap { MediaType($0) }?.isJSON == true
        // An error without a readable problem, as a proxy gives it, is still its status.
        let told = isProblem ? try? JSON.decode(Problem.self, from: response.body) : nil
        var problem = told ?? Problem(response.status)
        problem.status = response.status.rawValue
        problem.headers["Retry-After"] = response.headers["Retry-After"]
        return problem
    }
}
