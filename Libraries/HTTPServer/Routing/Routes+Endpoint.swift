import HTTPTypes
import JSON

extension Routes {
    /// Serves a call: decodes its body, and encodes what the handler returns with the endpoint's status.
    public mutating func serve<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, rate: RateLimit? = nil, check: Check? = nil,
        _ handler: @escaping @Sendable (HTTPRequest, Request) async throws -> Response
    ) {
        serve(endpoint, rate: rate, check: check) { request, body in
            (try await handler(request, body), endpoint.successStatus)
        }
    }

    /// Serves a call whose handler chooses the status.
    public mutating func serve<Request, Response>(
        _ endpoint: Endpoint<Request, Response>, rate: RateLimit? = nil, check: Check? = nil,
        _ handler: @escaping @Sendable (HTTPRequest, Request) async throws -> (Response, HTTPStatus)
    ) {
        let hasBody = Request.self != NoBody.self
        on(
            endpoint.method, endpoint.template, scopes: endpoint.scopes,
            body: hasBody ? .collected(limit: endpoint.bodyLimit) : .none, rate: rate, check: check
        ) { request in
            let (response, status) = try await handler(request, try Self.body(of: request, for: endpoint))
            guard Response.self != NoBody.self else { return HTTPResponse(status) }
            return try .json(response, status: status)
        }
    }

    private static func body<Request, Response>(
        of request: HTTPRequest, for endpoint: Endpoint<Request, Response>
    ) throws(Problem) -> Request {
        if let none = NoBody() as? Request { return none }
        return try request.decode(Request.self, unknownKeys: endpoint.unknownKeys)
    }
}
